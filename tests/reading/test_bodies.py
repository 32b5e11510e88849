"""Names of bodies: where one ends, how an enumeration is split."""

from __future__ import annotations

import pytest

from xanh.reading import bodies, view


def names(text: str) -> list[str]:
    flat = view.flatten(text)
    return [text[name.start : name.end] for name in bodies.names_at(flat, 0, len(flat))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "các chi bộ thôn, chi bộ trực thuộc, Ủy ban nhân dân xã lập sổ",
            ["các chi bộ thôn", "chi bộ trực thuộc", "Ủy ban nhân dân xã"],
        ),
        (
            "Các cấp ủy, tổ chức đảng trực thuộc, các sở, ban, ngành liên quan",
            ["Các cấp ủy, tổ chức đảng trực thuộc", "các sở, ban, ngành liên quan"],
        ),
        ("Đảng ủy, HĐND, UBND xã thực hiện", ["Đảng ủy", "HĐND", "UBND xã"]),
        ("Ban Thường vụ, Thường trực Đảng ủy xã chỉ đạo", ["Ban Thường vụ, Thường trực Đảng ủy xã"]),
        ("Bí thư Đảng ủy, Chủ tịch UBND các xã, phường phải", ["Bí thư Đảng ủy, Chủ tịch UBND các xã, phường"]),
        ("Văn phòng HĐND và UBND xã lập", ["Văn phòng HĐND và UBND xã"]),
        ("Sở Nông nghiệp và Môi trường, Sở Y tế xây dựng", ["Sở Nông nghiệp và Môi trường", "Sở Y tế"]),
        ("Phòng Văn hóa - Xã hội; Công an xã.", ["Phòng Văn hóa - Xã hội", "Công an xã"]),
        ("Văn phòng Tỉnh ủy - Cơ quan Thường trực Ban Chỉ đạo trước", ["Văn phòng Tỉnh ủy"]),
        ("Ông Trần Văn Mẫu - Ủy viên: làm", ["Ông Trần Văn Mẫu"]),
        ("Đồng chí Lê Thị Mẫu, Phó Chủ tịch UBND xã chỉ đạo", ["Đồng chí Lê Thị Mẫu"]),
        ("Ban Quản lý dự án đầu tư xây dựng phối hợp", ["Ban Quản lý dự án đầu tư xây dựng"]),
        (
            "Ban Chỉ đạo xã về phát triển khoa học, công nghệ và chuyển đổi số báo cáo",
            ["Ban Chỉ đạo xã về phát triển khoa học, công nghệ và chuyển đổi số"],
        ),
        (
            "Hệ thống thông tin giám sát việc thực hiện Nghị quyết theo yêu cầu",
            ["Hệ thống thông tin giám sát việc thực hiện Nghị quyết"],
        ),
        ("Văn phòng Tỉnh ủy số liệu ký số", ["Văn phòng Tỉnh ủy"]),
        ("Hội Nông dân, Hội Liên hiệp Phụ nữ xã vận động", ["Hội Nông dân", "Hội Liên hiệp Phụ nữ xã"]),
        (
            "các đảng ủy trực thuộc Tỉnh ủy, nhất là các đảng ủy xã, phường để",
            ["các đảng ủy trực thuộc Tỉnh ủy", "các đảng ủy xã, phường"],
        ),
    ],
)
def test_enumerations_are_split_at_complete_names_only(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức hội nghị",
        "Ban hành kế hoạch",
        "Hội nghị thống nhất",
        "Bộ chỉ tiêu này",
        "Phòng, chống thiên tai",
        "các nhiệm vụ",
        "Các cơ quan này",
        "xây dựng",
    ],
)
def test_what_only_begins_like_a_name_is_none(text: str) -> None:
    assert names(text) == []


def test_a_heading_of_nothing_but_names_is_told_from_a_sentence() -> None:
    heading, sentence = "Ban Xây dựng Đảng và Văn phòng Đảng ủy:", "Ban Xây dựng Đảng lập danh sách"
    assert bodies.is_only_names(heading, 0, len(heading))
    assert not bodies.is_only_names(sentence, 0, len(sentence))

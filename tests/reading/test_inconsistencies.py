"""Contradictions inside one document: each planted fault is found, a clean document raises none."""

from __future__ import annotations

from pathlib import Path

import pytest

from xanh import reading
from xanh.reading import checks_numbers

DOCUMENTS = Path(__file__).parents[1] / "documents"
HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-{code}/ĐU\n\nTân Mẫu, ngày 03 tháng 3 năm 2026\n\n{word}\nsố hóa tài liệu\n\n"


def faults(body: str, *, word: str = "KẾ HOẠCH", code: str = "KH", head: bool = True) -> list[tuple[str, str]]:
    text = (HEAD.format(word=word, code=code) if head else "") + body
    return [(item.kind, item.quote) for item in reading.read_text(text, file="a.txt").inconsistencies]


def report(body: str) -> list[tuple[str, str]]:
    return faults(f"I. KẾT QUẢ\n\n{body}\n", word="BÁO CÁO", code="BC")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            "Kế hoạch số 22-KH/TU ngày 10/01/2025 đã rõ. Theo Kế hoạch số 22-KH/TU ngày 10/01/2026.",
            ("date_conflict", "Kế hoạch số 22-KH/TU ngày 10/01/2025"),
        ),
        ("Nghị quyết số 57-KH/TW.", ("wrong_type", "Nghị quyết số 57-KH/TW")),
        (
            "Kế hoạch số 01-KH/TW của Ban Chỉ đạo Trung ương.",
            ("wrong_symbol", "Kế hoạch số 01-KH/TW của Ban Chỉ đạo Trung ương"),
        ),
        ("Công văn số 150-/UBND-VHXH.", ("malformed_symbol", "150-/UBND-VHXH")),
        ("Nghị quyết số 57 NQ/TW.", ("malformed_symbol", "57 NQ/TW")),
        (
            (
                "Nghị quyết số 57-NQ/TW của Bộ Chính trị; Nghị quyết số "
                "57-NQ/TW của Bộ Chính trị; Nghị quyết số 57-NQ/TW của Chính phủ."
            ),
            ("wrong_issuer", "Nghị quyết số 57-NQ/TW của Chính phủ"),
        ),
        (
            "Kế hoạch số 73/KH-UBND ngày 13/10/2025 và Kế hoạch số 74/KH-UBND ngày 09/10/2025.",
            ("number_date_order", "Kế hoạch số 73/KH-UBND ngày 13/10/2025"),
        ),
        (
            "Đã lập tổ giúp việc số 01-QĐ/BCĐ ngày 30/9/2025.",
            ("missing_field", "lập tổ giúp việc số 01-QĐ/BCĐ ngày 30/9/2025"),
        ),
        ("Họp vào thứ Ba, ngày 11/02/2026.", ("weekday_mismatch", "thứ Ba, ngày 11/02/2026")),
        ("Họp ngày 30/02/2026.", ("impossible_date", "30/02/2026")),
        ("Chi tiết tại Phụ lục II.", ("broken_reference", "Chi tiết tại Phụ lục II")),
        ("Thực hiện chế độ báo 6 cáo theo quy định.", ("stray_text", "báo 6 cáo")),
        ("Việc triên khai còn chậm.", ("ocr_typo", "triên khai")),
        ("Cán bộ xã Tân Hòa và dân xã Tân Hòa, thôn Tân Hóa.", ("misspelt_name", "Tân Hóa")),
    ],
)
def test_a_planted_fault_is_found(body: str, fault: tuple[str, str]) -> None:
    assert report(body) == [fault]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("Nhận 1.250 hồ sơ, trong đó 1.000 hồ sơ qua mạng (đạt 82%).", ("percentage_mismatch", "đạt 82%")),
        ("Đã giải quyết 96/150 hồ sơ, đạt 66%.", ("percentage_mismatch", "96/150 hồ sơ, đạt 66%")),
        ("Đã tập huấn 48/45 cán bộ.", ("exceeds_total", "Đã tập huấn 48/45 cán bộ")),
        (
            "Nhận 1.250 hồ sơ, trong đó: qua mạng 1.000 hồ sơ (chiếm 80%), trực tiếp 260 hồ sơ (chiếm 20%).",
            ("sum_mismatch", "1.250 hồ sơ"),
        ),
        ("VNPT đã lắp 03 trạm phát sóng (Đồi Một; Đồi Hai).", ("count_mismatch", "03 trạm phát sóng")),
        ("Có 03 doanh nghiệp: VNPT Mẫu, Viettel Mẫu.", ("count_mismatch", "03 doanh nghiệp")),
        (
            "Tỷ lệ hồ sơ qua mạng đạt 75%. Tỷ lệ hồ sơ qua mạng đạt 78%.",
            ("figure_conflict", "Tỷ lệ hồ sơ qua mạng đạt 75%"),
        ),
        ("Tỷ lệ ký số đạt 85.71%. Tỷ lệ số hóa tài liệu đạt 90,5%.", ("format", "85.71%")),
        ("Đến ngày 20/6/2026, xã có 14 trạm.", ("impossible_date", "Đến ngày 20/6/2026")),
        ("Xã có 03 điểm hỗ trợ:\n\n- Thôn Một;\n\n- Thôn Hai.", ("count_mismatch", "03 điểm hỗ trợ")),
    ],
)
def test_numbers_are_computed_again(body: str, fault: tuple[str, str]) -> None:
    assert fault in report(body)


@pytest.mark.parametrize(
    "body",
    [
        "Nhận 2.889 hồ sơ, trong đó: qua mạng 2.493 hồ sơ (đạt tỷ lệ 86,29%), trực tiếp 396 hồ sơ, chiếm 13,71%.",
        (
            "Đã giải quyết 2.807 hồ sơ, trong đó đúng hạn 2.738 hồ "
            "sơ đạt tỷ lệ 97,5% và trễ hạn 69 hồ sơ chiếm tỷ lệ 2,5%."
        ),
        "Lắp 91 cụm loa/27 thôn; cập nhật 803/803 đảng viên, đạt 100%.",
        (
            "Nghị quyết số 57-NQ/TW của Bộ Chính trị; Quyết định số 204-QĐ/TW của "
            "Ban Bí thư và Quyết định số 204-QĐ/TW của Ban Bí thư Trung ương Đảng."
        ),
        "Uỷ ban nhân dân xã và Ủy ban nhân dân xã; số hoá, số hóa.",
        "Có 04 doanh nghiệp: VNPT, Mobifone, Viettel và truyền hình cáp.",
        "Hệ thống báo cáo thông minh; chuyển đổi số kết nối; người dẫn đường.",
        "Họp vào thứ Tư, ngày 11/02/2026.",
        "Theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP.",
    ],
)
def test_what_is_right_raises_no_alarm(body: str) -> None:
    assert report(body) == []


def test_a_deadline_before_the_document_itself_cannot_be_kept() -> None:
    assert faults("I. NHIỆM VỤ\n\n1. Công an xã lập sổ trước ngày 25/02/2026.\n") == [
        ("impossible_date", "trước ngày 25/02/2026")
    ]


def test_one_work_with_two_deadlines_or_two_leads() -> None:
    two = (
        "I. NHIỆM VỤ\n\n1. Công an xã lập danh sách tài liệu lưu trữ của xã trước ngày "
        "25/4/2026.\n\n2. Công an xã lập danh sách tài liệu lưu trữ của xã trước ngày 25/5/2026.\n"
    )
    assert faults(two) == [("deadline_conflict", "trước ngày 25/4/2026")]
    leads = two.replace("2. Công an xã", "2. Trạm Y tế xã").replace("25/5", "25/4")
    assert [kind for kind, _ in faults(leads)] == ["overlapping_lead"]


def test_one_duty_with_two_cadences() -> None:
    body = (
        "I. NHIỆM VỤ\n\n1. Công an xã\n\n- Hằng tháng báo cáo Thường "
        "trực Đảng ủy.\n\n- Hằng quý báo cáo Thường trực Đảng ủy.\n"
    )
    assert faults(body) == [("cadence_conflict", "Hằng tháng")]


def test_a_collecting_step_cannot_end_before_what_it_waits_for() -> None:
    body = (
        "I. NHIỆM VỤ\n\n1. Hằng tuần, các chi bộ gửi Văn phòng Đảng ủy trước 9 giờ thứ Tư; "
        "Văn phòng Đảng ủy tổng hợp, báo cáo Thường trực Đảng ủy trước 8 giờ cùng ngày.\n"
    )
    assert faults(body) == [("chain_conflict", "trước 8 giờ cùng ngày")]


def test_two_levels_for_one_indicator_and_day() -> None:
    body = (
        "I. MỤC TIÊU\n\n- Đến năm 2030, trên 60% hộ dân có tài "
        "khoản.\n\n- Đến năm 2030, trên 70% hộ dân có tài khoản.\n"
    )
    assert [kind for kind, _ in faults(body)] == ["target_conflict"]


def test_a_number_used_twice_among_the_sections_of_one_parent() -> None:
    body = "I. MỘT\n\nII. HAI\n\nII. BA\n"
    assert faults(body) == [("duplicate_section_number", "II. BA")]
    assert faults("I. MỘT\n\n1. Việc A\n\n2. Việc B\n\n1. Việc C\n") == []


def test_a_missing_head_and_a_missing_second_office() -> None:
    body = (
        "KẾ HOẠCH\nsố hóa tài liệu của xã\n\nNội dung.\n\nNơi nhận:\n"
        "- Các chi bộ.\n\nBÍ THƯ ĐẢNG ỦY\n\nkiêm\n\nTrần Văn Mẫu\n"
    )
    assert faults(body, head=False) == [
        ("missing_field", "KẾ HOẠCH\nsố hóa tài liệu"),
        ("missing_field", "BÍ THƯ ĐẢNG ỦY\n\nkiêm"),
    ]


def test_the_tail_of_a_wrapped_heading_is_stray_text() -> None:
    body = "I. NHIỆM VỤ\n\n- Ủy ban Kiểm tra Đảng ủy\n\nĐảng ủy Phối hợp với Công an xã lập sổ theo dõi.\n"
    assert [kind for kind, _ in faults(body)] == ["stray_text"]


def test_an_annex_that_is_there_is_no_broken_reference() -> None:
    body = "Chi tiết tại Phụ lục I.\n\nNơi nhận:\n- Các chi bộ.\n\nPHỤ LỤC I\nDANH MỤC\n\nNội dung.\n"
    assert faults(body) == []


def test_an_aim_that_points_to_nothing_is_grave() -> None:
    text = HEAD.format(word="KẾ HOẠCH", code="KH") + "I. MỤC TIÊU\n\nMục tiêu cụ thể: Chi tiết tại Phụ lục I.\n"
    (fault,) = reading.read_text(text, file="a.txt").inconsistencies
    assert (fault.kind, fault.severity) == ("broken_reference", "high")


@pytest.mark.parametrize(
    ("part", "whole", "printed", "fits"),
    [
        (117, 180, "65,0", True),
        (96, 150, "66,0", False),
        (2738, 2807, "97,5", True),
        (69, 2807, "2,5", True),
        (2, 3, "66", True),
        (2, 3, "67", True),
        (2, 3, "66,7", True),
        (2, 3, "68", False),
    ],
)
def test_a_share_is_right_when_it_is_rounded_or_cut_to_the_printed_decimals(
    part: float, whole: float, printed: str, fits: bool
) -> None:
    assert checks_numbers.share_fits(part, whole, printed) is fits


def test_the_reasons_name_the_numbers() -> None:
    text = HEAD.format(word="BÁO CÁO", code="BC") + "I. KẾT QUẢ\n\nĐã giải quyết 96/150 hồ sơ, đạt 66%.\n"
    (fault,) = reading.read_text(text, file="a.txt").inconsistencies
    assert "96/150 = 64%" in fault.why
    assert "66%" in fault.why


@pytest.mark.parametrize(
    "name",
    [
        "ket_luan_hop.txt",
        "cong_van_don_doc.txt",
        "quyet_dinh_to_cong_tac.txt",
        "chi_thi_khong_muc.txt",
        "nghi_quyet_chi_tieu.txt",
    ],
)
def test_clean_documents_raise_no_alarm(name: str) -> None:
    assert reading.read_file(DOCUMENTS / name).inconsistencies == ()

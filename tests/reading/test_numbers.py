"""Figures and targets of running text."""

from __future__ import annotations

import pytest

from xanh import reading

HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-{code}/ĐU\n\nTân Mẫu, ngày 30 tháng 6 năm 2026\n\n{word}\nsố hóa tài liệu\n\n"

Row = tuple[float, str | None, str | None, float | None, float | None]


def figures(sentence: str) -> list[Row]:
    text = HEAD.format(code="BC", word="BÁO CÁO") + f"I. KẾT QUẢ\n\n{sentence}\n"
    found = reading.read_text(text, file="a.txt").figures
    return [(item.value, item.unit, item.operator, item.numerator, item.denominator) for item in found]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("Xã có 14 trạm phát sóng.", [(14, "trạm", None, None, None)]),
        ("Đã giải quyết 1.939/2.335 hồ sơ đạt tỷ lệ 83,04%.", [(83.04, "%", None, 1939, 2335)]),
        ("Đảng ủy hoàn thành 18/18 chỉ tiêu.", [(18, "chỉ tiêu", None, 18, 18)]),
        ("Xã đứng thứ 6/24 về chuyển đổi số.", [(6, "hạng", None, None, 24)]),
        ("Xã được 78,5/100 điểm.", [(78.5, "điểm", None, None, 100)]),
        (
            "Hội nghị có hơn 2.100 đại biểu, dưới 5% vắng.",
            [(2100, "đại biểu", ">", None, None), (5, "%", "<", None, None)],
        ),
        ("Lắp 91 cụm loa/27 thôn.", [(91, "cụm loa", None, None, None), (27, "thôn", None, None, None)]),
        ("Chi 186,5/300 triệu đồng, đạt 62,2%.", [(62.2, "%", None, 186.5, 300)]),
        ("Mua loa hết 185 triệu đồng.", [(185, "triệu đồng", None, None, None)]),
        (
            "Nhận 412 hồ sơ, trong đó 309 hồ sơ qua mạng, đạt 75%.",
            [(412, "hồ sơ", None, None, None), (309, "hồ sơ", None, None, None), (75, "%", None, 309, 412)],
        ),
        (
            "Có 1.245 người được cấp, chiếm 41,5% trong tổng số 3.000 người.",
            [(1245, "người", None, None, None), (41.5, "%", None, 1245, 3000), (3000, "người", None, None, None)],
        ),
        ("Tổng số thư công vụ được cấp 107 trong năm.", [(107, None, None, None, None)]),
        ("Tỷ lệ ký số đạt 85.71%.", [(85.71, "%", None, None, None)]),
        ("Kết quả đạt 32,01%.", [(32.01, "%", None, None, None)]),
    ],
)
def test_numbers_that_state_a_result(sentence: str, rows: list[Row]) -> None:
    assert figures(sentence) == rows


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 12/6/2026 họp lúc 8 giờ 30.",
        "Mạng 4G đã phủ thôn 4.",
        "Thực hiện Nghị quyết số 57-NQ/TW.",
        "Giai đoạn 2 của Hệ thống 57.",
        "Bưu cục ở 04 Trần Phú.",
        "Mô hình chính quyền 2 cấp vận hành ổn định.",
        "Nhiệm kỳ 2025 - 2030 đã bắt đầu.",
    ],
)
def test_dates_levels_addresses_and_references_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == []


def test_the_time_of_a_figure_is_printed_in_its_sentence_or_opens_the_paragraph() -> None:
    text = (
        HEAD.format(code="BC", word="BÁO CÁO")
        + "I. KẾT QUẢ\n\nĐến ngày 20/6/2026, xã có 14 trạm. Có 03 phòng họp. Hiện nay đã cấp 87 tài khoản.\n"
    )
    found = reading.read_text(text, file="a.txt").figures
    assert [item.as_of for item in found] == ["Đến ngày 20/6/2026", "Đến ngày 20/6/2026", "Hiện nay"]


def test_outside_a_report_only_the_preamble_and_results_state_figures() -> None:
    text = (
        HEAD.format(code="TB", word="THÔNG BÁO")
        + "Ngày 29/6/2026, hội nghị có 102 điểm cầu dự.\n\nI. NHIỆM VỤ\n\n1. Công an xã mở 05 lớp. Có 12 thôn dự.\n"
    )
    found = reading.read_text(text, file="a.txt").figures
    assert [(item.value, item.as_of) for item in found] == [(102, "Ngày 29/6/2026")]


def targets(body: str) -> list[tuple[str, str, object, str | None, str | None, str | None]]:
    text = HEAD.format(code="KH", word="KẾ HOẠCH") + body
    found = reading.read_text(text, file="a.txt").targets
    return [(item.indicator, item.operator, item.value, item.unit, item.by, item.by_date) for item in found]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        (
            "Đến ngày 31/12/2026, ít nhất 90% văn bản được ký số.",
            ("văn bản được ký số", ">=", 90, "%", "Đến ngày 31/12/2026", "2026-12-31"),
        ),
        (
            "Trên 80% chi bộ họp qua mạng, tính đến hết quý III/2026.",
            ("chi bộ họp qua mạng", ">", 80, "%", "đến hết quý III/2026", "2026-09-30"),
        ),
        ("Hồ sơ được chuyển không quá 04 giờ làm việc.", ("Hồ sơ được chuyển", "<=", 4, "giờ làm việc", None, None)),
        (
            "Trong năm 2026, số hóa 15 - 20% hồ sơ giấy.",
            ("hồ sơ giấy", "between", (15, 20), "%", "Trong năm 2026", "2026-12-31"),
        ),
        ("Tỷ lệ hồ sơ trực tuyến đạt 85%.", ("Tỷ lệ hồ sơ trực tuyến", "=", 85, "%", None, None)),
        ("Tỷ lệ hồ sơ trực tuyến đạt từ 90% trở lên.", ("Tỷ lệ hồ sơ trực tuyến", ">=", 90, "%", None, None)),
        ("Dưới 5% hồ sơ trễ hạn.", ("hồ sơ trễ hạn", "<", 5, "%", None, None)),
        ("Tối thiểu 80 điểm bán hàng nhận mã QR.", ("điểm bán hàng nhận mã QR", ">=", 80, "điểm", None, None)),
    ],
)
def test_levels_of_a_part_of_aims(sentence: str, row: tuple[object, ...]) -> None:
    assert targets(f"II. MỤC TIÊU\n\n- {sentence}\n") == [row]


def test_a_heading_that_names_the_year_gives_the_day() -> None:
    assert targets("II. MỤC TIÊU\n\n1. Đến năm 2030\n\n- Trên 60% hộ có tài khoản.\n")[0][4:] == (
        "Đến năm 2030",
        "2030-12-31",
    )


def test_in_a_task_only_a_share_or_a_bounded_level_is_a_target() -> None:
    body = (
        "III. NHIỆM VỤ\n\n1. Công an xã cập nhật tối thiểu 75% số hộ trước ngày 15/9/2026. "
        "Tổ chức 05 lớp tập huấn. Phấn đấu đến ngày 30/9/2026 có tối thiểu 80 hộ dùng.\n"
    )
    assert [row[1:4] for row in targets(body)] == [(">=", 75, "%"), (">=", 80, "hộ")]


def test_aims_without_a_numeral_or_with_a_frequency_are_no_targets() -> None:
    assert targets("II. MỤC TIÊU\n\n- Bố trí đủ máy tính. Tổ chức 02 cuộc họp. Năm 2026 là năm tăng tốc.\n") == []

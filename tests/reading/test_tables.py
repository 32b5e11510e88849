"""Task tables, target tables, result tables."""

from __future__ import annotations

from docx.document import Document as WordDocument

from tests.reading import build
from xanh import reading

HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-{code}/ĐU\n\nTân Mẫu, ngày 03 tháng 3 năm 2026\n\n{word}\nsố hóa tài liệu\n\n"
PLAN = (
    HEAD.format(code="KH", word="KẾ HOẠCH") + "Nội dung.\n\nNơi nhận:\n- Các chi bộ.\n\nPHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n"
)


def tasks(*rows: str) -> list[reading.Task]:
    return list(reading.read_text(PLAN + "\n".join(rows) + "\n", file="a.txt").tasks)


def test_one_row_is_one_task_and_columns_may_stand_in_any_order() -> None:
    (task,) = tasks(
        "STT | Thời hạn | Công việc | Đơn vị phối hợp | Cơ quan chủ trì | Kết quả",
        "1 | Quý III/2026 | Lập sổ; mở lớp | Phòng Kinh tế; Công an xã | Văn phòng Đảng ủy | Sổ",
    )
    assert (task.quote, task.lead, task.cooperate) == (
        "Lập sổ; mở lớp",
        ("Văn phòng Đảng ủy",),
        ("Phòng Kinh tế", "Công an xã"),
    )
    assert (task.product, task.due and task.due.date, task.kind) == ("Sổ", "2026-09-30", "one_off")
    assert task.row is not None
    assert task.source == "PHỤ LỤC I DANH MỤC NHIỆM VỤ"


def test_nt_takes_the_cell_above_and_an_empty_cell_is_empty() -> None:
    rows = tasks(
        "TT | Nội dung | Chủ trì | Phối hợp | Thời gian",
        "1 | Lập sổ | Công an xã | Phòng Kinh tế | Tháng 6/2026",
        "2 | Đề án kho số | nt | -nt- | ",
    )
    assert (rows[1].lead, rows[1].cooperate, rows[1].due, rows[1].kind) == (
        ("Công an xã",),
        ("Phòng Kinh tế",),
        None,
        "one_off",
    )
    empty = tasks(
        "TT | Nội dung | Chủ trì | Thời gian", "1 | Lập sổ | Công an xã | Tháng 6/2026", "2 | Mở lớp |  | Tháng 7/2026"
    )
    assert empty[1].lead == ()


def test_one_cell_may_hold_both_roles() -> None:
    first, second = tasks(
        "TT | Nội dung | Đơn vị thực hiện | Thời gian", "1 | Lập sổ | Chủ trì: Công an xã; phối hợp: Phòng Kinh tế | Tháng 6/2026",  # noqa: E501
        "2 | Mở lớp | Công an xã chủ trì, phối hợp với Phòng Kinh tế | Tháng 6/2026",
    )  # fmt: skip
    assert first.lead == second.lead == ("Công an xã",)
    assert first.cooperate == second.cooperate == ("Phòng Kinh tế",)


def test_a_new_deadline_replaces_the_old_one() -> None:
    (task,) = tasks(
        "TT | Nội dung | Chủ trì | Thời hạn cũ | Thời hạn điều chỉnh", "1 | Lập sổ | Công an xã | 15/4/2026 | 15/6/2026"
    )
    assert task.due is not None
    assert task.due.date == "2026-06-15"


def test_a_cadence_in_the_time_cell_makes_the_row_recurring_and_a_report_also_a_regime() -> None:
    found = reading.read_text(
        PLAN + "TT | Nội dung | Chủ trì | Thời gian\n1 | Báo cáo Thường trực Đảng ủy số lượt dùng | Văn phòng Đảng ủy | Ngày 04 hằng tháng\n"  # noqa: E501
        "2 | Trả lời câu hỏi | Văn phòng Đảng ủy | Thường xuyên\n", file="a.txt",
    )  # fmt: skip
    assert [task.kind for task in found.tasks] == ["recurring", "standing"]
    (regime,) = found.reporting_regimes
    assert (regime.cadence, regime.cutoff, regime.to_whom) == ("hằng tháng", "Ngày 04", ("Thường trực Đảng ủy",))


def test_group_rows_are_sections_and_give_source_and_lead() -> None:
    found = reading.read_text(
        PLAN + "TT | Nội dung | Chủ trì | Thời gian\nI | CÔNG AN XÃ |  | \n1 | Lập sổ |  | Tháng 6/2026\nTT | Nội dung | Chủ trì | Thời gian\n"  # noqa: E501
        "II | PHÒNG KINH TẾ |  | \n2 | Mở lớp | Trạm Y tế xã | Tháng 6/2026\n", file="a.txt",
    )  # fmt: skip
    assert [(task.quote, task.lead) for task in found.tasks] == [
        ("Lập sổ", ("CÔNG AN XÃ",)),
        ("Mở lớp", ("Trạm Y tế xã",)),
    ]
    assert found.tasks[0].source.endswith("> I CÔNG AN XÃ")
    rows = [section for section in found.sections if section.rule == "section.row"]
    assert [(row.label, row.level, row.borderline) for row in rows] == [("I", 2, True), ("II", 2, True)]


def merged(document: WordDocument) -> None:
    for line in ("PHỤ LỤC", "DANH MỤC VIỆC"):
        document.add_paragraph(line)
    table = document.add_table(rows=4, cols=4)
    rows = (
        ("TT", "Nội dung", "Chủ trì", "Thời gian"),
        ("1", "Lập sổ", "Công an xã", "Tháng 6/2026"),
        ("2", "Gửi sổ", "", ""),
        ("3", "Mở lớp", "", ""),
    )
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 2).merge(table.cell(2, 2))


def test_a_merged_cell_holds_for_its_rows_and_an_unmerged_empty_one_is_empty() -> None:
    found = reading.read_bytes(build.word(merged), name="a.docx")
    assert [task.lead for task in found.tasks] == [("Công an xã",), ("Công an xã",), ()]


REPORT = HEAD.format(code="BC", word="BÁO CÁO") + "I. KẾT QUẢ\n\n"


def test_plan_cells_are_targets_and_achieved_cells_figures() -> None:
    found = reading.read_text(
        REPORT + "TT | Chỉ tiêu | ĐVT | Kết quả 2025 | Chỉ tiêu giao 2026 | Giai đoạn 2026 - 2030\n"
        "1 | Hộ có biển số | hộ | 1.120 | 1.500 | 2.000 - 2.500\n2 | Người có chữ ký số | % | 33,0 | ≥ 45 | Trên 80\n3 | Ngày trả hồ sơ | ngày | 5,5 | ≤ 4 | \n",  # noqa: E501
        file="a.txt",
    )  # fmt: skip
    targets = [(item.indicator, item.operator, item.value, item.unit, item.by_date) for item in found.targets]
    assert targets == [
        ("Hộ có biển số", "=", 1500, "hộ", "2026-12-31"), ("Hộ có biển số", "between", (2000, 2500), "hộ", "2030-12-31"),  # noqa: E501
        ("Người có chữ ký số", ">=", 45, "%", "2026-12-31"), ("Người có chữ ký số", ">", 80, "%", "2030-12-31"),
        ("Ngày trả hồ sơ", "<=", 4, "ngày", "2026-12-31"),
    ]  # fmt: skip
    assert [(item.value, item.column) for item in found.figures] == [
        (1120, "Kết quả 2025"),
        (33, "Kết quả 2025"),
        (5.5, "Kết quả 2025"),
    ]


def test_whole_part_and_rate_give_one_figure_a_row_with_its_checks() -> None:
    found = reading.read_text(
        REPORT + "TT | Lĩnh vực | Tổng số hồ sơ | Hồ sơ trực tuyến | Tỷ lệ (%)\n1 | Đất đai | 180 | 117 | 65,0\n2 | Hộ tịch | 420 | 357 | 86,0\n"  # noqa: E501
        "3 | Bảo trợ | 100 | 110 | 110\nTổng cộng | 720 | 584 | 81,1\n", file="a.txt",
    )  # fmt: skip
    assert [(item.value, item.numerator, item.denominator) for item in found.figures][:2] == [
        (65, 117, 180),
        (86, 357, 420),
    ]
    kinds = [(item.kind, item.quote) for item in found.inconsistencies]
    assert ("percentage_mismatch", "86,0") in kinds
    assert ("exceeds_total", "110") in kinds
    assert ("sum_mismatch", "720") in kinds
    assert ("sum_mismatch", "584") not in kinds


def test_units_in_headings_and_cells_and_a_table_of_persons() -> None:
    found = reading.read_text(
        REPORT + "Thôn | Số hộ (hộ) | Tỷ lệ\nMẫu Đông | 120 | 75%\nMẫu Tây | 80 | 80%\n", file="a.txt"
    )
    assert [(item.value, item.unit) for item in found.figures] == [(120, "hộ"), (75, "%"), (80, "hộ"), (80, "%")]
    persons = reading.read_text(
        REPORT + "TT | Họ và tên | Chức vụ\n1 | Trần Văn Mẫu | Tổ trưởng\n2 | Lê Thị Mẫu | Tổ phó\n", file="a.txt"
    )
    assert (persons.tasks, persons.figures, persons.targets) == ((), (), ())


def test_a_level_below_what_was_already_reached_is_a_conflict() -> None:
    found = reading.read_text(
        REPORT
        + "TT | Chỉ tiêu | ĐVT | Kết quả 2025 | Chỉ tiêu giao 2026\n1 | Hộ có biển số | hộ | 1.620 | 1.500\n2 | Hồ sơ trễ hạn | hồ sơ | 30 | 10\n",  # noqa: E501
        file="a.txt",
    )
    assert [(item.kind, item.quote) for item in found.inconsistencies if item.kind == "target_conflict"] == [
        ("target_conflict", "1.500")
    ]

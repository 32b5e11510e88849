"""Documents of other kinds, read whole: leads, deadlines, addressees and cadences worked out by hand."""

from __future__ import annotations

from pathlib import Path

from xanh import reading

DOCUMENTS = Path(__file__).parents[1] / "documents"


def read(name: str) -> reading.Reading:
    return reading.read_file(DOCUMENTS / name)


def leads(found: reading.Reading) -> list[tuple[str, ...]]:
    return [task.lead for task in found.tasks]


def deadlines(found: reading.Reading) -> list[str | None]:
    return [task.due.date if task.due else None for task in found.tasks]


def test_an_official_letter_hands_its_addressees_to_its_numbered_lines() -> None:
    found = read("cong_van_don_doc.txt")
    assert (found.metadata.type, found.metadata.symbol) == ("CV", "215/SKHCN-CĐS")
    assert found.metadata.title == "rà soát hạ tầng số và báo cáo kết quả sử dụng nền tảng dùng chung"
    assert leads(found) == [
        ("các đơn vị",),
        ("các đơn vị",),
        ("các đơn vị",),
        ("Công an tỉnh",),
        ("Trung tâm Chuyển đổi số",),
        ("các đơn vị",),
    ]
    assert deadlines(found) == [None, "2026-09-18", None, "2026-10-31", "2026-09-25", None]
    cadences = found.tasks[2].recurrence
    assert cadences is not None
    assert [(item.freq, item.bymonthday, item.bymonth) for item in cadences] == [
        ("MONTHLY", 20, None),
        ("YEARLY", 10, 12),
    ]
    assert found.tasks[5].report_to == ("Sở Khoa học và Công nghệ", "Trung tâm Chuyển đổi số")


def test_a_decision_gives_its_team_the_tasks_of_its_second_article() -> None:
    found = read("quyet_dinh_to_cong_tac.txt")
    assert leads(found) == [
        ("Tổ công tác",),
        ("Tổ công tác",),
        ("Tổ công tác",),
        ("Văn phòng HĐND và UBND xã",),
        ("Phòng Kinh tế",),
    ]
    assert deadlines(found) == ["2026-05-15", "2026-09-30", None, None, "2026-05-10"]
    assert [item.form for item in found.citations] == ["named", "numbered", "numbered"]


def test_a_directive_without_headings_takes_leads_from_its_lead_in() -> None:
    found = read("chi_thi_khong_muc.txt")
    assert leads(found)[:3] == [("các chi bộ trực thuộc",)] * 3
    assert leads(found)[3:] == [("Ủy ban Kiểm tra Đảng ủy",), ("Văn phòng Đảng ủy",), ("Văn phòng Đảng ủy",)]
    assert deadlines(found) == ["2026-01-15", None, None, "2026-03-31", None, None]


def test_a_plan_by_bodies_with_run_in_titles() -> None:
    found = read("ke_hoach_cao_diem.txt")
    assert leads(found) == [
        ("Phòng Văn hóa - Xã hội",),
        ("Phòng Văn hóa - Xã hội",),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam xã", "các đoàn thể"),
        ("Trưởng các thôn", "Bí thư các chi bộ thôn"),
        ("Thủ trưởng các cơ quan, đơn vị", "Trưởng các thôn"),
        ("Thủ trưởng các cơ quan, đơn vị", "Trưởng các thôn"),
        ("Công an xã",),
        ("Công an xã",),
        ("Công an xã",),
        ("Trạm Y tế xã", "các trường học trên địa bàn xã"),
        ("Bưu điện xã", "VNPT Tân Mẫu", "Viettel Tân Mẫu"),
    ]
    assert [task.borderline for task in found.tasks].index(True) == 4
    assert deadlines(found)[3] == "2026-09-30"
    assert [(item.who, item.cutoff) for item in found.reporting_regimes if item.cutoff] == [
        (("Phòng Văn hóa - Xã hội",), "trước ngày 25"),
        (("Công an xã",), "vào ngày 20"),
    ]


def test_a_level_inside_a_task_keeps_its_own_date() -> None:
    found = read("ke_hoach_cao_diem.txt")
    (target,) = found.targets
    assert (target.operator, target.value, target.by_date) == (">", 95, "2026-12-31")
    assert target.indicator == "Cấp tài khoản định danh cho công dân từ đủ 14 tuổi"
    assert deadlines(found)[6] is None


def test_hard_wrapped_lines_and_a_page_number_do_not_break_sentences() -> None:
    found = read("thong_bao_ngat_dong.txt")
    assert leads(found) == [
        ("Văn phòng Đảng ủy",),
        ("Ủy ban Kiểm tra Đảng ủy",),
        ("Các chi bộ",),
        ("Đồng chí Phó Bí thư Thường trực",),
    ]
    assert deadlines(found) == ["2026-09-20", "2026-09-30", None, None]
    assert found.metadata.signer == "Đinh Văn Mẫu"
    assert found.metadata.recipients == ("Các chi bộ", "Lưu VPĐU")


def test_a_resolution_has_parts_aims_and_tasks() -> None:
    found = read("nghi_quyet_chi_tieu.txt")
    assert found.sections[0].heading == "Phần thứ nhất TÌNH HÌNH VÀ KẾT QUẢ"
    assert [(item.operator, item.value, item.by_date) for item in found.targets] == [
        (">=", 90, "2030-12-31"),
        (">=", 15, "2030-12-31"),
        ("<=", 2, "2030-12-31"),
        (">", 60, "2026-12-31"),
    ]
    assert found.metadata.recipients == ("Tỉnh ủy (báo cáo)", "Các chi bộ trực thuộc", "Lưu VPĐU")


def test_a_report_full_of_faults() -> None:
    kinds = [item.kind for item in read("bao_cao_co_loi.txt").inconsistencies]
    assert kinds == [
        "number_date_order",
        "wrong_type",
        "percentage_mismatch",
        "count_mismatch",
        "exceeds_total",
        "weekday_mismatch",
        "ocr_typo",
        "duplicate_section_number",
        "impossible_date",
        "broken_reference",
    ]


def test_a_monthly_report_signed_above_its_recipients() -> None:
    found = read("bao_cao_thang.txt")
    assert (found.metadata.issuer, found.metadata.parent_body) == ("VĂN PHÒNG", "TỈNH ỦY MẪU")
    assert (found.metadata.signer, found.metadata.signer_title) == ("Nguyễn Thị Mẫu", "CHÁNH VĂN PHÒNG")
    assert leads(found) == [
        ("Phòng Tổng hợp",),
        ("Phòng Cơ yếu - Công nghệ thông tin",),
        (),
        ("Các phòng",),
    ]
    assert deadlines(found) == ["2026-10-15", "2026-10-20", None, "2026-10-10"]
    assert [item.quote for item in found.citations] == [
        "Kết luận số 18-KL/TU",
        "Thông báo kết luận số 45-TB/TU, ngày 28/8/2026",
    ]
    shares = [(item.value, item.numerator, item.denominator) for item in found.figures if item.unit == "%"]
    assert shares[:3] == [(98.8, 1190, 1204), (92.5, 37, 40), (80, 1.2, 1.5)]
    assert found.inconsistencies == ()

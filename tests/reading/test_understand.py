"""A notice of conclusions, read from head to foot: expected values are worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from xanh import reading

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="module")
def notice() -> reading.Reading:
    path = DOCUMENTS / "ket_luan_hop.txt"
    return reading.read_text(path.read_text(encoding="utf-8"), file=path.name)


def task(found: reading.Reading, words: str) -> reading.Task:
    return next(item for item in found.tasks if words in item.quote)


def test_the_head_gives_type_symbol_bodies_place_and_date(notice: reading.Reading) -> None:
    head = notice.metadata
    assert (head.type, head.number, head.symbol) == ("TB", "07", "07-TB/BCĐ")
    assert head.issuer == "BAN CHỈ ĐẠO VỀ CHUYỂN ĐỔI SỐ\nTỈNH MẪU"
    assert head.parent_body == "TỈNH ỦY MẪU"
    assert (head.place, head.issued_on) == ("Mẫu", "2026-03-09")
    assert head.title == "KẾT LUẬN PHIÊN HỌP THỨ HAI BAN CHỈ ĐẠO\nVỀ CHUYỂN ĐỔI SỐ TỈNH MẪU"


def test_the_foot_gives_signer_title_and_recipients(notice: reading.Reading) -> None:
    head = notice.metadata
    assert (head.signer, head.signer_title) == ("Trần Thị Mẫu", "TRƯỞNG BAN CHỈ ĐẠO")
    assert head.recipients == ("Các thành viên Ban Chỉ đạo", "Các đảng ủy xã, phường", "Lưu Văn phòng Tỉnh ủy")


def test_sections_form_a_tree(notice: reading.Reading) -> None:
    assert [(item.level, item.label) for item in notice.sections] == [(1, "I"), (1, "II"), (2, "1"), (2, "2"), (2, "3")]


def test_exactly_the_directive_sentences_are_tasks(notice: reading.Reading) -> None:
    starts = [item.quote.split()[0] for item in notice.tasks]
    assert starts == ["Đề", "Giao", "Xây", "Bảo", "Tổng", "Hằng", "Lập"]
    assert [item.id for item in notice.tasks] == ["T01", "T02", "T03", "T04", "T05", "T06", "T07"]


def test_an_hour_before_a_day_is_a_deadline_with_time(notice: reading.Reading) -> None:
    found = task(notice, "góp ý")
    assert found.due == reading.Due("trước 16h30, ngày 11/3/2026", "2026-03-11", "16:30", "before")
    assert found.lead == ("các thành viên Ban Chỉ đạo",)
    assert found.report_to == ("Văn phòng Tỉnh ủy",)


def test_the_deadline_of_the_submitting_clause_is_the_deadline_of_the_task(notice: reading.Reading) -> None:
    found = task(notice, "hoàn chỉnh")
    assert found.due == reading.Due("trong ngày 13/3/2026", "2026-03-13", None, "on")
    assert (found.lead, found.cooperate) == (("Văn phòng Tỉnh ủy",), ("Sở Tư pháp",))
    assert found.report_to == ("Trưởng Ban Chỉ đạo",)


def test_a_heading_that_names_two_bodies_leads_its_lines(notice: reading.Reading) -> None:
    found = task(notice, "Đề án kho")
    assert found.lead == ("Đảng ủy UBND tỉnh", "UBND tỉnh")
    assert found.due == reading.Due("trong quý II/2026", "2026-06-30", None, "by_end_of")
    assert (found.kind, found.product) == ("one_off", "Đề án kho lưu trữ số của tỉnh")
    assert task(notice, "đường truyền").kind == "standing"


def test_a_lead_in_hands_its_partner_to_every_line_under_it(notice: reading.Reading) -> None:
    for words in ("nhu cầu thiết bị", "số liệu xử lý"):
        assert task(notice, words).cooperate == ("Sở Tài chính",)
        assert task(notice, words).lead == ("Văn phòng Tỉnh ủy",)


def test_a_repeated_cut_off_belongs_to_the_cadence_and_not_to_a_deadline(notice: reading.Reading) -> None:
    found = task(notice, "số liệu xử lý")
    assert found.due is None
    assert found.kind == "recurring"
    assert found.recurrence == (reading.Recurrence("Hằng tháng", "MONTHLY", None, 25, None, None, "trước ngày 25"),)


def test_the_body_through_which_a_paper_goes_follows_its_addressee(notice: reading.Reading) -> None:
    found = task(notice, "danh sách cán bộ")
    assert found.report_to == ("Ban Chỉ đạo tỉnh", "Văn phòng Tỉnh ủy")
    assert found.lead == ("Các đảng ủy xã, phường",)


def test_a_cited_document_is_no_deadline(notice: reading.Reading) -> None:
    (cited,) = notice.citations
    assert (cited.symbol, cited.issued_on, cited.issuer) == ("12-KH/TU", "2026-01-20", "Ban Thường vụ Tỉnh ủy Mẫu")
    assert cited.subject == "dữ liệu dùng chung"
    assert all(item.due is None or item.due.date != "2026-01-20" for item in notice.tasks)


def test_every_quote_is_its_stretch_of_the_text(notice: reading.Reading) -> None:
    items = [
        *notice.citations,
        *notice.sections,
        *notice.tasks,
        *notice.reporting_regimes,
        *notice.targets,
        *notice.figures,
    ]
    assert items
    for item in items:
        assert notice.text[item.start : item.end] == item.quote

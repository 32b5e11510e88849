"""Rules without a database: six clear points, sentences left over, drafts, known documents."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.directives import clarity, known, leftovers, readout
from xanh.directives.drafts import DutyDraft, TargetDraft, TaskDraft, due_words


def test_the_six_points_stand_in_the_order_of_conclusion_226() -> None:
    six = clarity.dots(lead="UBND xã", content="Lập danh sách", time="", authority="05-TB/BCĐ", product="")
    assert [dot.label for dot in six] == ["người", "việc", "thời gian", "trách nhiệm", "thẩm quyền", "sản phẩm"]
    assert clarity.unclear(six) == "thời gian, sản phẩm"
    assert six[0].basis == "người đứng đầu UBND xã"
    assert clarity.stops(six) == ""


def test_only_a_missing_lead_or_content_stops_a_task() -> None:
    six = clarity.dots(lead="", content=" ", time="", authority="", product="")
    assert clarity.stops(six) == "nội dung, chủ trì"


TEXT = (
    "Giao Văn phòng Tỉnh ủy xây dựng kế hoạch kiểm tra năm 2027. "
    "Yêu cầu các đơn vị tổng hợp số liệu hằng quý gửi về Ban Chỉ đạo; "
    "Năm qua các đơn vị đã xây dựng kế hoạch và báo cáo đầy đủ. Ngắn, giao việc."
)


def test_a_binding_sentence_that_no_item_covers_is_shown_once_more() -> None:
    first = TEXT.index("Yêu cầu")
    found = leftovers.leftovers(TEXT, [(0, first)])
    assert [each.quote for each in found] == ["Yêu cầu các đơn vị tổng hợp số liệu hằng quý gửi về Ban Chỉ đạo;"]


def test_a_sentence_about_the_past_is_not_shown() -> None:
    assert all("đã xây dựng" not in each.quote for each in leftovers.leftovers(TEXT, []))


@given(st.text(alphabet="ab .;\n*-Giao đề nghị xây dựng", max_size=300))
def test_what_is_left_over_is_a_stretch_of_the_text(text: str) -> None:
    for each in leftovers.leftovers(text, []):
        assert text[each.start : each.end] == each.quote


@pytest.mark.parametrize(
    ("due_on", "due_time", "qualifier", "words"),
    [
        (date(2026, 11, 20), None, "BEFORE", "trước ngày 20/11/2026"),
        (date(2026, 11, 20), None, "ON", "chậm nhất ngày 20/11/2026"),
        (date(2026, 12, 31), None, "BY_END_OF", "đến hết ngày 31/12/2026"),
        (date(2026, 11, 27), time(11, 0), "BEFORE", "trước 11:00 ngày 27/11/2026"),
        (None, None, "ON", ""),
    ],
)
def test_a_due_is_worded_as_it_binds(due_on: date | None, due_time: time | None, qualifier: str, words: str) -> None:
    assert due_words(due_on, due_time, qualifier) == words


@given(
    st.builds(
        TaskDraft,
        content=st.text(max_size=50),
        lead=st.text(max_size=20),
        cooperate=st.lists(st.text(max_size=10), max_size=3).map(tuple),
        due_on=st.none() | st.dates(),
        due_time=st.none() | st.times().map(lambda t: t.replace(microsecond=0)),
        qualifier=st.sampled_from(["BEFORE", "ON", "BY_END_OF"]),
    )
)
def test_a_task_draft_survives_its_json_form(draft: TaskDraft) -> None:
    assert TaskDraft.from_json(draft.to_json()) == draft


def test_duty_and_target_drafts_survive_their_json_form() -> None:
    duty = DutyDraft(who="group:00-XA", cadence="WEEKLY", cutoff_words="trước 11 giờ thứ Sáu")
    target = TargetDraft(indicator_code="UB-01", value="86,5", milestone_on=date(2026, 12, 31))
    assert DutyDraft.from_json(duty.to_json()) == duty
    assert TargetDraft.from_json(target.to_json()) == target


def test_a_known_document_is_found_only_under_its_own_date() -> None:
    found = known.find("57-NQ/TW", date(2024, 12, 22))
    assert found is not None
    assert (found.issuer, found.programme) == ("Bộ Chính trị", "NQ57")
    assert found.label == "57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
    assert known.find("57-NQ/TW", None) == found
    assert known.find("57-NQ/TW", date(2019, 1, 1)) is None
    assert known.find("", None) is None


def test_every_known_document_is_complete_and_its_key_is_its_own() -> None:
    keys = [(each.symbol, each.issued_on) for each in known.documents()]
    assert len(keys) == len(set(keys))
    assert all(each.title and each.issuer and each.type in each.symbol for each in known.documents())


def test_an_impossible_day_of_a_reading_is_no_day() -> None:
    assert readout.day_of("2026-02-30") is None
    assert readout.day_of(None) is None
    assert readout.day_of("2026-11-20") == date(2026, 11, 20)

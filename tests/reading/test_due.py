"""Deadlines: every row of the table of printed forms, with the date worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.reading import due, view

ISSUED = date(2026, 6, 2)


def found(text: str, *, alone: bool = False) -> list[tuple[str, str | None, str | None, str, str | None]]:
    flat = view.flatten(text)
    hits = due.find(text, flat, 0, len(text), issued_on=ISSUED, alone=alone)
    return [(hit.due.text, hit.due.date, hit.due.time, hit.due.qualifier, hit.due.from_) for hit in hits]


@pytest.mark.parametrize(
    ("text", "printed", "day", "hour", "qualifier"),
    [
        ("gửi trước ngày 15/7/2026.", "trước ngày 15/7/2026", "2026-07-15", None, "before"),
        ("trước 11h00, ngày 11/7/2026", "trước 11h00, ngày 11/7/2026", "2026-07-11", "11:00", "before"),
        ("trong ngày 11/7/2026", "trong ngày 11/7/2026", "2026-07-11", None, "on"),
        ("xong trước 8h30, ngày 22/6", "trước 8h30, ngày 22/6", "2026-06-22", "08:30", "before"),
        ("chậm nhất 17 giờ ngày 20/6/2026", "chậm nhất 17 giờ ngày 20/6/2026", "2026-06-20", "17:00", "on"),
        ("trước ngày 05 tháng 8 năm 2026", "trước ngày 05 tháng 8 năm 2026", "2026-08-05", None, "before"),
        ("trước 30 tháng 9", "trước 30 tháng 9", "2026-09-30", None, "before"),
        ("thời hạn đến hết ngày 30/6/2026", "đến hết ngày 30/6/2026", "2026-06-30", None, "on"),
        ("vào thứ Sáu, ngày 18/6/2026", "vào thứ Sáu, ngày 18/6/2026", "2026-06-18", None, "on"),
        ("xong trong tháng 2/2028", "trong tháng 2/2028", "2028-02-29", None, "by_end_of"),
        ("trong tháng 9 - 10/2026", "trong tháng 9 - 10/2026", "2026-10-31", None, "by_end_of"),
        ("tại phiên họp tháng 7/2026", "phiên họp tháng 7/2026", "2026-07-31", None, "by_end_of"),
        ("trong tuần cuối tháng 6/2026", "trong tuần cuối tháng 6/2026", "2026-06-30", None, "by_end_of"),
        ("trong quý II/2026", "trong quý II/2026", "2026-06-30", None, "by_end_of"),
        ("trong 6 tháng cuối năm 2026", "trong 6 tháng cuối năm 2026", "2026-12-31", None, "by_end_of"),
        ("đến hết năm 2026", "đến hết năm 2026", "2026-12-31", None, "by_end_of"),
        ("trước tháng 10/2026", "trước tháng 10/2026", "2026-10-01", None, "before"),
        ("trước quý III/2026", "trước quý III/2026", "2026-07-01", None, "before"),
        (
            "trong vòng 15 ngày kể từ ngày 02/6/2026",
            "trong vòng 15 ngày kể từ ngày 02/6/2026",
            "2026-06-17",
            None,
            "on",
        ),
    ],
)
def test_printed_deadlines(text: str, printed: str, day: str, hour: str | None, qualifier: str) -> None:
    assert found(text) == [(printed, day, hour, qualifier, None)]


def test_a_window_ends_on_its_last_day_and_keeps_its_first() -> None:
    assert found("từ ngày 01/3 đến ngày 15/4/2027") == [
        ("từ ngày 01/3 đến ngày 15/4/2027", "2027-04-15", None, "on", "2027-03-01")
    ]


def test_without_a_year_a_day_before_the_document_is_in_the_next_year() -> None:
    assert found("trước ngày 15/01")[0][1] == "2027-01-15"
    assert found("trong tháng 3")[0][1] == "2027-03-31"
    assert found("trong tháng 6")[0][1] == "2026-06-30"


def test_days_counted_from_an_event_that_is_not_printed_have_no_date() -> None:
    assert found("trong vòng 10 ngày kể từ ngày nhận được văn bản")[0][1:4] == (None, None, "on")
    assert found("chậm nhất 05 ngày làm việc kể từ ngày 02/6/2026")[0][1] is None


def test_a_day_that_is_not_in_the_calendar_is_a_deadline_without_a_date() -> None:
    assert found("trước ngày 31/9/2026")[0][:2] == ("trước ngày 31/9/2026", None)


@pytest.mark.parametrize(
    "text",
    [
        "có hiệu lực kể từ ngày 01/7/2026",
        "Trước ngày 18 hằng tháng, gửi số liệu",
        "chậm nhất ngày 20 của tháng cuối quý",
        "tính đến hết ngày 28/5/2026 đã nhận 10 hồ sơ",
        "khẩn trương, sớm hoàn thành",
        "kế hoạch năm 2026",
        "tại thôn 4 xã Tân Mẫu",
    ],
)
def test_starts_repeated_cut_offs_and_urgency_are_no_deadlines(text: str) -> None:
    assert found(text) == []


def test_in_a_time_column_a_bare_day_or_year_is_a_deadline() -> None:
    assert found("15/5/2026", alone=True)[0][1:4] == ("2026-05-15", None, "on")
    assert found("Quý III/2026", alone=True)[0][1:4] == ("2026-09-30", None, "by_end_of")
    assert found("2026 - 2030", alone=True)[0][1:4] == ("2030-12-31", None, "by_end_of")
    assert found("Năm 2026", alone=True)[0][1:4] == ("2026-12-31", None, "by_end_of")
    assert found("tháng 13/2026", alone=True) == []


def test_without_the_date_of_the_document_a_month_without_a_year_has_no_date() -> None:
    text = "trong tháng 6; trước ngày 15/7"
    assert due.find(text, view.flatten(text), 0, len(text), issued_on=None) == []


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_every_full_date_is_read_as_itself(day: date) -> None:
    text = f"gửi trước ngày {day.day:02d}/{day.month}/{day.year}"
    assert found(text)[0][1] == day.isoformat()

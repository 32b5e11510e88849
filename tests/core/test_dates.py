"""Dates, hours and instants in Vietnamese writing."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import dates

FRIDAY = date(2026, 11, 20)


def test_dates_are_written_as_on_screens() -> None:
    assert dates.format_date(date(2026, 9, 5)) == "05/09/2026"
    assert dates.format_day_month(date(2026, 9, 5)) == "05/09"
    assert dates.format_day(FRIDAY) == "thứ Sáu, 20/11/2026"
    assert dates.format_day(date(2026, 11, 22)) == "Chủ nhật, 22/11/2026"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 3, 31), "ngày 31 tháng 3 năm 2026"),
    ],
)
def test_documents_pad_small_days_and_the_first_two_months(day: date, written: str) -> None:
    assert dates.format_date_document(day) == written


def test_hours_differ_between_screens_and_documents() -> None:
    assert dates.format_hour(time(16, 0)) == "16:00"
    assert dates.format_hour_document(time(16, 0)) == "16 giờ 00"
    assert dates.format_hour(time(7, 5)) == "07:05"


def test_an_instant_is_written_in_vietnamese_time() -> None:
    assert dates.format_instant(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) == "16:00 ngày 20/11/2026"
    assert dates.local_date(datetime(2026, 11, 20, 17, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert dates.at_local(FRIDAY, time(16)) == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.local_date(datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "written", ["05/09/2026", "5/9/2026", "05-09-2026", "5.9.2026", "2026-09-05", " 05 / 09 / 2026 "]
)
def test_the_day_stands_before_the_month(written: str) -> None:
    assert dates.parse_date(written) == date(2026, 9, 5)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "để trống"),
        ("mai", "chưa đúng cách viết ngày"),
        ("05/09/26", "chưa đúng cách viết ngày"),
        ("05/09-2026", "chưa đúng cách viết ngày"),
        ("31/02/2026", "Không có ngày 31 tháng 2 năm 2026"),
        ("09/13/2026", "Không có ngày 9 tháng 13"),
        ("05/09/0026", "nằm ngoài khoảng"),
    ],
)
def test_unreadable_dates_say_what_to_do(written: str, problem: str) -> None:
    with pytest.raises(dates.DateUnreadable, match=problem) as refused:
        dates.parse_date(written)
    assert "Đề nghị" in str(refused.value)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_written_date_reads_back(day: date) -> None:
    assert dates.parse_date(dates.format_date(day)) == day
    assert dates.parse_date(day.isoformat()) == day

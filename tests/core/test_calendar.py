"""The working calendar, on real days of 2026: Labour Day, and the swap of 22/8 for 31/8."""

from datetime import date

from xanh.core.calendar import WorkingCalendar

CALENDAR = WorkingCalendar(
    holidays=frozenset({date(2026, 4, 30), date(2026, 5, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}),
    working_weekends=frozenset({date(2026, 8, 22)}),
)


def test_weekends_and_holidays_are_not_worked_but_swapped_days_are() -> None:
    assert CALENDAR.is_working_day(date(2026, 11, 20))
    assert not CALENDAR.is_working_day(date(2026, 11, 21))
    assert not CALENDAR.is_working_day(date(2026, 4, 30))
    assert CALENDAR.is_working_day(date(2026, 8, 22))


def test_neighbours_skip_days_off() -> None:
    assert CALENDAR.next_working_day(date(2026, 4, 29)) == date(2026, 5, 4)
    assert CALENDAR.previous_working_day(date(2026, 5, 4)) == date(2026, 4, 29)
    assert CALENDAR.next_working_day(date(2026, 8, 21)) == date(2026, 8, 22)
    assert CALENDAR.on_or_after(date(2026, 11, 21)) == date(2026, 11, 23)
    assert CALENDAR.on_or_after(date(2026, 11, 20)) == date(2026, 11, 20)
    assert CALENDAR.on_or_before(date(2026, 11, 22)) == date(2026, 11, 20)
    assert CALENDAR.on_or_before(date(2026, 11, 20)) == date(2026, 11, 20)


def test_working_days_are_counted_without_the_first_day() -> None:
    assert CALENDAR.add_working_days(date(2026, 4, 28), 2) == date(2026, 5, 4)
    assert CALENDAR.add_working_days(date(2026, 9, 3), -3) == date(2026, 8, 26)
    assert CALENDAR.add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)

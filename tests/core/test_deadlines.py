"""From written deadlines to instants. 20/11/2026 is a Friday, 22/11/2026 a Sunday."""

from datetime import date, datetime, time

import pytest

from xanh.core import dates
from xanh.core.calendar import WorkingCalendar
from xanh.core.deadlines import Due, Qualifier, counted_due, deadline_of

CALENDAR = WorkingCalendar(holidays=frozenset({date(2026, 11, 24)}))
FRIDAY = date(2026, 11, 20)


def at(day: int, hour: int = 0) -> datetime:
    return dates.at_local(date(2026, 11, day), time(hour))


@pytest.mark.parametrize("qualifier", [Qualifier.ON, Qualifier.BY_END_OF, Qualifier.BEFORE])
def test_a_named_day_is_overdue_only_after_its_end(qualifier: Qualifier) -> None:
    assert deadline_of(Due(FRIDAY, None, qualifier), calendar=CALENDAR).due_at == at(21)


def test_the_strict_reading_of_before_ends_with_the_day_before() -> None:
    due = Due(FRIDAY, None, Qualifier.BEFORE)
    assert deadline_of(due, calendar=CALENDAR, strict_before=True).due_at == at(20)


def test_strictness_touches_only_before() -> None:
    assert deadline_of(Due(FRIDAY), calendar=CALENDAR, strict_before=True).due_at == at(21)


@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_an_hour_is_an_hour(qualifier: Qualifier) -> None:
    due = Due(FRIDAY, time(16), qualifier)
    assert deadline_of(due, calendar=CALENDAR, strict_before=True).due_at == at(20, 16)


def test_the_warning_starts_three_working_days_ahead() -> None:
    assert deadline_of(Due(FRIDAY), calendar=CALENDAR).warn_at == at(17)
    assert deadline_of(Due(date(2026, 11, 25)), calendar=CALENDAR).warn_at == at(19)


def test_before_is_warned_on_the_working_day_before_at_the_latest() -> None:
    monday = Due(date(2026, 11, 23), None, Qualifier.BEFORE)
    assert deadline_of(monday, calendar=CALENDAR, warn_working_days=0).warn_at == at(20)
    assert deadline_of(Due(date(2026, 11, 23)), calendar=CALENDAR, warn_working_days=0).warn_at == at(23)


def test_a_named_day_off_is_not_moved() -> None:
    sunday = Due(date(2026, 11, 22))
    deadline = deadline_of(sunday, calendar=CALENDAR)
    assert (deadline.due_at, deadline.warn_at) == (at(23), at(18))


def test_a_counted_period_that_ends_on_a_day_off_runs_on() -> None:
    assert counted_due(date(2026, 11, 12), 10, calendar=CALENDAR) == date(2026, 11, 23)
    assert counted_due(date(2026, 11, 14), 10, calendar=CALENDAR) == date(2026, 11, 25)
    assert counted_due(date(2026, 11, 10), 10, calendar=CALENDAR) == FRIDAY
    assert counted_due(FRIDAY, 0, calendar=CALENDAR) == FRIDAY


def test_counted_working_days_skip_days_off() -> None:
    assert counted_due(FRIDAY, 5, working=True, calendar=CALENDAR) == date(2026, 11, 30)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        counted_due(FRIDAY, -1, calendar=CALENDAR)

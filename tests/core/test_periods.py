"""Periods, their names and the days on which they are due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import periods
from xanh.core.calendar import WorkingCalendar
from xanh.core.periods import Cadence, DueRules, Period, Window

EVERY_DAY = WorkingCalendar()
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
REGULAR = st.sampled_from([cadence for cadence in Cadence if cadence is not Cadence.AD_HOC])
DAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("cadence", "start", "end", "label", "code"),
    [
        (Cadence.DAILY, DAY, DAY, "ngày 19/11/2026", "2026-11-19"),
        (Cadence.WEEKLY, date(2026, 11, 16), date(2026, 11, 22), "tuần 47/2026 (16/11–22/11/2026)", "2026-W47"),
        (Cadence.MONTHLY, date(2026, 11, 1), date(2026, 11, 30), "tháng 11/2026", "2026-11"),
        (Cadence.QUARTERLY, date(2026, 10, 1), date(2026, 12, 31), "quý IV/2026", "2026-Q4"),
        (Cadence.HALF_YEARLY, date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026", "2026-H2"),
        (Cadence.NINE_MONTHLY, date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026", "2026-9M"),
        (Cadence.YEARLY, date(2026, 1, 1), date(2026, 12, 31), "năm 2026", "2026"),
    ],
)
def test_a_period_has_its_days_its_label_and_its_code(
    cadence: Cadence, start: date, end: date, label: str, code: str
) -> None:
    period = periods.period_containing(DAY, cadence)
    assert (period.start, period.end, period.label, period.code) == (start, end, label, code)
    assert periods.parse_code(code) == period


def test_a_week_across_new_year_belongs_to_the_year_of_its_thursday() -> None:
    week = periods.period_containing(date(2027, 1, 1), Cadence.WEEKLY)
    assert week.code == "2026-W53"
    assert week.label == "tuần 53/2026 (28/12/2026–03/01/2027)"


def test_halves_of_the_year_and_ad_hoc_spans_are_named() -> None:
    assert periods.period_containing(date(2026, 6, 30), Cadence.HALF_YEARLY).label == "6 tháng đầu năm 2026"
    span = Period(Cadence.AD_HOC, date(2026, 11, 1), date(2026, 11, 15))
    assert span.label == "từ ngày 01/11/2026 đến ngày 15/11/2026"
    assert periods.parse_code(span.code) == span


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-Q5", "2026-W54", "2026-02-30", "2026-H3", "x", "2026-11-15..2026-11-01", "0000"]
)
def test_an_unknown_code_is_refused_in_vietnamese(code: str) -> None:
    with pytest.raises(periods.NoSuchPeriod, match="Không có kỳ báo cáo"):
        periods.parse_code(code)


@given(DAYS, REGULAR)
def test_codes_read_back_and_neighbours_lead_back(day: date, cadence: Cadence) -> None:
    period = periods.period_containing(day, cadence)
    assert periods.parse_code(period.code) == period
    assert period.next().previous() == period
    assert period.start <= period.end < period.next().start


@given(DAYS, REGULAR.filter(lambda cadence: cadence is not Cadence.NINE_MONTHLY))
def test_periods_cover_every_day_exactly_once(day: date, cadence: Cadence) -> None:
    period = periods.period_containing(day, cadence)
    assert period.contains(day)
    assert period.next().start == period.end + timedelta(days=1)
    assert not period.next().contains(day)
    assert not period.previous().contains(day)


def test_an_ad_hoc_period_has_no_neighbours() -> None:
    once = periods.period_containing(DAY, Cadence.AD_HOC)
    assert (once.start, once.end) == (DAY, DAY)
    with pytest.raises(periods.NoSuchPeriod):
        once.next()
    with pytest.raises(periods.NoSuchPeriod):
        once.previous()


@pytest.mark.parametrize(
    ("cadence", "due", "not_due"),
    [
        (Cadence.DAILY, date(2026, 11, 22), None),
        (Cadence.WEEKLY, date(2026, 11, 20), date(2026, 11, 19)),
        (Cadence.MONTHLY, date(2026, 2, 28), date(2026, 2, 27)),
        (Cadence.QUARTERLY, date(2026, 9, 30), date(2026, 11, 30)),
        (Cadence.HALF_YEARLY, date(2026, 6, 30), date(2026, 9, 30)),
        (Cadence.NINE_MONTHLY, date(2026, 9, 30), date(2026, 12, 31)),
        (Cadence.YEARLY, date(2026, 12, 31), date(2026, 6, 30)),
        (Cadence.AD_HOC, None, DAY),
    ],
)
def test_entries_are_due_on_the_last_day_of_their_period(
    cadence: Cadence, due: date | None, not_due: date | None
) -> None:
    if due is not None:
        assert periods.is_due_on(cadence, due, calendar=EVERY_DAY)
    if not_due is not None:
        assert not periods.is_due_on(cadence, not_due, calendar=EVERY_DAY)


def test_the_weekday_of_weekly_entries_is_a_parameter() -> None:
    assert periods.is_due_on(Cadence.WEEKLY, date(2026, 11, 16), calendar=EVERY_DAY, weekday=0)
    assert not periods.is_due_on(Cadence.WEEKLY, date(2026, 11, 20), calendar=EVERY_DAY, weekday=0)


def test_a_regime_may_name_a_day_of_the_last_month() -> None:
    rules = DueRules(last_month_day=25)
    assert periods.is_due_on(Cadence.QUARTERLY, date(2026, 12, 25), calendar=EVERY_DAY, rules=rules)
    assert not periods.is_due_on(Cadence.QUARTERLY, date(2026, 12, 31), calendar=EVERY_DAY, rules=rules)
    assert periods.next_due_on(Cadence.MONTHLY, date(2026, 2, 1), DueRules(last_month_day=30)) == date(2026, 2, 28)


def test_an_office_may_excuse_days_off() -> None:
    office = WorkingCalendar(holidays=frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 11, 24)}))
    rules = DueRules(weekday=0, working_days_only=True)
    assert not periods.is_due_on(Cadence.DAILY, date(2026, 11, 24), calendar=office, rules=rules)
    assert periods.is_due_on(Cadence.DAILY, date(2026, 11, 25), calendar=office, rules=rules)
    friday_rules = DueRules(weekday=4, working_days_only=True)
    assert periods.is_due_on(Cadence.WEEKLY, date(2025, 12, 31), calendar=office, rules=friday_rules)
    assert periods.is_due_on(Cadence.MONTHLY, date(2026, 10, 30), calendar=office, rules=rules)


def test_a_due_day_may_move_into_the_week_before() -> None:
    office = WorkingCalendar(holidays=frozenset({date(2026, 11, 23)}))
    rules = DueRules(weekday=0, working_days_only=True)
    assert periods.is_due_on(Cadence.WEEKLY, date(2026, 11, 20), calendar=office, rules=rules)
    assert periods.next_due_on(Cadence.WEEKLY, date(2026, 11, 19), rules, office) == date(2026, 11, 20)
    assert periods.last_due_on(Cadence.WEEKLY, date(2026, 11, 22), rules, office) == date(2026, 11, 20)


def test_next_is_after_the_day_and_last_includes_it() -> None:
    rules = DueRules()
    friday = date(2026, 11, 20)
    assert periods.next_due_on(Cadence.WEEKLY, friday, rules) == date(2026, 11, 27)
    assert periods.last_due_on(Cadence.WEEKLY, friday, rules) == friday
    assert periods.next_due_on(Cadence.QUARTERLY, friday, rules) == date(2026, 12, 31)
    assert periods.last_due_on(Cadence.QUARTERLY, friday, rules) == date(2026, 9, 30)
    assert periods.next_due_on(Cadence.NINE_MONTHLY, friday, rules) == date(2027, 9, 30)
    assert periods.last_due_on(Cadence.NINE_MONTHLY, date(2026, 5, 1), rules) == date(2025, 9, 30)
    assert periods.next_due_on(Cadence.AD_HOC, friday, rules) is None
    assert periods.last_due_on(Cadence.AD_HOC, friday, rules) is None


@given(DAYS, REGULAR)
def test_between_last_and_next_nothing_is_due(day: date, cadence: Cadence) -> None:
    rules = DueRules()
    last, upcoming = periods.last_due_on(cadence, day, rules), periods.next_due_on(cadence, day, rules)
    assert last is not None
    assert upcoming is not None
    assert last <= day < upcoming
    assert periods.next_due_on(cadence, last, rules) == upcoming


def test_figures_may_be_counted_from_the_15th_to_the_14th() -> None:
    window = Window(15, 14)
    november = periods.period_containing(DAY, Cadence.MONTHLY)
    year = periods.period_containing(DAY, Cadence.YEARLY)
    assert window.of(november) == (date(2026, 10, 15), date(2026, 11, 14))
    assert window.of(year) == (date(2025, 12, 15), date(2026, 12, 14))
    assert Window(1, 31).of(november) == (date(2026, 11, 1), date(2026, 11, 30))
    assert window.of(periods.period_containing(DAY, Cadence.DAILY)) == (DAY, DAY)


def test_a_day_after_the_window_counts_for_the_next_period() -> None:
    window = Window(15, 14)
    assert periods.period_containing(date(2026, 10, 20), Cadence.MONTHLY, window).code == "2026-11"
    assert periods.period_containing(date(2026, 11, 14), Cadence.MONTHLY, window).code == "2026-11"
    assert periods.period_containing(date(2026, 12, 31), Cadence.QUARTERLY, window).code == "2027-Q1"
    assert periods.period_containing(date(2026, 12, 31), Cadence.DAILY, window).code == "2026-12-31"
    assert periods.period_containing(date(2026, 10, 20), Cadence.MONTHLY, Window(1, 31)).code == "2026-10"


def test_a_window_needs_days_of_a_month() -> None:
    with pytest.raises(ValueError, match="between 1 and 31"):
        Window(0, 14)

"""Spans of time that reports speak of (periods), and the days on which they are due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xanh.core import dates
from xanh.core.calendar import WorkingCalendar

_ONE_DAY = timedelta(days=1)
_ROMAN = ("I", "II", "III", "IV")
_FRIDAY = 4
_LONGEST_MONTH = 31


class Cadence(StrEnum):
    """How often something is reported."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    HALF_YEARLY = "HALF_YEARLY"
    NINE_MONTHLY = "NINE_MONTHLY"
    YEARLY = "YEARLY"
    AD_HOC = "AD_HOC"


_MONTHS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.NINE_MONTHLY: 9,
    Cadence.YEARLY: 12,
}


class NoSuchPeriod(ValueError):
    """The asked period does not exist: an unknown code, or the neighbour of an ad hoc period."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, both ends included. Weeks run from Monday to Sunday (ISO 8601)."""

    cadence: Cadence
    start: date
    end: date

    @property
    def label(self) -> str:
        """The name on screens: "tuần 47/2026 (16/11–22/11/2026)", "quý IV/2026"."""
        year = self.start.year
        match self.cadence:
            case Cadence.DAILY:
                return f"ngày {dates.format_date(self.start)}"
            case Cadence.WEEKLY:
                iso = self.start.isocalendar()
                same_year = self.start.year == self.end.year
                first = dates.format_day_month(self.start) if same_year else dates.format_date(self.start)
                return f"tuần {iso.week}/{iso.year} ({first}–{dates.format_date(self.end)})"
            case Cadence.MONTHLY:
                return f"tháng {self.start.month}/{year}"
            case Cadence.QUARTERLY:
                return f"quý {_ROMAN[_quarter(self.start) - 1]}/{year}"
            case Cadence.HALF_YEARLY:
                return f"6 tháng {'đầu' if self.start.month == 1 else 'cuối'} năm {year}"
            case Cadence.NINE_MONTHLY:
                return f"9 tháng đầu năm {year}"
            case Cadence.YEARLY:
                return f"năm {year}"
            case Cadence.AD_HOC:
                return f"từ ngày {dates.format_date(self.start)} đến ngày {dates.format_date(self.end)}"

    @property
    def code(self) -> str:
        """The stable name in addresses and files: 2026-11-19, 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026-9M, 2026."""
        year = f"{self.start.year:04d}"
        match self.cadence:
            case Cadence.DAILY:
                return self.start.isoformat()
            case Cadence.WEEKLY:
                iso = self.start.isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}"
            case Cadence.MONTHLY:
                return f"{year}-{self.start.month:02d}"
            case Cadence.QUARTERLY:
                return f"{year}-Q{_quarter(self.start)}"
            case Cadence.HALF_YEARLY:
                return f"{year}-H{1 if self.start.month == 1 else 2}"
            case Cadence.NINE_MONTHLY:
                return f"{year}-9M"
            case Cadence.YEARLY:
                return year
            case Cadence.AD_HOC:
                return f"{self.start.isoformat()}..{self.end.isoformat()}"

    def next(self) -> Period:
        """The period after this one; the nine months of the next year. Raises NoSuchPeriod for an ad hoc one."""
        self._needs_neighbours()
        if self.cadence is Cadence.NINE_MONTHLY:
            return period_containing(date(self.start.year + 1, 1, 1), self.cadence)
        return period_containing(self.end + _ONE_DAY, self.cadence)

    def previous(self) -> Period:
        """The period before this one; the nine months of the last year. Raises NoSuchPeriod for an ad hoc one."""
        self._needs_neighbours()
        return period_containing(self.start - _ONE_DAY, self.cadence)

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day <= self.end

    def _needs_neighbours(self) -> None:
        if self.cadence is Cadence.AD_HOC:
            raise NoSuchPeriod("Đợt báo cáo đột xuất không có kỳ trước, kỳ sau.")


@dataclass(frozen=True)
class Window:
    """The days whose figures a period counts where they are not the calendar's, e.g. from the 15th to the 14th.

    `start_day` after `end_day` means: from `start_day` of the month before (Decree 09/2019/NĐ-CP, article 12).
    """

    start_day: int
    end_day: int

    def __post_init__(self) -> None:
        if not all(1 <= day <= _LONGEST_MONTH for day in (self.start_day, self.end_day)):
            raise ValueError("the days of a window lie between 1 and 31")

    def of(self, period: Period) -> tuple[date, date]:
        """First and last day of the figures of `period` (a month or longer; days and weeks are their own window)."""
        if period.cadence not in _MONTHS:
            return period.start, period.end
        starts_earlier = self.start_day > self.end_day
        first_month = period.start - _ONE_DAY if starts_earlier else period.start
        return _day_of_month(first_month, self.start_day), _day_of_month(period.end, self.end_day)


@dataclass(frozen=True)
class DueRules:
    """On which day of its period an entry is due; policy, given as data.

    `weekday`: 0 is Monday; `last_month_day`: the day in the last month of the period, None for its last day;
    `working_days_only`: a due day that is a day off moves to the working day before it (every calendar day counts
    unless the office says otherwise).
    """

    weekday: int = _FRIDAY
    last_month_day: int | None = None
    working_days_only: bool = False


def period_containing(day: date, cadence: Cadence, window: Window | None = None) -> Period:
    """The period of `cadence` in which `day` lies; for nine months and ad hoc: that of its year, that single day.

    With a `window` the period whose figures include `day`: under 15–14 the 20th of October belongs to November.
    """
    if window is not None and cadence in _MONTHS and window.start_day > window.end_day and day.day > window.end_day:
        day = _first_of_next_month(day)
    match cadence:
        case Cadence.DAILY | Cadence.AD_HOC:
            return Period(cadence, day, day)
        case Cadence.WEEKLY:
            monday = day - timedelta(days=day.weekday())
            return Period(cadence, monday, monday + timedelta(days=6))
        case Cadence.NINE_MONTHLY:
            return _months(cadence, day.year, 1)
        case _:
            length = _MONTHS[cadence]
            return _months(cadence, day.year, (day.month - 1) // length * length + 1)


def parse_code(code: str) -> Period:
    """The period with this code; the inverse of Period.code. Raises NoSuchPeriod."""
    for pattern, read in _CODES:
        if match := pattern.fullmatch(code):
            try:
                return read(*match.groups())
            except ValueError:
                break
    raise NoSuchPeriod(f"Không có kỳ báo cáo “{code}”. Đề nghị chọn lại kỳ báo cáo.")


def due_day(period: Period, rules: DueRules, calendar: WorkingCalendar) -> date | None:
    """The day on which `period` is due; None where it never is (ad hoc, or a day off under `working_days_only`)."""
    match period.cadence:
        case Cadence.AD_HOC:
            return None
        case Cadence.DAILY:
            return period.start if not rules.working_days_only or calendar.is_working_day(period.start) else None
        case Cadence.WEEKLY:
            due = period.start + timedelta(days=rules.weekday)
        case _:
            due = period.end if rules.last_month_day is None else _day_of_month(period.end, rules.last_month_day)
    return calendar.on_or_before(due) if rules.working_days_only else due


def is_due_on(
    cadence: Cadence, day: date, *, calendar: WorkingCalendar, weekday: int = _FRIDAY, rules: DueRules | None = None
) -> bool:
    """Whether an entry of `cadence` is due on `day`; `rules` goes before `weekday`."""
    return last_due_on(cadence, day, rules or DueRules(weekday=weekday), calendar) == day


def next_due_on(cadence: Cadence, day: date, rules: DueRules, calendar: WorkingCalendar | None = None) -> date | None:
    """The first due day after `day` (not `day` itself); None for ad hoc."""
    if cadence is Cadence.AD_HOC:
        return None
    working = calendar or WorkingCalendar()
    # One period early: a due day that moved before a holiday may lie in the period before its own.
    period = period_containing(day, cadence).previous()
    while True:
        due = due_day(period, rules, working)
        if due is not None and due > day:
            return due
        period = period.next()


def last_due_on(cadence: Cadence, day: date, rules: DueRules, calendar: WorkingCalendar | None = None) -> date | None:
    """The last due day up to and including `day`; None for ad hoc."""
    if cadence is Cadence.AD_HOC:
        return None
    working = calendar or WorkingCalendar()
    period = period_containing(day, cadence).next()
    while True:
        due = due_day(period, rules, working)
        if due is not None and due <= day:
            return due
        period = period.previous()


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _day_of_month(day: date, number: int) -> date:
    """Day `number` of the month of `day`, or its last day where the month is shorter."""
    last = _first_of_next_month(day) - _ONE_DAY
    return last if number > last.day else day.replace(day=number)


def _months(cadence: Cadence, year: int, first_month: int) -> Period:
    last_month = first_month + _MONTHS[cadence] - 1
    end = _first_of_next_month(date(year, last_month, 1)) - _ONE_DAY
    return Period(cadence, date(year, first_month, 1), end)


def _read_day(text: str) -> Period:
    return period_containing(date.fromisoformat(text), Cadence.DAILY)


def _read_week(year: str, week: str) -> Period:
    return period_containing(date.fromisocalendar(int(year), int(week), 1), Cadence.WEEKLY)


def _read_month(year: str, month: str) -> Period:
    return period_containing(date(int(year), int(month), 1), Cadence.MONTHLY)


def _read_quarter(year: str, quarter: str) -> Period:
    return _months(Cadence.QUARTERLY, int(year), 3 * int(quarter) - 2)


def _read_half(year: str, half: str) -> Period:
    return _months(Cadence.HALF_YEARLY, int(year), 6 * int(half) - 5)


def _read_nine(year: str) -> Period:
    return _months(Cadence.NINE_MONTHLY, int(year), 1)


def _read_year(year: str) -> Period:
    return _months(Cadence.YEARLY, int(year), 1)


def _read_span(first: str, last: str) -> Period:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if end < start:
        raise ValueError("the end lies before the start")
    return Period(Cadence.AD_HOC, start, end)


_YEAR = r"([0-9]{4})"
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_CODES = (
    (re.compile(_DAY), _read_day),
    (re.compile(_YEAR + r"-W([0-9]{2})"), _read_week),
    (re.compile(_YEAR + r"-([0-9]{2})"), _read_month),
    (re.compile(_YEAR + r"-Q([1-4])"), _read_quarter),
    (re.compile(_YEAR + r"-H([12])"), _read_half),
    (re.compile(_YEAR + r"-9M"), _read_nine),
    (re.compile(_YEAR), _read_year),
    (re.compile(_DAY + r"\.\." + _DAY), _read_span),
)

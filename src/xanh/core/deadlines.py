"""From a written deadline ("trước ngày 20/11", "chậm nhất 16 giờ") to the instant from which a task is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from xanh.core import dates
from xanh.core.calendar import WorkingCalendar

_MIDNIGHT = time(0, 0)
_ONE_DAY = timedelta(days=1)


class Qualifier(StrEnum):
    """How a document binds a task to a day: "trước ngày", "trong ngày / chậm nhất", "trong quý, trong tháng"."""

    BEFORE = "BEFORE"
    ON = "ON"
    BY_END_OF = "BY_END_OF"


@dataclass(frozen=True)
class Due:
    """A deadline as it is written. For BY_END_OF, `on` is the last day of the period that the document names."""

    on: date
    hour: time | None = None
    qualifier: Qualifier = Qualifier.ON


@dataclass(frozen=True)
class Deadline:
    """`due_at`: the first instant at which the task is overdue; `warn_at`: from then on it is soon due (amber)."""

    due_at: datetime
    warn_at: datetime


def deadline_of(
    due: Due, *, calendar: WorkingCalendar, warn_working_days: int = 3, strict_before: bool = False
) -> Deadline:
    """The instants of a written deadline; a named day is never moved, even when it is a day off.

    "Trước ngày X" is overdue from the end of X, as offices practise it, and warned on the working day before X at the
    latest; with `strict_before` it is overdue from X 00:00. Other named days run to their end; an hour is an hour.
    The warning starts with the morning that lies `warn_working_days` working days before the named day.
    """
    if due.hour is not None:
        due_at = dates.at_local(due.on, due.hour)
    elif due.qualifier is Qualifier.BEFORE and strict_before:
        due_at = dates.at_local(due.on, _MIDNIGHT)
    else:
        due_at = dates.at_local(due.on + _ONE_DAY, _MIDNIGHT)
    ahead = max(warn_working_days, 1) if due.qualifier is Qualifier.BEFORE else max(warn_working_days, 0)
    return Deadline(due_at, dates.at_local(calendar.add_working_days(due.on, -ahead), _MIDNIGHT))


def counted_due(start: date, days: int, *, calendar: WorkingCalendar, working: bool = False) -> date:
    """The last day of a counted period ("trong thời hạn 30 ngày kể từ ngày …"); the first day is not counted.

    A period of calendar days that ends on a day off runs on to the next working day (Civil Code 2015, article 148);
    with `working` the days are working days. Raises ValueError for a negative count.
    """
    if days < 0:
        raise ValueError("a counted period cannot be negative")
    if working:
        return calendar.add_working_days(start, days)
    return calendar.on_or_after(start + timedelta(days=days))

"""The days of the sample nation: a fortnight up to the instant of loading, and the rounds before it in which the
figures that are not daily were reported last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from xanh.core import dates
from xanh.core.periods import Cadence, last_due_on
from xanh.kit import policy
from xanh.reporting.sheet import DUE_RULES

FORTNIGHT = 14
# Rarer than quarterly: typed together with the quarter's figures, because no round stood at the last end of a year.
_EARLIER_AS: dict[Cadence, Cadence] = {
    Cadence.HALF_YEARLY: Cadence.QUARTERLY,
    Cadence.NINE_MONTHLY: Cadence.QUARTERLY,
    Cadence.YEARLY: Cadence.QUARTERLY,
}


@dataclass(frozen=True)
class Span:
    """`history`: the rounds before the fortnight; `days`: the fortnight's past days; `today` may be open or closed."""

    at: datetime
    today: date
    history: tuple[date, ...]
    days: tuple[date, ...]
    opens: time
    closes: time

    @property
    def past(self) -> tuple[date, ...]:
        """All days whose round was closed before today, in order."""
        return (*self.history, *self.days)

    @property
    def every(self) -> tuple[date, ...]:
        """All days with a round, today last."""
        return (*self.past, self.today)

    @property
    def closed(self) -> tuple[date, ...]:
        """All days whose round is closed at the instant of loading."""
        return self.every if self.is_today_closed else self.past

    @property
    def is_today_closed(self) -> bool:
        """Whether the cut-off of today has passed."""
        return self.at >= self.closes_at(self.today)

    @property
    def starts_at(self) -> datetime:
        """The first instant of the oldest day."""
        return dates.at_local(self.every[0], time(0, 0))

    def opens_at(self, day: date) -> datetime:
        """When the round of a day opened."""
        return dates.at_local(day, self.opens)

    def closes_at(self, day: date) -> datetime:
        """The cut-off of a day."""
        return dates.at_local(day, self.closes)

    def is_typed(self, cadence: Cadence, day: date) -> bool:
        """Whether a figure of this cadence is typed on a day: when it is due, or as its report before the fortnight."""
        return last_due(cadence, day) == day or (day in self.history and day == self._earlier(cadence))

    def _earlier(self, cadence: Cadence) -> date:
        first = self.days[0] if self.days else self.today
        due = last_due(_EARLIER_AS.get(cadence, cadence), first - timedelta(days=1)) or self.history[0]
        return max(due, self.history[0])


@cache
def last_due(cadence: Cadence, day: date) -> date | None:
    """The last due day up to and including `day` under the rules of the daily sheet."""
    return last_due_on(cadence, day, DUE_RULES, policy.working_calendar())


def span_until(at: datetime, *, not_before: date, opens: time, closes: time) -> Span:
    """The span that ends at the instant `at`; no round lies before `not_before`, the first day of the regime."""
    today = dates.local_date(at)
    days = [today - timedelta(days=back) for back in range(FORTNIGHT, 0, -1)]
    days = [day for day in days if day > not_before]
    first = days[0] if days else today
    cadences = (Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY)
    due = [last_due(cadence, first - timedelta(days=1)) for cadence in cadences]
    history = sorted({max(day, not_before) for day in due if day is not None})
    return Span(at, today, tuple(day for day in history if day < first), tuple(days), opens, closes)

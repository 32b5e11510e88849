"""A cell (unit × indicator) as it stands: the value, the one before it, and its light with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from xanh.core import dates, measures, status
from xanh.core.light import Light, Reason, Verdict
from xanh.core.measures import IndicatorFacts, Kind
from xanh.indicators.models import Indicator
from xanh.indicators.queries import TargetBook
from xanh.reporting import nouns
from xanh.reporting.payload import Value


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a block with its verdict; `previous` is the last earlier period's value."""

    code: str
    value: Value | None
    previous: Value | None
    light: Light
    reason: Reason
    text: str
    next_step: str

    def to_json(self) -> dict[str, Any]:
        """Compact form for BlockState.cells."""
        found: dict[str, Any] = {"l": self.light.value, "r": self.reason.value, "t": self.text}
        if self.next_step:
            found["s"] = self.next_step
        if self.value is not None:
            found["v"] = self.value.to_json()
        if self.previous is not None:
            found["p"] = {k: v for k, v in self.previous.to_json().items() if k in ("n", "d", "on", "na")}
        return found

    @classmethod
    def from_json(cls, code: str, row: Mapping[str, Any]) -> Cell:
        """The inverse of `to_json`."""
        return cls(
            code=code,
            value=Value.from_json(row["v"]) if "v" in row else None,
            previous=Value.from_json(row["p"]) if "p" in row else None,
            light=Light(row["l"]),
            reason=Reason(row["r"]),
            text=row["t"],
            next_step=row.get("s", ""),
        )


def load(cells: Mapping[str, Any]) -> dict[str, Cell]:
    """Cells of a BlockState by indicator code."""
    return {code: Cell.from_json(code, row) for code, row in cells.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the verdict on a value hangs on beside the figure: approved or waiting since when."""

    approved: bool
    waiting_since: datetime | None


def facts_of(
    indicator: Indicator,
    value: Value | None,
    *,
    book: TargetBook,
    units: tuple[str, ...],
    standing: Standing,
    day: date,
) -> IndicatorFacts:
    """A figure as input of the status rules; `units` from block to province, for the nearest target."""
    return IndicatorFacts(
        kind=Kind(indicator.kind),
        n=None if value is None else value.n,
        d=None if value is None else value.d,
        scale=indicator.scale,
        direction=measures.Direction(indicator.direction),
        milestone=book.milestone(indicator, *units),
        on=day if value is None else value.on,
        applicable=value is None or not value.not_applicable,
        approved=standing.approved,
        waiting_since=standing.waiting_since,
        noun=nouns.counted(indicator.numerator),
    )


def judge(
    indicator: Indicator,
    value: Value | None,
    previous: Value | None,
    *,
    book: TargetBook,
    units: tuple[str, ...],
    standing: Standing,
    now: datetime,
    thresholds: status.IndicatorThresholds,
) -> Cell:
    """The cell of one indicator at `now`."""
    facts = facts_of(indicator, value, book=book, units=units, standing=standing, day=dates.local_date(now))
    verdict: Verdict = status.judge_indicator(facts, now=now, thresholds=thresholds)
    return Cell(indicator.code, value, previous, verdict.light, verdict.reason, verdict.text, verdict.next_step)


def counts_of(indicators: list[Indicator], cells: Mapping[str, Cell]) -> status.LightCounts:
    """Counts of a block's lights; what is not in the commune's power is shown but never counted."""
    return status.count_verdicts(
        Verdict(cells[row.code].light, cells[row.code].reason, "")
        for row in indicators
        if row.in_power and row.code in cells
    )


def next_check(
    indicators: list[Indicator],
    cells: Mapping[str, Cell],
    *,
    book: TargetBook,
    units: tuple[str, ...],
    standing: Standing,
    now: datetime,
    thresholds: status.IndicatorThresholds,
) -> datetime | None:
    """The next instant at which some light may turn without anybody typing: an approval that waited too long, or a
    yes/no or dated indicator whose milestone passes.
    """
    instants: list[datetime] = []
    if not standing.approved and standing.waiting_since is not None:
        instants.append(standing.waiting_since + timedelta(days=thresholds.approval_wait_days, seconds=1))
    for row in indicators:
        if row.kind in (Kind.YES_NO, Kind.DATE) and cells[row.code].light is not Light.GREY:
            milestone = book.milestone(row, *units)
            if milestone is not None:
                instants.append(dates.at_local(milestone.on + timedelta(days=1), time(0, 0)))
    return min((instant for instant in instants if instant > now), default=None)

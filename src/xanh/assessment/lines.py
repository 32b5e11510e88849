"""Lines of the boards: a unit with its light, the counts behind it and what changed since the last closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from xanh.core import status
from xanh.core.light import Light, Reason, Verdict
from xanh.core.status import LightCounts
from xanh.org.models import Unit

COUNT_FIELDS = ("green", "amber", "red", "no_data", "not_applicable", "waiting")


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block of a commune on a province board."""

    block: str
    unit_code: str
    light: Light
    text: str
    counts: LightCounts
    is_approved: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit on a board. `before` is its light at the closing before, None where there is none."""

    unit: Unit
    counts: LightCounts
    overdue_tasks: int
    verdict: Verdict
    blocks: tuple[BlockLine | None, ...] = ()
    communes: int = 0
    communes_green: int = 0
    blocks_expected: int = 0
    blocks_approved: int = 0
    before: Light | None = None

    @property
    def achieved_share(self) -> Fraction | None:
        """Achieved of applicable indicators; None where nothing applies."""
        if not self.counts.applicable:
            return None
        return Fraction(self.counts.achieved, self.counts.applicable)

    @property
    def has_turned(self) -> bool:
        """Whether the light differs from the one at the closing before."""
        return self.before is not None and self.before is not self.verdict.light


def counts_from(row: object) -> LightCounts:
    """Counts of a stored row (BlockState, ClosedBlock, UnitVerdict)."""
    return LightCounts(*(int(getattr(row, name)) for name in COUNT_FIELDS))


def stored_verdict(light: str, reason: str, text: str, next_step: str = "") -> Verdict:
    """A stored light as a verdict."""
    return Verdict(Light(light), Reason(reason), text, next_step)


def judged(counts: LightCounts, overdue: int, limits: status.UnitThresholds) -> Verdict:
    """The light of summed counts."""
    return status.judge_unit(counts, overdue, thresholds=limits)


@dataclass(frozen=True, slots=True)
class BoardHead:
    """What every board says of itself: programme, phase, target date, closing, approved share, instant looked at."""

    programme_name: str
    phase_name: str
    target_on: str
    closing_label: str
    is_live: bool
    at: datetime
    expected: int
    approved: int
    sent: int
    communes: int
    communes_complete: int
    open_note: str
    regime_code: str
    period_code: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A unit's own place among its siblings: place/of, and the median and quartiles of the achieved share."""

    place: int
    of: int
    median: Fraction
    lower_quartile: Fraction
    upper_quartile: Fraction


def rank_of(own: Fraction | None, shares: list[Fraction]) -> Rank | None:
    """Place of a share among all shares (ties share the better place); None where there is nothing to compare.

    Quartiles by the median of halves, so that no interpolation rule has to be explained.
    """
    if own is None or not shares:
        return None
    ordered = sorted(shares)
    middle = len(ordered) // 2
    halves = (ordered[:middle] or ordered, ordered[middle + len(ordered) % 2 :] or ordered)
    return Rank(
        place=1 + sum(share > own for share in shares),
        of=len(shares),
        median=_median(ordered),
        lower_quartile=_median(halves[0]),
        upper_quartile=_median(halves[1]),
    )


def _median(ordered: list[Fraction]) -> Fraction:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2

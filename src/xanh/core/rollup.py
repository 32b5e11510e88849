"""Rolling figures up over units and over time. Numerators and denominators go up, never percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from xanh.core import measures
from xanh.core.measures import Kind


class UnitRollup(StrEnum):
    """How the figures of many units become one."""

    RATIO_OF_SUMS = "RATIO_OF_SUMS"
    SUM = "SUM"
    SHARE_OF_YES = "SHARE_OF_YES"
    MEAN_WEIGHTED = "MEAN_WEIGHTED"
    MEAN = "MEAN"
    MIN = "MIN"
    MAX = "MAX"


class TimeRollup(StrEnum):
    """How the figures of many periods of one unit become one."""

    LAST = "LAST"
    SUM = "SUM"
    RATIO_OF_SUMS = "RATIO_OF_SUMS"
    MEAN = "MEAN"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True)
class Part:
    """The figure of one unit (or period). `n`, `d` as in core.measures; `weight` for weighted means."""

    n: int | None
    d: int | None = None
    weight: int | None = None


@dataclass(frozen=True)
class Rolled:
    """A figure rolled up: `value` in the value's own measure (per cent for ratios and shares), None where nothing can
    be computed; `n` and `d` as they are shown; `counted` of `total` parts had a figure.
    """

    value: Fraction | None
    n: int | None
    d: int | None
    counted: int
    total: int

    @property
    def missing(self) -> int:
        """Parts without a usable figure: a roll-up never hides them."""
        return self.total - self.counted


def is_yes(kind: Kind, n: int | None, on: date | None = None) -> bool | None:
    """Whether a yes/no is yes, or a date was kept (`n` its day number, 0 for none yet) by `on`; None if unknown."""
    if n is None:
        return None
    if kind is Kind.DATE:
        return 0 < n <= on.toordinal() if on is not None else n > 0
    return n == 1


def over_units(
    rollup: UnitRollup, kind: Kind, parts: Sequence[Part], *, scale: int = 0, on: date | None = None
) -> Rolled:
    """Roll the parts of many units up; `on` is the milestone of a date.

    Parts without a figure are left out and counted in `missing`. Sums of nothing are None, not 0; so is a ratio whose
    denominators add up to 0.
    """
    match rollup:
        case UnitRollup.RATIO_OF_SUMS:
            return _ratio_of_sums(parts)
        case UnitRollup.SUM:
            return _sum(kind, parts, scale)
        case UnitRollup.SHARE_OF_YES:
            return _share_of_yes(kind, parts, on)
        case UnitRollup.MEAN_WEIGHTED:
            return _mean(kind, parts, scale, weighted=True)
        case UnitRollup.MEAN:
            return _mean(kind, [Part(part.n, part.d, 1) for part in parts], scale, weighted=False)
        case UnitRollup.MIN | UnitRollup.MAX:
            return _extreme(kind, parts, scale, highest=rollup is UnitRollup.MAX)


def over_time(rollup: TimeRollup, kind: Kind, parts: Sequence[Part], *, scale: int = 0) -> Rolled:
    """Roll the periods of one unit up, given from the first to the last; LAST is the latest one that has a figure."""
    if rollup is TimeRollup.LAST:
        known = [part for part in parts if _is_known(kind, part)]
        if not known:
            return Rolled(None, None, None, 0, len(parts))
        last = known[-1]
        return Rolled(measures.value_of(kind, last.n, last.d, scale), last.n, last.d, len(known), len(parts))
    return over_units(UnitRollup(rollup.value), kind, parts, scale=scale)


def _is_known(kind: Kind, part: Part) -> bool:
    return part.n is not None and (kind is not Kind.RATIO or part.d is not None)


def _ratio_of_sums(parts: Sequence[Part]) -> Rolled:
    # Ratio of sums, not mean of ratios: a small commune must not outweigh a city.
    known = [(part.n, part.d) for part in parts if part.n is not None and part.d is not None]
    if not known:
        return Rolled(None, None, None, 0, len(parts))
    n, d = sum(n for n, _ in known), sum(d for _, d in known)
    return Rolled(measures.value_of(Kind.RATIO, n, d, 0), n, d, len(known), len(parts))


def _sum(kind: Kind, parts: Sequence[Part], scale: int) -> Rolled:
    known = [part.n for part in parts if part.n is not None]
    n = sum(known) if known else None
    value = None if n is None else Fraction(n, _units(kind, scale))
    return Rolled(value, n, None, len(known), len(parts))


def _share_of_yes(kind: Kind, parts: Sequence[Part], on: date | None) -> Rolled:
    known = [yes for part in parts if (yes := is_yes(kind, part.n, on)) is not None]
    if not known:
        return Rolled(None, None, None, 0, len(parts))
    return Rolled(Fraction(100 * sum(known), len(known)), sum(known), len(known), len(known), len(parts))


def _mean(kind: Kind, parts: Sequence[Part], scale: int, *, weighted: bool) -> Rolled:
    """The mean of the values; shown with the sum of the weights (or the number of parts) as denominator."""
    known = [
        (value, part.weight)
        for part in parts
        if part.weight is not None and (value := measures.value_of(kind, part.n, part.d, scale)) is not None
    ]
    total_weight = sum(weight for _, weight in known)
    if total_weight <= 0:
        return Rolled(None, None, None, len(known), len(parts))
    mean = sum((value * weight for value, weight in known), Fraction(0)) / total_weight
    return Rolled(mean, None, total_weight if weighted else len(known), len(known), len(parts))


def _extreme(kind: Kind, parts: Sequence[Part], scale: int, *, highest: bool) -> Rolled:
    known = [(value, part) for part in parts if (value := measures.value_of(kind, part.n, part.d, scale)) is not None]
    if not known:
        return Rolled(None, None, None, 0, len(parts))
    # The first of equal values in the given (official) order, so that every run shows the same unit's figures.
    value, part = (max if highest else min)(known, key=lambda pair: pair[0])
    return Rolled(value, part.n, part.d, len(known), len(parts))


def _units(kind: Kind, scale: int) -> int:
    return 10**scale if kind in (Kind.SCORE, Kind.COUNT) else 1

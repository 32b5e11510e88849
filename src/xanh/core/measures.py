"""What an indicator measures: its kind and value, the path to its target, and what is still missing on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from xanh.core import dates, numbers


class Kind(StrEnum):
    """What the value of an indicator is."""

    RATIO = "RATIO"
    COUNT = "COUNT"
    YES_NO = "YES_NO"
    SCORE = "SCORE"
    DATE = "DATE"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"


@dataclass(frozen=True)
class Milestone:
    """What must be reached by a day, in the value's own measure (per cent for ratios); None for a date's target.

    `baseline`: where the path starts, on `baseline_on` (1 January of the milestone's year unless given).
    """

    value: Decimal | None
    on: date
    op: str = ">="
    baseline: Decimal | None = None
    baseline_on: date | None = None


@dataclass(frozen=True)
class IndicatorFacts:
    """One figure as it stands. `n`, `d`: whole numbers (scores and counts scaled by `scale` decimals); `on`: the day
    that the value speaks of; `noun`: what the numerator counts ("đảng viên"), for the next step.
    """

    kind: Kind
    n: int | None
    d: int | None
    scale: int
    direction: Direction
    milestone: Milestone | None
    on: date
    applicable: bool = True
    approved: bool = True
    waiting_since: datetime | None = None
    noun: str = ""


def value_of(kind: Kind, n: int | None, d: int | None, scale: int) -> Fraction | None:
    """The value: ratio 100·n/d in per cent, score and count n scaled down by `scale` decimals, yes/no 1 or 0, date its
    running day number. None where a part is missing or the denominator counts nothing.
    """
    if n is None:
        return None
    if kind is Kind.RATIO:
        return None if d is None or d <= 0 else Fraction(100 * n, d)
    if kind in (Kind.SCORE, Kind.COUNT):
        return Fraction(n, 10**scale)
    return Fraction(n)


# The same few targets are asked for by every unit on the night of a closing.
@lru_cache(maxsize=4096)
def expected_on(milestone: Milestone | None, day: date, *, whole: bool = False) -> Fraction | None:
    """What must be reached on `day`: the straight path from the baseline to the target, the target itself after the
    milestone or without a baseline; `whole` rounds down (counts). None where there is no target.
    """
    if milestone is None or milestone.value is None:
        return None
    target = Fraction(milestone.value)
    if milestone.baseline is None or day >= milestone.on:
        return target
    start = milestone.baseline_on or date(milestone.on.year, 1, 1)
    baseline = Fraction(milestone.baseline)
    if day <= start:
        return baseline
    expected = baseline + (target - baseline) * Fraction((day - start).days, (milestone.on - start).days)
    return Fraction(math.floor(expected)) if whole else expected


def shortfall(facts: IndicatorFacts) -> Fraction | None:
    """How much the numerator must still rise (or fall, where lower is better) to reach the milestone itself.

    Whole numbers for ratios and counts, points for scores. None where it is reached, where nothing is known, or where
    the denominator leaves the numerator no room.
    """
    milestone = facts.milestone
    if milestone is None or milestone.value is None or facts.n is None or facts.kind in (Kind.YES_NO, Kind.DATE):
        return None
    if facts.kind is Kind.RATIO:
        if facts.d is None or facts.d <= 0:
            return None
        wanted, unit = Fraction(milestone.value) * facts.d / 100, 1
    else:
        wanted, unit = Fraction(milestone.value) * 10**facts.scale, 10**facts.scale
    if facts.direction is Direction.HIGHER:
        goal = math.ceil(wanted)
        has_room = facts.kind is not Kind.RATIO or (facts.d is not None and goal <= facts.d)
        return Fraction(goal - facts.n, unit) if goal > facts.n and has_room else None
    goal = math.floor(wanted)
    return Fraction(facts.n - goal, unit) if 0 <= goal < facts.n else None


def value_text(facts: IndicatorFacts) -> str:
    """The value in words of the screen: "86,29% (2.493/2.889)", "1.250", "85,37 điểm", "có", "20/11/2026"."""
    value = value_of(facts.kind, facts.n, facts.d, facts.scale)
    if value is None or facts.n is None:
        return ""
    match facts.kind:
        case Kind.RATIO:
            return numbers.format_ratio(facts.n, facts.d or 0, facts.scale)
        case Kind.COUNT:
            return numbers.format_decimal(value, facts.scale)
        case Kind.SCORE:
            return f"{numbers.format_decimal(value, facts.scale)} điểm"
        case Kind.YES_NO:
            return "có" if value else "không"
        case Kind.DATE:
            return dates.format_date(date.fromordinal(facts.n)) if facts.n > 0 else "chưa có"


def gap_text(kind: Kind, amount: Fraction, *, of_gap: bool = True) -> str:
    """A distance from the target ("6,3 điểm" for per cents and scores), or with `of_gap=False` a level ("80%")."""
    if kind is Kind.RATIO and not of_gap:
        return numbers.format_pct(amount)
    if kind not in (Kind.RATIO, Kind.SCORE):
        return numbers.format_decimal(amount, 0 if amount.denominator == 1 else 2)
    if not of_gap:
        return f"{numbers.format_decimal(amount, 0 if amount.denominator == 1 else 2)} điểm"
    for places in (1, 2):
        if numbers.round_half_up(amount, places):
            return f"{numbers.format_decimal(amount, places)} điểm"
    return "chưa đến 0,01 điểm"

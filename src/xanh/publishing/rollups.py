"""Figures of many communes as one: sums of numerators and denominators, never means of percentages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from xanh.core import numbers
from xanh.core.light import Light
from xanh.core.measures import Kind
from xanh.core.rollup import Part, Rolled, UnitRollup, over_units
from xanh.indicators.models import Indicator
from xanh.publishing.figures import FigureSet
from xanh.reporting.payload import Value


@dataclass(frozen=True, slots=True)
class SumLine:
    """One indicator over all communes: approved figures only, all figures, and how many communes reach their target."""

    row: Indicator
    official: Rolled
    everything: Rolled
    achieved: int
    judged: int

    @property
    def has_provisional(self) -> bool:
        """Whether waiting figures would change the sum."""
        return (self.official.n, self.official.d, self.official.value, self.official.counted) != (
            self.everything.n,
            self.everything.d,
            self.everything.value,
            self.everything.counted,
        )


def sums(figures: FigureSet) -> list[SumLine]:
    """Every indicator shown, rolled up over the blocks that have it, in the order of the sets."""
    official: dict[str, list[Part]] = {}
    everything: dict[str, list[Part]] = {}
    achieved: dict[str, int] = {}
    judged: dict[str, int] = {}
    rows: dict[str, Indicator] = {}
    for block in figures.blocks:
        current = {code: cell.value for code, cell in block.cells.items()}
        for row in block.rows:
            rows[row.code] = row
            official.setdefault(row.code, []).append(_part(row, block.approved_values))
            everything.setdefault(row.code, []).append(_part(row, current))
            light = block.cells[row.code].light
            achieved[row.code] = achieved.get(row.code, 0) + (light is Light.GREEN)
            judged[row.code] = judged.get(row.code, 0) + (light is not Light.GREY)
    order = {"party": 1, "council": 2, "committee": 3, "front": 4}
    ordered = sorted(rows.values(), key=lambda row: (order[row.block], row.order))
    return [
        SumLine(
            row,
            _rolled(row, official[row.code], figures),
            _rolled(row, everything[row.code], figures),
            achieved[row.code],
            judged[row.code],
        )
        for row in ordered
    ]


def _part(row: Indicator, values: Mapping[str, Value | None]) -> Part:
    value = values.get(row.code)
    if value is None or value.not_applicable:
        return Part(None)
    weight = values.get(row.weight_code) if row.weight_code else None
    return Part(value.n, value.d, None if weight is None else weight.n)


def _rolled(row: Indicator, parts: list[Part], figures: FigureSet) -> Rolled:
    milestones = (figures.milestone(block.unit, row) for block in figures.blocks if block.unit.block == row.block)
    milestone = next((found for found in milestones if found is not None), None)
    rollup = UnitRollup(row.rollup_units.upper())
    return over_units(rollup, Kind(row.kind), parts, scale=row.scale, on=milestone.on if milestone else None)


def rolled_text(row: Indicator, rolled: Rolled) -> str:
    """ "74,60% (15.230/20.415)", "1.250", "12/17 xã đã thực hiện"; why there is none, where there is none."""
    if rolled.counted == 0:
        return "chưa có số liệu đã duyệt"
    if row.kind in (Kind.YES_NO, Kind.DATE, Kind.RATIO):
        return _share(rolled)
    if rolled.value is None:
        return "chưa tính được"
    places = 0 if rolled.value.denominator == 1 else 2
    return f"{numbers.format_decimal(rolled.value, places)}{' điểm' if row.kind == Kind.SCORE else ''}"


def _share(rolled: Rolled) -> str:
    if rolled.n is None or rolled.d is None:
        return numbers.format_pct(rolled.value or Fraction(0))
    return numbers.format_ratio(rolled.n, rolled.d)


def parts_text(rolled: Rolled) -> str:
    """Numerator and denominator, "15.230/20.415"; a dash where the figure has none."""
    if rolled.n is None or rolled.d is None:
        return "–"
    return f"{numbers.format_int(rolled.n)}/{numbers.format_int(rolled.d)}"


def result_text(row: Indicator, rolled: Rolled) -> str:
    """The value alone, without its parts."""
    if rolled.counted == 0:
        return "chưa có"
    if rolled.value is None:
        return "chưa tính được"
    if row.kind in (Kind.RATIO, Kind.YES_NO, Kind.DATE):
        return numbers.format_pct(rolled.value)
    return rolled_text(row, rolled)

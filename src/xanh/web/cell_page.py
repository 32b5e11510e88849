"""The page of one figure: its value, its path to the target as a table and a drawing, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from xanh.assessment import queries as assessment
from xanh.core import dates, measures, numbers
from xanh.core.measures import Kind
from xanh.indicators import queries as indicators
from xanh.indicators.kinds import Accumulation
from xanh.lights import queries as lights
from xanh.org import bodies
from xanh.org import queries as org
from xanh.reporting import cells as cell_rules
from xanh.reporting import queries as reporting
from xanh.reporting import sheet, state
from xanh.reporting.cells import Standing
from xanh.reporting.payload import Value
from xanh.web.moments import Moment

if TYPE_CHECKING:
    from xanh.indicators.models import Indicator
    from xanh.org.models import Unit

CHART_POINTS = 31


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One statement as the table shows it."""

    line: reporting.HistoryLine
    value_text: str
    author: str
    marks: str


def context(unit: Unit, indicator: Indicator, moment: Moment) -> dict[str, Any]:
    """Template context of the cell page."""
    programme = indicator.set.programme_id
    instant = moment.at or moment.now
    held = reporting.state_of(programme, unit.code)
    live = moment.at is None and held is not None
    cells = reporting.cells_now(held) if live else reporting.cells_at(programme, unit, instant)
    cell = cells.get(indicator.code)
    history = [line for line in reporting.history_of(unit, indicator.code) if line.revision.submitted_at <= instant]
    book = indicators.target_book(dates.local_date(instant), unit_codes=list(state.units_above(unit)))
    milestone = book.milestone(indicator, *state.units_above(unit))
    commune = org.unit(unit.commune_code)
    return {
        "unit": unit,
        "commune": commune,
        "unit_label": bodies.label_of(unit),
        "indicator": indicator,
        "head": assessment.head(programme, commune, now=moment.now, at=moment.at),
        "moment": moment,
        "cell": cell,
        "value_text": value_text(indicator, cell.value if cell else None),
        "is_approved": held.is_approved if live and held else None,
        "base": Accumulation(indicator.accumulation).label,
        "milestone": milestone,
        "target_text": sheet.target_text(milestone, indicator),
        "baseline_text": baseline_text(indicator, milestone),
        "target_note": indicator.target_note,
        "national": national_text(unit, indicator, cell, instant),
        "history": [_history_row(indicator, line) for line in history],
        "evidence": reporting.evidence_of(unit, indicator.code),
        "changes": lights.changes_of(f"cell:{unit.code}:{indicator.code}").filter(at__lte=instant).order_by("-id")[:20],
        "chart": chart_of(indicator, history, milestone),
        "approvers": org.approvers_of(unit, day=dates.local_date(moment.now)),
        "circulation": indicator.get_circulation_display(),
    }


def value_text(indicator: Indicator, value: Value | None) -> str:
    """A stated value in words: "86,29% (2.493/2.889)"; "không áp dụng"; "" where there is none."""
    if value is None:
        return ""
    if value.not_applicable:
        return "không áp dụng"
    facts = cell_rules.facts_of(
        indicator,
        value,
        book=indicators.TargetBook({}, {}),
        units=(),
        standing=Standing(approved=True, waiting_since=None),
        day=value.on,
    )
    return measures.value_text(facts) or "chưa tính được (mẫu số bằng 0)"


def national_text(unit: Unit, indicator: Indicator, cell: cell_rules.Cell | None, instant: datetime) -> str:
    """ "85,1% (xem ngày 19/11/2026, Trần Mẫu Mai ghi); chênh 1,2 điểm": the national system beside our own value."""
    noted = reporting.national_figures([unit.code], until=instant).get((unit.code, indicator.code))
    if noted is None:
        return ""
    theirs = Fraction(noted.value_scaled, 10**indicator.scale)
    mark = "%" if indicator.kind == Kind.RATIO else ""
    words = f"{numbers.format_decimal(theirs, indicator.scale)}{mark} (xem ngày {dates.format_date(noted.seen_on)}, "
    words += f"{noted.noted_label} ghi)"
    value = cell.value if cell else None
    ours = None if value is None else measures.value_of(Kind(indicator.kind), value.n, value.d, indicator.scale)
    if ours is None:
        return words
    gap = numbers.round_half_up(abs(ours - theirs), indicator.scale)
    if not gap:
        return f"{words}; khớp với số của đơn vị"
    return f"{words}; chênh {numbers.format_decimal(gap, indicator.scale)}{' điểm' if mark else ''}"


def baseline_text(indicator: Indicator, milestone: measures.Milestone | None) -> str:
    """Where the path to the target starts: "75,7%"; "" where the target holds all year."""
    if milestone is None or milestone.baseline is None:
        return ""
    amount = f"{milestone.baseline.normalize():f}".replace(".", ",")
    return f"{amount}{'%' if indicator.kind == Kind.RATIO else ''}"


def _history_row(indicator: Indicator, line: reporting.HistoryLine) -> HistoryRow:
    marks = []
    if line.value.is_estimate:
        marks.append("ước TH")
    if line.value.unchanged:
        marks.append("xác nhận không thay đổi")
    if line.revision.returned_at:
        marks.append("đã trả lại")
    return HistoryRow(
        line=line,
        value_text=value_text(indicator, line.value),
        author=line.value.provider or line.revision.author_label,
        marks=", ".join(marks),
    )


def chart_of(
    indicator: Indicator, history: list[reporting.HistoryLine], milestone: measures.Milestone | None
) -> dict[str, Any] | None:
    """Points for the drawing: days, values, expected values; None where a drawing would say nothing."""
    if indicator.kind not in (Kind.RATIO, Kind.COUNT, Kind.SCORE):
        return None
    points: dict[date, Fraction] = {}
    for line in reversed(history[:CHART_POINTS]):
        value = measures.value_of(Kind(indicator.kind), line.value.n, line.value.d, indicator.scale)
        if value is not None:
            points[line.value.on] = value
    if len(points) < 2:  # noqa: PLR2004  a line needs two points
        return None
    days = sorted(points)
    expected = [measures.expected_on(milestone, day, whole=indicator.kind == Kind.COUNT) for day in days]
    series = [{"name": "Kết quả", "values": [float(numbers.round_half_up(points[day], 2)) for day in days]}]
    if any(level is not None for level in expected):
        levels = [None if level is None else float(numbers.round_half_up(level, 2)) for level in expected]
        series.append({"name": "Mục tiêu theo lộ trình", "values": levels})
    return {
        "kind": "line",
        "title": f"{indicator.name}: kết quả và lộ trình đến mục tiêu",
        "measure": "%" if indicator.kind == Kind.RATIO else "",
        "labels": [dates.format_day_month(day) for day in days],
        "series": series,
    }

"""Turns a sheet into the rows of the entry grid (components/entry_grid.html describes them)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from xanh.core import dates, measures, numbers
from xanh.core.measures import Kind
from xanh.indicators import queries as indicators
from xanh.indicators.kinds import Accumulation
from xanh.reporting import checks, state
from xanh.reporting.payload import Value
from xanh.reporting.sheet import Sheet, SheetRow
from xanh.web.cell_page import value_text

if TYPE_CHECKING:
    from xanh.indicators.models import Indicator
    from xanh.org.models import Unit


def grid_rows(
    rows: list[SheetRow], unit: Unit, day: date, *, errors: dict[str, dict[str, str]], posted: Any
) -> list[dict[str, Any]]:
    """Rows of the grid; after a refused form `posted` keeps exactly what was typed."""
    book = indicators.target_book(day, unit_codes=list(state.units_above(unit)))
    return [
        _row(
            row,
            book.milestone(row.indicator, *state.units_above(unit)),
            day,
            errors.get(row.indicator.code, {}),
            posted,
        )
        for row in rows
        if not row.indicator.is_computed
    ]


def _row(
    row: SheetRow, milestone: measures.Milestone | None, day: date, errors: dict[str, str], posted: Any
) -> dict[str, Any]:
    indicator = row.indicator
    ratio = indicator.kind == Kind.RATIO
    written = posted.get if posted else None
    draft = row.draft
    return {
        "code": indicator.code,
        "name": indicator.name,
        "measure": indicator.measure,
        "kind": indicator.kind,
        "scale": indicator.scale,
        "direction": indicator.direction,
        "target": target_now(indicator, milestone, day),
        "target_on": "" if milestone is None else f"đến {dates.format_day_month(min(day, milestone.on))}",
        "passed": milestone is not None and milestone.on < day,
        "due": row.is_due,
        "due_line": due_line(row),
        "n_label": indicator.numerator or indicator.name,
        "d_label": indicator.denominator if ratio else "",
        "n_text": written(f"n-{indicator.code}", "") if written else figure_text(indicator, draft, "n"),
        "d_text": written(f"d-{indicator.code}", "") if written else figure_text(indicator, draft, "d"),
        "v_text": value_text(indicator, draft).split(" (")[0] if draft else "",
        "prev_n": row.previous.n if row.previous else None,
        "prev_d": row.previous.d if row.previous else None,
        "prev_text": value_text(indicator, row.previous) if row.previous else "",
        "target_text": row.target_text,
        "light": row.cell.light.value,
        "light_label": row.cell.light.label,
        "light_reason": row.cell.text,
        "est": bool(draft and draft.is_estimate),
        "note": written(f"note-{indicator.code}", "") if written else (draft.note if draft else ""),
        "errors": errors,
    }


def due_line(row: SheetRow) -> str:
    """ "Hằng ngày · lũy kế từ đầu năm", or for a row not due "Theo quý · kỳ trước 100% (30/09) · kỳ sau 31/12"."""
    indicator = row.indicator
    base = Accumulation(indicator.accumulation).label
    if row.is_due:
        return f"{indicator.cadence_label} · {base}"
    parts = [indicator.cadence_label]
    if row.carried is not None:
        parts.append(
            f"kỳ trước {value_text(indicator, row.carried).split(' (')[0]} ({dates.format_day_month(row.carried.on)})"
        )
    if row.next_due is not None:
        parts.append(f"kỳ sau {dates.format_day_month(row.next_due)}")
    return " · ".join(parts)


def figure_text(indicator: Indicator, value: Value | None, name: str) -> str:
    """A figure as the clerk would type it."""
    number = None if value is None else (value.n if name == "n" else value.d)
    if number is None:
        return ""
    if indicator.kind == Kind.YES_NO:
        return str(number)
    if indicator.kind == Kind.DATE:
        return dates.format_date(date.fromordinal(number)) if number > 0 else "Chưa có"
    if name == "n" and indicator.kind in (Kind.SCORE, Kind.COUNT) and indicator.scale:
        return numbers.format_decimal(Fraction(number, 10**indicator.scale), indicator.scale)
    return numbers.format_int(number)


def target_now(indicator: Indicator, milestone: measures.Milestone | None, day: date) -> str:
    """What is expected on `day`, as an exact fraction for the browser's preview; a day number for dates."""
    if milestone is None:
        return ""
    if indicator.kind == Kind.DATE:
        return str(milestone.on.toordinal())
    expected = measures.expected_on(milestone, day, whole=indicator.kind == Kind.COUNT)
    if expected is None:
        return ""
    return str(expected)


def rules_json(sheet: Sheet) -> dict[str, Any]:
    """The checks of all rows for rules.js."""
    return {
        row.indicator.code: checks.for_browser(row.indicator) for row in sheet.rows if not row.indicator.is_computed
    }


def scope_json(sheet: Sheet) -> dict[str, Any]:
    """Latest values of the rows that checks may name but the grid does not show: {n, d, kind, scale} by code."""
    return sheet.outside


def national_rows(sheet: Sheet) -> list[dict[str, str]]:
    """The sheet for the national system, in its own order: code, name, numerator, denominator, result."""
    found = []
    for row in sheet.rows:
        value = row.value
        found.append(
            {
                "code": row.indicator.code,
                "name": row.indicator.name,
                "n": figure_text(row.indicator, value, "n"),
                "d": figure_text(row.indicator, value, "d"),
                "result": value_text(row.indicator, value).split(" (")[0],
            }
        )
    return found

"""Keeps BlockState true: locked and replaced in the transaction that stores, approves or re-judges a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from xanh.core import dates, status
from xanh.core.light import Light, Reason, Verdict
from xanh.core.periods import Cadence, period_containing
from xanh.indicators import queries as indicators
from xanh.indicators.models import Indicator
from xanh.indicators.queries import TargetBook
from xanh.kit import policy
from xanh.lights import actions as lights
from xanh.org.models import Unit
from xanh.reporting import cells as cell_rules
from xanh.reporting import payload
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState, Revision
from xanh.reporting.payload import Value
from xanh.tasks import queries as tasks


@dataclass(frozen=True, slots=True)
class Basis:
    """What judging a block needs beside its figures; loaded once for many blocks."""

    indicators: list[Indicator]
    book: TargetBook
    thresholds: policy.Thresholds


def basis_for(programme_code: str, block: str, day: date, *, unit_codes: list[str] | None = None) -> Basis:
    """The block's indicators, the targets and the thresholds in force on a day."""
    return Basis(
        indicators=indicators.indicators_on(programme_code, day, block=block),
        book=indicators.target_book(day, unit_codes=unit_codes),
        thresholds=policy.thresholds_on(day),
    )


JUDGED_FIELDS = (
    "cells",
    "green",
    "amber",
    "red",
    "no_data",
    "not_applicable",
    "waiting",
    "light",
    "reason",
    "reason_text",
    "next_step",
    "next_check_at",
    "updated_at",
)


def units_above(unit: Unit) -> tuple[str, str, str]:
    """The chain in which the nearest target is looked for: block, commune, province."""
    return unit.code, unit.commune_code, unit.province_code


def previous_of(value: Value | None, cell: Cell | None, cadence: str) -> Value | None:
    """The last earlier period's value beside `value`: the cell's own value if that is of an earlier period, else what
    the cell already remembered as previous.
    """
    if cell is None or cell.value is None:
        return None
    if value is None:
        return cell.previous
    old, new = (period_containing(day, Cadence(cadence)) for day in (cell.value.on, value.on))
    return cell.value if old.end < new.start else cell.previous


def judge_values(
    basis: Basis,
    values: Mapping[str, Value],
    old: Mapping[str, Cell],
    *,
    unit: Unit,
    standing: Standing,
    now: datetime,
) -> dict[str, Cell]:
    """All cells of a block at `now`, from the values of its current revision and the cells before it."""
    found: dict[str, Cell] = {}
    above = units_above(unit)
    for row in basis.indicators:
        value = values.get(row.code)
        found[row.code] = cell_rules.judge(
            row,
            value,
            previous_of(value, old.get(row.code), row.cadence),
            book=basis.book,
            units=above,
            standing=standing,
            now=now,
            thresholds=basis.thresholds.indicator,
        )
    return found


def fill(
    state: BlockState, basis: Basis, cells: Mapping[str, Cell], *, standing: Standing, overdue_tasks: int, now: datetime
) -> None:
    """Write cells, counts, the block's own light and the next instant to look again into an unsaved row."""
    counts = cell_rules.counts_of(basis.indicators, cells)
    verdict: Verdict = status.judge_unit(counts, overdue_tasks, thresholds=basis.thresholds.unit)
    state.cells = {code: cell.to_json() for code, cell in cells.items()}
    state.green, state.amber, state.red = counts.green, counts.amber, counts.red
    state.no_data, state.not_applicable, state.waiting = counts.no_data, counts.not_applicable, counts.waiting
    state.light, state.reason = verdict.light.value, verdict.reason.value
    state.reason_text, state.next_step = verdict.text, verdict.next_step
    state.next_check_at = cell_rules.next_check(
        basis.indicators,
        cells,
        book=basis.book,
        units=units_above(state.unit),
        standing=standing,
        now=now,
        thresholds=basis.thresholds.indicator,
    )
    state.updated_at = now


def turns_of(state: BlockState, old_cells: Mapping[str, Cell], old_light: str) -> list[lights.Turn]:
    """The lights that turned between the old cells and the filled state: of single cells and of the block."""
    found = [
        lights.Turn(
            f"cell:{state.unit_id}:{code}",
            state.unit_id,
            old_cells[code].light.value if code in old_cells else "",
            Verdict(cell.light, cell.reason, cell.text),
        )
        for code, cell in cell_rules.load(state.cells).items()
    ]
    block = Verdict(*_own(state))
    found.append(lights.Turn(f"block:{state.unit_id}", state.unit_id, old_light, block))
    return found


def _own(state: BlockState) -> tuple[Light, Reason, str]:
    return Light(state.light), Reason(state.reason), state.reason_text


def locked(programme_code: str, unit: Unit, *, at: datetime) -> BlockState:
    """The state row of a block, locked until the transaction ends; made when the block reports for the first time."""
    BlockState.objects.get_or_create(
        programme_id=programme_code,
        unit=unit,
        defaults={
            "block": unit.block,
            "commune_code": unit.commune_code,
            "province_code": unit.province_code,
            "updated_at": at,
        },
    )
    return BlockState.objects.select_for_update(of=("self",)).get(programme_id=programme_code, unit=unit)


def take_revision(state: BlockState, revision: Revision, *, approved: bool, at: datetime) -> None:
    """Make `revision` the block's current statement, judged anew; records the lights that turned.

    While a revision waits for approval, the values approved last are kept beside it, because official percentages
    count approved values only.
    """
    day = dates.local_date(at)
    basis = basis_for(state.programme_id, state.block, day, unit_codes=list(units_above(state.unit)))
    old_cells, old_light = cell_rules.load(state.cells), state.light if state.revision_id else ""
    if approved:
        state.approved_cells = {}
    elif state.is_approved:
        state.approved_cells = state.cells
    standing = Standing(approved=approved, waiting_since=None if approved else revision.submitted_at)
    cells = judge_values(basis, payload.load(revision.payload), old_cells, unit=state.unit, standing=standing, now=at)
    overdue = tasks.overdue_counts([state.unit_id], at).get(state.unit_id, 0)
    state.revision, state.is_approved = revision, approved
    fill(state, basis, cells, standing=standing, overdue_tasks=overdue, now=at)
    state.save()
    lights.record_turns(turns_of(state, old_cells, old_light), at=at)


def rejudge(state: BlockState, basis: Basis, *, at: datetime) -> list[lights.Turn]:
    """Judge the current values again at `at` (an unsaved change of the row); returns the lights that turned."""
    old_cells, old_light = cell_rules.load(state.cells), state.light
    waiting_since = None if state.is_approved or state.revision is None else state.revision.submitted_at
    standing = Standing(approved=state.is_approved, waiting_since=waiting_since)
    above = units_above(state.unit)
    cells = {
        row.code: cell_rules.judge(
            row,
            old_cells[row.code].value if row.code in old_cells else None,
            old_cells[row.code].previous if row.code in old_cells else None,
            book=basis.book,
            units=above,
            standing=standing,
            now=at,
            thresholds=basis.thresholds.indicator,
        )
        for row in basis.indicators
    }
    overdue = tasks.overdue_counts([state.unit_id], at).get(state.unit_id, 0)
    fill(state, basis, cells, standing=standing, overdue_tasks=overdue, now=at)
    return [turn for turn in turns_of(state, old_cells, old_light) if turn.old != turn.verdict.light.value]

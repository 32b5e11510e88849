"""Invented communes made once and stamped many times: each profile's statements of every day, judged, as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from xanh.core import status
from xanh.core.light import Light, Verdict
from xanh.core.measures import Kind
from xanh.core.periods import Cadence
from xanh.demo.figures import Profile
from xanh.demo.play import COMPUTED_BY, Counts, counts_of, due_rows, next_look, value_of
from xanh.demo.span import Span
from xanh.indicators.models import Indicator
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import cells as cell_rules
from xanh.reporting import payload, state
from xanh.reporting.actions.drafts import VERSION_KEY
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState
from xanh.reporting.payload import Value
from xanh.reporting.state import Basis

APPROVED = Standing(approved=True, waiting_since=None)


@dataclass(frozen=True, slots=True)
class DayPattern:
    """One block of one profile on one day: what a revision and a closing hold."""

    payload_text: str
    sha256: str
    draft_text: str
    counts: Counts
    light: str
    reason: str


@dataclass(frozen=True, slots=True)
class FinalPattern:
    """How a block stands after its last report: the columns of BlockState that hang on the figures."""

    cells_text: str
    counts: Counts
    light: str
    reason: str
    reason_text: str
    next_step: str
    next_check_at: datetime | None


class BlockPattern:
    """All days of one block of one profile."""

    def __init__(
        self, unit: Unit, profile: Profile, span: Span, *, basis: Callable[[str, date], Basis], typist: User
    ) -> None:
        self._unit, self._profile, self._span, self._basis, self._typist = unit, profile, span, basis, typist
        self.days: dict[date, DayPattern] = {}
        self._cells: dict[date, dict[str, Cell]] = {}
        self._finals: dict[tuple[date, date | None], FinalPattern] = {}
        self._judge_all()

    def final(self, last: date, before: date | None) -> FinalPattern:
        """The state after the report of `last`; `before`: the day of the report before it, None for the usual one."""
        key = (last, before)
        if key not in self._finals:
            self._finals[key] = self._final(last, before)
        return self._finals[key]

    def _judge_all(self) -> None:
        carried: dict[str, Value] = {}
        old: dict[str, Cell] = {}
        drafted = self._span.every[-3:]
        for day in self._span.every:
            basis = self._basis(self._unit.block, day)
            typed = self._typed(basis.indicators, day)
            carried = carried | typed
            for row in basis.indicators:
                if row.is_computed:
                    carried[row.code] = Value(n=0, d=0, on=day, provider=COMPUTED_BY)
            old = self._cells[day] = self._judged(basis, carried, old, day)
            content = payload.dump(carried)
            held = self._filled(basis, old, day)
            draft = {code: value.to_json() | {VERSION_KEY: 1} for code, value in typed.items()}
            self.days[day] = DayPattern(
                payload_text=compact(content),
                sha256=payload.sha256(content),
                draft_text=compact(draft) if day in drafted else "{}",
                counts=counts_of(held),
                light=held.light,
                reason=held.reason,
            )

    def _typed(self, rows: list[Indicator], day: date) -> dict[str, Value]:
        due = due_rows(rows, lambda cadence: self._span.is_typed(cadence, day))
        return {row.code: value_of(self._profile.figure(row.code, day), on=day, by=self._typist) for row in due}

    def _judged(self, basis: Basis, values: Mapping[str, Value], old: Mapping[str, Cell], day: date) -> dict[str, Cell]:
        """The cells of a day. A figure that was not typed anew keeps its cell: its light hangs on its own day."""
        found: dict[str, Cell] = {}
        for row in basis.indicators:
            value, cell = values.get(row.code), old.get(row.code)
            if cell is not None and cell.value == value and row.kind not in (Kind.YES_NO, Kind.DATE):
                found[row.code] = cell
                continue
            previous = state.previous_of(value, cell, row.cadence)
            if cell is not None and value is not None and _says_the_same(row, basis, cell, value):
                found[row.code] = replace(cell, value=value, previous=previous)
                continue
            found[row.code] = cell_rules.judge(
                row,
                value,
                previous,
                book=basis.book,
                units=(),
                standing=APPROVED,
                now=self._span.closes_at(day),
                thresholds=basis.thresholds.indicator,
            )
        return found

    def _filled(self, basis: Basis, cells: Mapping[str, Cell], day: date) -> BlockState:
        counts = cell_rules.counts_of(basis.indicators, cells)
        verdict: Verdict = status.judge_unit(counts, 0, thresholds=basis.thresholds.unit)
        return BlockState(
            unit=self._unit,
            green=counts.green,
            amber=counts.amber,
            red=counts.red,
            no_data=counts.no_data,
            not_applicable=counts.not_applicable,
            waiting=counts.waiting,
            light=verdict.light.value,
            reason=verdict.reason.value,
            reason_text=verdict.text,
            next_step=verdict.next_step,
            updated_at=self._span.closes_at(day),
        )

    def _final(self, last: date, before: date | None) -> FinalPattern:
        basis = self._basis(self._unit.block, last)
        cells = dict(self._cells[last])
        for row in basis.indicators:
            # A day without a report is nobody's previous value.
            if before is not None and Cadence(row.cadence) is Cadence.DAILY:
                cells[row.code] = replace(cells[row.code], previous=self._cells[before][row.code].value)
        held = self._filled(basis, cells, last)
        now = self._span.closes_at(last)
        return FinalPattern(
            cells_text=compact({code: cell.to_json() for code, cell in cells.items()}),
            counts=counts_of(held),
            light=held.light,
            reason=held.reason,
            reason_text=held.reason_text,
            next_step=held.next_step,
            next_check_at=next_look(basis, cells, standing=APPROVED, unit=self._unit, now=now),
        )


def _says_the_same(row: Indicator, basis: Basis, cell: Cell, value: Value) -> bool:
    """Whether the verdict on a new value is that on the old one: same figure, no path that moves from day to day."""
    milestone = basis.book.milestone(row)
    still = milestone is None or (milestone.baseline is None and cell.light is not Light.GREY)
    counted = Kind(row.kind) in (Kind.RATIO, Kind.COUNT, Kind.SCORE)
    return (
        counted
        and still
        and value.same_figure(cell.value)
        and cell.value is not None
        and cell.value.on.year == value.on.year
    )


def compact(content: Mapping[str, Any]) -> str:
    """JSON with nothing to spare."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

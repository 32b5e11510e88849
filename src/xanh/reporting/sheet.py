"""The sheet of one block in one round: what is due, what is carried over, what is typed so far, what the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from xanh.core import dates, measures
from xanh.core.periods import Cadence, DueRules, last_due_on, next_due_on, period_containing
from xanh.core.rules import checks as check_rules
from xanh.core.rules import evaluate, syntax
from xanh.indicators import queries as indicators
from xanh.indicators.models import Indicator
from xanh.kit import policy
from xanh.org.models import Unit
from xanh.reporting import cells as cell_rules
from xanh.reporting import checks, computed, state
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState, Round, Submission
from xanh.reporting.payload import Value

DUE_RULES = DueRules()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One indicator on the sheet: `draft` is what was typed in this round, `carried` the last value sent."""

    indicator: Indicator
    is_due: bool
    draft: Value | None
    carried: Value | None
    previous: Value | None
    cell: Cell
    target_text: str
    last_due: date | None
    next_due: date | None
    breaches: tuple[checks.Breach, ...]

    @property
    def value(self) -> Value | None:
        """What would be sent now."""
        return self.draft or self.carried

    @property
    def is_filled(self) -> bool:
        """Counts as filled: typed or confirmed when due, carried over when not due, computed by the system."""
        return not self.is_due or self.draft is not None or self.indicator.is_computed

    @property
    def hard_breaches(self) -> list[checks.Breach]:
        """Broken checks that must be put right."""
        return [b for b in self.breaches if b.level is check_rules.Level.HARD]

    @property
    def needs_note(self) -> bool:
        """A soft check is broken and no note lifts it."""
        soft = any(b.level is check_rules.Level.SOFT for b in self.breaches)
        return soft and not (self.draft and self.draft.note.strip())


@dataclass(frozen=True)
class Sheet:
    """All rows of a block in a round, in the order of the set."""

    round: Round
    unit: Unit
    submission: Submission | None
    rows: tuple[SheetRow, ...]
    others: dict[str, evaluate.Values]

    @cached_property
    def due(self) -> list[SheetRow]:
        """Rows whose period ends with this round."""
        return [row for row in self.rows if row.is_due]

    @cached_property
    def not_due(self) -> list[SheetRow]:
        """Rows that carry over their last value."""
        return [row for row in self.rows if not row.is_due]

    @property
    def filled_due(self) -> int:
        """How many due rows are filled."""
        return sum(row.is_filled for row in self.due)

    @property
    def missing(self) -> list[SheetRow]:
        """Due rows still to be filled."""
        return [row for row in self.due if not row.is_filled]

    @property
    def confirmable(self) -> list[SheetRow]:
        """Due rows not typed yet that have a last value to confirm."""
        return [row for row in self.missing if row.carried is not None]

    @property
    def version(self) -> int:
        """Version of the draft, for the next autosave."""
        return 0 if self.submission is None else self.submission.draft_version

    def row(self, code: str) -> SheetRow | None:
        """The row of an indicator."""
        return next((row for row in self.rows if row.indicator.code == code), None)


def target_text(milestone: measures.Milestone | None, indicator: Indicator) -> str:
    """The target as the grid shows it: "≥ 80%", "đến 31/12"."""
    if milestone is None:
        return "chưa giao"
    if milestone.value is None:
        return f"trước {dates.format_date(milestone.on)}"
    words = {">=": "≥", "<=": "≤", "=": "="}[milestone.op]
    amount = f"{milestone.value.normalize():f}".replace(".", ",")
    if indicator.kind == measures.Kind.YES_NO:
        return f"có, đến {dates.format_day_month(milestone.on)}"
    return f"{words} {amount}{'%' if indicator.kind == measures.Kind.RATIO else ''}"


def draft_of(submission: Submission | None) -> dict[str, Value]:
    """What was typed in this round so far."""
    return {} if submission is None else {code: Value.from_json(row) for code, row in submission.draft.items()}


def sheet_for(of_round: Round, unit: Unit, *, now: datetime) -> Sheet:
    """Build the sheet of a block; five queries whatever the number of rows."""
    day = of_round.period_end
    submission = Submission.objects.filter(round=of_round, unit=unit).first()
    held = (
        BlockState.objects.filter(programme_id=of_round.regime.programme_id, unit=unit)
        .select_related("revision")
        .first()
    )
    cells = {} if held is None else cell_rules.load(held.cells)
    basis = state.basis_for(of_round.regime.programme_id, unit.block, day, unit_codes=list(state.units_above(unit)))
    typed = draft_of(submission) | computed.values_for(unit, basis.indicators, day=day, now=now)
    others = other_values(of_round.regime.programme_id, unit, basis.indicators, cells, typed)
    rows = tuple(
        _row(
            row,
            basis=basis,
            unit=unit,
            draft=typed.get(row.code),
            cell=cells.get(row.code),
            others=others,
            day=day,
            now=now,
        )
        for row in basis.indicators
    )
    return Sheet(of_round, unit, submission, rows, others)


def other_values(
    programme_code: str, unit: Unit, own: list[Indicator], cells: dict[str, Cell], typed: dict[str, Value]
) -> dict[str, evaluate.Values]:
    """The latest values of other rows that a check may name: this block's, and public rows of the other blocks."""
    found: dict[str, evaluate.Values] = {}
    for row in own:
        cell = cells.get(row.code)
        value = typed.get(row.code) or (cell.value if cell else None)
        found[row.code] = checks.values_of(row, value)
    named = {code for row in own for code in referenced(row)} - set(found)
    if named:
        siblings = BlockState.objects.filter(programme_id=programme_code, commune_code=unit.commune_code).exclude(
            unit=unit
        )
        catalogue = {
            row.code: row for row in indicators.indicators_on(programme_code, _day(typed)) if row.code in named
        }
        for held in siblings:
            for code, cell in cell_rules.load({c: v for c, v in held.cells.items() if c in named}).items():
                if code in catalogue and catalogue[code].circulation == "public":
                    found[code] = checks.values_of(catalogue[code], cell.value)
    return found


def referenced(row: Indicator) -> set[str]:
    """Codes of other indicators that a row's checks look at."""
    return {code for check in checks.checks_of(row) for code in syntax.references(check.rule)}


def _day(typed: dict[str, Value]) -> date:
    return max((value.on for value in typed.values()), default=date.max)


def _row(
    row: Indicator,
    *,
    basis: state.Basis,
    unit: Unit,
    draft: Value | None,
    cell: Cell | None,
    others: dict[str, evaluate.Values],
    day: date,
    now: datetime,
) -> SheetRow:
    calendar = policy.working_calendar()
    cadence = Cadence(row.cadence)
    last_due = last_due_on(cadence, day, DUE_RULES, calendar)
    carried = cell.value if cell else None
    value = draft or carried
    previous = state.previous_of(value, cell, row.cadence)
    if draft is None:
        # Nothing typed yet: what stands in grey beside the empty field is the last value itself.
        previous = carried
    shown = cell_rules.judge(
        row,
        value,
        previous,
        book=basis.book,
        units=state.units_above(unit),
        standing=Standing(approved=True, waiting_since=None),
        now=now,
        thresholds=basis.thresholds.indicator,
    )
    return SheetRow(
        indicator=row,
        is_due=last_due == day,
        draft=draft,
        carried=carried,
        previous=previous,
        cell=shown,
        target_text=target_text(basis.book.milestone(row, *state.units_above(unit)), row),
        last_due=last_due,
        next_due=next_due_on(cadence, day, DUE_RULES, calendar),
        breaches=tuple(checks.breaches(row, draft, previous, others)) if draft is not None else (),
    )


def scope_json(sheet: Sheet) -> dict[str, Any]:
    """Latest values of the rows that the checks name, as JSON for the grid (`v` as a decimal string)."""
    found: dict[str, Any] = {}
    for code, values in sheet.others.items():
        found[code] = {"n": values.n, "d": values.d}
    return found


def period_label(of_round: Round) -> str:
    """The round's period in words: "ngày 20/11/2026"."""
    return period_containing(of_round.period_end, Cadence(of_round.regime.cadence)).label

"""The sheet of one block in one round: what is due, what is carried over, what is typed so far, what the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from xanh.core import dates, measures, rules
from xanh.core.periods import Cadence, DueRules, last_due_on, next_due_on, period_containing
from xanh.indicators import queries as indicators
from xanh.indicators.kinds import Circulation
from xanh.indicators.models import Indicator
from xanh.kit import policy
from xanh.org.models import Unit
from xanh.reporting import cells as cell_rules
from xanh.reporting import checks, computed, payload, state
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState, Revision, Round, Submission
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
        """Counts as filled: typed whole or confirmed when due, carried over when not due, computed by the system."""
        return not self.is_due or self.indicator.is_computed or (self.draft is not None and not self.lack)

    @property
    def lack(self) -> str:
        """What the typed figure lacks, as its author reads it; "" when it is whole or declared not applicable."""
        typed = self.draft
        if typed is None or typed.not_applicable or self.indicator.is_computed:
            return ""
        if self.indicator.kind == measures.Kind.RATIO and (typed.n is None) != (typed.d is None):
            there, wanting = ("mẫu số", "tử số") if typed.n is None else ("tử số", "mẫu số")
            return f"Mới có {there}, chưa có {wanting}. Đề nghị nhập đủ hai số."
        return "Mới có thuyết minh, chưa có số liệu. Đề nghị nhập số liệu của kỳ này." if typed.n is None else ""

    @property
    def hard_breaches(self) -> list[checks.Breach]:
        """Broken checks that must be put right."""
        return [b for b in self.breaches if b.level is rules.Level.HARD]

    @property
    def needs_note(self) -> bool:
        """A soft check is broken and no note lifts it."""
        soft = any(b.level is rules.Level.SOFT for b in self.breaches)
        return soft and not (self.draft and self.draft.note.strip())


@dataclass(frozen=True)
class Sheet:
    """All rows of a block in a round, in the order of the set."""

    round: Round
    unit: Unit
    submission: Submission | None
    rows: tuple[SheetRow, ...]
    others: dict[str, rules.Values]
    outside: dict[str, dict[str, Any]]

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
        .select_related("revision__submission__round")
        .first()
    )
    basis = state.basis_for(of_round.regime.programme_id, unit.block, day, unit_codes=list(state.units_above(unit)))
    cells = _cells_by(of_round, unit, held, basis, now=now)
    typed = draft_of(submission) | computed.values_for(unit, basis.indicators, day=day, now=now)
    others = {
        row.code: checks.values_of(row, typed.get(row.code) or (cells[row.code].value if row.code in cells else None))
        for row in basis.indicators
    }
    siblings = sibling_values(of_round.regime.programme_id, unit, basis.indicators, day)
    others |= {row.code: checks.values_of(row, value) for row, value in siblings}
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
    computed_rows = [(row.indicator, row.value) for row in rows if row.indicator.is_computed]
    return Sheet(of_round, unit, submission, rows, others, outside_json([*siblings, *computed_rows]))


def _cells_by(
    of_round: Round, unit: Unit, held: BlockState | None, basis: state.Basis, *, now: datetime
) -> dict[str, Cell]:
    """The figures that this round's sheet stands on: the current ones, or, once a later round has spoken, the last
    statement made for this period and the one before it. A late correction never takes over figures of later days.
    """
    if held is None:
        return {}
    if held.revision is None or held.revision.submission.round.period_end <= of_round.period_end:
        return cell_rules.load(held.cells)
    said = Revision.objects.filter(submission__unit=unit, submission__round__regime_id=of_round.regime_id).order_by(
        "-submission__round__period_end", "-number"
    )
    earlier = said.filter(submission__round__period_end__lt=of_round.period_end).first()
    own = said.filter(submission__round__period_end=of_round.period_end).first()
    cells: dict[str, Cell] = {}
    for revision in (earlier, own):
        if revision is not None:
            values = payload.load(revision.payload)
            standing = Standing(approved=True, waiting_since=None)
            cells = state.judge_values(basis, values, cells, unit=unit, standing=standing, now=now)
    return cells


def sibling_values(
    programme_code: str, unit: Unit, own: list[Indicator], day: date
) -> list[tuple[Indicator, Value | None]]:
    """The latest values of the other blocks' rows that this block's checks name; public rows only, so that no finding
    tells one block about another's restricted figures.
    """
    named = {code for row in own for code in referenced(row)} - {row.code for row in own}
    if not named:
        return []
    rows = {
        row.code: row
        for row in indicators.indicators_on(programme_code, day)
        if row.code in named and row.circulation == Circulation.PUBLIC
    }
    found: list[tuple[Indicator, Value | None]] = []
    states = BlockState.objects.filter(programme_id=programme_code, commune_code=unit.commune_code).exclude(unit=unit)
    for held in states:
        for code, cell in cell_rules.load({c: v for c, v in held.cells.items() if c in rows}).items():
            found.append((rows[code], cell.value))
    return found


def outside_json(values: list[tuple[Indicator, Value | None]]) -> dict[str, dict[str, Any]]:
    """Rows that the grid does not show but a check may name, for the browser: {n, d, kind, scale} by code."""
    return {
        row.code: {
            "n": None if value is None else value.n,
            "d": None if value is None else value.d,
            "kind": row.kind,
            "scale": row.scale,
        }
        for row, value in values
    }


def referenced(row: Indicator) -> set[str]:
    """Codes of other indicators that a row's checks look at."""
    return {code for check in checks.checks_of(row) for code in rules.references(check.rule)}


def _row(
    row: Indicator,
    *,
    basis: state.Basis,
    unit: Unit,
    draft: Value | None,
    cell: Cell | None,
    others: dict[str, rules.Values],
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


def period_label(of_round: Round) -> str:
    """The round's period in words: "ngày 20/11/2026"."""
    return period_containing(of_round.period_end, Cadence(of_round.regime.cadence)).label

"""The figures of many blocks at one instant, with the revision behind each; few queries, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from xanh.core import dates, measures, numbers
from xanh.core.light import Light
from xanh.core.measures import Kind, Milestone
from xanh.core.status import LightCounts
from xanh.indicators import queries as indicators
from xanh.indicators.kinds import Circulation
from xanh.indicators.models import Indicator
from xanh.indicators.queries import TargetBook
from xanh.kit import policy
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import cells as cell_rules
from xanh.reporting import payload, state
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState, Revision
from xanh.reporting.payload import Value

CHUNK = 400
BLOCK_LABELS = {"party": "Đảng ủy", "council": "HĐND", "committee": "UBND", "front": "MTTQ"}


@dataclass(frozen=True, slots=True)
class Statement:
    """The revision that a block's figures come from."""

    number: int
    sha256: str
    author_label: str
    submitted_at: datetime
    approved_label: str

    @property
    def hash_label(self) -> str:
        """Enough of the hash to find the revision by."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """One block at the instant: its cells, the revision behind them, whether it was approved by then.

    `approved_values` are those that official sums count: the cells' own once approved, else the last approved ones.
    """

    unit: Unit
    rows: tuple[Indicator, ...]
    cells: Mapping[str, Cell]
    statement: Statement | None
    is_approved: bool
    approved_values: Mapping[str, Value]

    @property
    def has_reported(self) -> bool:
        """Whether anything was ever submitted."""
        return self.statement is not None

    def counts(self) -> LightCounts:
        """Lights of the rows shown that are in a commune's power."""
        return cell_rules.counts_of(list(self.rows), self.cells)


@dataclass(frozen=True)
class FigureSet:
    """All blocks of a report, in official order, and what its viewer may not see."""

    as_of: datetime
    blocks: tuple[BlockFigures, ...]
    hidden: int
    authors: Mapping[str, str] = field(default_factory=dict)
    book: TargetBook = field(default_factory=lambda: TargetBook({}, {}))

    def milestone(self, unit: Unit, row: Indicator) -> Milestone | None:
        """What a block must reach on an indicator: its own target, its commune's, its province's, else everybody's."""
        return self.book.milestone(row, *state.units_above(unit))

    def block(self, unit_code: str) -> BlockFigures | None:
        """One block by its unit."""
        return next((found for found in self.blocks if found.unit.code == unit_code), None)

    @property
    def shows_restricted(self) -> bool:
        """Whether any row of restricted circulation is among the figures."""
        return any(row.circulation == Circulation.RESTRICTED for found in self.blocks for row in found.rows)


def load(
    programme_code: str, units: Iterable[Unit], *, as_of: datetime, is_live: bool, may_see_restricted: bool
) -> FigureSet:
    """Figures of some block units at `as_of`; `is_live` takes the stored state, which is that of this moment."""
    day = dates.local_date(as_of)
    chosen = list(units)
    codes = sorted({code for unit in chosen for code in state.units_above(unit) if code})
    book = indicators.target_book(day, unit_codes=codes)
    everything = indicators.indicators_on(programme_code, day)
    shown = [row for row in everything if may_see_restricted or row.circulation != Circulation.RESTRICTED]
    rows = {name: tuple(row for row in shown if row.block == name) for name in BLOCK_LABELS}
    bases = {
        name: state.Basis([row for row in everything if row.block == name], book, policy.thresholds_on(day))
        for name in BLOCK_LABELS
    }
    blocks: list[BlockFigures] = []
    for start in range(0, len(chosen), CHUNK):
        # Bit by bit, so that the stored statements of a whole nation never lie in memory at once.
        part = chosen[start : start + CHUNK]
        blocks += _blocks(programme_code, part, bases, rows, as_of=as_of, is_live=is_live)
    kept = {name for unit in chosen for name in [unit.block]}
    return FigureSet(
        as_of=as_of,
        blocks=tuple(blocks),
        hidden=sum(row.block in kept for row in everything) - sum(len(rows[name]) for name in kept),
        authors=_authors(blocks),
        book=book,
    )


def _blocks(
    programme_code: str,
    units: list[Unit],
    bases: Mapping[str, state.Basis],
    rows: Mapping[str, tuple[Indicator, ...]],
    *,
    as_of: datetime,
    is_live: bool,
) -> Iterator[BlockFigures]:
    held = _held(programme_code, units) if is_live else {}
    spoken = _revisions(programme_code, units, as_of)
    waiting = [unit for unit in units if unit.code in spoken and not _approved(spoken[unit.code], as_of)]
    approved = _revisions(programme_code, waiting, as_of, approved_only=True)
    for unit in units:
        revision = spoken.get(unit.code)
        cells = held.get(unit.code) or _judged(bases[unit.block], unit, revision, as_of)
        is_approved = revision is not None and _approved(revision, as_of)
        values = {code: cell.value for code, cell in cells.items() if cell.value is not None}
        if not is_approved:
            last = approved.get(unit.code)
            values = {} if last is None else payload.load(last.payload)
        shown = rows[unit.block]
        yield BlockFigures(
            unit=unit,
            rows=shown if all(row.code in cells for row in shown) else tuple(row for row in shown if row.code in cells),
            cells=cells,
            statement=None if revision is None else _statement(revision, is_approved=is_approved),
            is_approved=is_approved,
            approved_values=values,
        )


def _held(programme_code: str, units: list[Unit]) -> dict[str, dict[str, Cell]]:
    found = BlockState.objects.filter(programme_id=programme_code, unit__in=[unit.code for unit in units])
    return {code: cell_rules.load(cells) for code, cells in found.values_list("unit_id", "cells") if cells}


def _revisions(
    programme_code: str, units: list[Unit], at: datetime, *, approved_only: bool = False
) -> dict[str, Revision]:
    """The last revision of each block by `at`: of its latest period, its highest number."""
    said: QuerySet[Revision] = Revision.objects.filter(
        submission__unit=OuterRef("pk"),
        submission__round__regime__programme_id=programme_code,
        submitted_at__lte=at,
    )
    if approved_only:
        said = said.filter(approved_at__lte=at)
    last = said.order_by("-submission__round__period_end", "-number").values("pk")[:1]
    pairs = dict(
        Unit.objects.filter(pk__in=[unit.code for unit in units])
        .annotate(last_revision=Subquery(last))
        .exclude(last_revision=None)
        .order_by()
        .values_list("code", F("last_revision"))
    )
    found = Revision.objects.in_bulk(list(pairs.values()))
    return {code: found[key] for code, key in pairs.items()}


def _approved(revision: Revision, at: datetime) -> bool:
    return revision.approved_at is not None and revision.approved_at <= at


def _judged(basis: state.Basis, unit: Unit, revision: Revision | None, at: datetime) -> dict[str, Cell]:
    approved = revision is None or _approved(revision, at)
    standing = Standing(approved=approved, waiting_since=None if approved or not revision else revision.submitted_at)
    values = {} if revision is None else payload.load(revision.payload)
    return state.judge_values(basis, values, {}, unit=unit, standing=standing, now=at)


def _statement(revision: Revision, *, is_approved: bool) -> Statement:
    return Statement(
        number=revision.number,
        sha256=revision.sha256,
        author_label=revision.author_label,
        submitted_at=revision.submitted_at,
        approved_label=revision.approved_label if is_approved else "",
    )


def _authors(blocks: list[BlockFigures]) -> dict[str, str]:
    """Names of those who typed the values, by key."""
    keys = {cell.value.by for found in blocks for cell in found.cells.values() if cell.value and cell.value.by}
    people = User.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()])
    return {str(pk): name for pk, name in people.values_list("pk", "full_name")}


def value_text(row: Indicator, value: Value | None) -> str:
    """A value in words: "86,29% (2.493/2.889)"; why there is none, where there is none."""
    if value is None:
        return "chưa có số liệu"
    if value.not_applicable:
        return "không áp dụng"
    facts = cell_rules.facts_of(
        row,
        value,
        book=TargetBook({}, {}),
        units=(),
        standing=Standing(approved=True, waiting_since=None),
        day=value.on,
    )
    if row.kind == Kind.RATIO and value.n is not None and value.d is not None:
        return numbers.format_ratio(value.n, value.d)
    return measures.value_text(facts) or "chưa tính được"


def is_ratio(row: Indicator) -> bool:
    """Whether a numerator and a denominator stand behind the value."""
    return row.kind == Kind.RATIO


def light_words(light: Light) -> str:
    """Shape and word, because paper is often black and white: "■ Đỏ"."""
    return f"{light.shape} {light.label}"

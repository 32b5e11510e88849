"""Boards of the nation, a province, a commune; live or at a past instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Sum

from xanh.assessment import lines
from xanh.assessment.lines import BlockLine, BoardHead, UnitLine
from xanh.assessment.models import UnitVerdict
from xanh.core import dates, numbers, status
from xanh.core.light import Light, Verdict
from xanh.core.status import LightCounts, UnitThresholds
from xanh.indicators import queries as indicators
from xanh.indicators.models import Indicator
from xanh.kit import policy
from xanh.org import queries as org
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.reporting import cells as cell_rules
from xanh.reporting import computed
from xanh.reporting import queries as reporting
from xanh.reporting.cells import Cell
from xanh.reporting.models import BlockState, ClosedBlock, Closing, Regime, Round

BLOCK_ORDER = reporting.BLOCK_ORDER


def daily_regime(programme_code: str) -> Regime | None:
    """The regime whose closings the boards of a programme follow."""
    return reporting.regimes().filter(programme_id=programme_code, cadence="DAILY").first()


def head(programme_code: str, unit: Unit, *, now: datetime, at: datetime | None) -> BoardHead | None:
    """The head of a board; None where the programme has no rounds yet."""
    regime = daily_regime(programme_code)
    if regime is None:
        return None
    instant = at or now
    of_round = reporting.current_round(regime.code, instant)
    if of_round is None:
        return None
    closing = reporting.last_closing(regime.code, before=instant)
    counts = _counts(closing.round if closing else of_round, unit)
    open_note = ""
    if closing is None or closing.round_id != of_round.pk:
        today = _counts(of_round, unit)
        open_note = (
            f"Kỳ đang mở ({dates.format_date(of_round.period_end)}): đã gửi {numbers.format_int(today.sent)}/"
            f"{numbers.format_int(today.expected)} báo cáo khối, đã duyệt {numbers.format_int(today.approved)}"
        )
    phase = indicators.phase_on(programme_code, dates.local_date(instant))
    label = "chưa có lần chốt nào" if closing is None else dates.format_instant(closing.round.closes_at)
    return BoardHead(
        programme_name=of_round.regime.programme.short_name,
        phase_name=phase.name if phase else "ngoài các giai đoạn đã đặt",
        target_on=dates.format_date(phase.ends_on) if phase else "chưa đặt",
        closing_label=label,
        is_live=at is None,
        at=instant,
        expected=counts.expected,
        approved=counts.approved,
        sent=counts.sent,
        communes=counts.communes,
        communes_complete=counts.communes_complete,
        open_note=open_note,
        regime_code=regime.code,
        period_code=of_round.period_code,
    )


def _counts(of_round: Round, unit: Unit) -> reporting.SentCounts:
    """Counts of a closed round as it was frozen; of an open one as they stand now."""
    stored = UnitVerdict.objects.filter(round=of_round, unit=unit).first()
    if stored is not None:
        return reporting.SentCounts(
            expected=stored.blocks_expected,
            sent=stored.blocks_sent,
            approved=stored.blocks_approved,
            communes=stored.communes or 1,
            communes_complete=stored.communes_complete
            if stored.communes
            else int(stored.blocks_approved >= stored.blocks_expected),
        )
    return reporting.sent_counts(
        of_round,
        province_code=unit.province_code if unit.level == Level.PROVINCE else "",
        commune_code=unit.commune_code if unit.level == Level.COMMUNE else "",
    )


def _sums(programme_code: str, **where: str) -> dict[str, LightCounts]:
    """Summed counts per commune, read from the covering index."""
    rows = (
        BlockState.objects.filter(programme_id=programme_code, **where)
        .order_by()
        .values_list("commune_code")
        .annotate(*(Sum(name) for name in lines.COUNT_FIELDS))
    )
    return {row[0]: LightCounts(*row[1:]) for row in rows}


def _with_missing(counts: LightCounts, total: int) -> LightCounts:
    """A commune whose blocks never reported has all its indicators without figures."""
    known = counts.applicable + counts.not_applicable
    return counts + LightCounts(no_data=max(total - known, 0))


def _totals(programme_code: str, day: date) -> dict[str, int]:
    return reporting.indicator_counts(programme_code, day)


def _overdue_by_commune(now: datetime, communes: Iterable[str]) -> dict[str, int]:
    per_unit = computed.overdue_everywhere(now)
    wanted = set(communes)
    found: dict[str, int] = defaultdict(int)
    for code, count in per_unit.items():
        commune = code.split("-", 1)[0]
        if commune in wanted:
            found[commune] += count
    return found


def province_lines(programme_code: str, *, now: datetime, at: datetime | None = None) -> list[UnitLine]:
    """The nation board: every province with its light, sample provinces last; at a past instant by its last closing."""
    provinces = {unit.code: unit for unit in org.provinces()}
    if at is not None:
        return _stored_lines(programme_code, provinces, Level.PROVINCE, at=at)
    day = dates.local_date(now)
    limits = policy.thresholds_on(day).unit
    sums, totals = _sums(programme_code), _totals(programme_code, day)
    overdue = computed.overdue_everywhere(now)
    per_commune_overdue: dict[str, int] = defaultdict(int)
    for code, count in overdue.items():
        per_commune_overdue[code.split("-", 1)[0]] += count
    grouped: dict[str, list[tuple[LightCounts, int]]] = defaultdict(list)
    blocks = _blocks_by_commune()
    for commune, (province, names) in blocks.items():
        counts = _with_missing(sums.get(commune, LightCounts()), sum(totals.get(name, 0) for name in names))
        grouped[province].append((counts, per_commune_overdue.get(commune, 0)))
    before = _lights_before(programme_code, Level.PROVINCE, now)
    found = []
    for code, unit in provinces.items():
        members = grouped.get(code, [])
        counts = sum((c for c, _ in members), LightCounts())
        late = sum(n for _, n in members) + per_commune_overdue.get(code, 0)
        green = sum(status.unit_is_green(c, n, thresholds=limits) for c, n in members)
        found.append(
            UnitLine(
                unit=unit,
                counts=counts,
                overdue_tasks=late,
                verdict=lines.judged(counts, late, limits),
                communes=len(members),
                communes_green=green,
                before=before.get(code),
            )
        )
    return found


def _blocks_by_commune(province_code: str = "") -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    rows = Unit.objects.filter(level=Level.BLOCK).exclude(commune_code="").order_by("official_order")
    if province_code:
        rows = rows.filter(province_code=province_code)
    for commune, province, block in rows.values_list("commune_code", "province_code", "block"):
        found.setdefault(commune, (province, []))[1].append(block)
    return found


def _stored_lines(programme_code: str, units: dict[str, Unit], level: str, *, at: datetime) -> list[UnitLine]:
    regime = daily_regime(programme_code)
    closing = None if regime is None else reporting.last_closing(regime.code, before=at)
    if closing is None:
        return []
    stored = {
        row.unit_id: row
        for row in UnitVerdict.objects.filter(round=closing.round, level=level, unit_id__in=list(units))
    }
    earlier = _lights_before(programme_code, level, closing.round.closes_at, inclusive=False)
    blocks = _closed_blocks(closing, list(units)) if level == Level.COMMUNE else {}
    return [
        UnitLine(
            unit=unit,
            counts=lines.counts_from(stored[code]),
            overdue_tasks=stored[code].overdue_tasks,
            verdict=lines.stored_verdict(
                stored[code].light, stored[code].reason, stored[code].text, stored[code].next_step
            ),
            blocks=blocks.get(code, ()),
            communes=stored[code].communes,
            communes_green=stored[code].communes_green,
            blocks_expected=stored[code].blocks_expected,
            blocks_approved=stored[code].blocks_approved,
            before=earlier.get(code),
        )
        for code, unit in units.items()
        if code in stored
    ]


def _closed_blocks(closing: Closing, communes: list[str]) -> dict[str, tuple[BlockLine | None, ...]]:
    found: dict[str, dict[str, BlockLine]] = defaultdict(dict)
    for row in ClosedBlock.objects.filter(round=closing.round, commune_code__in=communes):
        found[row.commune_code][row.block] = BlockLine(
            block=row.block,
            unit_code=row.unit_id,
            light=Light(row.light),
            text=f"{row.green}/{lines.counts_from(row).applicable} chỉ tiêu đạt",
            counts=lines.counts_from(row),
            is_approved=row.state in ("APPROVED", "RECEIVED"),
        )
    return {code: tuple(blocks.get(name) for name in BLOCK_ORDER) for code, blocks in found.items()}


def _lights_before(programme_code: str, level: str, at: datetime, *, inclusive: bool = True) -> dict[str, Light]:
    """Lights at the last closing up to `at` (or before it), by unit code."""
    verdicts = UnitVerdict.objects.filter(round__regime__programme_id=programme_code, level=level)
    verdicts = verdicts.filter(round__closes_at__lte=at) if inclusive else verdicts.filter(round__closes_at__lt=at)
    last = verdicts.order_by("-round__closes_at").values_list("round_id", flat=True).first()
    if last is None:
        return {}
    return {code: Light(light) for code, light in verdicts.filter(round_id=last).values_list("unit_id", "light")}


def commune_lines(programme_code: str, province: Unit, *, now: datetime, at: datetime | None = None) -> list[UnitLine]:
    """The province board: its communes × blocks in official order."""
    day = dates.local_date(at or now)
    communes = {unit.code: unit for unit in org.communes_of(province.code, day=day)}
    if at is not None:
        return _stored_lines(programme_code, communes, Level.COMMUNE, at=at)
    limits, totals = policy.thresholds_on(day).unit, _totals(programme_code, day)
    held = {
        (row.commune_code, row.block): row
        for row in BlockState.objects.filter(programme_id=programme_code, province_code=province.code).defer(
            "cells", "approved_cells"
        )
    }
    overdue = _overdue_by_commune(now, communes)
    before = _lights_before(programme_code, Level.COMMUNE, now)
    there = _blocks_by_commune(province.code)
    found = []
    for code, unit in communes.items():
        names = there.get(code, ("", []))[1]
        blocks = tuple(_block_line(held.get((code, n)), code, n, totals) if n in names else None for n in BLOCK_ORDER)
        counts = sum((b.counts for b in blocks if b), LightCounts())
        late = overdue.get(code, 0)
        found.append(
            UnitLine(
                unit=unit,
                counts=counts,
                overdue_tasks=late,
                verdict=lines.judged(counts, late, limits),
                blocks=blocks,
                before=before.get(code),
                blocks_expected=len(names),
                blocks_approved=sum(1 for b in blocks if b and b.is_approved),
            )
        )
    return found


SUFFIX = {"party": "DU", "council": "HD", "committee": "UB", "front": "MT"}


def _block_line(row: BlockState | None, commune_code: str, block: str, totals: dict[str, int]) -> BlockLine:
    if row is None:
        counts = LightCounts(no_data=totals.get(block, 0))
        return BlockLine(
            block, f"{commune_code}-{SUFFIX[block]}", Light.GREY, "chưa có số liệu", counts, is_approved=False
        )
    counts = lines.counts_from(row)
    return BlockLine(block, row.unit_id, Light(row.light), row.reason_text, counts, is_approved=row.is_approved)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One indicator of a commune on its board."""

    indicator: Indicator
    unit_code: str
    cell: Cell
    is_approved: bool

    @property
    def badness(self) -> tuple[int, int]:
        """Worst first: red, amber, grey without figures, other grey, green."""
        order = {Light.RED: 0, Light.AMBER: 1, Light.GREY: 2, Light.GREEN: 4}
        return order[self.cell.light], self.indicator.order


@dataclass(frozen=True, slots=True)
class BlockBoard:
    """One block of a commune: its light and its indicators, worst first; those out of its power apart."""

    unit: Unit
    line: BlockLine
    verdict: Verdict
    in_power: tuple[CellLine, ...]
    out_of_power: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class CommuneBoard:
    """A commune: its line and its blocks."""

    line: UnitLine
    blocks: tuple[BlockBoard, ...]
    rank: lines.Rank | None

    @property
    def not_achieved(self) -> list[CellLine]:
        """Red and amber indicators in its power, worst first."""
        bad = [c for b in self.blocks for c in b.in_power if c.cell.light in (Light.RED, Light.AMBER)]
        return sorted(bad, key=lambda c: c.badness)


def commune_board(programme_code: str, commune: Unit, *, now: datetime, at: datetime | None = None) -> CommuneBoard:
    """The board of a commune, live or exactly as it was at a past instant."""
    instant = at or now
    day = dates.local_date(instant)
    limits = policy.thresholds_on(day).unit
    held = reporting.states_of(programme_code, commune_code=commune.code)
    overdue = _overdue_by_commune(instant, [commune.code]).get(commune.code, 0)
    boards = []
    for unit in org.blocks_of(commune.code):
        rows = indicators.indicators_on(programme_code, day, block=unit.block)
        row = held.get(unit.code)
        if at is not None or row is None:
            cells = reporting.cells_at(programme_code, unit, instant)
            approved = row is not None and row.is_approved
        else:
            cells, approved = reporting.cells_now(row), row.is_approved
        boards.append(_block_board(unit, rows, cells, approved=approved, limits=limits))
    counts = sum((b.line.counts for b in boards), LightCounts())
    line = UnitLine(
        unit=commune,
        counts=counts,
        overdue_tasks=overdue,
        verdict=lines.judged(counts, overdue, limits),
        blocks=tuple(b.line for b in boards),
        before=_lights_before(programme_code, Level.COMMUNE, instant).get(commune.code),
    )
    return CommuneBoard(line, tuple(boards), _rank(programme_code, commune, line, now=now, at=at))


def _rank(
    programme_code: str, commune: Unit, line: UnitLine, *, now: datetime, at: datetime | None
) -> lines.Rank | None:
    if not commune.is_sample and _is_sample_nation():
        return None
    if at is None:
        day = dates.local_date(now)
        totals, sums = _totals(programme_code, day), _sums(programme_code, province_code=commune.province_code)
        blocks = _blocks_by_commune(commune.province_code)
        counts = [
            _with_missing(sums.get(code, LightCounts()), sum(totals.get(name, 0) for name in names))
            for code, (_, names) in blocks.items()
        ]
        shares = [Fraction(each.achieved, each.applicable) for each in counts if each.applicable]
    else:
        siblings = commune_lines(programme_code, org.unit(commune.province_code), now=now, at=at)
        shares = [s.achieved_share for s in siblings if s.achieved_share is not None]
    return lines.rank_of(line.achieved_share, shares)


def _is_sample_nation() -> bool:
    """Real units with invented values are never ranked."""
    return Unit.objects.filter(is_sample=True, level=Level.PROVINCE).exists()


def _block_board(
    unit: Unit, rows: list[Indicator], cells: dict[str, Cell], *, approved: bool, limits: UnitThresholds
) -> BlockBoard:
    counts = cell_rules.counts_of(rows, cells)
    verdict = lines.judged(counts, 0, limits)
    found = [CellLine(row, unit.code, cells[row.code], approved) for row in rows if row.code in cells]
    ordered = sorted(found, key=lambda c: c.badness)
    return BlockBoard(
        unit=unit,
        line=BlockLine(unit.block, unit.code, verdict.light, verdict.text, counts, is_approved=approved),
        verdict=verdict,
        in_power=tuple(c for c in ordered if c.indicator.in_power),
        out_of_power=tuple(c for c in ordered if not c.indicator.in_power),
    )


def worst_indicators(
    programme_code: str, province: Unit, *, now: datetime, limit: int = 5
) -> list[tuple[Indicator, int, int]]:
    """Indicators that most communes of a province miss: (indicator, communes red or amber, communes with a figure)."""
    missed: dict[str, int] = defaultdict(int)
    known: dict[str, int] = defaultdict(int)
    rows = BlockState.objects.filter(programme_id=programme_code, province_code=province.code).values_list(
        "cells", flat=True
    )
    for cells in rows:
        for code, cell in cells.items():
            if cell["l"] != "GREY":
                known[code] += 1
                missed[code] += cell["l"] in ("RED", "AMBER")
    by_code = {row.code: row for row in indicators.indicators_on(programme_code, dates.local_date(now)) if row.in_power}
    ordered = sorted((c for c in by_code if missed[c]), key=lambda c: (-missed[c], by_code[c].block, by_code[c].order))
    return [(by_code[c], missed[c], known[c]) for c in ordered[:limit]]

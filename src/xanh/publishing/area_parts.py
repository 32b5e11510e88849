"""Parts II and IV of a province's or the nation's report: sums, units side by side, what most of them miss."""

from __future__ import annotations

from dataclasses import dataclass, field

from xanh.core import dates, numbers, status
from xanh.core.light import Light
from xanh.core.status import LightCounts
from xanh.indicators.kinds import Circulation
from xanh.indicators.models import Indicator
from xanh.kit import policy
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.publishing import wording
from xanh.publishing.content import Block, Column, Row, Run, Source, SourceKind, Style, Table, words
from xanh.publishing.figures import BLOCK_LABELS, FigureSet, light_words
from xanh.publishing.rollups import SumLine, parts_text, result_text, rolled_text, sums
from xanh.publishing.scope import Scope

NAMED_REASONS = 3


@dataclass
class UnitLine:
    """One unit below (a commune of a province, a province of the nation) with what its blocks add up to."""

    unit: Unit
    overdue: int = 0
    blocks: dict[str, LightCounts] = field(default_factory=dict)
    sent: int = 0
    approved: int = 0
    expected: int = 0

    @property
    def counts(self) -> LightCounts:
        """All blocks together."""
        return sum(self.blocks.values(), LightCounts())


def unit_lines(scope: Scope, figures: FigureSet, below: list[Unit], overdue: dict[str, int]) -> list[UnitLine]:
    """The units below in official order."""
    lines = {unit.code: UnitLine(unit, overdue.get(unit.code, 0)) for unit in below}
    by_province = scope.territory.level == Level.NATION
    for block in figures.blocks:
        line = lines.get(block.unit.province_code if by_province else block.unit.commune_code)
        if line is None:
            continue
        name = block.unit.block
        line.blocks[name] = line.blocks.get(name, LightCounts()) + block.counts()
        line.expected += 1
        line.sent += block.has_reported
        line.approved += block.is_approved
    return list(lines.values())


def result_blocks(scope: Scope, figures: FigureSet, lines: list[UnitLine]) -> list[Block]:
    """Sums per block, then the units side by side."""
    found: list[Block] = []
    every = sums(figures)
    number = 0
    for side in scope.sides:
        own = [line for line in every if line.row.block == side]
        if not own:
            continue
        number += 1
        found.append(words(f"{number}. Khối {BLOCK_LABELS[side]}", style=Style.SUBHEADING))
        found.append(_sum_table(scope, side, own))
    number += 1
    found.append(words(f"{number}. Kết quả của từng đơn vị", style=Style.SUBHEADING))
    found.append(_unit_table(scope, lines))
    return found


def _sum_table(scope: Scope, side: str, lines: list[SumLine]) -> Table:
    with_waiting = any(line.has_provisional for line in lines)
    columns = [
        Column("TT", 9),
        Column("Chỉ tiêu", 58 if with_waiting else 74),
        Column("Tử số/ mẫu số", 30, numeric=True),
        Column("Kết quả", 22, numeric=True),
    ]
    if with_waiting:
        columns.append(Column("Kể cả số tạm tính", 22, numeric=True))
    columns.append(Column("Đơn vị đạt/ có số liệu", 24 if with_waiting else 30, numeric=True))
    rows = tuple(_sum_row(scope, line, number, with_waiting=with_waiting) for number, line in enumerate(lines, start=1))
    return Table(f"Kết quả khối {BLOCK_LABELS[side]}, tính trên số liệu đã duyệt", tuple(columns), rows)


def _sum_row(scope: Scope, line: SumLine, number: int, *, with_waiting: bool) -> Row:
    source = Source(SourceKind.SUM, scope.territory.code, line.row.code)
    marks = [] if line.row.in_power else ["ngoài thẩm quyền cấp xã"]
    if line.row.circulation == Circulation.RESTRICTED:
        marks.append("hạn chế")
    name = f"{line.row.code} {line.row.name}" + (f" ({', '.join(marks)})" if marks else "")
    parts = parts_text(line.official)
    cells = [
        (Run(str(number)),),
        (Run(name),),
        (Run(parts, source if parts != "–" else None),),
        (Run(result_text(line.row, line.official), source),),
    ]
    if with_waiting:
        words_all = result_text(line.row, line.everything) if line.has_provisional else "không đổi"
        cells.append((Run(words_all, source if line.has_provisional else None),))
    cells.append((Run(f"{line.achieved}/{line.judged}", source),))
    return Row(tuple(cells))


def _unit_table(scope: Scope, lines: list[UnitLine]) -> Table:
    columns = (
        Column("TT", 9),
        Column("Đơn vị", 36 if len(scope.sides) > 1 else 74),
        *(Column(BLOCK_LABELS[side], 21, numeric=True) for side in scope.sides),
        Column("Đã báo cáo", 19, numeric=True),
        Column("Đạt", 19, numeric=True),
        Column("Quá hạn", 12, numeric=True),
        Column("Trạng thái", 19),
    )
    rows = tuple(_unit_row(scope, line, number) for number, line in enumerate(lines, start=1))
    return Table(
        "Số chỉ tiêu đạt trên số chỉ tiêu áp dụng theo khối; số nhiệm vụ quá hạn chưa hoàn thành", columns, rows
    )


def _unit_row(scope: Scope, line: UnitLine, number: int) -> Row:
    source = Source(SourceKind.BLOCKS, line.unit.code)
    limits = policy.thresholds_on(dates.local_date(scope.as_of)).unit
    counts = line.counts
    verdict = status.judge_unit(counts, line.overdue, thresholds=limits)
    sides = tuple(
        (Run(f"{line.blocks[side].achieved}/{line.blocks[side].applicable}", source),)
        if side in line.blocks
        else (Run("không có"),)
        for side in scope.sides
    )
    return Row(
        (
            (Run(str(number)),),
            (Run(line.unit.name),),
            *sides,
            (Run(f"{counts.reported}/{counts.applicable}", source),),
            (Run(f"{counts.achieved}/{counts.applicable}", source),),
            (Run(numbers.format_int(line.overdue), Source(SourceKind.TASKS, line.unit.code, "qua-han")),),
            (Run(light_words(verdict.light)),),
        )
    )


@dataclass
class Missed:
    """One indicator: how many units miss it, of how many with a figure, and the reasons they gave."""

    row: Indicator
    known: int = 0
    missed: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """The first reasons by name, the others counted."""
        words_ = "; ".join(self.reasons[:NAMED_REASONS]) or "các đơn vị chưa thuyết minh"
        more = len(self.reasons) - NAMED_REASONS
        return f"{words_}; và {more} đơn vị khác" if more > 0 else words_


def _missed(figures: FigureSet) -> list[Missed]:
    found: dict[str, Missed] = {}
    for block in figures.blocks:
        for row in block.rows:
            cell = block.cells[row.code]
            if not row.in_power or cell.light is Light.GREY:
                continue
            line = found.setdefault(row.code, Missed(row))
            line.known += 1
            if cell.light is Light.GREEN:
                continue
            line.missed += 1
            note = cell.value.note.strip().rstrip(".") if cell.value else ""
            if note:
                line.reasons.append(f"{_short_unit(block.unit)}: {note}")
    return sorted((line for line in found.values() if line.missed), key=lambda line: (-line.missed, line.row.code))


def not_achieved(scope: Scope, figures: FigureSet) -> tuple[list[Block], list[str]]:
    """Indicators by how many units miss them, with the reasons given; second: indicators missed without any reason."""
    missed = _missed(figures)
    if not missed:
        return [words("Trong kỳ không có chỉ tiêu chưa đạt mục tiêu trong số các chỉ tiêu đã có số liệu.")], []
    columns = (
        Column("TT", 9),
        Column("Chỉ tiêu", 62),
        Column("Đơn vị chưa đạt/ có số liệu", 26, numeric=True),
        Column("Nguyên nhân do đơn vị thuyết minh", 68),
    )
    rows = tuple(
        Row(
            (
                (Run(str(number)),),
                (Run(f"{line.row.code} {line.row.name}"),),
                (
                    Run(
                        f"{line.missed}/{line.known}",
                        Source(SourceKind.SUM, scope.territory.code, line.row.code),
                    ),
                ),
                (Run(line.told),),
            )
        )
        for number, line in enumerate(missed, start=1)
    )
    table = Table("Chỉ tiêu có đơn vị chưa đạt, nhiều đơn vị nhất trước", columns, rows)
    return [table], [f"{line.row.code} {line.row.name}" for line in missed if not line.reasons]


def _short_unit(block: Unit) -> str:
    return wording.upper_first(block.short_name)


def sum_lines(figures: FigureSet) -> list[Block]:
    """For the annex of sources: how every sum came about."""
    rows = []
    missed = {line.row.code: f"{line.missed}/{line.known}" for line in _missed(figures)}
    for number, line in enumerate(sums(figures), start=1):
        waiting = rolled_text(line.row, line.everything) if line.has_provisional else "không có số tạm tính"
        rows.append(
            Row(
                (
                    (Run(str(number)),),
                    (Run(f"{line.row.code} {line.row.name}"),),
                    (Run(rolled_text(line.row, line.official)),),
                    (Run(HOW[line.row.rollup_units]),),
                    (Run(f"{line.official.counted}/{line.official.total}"),),
                    (Run(waiting),),
                    (Run(f"{line.achieved}/{line.judged}"),),
                    (Run(missed.get(line.row.code, "–")),),
                )
            )
        )
    columns = (
        Column("TT", 10),
        Column("Chỉ tiêu", 72),
        Column("Giá trị", 42, numeric=True),
        Column("Cách tổng hợp", 36),
        Column("Báo cáo đã duyệt có số/ phải có", 25, numeric=True),
        Column("Kể cả số tạm tính", 38, numeric=True),
        Column("Đơn vị đạt/ có số liệu", 17, numeric=True),
        Column("Đơn vị chưa đạt/ có số liệu", 17, numeric=True),
    )
    return [Table("Nguồn của các số tổng hợp", columns, tuple(rows))]


HOW = {
    "ratio_of_sums": "tổng tử số chia tổng mẫu số",
    "sum": "tổng",
    "share_of_yes": "số đơn vị đã thực hiện trên số đơn vị có số liệu",
    "mean_weighted": "bình quân có trọng số",
    "mean": "bình quân",
    "min": "giá trị thấp nhất",
    "max": "giá trị cao nhất",
}

"""Number tables: plan cells are targets, achieved cells figures; whole | part | rate give one figure a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xanh.reading import moments, numbers, targets
from xanh.reading.blocks import Cell, Row
from xanh.reading.model import Figure, Target
from xanh.reading.tables import Grid
from xanh.reading.view import View, words

_PLAN = words(
    r"(?:chỉ tiêu|kế hoạch|mục tiêu|phấn đấu|KH)(?: (?:giao|được giao|năm|đến|đề ra|\d{4})| ?$)|chỉ "
    r"tiêu giao|giai đoạn|kế hoạch|mục tiêu",
    re.IGNORECASE,
)
_RATE = words(r"[^|]*(?:tỷ lệ|tỉ lệ|%)", re.IGNORECASE)
_SERIAL = words(r"S?TT\W*$|Số TT", re.IGNORECASE)
_MEASURE = words(r"(?:ĐVT|Đơn vị tính|Đơn vị)\W*$", re.IGNORECASE)
_NAME = words(
    r"(?:tên |nội dung|chỉ tiêu|lĩnh vực|đơn vị|địa bàn|danh mục|loại|tên|thôn|xã|chỉ số|hạng mục)", re.IGNORECASE
)
_LEVEL = re.compile(
    rf"\s*(?P<op>≥|≤|>|<|=|Trên|trên|Dưới|dưới|Tối thiểu|tối thiểu|Ít nhất|Không quá|không "
    rf"quá)?\s*(?P<lo>{numbers.NUMBER})(?:\s*[-–]\s*(?P<hi>{numbers.NUMBER}))?\s*(?P<unit>%)?\s*"
)
_TOTAL = words(r"(?:tổng(?: cộng| số)?|cộng)\W*$", re.IGNORECASE)
_UNIT_IN_HEADING = re.compile(r"\((?P<unit>[^()\d]{1,20}|%)\)")


@dataclass(frozen=True)
class NumberCell:
    """A filled number cell with the name of its row and the heading of its column."""

    cell: Cell
    column: int
    row: int
    name: str
    heading: str
    value: float
    is_total: bool


@dataclass(frozen=True)
class NumberTable:
    """What a number table says, and its cells for the sums to be checked."""

    targets: tuple[Target, ...]
    figures: tuple[Figure, ...]
    cells: tuple[NumberCell, ...]
    rate: tuple[int, int, int] | None


def read(view: View, grid: Grid) -> NumberTable:
    """The targets and figures of a number table."""
    name_column = _name_column(grid)
    measure = next((column for column, heading in enumerate(grid.headings) if _MEASURE.match(heading)), None)
    columns = [
        column
        for column, heading in enumerate(grid.headings)
        if column not in {name_column, measure} and not _SERIAL.match(heading) and column > name_column
    ]
    cells = [
        cell
        for index, row in grid.body()
        for cell in _number_cells(view, grid, index, row, name_column=name_column, columns=columns)
    ]
    rate = _rate_columns(grid, columns)
    plan = {
        column for column in columns if _PLAN.match(grid.headings[column]) and not _RATE.match(grid.headings[column])
    }
    found_targets = [target for item in cells if item.column in plan and (target := _target(view, grid, item, measure))]
    found_figures = (
        _rates(view, cells, rate)
        if rate
        else _figures(view, grid, [item for item in cells if item.column not in plan], measure)
    )
    return NumberTable(tuple(found_targets), tuple(found_figures), tuple(cells), rate)


def _name_column(grid: Grid) -> int:
    named = [
        column
        for column, heading in enumerate(grid.headings)
        if _NAME.match(heading) and not _SERIAL.match(heading) and not _MEASURE.match(heading)
    ]
    if named:
        return named[0]
    return 1 if grid.headings and _SERIAL.match(grid.headings[0]) else 0


def _number_cells(
    view: View, grid: Grid, index: int, row: Row, *, name_column: int, columns: list[int]
) -> list[NumberCell]:
    named = row.at(name_column)
    name = " ".join(view.text[named.start : named.end].split()) if named else ""
    total = bool(_TOTAL.match(name) or _TOTAL.match(view.text[row.cells[0].start : row.cells[0].end]))
    if total and not name:
        name = view.text[row.cells[0].start : row.cells[0].end].strip()
    found = []
    for column in columns:
        cell = row.at(column)
        if cell is None or cell is named or cell.column != column:
            continue
        hit = _LEVEL.fullmatch(view.text[cell.start : cell.end])
        if hit and name:
            found.append(
                NumberCell(cell, column, index, name, grid.headings[column], numbers.value_of(hit["lo"]), total)
            )
    return found


def _unit(view: View, grid: Grid, item: NumberCell, measure: int | None) -> str | None:
    if measure is not None:
        cell = grid.table.rows[item.row].at(measure)
        if cell and cell.end > cell.start:
            return view.text[cell.start : cell.end].strip()
    if "%" in view.text[item.cell.start : item.cell.end]:
        return "%"
    hit = _UNIT_IN_HEADING.search(item.heading) or _UNIT_IN_HEADING.search(item.name)
    return hit["unit"].strip() if hit else None


def _target(view: View, grid: Grid, item: NumberCell, measure: int | None) -> Target | None:
    hit = _LEVEL.fullmatch(view.text[item.cell.start : item.cell.end])
    if hit is None:
        return None
    pair = hit["hi"] is not None
    years = re.findall(r"20\d\d", item.heading)
    by_date = moments.last_day(int(years[-1]), 12).isoformat() if years else None
    value: float | tuple[float, float] = (item.value, numbers.value_of(hit["hi"])) if pair else item.value
    quote = view.quote(item.cell.start, item.cell.end)
    return Target(
        quote.quote,
        quote.start,
        quote.end,
        item.name,
        item.heading,
        targets.operator_of(hit["op"] or "", upward=False, pair=pair),
        value,
        _unit(view, grid, item, measure),
        item.heading,
        by_date,
        0.92,
        "target.table",
    )


def _figures(view: View, grid: Grid, cells: list[NumberCell], measure: int | None) -> list[Figure]:
    found = []
    for item in cells:
        quote = view.quote(item.cell.start, item.cell.end)
        unit = _unit(view, grid, item, measure)
        found.append(
            Figure(
                quote.quote,
                quote.start,
                quote.end,
                item.name,
                item.heading,
                None,
                item.value,
                unit,
                None,
                None,
                None,
                0.92,
                "figure.table",
            )
        )
    return found


def _rate_columns(grid: Grid, columns: list[int]) -> tuple[int, int, int] | None:
    """(whole, part, rate) when the columns of a table are just these three."""
    rates = [column for column in columns if _RATE.match(grid.headings[column])]
    counts = [column for column in columns if column not in rates]
    if len(rates) != 1 or len(counts) != 2 or any(re.search(r"20\d\d", grid.headings[column]) for column in counts):  # noqa: PLR2004
        return None
    return counts[0], counts[1], rates[0]


def _rates(view: View, cells: list[NumberCell], rate: tuple[int, int, int]) -> list[Figure]:
    found = []
    by_row: dict[int, dict[int, NumberCell]] = {}
    for item in cells:
        by_row.setdefault(item.row, {})[item.column] = item
    for row in by_row.values():
        stated, whole, part = row.get(rate[2]), row.get(rate[0]), row.get(rate[1])
        if stated is None or whole is None or part is None:
            continue
        if part.value > whole.value:
            whole, part = part, whole
        quote = view.quote(stated.cell.start, stated.cell.end)
        found.append(
            Figure(
                quote.quote,
                quote.start,
                quote.end,
                stated.name,
                stated.heading,
                None,
                stated.value,
                "%",
                part.value,
                whole.value,
                None,
                0.95,
                "figure.table_rate",
            )
        )
    return found

"""Tables: which column is what, which row is a task, a target or a result (docs/reading.md, «Tables»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xanh.reading import assign, bodies, due, kinds, recurrence, wording
from xanh.reading.blocks import Cell, Row, Table
from xanh.reading.layout import Layout
from xanh.reading.model import Recurrence, Section, Span, Task
from xanh.reading.sections import Placed
from xanh.reading.view import View, words

_SAME_AS_ABOVE = re.compile(r"\W*(?:nt|như\s+trên|[\"”“″〃'])\W*", re.IGNORECASE)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", words(r"(?:S?TT|Số TT|Số thứ tự)\W*$", re.IGNORECASE)),
    ("cooperate", words(r"[^|]{0,30}phối hợp", re.IGNORECASE)),
    (
        "due",
        words(
            (
                r"(?:thời (?:gian|hạn|điểm)|tiến độ|hạn|ngày) ?(?:hoàn thành|thực hiện|báo "
                r"cáo|cũ|mới|điều chỉnh|theo|$|\()|thời (?:gian|hạn)|tiến độ|mốc thời gian"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        "lead",
        words(
            (
                r"(?:cơ quan|đơn vị|bộ phận|người|cá nhân|phòng|ban)?[^|]{0,20}(?:chủ trì|đầu mối|phụ trách|thực hiện "
                r"chính)|(?:cơ quan|đơn vị|bộ phận|cán bộ)(?:,? (?:cơ quan|đơn vị|cá nhân))? (?:thực hiện|tham mưu)"
            ),
            re.IGNORECASE,
        ),
    ),
    ("measure", words(r"(?:ĐVT|Đơn vị tính|đơn vị)\W*$", re.IGNORECASE)),
    (
        "product",
        words(r"sản phẩm|kết quả(?: (?:đầu ra|dự kiến|đạt được|cần đạt))?\W*$|kết quả, sản phẩm", re.IGNORECASE),
    ),
    ("content", words(r"(?:tên )?(?:nội dung|công việc|nhiệm vụ|hoạt động|việc)(?! ?giao)", re.IGNORECASE)),
)
_NEW_DEADLINE = words(r"mới|điều chỉnh|gia hạn", re.IGNORECASE)
_LASTING = words(r"\W*(?:thường xuyên|liên tục|hằng ngày theo phát sinh)", re.IGNORECASE)
_GROUP_LABEL = words(r"\W*(?P<label>[IVX]{1,5}|[A-HĐ]|\d{1,2}(?=\W+[A-ZĐ]{3}))(?:[.)-]| \| | |$)")


class Use(StrEnum):
    """What a table is for."""

    TASKS = "TASKS"
    FIGURES = "FIGURES"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Grid:
    """A table with its header understood: which column plays which role."""

    table: Table
    use: Use
    header: int
    roles: dict[str, list[int]]
    headings: tuple[str, ...]

    def body(self) -> list[tuple[int, Row]]:
        """The rows under the header with their index."""
        return [(index, row) for index, row in enumerate(self.table.rows) if index > self.header]


def _key(heading: str) -> str:
    return " ".join(heading.lower().split())


def understand(view: View, table: Table) -> Grid:
    """Find the header of a table and what its columns are."""
    best: tuple[int, dict[str, list[int]]] = (0, {})
    for index, row in enumerate(table.rows[:3]):
        roles: dict[str, list[int]] = {}
        for cell in row.cells:
            printed = view.flat[cell.start : cell.end].strip()
            role = next((name for name, pattern in _ROLES if printed and pattern.match(printed)), None)
            if role:
                roles.setdefault(role, []).append(cell.column)
        if len(roles) > len(best[1]):
            best = (index, roles)
    header, roles = best
    headings = tuple(_cell_text(view, table.rows[header].at(column)) for column in range(table.width))
    use = Use.TASKS if "content" in roles and ({"lead", "due", "cooperate"} & set(roles)) else Use.OTHER
    if use is Use.OTHER and _is_numeric(view, table, header):
        use = Use.FIGURES
    return Grid(table, use, header, roles, headings)


def _cell_text(view: View, cell: Cell | None) -> str:
    return " ".join(view.text[cell.start : cell.end].split()) if cell else ""


def _is_numeric(view: View, table: Table, header: int) -> bool:
    cells = [
        cell for row in table.rows[header + 1 :] for cell in row.cells if cell.column > 0 and cell.end > cell.start
    ]
    numbers = [
        cell
        for cell in cells
        if re.fullmatch(r"[≥≤<>=~\s]*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*%?", view.text[cell.start : cell.end])
    ]
    return bool(cells) and len(numbers) >= max(2, len(cells) // 3)


@dataclass
class TableTasks:
    """What one task table gives."""

    tasks: list[Task] = field(default_factory=list)
    groups: list[Section] = field(default_factory=list)


def read_tasks(layout: Layout, grid: Grid, placed: tuple[Placed, ...], issued_on: date | None) -> TableTasks:
    """One task per row; group rows become sections (a matter of taste) and part of the source."""
    view, found = layout.view, TableTasks()
    path = next((item.path for item in reversed(placed) if item.paragraph.start <= grid.table.start), ())
    source = " > ".join(node.heading for node in path)
    group, group_names = "", tuple[bodies.Name, ...]()
    header_words = {_key(heading) for heading in grid.headings if heading}
    for index, row in grid.body():
        cells = [_cell_text(view, cell) for cell in row.cells]
        if {_key(cell) for cell in cells if cell} == header_words:
            continue
        if _is_group(view, row, grid):
            section = _group_section(view, row, len(path) + 1)
            found.groups.append(section)
            group = section.heading
            group_names = tuple(bodies.names_at(view.body, _after_label(view, row), row.end))
            continue
        task = _row_task(view, grid, index, row, issued_on=issued_on, group=group_names)
        if task:
            found.tasks.append(_with_source(task, " > ".join(part for part in (source, group) if part)))
    return found


def _with_source(task: Task, source: str) -> Task:
    return Task(**{**{name: getattr(task, name) for name in task.__dataclass_fields__}, "source": source})


def _is_group(view: View, row: Row, grid: Grid) -> bool:
    filled = [cell for cell in row.cells if cell.end > cell.start and not cell.continues]
    if not filled or len(filled) > 2:  # noqa: PLR2004
        return False
    if len(row.cells) == 1:
        return True
    line = view.flat[row.start : row.end]
    first = view.flat[filled[0].start : filled[0].end].strip(" .)-")
    numbered = bool(re.fullmatch(r"[IVX]{1,5}|[A-HĐ]", first))
    shouted = line.upper() == line and len(filled) == 1
    wide = len(filled) == 2 and filled[1].span > 1  # noqa: PLR2004
    return (
        numbered
        or shouted
        or (wide and not re.fullmatch(r"\d+", first))
        or (len(filled) == 1 and filled[0].span >= grid.table.width - 1)
    )


def _after_label(view: View, row: Row) -> int:
    hit = _GROUP_LABEL.match(view.flat, row.start, row.end)
    return hit.end() if hit else row.start


def _group_section(view: View, row: Row, level: int) -> Section:
    quote = view.quote(row.start, row.end)
    text = quote.quote.rstrip(" |")
    hit = _GROUP_LABEL.match(view.flat, row.start, row.end)
    heading = " ".join(text.replace("|", " ").split())
    label = hit["label"] if hit else ""
    return Section(
        text, quote.start, quote.start + len(text), heading, label, level, 0.6, "section.row", borderline=True
    )


def _value(view: View, grid: Grid, index: int, column: int) -> Cell | None:
    """The cell of a column that holds for a row: the one above where it is merged or says «nt»."""
    for at in range(index, grid.header, -1):
        cell = grid.table.rows[at].at(column)
        if cell is None:
            return None
        if not cell.continues and not _SAME_AS_ABOVE.fullmatch(view.flat[cell.start : cell.end]):
            return cell
    return None


def _row_task(
    view: View, grid: Grid, index: int, row: Row, *, issued_on: date | None, group: tuple[bodies.Name, ...]
) -> Task | None:
    content = row.at(grid.roles["content"][0])
    if content is None or not re.search(r"[^\W\d_]{2}", view.text[content.start : content.end]):
        return None
    quote = view.quote(content.start, content.end)
    lead, cooperate = _row_bodies(view, grid, index)
    hits, cadences, lasting = _row_time(view, grid, index, issued_on)
    repeated: tuple[Recurrence, ...] | None = cadences[0].items if cadences else None
    deadline = hits[-1] if hits and not repeated else None
    kind = (
        "standing"
        if lasting and not repeated
        else _row_kind(view, quote.start, quote.end, dated=deadline is not None, repeated=repeated is not None)
    )
    product = None
    for column in grid.roles.get("product", []):
        cell = _value(view, grid, index, column)
        product = product or (_cell_text(view, cell) or None)
    return Task(
        quote.quote,
        quote.start,
        quote.end,
        "",
        None,
        Span(row.start, row.end),
        kind,
        lead or assign.printed(view, list(group)),
        cooperate,
        assign.printed(view, assign.addressees(view, quote.start, quote.end)),
        kinds.content_of(view, quote.start, quote.end, None),
        deadline.due if deadline else None,
        repeated,
        product,
        "",
        0.92 if lead else 0.75,
        "task.row",
    )


def _row_kind(view: View, start: int, end: int, *, dated: bool, repeated: bool) -> str:
    noun = not wording.VERB.match(view.body, start) and not wording.MANNER.match(view.body, start)
    return "one_off" if noun and not repeated else kinds.kind_of(view, start, end, dated=dated, repeated=repeated)


def _row_bodies(view: View, grid: Grid, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    for column in grid.roles.get("lead", []):
        cell = _value(view, grid, index, column)
        if cell:
            both = assign.roles_in_cell(view, cell.start, cell.end)
            lead = lead or (assign.printed(view, both.lead) if both.lead else cell_bodies(view, cell))
            cooperate = cooperate or assign.printed(view, both.cooperate)
    for column in grid.roles.get("cooperate", []):
        cell = _value(view, grid, index, column)
        cooperate = cooperate or (cell_bodies(view, cell) if cell else ())
    return lead, cooperate


def cell_bodies(view: View, cell: Cell) -> tuple[str, ...]:
    """The bodies of a cell: complete names, else parted at semicolons."""
    names = bodies.names_at(view.body, cell.start, cell.end)
    if names and not view.body[names[-1].mention_end : cell.end].strip(" .;,"):
        return assign.printed(view, names)
    parts = [part.strip(" .,-+") for part in re.split(r"[;\n]", view.text[cell.start : cell.end])]
    return tuple(part for part in parts if part)


def _row_time(
    view: View, grid: Grid, index: int, issued_on: date | None
) -> tuple[list[due.DueHit], list[recurrence.CadenceHit], bool]:
    columns = grid.roles.get("due", [])
    changed = [column for column in columns if _NEW_DEADLINE.search(grid.headings[column])]
    for column in changed or columns:
        cell = _value(view, grid, index, column)
        if cell is None or cell.start == cell.end:
            continue
        cadences = recurrence.find(view.text, view.body, cell.start, cell.end)
        hits = due.find(view.text, view.body, cell.start, cell.end, issued_on=issued_on, alone=True)
        return hits, cadences, bool(_LASTING.match(view.body, cell.start, cell.end))
    return [], [], False

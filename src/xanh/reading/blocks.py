"""What a file gives besides its text: tables with their cells, and what kind of file it was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One cell: its place in the text, the column of its left edge, how many columns it spans, merged with the one
    above."""

    start: int
    end: int
    column: int
    span: int = 1
    continues: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table, standing on one line of the text."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell | None:
        """The cell that covers a column."""
        return next((cell for cell in self.cells if cell.column <= column < cell.column + cell.span), None)


@dataclass(frozen=True)
class Table:
    """Consecutive rows of one table."""

    rows: tuple[Row, ...]

    @property
    def start(self) -> int:
        """Where the first row begins."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Where the last row ends."""
        return self.rows[-1].end

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(cell.column + cell.span for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Extracted:
    """The text of a file by the conventions of docs/reading.md, its media type and its tables."""

    text: str
    media_type: str
    blocks: tuple[Table, ...] = ()


def tables_in_text(text: str) -> tuple[Table, ...]:
    """Tables of a text without file structure: runs of lines whose cells are parted by " | "."""
    tables: list[Table] = []
    run: list[tuple[int, int]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if (
            " | " in line
            or line.rstrip().endswith(" |")
            or (run and line.strip() and _is_group_row(line) and " | " in text[at + len(line) + 1 :].split("\n", 1)[0])
        ):
            run.append((at, at + len(line)))
        else:
            if len(run) > 1:
                tables.append(_table(text, run))
            run = []
        at += len(line) + 1
    return tuple(tables)


def _is_group_row(line: str) -> bool:
    head = line.split(maxsplit=1)[0].rstrip(".-)")
    return line.isupper() or (head.isupper() and bool(set(head) <= set("IVXLABCDEFGH")))


def _table(text: str, run: list[tuple[int, int]]) -> Table:
    width = max(text[start:end].count("|") + 1 for start, end in run)
    return Table(tuple(_row(text, start, end, width) for start, end in run))


def _row(text: str, start: int, end: int, width: int) -> Row:
    cells: list[Cell] = []
    parts = text[start:end].split("|")
    missing = width - len(parts)
    at, column = start, 0
    for index, part in enumerate(parts):
        # A row that is short of cells has its first one spread over the missing columns ("Tổng cộng").
        span = 1 + missing if index == 0 else 1
        inner = at + len(part) - len(part.lstrip())
        cells.append(Cell(inner, max(inner, at + len(part.rstrip())), column, span))
        at += len(part) + 1
        column += span
    return Row(start, end, tuple(cells))

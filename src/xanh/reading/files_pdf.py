"""PDF: lines put together to paragraphs, two-column heads unfolded, ruled tables as rows, running heads dropped."""

from __future__ import annotations

import io
import re
import statistics
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from xanh.reading import secrecy
from xanh.reading.blocks import Cell, Extracted, Row, Table
from xanh.reading.refusal import Limits, Refusal, RefusalCode
from xanh.reading.screening import MEDIA_TYPES, Kind
from xanh.reading.view import letters

_LABEL = re.compile(
    r"(?:[-+•–]\s|[IVXLC]{1,6}[.)/-]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|\(\w{1,3}\)|Điều\s+\d|Phần\s|"
    r"Chương\s|Mục\s|Nơi\s+nhận)"
)
_PAGE_NUMBER = re.compile(r"\W*(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*")
_INDENT, _SHORT_LINE, _EDGE = 6.0, 36.0, 60.0  # points
_COLUMN_GAP = 18.0
_LEVEL, _BLOCK_GAP = 4.0, 14.0
_COLUMN_SHARE = 0.62  # a line wider than this share of a block runs over both columns
_RULES_OF_A_TABLE = 6


@dataclass
class _Line:
    page: int
    left: float
    right: float
    top: float
    bottom: float
    text: str
    row: tuple[tuple[str, int, int, bool], ...] = ()  # cells (words, column, span, continues) of a table row


@dataclass
class _Text:
    text: str = ""
    tables: list[Table] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text and ruled tables of a PDF.

    Raises:
        Refusal: locked, broken, too long, secret, or only pictures.
    """
    lines, heights = _lines(content, limits)
    if secrecy.looks_secret("\n".join(line.text for line in lines[:40])):
        raise Refusal(RefusalCode.SECRET)
    kept = _drop_running_lines(lines, heights)
    if not any(letter.isalpha() for line in kept for letter in line.text):
        raise Refusal(RefusalCode.NO_TEXT)
    out = _write(kept)
    return Extracted(out.text, MEDIA_TYPES[Kind.PDF], tuple(out.tables))


def _lines(content: bytes, limits: Limits) -> tuple[list[_Line], dict[int, float]]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise Refusal(RefusalCode.PASSWORD_PROTECTED if locked else RefusalCode.CORRUPT) from fault
    if len(document) > limits.pages:
        raise Refusal(RefusalCode.TIMEOUT)
    found: list[_Line] = []
    heights: dict[int, float] = {}
    for number, page in enumerate(document):
        heights[number] = page.get_height()
        rules = sum(1 for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH]))
        tables = _tables_of(content, number) if rules >= _RULES_OF_A_TABLE else []
        found += _page_lines(page, number, tables)
    return found, heights


def _page_lines(page: Any, number: int, tables: list[list[_Line]]) -> list[_Line]:
    words = page.get_textpage()
    height = page.get_height()
    segments: list[_Line] = []
    for index in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(index)
        text = unicodedata.normalize("NFC", words.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5))
        text = " ".join(text.replace("\ufffe", "-").replace("\x02", "-").split())
        if text:
            segments.append(_Line(number, left, right, height - top, height - bottom, text))
    rows = [row for table in tables for row in table]
    outside = [part for part in segments if not any(_inside(part, table) for table in tables)]
    return sorted([*_assemble(outside), *rows], key=lambda line: line.top)


def _inside(part: _Line, table: list[_Line]) -> bool:
    middle = (part.top + part.bottom) / 2
    return table[0].top - 1 <= middle <= table[-1].bottom + 1 and table[0].left - 2 <= part.left <= table[0].right + 2


def _assemble(segments: list[_Line]) -> list[_Line]:
    """Segments of one height become one line; a wide gap parts two columns, the left one is read first."""
    lines: list[_Line] = []
    for part in sorted(segments, key=lambda part: (round(part.bottom / 3), part.left)):
        last = lines[-1] if lines else None
        level = last is not None and abs(last.bottom - part.bottom) < max(3.0, (part.bottom - part.top) * 0.4)
        if last is not None and level and part.left - last.right + 4 >= 0 and part.left - last.right < _COLUMN_GAP:
            glue = "" if part.left - last.right < 1.0 else " "
            lines[-1] = _Line(
                part.page,
                last.left,
                part.right,
                min(last.top, part.top),
                max(last.bottom, part.bottom),
                last.text + glue + part.text,
            )
        else:
            lines.append(part)
    return _unfold_columns(lines)


def _unfold_columns(lines: list[_Line]) -> list[_Line]:
    """In runs of lines that stand side by side, all of the left column comes before the right one."""
    ordered: list[_Line] = []
    index = 0
    while index < len(lines):
        run = [lines[index]]
        while index + len(run) < len(lines) and _in_block(run, lines[index + len(run)]):
            run.append(lines[index + len(run)])
        sided = [line for line in run if any(_beside(line, other) for other in run)]
        if sided:
            middle = min(line.left for line in sided if any(_beside(line, o) and o.left < line.left for o in run))
            left = [line for line in run if line.left < middle - 1]
            right = [line for line in run if line.left >= middle - 1]
            top = run[0].top
            for offset, line in enumerate([*left, *right]):
                line.top = top + offset * 1e-3
            ordered += [*left, *right]
        else:
            ordered += run
        index += len(run)
    return ordered


def _beside(line: _Line, other: _Line) -> bool:
    return line is not other and abs(line.bottom - other.bottom) < _LEVEL


def _in_block(run: list[_Line], line: _Line) -> bool:
    if line.top - run[-1].bottom > _BLOCK_GAP:
        return False
    if any(_beside(line, other) for other in run[-2:]):
        return True
    width = max(part.right for part in run) - min(part.left for part in run)
    columns = any(_beside(part, other) for part in run for other in run)
    return columns and line.right - line.left < _COLUMN_SHARE * width


def _tables_of(content: bytes, number: int) -> list[list[_Line]]:
    """The ruled tables of a page, each as its rows."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content), pages=[number + 1]) as document:
        page = document.pages[0]
        found = []
        for table in page.find_tables():
            words = table.extract()
            columns = max((len(row) for row in words), default=0)
            if len(words) > 1 and columns > 1:
                found.append([_table_row(number, table, index, cells) for index, cells in enumerate(words)])
        return found


def _table_row(number: int, table: Any, index: int, words: list[str | None]) -> _Line:
    left, _, right, _ = table.bbox
    row = table.rows[index]
    cells: list[tuple[str, int, int, bool]] = []
    for column, word in enumerate(words):
        if row.cells[column] is not None:
            cells.append((" ".join(unicodedata.normalize("NFC", word or "").split()), column, 1, False))
        elif _is_merged_from_above(table, index, column):
            cells.append(("", column, 1, True))
        elif cells:
            before = cells[-1]
            cells[-1] = (before[0], before[1], before[2] + 1, before[3])
    text = " | ".join(cell[0] for cell in cells)
    return _Line(number, left, right, row.bbox[1], row.bbox[3], text, tuple(cells))


def _is_merged_from_above(table: Any, index: int, column: int) -> bool:
    top = table.rows[index].bbox[1]
    for above in table.rows[:index]:
        cell = above.cells[column]
        if cell is not None and cell[3] > top + 1:
            return True
    return False


def _drop_running_lines(lines: list[_Line], heights: dict[int, float]) -> list[_Line]:
    """Page numbers, and lines that repeat at the edge of several pages."""
    edge = [line for line in lines if not line.row and (line.top < _EDGE or line.bottom > heights[line.page] - _EDGE)]
    repeated = Counter(re.sub(r"\d+", "#", line.text) for line in edge)
    gone = {
        id(line)
        for line in edge
        if _PAGE_NUMBER.fullmatch(line.text) or (repeated[re.sub(r"\d+", "#", line.text)] > 2 and len(heights) > 2)  # noqa: PLR2004
    }
    return [line for line in lines if id(line) not in gone]


def _write(lines: list[_Line]) -> _Text:
    plain = [line for line in lines if not line.row]
    margin = _usual([line.left for line in plain])
    edge = max((line.right for line in plain), default=0.0)
    out = _Text()
    last: _Line | None = None
    for line in lines:
        if line.row:
            _write_row(out, line)
        else:
            _close_table(out)
            if last is not None and _same_paragraph(last, line, margin, edge):
                out.text = _joined(out.text[:-1], line.text) + "\n"
            else:
                out.text += line.text + "\n"
        last = None if line.row else line
    _close_table(out)
    return out


def _usual(values: list[float]) -> float:
    rounded = Counter(round(value) for value in values)
    return float(rounded.most_common(1)[0][0]) if rounded else statistics.fmean(values or [0.0])


def _same_paragraph(last: _Line, line: _Line, margin: float, edge: float) -> bool:
    if not _LABEL.match(line.text) and line.text[:1].islower() and last.text[-1:] not in ".;:!?":
        return True  # a sentence that goes on in small letters has not ended, however short its line
    if _LABEL.match(line.text) or line.left > margin + _INDENT or last.right < edge - _SHORT_LINE:
        return False
    size = line.bottom - line.top
    return last.page != line.page or line.top - last.bottom < 1.2 * max(size, 8.0)


def _joined(before: str, after: str) -> str:
    if re.search(letters(r"[a-zà-ỹ]-$"), before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"


def _write_row(out: _Text, line: _Line) -> None:
    start = len(out.text)
    cells: list[Cell] = []
    at = start
    for words, column, span, continues in line.row:
        cells.append(Cell(at, at + len(words), column, span, continues))
        at += len(words) + 3
    out.text += line.text + "\n"
    out.rows.append(Row(start, start + len(line.text), tuple(cells)))


def _close_table(out: _Text) -> None:
    if out.rows:
        out.tables.append(Table(tuple(out.rows)))
        out.rows = []

"""A report as a tree of plain values, built once; the document and the web page are both drawn from it.

A run that states a figure carries its source, so that the page can lead to the figure and the last annex can tell where
it comes from. Text of users stands in runs like any other: nothing in a run is markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What a run speaks of."""

    CELL = "CELL"
    SUM = "SUM"
    BLOCKS = "BLOCKS"
    TASK = "TASK"
    TASKS = "TASKS"
    DIRECTIVE = "DIRECTIVE"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or statement comes from. `code`: indicator, task, narrowing of tasks or key of a document."""

    kind: SourceKind
    unit_code: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    source: Source | None = None
    bold: bool = False
    italic: bool = False


class Style(StrEnum):
    """How a paragraph stands on the page."""

    BODY = "BODY"
    HEADING = "HEADING"
    SUBHEADING = "SUBHEADING"
    NOTE = "NOTE"
    CAPTION = "CAPTION"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs in a line."""

    runs: tuple[Run, ...]
    style: Style = Style.BODY

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its share of the width."""

    label: str
    width: int
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a group line has one cell over the whole width."""

    cells: tuple[Cell, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part. `text_kind` names the text that people may edit here, "" where the system wrote all."""

    title: str
    blocks: tuple[Block, ...]
    text_kind: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex on pages of its own, across where its tables are wide."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """The head: parent and issuer left, place and date right; number and day stay open for the clerk."""

    parent: str
    issuer: str
    number: str
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Foot:
    """The signature block and those who get a copy; the last recipient is the file."""

    behalf: str
    title: str
    name: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """What a person should know before signing: `title` with the number, the names one by one."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report. `layout` is the code of the form that holds on `day`."""

    layout: str
    day: date
    as_of: datetime
    head: Head
    type_name: str
    subject: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: Paragraph
    foot: Foot
    annexes: tuple[Annex, ...]
    circulation: str
    circulation_label: str
    is_sample: bool
    warnings: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One copy of a letter: its addressees and what it says."""

    addressees: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter with its copies, each on a page of its own."""

    layout: str
    day: date
    head: Head
    subject: str
    pages: tuple[LetterPage, ...]
    foot: Foot
    is_sample: bool
    missing: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def words(text: str, source: Source | None = None, *, style: Style = Style.BODY) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, source),), style)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """What a person typed, one paragraph per line that says something."""
    return tuple(words(line.strip()) for line in text.splitlines() if line.strip())


def blocks_of(content: ReportContent) -> Iterator[Block]:
    """Every block in the order of the pages."""
    yield from content.opening
    for section in content.sections:
        yield from section.blocks
    yield content.closing
    for annex in content.annexes:
        yield from annex.blocks


def runs_of(block: Block) -> Iterator[Run]:
    """Every run of a block."""
    if isinstance(block, Paragraph):
        yield from block.runs
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell


def figures_of(blocks: Iterator[Block] | tuple[Block, ...]) -> Iterator[Run]:
    """Every run with a source."""
    for block in blocks:
        for run in runs_of(block):
            if run.source is not None:
                yield run

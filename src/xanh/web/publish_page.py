"""A report as a page: the same tree as the document, with an address behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from xanh.core import dates
from xanh.org.kinds import Level
from xanh.publishing.content import ROMAN, Block, Paragraph, ReportContent, Run, Source, SourceKind, Style
from xanh.publishing.document import annex_label
from xanh.publishing.layouts import BLANK, layout

if TYPE_CHECKING:
    from xanh.publishing.scope import Scope


@dataclass(frozen=True, slots=True)
class PageRun:
    """Words, with an address where they state a figure."""

    text: str
    url: str
    italic: bool
    bold: bool


@dataclass(frozen=True, slots=True)
class PageCell:
    """One table cell."""

    runs: tuple[PageRun, ...]
    numeric: bool


@dataclass(frozen=True, slots=True)
class PageRow:
    """One table row; a group row has one cell."""

    cells: tuple[PageCell, ...]
    is_group: bool


@dataclass(frozen=True, slots=True)
class PageColumn:
    """One table column."""

    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A paragraph (`style`) or a table (`rows`)."""

    style: str
    runs: tuple[PageRun, ...] = ()
    caption: str = ""
    columns: tuple[PageColumn, ...] = ()
    rows: tuple[PageRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSection:
    """One numbered part or annex."""

    number: str
    title: str
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the preview shows of the document itself."""

    content: ReportContent
    number: str
    place_and_day: str
    opening: tuple[PageBlock, ...]
    sections: tuple[PageSection, ...]
    closing: PageBlock
    annexes: tuple[PageSection, ...]
    layout_source: str


def page_of(content: ReportContent, scope: Scope) -> ReportPage:
    """The page of a report."""
    links = Links(scope)
    form = layout(content.layout)
    return ReportPage(
        content=content,
        number=_filled(content.head.number),
        place_and_day=_filled(content.head.place_and_day),
        opening=tuple(_block(each, links) for each in content.opening),
        sections=tuple(
            PageSection(number, section.title, tuple(_block(each, links) for each in section.blocks))
            for number, section in zip(ROMAN, content.sections, strict=False)
        ),
        closing=_block(content.closing, links),
        annexes=tuple(
            PageSection(
                annex_label(form.family, number, len(content.annexes)),
                annex.title,
                tuple(_block(each, links) for each in annex.blocks),
            )
            for number, annex in enumerate(content.annexes, start=1)
        ),
        layout_source=form.source,
    )


def _filled(text: str) -> str:
    """Blanks left open for the clerk would vanish on a page."""
    return text.replace(BLANK, "…")


class Links:
    """Addresses of sources; figures of the past lead to the past."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        local = scope.as_of.astimezone(dates.TZ)
        self.moment = "" if scope.is_live else f"?ngay={local:%d/%m/%Y}&gio={local:%H:%M}"

    def url(self, source: Source | None) -> str:
        """Where a source leads; "" for plain words."""
        if source is None:
            return ""
        if source.kind is SourceKind.CELL:
            return reverse("boards-cell", args=[source.unit_code, source.code]) + self.moment
        if source.kind is SourceKind.TASK:
            return reverse("tasks-page", args=[source.code])
        if source.kind is SourceKind.TASKS:
            return f"{reverse('tasks')}?don_vi={source.unit_code}&trang_thai={source.code}"
        if source.kind is SourceKind.DIRECTIVE:
            return reverse("directives-page", args=[source.code])
        return self._board(source.unit_code) + self.moment

    def _board(self, code: str) -> str:
        territory = self.scope.territory
        if code == territory.code:
            level = territory.level
        else:
            level = Level.PROVINCE if territory.level == Level.NATION else Level.COMMUNE
        if level == Level.NATION:
            return reverse("boards-nation")
        if level == Level.PROVINCE:
            return reverse("boards-province", args=[code])
        return reverse("boards-commune", args=[code.split("-", 1)[0]])


def _run(run: Run, links: Links) -> PageRun:
    return PageRun(run.text, links.url(run.source), run.italic, run.bold)


def _block(block: Block, links: Links) -> PageBlock:
    if isinstance(block, Paragraph):
        style = {Style.SUBHEADING: "h3", Style.NOTE: "note"}.get(block.style, "p")
        return PageBlock(style, tuple(_run(run, links) for run in block.runs))
    return PageBlock(
        "table",
        caption=block.caption,
        columns=tuple(PageColumn(column.label, column.numeric) for column in block.columns),
        rows=tuple(
            PageRow(
                tuple(
                    PageCell(tuple(_run(run, links) for run in cell), column.numeric)
                    for cell, column in zip(row.cells, block.columns, strict=False)
                ),
                row.is_group,
            )
            for row in block.rows
        ),
    )

"""Draws a report or a letter as a Word file in the form that holds for its issuer."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

import docx

from xanh.publishing import layouts, word
from xanh.publishing.content import (
    ROMAN,
    Annex,
    Block,
    Foot,
    Head,
    LetterContent,
    Paragraph,
    ReportContent,
    Row,
    Run,
    Style,
    Table,
)

SAMPLE_BANNER = "DỮ LIỆU MẪU – SỐ LIỆU KHÔNG CÓ THẬT"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A4_MM = (210, 297)
SIGNATURE_LINES = 5


class _Page:
    """The form of a document, and how text is set in it."""

    def __init__(self, layout: layouts.Layout, *, is_sample: bool) -> None:
        self.layout = layout
        self.rules = layout.rules
        self.font: str = layout.rules["font"]
        self.is_sample = is_sample

    @property
    def is_party(self) -> bool:
        """Whether the Party's form holds."""
        return self.layout.family == "party"

    def width_mm(self, *, landscape: bool = False) -> float:
        """Between the margins."""
        margins = self.rules["margins_mm"]
        return float(A4_MM[landscape] - margins["left"] - margins["right"])

    def text(
        self, text: str, size: float, *, bold: bool = False, italic: bool = False, underline: bool = False
    ) -> word.Element:
        """One run."""
        return word.run(text, size=size, font=self.font, bold=bold, italic=italic, underline=underline)

    def runs(self, runs: Iterable[Run], size: float, *, bold: bool = False, italic: bool = False) -> list[word.Element]:
        """Runs of the tree."""
        return [self.text(each.text, size, bold=bold or each.bold, italic=italic or each.italic) for each in runs]

    def line(self, text: str, size: float, *, bold: bool = False, italic: bool = False, **shape: Any) -> word.Element:
        """A paragraph of one run, centred unless said otherwise."""
        return word.paragraph([self.text(text, size, bold=bold, italic=italic)], **({"align": "center"} | shape))

    def rule(self, column_mm: float, rule_mm: float) -> word.Element:
        """A line of a given length in the middle of a column."""
        side = (column_mm - rule_mm) / 2
        return word.paragraph([self.text("", 2)], rule_above=True, left_mm=side, right_mm=side, before_pt=4, line_pt=4)


def report_bytes(content: ReportContent, *, at: datetime) -> bytes:
    """The report as DOCX; `at` is written into the file as the time of making."""
    page = _Page(layouts.layout(content.layout), is_sample=content.is_sample)
    file, references = _new_file(page, content.subject, at=at)
    body = file.element.body
    body.clear()
    body.append(_head(page, content.head, notes=(content.circulation_label,)))
    body.extend(_title(page, content))
    for paragraph in content.opening:
        body.append(_paragraph(page, paragraph))
    for numeral, section in zip(ROMAN, content.sections, strict=False):
        body.append(_heading(page, numeral, section.title))
        body.extend(_blocks(page, section.blocks))
    body.append(_paragraph(page, content.closing))
    body.append(_foot(page, content.foot))
    body.append(_section_end(page, references, landscape=False, title_page=True))
    for number, annex in enumerate(content.annexes, start=1):
        body.extend(_annex(page, content, annex, number))
        if number < len(content.annexes):
            body.append(_section_end(page, (), landscape=annex.landscape, title_page=False))
        else:
            body.append(_section(page, (), landscape=annex.landscape, title_page=False))
    return _saved(file)


def letter_bytes(content: LetterContent, *, at: datetime) -> bytes:
    """The letter as DOCX, one copy per addressee or one for all, each starting on a page of its own."""
    page = _Page(layouts.layout(content.layout), is_sample=content.is_sample)
    file, references = _new_file(page, content.subject, at=at)
    body = file.element.body
    body.clear()
    size, rules = page.rules["body"]["size"], page.rules["letter_subject"]
    for number, copy in enumerate(content.pages, start=1):
        body.append(_head(page, content.head, notes=(), subject=(rules["lead"] + content.subject, rules)))
        lead = "Kính gửi: "
        if len(copy.addressees) == 1:
            body.append(page.line(lead + copy.addressees[0], size, before_pt=18, after_pt=12))
        else:
            body.append(page.line(lead.strip(), size, align="left", left_mm=30, before_pt=18))
            body.extend(
                page.line(f"- {name};", size, align="left", left_mm=45, before_pt=3) for name in copy.addressees[:-1]
            )
            body.append(
                page.line(f"- {copy.addressees[-1]}.", size, align="left", left_mm=45, before_pt=3, after_pt=12)
            )
        body.extend(_blocks(page, copy.paragraphs))
        body.append(_foot(page, content.foot))
        ends = number == len(content.pages)
        kept = references if number == 1 else ()
        maker = _section if ends else _section_end
        body.append(maker(page, kept, landscape=False, title_page=True))
    return _saved(file)


def _new_file(page: _Page, subject: str, *, at: datetime) -> tuple[Any, list[word.Element]]:
    """An empty file with its headers: the number on every page but the first, the banner on all."""
    file = docx.Document()
    about = file.core_properties
    about.title, about.author, about.comments, about.created, about.modified = subject, "Xanh", "", at, at
    first = file.sections[0]
    first.different_first_page_header_footer = True
    size = page.rules["page_number"]["size"]
    for header, numbered in ((first.header, True), (first.first_page_header, False)):
        header.is_linked_to_previous = False
        root = word.root_children(header)
        root.clear()
        pieces = word.field("PAGE", size=size, font=page.font) if numbered else [page.text("", size)]
        root.append(word.paragraph(pieces, align="center", line_pt=size))
        if page.is_sample:
            root.append(page.line(SAMPLE_BANNER, 9, bold=True, line_pt=10))
    kept = [deepcopy(child) for child in file.element.body.sectPr if child.tag == word.q("headerReference")]
    return file, kept


def _saved(file: Any) -> bytes:
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _section(page: _Page, references: Iterable[word.Element], *, landscape: bool, title_page: bool) -> word.Element:
    return word.section(
        page.rules["margins_mm"],
        header_mm=page.rules["page_number"]["from_edge_mm"],
        landscape=landscape,
        references=[deepcopy(each) for each in references],
        title_page=title_page,
    )


def _section_end(page: _Page, references: Iterable[word.Element], *, landscape: bool, title_page: bool) -> word.Element:
    """An empty last paragraph that carries the page set-up of everything before it."""
    holder = word.paragraph([page.text("", 2)], line_pt=2)
    holder[0].append(_section(page, references, landscape=landscape, title_page=title_page))
    return holder


def _head(
    page: _Page, head: Head, *, notes: Iterable[str], subject: tuple[str, dict[str, Any]] | None = None
) -> word.Element:
    rules = page.rules["head"]
    left_mm, right_mm = rules["left_mm"], rules["right_mm"]
    left = [page.line(head.parent, rules["parent_size"])] if head.parent else []
    left.append(page.line(head.issuer, rules["issuer_size"], bold=True))
    if rules["under_issuer"] == "rule":
        left.append(page.rule(left_mm - 2, left_mm * 0.35))
    else:
        left.append(page.line(rules["under_issuer"], rules["issuer_size"], line_pt=13))
    right = [page.line(rules["title"], rules["title_size"], bold=True)]
    if rules["motto"]:
        right.append(page.line(rules["motto"], rules["motto_size"], bold=True))
    right.append(page.rule(right_mm - 2, rules["rule_mm"]))
    under_left = [page.line(head.number, rules["number_size"])]
    if subject:
        under_left.append(page.line(subject[0], subject[1]["size"], italic=subject[1]["italic"], before_pt=6))
    under_left += [page.line(note, 12, italic=True, before_pt=3) for note in notes]
    under_right = [page.line(head.place_and_day, rules["day_size"], italic=True)]
    cells = ((left, right), (under_left, under_right))
    rows = [word.row([word.cell(one, width_mm=left_mm), word.cell(two, width_mm=right_mm)]) for one, two in cells]
    return word.table(rows, [left_mm, right_mm], bordered=False)


def _title(page: _Page, content: ReportContent) -> Iterable[word.Element]:
    rules = page.rules["title"]
    yield page.line(content.type_name, rules["type_size"], bold=True, before_pt=18)
    yield page.line(content.subject, rules["subject_size"], bold=True)
    if rules["under"] == "rule":
        width = page.width_mm()
        yield page.rule(width, width * 0.3)
        yield page.line("", 6)
    else:
        yield page.line(rules["under"], rules["subject_size"], after_pt=6)


def _heading(page: _Page, number: str, title: str) -> word.Element:
    pattern = page.rules["sections"]
    words = pattern["pattern"].format(number=number, title=title.upper() if pattern["capitals"] else title)
    body = page.rules["body"]
    return word.paragraph(
        [page.text(words, body["size"], bold=True)],
        align="both",
        before_pt=body["before_pt"] + 4,
        line_pt=body["line_pt"],
        first_mm=body["first_line_mm"],
        keep_next=True,
        outline_level=0,
    )


def _paragraph(page: _Page, paragraph: Paragraph) -> word.Element:
    body = page.rules["body"]
    style = paragraph.style
    size = body["size"] - 2 if style is Style.NOTE else body["size"]
    return word.paragraph(
        page.runs(paragraph.runs, size, bold=style is Style.SUBHEADING, italic=style is Style.NOTE),
        align="both",
        before_pt=body["before_pt"],
        line_pt=body["line_pt"],
        first_mm=body["first_line_mm"],
        keep_next=style is Style.SUBHEADING,
        outline_level=1 if style is Style.SUBHEADING else None,
    )


def _blocks(page: _Page, blocks: Iterable[Block], *, landscape: bool = False) -> Iterable[word.Element]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(page, block)
            continue
        size = page.rules["table"]["size"]
        yield word.paragraph(
            [page.text(block.caption, size, italic=True)], align="center", before_pt=6, after_pt=4, keep_next=True
        )
        yield _table(page, block, page.width_mm(landscape=landscape))
        # Two tables that touch would become one.
        yield word.paragraph([page.text("", 4)], line_pt=6)


def _table(page: _Page, block: Table, width_mm: float) -> word.Element:
    total = sum(column.width for column in block.columns)
    widths = [column.width * width_mm / total for column in block.columns]
    size, pitch = page.rules["table"]["size"], page.rules["table"]["line_pt"]
    head = word.row(
        [
            word.cell([page.line(column.label, size, bold=True, line_pt=pitch)], width_mm=width, centred=True)
            for column, width in zip(block.columns, widths, strict=True)
        ],
        is_head=True,
    )
    return word.table([head, *(_table_row(page, block, row, widths) for row in block.rows)], widths, bordered=True)


def _table_row(page: _Page, block: Table, row: Row, widths: list[float]) -> word.Element:
    size, pitch = page.rules["table"]["size"], page.rules["table"]["line_pt"]
    if row.is_group:
        line = word.paragraph(page.runs(row.cells[0], size), before_pt=2, after_pt=2, line_pt=pitch, keep_next=True)
        return word.row([word.cell([line], width_mm=sum(widths), span=len(widths))])
    cells = []
    for runs, column, width in zip(row.cells, block.columns, widths, strict=True):
        align = "center" if column.numeric or column.label == "TT" else "left"
        line = word.paragraph(page.runs(runs, size), align=align, before_pt=1, after_pt=1, line_pt=pitch)
        cells.append(word.cell([line], width_mm=width))
    return word.row(cells)


def _foot(page: _Page, foot: Foot) -> word.Element:
    rules, sign = page.rules["recipients"], page.rules["signature"]
    heading = page.text(
        "Nơi nhận:",
        rules["heading_size"],
        bold=rules["heading_bold"],
        italic=rules["heading_italic"],
        underline=rules["heading_underline"],
    )
    left = [word.paragraph([heading], before_pt=12)]
    for position, name in enumerate(foot.recipients, start=1):
        end = "." if position == len(foot.recipients) else rules["separator"]
        left.append(page.line(f"- {name}{end}", rules["list_size"], align="left"))
    right = [page.line(foot.behalf, sign["size"], bold=True, before_pt=12, keep_next=True)] if foot.behalf else []
    right.append(
        page.line(foot.title, sign["size"], bold=sign["title_bold"], before_pt=0 if foot.behalf else 12, keep_next=True)
    )
    right += [page.line("", sign["size"], keep_next=True) for _ in range(SIGNATURE_LINES)]
    right.append(page.line(foot.name, sign["size"], bold=True))
    widths = [page.rules["head"]["left_mm"] + 8.0, page.rules["head"]["right_mm"] - 8.0]
    cells = [word.cell(left, width_mm=widths[0]), word.cell(right, width_mm=widths[1])]
    return word.table([word.row(cells)], widths, bordered=False)


def annex_label(layout_family: str, number: int, total: int) -> str:
    """Party annexes take Arabic numbers, State annexes Roman ones; a single one takes none."""
    if total == 1:
        return "Phụ lục"
    return f"Phụ lục {number if layout_family == 'party' else ROMAN[number - 1]}"


def _annex(page: _Page, content: ReportContent, annex: Annex, number: int) -> Iterable[word.Element]:
    size = page.rules["body"]["size"]
    yield page.line(annex_label(page.layout.family, number, len(content.annexes)), size, bold=True, outline_level=0)
    yield page.line(annex.title.upper(), size, bold=True)
    day = content.head.place_and_day.split(", ", 1)[1]
    number_words = content.head.number[:1].lower() + content.head.number[1:]
    yield page.line(f"(Kèm theo Báo cáo {number_words}, {day})", size - 1, italic=True, after_pt=6)
    yield from _blocks(page, annex.blocks, landscape=annex.landscape)

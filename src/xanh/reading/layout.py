"""The text in paragraphs: head, title, body, footnotes, tables, foot; broken sentences put together again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from xanh.reading.blocks import Table, tables_in_text
from xanh.reading.view import View, flatten, one_of, words

_TYPE_WORDS = one_of("""
THÔNG BÁO | KẾ HOẠCH | BÁO CÁO | NGHỊ QUYẾT | QUYẾT ĐỊNH | QUY ĐỊNH | CHƯƠNG TRÌNH HÀNH ĐỘNG | CHƯƠNG TRÌNH | CHỈ THỊ
KẾT LUẬN | HƯỚNG DẪN | TỜ TRÌNH | QUY CHẾ | NGHỊ ĐỊNH | THÔNG TƯ | LUẬT | ĐỀ ÁN | PHƯƠNG ÁN | BIÊN BẢN | CÔNG ĐIỆN
CÔNG VĂN | DỰ ÁN
""")
TYPE_LINE = words(
    r"[\W\d_]*"
    + _TYPE_WORDS
    + r"(?=\W*$| (?:KẾT LUẬN|LIÊN TỊCH|CHUYÊN ĐỀ|TRIỂN KHAI|TỔNG KẾT|VỀ|Về|[A-ZĐ]\w*[a-zà-ỹ])|[\W\d]* [a-zà-ỹ])"
)
_RECIPIENTS = words(r"\W*(?:Nơi nhận|NƠI NHẬN)\b")
_SIGNATURE = words(r"\W*(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|Q\.) ?[A-ZĐÀ-Ỹ]")
_OFFICE = words(
    r" *(?:CHÁNH VĂN PHÒNG|PHÓ CHÁNH|TRƯỞNG|PHÓ TRƯỞNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHỦ TỊCH|PHÓ CHỦ TỊCH|BÍ THƯ|PHÓ BÍ THƯ"
    r"|HIỆU TRƯỞNG|CHỦ NHIỆM|THỦ TRƯỞNG)(?!\w)"
)
ANNEX = words(
    r"\W*(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu(?= (?:số|mẫu)))(?: (?:số )?[IVXLC\d]{1,4})?\s*[.:-]?(?: \(|$|[^a-zà-ỹ]{0,200}$)"
)
_NOTE = re.compile(r"\s*(?:[¹²³⁴-⁹⁰]+|\[\^?\d+\]:?)\s*\S")
_PAGE_NUMBER = re.compile(r"\W*(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$")
_LISTED = re.compile(
    r"\s*(?:[-+•–▪●*]\s|[IVXLC]{1,6}[.)/-]|\d{1,2}(?:\.\d{1,2})*[.)/-](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|"
    r"[a-zđ][.)]\s|\(\w{1,3}\)|Điều\s+\d|Phần\s|Chương\s|Mục\s)"
)
_OPEN_END = re.compile(r"(?:[^.;:!?…”\"»)\]|]|[,(–-])\s*$")
# A line that ends with one of these words goes on, whatever the next one begins with ("trước ngày | 20/9/2026").
_UNFINISHED = words(
    r" (?:ngày|(?:[Nn]ghị quyết|[Qq]uyết định|[Kk]ế hoạch|[Cc]ông văn) số|của|và|với|các|cho|trước)[ *_]*$"
)
_HEAD_LINES = 45
_WRAPPED = 0.6  # share of lines that break off inside a sentence from which a text is taken for hard-wrapped


class Zone(StrEnum):
    """Which part of the document a paragraph belongs to."""

    HEAD = "HEAD"
    TITLE = "TITLE"
    BODY = "BODY"
    NOTE = "NOTE"
    TABLE = "TABLE"
    FOOT = "FOOT"
    ANNEX_HEAD = "ANNEX_HEAD"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the document; a sentence broken by a page or a footnote is one paragraph again."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True)
class Line:
    """One printed line with text on it; `gap` says that a blank line stands before it."""

    start: int
    end: int
    gap: bool


@dataclass(frozen=True)
class Layout:
    """The paragraphs and tables of a document over its view."""

    view: View
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    head_end: int
    body_start: int
    foot_start: int

    def of(self, *zones: Zone) -> list[Paragraph]:
        """The paragraphs of some zones, in order."""
        return [paragraph for paragraph in self.paragraphs if paragraph.zone in zones]


def lay_out(text: str, tables: tuple[Table, ...] | None = None) -> Layout:
    """Find the parts of a document. `tables` come from the file; without them they are looked for in the text."""
    flat = flatten(text)
    found = tables if tables is not None else tables_in_text(text)
    lines = _lines(text)
    zones = _zones(lines, text, flat, found)
    hidden = [line for line, zone in zip(lines, zones, strict=True) if zone is Zone.NOTE]
    view = View(text, flat, _blank_out(flat, hidden))
    paragraphs = _paragraphs(lines, zones, view)
    body = [line.start for line, zone in zip(lines, zones, strict=True) if zone in {Zone.BODY, Zone.TABLE}]
    heads = [line.end for line, zone in zip(lines, zones, strict=True) if zone is Zone.HEAD]
    feet = [line.start for line, zone in zip(lines, zones, strict=True) if zone is Zone.FOOT]
    body_start = min((at for at in body if not heads or at >= max(heads)), default=0)
    return Layout(view, lines, paragraphs, found, max(heads, default=0), body_start, min(feet, default=len(text)))


def _lines(text: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    at, gap = 0, False
    for raw in text.split("\n"):
        if raw.strip("\ufeff \t\xa0"):
            lines.append(Line(at, at + len(raw), gap))
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return tuple(lines)


def _blank_out(flat: str, hidden: list[Line]) -> str:
    parts, at = [], 0
    for line in hidden:
        parts += [flat[at : line.start], " " * (line.end - line.start)]
        at = line.end
    return "".join([*parts, flat[at:]])


def _zones(lines: tuple[Line, ...], text: str, flat: str, tables: tuple[Table, ...]) -> list[Zone]:
    zones = [Zone.BODY] * len(lines)
    title = _mark_head(lines, text, zones)
    foot, annex = _mark_foot(lines, text, zones)
    for index, line in enumerate(lines):
        inside = any(table.start <= line.start < table.end for table in tables)
        if inside and zones[index] is Zone.BODY and not title <= index < title + 1:
            zones[index] = Zone.TABLE
    for index in range(len(lines)):
        if ANNEX.match(flat, lines[index].start, lines[index].end) and zones[index] is Zone.BODY and index >= title:
            _mark_annex_head(lines, text, zones, index)
    _mark_notes(lines, text, zones, foot if foot < annex else len(lines))
    return zones


def _mark_head(lines: tuple[Line, ...], text: str, zones: list[Zone]) -> int:
    """Mark head and title lines; the index of the first line after them."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        words_of_line = text[line.start : line.end]
        if TYPE_LINE.match(words_of_line) and not words_of_line.rstrip().endswith((",", ";")):
            zones[:index] = [Zone.HEAD] * index
            zones[index] = Zone.TITLE
            return _mark_title(lines, text, zones, index)
        if re.match(r"\W*Kính\s+(?:gửi|trình)", words_of_line):
            zones[:index] = [Zone.HEAD] * index
            return index
    return 0


def _mark_title(lines: tuple[Line, ...], text: str, zones: list[Zone], at: int) -> int:
    index = at + 1
    while index < len(lines):
        line = text[lines[index].start : lines[index].end].strip(" *_")
        first = index == at + 1
        if not first and lines[index].gap:
            break
        if not first and (
            not _OPEN_END.search(text[lines[index - 1].start : lines[index - 1].end]) or _LISTED.match(line)
        ):
            break
        if not first and not (line.isupper() or line[:1].islower()) and not line.startswith("("):
            break
        if first and re.match(r"(?:Căn\s+cứ|Kính\s|Thực\s+hiện.*[,;]$|[IVX]+[.-]\s)", line):
            break
        zones[index] = Zone.TITLE
        index += 1
    return index


def _mark_foot(lines: tuple[Line, ...], text: str, zones: list[Zone]) -> tuple[int, int]:
    """Mark the foot; the index of its first line and of the first line after it."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(text[line.start : line.end])), None)
    # Some offices sign above the recipients: the signature block within a few lines before them belongs to the foot.
    reach = range(len(lines)) if start is None else range(max(0, start - 8), start)
    signed = next((i for i in reach if _is_signature(text[lines[i].start : lines[i].end], alone=start is None)), None)
    start = signed if signed is not None else start
    if start is None:
        return len(lines), len(lines)
    end = next(
        (i for i in range(start + 1, len(lines)) if ANNEX.match(text[lines[i].start : lines[i].end])), len(lines)
    )
    zones[start:end] = [Zone.FOOT] * (end - start)
    return start, end


def _is_signature(line: str, *, alone: bool) -> bool:
    """«T/M …», or the office of the signer in capitals; without recipients only the former is sure enough."""
    return bool(_SIGNATURE.match(line) or (not alone and _OFFICE.match(line) and line.strip().isupper()))


def _mark_annex_head(lines: tuple[Line, ...], text: str, zones: list[Zone], index: int) -> None:
    zones[index] = Zone.ANNEX_HEAD
    following = index + 1
    while following < len(lines) and following <= index + 4 and zones[following] is Zone.BODY:
        line = text[lines[following].start : lines[following].end].strip(" *_")
        if not (line.isupper() or line.startswith("(")):
            break
        zones[following] = Zone.ANNEX_HEAD
        following += 1


def _mark_notes(lines: tuple[Line, ...], text: str, zones: list[Zone], last: int) -> None:
    """Footnotes, page numbers and running heads: hidden from the rules that read the body."""
    repeated = Counter(text[line.start : line.end].strip() for line in lines)
    last_note: int | None = None
    for index, line in enumerate(lines[:last]):
        if zones[index] is not Zone.BODY:
            continue
        printed = text[line.start : line.end]
        alone = line.gap or index == 0
        if _NOTE.match(printed):
            if (
                last_note is not None
                and index - last_note == 2  # noqa: PLR2004
                and not _LISTED.match(text[lines[index - 1].start : lines[index - 1].end])
            ):
                zones[index - 1] = Zone.NOTE  # a second paragraph of the footnote before
            zones[index], last_note = Zone.NOTE, index
        elif last_note == index - 1 and not line.gap and not _LISTED.match(printed) and text.count("\n\n") > 2:  # noqa: PLR2004
            zones[index], last_note = Zone.NOTE, index
        elif _PAGE_NUMBER.match(printed) or (alone and repeated[printed.strip()] > 2 and len(printed) < 90):  # noqa: PLR2004
            zones[index] = Zone.NOTE


def _paragraphs(lines: tuple[Line, ...], zones: list[Zone], view: View) -> tuple[Paragraph, ...]:
    wrapped = _is_hard_wrapped(lines, zones, view.text)
    done: list[Paragraph] = []
    open_line: Line | None = None  # the last body line of the paragraph that may go on
    for line, zone in zip(lines, zones, strict=True):
        if zone is Zone.BODY and open_line is not None and _goes_on(view.text, open_line, line, wrapped=wrapped):
            at = next(i for i in range(len(done) - 1, -1, -1) if done[i].zone is Zone.BODY)
            done[at] = Paragraph(done[at].start, line.end, Zone.BODY)
        else:
            done.append(Paragraph(line.start, line.end, zone))
        if zone is Zone.BODY:
            open_line = line
        elif zone is not Zone.NOTE:
            open_line = None
    return tuple(done)


def _is_hard_wrapped(lines: tuple[Line, ...], zones: list[Zone], text: str) -> bool:
    body = [line for line, zone in zip(lines, zones, strict=True) if zone is Zone.BODY]
    long_lines = [line for line in body if line.end - line.start > 50]  # noqa: PLR2004
    if len(long_lines) < 8:  # noqa: PLR2004
        return False
    broken = sum(bool(_OPEN_END.search(text[line.start : line.end])) for line in long_lines)
    return broken / len(long_lines) > _WRAPPED and max(line.end - line.start for line in body) < 140  # noqa: PLR2004


def _goes_on(text: str, before: Line, line: Line, *, wrapped: bool) -> bool:
    """Whether a line is the rest of the sentence that the line before leaves open."""
    first, second = text[before.start : before.end], text[line.start : line.end]
    if _LISTED.match(second) or not _OPEN_END.search(first.rstrip(" *_¹²³⁴⁵⁶⁷⁸⁹")):
        return False
    if second.lstrip(' *_“"(')[:1].islower():
        return True
    if _UNFINISHED.search(first):
        return True
    return wrapped and not line.gap and len(first) > 50  # noqa: PLR2004

"""DOCX: one paragraph per line, numbering written out, one table row per line, footnotes as lines of their own."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import Any

from lxml import etree

from xanh.reading.blocks import Cell, Extracted, Row, Table
from xanh.reading.numbering import Numbering, W
from xanh.reading.refusal import Refusal, RefusalCode
from xanh.reading.screening import MEDIA_TYPES, Kind

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SKIPPED = {f"{W}del", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}txbxContent", f"{_ALTERNATE}Fallback", f"{W}delText"}
_NOTE_PARTS = (
    ("footnoteReference", "word/footnotes.xml", "footnote"),
    ("endnoteReference", "word/endnotes.xml", "endnote"),
)


def extract(content: bytes) -> Extracted:
    """The text and the tables of a Word file.

    Raises:
        Refusal: broken, or without text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            writer = _Writer(archive)
            body = writer.part("word/document.xml").find(f"{W}body")
            if body is None:
                raise Refusal(RefusalCode.CORRUPT)
            writer.blocks(body)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, AttributeError, ValueError, EOFError, OSError) as fault:
        raise Refusal(RefusalCode.CORRUPT) from fault
    if not any(letter.isalpha() for letter in writer.text):
        raise Refusal(RefusalCode.NO_TEXT)
    return Extracted(writer.text, MEDIA_TYPES[Kind.DOCX], tuple(writer.tables))


class _Writer:
    """Writes the text line by line and remembers where the cells of tables stand."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.text = ""
        self.tables: list[Table] = []
        self.numbering = Numbering(self.optional("word/numbering.xml"), self.optional("word/styles.xml"))
        self.notes = {name: self._notes(path, tag) for name, path, tag in _NOTE_PARTS}
        self.note_count = 0
        self.pending: list[str] = []

    def part(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.archive.read(name), parser)

    def optional(self, name: str) -> Any:
        return self.part(name) if name in self.archive.namelist() else None

    def _notes(self, path: str, tag: str) -> dict[str, Any]:
        part = self.optional(path)
        return {} if part is None else {str(note.get(f"{W}id")): note for note in part.iterfind(f"{W}{tag}")}

    def line(self, line: str) -> None:
        self.text += line + "\n"

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables in order, also inside content controls."""
        for element in parent:
            if element.tag == f"{W}p":
                self.paragraph(element)
            elif element.tag == f"{W}tbl":
                self.table(element)
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
                self.blocks(element)

    def paragraph(self, element: Any) -> None:
        for box in element.iter(f"{W}txbxContent"):
            if not any(parent.tag == f"{_ALTERNATE}Fallback" for parent in box.iterancestors()):
                self.blocks(box)
        printed = self.printed(element)
        if printed:
            self.line(printed)
        self.flush_notes()

    def flush_notes(self) -> None:
        for note in self.pending:
            self.line(note)
        self.pending = []

    def printed(self, element: Any) -> str:
        """A paragraph with its label, as one line."""
        written = _squeeze(self.runs(element))
        if not written:
            return ""
        label = self.numbering.label(element)
        return f"{label} {written}" if label else written

    def runs(self, element: Any) -> str:
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
                parts.append(" ")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                parts.append(self.note(tag.removeprefix(W), str(child.get(f"{W}id"))))
            else:
                parts.append(self.runs(child))
        return "".join(parts)

    def note(self, kind: str, key: str) -> str:
        """The mark of a footnote; its text is written after the paragraph."""
        note = self.notes[kind].get(key)
        if note is None:
            return ""
        self.note_count += 1
        mark = str(self.note_count).translate(_SUPERSCRIPTS)
        words = " ".join(filter(None, (_squeeze(self.runs(paragraph)) for paragraph in note.iter(f"{W}p"))))
        self.pending.append(f"{mark} {words}")
        return mark

    def table(self, element: Any) -> None:
        rows = [self.row(row) for row in _rows(element)]
        kept = tuple(row for row in rows if row is not None)
        if kept:
            self.tables.append(Table(kept))
        self.flush_notes()

    def row(self, element: Any) -> Row | None:
        start, column = len(self.text), _skipped_columns(element)
        cells: list[Cell] = []
        written = ""
        for cell in _cells(element):
            properties = cell.find(f"{W}tcPr")
            continues = _continues(properties)
            words = "" if continues else _squeeze(" ".join(self.printed(paragraph) for paragraph in cell.iter(f"{W}p")))
            written += " | " if cells else ""
            span = _span(properties)
            cells.append(Cell(start + len(written), start + len(written) + len(words), column, span, continues))
            written += words
            column += span
        if not written.strip(" |"):
            return None
        self.line(written)
        return Row(start, start + len(written), tuple(cells))


def _squeeze(words: str) -> str:
    clean = unicodedata.normalize("NFC", words).replace("\u00ad", "")
    return " ".join(clean.split())


def _rows(element: Any) -> list[Any]:
    return [
        row
        for child in element
        for row in ([child] if child.tag == f"{W}tr" else child.iterfind(f".//{W}tr") if child.tag == f"{W}sdt" else [])
    ]


def _cells(element: Any) -> list[Any]:
    return [
        cell
        for child in element
        for cell in (
            [child] if child.tag == f"{W}tc" else child.iterfind(f".//{W}tc") if child.tag == f"{W}sdt" else []
        )
    ]


def _skipped_columns(row: Any) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if before is None else int(before.get(f"{W}val", "0"))


def _span(properties: Any) -> int:
    span = None if properties is None else properties.find(f"{W}gridSpan")
    return 1 if span is None else max(1, int(span.get(f"{W}val", "1")))


def _continues(properties: Any) -> bool:
    merge = None if properties is None else properties.find(f"{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"

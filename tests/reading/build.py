"""Documents made at test time: Word files by python-docx, PDFs by hand (text placed in points from the top left)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Placed = tuple[float, float, str]
_CID_FONT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
    " /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Times /Flags 4 /Ascent 800"
    " /Descent -200 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>"
)


def word(fill: Callable[[WordDocument], None]) -> bytes:
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines_of(*lines: str) -> bytes:
    def fill(document: WordDocument) -> None:
        for line in lines:
            document.add_paragraph(line)

    return word(fill)


def with_parts(content: bytes, **parts: str) -> bytes:
    """A copy of a Word file with some parts added or replaced (keys: document, numbering, footnotes, header1 …)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = {f"word/{name}.xml" for name in parts}
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry, old.read(entry.filename))
        for name, xml in parts.items():
            new.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def body(*paragraphs: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {NS}><w:body>{"".join(paragraphs)}</w:body></w:document>'


def paragraph(text: str, *, number: tuple[int, int] | None = None, style: str = "", note: int | None = None) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    reference = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note is not None else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{reference}</w:p>"


def element(xml: str) -> object:
    return parse_xml(xml.replace("<w:p>", f"<w:p {NS}>", 1))


def pdf(pages: Sequence[Sequence[Placed]], *, rules: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """A PDF whose text maps to Unicode; `rules` are drawn on every page as (x0, y0, x1, y1) from the top left."""
    letters = sorted({letter for page in pages for _, _, text in page for letter in text})
    codes = {letter: index + 1 for index, letter in enumerate(letters)}
    mapping = "\n".join(f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",  # noqa: E501
        _CID_FONT,
        _stream(cmap),
    ]
    for index, page in enumerate(pages):
        drawn = "".join(f"{x0} {842 - y0} m {x1} {842 - y1} l S\n" for x0, y0, x1, y1 in rules)
        for x, y, text in page:
            shown = "".join(f"{codes[letter]:04X}" for letter in text)
            drawn += f"BT /F1 12 Tf {x} {842 - y} Td <{shown}> Tj ET\n"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(_stream(drawn))
    return _assemble(objects)


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode())} >>\nstream\n{text}\nendstream"


def _assemble(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    return out + f"{trailer}<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()

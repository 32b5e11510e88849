"""Small pieces of WordprocessingML. Text goes in as text nodes, so nothing that a user typed can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_MM = 1440 / 25.4
# Control characters that XML 1.0 cannot hold; a pasted one must not cost the office its report.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Element = etree._Element  # noqa: SLF001  lxml names its element type so


def q(name: str) -> str:
    """A name in the namespace of Word."""
    return f"{{{W}}}{name}"


def twips(mm: float) -> str:
    """Millimetres in Word's unit."""
    return str(round(mm * TWIPS_PER_MM))


def element(name: str, *children: Element, **attributes: str) -> Element:
    """One element with its children; attribute names lose a trailing underscore (`type_`)."""
    made = etree.Element(q(name), {q(key.rstrip("_")): value for key, value in attributes.items()})
    made.extend(children)
    return made


def run(
    text: str, *, size: float, font: str, bold: bool = False, italic: bool = False, underline: bool = False
) -> Element:
    """Words in one style."""
    style = element("rPr", element("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))
    style.extend(element(tag) for tag, on in (("b", bold), ("i", italic)) if on)
    half_points = str(round(2 * size))
    style.append(element("sz", val=half_points))
    style.append(element("szCs", val=half_points))
    if underline:
        style.append(element("u", val="single"))
    made = element("r", style)
    for position, line in enumerate(UNWRITABLE.sub("", text).split("\n")):
        if position:
            made.append(element("br"))
        words = element("t")
        words.set(XML_SPACE, "preserve")
        words.text = line.replace("\t", " ").replace("\r", "")
        made.append(words)
    return made


def field(code: str, *, size: float, font: str) -> list[Element]:
    """A field that Word fills in, such as PAGE."""
    found = []
    for piece in ("begin", "separate", "end"):
        holder = run("", size=size, font=font)
        holder.remove(holder[-1])
        if piece == "separate":
            instruction = run("", size=size, font=font)
            instruction.remove(instruction[-1])
            words = element("instrText")
            words.text = code
            instruction.append(words)
            found.append(instruction)
        holder.append(element("fldChar", fldCharType=piece))
        found.append(holder)
    return found


def paragraph(
    runs: Iterable[Element],
    *,
    align: str = "left",
    before_pt: float = 0,
    after_pt: float = 0,
    line_pt: float = 0,
    first_mm: float = 0,
    left_mm: float = 0,
    right_mm: float = 0,
    keep_next: bool = False,
    page_break_before: bool = False,
    rule_above: bool = False,
    outline_level: int | None = None,
) -> Element:
    """A paragraph; `line_pt` 0 leaves the pitch to the font, else it is exact. `rule_above` draws a thin line."""
    shape = element("pPr")
    shape.extend(element(tag) for tag, on in (("keepNext", keep_next), ("pageBreakBefore", page_break_before)) if on)
    if rule_above:
        shape.append(element("pBdr", element("top", val="single", sz="6", space="0", color="000000")))
    pitch = {"line": str(round(line_pt * 20)), "lineRule": "exact"} if line_pt else {"line": "240", "lineRule": "auto"}
    shape.append(element("spacing", before=str(round(before_pt * 20)), after=str(round(after_pt * 20)), **pitch))
    shape.append(element("ind", left=twips(left_mm), right=twips(right_mm), firstLine=twips(first_mm)))
    shape.append(element("jc", val=align))
    if outline_level is not None:
        shape.append(element("outlineLvl", val=str(outline_level)))
    return element("p", shape, *runs)


def cell(content: Iterable[Element], *, width_mm: float, span: int = 1, centred: bool = False) -> Element:
    """A table cell; a cell holds at least one paragraph."""
    shape = element("tcPr", element("tcW", w=twips(width_mm), type_="dxa"))
    if span > 1:
        shape.append(element("gridSpan", val=str(span)))
    if centred:
        shape.append(element("vAlign", val="center"))
    return element("tc", shape, *content)


def row(cells: Iterable[Element], *, is_head: bool = False) -> Element:
    """A table row that does not break across pages; a head is repeated on each."""
    shape = element("trPr", element("cantSplit"))
    if is_head:
        shape.append(element("tblHeader"))
    return element("tr", shape, *cells)


def table(rows: Iterable[Element], widths_mm: list[float], *, bordered: bool, padding_mm: float = 1) -> Element:
    """A table of fixed widths; the head and foot of a document are tables without borders."""
    shape = element("tblPr", element("tblW", w=twips(sum(widths_mm)), type_="dxa"))
    shape.append(element("jc", val="center"))
    if bordered:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        shape.append(
            element("tblBorders", *(element(side, val="single", sz="4", space="0", color="000000") for side in sides))
        )
    shape.append(element("tblLayout", type_="fixed"))
    padding = {"w": twips(padding_mm), "type_": "dxa"}
    shape.append(element("tblCellMar", element("left", **padding), element("right", **padding)))
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths_mm))
    return element("tbl", shape, grid, *rows)


def section(
    margins_mm: dict[str, float], *, header_mm: float, landscape: bool, references: Iterable[Element], title_page: bool
) -> Element:
    """Page set-up of A4 paper; `title_page` gives the first page a header of its own."""
    short, long = twips(210), twips(297)
    made = element("sectPr", *references)
    made.append(element("type", val="nextPage"))
    size = {"w": long, "h": short, "orient": "landscape"} if landscape else {"w": short, "h": long}
    made.append(element("pgSz", **size))
    sides = {name: twips(value) for name, value in margins_mm.items()}
    made.append(element("pgMar", **sides, header=twips(header_mm), footer=twips(header_mm), gutter="0"))
    if title_page:
        made.append(element("titlePg"))
    return made


def root_children(holder: Any) -> Element:
    """The lxml element behind a python-docx object."""
    found: Element = holder._element  # noqa: SLF001  python-docx keeps it there
    return found

"""The head and the foot of a document: who issued what, when, to whom, signed by whom."""

from __future__ import annotations

import re
from datetime import date

from xanh.core import symbols
from xanh.reading import bodies, moments, types
from xanh.reading.layout import Layout, Zone
from xanh.reading.model import Metadata
from xanh.reading.view import letters, one_of, words

_MOTTO = words(
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?- ?Tự do ?- ?Hạnh phúc", re.IGNORECASE
)
_NUMBER_LINE = words(
    r"(?<!\w)Số ?:? ?(?P<symbol>(?P<number>\d{1,5}[a-z]?)?[ .…]*[-/–][^\s|]*(?: ?[-/] ?[A-ZĐ][^\s|]*)*|"
    r"\d{1,5}[a-z]?(?: [A-ZĐ]\S+)?)"
)
_PLACE_LINE = words(
    r"(?P<place>[A-ZĐÀ-Ỹ][^\n|,.;:]{1,45}), ?ngày"
    r" ?(?P<day>[\d.…]{0,3}) ?tháng ?(?P<month>[\d.…]{0,3}) ?năm ?(?P<year>\d{4})"
)
_ISSUING_HEAD = words(
    one_of("""
ĐẢNG BỘ | ĐẢNG ỦY | TỈNH ỦY | THÀNH ỦY | HUYỆN ỦY | QUẬN ỦY | BAN CHẤP HÀNH TRUNG ƯƠNG | BAN CHẤP HÀNH | BAN THƯỜNG VỤ
BAN CHỈ ĐẠO | BAN TỔ CHỨC | BAN TUYÊN GIÁO | BAN DÂN VẬN | BAN NỘI CHÍNH | BAN XÂY DỰNG ĐẢNG | BAN QUẢN LÝ
BAN BÍ THƯ | ỦY BAN NHÂN DÂN | ỦY BAN KIỂM TRA | ỦY BAN MẶT TRẬN | ỦY BAN MTTQ | UBND | HỘI ĐỒNG NHÂN DÂN | HĐND
HỘI ĐỒNG | CHI BỘ | VĂN PHÒNG | SỞ | PHÒNG | BỘ | TRUNG TÂM | CÔNG AN | TỔ GIÚP VIỆC | TỔ CÔNG TÁC | CHI CỤC | CỤC
HỘI | ĐOÀN | TRƯỜNG | THỦ TƯỚNG CHÍNH PHỦ | CHÍNH PHỦ | QUỐC HỘI | MẶT TRẬN TỔ QUỐC | LIÊN ĐOÀN | ĐẢNG ĐOÀN
THANH TRA | TỔ
""")
)
_ABOUT = words(r"(?:V/v|v/v|Về việc|về việc) ?:? ")
_SAYS = words(
    r" ?(?:xã |tỉnh )?(?:ban hành|báo cáo|xây dựng|quyết định|thông báo|yêu cầu|lập|kết luận|đề nghị|phát động)(?!\w)"
)
_PRINTED_ISSUER_SPAN = 14
_TITLE_LINE = words(r"\W*(?:kiêm|Kiêm|KIÊM)\W*$")


def read(layout: Layout) -> Metadata:
    """The metadata of a document; each field None where nothing is printed."""
    head = _head_cells(layout)
    number_hit = next((hit for cell in head if (hit := _NUMBER_LINE.search(cell))), None)
    symbol, number = _symbol(number_hit)
    place_hit = next((hit for cell in head if (hit := _PLACE_LINE.search(_MOTTO.sub("|", cell)))), None)
    type_code, title = _type_and_title(layout, symbol)
    issuer, parent = _issuers(head)
    if issuer is None:
        issuer = _issuer_in_text(layout)
    signer, signer_title = _signature(layout)
    issued = _issued_on(place_hit)
    filled = [type_code, symbol, issuer, issued, title, signer]
    return Metadata(
        type_code,
        number,
        symbol,
        issuer,
        parent,
        place_hit["place"].strip() if place_hit else None,
        issued.isoformat() if issued else None,
        title,
        signer,
        signer_title,
        _recipients(layout),
        round(0.4 + 0.6 * sum(value is not None for value in filled) / len(filled), 2),
    )


def _head_cells(layout: Layout) -> list[str]:
    """The head as printed blocks: cells of its table, or its lines with the left block kept together."""
    lines = [layout.view.text[line.start : line.end].strip() for line in layout.lines if line.end <= layout.head_end]
    cells = [cell.strip() for line in lines for cell in line.split("|")]
    return [cell for cell in cells if cell]


def _symbol(hit: re.Match[str] | None) -> tuple[str | None, str | None]:
    if hit is None:
        return None, None
    printed = re.sub(r"[.…]", "", hit["symbol"]) if not hit["number"] else hit["symbol"]
    return symbols.repair(printed) or None, hit["number"]


def _issued_on(hit: re.Match[str] | None) -> date | None:
    if hit is None or not (hit["day"].isdigit() and hit["month"].isdigit()):
        return None
    return moments.make_date(int(hit["year"]), int(hit["month"]), int(hit["day"]), near=None)


def _type_and_title(layout: Layout, symbol: str | None) -> tuple[str | None, str | None]:
    text, flat = layout.view.text, layout.view.flat
    lines = layout.of(Zone.TITLE)
    if lines:
        start, end = lines[0].start, lines[-1].end
        word = types.WORD.search(flat, start, end)
        if word:
            left, right = layout.view.trim(word.end(), end)
            about = _ABOUT.match(flat, left)
            left = about.end() if about else left
            return types.code_of(word["word"]), text[left:right] or None
    about = _ABOUT.search(flat, 0, layout.head_end or min(len(flat), 1200))
    if about:
        stop = re.compile(r"\n\s*\n|\||\n(?=[A-ZĐ])|Kính\s+gửi").search(text, about.end(), layout.head_end or len(text))
        left, right = layout.view.trim(about.end(), stop.start() if stop else layout.head_end)
        return "CV", text[left:right]
    return (_type_of(symbol), None)


def _type_of(symbol: str | None) -> str | None:
    try:
        return symbols.parse(symbol).type if symbol else None
    except symbols.SymbolUnreadable:
        return None


def _issuers(head: list[str]) -> tuple[str | None, str | None]:
    """(issuing body, the body above it) out of the left block of the head."""
    block: list[str] = []
    for cell in head:
        cleaned = _NUMBER_LINE.split(_MOTTO.sub("", cell))[0]
        cleaned = re.split(r"\bSố\b", _PLACE_LINE.sub("", cleaned))[0].strip(" *-—_\n")
        if cleaned and cleaned.upper() == cleaned and re.search(r"[^\W\d_]{2}", cleaned):
            block.append(cleaned)
        if _NUMBER_LINE.search(cell):
            break
    joined = "\n".join(block)
    cuts = [hit.start() for hit in _ISSUING_HEAD.finditer(joined) if _opens_a_body(joined, hit)]
    if not cuts:
        return (joined or None), None
    pieces = [joined[left:right].strip() for left, right in zip(cuts, [*cuts[1:], len(joined)], strict=True)]
    before = joined[: cuts[0]].strip()
    if before:
        pieces[0] = f"{before} {pieces[0]}"
    return pieces[-1], pieces[-2] if len(pieces) > 1 else None


def _opens_a_body(joined: str, hit: re.Match[str]) -> bool:
    """Whether a body begins here, and not the second half of a name ("VĂN PHÒNG ĐẢNG ỦY", "HĐND VÀ UBND")."""
    before = joined[: hit.start()]
    if not before.strip():
        return True
    if before[-1].isalnum() or re.search(r"(?:VÀ|CỦA|CHỈ|TỔ|VỀ|,)\s*$", before):
        return False
    heads = list(_ISSUING_HEAD.finditer(before))
    if heads and not before[heads[-1].end() :].strip():
        return False
    short = hit[0] in {
        "SỞ",
        "PHÒNG",
        "BỘ",
        "HỘI",
        "ĐOÀN",
        "TRƯỜNG",
        "CỤC",
        "TỔ",
        "HỘI ĐỒNG",
        "CÔNG AN",
        "CHÍNH PHỦ",
        "THANH TRA",
    }
    return not short or before.endswith("\n") or len(heads) == 1


def _issuer_in_text(layout: Layout) -> str | None:
    """Without a head: the body that the text says issues or reports."""
    text, flat = layout.view.text, layout.view.body
    for paragraph in layout.of(Zone.BODY)[:_PRINTED_ISSUER_SPAN]:
        name = bodies.name_at(flat, paragraph.start, paragraph.end)
        if name and _SAYS.match(flat, name.mention_end):
            return text[name.start : name.end]
    return None


def _foot_lines(layout: Layout) -> list[str]:
    lines = [layout.view.text[part.start : part.end] for part in layout.of(Zone.FOOT)]
    return [cell.strip(" *_\t") for line in lines for cell in line.split(" | ")]


def _recipients(layout: Layout) -> tuple[str, ...]:
    found: list[str] = []
    reading = False
    for line in _foot_lines(layout):
        opened = re.match(r"\W*(?:Nơi\s+nhận|NƠI\s+NHẬN)\W*:?", line)
        if opened:
            reading = True
            found += [item for item in re.split(r"(?:^|(?<=[;,.]))\s*[-–]\s+", line[opened.end() :]) if item.strip()]
        elif reading and line.startswith(("-", "–")):
            found.append(line.lstrip("-– "))
        elif reading and found and line[:1].islower() and not _TITLE_LINE.match(line):
            found[-1] += " " + line
        elif line:
            reading = False
    return tuple(item.strip(" -;,.") for item in found if item.strip(" -;,."))


def _signature(layout: Layout) -> tuple[str | None, str | None]:
    view = layout.view
    parts = layout.of(Zone.FOOT)
    cells = [(part.start + offset, cell) for part in parts for offset, cell in _cells(view.text[part.start : part.end])]
    titles = [
        (at, cell)
        for at, cell in cells
        if re.search(r"[^\W\d_]", cell)
        and not cell.lstrip().startswith(("-", "–"))
        and (_title_part(cell) or _TITLE_LINE.match(cell))
        and not re.match(r"\W*NƠI\s+NHẬN", cell)
    ]
    if not titles:
        return None, None
    first, (last_at, last_cell) = titles[0][0], titles[-1]
    last_end = last_at + (len(last_cell) if _TITLE_LINE.match(last_cell) else _title_part(last_cell))
    start, end = view.trim(first, last_end)
    tail = view.text[last_end : parts[-1].end]
    name = re.search(letters(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹ]+"), tail.replace("*", " "))
    return (" ".join(name[0].split()) if name else None), view.text[start:end] or None


def _cells(line: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for cell in line.split(" | "):
        found.append((at, cell))
        at += len(cell) + 3
    return found


def _title_part(cell: str) -> int:
    """Length of the upper-case run with which a cell of the signature block begins; 0 when it does not."""
    words_of_cell = list(re.finditer(r"\S+", cell))
    end = 0
    for word in words_of_cell:
        letters = re.sub(r"[\W\d_]", "", word[0])
        if letters and not letters.isupper() and letters.lower() != "kiêm":
            break
        end = word.end() if letters else end
    return end if len(re.sub(r"[\W\d_]", "", cell[:end])) > 3 else 0  # noqa: PLR2004

"""Mentions of other documents: by number or symbol, in short form, or by title alone."""

from __future__ import annotations

import re
from dataclasses import replace

from xanh.core import symbols
from xanh.reading import bodies, moments, types
from xanh.reading.layout import Layout, Zone
from xanh.reading.model import Citation, Metadata
from xanh.reading.view import View, letters, words

_DATE_AFTER = words(rf" ?,? ?(?:ban hành |ký )?ngày {moments.DAY}")
_ISSUER_AFTER = words(r" ?,? của (?:đồng chí )?")
_ISSUES_BEFORE = words(r"(?:đã )?(?:ban hành|phê duyệt|ký) (?:các văn bản )?$")
_SUBJECT_AFTER = words(
    r" ?,? ?(?:\(.{0,40}?\) )?(?P<about>về việc |về |V/v |v/v )?(?P<verb>(?=(?:sửa đổi|thực hiện|"
    r"triển khai|quy định|hướng dẫn|ban hành|phê duyệt)))?"
)
_SUBJECT_STOP = words(
    r"[;.()\n|]|,? (?:và|,) (?:Quyết định|Nghị quyết|Kế hoạch|Nghị định|Công văn|Chỉ thị|Thông báo|"
    r"Kết luận)(?: hành động)? số|, (?:Quyết định|Nghị quyết|Kế hoạch|Kế hoạch hành động|Nghị định|"
    r"Công văn) (?:số )?\d|, cụ thể|(?:, | )(?:thành các|và các văn bản|đến toàn thể|trên địa bàn "
    r"xã\.)|,\s*(?:Đảng ủy|Ủy ban|Ban Thường vụ|UBND|HĐND)|$"
)
_SHORT = words(
    r"(?P<word>Nghị quyết|Kết luận|Chỉ thị|Nghị định|Quyết định|Quy định)(?: số)? "
    r"(?P<number>\d{1,4})(?![\d/%]| ?[-–/] ?[A-ZĐ\d]| (?:nghị|kết|chỉ|tháng|năm|đồng|%))(?!\w)"
)
_SCHEME = words(r"Đề án (?:số )?\d{1,3}(?![\w/-])")
_LAW = words(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Điều lệ)(?= [A-ZĐÀ-Ỹ])")
_CONGRESS = words(
    r"Nghị quyết Đại hội(?: đại biểu)?(?: (?:Đảng bộ|Chi bộ|Đảng|đại biểu|toàn quốc|lần thứ|của|tỉnh|"
    r"xã|phường|khóa|[A-ZĐÀ-Ỹ]\w*|[IVXL]+))*,?(?: nhiệm kỳ \d{4} ?- ?\d{4})?"
)
_PROGRAMME = words(r"Chương trình hành động của (?=[A-ZĐ])")
_TITLED = words(
    r"(?P<word>Kế hoạch|Chương trình|Đề án|Chiến lược)(?= (?:phát triển|tổ chức|triển khai|thực hiện|"
    r"chuyển đổi|cải cách|hành động))[^.;,()|]{8,140}? (?:giai đoạn|nhiệm kỳ) \d{4} ?- ?\d{4}"
)
_TO_BE_MADE = words(
    r"(?:xây dựng|ban hành|tham mưu|dự thảo|lập|hoàn thiện|trình|thông qua)(?: (?:các|và|dự thảo|ban "
    r"hành|thực hiện|triển khai))*:? $",
    re.IGNORECASE,
)
_ATTACHED = words(r"\(? ?(?:Ban hành )?[Kk]èm theo ", re.IGNORECASE)
_LAW_WORD = re.compile(letters(r"\s+(?P<w>[^\W\d_]+)|(?P<c>,)(?=\s+[A-ZĐÀ-Ỹ])"))
_LAW_STOP = frozenset(
    [
        "và",
        "theo",
        "quy",
        "của",
        "được",
        "có",
        "ngày",
        "năm",
        "về",
        "trong",
        "số",
        "các",
        "thì",
        "là",
        "đã",
        "khi",
        "để",
        "do",
        "này",
        "đối",
    ]
)
_LAW_JOIN = words(r" và (?=[A-ZĐÀ-Ỹ])(?!Luật|Nghị|Quyết|Kế|Thông|Bộ luật|Pháp)")


def find(layout: Layout, metadata: Metadata) -> tuple[Citation, ...]:
    """All mentions of other documents, in text order; quotes do not overlap."""
    found = _numbered(layout, metadata) + _short(layout) + _named(layout)
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Citation] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(_resolve(kept))


def _is_outside(layout: Layout, at: int) -> bool:
    """Head, foot, and the line «(Kèm theo … số …)» of an annex."""
    if at < layout.head_end or any(part.start <= at < part.end for part in layout.of(Zone.FOOT)):
        return True
    line_start = layout.view.text.rfind("\n", 0, at) + 1
    return bool(_ATTACHED.match(layout.view.flat, line_start))


def _numbered(layout: Layout, metadata: Metadata) -> list[Citation]:
    view, found = layout.view, []
    previous: tuple[int, str | None] | None = None
    for hit in symbols.IN_TEXT.finditer(view.flat):
        try:
            symbol = symbols.parse(hit[0])
        except symbols.SymbolUnreadable:
            continue
        if _is_outside(layout, hit.start()) or str(symbol) == metadata.symbol:
            continue
        before = view.flat[max(0, hit.start() - 130) : hit.start()]
        word = types.BEFORE_SYMBOL.search(before) or types.LAW_BEFORE_SYMBOL.search(before)
        numbered = types.NUMBER_WORD.search(before)
        shared = previous is not None and re.fullmatch(
            r"[\s,]*(?:và\s+)?(?:số\s+)?", view.flat[previous[0] : hit.start()]
        )
        if symbol.form is symbols.Form.LETTER and not (word or numbered or shared):
            continue
        start = hit.start() - len(before) + (word.start() if word else numbered.start() if numbered else len(before))
        type_code = types.code_of(word["word"]) if word else previous[1] if shared and previous else symbol.type
        citation = _with_context(view, start, hit.end(), symbol, type_code)
        found.append(citation)
        previous = (citation.end, citation.type)
    return found


def _with_context(view: View, start: int, end: int, symbol: symbols.Symbol, type_code: str | None) -> Citation:
    dated = _DATE_AFTER.match(view.flat, end)
    on = moments.day_of(dated, near=None) if dated else None
    end = dated.end() if dated and on else end
    issuer: str | None = None
    of = _ISSUER_AFTER.match(view.flat, end)
    limit = min(len(view.flat), end + 260)
    name = bodies.name_at(view.flat, of.end(), limit) if of else None
    if name:
        issuer, end = view.text[name.start : name.end], name.end
    else:
        issuer = _issuer_before(view, start)
    quote = view.quote(start, end)
    return Citation(
        quote.quote,
        quote.start,
        quote.end,
        "numbered",
        type_code,
        symbol.number or None,
        str(symbol),
        on.isoformat() if on else None,
        issuer,
        _subject(view, end),
        None,
        0.95 if type_code else 0.8,
        "citation.symbol",
    )


def _issuer_before(view: View, start: int) -> str | None:
    """The subject of «ban hành» in the same clause."""
    floor = max(view.flat.rfind(mark, 0, start) for mark in ".;:|") + 1
    floor = max(floor, start - 160, view.text.rfind("\n\n", 0, start) + 1)
    clause = view.flat[floor:start]
    if not _ISSUES_BEFORE.search(clause):
        return None
    for at in range(floor, start):
        if view.flat[at] not in " -+" and (at == floor or view.flat[at - 1] in " -+"):
            name = bodies.name_at(view.flat, at, start)
            if name:
                return view.text[name.start : name.end]
    return None


def _subject(view: View, end: int) -> str | None:
    about = _SUBJECT_AFTER.match(view.flat, end)
    if about is None or (about["about"] is None and about["verb"] is None):
        return None
    stop = _SUBJECT_STOP.search(view.flat, about.end(), min(len(view.flat), about.end() + 500))
    left, right = view.trim(about.end(), stop.start() if stop else about.end())
    return view.text[left:right] or None


def _short(layout: Layout) -> list[Citation]:
    """«Nghị quyết 57»: type word and number without a symbol."""
    found = []
    for hit in _SHORT.finditer(layout.view.flat):
        if _is_outside(layout, hit.start()):
            continue
        quote = layout.view.quote(hit.start(), hit.end())
        found.append(
            Citation(
                quote.quote,
                quote.start,
                quote.end,
                "numbered",
                types.code_of(hit["word"]),
                hit["number"],
                None,
                None,
                None,
                None,
                None,
                0.85,
                "citation.short",
            )
        )
    return found


def _named(layout: Layout) -> list[Citation]:
    view, found = layout.view, []
    for rule, pattern, end_of in (
        ("citation.scheme", _SCHEME, None),
        ("citation.law", _LAW, _law_end),
        ("citation.congress", _CONGRESS, None),
        ("citation.programme", _PROGRAMME, _body_end),
        ("citation.titled", _TITLED, None),
    ):
        for hit in pattern.finditer(view.flat):
            end = end_of(view, hit.end()) if end_of else hit.end()
            if rule == "citation.scheme" and "\n" in view.text[hit.start() : end]:
                continue
            planned = _TO_BE_MADE.search(view.flat, max(0, hit.start() - 30), hit.start())
            if (
                _is_outside(layout, hit.start())
                or end <= hit.start()
                or (planned and rule in {"citation.titled", "citation.programme"})
            ):
                continue
            if layout.head_end <= hit.start() < layout.body_start and rule in {"citation.titled", "citation.programme"}:
                continue
            found.append(_named_citation(view, hit, end, rule))
    return found


def _named_citation(view: View, hit: re.Match[str], end: int, rule: str) -> Citation:
    quote = view.quote(hit.start(), end)
    word = types.WORD.match(view.flat, hit.start())
    dated = _DATE_AFTER.match(view.flat, end) if rule == "citation.law" else None
    on = moments.day_of(dated, near=None) if dated else None
    issuer = None
    if rule == "citation.programme":
        issuer = view.text[hit.end() : end].strip()
    if rule == "citation.congress":
        body = re.search(r"Đại\s+hội.*?(?=,?\s+nhiệm\s+kỳ|$)", quote.quote, re.DOTALL)
        issuer = body[0] if body else None
    subject = quote.quote.split(maxsplit=2)[2] if rule == "citation.titled" else None
    return Citation(
        quote.quote,
        quote.start,
        quote.end,
        "named",
        types.code_of(word["word"]) if word else None,
        None,
        None,
        on.isoformat() if on else None,
        issuer,
        subject,
        None,
        0.8,
        rule,
    )


def _law_end(view: View, at: int) -> int:
    """The end of the title of a law: words up to one that cannot belong to a title."""
    end = at
    while True:
        joined = _LAW_JOIN.match(view.flat, end)
        hit = _LAW_WORD.match(view.flat, joined.end() - 1 if joined else end)
        if hit is None or (hit["w"] and hit["w"] in _LAW_STOP):
            return end
        if hit["c"] and not re.match(
            letters(r",\s+[A-ZĐÀ-Ỹ][^.;,]{2,30}(?:,|\s+và)\s+[A-ZĐ]"), view.flat[end : end + 60]
        ):
            return end
        if hit["c"] and types.WORD.match(view.flat, end + 2):
            return end
        end = hit.end()


def _body_end(view: View, at: int) -> int:
    name = bodies.name_at(view.flat, at, min(len(view.flat), at + 200))
    return name.end if name else at


def _resolve(found: list[Citation]) -> list[Citation]:
    """Look inside the document: short forms get the symbol, wrong type codes the document that is meant."""
    known = [item.symbol for item in found if item.symbol]
    by_type = {
        (item.type, item.number): item.symbol for item in found if item.symbol and _code(item.symbol) == item.type
    }
    done = []
    for item in found:
        if item.rule == "citation.short":
            done.append(replace(item, symbol=by_type.get((item.type, item.number))))
            continue
        fixed = _undouble(item.symbol, known) if item.symbol else None
        done.append(replace(item, symbol=fixed, resolves_to=_meant(item, by_type)))
    return done


def _code(symbol: str) -> str | None:
    parsed = symbols.parse(symbol)
    return "CV" if parsed.form is symbols.Form.LETTER else parsed.type


def _undouble(symbol: str, known: list[str]) -> str:
    """A doubled letter in the drafting unit is mended only where the same unit is printed singly elsewhere."""
    single = re.sub(r"([A-ZĐ])\1+$|([A-ZĐ])\2(?=[A-ZĐ]+$)", lambda hit: hit[1] or hit[2], symbol)
    unit = single.rsplit("-", 1)[-1]
    elsewhere = any(other != symbol and other.endswith(f"-{unit}") for other in known)
    return single if single != symbol and elsewhere else symbol


def _meant(item: Citation, by_type: dict[tuple[str | None, str | None], str]) -> str | None:
    if not item.symbol:
        return None
    parsed = symbols.parse(item.symbol)
    if item.issuer and re.match(r"ban\s+chỉ\s+đạo\s+trung\s+ương", item.issuer, re.IGNORECASE) and parsed.body == "TW":
        return str(replace(parsed, body="BCĐTW"))
    code = _code(item.symbol)
    if item.type and code and item.type != code:
        other = by_type.get((item.type, item.number))
        return other if other != item.symbol else None
    return None

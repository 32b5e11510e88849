"""Do the mentions of other documents agree with each other and with the rules of their symbols?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

from xanh.core import symbols, text
from xanh.reading import moments
from xanh.reading.finding import finding
from xanh.reading.model import Citation, Inconsistency, Quote
from xanh.reading.view import View, words

_SAME_CODES = {("QĐ", "QyĐ"), ("QĐ", "QĐi"), ("TT", "TT"), ("CTr", "CTr")}
_ABBREVIATIONS = (
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("bcd", "ban chi dao"),
    ("btv", "ban thuong vu"),
)
_FAR_NUMBERS = 10


def check(view: View, cited: tuple[Citation, ...]) -> list[Inconsistency]:
    """All faults of citations."""
    numbered = [item for item in cited if item.form == "numbered" and item.symbol]
    return [
        *_dates(view, numbered),
        *_issuers(numbered),
        *_types(numbered),
        *_symbols(view, numbered),
        *_order(view, numbered),
        *_no_type_word(view, numbered),
    ]


def _with_date(view: View, item: Citation) -> Quote:
    """The mention up to its date."""
    hit = words(moments.DAY).search(view.flat, item.start + len(item.symbol or ""), item.end)
    return view.quote(item.start, hit.end() if hit else item.end)


def _vietnamese(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _compatible(one: str | None, other: str | None) -> bool:
    """Whether two printed issuers may be the same body (one may be shortened)."""
    if not one or not other:
        return True
    left, right = _plain(one), _plain(other)
    return left <= right or right <= left


def _plain(issuer: str) -> set[str]:
    folded = text.fold(issuer)
    for short, full in _ABBREVIATIONS:
        folded = re.sub(rf"\b{short}\b", full, folded)
    return set(re.findall(r"\w+", folded))


def _dates(view: View, cited: list[Citation]) -> list[Inconsistency]:
    by_symbol: dict[str, list[Citation]] = defaultdict(list)
    for item in cited:
        if item.issued_on and item.symbol:
            by_symbol[item.symbol].append(item)
    found = []
    for symbol, items in by_symbol.items():
        first = items[0]
        others = [
            item for item in items[1:] if item.issued_on != first.issued_on and _compatible(item.issuer, first.issuer)
        ]
        if others:
            also = {item.issued_on: _with_date(view, item) for item in others}
            dates = ", ".join(_vietnamese(str(day)) for day in [first.issued_on, *also])
            found.append(
                finding(
                    "date_conflict",
                    "high",
                    _with_date(view, first),
                    f"Cùng văn bản {symbol} ghi các ngày khác nhau: {dates}.",
                    also.values(),
                )
            )
    return found


def _issuers(cited: list[Citation]) -> list[Inconsistency]:
    by_symbol: dict[str, list[Citation]] = defaultdict(list)
    for item in cited:
        if item.issuer and item.symbol:
            by_symbol[item.symbol].append(item)
    found = []
    for symbol, items in by_symbol.items():
        usual = Counter(item.issuer for item in items).most_common(1)[0][0]
        kept = next(item for item in items if item.issuer == usual)
        seen: set[str] = set()
        for item in items:
            differs = not _compatible(item.issuer, usual) and _code_of_body(symbol) not in {
                "UBND",
                "HĐND",
                "ĐU",
                "TU",
                "BCĐ",
            }
            if differs and item.issuer not in seen:
                seen.add(str(item.issuer))
                why = f"Văn bản {symbol} ở đây ghi của {item.issuer}; chỗ khác ghi của {usual}."
                found.append(finding("wrong_issuer", "high", item, why, [kept]))
    return found


def _code_of_body(symbol: str) -> str:
    return symbols.parse(symbol).body


def _types(cited: list[Citation]) -> list[Inconsistency]:
    found = []
    seen: set[str] = set()
    for item in cited:
        parsed = symbols.parse(str(item.symbol))
        if parsed.type is None or item.type is None or item.quote.lower().startswith("số"):
            continue
        if item.type != parsed.type and (item.type, parsed.type) not in _SAME_CODES and item.quote not in seen:
            seen.add(item.quote)
            meant = f"; chỗ khác ghi {item.resolves_to}" if item.resolves_to else ""
            why = f"Tên loại và ký hiệu không khớp: {item.quote} mang ký hiệu loại {parsed.type}{meant}."
            found.append(finding("wrong_type", "high", item, why))
    return found


def _symbols(view: View, cited: list[Citation]) -> list[Inconsistency]:
    found = []
    for item in cited:
        printed = symbols.IN_TEXT.search(view.flat, item.start, item.end)
        if printed is None or item.rule == "citation.short":
            continue
        raw = view.text[printed.start() : printed.end()].translate({0x2013: "-", 0x2011: "-", 0xD0: "Đ"})
        if raw != item.symbol:
            low = re.sub(r"[\s-]", "", raw) == re.sub(r"[\s-]", "", str(item.symbol)) and "-/" not in raw
            why = f"Ký hiệu in «{raw}» sai thể thức; dạng đúng là {item.symbol}."
            found.append(
                finding("malformed_symbol", "low" if low else "medium", view.quote(printed.start(), printed.end()), why)
            )
        if item.resolves_to and symbols.parse(item.resolves_to).body != symbols.parse(str(item.symbol)).body:
            why = (
                f"Ký hiệu cơ quan không khớp cơ quan ban hành “{item.issuer}”; văn bản của cơ quan này "
                f"mang ký hiệu {item.resolves_to} (ngoài văn bản)."
            )
            found.append(finding("wrong_symbol", "medium", item, why))
    return found


def _order(view: View, cited: list[Citation]) -> list[Inconsistency]:
    """In one series a smaller number cannot be dated later (State series run within a year)."""
    series: dict[tuple[str, str | None, str], dict[int, Citation]] = defaultdict(dict)
    for item in cited:
        parsed = symbols.parse(str(item.symbol))
        if (
            item.issued_on
            and parsed.number.isdigit()
            and parsed.form in {symbols.Form.STATE, symbols.Form.PARTY, symbols.Form.LETTER}
        ):
            year = item.issued_on[:4] if parsed.form is not symbols.Form.PARTY else ""
            series[parsed.body, parsed.type, year].setdefault(int(parsed.number), item)
    found = []
    for numbers_of_series in series.values():
        for (low, first), (high, second) in combinations(sorted(numbers_of_series.items()), 2):
            later = str(first.issued_on) > str(second.issued_on)
            if later and high <= low * _FAR_NUMBERS and _compatible(first.issuer, second.issuer):
                why = (
                    f"Trong cùng dãy số, số {low} ghi ngày {_vietnamese(str(first.issued_on))}, sau số {high} ghi ngày "
                    f"{_vietnamese(str(second.issued_on))}; một trong hai ngày hoặc số sai."
                )
                found.append(
                    finding("number_date_order", "medium", _with_date(view, first), why, [_with_date(view, second)])
                )
    return found


def _no_type_word(view: View, cited: list[Citation]) -> list[Inconsistency]:
    found = []
    for item in cited:
        shared = re.search(r"[\dA-ZĐ]\s*(?:,|và|;)\s*$", view.flat[max(0, item.start - 8) : item.start])
        if item.quote.lower().startswith("số") and not shared:
            before = re.search(r"(?:\S+\s+){0,4}$", view.flat[max(0, item.start - 40) : item.start])
            start = item.start - (len(before[0]) if before else 0)
            why = f"Thiếu từ chỉ loại văn bản trước số {item.symbol}."
            found.append(finding("missing_field", "medium", view.quote(start, item.end), why))
    return found

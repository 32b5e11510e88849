"""The grammar of «số, ký hiệu»: five forms, repair of letters and separators, parse and format.

Source: Hướng dẫn 05-HD/VPTW (Party), Nghị định 30/2020/NĐ-CP (State). Tried in this order, because the last form
contains the one before it as a language: `ASSEMBLY` 193/2025/QH15, `LEGAL` 30/2020/NĐ-CP, `PARTY` 57-NQ/TW, `STATE`
71/NQ-CP, `LETTER` 1003/UBND-VHXH. Digits are never repaired: a wrong number is a fact about the document.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


def _codes(row: str) -> list[str]:
    return row.split()


PARTY_TYPES = _codes("NQ QĐi QyĐ QĐ CT KL QC TT HD TB TC BC KH QH CTr ĐA PA DA TTr CV BB GM GGT PB PC PG BS ĐH")
STATE_TYPES = _codes(
    "NQLT TTLT VBHN NĐ NQ QĐ QyĐ CT QC TT HD TB TC BC KH CTr ĐA PA DA TTr BB CĐ GM GGT HĐ PB PC PG SY SL TrS CV"
)
# Codes that only a Party body writes: they tell "31/QĐ-TW" (swapped separators) from a State symbol.
PARTY_BODIES = frozenset(
    _codes("TW TU ĐU BCĐTW VPTW BTCTW UBKTTW BNCTW VPTU BTCTU UBKTTU BNCTU VPĐU BXDĐ HU QU ThU CB")
)

_SEGMENT = r"[A-ZĐƯ][A-Za-zĐđƯư0-9.&]*"
_SEGMENTS = rf"{_SEGMENT}(?:-{_SEGMENT})*"
_NUMBER = r"(?P<number>\d{1,5}[a-z]?)"


class Form(StrEnum):
    """The five ways a number, a type and an issuer are put together."""

    ASSEMBLY = "ASSEMBLY"
    LEGAL = "LEGAL"
    PARTY = "PARTY"
    STATE = "STATE"
    LETTER = "LETTER"


def _any(types: list[str]) -> str:
    return "|".join(sorted(types, key=len, reverse=True))


_GRAMMAR: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (Form.ASSEMBLY, re.compile(rf"{_NUMBER}/(?P<year>\d{{4}})/(?P<body>(?:UBTVQH|QH)\d{{1,2}})")),
    (Form.LEGAL, re.compile(rf"{_NUMBER}/(?P<year>\d{{4}})/(?P<type>{_any(STATE_TYPES)})-(?P<body>{_SEGMENTS})")),
    (Form.PARTY, re.compile(rf"{_NUMBER}?-(?P<type>{_any(PARTY_TYPES)})/(?P<body>{_SEGMENTS})")),
    (Form.STATE, re.compile(rf"{_NUMBER}?/(?P<type>{_any(STATE_TYPES)})-(?P<body>{_SEGMENTS})")),
    (Form.LETTER, re.compile(rf"{_NUMBER}?/(?P<body>{_SEGMENT}-{_SEGMENTS})")),
)

# A symbol as it stands in running text, noise included; `repair` turns a hit into its canonical spelling.
_LOOSE_TYPE = _any([*PARTY_TYPES, *STATE_TYPES, "CTR", "TTR", "QÐ", "ND", "QD", "DA"])
_LOOSE_SEGMENT = r"[A-ZĐƯÐ][A-Za-zĐđƯưÐ0-9&]*"
IN_TEXT = re.compile(
    rf"(?<![\w/])(?:\d{{1,5}}/\d{{4}}/(?:UBTVQH|QH)\d{{1,2}}"
    rf"|\d{{1,5}}\s?/\s?\d{{4}}\s?/\s?(?:{_LOOSE_TYPE})\s?[-–‑−]\s?{_LOOSE_SEGMENT}(?:[-–‑−]{_LOOSE_SEGMENT})*"
    rf"|\d{{1,5}}[a-z]?\s?[-–‑−]?\s?(?:{_LOOSE_TYPE})\s?/\s?{_LOOSE_SEGMENT}(?:[-–‑−]{_LOOSE_SEGMENT})*"
    rf"|\d{{1,5}}[a-z]?\s?[-–‑−]?/[-–‑−]?(?:{_LOOSE_TYPE})\s?[-–‑−]\s?{_LOOSE_SEGMENT}(?:[-–‑−]{_LOOSE_SEGMENT})*"
    rf"|\d{{1,5}}[a-z]?[-–‑−](?:{_LOOSE_TYPE})[-–‑−](?:{_any(list(PARTY_BODIES))})"
    rf"|\d{{1,5}}[a-z]?\s?[-–‑−]?/[-–‑−]?{_LOOSE_SEGMENT}(?:[-–‑−]{_LOOSE_SEGMENT})+)(?!\w)"
)

_DASHES = str.maketrans({"–": "-", "‑": "-", "−": "-", "—": "-", "Ð": "Đ", "ð": "đ"})
_LOST_STROKE = {"ND": "NĐ", "QD": "QĐ", "DU": "ĐU", "BCD": "BCĐ", "BXDD": "BXDĐ", "VPDU": "VPĐU", "HDND": "HĐND"}
_CASED = {"CTR": "CTr", "TTR": "TTr"}


class SymbolUnreadable(ValueError):
    """The text is not a «số, ký hiệu» of any of the five forms, even after repair."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Không đọc được số, ký hiệu «{text}» vì không theo mẫu nào của thể thức văn bản. "
            "Đề nghị nhập theo mẫu như 57-NQ/TW, 71/NQ-CP hoặc 30/2020/NĐ-CP."
        )


@dataclass(frozen=True)
class Symbol:
    """A parsed symbol. `number` is "" when it was left blank, `type` is None where the form prints none."""

    form: Form
    number: str
    year: str | None
    type: str | None
    body: str

    def __str__(self) -> str:
        if self.form is Form.ASSEMBLY:
            return f"{self.number}/{self.year}/{self.body}"
        if self.form is Form.LEGAL:
            return f"{self.number}/{self.year}/{self.type}-{self.body}"
        if self.form is Form.PARTY:
            return f"{self.number}-{self.type}/{self.body}"
        if self.form is Form.STATE:
            return f"{self.number}/{self.type}-{self.body}"
        return f"{self.number}/{self.body}"


def _parse_exact(text: str) -> Symbol | None:
    for form, grammar in _GRAMMAR:
        hit = grammar.fullmatch(text)
        if hit:
            found = hit.groupdict()
            return Symbol(form, found.get("number") or "", found.get("year"), found.get("type"), found["body"])
    return None


def _mend_letters(text: str) -> str:
    """Give back a lost stroke or the usual case to a whole segment; other letters stay as printed."""
    parts = re.split(r"([-/])", text)
    return "".join(_CASED.get(part, _LOST_STROKE.get(part, part)) for part in parts)


def repair(text: str) -> str:
    """The canonical spelling of a symbol printed with noise in letters or separators ("57 NQ/TW" → "57-NQ/TW").

    Never touches digits. Returns the cleaned text unchanged where no form fits.
    """
    clean = unicodedata.normalize("NFC", text).translate(_DASHES)
    clean = re.sub(r"^\s*[Ss]ố\s*:?", "", clean)
    clean = _mend_letters(re.sub(r"\s*([-/])\s*", r"\1", clean.strip()))
    clean = re.sub(r"-?/-?", "/", clean)
    types = _any(PARTY_TYPES)
    clean = re.sub(rf"^(\d+[a-z]?)\s*(?=(?:{types})/)", r"\1-", clean)
    swapped = re.fullmatch(rf"(\d+[a-z]?)[-/]({types})-({_SEGMENTS})", clean)
    if swapped and swapped[3] in PARTY_BODIES:
        clean = f"{swapped[1]}-{swapped[2]}/{swapped[3]}"
    return re.sub(r"\s+", "", clean)


def parse(text: str) -> Symbol:
    """Parse a symbol, repairing letters and separators first.

    Raises:
        SymbolUnreadable: no form fits.
    """
    found = _parse_exact(repair(text))
    if found is None:
        raise SymbolUnreadable(text)
    return found


def is_well_formed(text: str) -> bool:
    """Whether the text is a symbol exactly as the rules print it, without any repair."""
    return _parse_exact(unicodedata.normalize("NFC", text)) is not None

"""Deadlines: from the printed words to a date, an hour and a qualifier (docs/reading.md, «Deadlines»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xanh.reading import moments
from xanh.reading.model import Due
from xanh.reading.view import words

_BEFORE = r"(?P<before>[Tt]rước(?: khi hết)?)"
_ON = (
    r"(?P<on>[Cc]hậm nhất(?: là)?(?: vào)?(?: đến)?|[Mm]uộn nhất(?: là)?|[Kk]hông (?:quá|muộn hơn|chậm "
    r"hơn)|(?:[Đđ]ến )?hết|[Đđ]ến|[Tt]rong|[Vv]ào(?: lúc)?|[Ll]úc)"
)
_OPEN = rf"(?:(?:{_BEFORE}|{_ON}) )"
_FROM = (
    r"(?:[Tt]ừ(?: ngày)? (?P<fd>\d{1,2})(?: ?/ ?(?P<fm>\d{1,2}))?(?: ?/ ?(?P<fy>\d{4}))? (?:đến|-)(?: hết)?(?: ngày)? )"
)

_EXACT = words(rf"{_OPEN}?(?:{moments.HOUR},?(?: ngày)? )?(?:{moments.WEEKDAY},? )?(?:\(?ngày )?{moments.DAY}")
_WINDOW = words(rf"{_FROM}{moments.DAY}")
_COUNTED = words(
    r"(?:[Tt]rong(?: (?:vòng|thời hạn|thời gian))?|[Cc]hậm nhất(?: là)?|[Kk]hông quá|[Ss]au) "
    r"(?P<n>\d{1,3})(?: \(\w+\))? ngày(?P<working> làm việc)?,? "
    rf"(?:kể từ|tính từ|từ|sau)(?: khi)?(?: ngày)?(?: {moments.DAY}| [^.;,()]{{3,60}}?(?=$|[.;,)]| để ))"
)
_MONTH = words(
    r"(?:(?P<before>[Tt]rước)|(?P<on>[Tt]rong|[Đđ]ến hết|[Hh]ết|[Vv]ào|[Đđ]ến)?) ?(?:(?P<part>(?:tuần|"
    r"ngày|nửa) (?:đầu|cuối|thứ \w+)|[Cc]uối|[Gg]iữa|[Đđ]ầu)(?: của)? )?"
    r"(?P<session>(?:phiên|kỳ|cuộc) họp(?: thường kỳ)? )?[Tt]háng (?P<m1>\d{1,2})"
    r"(?:/\d{4}(?= ?(?:-|và|đến) ?\d))?(?: ?(?:-|và|đến|,)(?: tháng)? ?(?P<m2>\d{1,2}))?"
    + moments.YEAR
    + r"?(?!\d| ?/)"
)
_QUARTER = words(
    r"(?:(?P<before>[Tt]rước)|(?P<on>[Tt]rong|[Đđ]ến hết|[Hh]ết|[Vv]ào|[Đđ]ến)?) ?(?:(?:đầu|cuối|"
    r"giữa) )?[Qq]uý (?P<q>IV|III|II|I|[1-4])(?: ?- ?(?P<q2>IV|III|II|I|[1-4]))?" + moments.YEAR + r"?(?!\w)"
)
_HALF = words(r"(?:(?:[Tt]rong|[Đđ]ến hết|[Hh]ết) )?(?:0?6|[Ss]áu) tháng (?P<half>đầu|cuối) năm(?: (?P<year>\d{4}))?")
_YEAR = words(r"(?:[Tt]rong|[Đđ]ến hết|[Hh]ết|(?:[Tt]ừ nay )?(?:[Đđ]ến )?[Cc]uối|[Tt]rước hết) năm (?P<year>\d{4})")
_BARE_YEARS = words(r"^\W*(?:(?:[Nn]ăm|[Gg]iai đoạn) )?(?P<y1>\d{4})(?: ?- ?(?P<year>\d{4}))?\W*$")
# A day in these surroundings is a start, a cut-off that repeats, a document's date or a state, not a deadline.
_NOT_DUE_BEFORE = words(
    r"(?:[Kk]ể từ|[Bb]ắt đầu(?: từ)?|[Tt]ính|[Tt]ính (?:đến|từ)(?: hết)?|(?:có|phát sinh) hiệu lực(?: từ)?|"
    r"cập nhật (?:số liệu )?đến|số liệu(?: chốt| tính)?(?: đến)?|chốt(?: số liệu)?(?: đến)?|họp)(?: "
    r"ngày)? ?$"
)
_REPEATS_AFTER = words(
    r"(?:,? (?:hằng|hàng|mỗi|của (?:tháng|quý|kỳ|năm)|cùng) | ?(?:và|,) (?:ngày )?\d{1,2} (?:hằng|"
    r"hàng)| ?(?:cuối|đầu) (?:quý|tháng|kỳ))"
)
_MONTHS = 12


@dataclass(frozen=True)
class DueHit:
    """A deadline and its place in the text."""

    start: int
    end: int
    due: Due


@dataclass(frozen=True)
class _Stretch:
    """Where deadlines are looked for, and what is known about it."""

    text: str
    flat: str
    start: int
    end: int
    issued_on: date | None
    alone: bool

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """The places where a pattern stands and does not name a start, a state or a cut-off that repeats."""
        return [hit for hit in pattern.finditer(self.flat, self.start, self.end) if not self._is_other(hit)]

    def before(self, match: re.Match[str], length: int) -> str:
        """The text right before a match."""
        return self.flat[max(self.start, match.start() - length) : match.start()]

    def _is_other(self, match: re.Match[str]) -> bool:
        started = _NOT_DUE_BEFORE.search(self.before(match, 40) + " ")
        return bool(started or _REPEATS_AFTER.match(self.flat, match.end()))


def find(text: str, flat: str, start: int, end: int, *, issued_on: date | None, alone: bool = False) -> list[DueHit]:
    """All deadlines printed in a stretch; `alone` = the cell of a time column, where a bare date or year is one too."""
    at = _Stretch(text, flat, start, end, issued_on, alone)
    found: list[DueHit] = []
    for rule in (_counted, _window, _exact, _half, _quarter, _month, _year):
        found += rule(at)
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[DueHit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _hit(at: _Stretch, match: re.Match[str], due: Due) -> DueHit:
    """The deadline with its printed words."""
    start, end = match.span()
    while at.text[start].isspace():
        start += 1
    return DueHit(start, end, replace(due, text=at.text[start:end]))


def _on(day: date | None, qualifier: str, *, time: str | None = None, from_: date | None = None) -> Due:
    return Due("", day.isoformat() if day else None, time, qualifier, from_.isoformat() if from_ else None)


def _exact(at: _Stretch) -> list[DueHit]:
    found = []
    for match in at.matches(_EXACT):
        opened = match["before"] or match["on"]
        if not at.alone and not opened:
            continue
        if "ngày" not in match[0] and not match["m2"] and not re.search(r"\d[/.-]\d", match[0]):
            continue
        if (match["on"] or "").lower() == "đến" and re.search(r"từ(?:\s+ngày)?[\s\d/]+$", at.before(match, 25)):
            continue
        day = moments.day_of(match, near=at.issued_on)
        if day is None and match["y"] is None and match["y2"] is None:
            continue  # without a year nothing can be said; with one, a day that is not in the calendar stays a deadline
        qualifier = "before" if match["before"] else "on"
        found.append(_hit(at, match, _on(day, qualifier, time=moments.hour_of(match))))
    return found


def _window(at: _Stretch) -> list[DueHit]:
    found = []
    for match in at.matches(_WINDOW):
        day = moments.day_of(match, near=at.issued_on)
        if day is not None:
            year, month = int(match["fy"] or day.year), int(match["fm"] or day.month)
            opens = moments.make_date(year, month, int(match["fd"]), near=None)
            found.append(_hit(at, match, _on(day, "on", from_=opens)))
    return found


def _counted(at: _Stretch) -> list[DueHit]:
    found = []
    for match in _COUNTED.finditer(at.flat, at.start, at.end):
        begin = moments.day_of(match, near=at.issued_on) if match["d"] else None
        day = begin + timedelta(days=int(match["n"])) if begin and not match["working"] else None
        found.append(_hit(at, match, _on(day, "on")))
    return found


def _infer_year(printed: str | None, month: int, issued_on: date | None) -> int | None:
    if printed:
        return int(printed)
    if issued_on is None:
        return None
    return issued_on.year if month >= issued_on.month else issued_on.year + 1


def _period(at: _Stretch, match: re.Match[str], first_month: int, last_month: int) -> list[DueHit]:
    """The last day of a period; «trước» a period is before its first day."""
    year = _infer_year(match["year"], last_month, at.issued_on)
    if year is None or not 1 <= last_month <= _MONTHS:
        return []
    if match.groupdict().get("before"):
        return [_hit(at, match, _on(moments.make_date(year, first_month, 1, near=None), "before"))]
    return [_hit(at, match, _on(moments.last_day(year, last_month), "by_end_of"))]


def _month(at: _Stretch) -> list[DueHit]:
    found: list[DueHit] = []
    for match in at.matches(_MONTH):
        marked = match["before"] or match["on"] or match["part"] or match["session"]
        inside_a_day = re.search(r"ngày\s+\d{1,2}\s*$", at.before(match, 9) + at.flat[match.start()])
        if (marked or at.alone) and not inside_a_day:
            found += _period(at, match, int(match["m1"]), int(match["m2"] or match["m1"]))
    return found


def _quarter(at: _Stretch) -> list[DueHit]:
    found: list[DueHit] = []
    for match in at.matches(_QUARTER):
        if match["before"] or match["on"] or at.alone:
            quarter, last = moments.quarter_number(match["q"]), moments.quarter_number(match["q2"] or match["q"])
            found += _period(at, match, 3 * quarter - 2, 3 * last)
    return found


def _half(at: _Stretch) -> list[DueHit]:
    found: list[DueHit] = []
    for match in at.matches(_HALF):
        if at.alone or re.match(r"(?i)trong|đến|hết", match[0]):
            found += _period(at, match, 1, 6 if match["half"] == "đầu" else 12)
    return found


def _year(at: _Stretch) -> list[DueHit]:
    found = [hit for match in at.matches(_YEAR) for hit in _period(at, match, 1, 12)]
    bare = _BARE_YEARS.match(at.flat[at.start : at.end]) if at.alone and not found else None
    if bare:
        last = moments.last_day(int(bare["year"] or bare["y1"]), 12)
        due = replace(_on(last, "by_end_of"), text=at.text[at.start : at.end].strip())
        found.append(DueHit(at.start, at.end, due))
    return found

"""Deadlines: from the printed words to a date, an hour and a qualifier (docs/reading.md, «Deadlines»)."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    r"(?P<session>(?:phiên|kỳ|cuộc) họp(?: thường kỳ)? )?[Tt]háng (?P<m1>\d{1,2})(?:/\d{4}(?= ?(?:-|và|đến) ?\d))?(?: ?(?:-|"
    r"và|đến|,)(?: tháng)? ?(?P<m2>\d{1,2}))?" + moments.YEAR + r"?(?!\d| ?/)"
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


@dataclass(frozen=True)
class DueHit:
    """A deadline and its place in the text."""

    start: int
    end: int
    due: Due


def find(text: str, flat: str, start: int, end: int, *, issued_on: date | None, alone: bool = False) -> list[DueHit]:
    """All deadlines printed in a stretch; `alone` = the cell of a time column, where a bare date or year is one too."""
    found: list[DueHit] = []
    for rule in (_counted, _window, _exact, _half, _quarter, _month, _year):
        found += rule(text, flat, start, end, issued_on, alone)
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[DueHit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def first(text: str, flat: str, start: int, end: int, *, issued_on: date | None) -> DueHit | None:
    """The deadline of a piece of work: the strictest wording printed last, else the first."""
    hits = find(text, flat, start, end, issued_on=issued_on)
    return hits[-1] if hits else None


def _hit(
    text: str, match: re.Match[str], on: date | None, time: str | None, qualifier: str, from_: date | None = None
) -> DueHit:
    start, end = match.span()
    while text[start].isspace():
        start += 1
    due = Due(text[start:end], on.isoformat() if on else None, time, qualifier, from_.isoformat() if from_ else None)
    return DueHit(start, end, due)


def _is_start_or_state(flat: str, match: re.Match[str], floor: int) -> bool:
    return bool(_NOT_DUE_BEFORE.search(flat[max(floor, match.start() - 40) : match.start()] + " "))


def _exact(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: FBT001
    found = []
    for match in _EXACT.finditer(flat, start, end):
        opened = match["before"] or match["on"]
        named_day = "ngày" in match[0]
        if not alone and not opened:
            continue
        if not named_day and not match["m2"] and not ((opened or alone) and re.search(r"\d[/.-]\d", match[0])):
            continue
        if (
            match["on"]
            and match["on"].lower() == "đến"
            and re.search(r"từ(?:\s+ngày)?[\s\d/]+$", flat[max(start, match.start() - 25) : match.start()])
        ):
            continue
        on = moments.day_of(match, near=issued_on)
        unreal = on is None and match["y"] is None and match["y2"] is None
        if unreal or _is_start_or_state(flat, match, start) or _REPEATS_AFTER.match(flat, match.end()):
            continue
        found.append(_hit(text, match, on, moments.hour_of(match), "before" if match["before"] else "on"))
    return found


def _window(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: ARG001, FBT001
    found = []
    for match in _WINDOW.finditer(flat, start, end):
        on = moments.day_of(match, near=issued_on)
        if on is None or _REPEATS_AFTER.match(flat, match.end()):
            continue
        opened = moments.make_date(
            int(match["fy"] or on.year), int(match["fm"] or on.month), int(match["fd"]), near=None
        )
        found.append(_hit(text, match, on, None, "on", opened))
    return found


def _counted(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: ARG001, FBT001
    found = []
    for match in _COUNTED.finditer(flat, start, end):
        begin = moments.day_of(match, near=issued_on) if match["d"] else None
        on = begin + timedelta(days=int(match["n"])) if begin and not match["working"] else None
        found.append(_hit(text, match, on, None, "on"))
    return found


def _infer_year(printed: str | None, month: int, issued_on: date | None) -> int | None:
    if printed:
        return int(printed)
    if issued_on is None:
        return None
    return issued_on.year if month >= issued_on.month else issued_on.year + 1


def _period(text: str, flat: str, match: re.Match[str], month: int, issued_on: date | None, floor: int) -> list[DueHit]:
    year = _infer_year(match["year"], month, issued_on)
    if (
        year is None
        or not 1 <= month <= 12
        or _is_start_or_state(flat, match, floor)
        or _REPEATS_AFTER.match(flat, match.end())
    ):
        return []
    return [_hit(text, match, moments.last_day(year, month), None, "by_end_of")]


def _month(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: FBT001
    found: list[DueHit] = []
    for match in _MONTH.finditer(flat, start, end):
        marked = match["before"] or match["on"] or match["part"] or match["session"]
        if not (marked or alone) or re.search(
            r"ngày\s+\d{1,2}\s*$", flat[max(start, match.start() - 9) : match.start() + 1]
        ):
            continue
        if match["before"] and (year := _infer_year(match["year"], int(match["m1"]), issued_on)):
            first_day = moments.make_date(year, int(match["m1"]), 1, near=None)
            found.append(_hit(text, match, first_day, None, "before"))
            continue
        found += _period(text, flat, match, int(match["m2"] or match["m1"]), issued_on, start)
    return found


def _quarter(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: FBT001
    found: list[DueHit] = []
    for match in _QUARTER.finditer(flat, start, end):
        if not (match["before"] or match["on"] or alone):
            continue
        quarter = moments.quarter_number(match["q2"] or match["q"])
        if match["before"] and (year := _infer_year(match["year"], 3 * quarter, issued_on)):
            found.append(_hit(text, match, date(year, 3 * quarter - 2, 1), None, "before"))
            continue
        found += _period(text, flat, match, 3 * quarter, issued_on, start)
    return found


def _half(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: FBT001
    found: list[DueHit] = []
    for match in _HALF.finditer(flat, start, end):
        if alone or re.match(r"(?i)trong|đến|hết", match[0]):
            found += _period(text, flat, match, 6 if match["half"] == "đầu" else 12, issued_on, start)
    return found


def _year(text: str, flat: str, start: int, end: int, issued_on: date | None, alone: bool) -> list[DueHit]:  # noqa: FBT001
    matches = list(_YEAR.finditer(flat, start, end))
    found = [hit for match in matches for hit in _period(text, flat, match, 12, issued_on, start)]
    bare = _BARE_YEARS.match(flat[start:end]) if alone and not found else None
    if bare:
        last = int(bare["year"] or bare["y1"])
        due = Due(text[start:end].strip(), date(last, 12, 31).isoformat(), None, "by_end_of")
        found.append(DueHit(start, end, due))
    return found

"""Levels that must be reached: in prose, in tasks, in tables (docs/reading.md, «Targets»)."""

from __future__ import annotations

import re
from datetime import date

from xanh.reading import due, moments, numbers
from xanh.reading.model import Target
from xanh.reading.view import View, words

_LEVEL = words(
    rf"(?P<op>[Tt]rên|[Hh]ơn|[Íí]t nhất|[Tt]ối thiểu|[Tt]ừ|[Đđ]ạt(?: (?:tối thiểu|ít nhất|trên|từ|tỷ "
    rf"lệ|khoảng))*|[Kk]hoảng|[Kk]hông (?:quá|vượt quá)|[Tt]ối đa|[Dd]ưới|[Kk]hông (?:dưới|thấp hơn)|≥|"
    rf"≤|>|<|=)? ?(?:mức )?"
    rf"(?P<lo>{numbers.NUMBER})(?: ?(?:-|đến) ?(?P<hi>{numbers.NUMBER}))? ?(?P<unit>%|(?:giờ|ngày) làm "
    rf"việc|giờ|ngày(?! \d)|phút|(?:triệu|tỷ|nghìn) đồng(?:/[^\s,;.]+(?: \w+)?)?|điểm(?! (?:bán|cầu|hỗ|"
    rf"bưu|phát|phục))|lượt|[^\W\d_]+)?(?P<upward> trở lên)?(?!\w)"
)
_TIME_UNITS = frozenset({"giờ làm việc", "ngày làm việc", "giờ", "ngày", "phút", "điểm"})
_STRIVE = words(r"(?:[Pp]hấn đấu|[Mm]ục tiêu|[Cc]hỉ tiêu|[Bb]ảo đảm|[Đđ]ảm bảo)(?!\w)")
_OWN_CLAUSE = words(r"[,;:.] ?")
_BY = words(
    r"(?:[Đđ]ến|[Tt]rong|[Hh]ết|[Đđ]ến (?:hết|cuối)|[Cc]uối|[Tt]ừ nay đến|[Tt]rước)? ?(?:cuối )?[Nn]ăm (?P<year>\d{4})"
)
_INDICATOR_STOP = words(
    r"[,;.|]| (?:đến (?:ngày|hết|năm|cuối)|trong (?:năm|tháng|quý|6)|trước (?:ngày|tháng)|tính đến|"
    r"vào (?:năm|cuối)|theo )"
)
_NO_TARGET = words(
    r"(?:thứ|lần|khóa|số|năm|quý|tháng|ngày|giai đoạn|mức độ|tổ chức|mở|ít nhất một|từ \d+ đến) ?$", re.IGNORECASE
)
_FREQUENCY = words(r"^ ?(?:cuộc|lần|tin|bài|đợt|buổi|lớp|kỳ)(?! \w+ đạt)")


def in_prose(
    view: View, quiet: str, start: int, end: int, *, issued_on: date | None, bounded_only: bool
) -> list[Target]:
    """The targets of a stretch. In a task (`bounded_only`) only a share or a bounded level counts.

    `quiet` is the flat text with dates and citations blank.
    """
    found: list[Target] = []
    by, by_date = _deadline(view, start, end, issued_on)
    for hit in _LEVEL.finditer(quiet, start, end):
        unit = _unit(quiet, hit)
        begin = hit.start("op") if hit["op"] else hit.start("lo")
        starts_inside = begin > start and (quiet[begin - 1].isalnum() or quiet[begin - 1] in "/.,")
        if not unit or starts_inside or _NO_TARGET.search(quiet[max(start, begin - 20) : begin]):
            continue
        share = unit == "%"
        if bounded_only and not (share or hit["op"]):
            continue
        if (bounded_only or not hit["op"]) and not share and _FREQUENCY.match(quiet, hit.end("lo")):
            continue
        if not share and not hit["op"]:
            continue
        found.append(_target(view, hit, start, end, unit=unit, by=by, by_date=by_date))
    return found


def _unit(quiet: str, hit: re.Match[str]) -> str:
    """The unit as printed; a noun of two syllables is one unit ("chi bộ", "sản phẩm")."""
    unit = " ".join((hit["unit"] or "").split())
    if not unit or unit == "%" or unit in _TIME_UNITS or "đồng" in unit:
        return unit
    noun = numbers.UNIT.match(quiet, hit.start("unit"))
    return " ".join(noun["unit"].split()) if noun else unit


def _deadline(view: View, start: int, end: int, issued_on: date | None) -> tuple[str | None, str | None]:
    # «tính đến hết quý III» is the day of a level, though it would be no deadline of a piece of work.
    stretch = re.sub(r"[Tt]ính(?=\sđến)", "    ", view.body[start:end])
    hits = due.find(view.text[start:end], stretch, 0, len(stretch), issued_on=issued_on)
    if hits:
        return hits[0].due.text, hits[0].due.date
    year = _BY.search(view.body, start, end)
    if year:
        left, right = view.trim(year.start(), year.end())
        return view.text[left:right], moments.last_day(int(year["year"]), 12).isoformat()
    return None, None


def of_heading(heading: str) -> tuple[str, str] | None:
    """«Đến năm 2030» as the heading over levels: its words and the last day of that year."""
    year = words(
        r"(?:[IVX\d]+[.)-]* )?(?P<by>(?:[Đđ]ến|[Tt]rong|[Hh]ết)? ?(?:hết |cuối )?[Nn]ăm (?P<year>\d{4}))$"
    ).match(heading)
    return (year["by"], moments.last_day(int(year["year"]), 12).isoformat()) if year else None


def operator_of(printed: str, *, upward: bool, pair: bool) -> str:
    """The sign of the words before a level."""
    words_of = " ".join(printed.lower().split())
    if pair:
        return "between"
    if upward or re.search(r"ít nhất|tối thiểu|không dưới|không thấp|≥", words_of):
        return ">="
    if re.search(r"trên|hơn|>", words_of):
        return ">"
    if re.search(r"không quá|không vượt|tối đa|≤", words_of):
        return "<="
    if re.search(r"dưới|<", words_of):
        return "<"
    return "="


def _target(
    view: View, hit: re.Match[str], start: int, end: int, *, unit: str, by: str | None, by_date: str | None
) -> Target:
    begin = hit.start("op") if hit["op"] else hit.start("lo")
    stop = _INDICATOR_STOP.search(view.flat, hit.end(), end)
    after_end = view.trim(hit.end(), stop.start() if stop else end)[1]
    after = view.text[hit.end() : after_end].strip()
    measured = unit in _TIME_UNITS and not (unit == "điểm" and re.match(r"(?:bán|cầu|hỗ|bưu|phát|phục)", after))
    named_after = bool(re.match(r"[^\W\d_]", after)) and not measured
    if unit != "%" and not measured:
        after = view.text[hit.start("unit") : after_end].strip()
    low, high = numbers.value_of(hit["lo"]), numbers.value_of(hit["hi"]) if hit["hi"] else None
    sign = operator_of(hit["op"] or "", upward=bool(hit["upward"]), pair=high is not None)
    before_start = _clause_start(view, start, begin)
    if named_after and not (hit["op"] or "").lower().startswith("đạt"):
        verb = words(r"(?:số hóa|cập nhật|cấp|xử lý|ký số|kết nối|triển khai) $").search(view.flat, before_start, begin)
        left, right, indicator = verb.start() if verb else begin, after_end, after
    else:
        left, right = before_start, hit.end()
        indicator = view.words_of(before_start, begin).strip(" ,;:-+*")
        if not indicator:
            indicator = _work_before(view, start, begin)
        if not indicator:
            left, right, indicator = begin, max(after_end, hit.end()), after or unit
    quote = view.quote(left, right)
    value: float | tuple[float, float] = (low, high) if high is not None else low
    return Target(
        quote.quote, quote.start, quote.end, indicator, None, sign, value, unit, by, by_date, 0.85, "target.level"
    )


def _work_before(view: View, start: int, at: int) -> str:
    """«Cấp tài khoản cho dân; phấn đấu đạt 95%»: the clause before names what is measured."""
    earlier = view.words_of(start, at).rsplit(";", 1)
    return earlier[0].strip(" ,;:-+*") if len(earlier) > 1 else ""


def _clause_start(view: View, start: int, at: int) -> int:
    cuts = [hit.end() for hit in _OWN_CLAUSE.finditer(view.flat, start, at)]
    left = cuts[-1] if cuts else start
    strive = _STRIVE.match(view.flat, left, at)
    left = strive.end() if strive else left
    return view.trim(left, at)[0]


def strives(view: View, start: int, end: int) -> bool:
    """Whether a sentence only sets a level («Phấn đấu …»)."""
    return bool(words(r"\W*(?:[Pp]hấn đấu|[^.;]{0,40}phấn đấu)(?!\w)").match(view.flat, start, end))

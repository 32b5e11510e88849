"""Cadences and the cut-offs that repeat with them (docs/reading.md, «Cadences»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xanh.reading import moments
from xanh.reading.model import Recurrence
from xanh.reading.view import words

_EACH = r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi|[Tt]ừng)"
_UNIT = (
    rf"(?:(?:{_EACH} )?(?:(?:0?6|sáu|0?9|chín) tháng|ngày|tuần|tháng|quý|năm)|cuối năm|(?:{_EACH} )?học "
    rf"kỳ)(?! (?:đầu|cuối|\d))(?!\w)"
)
_LIST = rf"{_UNIT}(?:(?: ?,| và| hoặc|;) {_UNIT})*"
_TIMES = (
    r"(?:\(?0?\d{1,2} ?(?:\(\w+\) )?(?:lần|cuộc|kỳ|tin|bài|phiên)[^.;,]{0,20}? ?(?:/|mỗi|một|trong mỗi|"
    r"trên) ?(?:(?:tuần|tháng|quý|năm|ngày)))"
)
_ONCE = (
    r"(?:(?:mỗi )?0?(?P<every>\d{1,2}|một) (?P<per>tuần|tháng|quý|năm|ngày) ?(?:/|một|1) ?lần|(?:mỗi "
    r")(?P<per2>tuần|tháng|quý|năm) (?:một|1|01|0?\d) lần)"
)
_ON_DEMAND = r"(?: (?:hoặc|và)(?: báo cáo)? (?:đột xuất|khi có yêu cầu)(?: (?:theo yêu cầu|khi có yêu cầu))?)"
CADENCE = words(
    rf"(?:{_ONCE}|{_TIMES}"
    rf"|(?:[Đđ]ịnh kỳ )?(?:[Tt]heo )(?:(?:các )?mốc thời gian )?\(?{_LIST}{_ON_DEMAND}?"
    rf"|(?:[Đđ]ịnh kỳ )?{_EACH} {_LIST.removeprefix('')}{_ON_DEMAND}?"
    rf"|[Đđ]ịnh kỳ \(?{_LIST}{_ON_DEMAND}?|\((?:{_UNIT})(?:, {_UNIT})+\)"
    rf"|và {_UNIT}(?:, {_UNIT})+(?: và {_UNIT})?"
    rf"|(?:0?6|[Ss]áu) tháng(?:,| và)(?: 9 tháng(?:,| và))? (?:cuối )?năm(?! \d)|[Đđ]ịnh kỳ{_ON_DEMAND}?(?! \d))"
)
_FREQ_OF = (
    (r"(?:0?6|sáu) tháng|học kỳ", "HALF_YEARLY"),
    (r"(?:0?9|chín) tháng", "NINE_MONTHLY"),
    (r"năm", "YEARLY"),
    (r"quý", "QUARTERLY"),
    (r"tháng", "MONTHLY"),
    (r"tuần", "WEEKLY"),
    (r"ngày", "DAILY"),
)
_EVERY = {("tháng", 3): "QUARTERLY", ("tháng", 6): "HALF_YEARLY", ("tháng", 9): "NINE_MONTHLY"}
_UNIT_FREQ = {"ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "quý": "QUARTERLY", "năm": "YEARLY"}
ORDER = ("DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "HALF_YEARLY", "NINE_MONTHLY", "YEARLY")
_NOT_CADENCE = words(
    r"(?:kế hoạch|chương trình|công tác|toàn khóa,|dự toán|ngân sách|đánh giá, xếp loại|kinh phí|báo "
    r"cáo tài chính|so với|đoàn kiểm tra|chỉ tiêu) $"
)
_OPENING = (
    r"(?P<open>[Tt]rước|[Cc]hậm nhất(?: là)?(?: vào)?|[Vv]ào(?: lúc)?|[Kk]hông quá|[Mm]uộn nhất(?: là)?|"
    r"[Xx]ong trước|[Đđ]ến)"
)
_HOURED = words(
    rf"(?:{_OPENING} )?{moments.HOUR},?(?: (?:ngày )?(?:{moments.WEEKDAY}|(?P<same>cùng ngày)|(?:ngày "
    rf")(?P<day>\d{{1,2}})(?![/\d])))?(?: (?:của )?(?:tuần|tháng) (?:sau|kế tiếp|tiếp theo))?"
)
_WEEKDAY_ONLY = words(rf"(?:{_OPENING} )?(?:ngày )?{moments.WEEKDAY}(?: cuối)?")
_DAY_ONLY = words(
    rf"(?:{_OPENING} )?(?:ngày|Ngày|mùng) (?P<day>\d{{1,2}})(?![/\d])(?: ?(?:và|,)(?: ngày)? "
    rf"(?P<day2>\d{{1,2}})(?![/\d]))?(?P<last> (?:của )?tháng cuối (?:của )?(?:quý|kỳ)(?: báo "
    rf"cáo)?)?(?P<month> tháng (?P<bymonth>\d{{1,2}}))?"
    r"(?: (?:của )?tháng (?:sau|kế tiếp|tiếp theo|liền kề))?"
)
_PERIODIC_DATE = words(
    rf"(?:báo cáo )?(?P<unit>(?:0?6|sáu) tháng|quý|(?:0?9|chín) tháng|năm|tháng),?(?: gửi| nộp)? (?P<cut>{_OPENING} "
    rf"(?:ngày )?(?P<pd>\d{{1,2}})[/-](?P<pm>\d{{1,2}}))(?![/\d])"
)


@dataclass(frozen=True)
class CadenceHit:
    """A printed cadence with its place and the cut-off that belongs to it."""

    start: int
    end: int
    text: str
    items: tuple[Recurrence, ...]
    cutoff: str | None


def freqs_of(printed: str) -> list[str]:
    """The frequencies that the words of a cadence name, shortest period first."""
    left, found = printed.lower(), []
    once = words(_ONCE).search(printed)
    if once:
        unit = once["per"] or once["per2"]
        count = int(once["every"]) if once["every"] and once["every"].isdigit() else 1
        return [_EVERY.get((unit, count), _UNIT_FREQ[unit])]
    for pattern, freq in _FREQ_OF:
        left, hits = words(r"(?<!\w)(?:" + pattern + r")(?!\w)").subn(" ", left)
        if hits:
            found.append(freq)
    return sorted(found, key=ORDER.index)


def find(text: str, flat: str, start: int, end: int) -> list[CadenceHit]:
    """The cadences of a stretch, each with the cut-off printed beside it."""
    dated = _periodic_dates(text, flat, start, end)
    if dated:
        return [*_cadences(text, flat, start, dated.start), dated]
    return _cadences(text, flat, start, end)


def _cadences(text: str, flat: str, start: int, end: int) -> list[CadenceHit]:
    hits = [hit for hit in CADENCE.finditer(flat, start, end) if _is_cadence(flat, hit, start)]
    while hits and hits[0][0].startswith("và "):  # «… và tháng, quý, năm» only goes on with a cadence before it
        del hits[0]
    kept: list[CadenceHit] = []
    for index, hit in enumerate(hits):
        left = max(start, flat.rfind(";", start, hit.start()) + 1, kept[-1].end if kept else start)
        right = hits[index + 1].start() if index + 1 < len(hits) else end
        kept.append(_with_cutoff(text, flat, hit, left, right))
    return kept


def _is_cadence(flat: str, hit: re.Match[str], floor: int) -> bool:
    before = flat[max(floor, hit.start() - 40) : hit.start()]
    printed = hit[0].strip().lower()
    yearly = re.fullmatch(r"h[ằà]ng\s+năm", printed)
    if yearly and (
        _NOT_CADENCE.search(before)
        or re.match(r"\s*[,.]?\s*(?:kế hoạch|chương trình)", flat[hit.end() : hit.end() + 14])
    ):
        return False
    if re.match(r"(?:mỗi|từng)\s+(?:ngày|năm|tháng|quý|tuần)$", printed) and printed.startswith("từng"):
        return False
    return not (
        printed == "định kỳ"
        and (words(r"(?:không|đoàn kiểm tra) $").search(before) or words(r" ?của ").match(flat, hit.end()))
    )


def _with_cutoff(text: str, flat: str, hit: re.Match[str], left: int, right: int) -> CadenceHit:
    start = hit.start() + (len(hit[0]) - len(hit[0].lstrip(" (")))
    end = hit.end() - (1 if hit[0].endswith(")") else 0)
    printed = text[start:end]
    freqs = freqs_of(flat[start:end])
    cutoff = _cutoff(flat, left, start) or _cutoff(flat, end, right)
    base = [Recurrence(printed, freq) for freq in freqs] or [Recurrence(printed, None)]
    if cutoff is None:
        return CadenceHit(start, end, printed, tuple(base), None)
    return CadenceHit(start, end, printed, _apply(base, cutoff, text), text[cutoff.start() : cutoff.end()].strip())


def _cutoff(flat: str, start: int, end: int) -> re.Match[str] | None:
    """The hour, weekday or day of the month by which the repeated work is due."""
    for pattern in (_HOURED, _DAY_ONLY, _WEEKDAY_ONLY):
        for hit in pattern.finditer(flat, start, end):
            bare_hour = pattern is _HOURED and not hit["open"]
            if not bare_hour and not re.search(
                r"(?:họp|khai mạc)\s*$", flat[max(start, hit.start() - 12) : hit.start()]
            ):
                return hit
    return None


def _apply(base: list[Recurrence], cutoff: re.Match[str], text: str) -> tuple[Recurrence, ...]:
    found = cutoff.groupdict()
    printed = text[cutoff.start() : cutoff.end()].strip()
    days = [int(found[key]) for key in ("day", "day2") if found.get(key)]
    items: list[Recurrence] = []
    for item in base:
        byday = moments.weekday_of(cutoff) if item.freq in {"WEEKLY", None} else None
        with_time = replace(item, time=moments.hour_of(cutoff), byday=byday, cutoff_text=printed)
        bymonth = (
            3
            if found.get("last") and item.freq == "QUARTERLY"
            else int(found["bymonth"])
            if found.get("bymonth")
            else None
        )
        items += [replace(with_time, bymonthday=day, bymonth=bymonth) for day in days] or [with_time]
    return tuple(items)


def _periodic_dates(text: str, flat: str, start: int, end: int) -> CadenceHit | None:
    """«Báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 12/12»: one object per fixed date."""
    hits = list(_PERIODIC_DATE.finditer(flat, start, end))
    if not hits or flat[start : hits[0].start()].rstrip().endswith("ngày"):
        return None
    items = [
        Recurrence(
            text=text[hit.start() : hit.end()],
            freq=next(iter(freqs_of(hit["unit"])), None),
            bymonthday=int(hit["pd"]),
            bymonth=int(hit["pm"]),
            cutoff_text=text[hit.start("cut") : hit.end("cut")],
        )
        for hit in hits
    ]
    begin, stop = hits[0].start(), hits[-1].end()
    return CadenceHit(begin, stop, text[begin:stop], tuple(items), items[0].cutoff_text)


def share_weekday(hits: list[CadenceHit], items: tuple[Recurrence, ...], *, same_day: bool) -> tuple[Recurrence, ...]:
    """«cùng ngày» takes over the weekday of the step before."""
    earlier = next((item.byday for hit in reversed(hits) for item in hit.items if item.byday), None)
    return tuple(replace(item, byday=earlier) for item in items) if same_day and earlier else items


def cutoff_alone(text: str, flat: str, start: int, end: int, cadence: CadenceHit) -> CadenceHit:
    """The cadence printed at the head of a sentence, with the cut-off of one of its later clauses."""
    hit = _cutoff(flat, start, end)
    base = [Recurrence(item.text, item.freq) for item in _distinct(cadence.items)]
    if hit is None:
        return CadenceHit(cadence.start, cadence.end, cadence.text, tuple(base), None)
    items = _apply(base, hit, text)
    return CadenceHit(cadence.start, cadence.end, cadence.text, items, text[hit.start() : hit.end()].strip())


def _distinct(items: tuple[Recurrence, ...]) -> list[Recurrence]:
    return list({item.freq: item for item in items}.values())

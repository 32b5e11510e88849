"""Numbers stated as results: counts, shares, fractions, ranks, marks (docs/reading.md, «Figures»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from xanh.reading import numbers, sentences
from xanh.reading.model import Figure
from xanh.reading.numbers import Number
from xanh.reading.view import View, letters, words

_FRACTION = re.compile(rf"(?<![\w/.,])(?P<a>{numbers.NUMBER})\s?/\s?(?P<b>{numbers.NUMBER})(?![\w/]|[.,]\d)")
_PERCENT = re.compile(rf"(?<![\w/.,])(?P<p>{numbers.NUMBER})\s?%")
_SHARE_BEHIND = words(
    rf"[^.;:\d]{{0,50}}?(?:\(?(?:đạt|chiếm|bằng|tương ứng|đạt tỷ lệ)(?: tỷ lệ)? ?(?:khoảng |trên |hơn "
    rf")?)(?P<p>{numbers.NUMBER}) ?%\)?(?: (?:KH|kế hoạch|chỉ tiêu))?"
)
_SHARE_BEFORE = words(rf"(?P<p>{numbers.NUMBER}) ?% ?\(")
_RANK = words(r"(?:đứng |xếp )?(?:thứ|hạng) (?P<a>\d+)/(?P<b>\d+)(?: [^\s.,;]+){0,4}")
_MARK = words(rf"(?P<a>{numbers.NUMBER}) ?/ ?(?P<b>{numbers.NUMBER}) điểm")
_OPERATOR = words(r"(?P<op>trên|hơn|dưới|gần|khoảng) ?$", re.IGNORECASE)
_SIGNS = {"trên": ">", "hơn": ">", "dưới": "<", "gần": "<"}
_SHARE_VERB = words(
    r"(?:\(?(?:đạt|chiếm|bằng|hoàn thành|tăng|giảm|duy trì đạt)(?: tỷ lệ)?|tỷ lệ) (?:trên |hơn |dưới |gần |khoảng )?$"
)
_AS_OF = words(
    r"(?:(?:tính )?đến (?:hết )?(?:ngày \d{1,2}/\d{1,2}(?:/\d{4})?|ngày \d{1,2} tháng \d{1,2}(?: năm "
    r"\d{4})?|nay|thời điểm hiện tại|năm \d{4}|tháng \d{1,2}(?:/\d{4}| năm \d{4})?|quý "
    r"[IV]+(?:/\d{4})?)"
    r"|từ (?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})? đến (?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?|hiện nay|hiện "
    r"tại|trong (?:quý [IV\d]+(?:/\d{4}| năm \d{4})?|tháng \d{1,2}(?:/\d{4})?|năm \d{4}|(?:6|9|sáu) "
    r"tháng(?: đầu năm(?: \d{4})?)?)|từ ngày \d{1,2}/\d{1,2}/\d{4}|[69] tháng đầu năm(?: \d{4})?)",
    re.IGNORECASE,
)
_DAY_OPENING = words(r"\W*(?P<day>ngày \d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
_LABEL_BEFORE = words(r"(?P<label>[^.;:,()|\d]{4,90}?) ?(?::|là|được|gồm) ?(?:\w+ )?$")
_MONEY = words(r" ?(?P<unit>(?:nghìn |triệu |tỷ )?(?:đồng|VNĐ|USD)|triệu|tỷ)(?!\w)")
_SHORT_PHRASE = 40
_LINKS = frozenset({"và", "đến", "của", "trong", "hoặc", "là", "thì", "đã", "có", "được"})


@dataclass(frozen=True)
class _Stated:
    """A count met so far in the paragraph: whole or part of a later share."""

    number: Number
    indicator: str
    sentence: int
    unit: str | None


@dataclass
class _Paragraph:
    """What the paragraph has said so far: its counts, and the wholes that shares were taken of."""

    counts: list[_Stated] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)


def of_paragraph(view: View, quiet: str, start: int, end: int) -> list[Figure]:
    """The figures of a paragraph. `quiet` is the flat text with dates, citations and task sentences blank."""
    found: list[Figure] = []
    stated = _Paragraph()
    opening = _DAY_OPENING.match(view.flat, start, end) or _AS_OF.search(view.flat, start, min(end, start + 60))
    for index, (left, right) in enumerate(sentences.split(view.body, start, end)):
        own = _AS_OF.search(view.flat, left, right)
        as_of = own or opening
        when = view.text[as_of.start() : as_of.end()].strip(" \n*-+") if as_of else None
        found += _of_sentence(view, quiet, left, right, when=when, stated=stated, index=index)
    return found


def _of_sentence(
    view: View, quiet: str, start: int, end: int, *, when: str | None, stated: _Paragraph, index: int
) -> list[Figure]:
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for rule in (_ranks, _fractions):
        for figure, span in rule(view, quiet, start, end, when):
            if not _overlaps(span, taken):
                found.append(figure)
                taken.append(span)
    places: list[tuple[int, str, re.Match[str] | Number]] = [
        (hit.start(), "share", hit) for hit in _PERCENT.finditer(quiet, start, end)
    ]
    places += [
        (number.start, "count", number)
        for number in numbers.find(quiet, start, end)
        if not quiet[number.end :].lstrip().startswith("%")
    ]
    for at, kind, hit in sorted(places, key=lambda place: place[0]):
        if any(left <= at < right for left, right in taken):
            continue
        if kind == "share" and isinstance(hit, re.Match):
            found.append(_share(view, quiet, hit, start, end, when=when, stated=stated, index=index))
        elif isinstance(hit, Number):
            counted = _count(view, quiet, hit, start, end, when=when)
            if counted:
                found.append(counted)
                stated.counts.append(_Stated(hit, counted.indicator, index, counted.unit))
    return sorted(found, key=lambda figure: figure.start)


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < right and left < span[1] for left, right in taken)


def _operator(quiet: str, at: int, floor: int) -> tuple[str | None, int]:
    hit = _OPERATOR.search(quiet, max(floor, at - 12), at)
    return (_SIGNS.get(hit["op"].lower()), hit.start()) if hit else (None, at)


def _figure(view: View, start: int, end: int, indicator: str, **values: object) -> Figure:
    quote = view.quote(start, end)
    fields: dict[str, object] = {
        "column": None,
        "operator": None,
        "unit": None,
        "numerator": None,
        "denominator": None,
        "as_of": None,
        "confidence": 0.85,
        **values,
    }
    return Figure(quote.quote, quote.start, quote.end, " ".join(indicator.split()).strip(" ,;:*-+"), **fields)  # type: ignore[arg-type]


def _ranks(view: View, quiet: str, start: int, end: int, when: str | None) -> list[tuple[Figure, tuple[int, int]]]:
    found = []
    for hit in _RANK.finditer(quiet, start, end):
        stop = numbers.phrase_after(view, hit.end("b"), end, full=True)
        indicator = view.text[hit.end("b") : stop]
        found.append(
            (
                _figure(
                    view,
                    hit.start(),
                    stop,
                    indicator.removeprefix(" về"),
                    value=float(hit["a"]),
                    unit="hạng",
                    denominator=float(hit["b"]),
                    as_of=when,
                    rule="figure.rank",
                ),
                hit.span(),
            )
        )
    for hit in _MARK.finditer(quiet, start, end):
        indicator = _phrase_before(view, hit.start(), start)
        figure = _figure(
            view,
            hit.start(),
            hit.end(),
            indicator,
            value=numbers.value_of(hit["a"]),
            unit="điểm",
            denominator=numbers.value_of(hit["b"]),
            as_of=when,
            rule="figure.mark",
        )
        found.append((figure, hit.span()))
    return found


def _fractions(view: View, quiet: str, start: int, end: int, when: str | None) -> list[tuple[Figure, tuple[int, int]]]:
    """«1.939/2.335 hồ sơ đạt tỷ lệ 83,04%» is one figure; a bare fraction too; «91 cụm loa/27 thôn» is not a
    fraction."""
    found = []
    for hit in _FRACTION.finditer(quiet, start, end):
        above, below = numbers.value_of(hit["a"]), numbers.value_of(hit["b"])
        unit_hit = _MONEY.match(quiet, hit.end(), end) or numbers.UNIT.match(quiet, hit.end(), end)
        share = _SHARE_BEHIND.match(quiet, hit.end(), end)
        if unit_hit is None and share is None:
            continue
        before = _share_before(view, quiet, hit, start, end)
        if before:
            found.append((replace(before[0], as_of=when), before[1]))
            continue
        unit = " ".join(unit_hit["unit"].split()) if unit_hit else None
        label = _phrase_before(view, hit.start(), start)
        stop = numbers.phrase_after(view, hit.end(), end)
        indicator = label or view.text[hit.end() : stop].strip()
        if share:
            begin = (
                _label_start(view, hit.start(), start)
                if unit_hit and _MONEY.match(quiet, hit.end(), end)
                else hit.start()
            )
            figure = _figure(
                view,
                begin,
                share.end(),
                indicator,
                value=numbers.value_of(share["p"]),
                unit="%",
                numerator=above,
                denominator=below,
                as_of=when,
                confidence=0.95,
                rule="figure.fraction_share",
            )
            found.append((figure, (hit.start(), share.end())))
        else:
            begin = _label_start(view, hit.start(), start)
            figure = _figure(
                view,
                begin,
                stop,
                indicator,
                value=above,
                unit=unit,
                numerator=above,
                denominator=below,
                as_of=when,
                rule="figure.fraction",
            )
            found.append((figure, hit.span()))
    return found


def _share_before(
    view: View, quiet: str, hit: re.Match[str], start: int, end: int
) -> tuple[Figure, tuple[int, int]] | None:
    """«đạt 92,5% (37/40 chi bộ)»: the share with the fraction behind it in brackets."""
    opened = [share for share in _SHARE_BEFORE.finditer(quiet, start, hit.start() + 1) if share.end() == hit.start()]
    if not opened:
        return None
    close = quiet.find(")", hit.end(), end)
    begin = _label_start(view, opened[0].start(), start)
    indicator = re.sub(r"\s+(?:đạt|chiếm|là|bằng)(?:\s+tỷ lệ)?$", "", view.words_of(begin, opened[0].start()))
    figure = _figure(
        view,
        begin,
        close + 1 if close > 0 else hit.end(),
        indicator,
        value=numbers.value_of(opened[0]["p"]),
        unit="%",
        numerator=numbers.value_of(hit["a"]),
        denominator=numbers.value_of(hit["b"]),
        confidence=0.95,
        rule="figure.fraction_share",
    )
    return figure, (opened[0].start(), close + 1 if close > 0 else hit.end())


def _phrase_before(view: View, at: int, floor: int) -> str:
    return view.words_of(_label_start(view, at, floor), at).strip(" ,;:*-+")


def _label_start(view: View, at: int, floor: int) -> int:
    """Where the words that name a number before it begin: after the last mark of punctuation or "và"."""
    stretch = view.flat[floor:at].rstrip(" :")
    cut = max(stretch.rfind(mark) for mark in (",", ";", ".", "(", ":", "|", "- ", "+ ")) + 1
    return floor + cut + len(stretch[cut:]) - len(stretch[cut:].lstrip())


def _count(view: View, quiet: str, number: Number, start: int, end: int, *, when: str | None) -> Figure | None:
    """A number before a noun; with «label: 2.493 hồ sơ» the label names it."""
    money = _MONEY.match(quiet, number.end, end)
    unit_hit = money or numbers.UNIT.match(quiet, number.end, end)
    operator, begin = _operator(quiet, number.start, start)
    if unit_hit is None or unit_hit["unit"].split()[0] in _LINKS:
        total = words(r"(?:[Tt]ổng số|[Tt]ổng cộng|[Ss]ố) [^.;,:\d]{3,60}$").search(view.flat, start, number.start)
        if total is None:
            return None
        return _figure(
            view,
            total.start(),
            number.end,
            view.text[total.start() : number.start].removeprefix("Tổng số"),
            value=number.value,
            operator=operator,
            as_of=when,
            rule="figure.total",
        )
    stop = unit_hit.end() if money else max(unit_hit.end(), numbers.phrase_after(view, number.end, end))
    after = view.text[number.end : stop].strip()
    label = _LABEL_BEFORE.search(view.flat, max(start, number.start - 100), number.start)
    if (
        label and ":" in view.flat[label.end("label") : number.start] + view.flat[label.start() : number.start]
    ) or money:
        begin = _label_start(view, number.start, start)
        indicator = view.words_of(begin, number.start).strip(" :") or after
        indicator = re.sub(r"\s+(?:là|đạt|được)$", "", indicator)
    else:
        indicator = after
    return _figure(
        view,
        begin,
        stop,
        indicator,
        value=number.value,
        unit=" ".join(unit_hit["unit"].split()),
        operator=operator,
        as_of=when,
        rule="figure.count",
    )


def _share(
    view: View,
    quiet: str,
    hit: re.Match[str],
    start: int,
    end: int,
    *,
    when: str | None,
    stated: _Paragraph,
    index: int,
) -> Figure:
    value = numbers.value_of(hit["p"])
    operator, begin = _operator(quiet, hit.start(), start)
    behind = _SHARE_VERB.search(quiet, max(start, hit.start() - 34), hit.start())
    behind = behind or re.compile(r"\($").search(quiet, max(start, hit.start() - 1), hit.start())
    begin = behind.start() + behind[0].startswith("(") if behind else begin
    here = [count for count in stated.counts if count.sentence == index]
    part = here[-1] if here and behind and hit.start() - here[-1].number.end < 60 else None  # noqa: PLR2004
    whole = _whole(view, hit, end, stated, part=part, value=value)
    after_stop = numbers.phrase_after(view, hit.end(), end, full=True)
    after = view.text[hit.end() : after_stop].strip()
    if part:
        indicator, stop = part.indicator, hit.end()
    elif (
        re.match(letters(r"[a-zà-ỹđ]"), after)
        and not re.match(r"(?:trong|và|so|KH|kế hoạch)(?!\w)", after)
        and not _is_predicate(behind)
    ):
        indicator, stop = after, after_stop
    else:
        label = _label_start(view, begin, start)
        indicator, begin, stop = (
            view.words_of(label, begin),
            label,
            max(
                hit.end(),
                after_stop
                if behind and re.match(letters(r"[a-zà-ỹ]"), after) and len(after) < _SHORT_PHRASE
                else hit.end(),
            ),
        )
    return _figure(
        view,
        begin,
        stop,
        indicator or after,
        value=value,
        unit="%",
        operator=operator,
        as_of=when,
        rule="figure.share",
        numerator=part.number.value if part and whole is not None else None,
        denominator=whole,
    )


def _is_predicate(behind: re.Match[str] | None) -> bool:
    return behind is not None and not behind[0].strip().startswith("tỷ lệ")


def _whole(
    view: View, hit: re.Match[str], end: int, stated: _Paragraph, *, part: _Stated | None, value: float
) -> float | None:
    """The whole of which `part` is the printed share: named behind the share, or an earlier number that fits."""
    if part is None:
        return None
    named = words(
        rf"\)? ?(?:trong )?(?:tổng số|trên tổng số|so với tổng số|của tổng số) (?P<n>{numbers.NUMBER})"
    ).match(view.flat, hit.end(), end)
    if named:
        return numbers.value_of(named["n"])
    decimals = len(hit["p"].split(",")[1]) if "," in hit["p"] else 0
    earlier = [count.number.value for count in stated.counts if count is not part]
    for whole in [*reversed(stated.wholes), *reversed(earlier)]:
        if whole > part.number.value and abs(100 * part.number.value / whole - value) <= 0.5 * 10**-decimals + 1e-9:
            stated.wholes.append(whole)
            return whole
    return _opened_whole(view, stated, part)


_OPENS_PARTS = words(r"[^.;\d]{0,40}(?:trong đó|gồm|chia ra)(?!\w)", re.IGNORECASE)


def _opened_whole(view: View, stated: _Paragraph, part: _Stated) -> float | None:
    """The count of the same unit that «trong đó» opened in this sentence, though the printed share does not fit it."""
    same = [count for count in stated.counts if count is not part and count.sentence == part.sentence]
    opened = [count for count in same if count.unit == part.unit and _OPENS_PARTS.match(view.flat, count.number.end)]
    whole = opened[-1].number.value if len(opened) == 1 else None
    return whole if whole is not None and whole >= part.number.value else None

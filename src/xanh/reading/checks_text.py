"""Faults of form: missing parts, repeated numbers, references to nothing, names spelt in two ways, slips of the
scanner."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from xanh.core import text as core_text
from xanh.reading.compounds import COMPOUNDS, SLIPS
from xanh.reading.finding import finding
from xanh.reading.layout import Layout, Zone
from xanh.reading.model import Inconsistency, Metadata, Quote, Section
from xanh.reading.sections import Placed
from xanh.reading.view import View, letters, words

_ANNEX_NAMED = words(
    r"(?:(?:[Cc]hi tiết|[Cc]ụ thể|[Xx]em|[Tt]heo|[Tt]ại|[Cc]ó|[Kk]èm theo|[Gg]hi)(?: [^\W\d_]+){0,3} "
    r")(?P<annex>[Pp]hụ lục)(?: (?:số )?(?P<number>[IVX]{1,4}|\d{1,2})(?!\w))?(?: [^\W\d_]+){0,5}?(?: "
    r"kèm theo| đính kèm)?(?=[).;,]|$)"
)
_OF_ANOTHER = words(
    r"[^.;]{0,40}(?:ban hành|của|kèm theo|tại)? ?(?:Nghị định|Quyết định|Thông tư|Công văn|Hướng dẫn|Luật|Kế hoạch) số"
)
_POINT_SHARE = re.compile(r"(?<![\d.])\d{1,3}\.\d{1,2}\s*%")
_COMMA_SHARE = re.compile(r"\d,\d+\s*%")
_WORD = re.compile(r"[^\W\d_]+")
_TITLE_WORDS = re.compile(letters(r"(?=(?P<pair>[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)(?!\w))(?<!\w)"))
_PLACE_BEFORE = re.compile(
    r"(?:xã|phường|tỉnh|thôn|huyện|thành\s+phố|ấp|bản|khu\s+phố|đặc\s+khu|ỦY|ủy|TỈNH|XÃ|PHƯỜNG|BỘ)\s+$"
)
_STRAY_NUMBER = words(r"(?<!\w)(?P<left>[^\W\d_]+) (?P<number>\d{1,3}) (?P<right>[^\W\d_]+)(?!\w)")


def check(
    layout: Layout, head: Metadata, placed: tuple[Placed, ...], sections: tuple[Section, ...]
) -> list[Inconsistency]:
    """All faults of form."""
    view = layout.view
    return [
        *_missing_fields(layout, head),
        *_repeated_numbers(placed),
        *_missing_annexes(layout, sections),
        *_point_shares(view),
        *_stray_numbers(view),
        *_stray_tails(view, placed),
        *_slips(view),
        *_place_names(layout),
    ]


def _missing_fields(layout: Layout, head: Metadata) -> list[Inconsistency]:
    view, found = layout.view, []
    titles = layout.of(Zone.TITLE)
    if titles and not (head.symbol or head.issued_on or head.place) and layout.head_end == 0:
        last = titles[min(1, len(titles) - 1)]
        lead = re.match(r"\W*(?:\S+\s+){0,3}\S+", view.text[last.start : last.end])
        quote = view.quote(titles[0].start, last.start + (len(lead[0]) if lead else 0))
        why = "Không có đầu văn bản: số, ký hiệu, cơ quan, nơi và ngày ban hành đều không in."
        found.append(finding("missing_field", "medium", quote, why))
    if head.signer_title and re.search(r"kiêm\W*$", head.signer_title, re.IGNORECASE):
        at = view.text.rfind(head.signer_title)
        quote = view.quote(at, at + len(head.signer_title))
        found.append(finding("missing_field", "medium", quote, "Sau “kiêm” không có chức danh thứ hai của người ký."))
    return found


def _repeated_numbers(placed: tuple[Placed, ...]) -> list[Inconsistency]:
    """Two sections of one parent with the same number, unless the count simply begins again."""
    found = []
    seen: dict[tuple[int, str, str], Section] = {}
    for item in placed:
        if not item.path or item.path[-1].section.start in {section.start for section in seen.values()}:
            continue
        section = item.path[-1].section
        if section.rule in {"section.bullet", "section.annex"}:
            continue
        parent = item.path[-2].section.start if len(item.path) > 1 else -1
        key = (parent, section.rule, section.label)
        earlier = seen.get(key)
        if earlier is None:
            seen[key] = section
        elif section.label not in {"1", "I", "a)", "(1)", "A", "1.1"}:
            why = f"Số {section.label} đã dùng cho “{earlier.heading[:80]}”."
            found.append(finding("duplicate_section_number", "high", section, why, [earlier]))
    return found


def _missing_annexes(layout: Layout, sections: tuple[Section, ...]) -> list[Inconsistency]:
    view, found = layout.view, []
    annexes = [section.label.upper() for section in sections if section.rule == "section.annex"]
    numbers = {label.split()[-1] for label in annexes if len(label.split()) > 2}  # noqa: PLR2004
    seen: set[str] = set()
    for part in layout.of(Zone.BODY):
        for hit in _ANNEX_NAMED.finditer(view.body, part.start, part.end):
            number = hit["number"]
            there = (number in numbers or (not numbers and annexes)) if number else bool(annexes)
            if there or (number or "") in seen or _OF_ANOTHER.match(view.flat, hit.end("annex")):
                continue
            seen.add(number or "")
            severity = "high" if re.search(r"[Mm]ục tiêu|[Cc]hỉ tiêu", view.flat[part.start : part.end]) else "medium"
            name = f"Phụ lục {number}" if number else "Phụ lục"
            found.append(
                finding(
                    "broken_reference",
                    severity,
                    view.quote(hit.start(), hit.end()),
                    f"{name} được dẫn nhưng không có trong văn bản.",
                )
            )
    return found


def _point_shares(view: View) -> list[Inconsistency]:
    if not _COMMA_SHARE.search(view.flat):
        return []
    why = "Dùng dấu chấm thập phân; các tỷ lệ khác trong văn bản dùng dấu phẩy."
    return [
        finding("format", "low", view.quote(hit.start(), hit.end()), why) for hit in _POINT_SHARE.finditer(view.flat)
    ]


def _stray_numbers(view: View) -> list[Inconsistency]:
    found = []
    for hit in _STRAY_NUMBER.finditer(view.flat):
        pair = f"{hit['left']} {hit['right']}".lower()
        if pair in COMPOUNDS:
            why = f"Số trang {hit['number']} lọt vào giữa “{pair}”."
            found.append(finding("stray_text", "low", view.quote(hit.start(), hit.end()), why))
    return found


def _stray_tails(view: View, placed: tuple[Placed, ...]) -> list[Inconsistency]:
    """The last words of a wrapped heading repeated at the start of the paragraph under it."""
    found = []
    for before, item in pairwise(placed):
        if before.content is not None or item.content is None or not before.path:
            continue
        heading = before.path[-1].heading
        hit = words(r"\W*(?P<tail>(?:[A-ZĐÀ-Ỹ][^\W\d_]* [a-zà-ỹđ]+) )(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ [a-zà-ỹđ])").match(
            view.flat, item.content, item.paragraph.end
        )
        if hit and heading.endswith(hit["tail"].strip()):
            end = item.content + len(" ".join(view.flat[item.content : item.content + 60].split(" ")[:6]))
            why = (
                f"“{hit['tail'].strip()}” là đuôi của tiêu đề “{heading}” rơi xuống đầu đoạn, làm sai chủ "
                f"thể nếu đọc liền."
            )
            found.append(finding("stray_text", "low", view.quote(item.content, end), why))
    return found


def _slips(view: View) -> list[Inconsistency]:
    """A fixed compound with a wrong accent, once per spelling; the other places in `also`."""
    by_letters = {core_text.fold(compound): compound for compound in COMPOUNDS}
    tokens = [(hit.start(), hit.end(), hit[0].lower()) for hit in _WORD.finditer(view.flat)]
    places: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    for size in (2, 3):
        for index in range(len(tokens) - size + 1):
            group = tokens[index : index + size]
            if any(view.flat[left[1] : right[0]].strip() for left, right in pairwise(group)):
                continue
            printed = " ".join(word for _, _, word in group)
            outer = [
                tokens[max(0, index - 1)][2] + " " + group[0][2],
                group[-1][2] + " " + tokens[min(len(tokens) - 1, index + size)][2],
            ]
            if any(pair in COMPOUNDS for pair in outer):
                continue
            right_form = SLIPS.get(printed) or by_letters.get(core_text.fold(printed))
            if right_form and printed != right_form and _is_slip(printed, right_form):
                places[printed, right_form].append(view.quote(group[0][0], group[-1][1]))
    found = []
    for (_, right_form), items in places.items():
        found.append(finding("ocr_typo", "low", items[0], f"“{items[0].quote}” có lẽ là “{right_form}”.", items[1:]))
    return found


def _is_slip(printed: str, right_form: str) -> bool:
    """Only one syllable differs, so that two words that merely meet are not taken for a slip."""
    if printed in SLIPS:
        return True
    differing = sum(left != right for left, right in zip(printed.split(), right_form.split(), strict=True))
    return differing == 1


def _key(name: str) -> str:
    return re.sub(r"[kq]", "c", core_text.fold(name))


def _place_names(layout: Layout) -> list[Inconsistency]:
    """One place spelt in two ways: the head's spelling holds, else the usual one."""
    view = layout.view
    spelt: dict[str, dict[str, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    placed_names: set[str] = set()
    for hit in _TITLE_WORDS.finditer(view.flat):
        quote = view.quote(hit.start("pair"), hit.end("pair"))
        key = _key(hit["pair"])
        spelt[key][" ".join(hit["pair"].lower().split())].append(quote)
        if _PLACE_BEFORE.search(view.flat[max(0, hit.start() - 14) : hit.start()]):
            placed_names.add(key)
    for hit in re.finditer(
        letters(r"(?=(?<!\w)([A-ZĐÀ-Ỹ]{2,}\s[A-ZĐÀ-Ỹ]{2,})(?!\w))"), view.flat[: layout.head_end or 400]
    ):
        key = _key(hit[1])
        if key in spelt:
            spelt[key][" ".join(hit[1].lower().split())] += [view.quote(hit.start(1), hit.end(1))] * 100
            placed_names.add(key)
    found = []
    for key, variants in spelt.items():
        if len(variants) < 2 or key not in placed_names:  # noqa: PLR2004
            continue
        counts = Counter({form: len(items) for form, items in variants.items()})
        usual = counts.most_common(1)[0][0]
        shown = variants[usual][0].quote
        for form, items in variants.items():
            if form != usual:
                found.append(
                    finding(
                        "misspelt_name",
                        "medium",
                        items[0],
                        f"Tên riêng viết “{items[0].quote}”, chỗ khác viết “{shown}”.",
                        items[1:],
                    )
                )
    return found

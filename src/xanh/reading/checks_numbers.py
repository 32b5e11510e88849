"""Everything that can be computed again: shares, sums, wholes and parts, lists and their counts, plans and results."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from xanh.core import text
from xanh.reading.finding import finding
from xanh.reading.model import Figure, Inconsistency, Target
from xanh.reading.number_tables import NumberCell, NumberTable
from xanh.reading.sections import Placed
from xanh.reading.view import View, words

_PRINTED_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?")
_LESS_IS_BETTER = words(r"giảm|thời gian|trễ|quá hạn|tồn|nghèo|chậm|vi phạm|sự cố|tai nạn", re.IGNORECASE)
_COUNTED_LIST = words(
    r"(?<!\w)(?P<n>0?\d{1,2}) (?P<noun>[^\W\d_][^.;:,()]{2,60}?)(?: sau(?: đây)?| gồm| như sau| cụ thể)?: ?$"
)
_BRACKETED_LIST = words(
    r"(?<!\w)(?P<n>0?\d{1,2}) (?P<noun>[^\W\d_][^.;:,()\d]{2,50}(?:\dG)?) ?\((?P<list>[^()]+;[^()]+)\)"
)
_NAMED_LIST = words(
    r"(?<!\w)(?P<n>0?\d{1,2}) (?P<noun>[^\W\d_][^.;:,()\d]{2,60}?)(?: gồm)?: "
    r"(?P<list>[A-ZĐÀ-Ỹ][^.;:()\d]{4,300})(?=[.;])"
)
_WHOLE_AND_PARTS = words(r"trong đó|gồm|chia ra", re.IGNORECASE)
_HUNDRED_SLACK = 0.2


def check(
    view: View,
    placed: tuple[Placed, ...],
    stated: tuple[Figure, ...],
    aims: tuple[Target, ...],
    tables: list[NumberTable],
) -> list[Inconsistency]:
    """All faults of numbers."""
    found = [
        *_shares(stated),
        *_parts(view, stated),
        *_lists(view, placed),
        *_two_values(stated),
        *_plans(aims, stated),
    ]
    for table in tables:
        found += _column_sums(view, table)
        found += _exceeding_parts(view, table)
    return found


def show(value: float) -> str:
    """A number as printed in Vietnamese documents."""
    whole = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value):,}"
    return whole.replace(",", "\0").replace(".", ",").replace("\0", ".")


def share_fits(part: float, whole: float, printed: str) -> bool:
    """Whether a printed share is part/whole, rounded or cut to the printed decimals."""
    decimals = len(re.split(r"[.,]", printed)[1]) if re.search(r"[.,]", printed) else 0
    exact = Decimal(str(part)) * 100 / Decimal(str(whole))
    step = Decimal(1).scaleb(-decimals)
    stated = Decimal(printed.replace(",", "."))
    return stated in {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}


def _shares(stated: tuple[Figure, ...]) -> list[Inconsistency]:
    found = []
    for figure in stated:
        if figure.numerator is None or not figure.denominator or figure.unit == "hạng":
            continue
        if figure.numerator > figure.denominator and "đồng" not in figure.quote:
            why = f"{figure.indicator}: phần {show(figure.numerator)} lớn hơn tổng {show(figure.denominator)}."
            found.append(finding("exceeds_total", "medium", figure, why))
        if figure.unit != "%":
            continue
        printed = _PRINTED_SHARE.findall(figure.quote)
        share = next((number for number in reversed(printed) if float(number.replace(",", ".")) == figure.value), None)
        if share and not share_fits(figure.numerator, figure.denominator, share):
            right = 100 * figure.numerator / figure.denominator
            why = (
                f"{figure.indicator}: {show(figure.numerator)}/{show(figure.denominator)} "
                f"= {show(round(right, 2))}%, văn bản in {share}%."
            )
            found.append(finding("percentage_mismatch", "medium", figure, why))
    return found


def _parts(view: View, stated: tuple[Figure, ...]) -> list[Inconsistency]:
    """Two parts whose printed shares make a hundred must add up to the whole named before «trong đó»."""
    counts = [
        figure
        for figure in stated
        if figure.column is None and figure.numerator is None and figure.denominator is None and figure.unit != "%"
    ]
    shares = [figure for figure in stated if figure.column is None and figure.unit == "%"]
    found = []
    for whole in counts:
        stop = view.flat.find(".", whole.end)
        while 0 < stop < len(view.flat) - 1 and not view.flat[stop + 1].isspace():
            stop = view.flat.find(".", stop + 1)
        reach = stop if stop > 0 else len(view.flat)
        opener = _WHOLE_AND_PARTS.search(view.flat, whole.end, min(reach, whole.end + 40))
        if opener is None:
            continue
        parts = [figure for figure in counts if opener.end() <= figure.start < reach and figure.unit == whole.unit]
        rates = [figure for figure in shares if opener.end() <= figure.start < reach]
        complete = len(parts) == len(rates) == 2 and abs(sum(rate.value for rate in rates) - 100) <= _HUNDRED_SLACK  # noqa: PLR2004
        if complete and sum(part.value for part in parts) != whole.value:
            added = " + ".join(show(part.value) for part in parts)
            why = f"{added} = {show(sum(part.value for part in parts))}, khác tổng {show(whole.value)}."
            found.append(finding("sum_mismatch", "medium", whole, why, parts))
    return found


def _lists(view: View, placed: tuple[Placed, ...]) -> list[Inconsistency]:
    found = []
    for index, item in enumerate(placed):
        start, end = item.paragraph.start, item.paragraph.end
        opened = _COUNTED_LIST.search(view.flat, start, end)
        if opened:
            bullets = _bullets_after(placed, index)
            if bullets > 1 and bullets != int(opened["n"]):
                found.append(_miscounted(view, opened, bullets))
        for hit in _BRACKETED_LIST.finditer(view.flat, start, end):
            listed = [part for part in hit["list"].split(";") if part.strip()]
            if len(listed) != int(hit["n"]):
                found.append(_miscounted(view, hit, len(listed)))
        for hit in _NAMED_LIST.finditer(view.flat, start, end):
            listed = [part.strip() for part in re.split(r",|\svà\s", hit["list"]) if part.strip()]
            names = len(listed) > 1 and all(part[0].isupper() and len(part.split()) < 9 for part in listed)  # noqa: PLR2004
            if names and len(listed) != int(hit["n"]):
                found.append(_miscounted(view, hit, len(listed)))
    return found


def _bullets_after(placed: tuple[Placed, ...], index: int) -> int:
    count = 0
    mark = placed[index + 1].mark if index + 1 < len(placed) else ""
    for item in placed[index + 1 :]:
        if not mark or item.mark not in {mark, "+"}:
            break
        count += item.mark == mark
    return count


def _miscounted(view: View, hit: re.Match[str], listed: int) -> Inconsistency:
    quote = view.quote(hit.start("n"), hit.end("noun"))
    return finding("count_mismatch", "medium", quote, f"Ghi {hit['n']} {hit['noun'].strip()} nhưng kể tên {listed}.")


def _two_values(stated: tuple[Figure, ...]) -> list[Inconsistency]:
    """One indicator and one time, two values."""
    by_name: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in stated:
        name = text.fold(figure.indicator)
        if len(name.split()) >= 4 and figure.column is None:  # noqa: PLR2004
            by_name[name, figure.unit or "", text.fold(figure.as_of or "")].append(figure)
    found = []
    for items in by_name.values():
        others = [item for item in items[1:] if item.value != items[0].value]
        if others:
            why = f"“{items[0].indicator}” ghi hai giá trị: {show(items[0].value)} và {show(others[0].value)}."
            found.append(finding("figure_conflict", "medium", items[0], why, others))
    return found


def _level(target: Target) -> float:
    return target.value if isinstance(target.value, float | int) else target.value[0]


def _plans(aims: tuple[Target, ...], stated: tuple[Figure, ...]) -> list[Inconsistency]:
    """Two levels for one indicator and day; a level below what an earlier column already reached."""
    found = []
    seen: dict[tuple[str, str | None], Target] = {}
    for target in aims:
        key = (text.fold(target.indicator), target.by_date)
        earlier = seen.setdefault(key, target)
        if target.by_date and earlier is not target and earlier.value != target.value and len(key[0].split()) > 2:  # noqa: PLR2004
            why = (
                f"“{target.indicator}” đến {target.by or target.by_date} có hai "
                f"mức: {show(_level(earlier))} và {show(_level(target))}."
            )
            found.append(finding("target_conflict", "medium", earlier, why, [target]))
    for target in aims:
        if target.column is None or target.operator not in {">=", "=", ">"} or _LESS_IS_BETTER.search(target.indicator):
            continue
        reached = [
            figure
            for figure in stated
            if figure.column and figure.indicator == target.indicator and _is_earlier(figure.column, target.column)
        ]
        for figure in reached:
            if figure.value > _level(target):
                why = (
                    f"“{target.indicator}”: chỉ tiêu {show(_level(target))} thấp hơn mức đã "
                    f"đạt {show(figure.value)} ({figure.column})."
                )
                found.append(finding("target_conflict", "medium", target, why, [figure]))
    return found


def _is_earlier(result: str, plan: str) -> bool:
    years = re.findall(r"20\d\d", result), re.findall(r"20\d\d", plan)
    return bool(years[0] and years[1]) and max(years[0]) < min(years[1])


def _column_sums(view: View, table: NumberTable) -> list[Inconsistency]:
    """The total row against the sum of the rows above it; shares are not added."""
    found = []
    by_column: dict[int, list[NumberCell]] = defaultdict(list)
    for cell in table.cells:
        if table.rate is None or cell.column != table.rate[2]:
            by_column[cell.column].append(cell)
    for cells in by_column.values():
        totals = [cell for cell in cells if cell.is_total]
        rows = [cell for cell in cells if not cell.is_total]
        heading = cells[0].heading
        if len(totals) != 1 or len(rows) < 2 or "%" in heading or re.search(r"[Tt]ỷ lệ|[Tt]ỉ lệ", heading):  # noqa: PLR2004
            continue
        added = sum(cell.value for cell in rows)
        if abs(added - totals[0].value) > 1e-6:  # noqa: PLR2004
            quote = view.quote(totals[0].cell.start, totals[0].cell.end)
            sums = " + ".join(show(cell.value) for cell in rows)
            why = f"Cột {heading}: {sums} = {show(added)}, hàng tổng in {show(totals[0].value)}."
            found.append(finding("sum_mismatch", "medium", quote, why))
    return found


def _exceeding_parts(view: View, table: NumberTable) -> list[Inconsistency]:
    if table.rate is None:
        return []
    found = []
    rows: dict[int, dict[int, NumberCell]] = defaultdict(dict)
    for cell in table.cells:
        rows[cell.row][cell.column] = cell
    for row in rows.values():
        whole, part = row.get(table.rate[0]), row.get(table.rate[1])
        if whole and part and part.value > whole.value and table.rate[0] < table.rate[1]:
            quote = view.quote(part.cell.start, part.cell.end)
            why = f"{part.name}: {part.heading} {show(part.value)} lớn hơn {whole.heading} {show(whole.value)}."
            found.append(finding("exceeds_total", "medium", quote, why))
    return found

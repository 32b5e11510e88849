"""Days, deadlines and cadences that cannot be right, or that contradict each other."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

from xanh.core import text
from xanh.reading import moments
from xanh.reading.finding import finding
from xanh.reading.model import Figure, Inconsistency, Metadata, Quote, Regime, Task
from xanh.reading.view import View, words

_DAY_WITH_WEEKDAY = words(rf"(?:vào )?{moments.WEEKDAY},? ?\(?(?:ngày )?{moments.DAY}")
_FULL_DAY = words(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)(?![\d/])")
_SAME_WORK = 0.8
_FEWEST_WORDS = 5


def check(
    view: View, head: Metadata, tasks: tuple[Task, ...], regimes: tuple[Regime, ...], stated: tuple[Figure, ...]
) -> list[Inconsistency]:
    """All faults of time and of who leads a piece of work."""
    return [
        *_weekdays(view),
        *_unreal_days(view),
        *_before_issue(view, head, tasks),
        *_after_issue(view, head, stated),
        *_same_work(view, tasks),
        *_cadences(view, regimes),
        *_chains(view, regimes),
    ]


def _show(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _weekdays(view: View) -> list[Inconsistency]:
    found = []
    for hit in _DAY_WITH_WEEKDAY.finditer(view.flat):
        day = moments.day_of(hit, near=None)
        code = moments.weekday_of(hit)
        if day and code and moments.WEEKDAY_CODES[day.weekday()] != code:
            quote = view.quote(hit.start() + (len("vào ") if hit[0].startswith("vào") else 0), hit.end())
            right = moments.WEEKDAY_NAMES[day.weekday()]
            printed = moments.WEEKDAY_NAMES[moments.WEEKDAY_CODES.index(code)]
            found.append(
                finding("weekday_mismatch", "medium", quote, f"Ngày {_show(day)} là {right}, không phải {printed}.")
            )
    return found


def _unreal_days(view: View) -> list[Inconsistency]:
    return [
        finding("impossible_date", "high", view.quote(hit.start(), hit.end()), f"Không có ngày {hit[0]} trong lịch.")
        for hit in _FULL_DAY.finditer(view.flat)
        if moments.day_of(hit, near=None) is None
    ]


def place_of_due(view: View, task: Task) -> Quote | None:
    """Where the deadline of a task stands: in its quote, its row, or the label lines after it."""
    if task.due is None:
        return None
    end = task.row.end if task.row else min(len(view.text), (task.continuation or task).end + 400)
    at = view.text.find(task.due.text, task.row.start if task.row else task.start, end)
    return view.quote(at, at + len(task.due.text)) if at >= 0 else None


def _before_issue(view: View, head: Metadata, tasks: tuple[Task, ...]) -> list[Inconsistency]:
    found = []
    for task in tasks:
        place = place_of_due(view, task)
        if head.issued_on and task.due and task.due.date and task.due.date < head.issued_on and place:
            why = (
                f"Thời hạn {_show(date.fromisoformat(task.due.date))} ở trước ngày ban "
                f"hành {_show(date.fromisoformat(head.issued_on))}."
            )
            found.append(finding("impossible_date", "high", place, why))
    return found


def _after_issue(view: View, head: Metadata, stated: tuple[Figure, ...]) -> list[Inconsistency]:
    found = []
    seen: set[str] = set()
    for figure in stated:
        last = moments.last_iso_date(figure.as_of or "")
        if head.issued_on and last and last.isoformat() > head.issued_on and figure.as_of not in seen:
            seen.add(str(figure.as_of))
            at = view.text.rfind(str(figure.as_of), 0, figure.end + 200)
            place = view.quote(at, at + len(str(figure.as_of))) if at >= 0 else figure
            why = f"Số liệu tính đến {_show(last)}, sau ngày ban hành {_show(date.fromisoformat(head.issued_on))}."
            found.append(finding("impossible_date", "high", place, why))
    return found


def _words_of(task: Task) -> list[str]:
    content = re.sub(r"\([^)]*\)", " ", task.content)
    return re.findall(r"\w+", text.fold(content))


def _likeness(one: list[str], other: list[str]) -> float:
    common = len(set(one) & set(other))
    return 2 * common / (len(set(one)) + len(set(other))) if one and other else 0.0


def _same_work(view: View, tasks: tuple[Task, ...]) -> list[Inconsistency]:
    """One work, two deadlines; one work, two leads."""
    found = []
    contents = {task.id: _words_of(task) for task in tasks}
    for one, other in combinations(tasks, 2):
        if (
            min(len(contents[one.id]), len(contents[other.id])) < _FEWEST_WORDS
            or _likeness(contents[one.id], contents[other.id]) < _SAME_WORK
        ):
            continue
        same_lead = not one.lead or not other.lead or _bodies(one.lead) & _bodies(other.lead)
        first, second = place_of_due(view, one), place_of_due(view, other)
        if first and second and one.due and other.due and one.due.date != other.due.date and same_lead:
            why = f"Cùng một việc nhưng hai thời hạn: “{one.due.text}” và “{other.due.text}”."
            found.append(finding("deadline_conflict", "high", first, why, [second]))
        if not same_lead and one.due and other.due and one.due.date == other.due.date:
            why = f"Cùng một việc nhưng giao hai nơi chủ trì: {'; '.join(one.lead)} và {'; '.join(other.lead)}."
            found.append(finding("overlapping_lead", "medium", one, why, [other]))
    return found


def _bodies(names: tuple[str, ...]) -> set[str]:
    return {re.sub(r"^(?:cac|moi|nhung)\s+", "", text.fold(name)) for name in names}


def _freqs(regime: Regime) -> set[str]:
    return {item.freq for item in regime.recurrence or () if item.freq}


def _place_of_cadence(view: View, regime: Regime) -> Quote:
    at = view.text.find(regime.cadence or "", regime.start, regime.end)
    return view.quote(at, at + len(regime.cadence or "")) if regime.cadence and at >= 0 else regime


def _cadences(view: View, regimes: tuple[Regime, ...]) -> list[Inconsistency]:
    """One duty, two cadences."""
    found = []
    for one, other in combinations(regimes, 2):
        if not _freqs(one) or not _freqs(other) or _freqs(one) == _freqs(other):
            continue
        near = not view.text[one.end : other.start].count("\n") and not (
            one.who or other.who or one.to_whom or other.to_whom
        )
        shared = _bodies(one.who) & _bodies(other.who) and _bodies(one.to_whom) & _bodies(other.to_whom)
        if near or shared:
            first, second = _place_of_cadence(view, one), _place_of_cadence(view, other)
            why = f"Cùng một chế độ báo cáo nhưng hai chu kỳ: “{first.quote}” và “{second.quote}”."
            found.append(finding("cadence_conflict", "high", first, why, [second]))
    return found


def _moment(regime: Regime) -> tuple[str, tuple[int, str]] | None:
    for item in regime.recurrence or ():
        day = moments.WEEKDAY_CODES.index(item.byday) if item.byday in moments.WEEKDAY_CODES else item.bymonthday
        if item.freq and day is not None:
            return item.freq, (day, item.time or "24:00")
    return None


def _chains(view: View, regimes: tuple[Regime, ...]) -> list[Inconsistency]:
    """A collecting step that ends before the steps it waits for."""
    found = []
    for one, other in combinations(regimes, 2):
        before, after = _moment(one), _moment(other)
        if (
            before
            and after
            and before[0] == after[0]
            and _bodies(one.to_whom) & _bodies(other.who)
            and after[1] < before[1]
        ):
            at = view.text.find(other.cutoff or "", other.start)
            place = view.quote(at, at + len(other.cutoff or "")) if other.cutoff and at >= 0 else other
            why = f"Bước tổng hợp hẹn “{other.cutoff}”, sớm hơn hạn “{one.cutoff}” của bước gửi lên."
            found.append(finding("chain_conflict", "high", place, why, [one]))
    return found

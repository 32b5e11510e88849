"""How one directive sentence becomes one task or several (docs/reading.md, «Splitting»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from xanh.reading import assign, due, recurrence, sentences, wording
from xanh.reading.assign import Subject
from xanh.reading.due import DueHit
from xanh.reading.recurrence import CadenceHit
from xanh.reading.view import View, words

_LEVEL_CLAUSE = words(
    r"(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo)(?!\w)[^;.]*?\d ?%(?: (?:đến|vào|trong|trước)[^;.,]*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Clause:
    """One stretch that becomes a task: with what it prints itself."""

    start: int
    end: int
    subject: Subject | None
    due: DueHit | None
    cadence: CadenceHit | None

    @property
    def is_own(self) -> bool:
        """Whether it has its own lead, deadline or cadence."""
        return self.subject is not None or self.due is not None or self.cadence is not None


def clauses_of(view: View, scan: str, start: int, end: int, issued_on: date | None) -> list[Clause]:
    """The tasks of a sentence. `scan` is the flat text with the dates of cited documents blanked."""
    parts = [_clause(view, scan, left, right, issued_on) for left, right in sentences.clauses(view.body, start, end)]
    if len(parts) < 2:  # noqa: PLR2004
        return parts
    opening = _opening_cadence(view, parts[0])
    merged: list[Clause] = [parts[0]]
    for part in parts[1:]:
        if _carries_on(view, merged[-1], part, opened=opening is not None):
            merged[-1] = _join(merged[-1], part)
        else:
            merged.append(part)
    if opening is not None:
        return _under_opening(view, scan, merged, opening)
    return _group(merged)


def _clause(view: View, scan: str, start: int, end: int, issued_on: date | None) -> Clause:
    cadences = recurrence.find(view.text, scan, start, end)
    hits = due.find(view.text, scan, start, end, issued_on=issued_on)
    levels = [(hit.start(), hit.end()) for hit in _LEVEL_CLAUSE.finditer(scan, start, end)]
    # A date inside «phấn đấu … đạt 95%» belongs to that level, not to the work around it.
    own = [hit for hit in hits if not any(left <= hit.start < right for left, right in levels)]
    found = own[-1] if own else None
    cadence = _whole_cadence(view, cadences)
    return Clause(start, end, assign.subject(view, start, end), None if cadence else found, cadence)


def _whole_cadence(view: View, hits: list[CadenceHit]) -> CadenceHit | None:
    """Several cadences of one clause ("hàng ngày … và tháng, quý, năm") are one duty."""
    if not hits:
        return None
    first, last = hits[0], hits[-1]
    if first is last:
        return first
    named = [hit for hit in hits if any(item.freq for item in hit.items)] or hits
    items = {(item.freq, item.bymonthday): item for hit in named for item in hit.items}
    text = view.text[named[0].start : named[-1].end]
    cutoff = next((hit.cutoff for hit in named if hit.cutoff), None)
    return CadenceHit(
        named[0].start, named[-1].end, text, tuple(replace(item, text=text) for item in items.values()), cutoff
    )


def _opening_cadence(view: View, first: Clause) -> CadenceHit | None:
    """The cadence with which the sentence opens, before its actor or verb."""
    if first.cadence is None:
        return None
    before = view.body[first.start : first.cadence.start].strip(" -+,")
    return (
        first.cadence if not before or words(r"(?:[Tt]rước|[Cc]hậm nhất|[Nn]gày|[Vv]ào)[^,;]*$").match(before) else None
    )


def _carries_on(view: View, before: Clause, part: Clause, *, opened: bool) -> bool:
    """A closing clause by the same lead that submits or reports the same work, or only adds a time, a limit or a
    level."""
    flat, at = view.body, part.start
    while at < part.end and flat[at] in " -+":
        at += 1
    lead_in = words(r"(?:và|đồng thời|sau đó) ").match(flat, at)
    at = lead_in.end() if lead_in else at
    if part.subject is not None:
        return False
    if opened:
        return True
    if wording.ADDS_ONLY.match(flat, at) and part.cadence is None and (part.due is None or before.due is None):
        return not words(r"(?:bảo đảm|đảm bảo) ").match(flat, at) or part.due is None
    return bool(wording.CARRIES_ON.match(flat, at)) and part.cadence is None and before.due is None


def _join(left: Clause, right: Clause) -> Clause:
    cadence = left.cadence or right.cadence
    if left.cadence and right.cadence:  # «hằng tháng …; báo cáo năm trước ngày 10/12»: one duty with both cadences
        items = (*left.cadence.items, *right.cadence.items)
        cadence = CadenceHit(left.cadence.start, right.cadence.end, left.cadence.text, items, left.cadence.cutoff)
    return Clause(left.start, right.end, left.subject, right.due or left.due, cadence)


def _under_opening(view: View, scan: str, parts: list[Clause], opening: CadenceHit) -> list[Clause]:
    """The cadence printed at the head holds for every clause; «cùng ngày» takes over the weekday."""
    done: list[Clause] = []
    earlier: list[CadenceHit] = []
    for index, part in enumerate(parts):
        own = part.cadence if index == 0 or part.cadence else None
        cadence = own or recurrence.cutoff_alone(view.text, scan, part.start, part.end, opening)
        same_day = bool(words(r"cùng ngày").search(scan, part.start, part.end))
        cadence = replace(cadence, items=recurrence.share_weekday(earlier, cadence.items, same_day=same_day))
        earlier.append(cadence)
        done.append(replace(part, cadence=cadence, due=None))
    return done


def _group(parts: list[Clause]) -> list[Clause]:
    """Clauses of their own stand alone; those without anything of their own stay together."""
    if not any(part.is_own for part in parts[1:]) and not (parts[0].due or parts[0].cadence):
        return [_all(parts)]
    done: list[Clause] = []
    open_group = False
    for index, part in enumerate(parts):
        alone = part.due is not None or part.cadence is not None or (index > 0 and part.subject is not None)
        if alone or not open_group:
            done.append(part)
        else:
            done[-1] = _join(done[-1], part)
        open_group = not (part.due is not None or part.cadence is not None)
    return done


def _all(parts: list[Clause]) -> Clause:
    whole = parts[0]
    for part in parts[1:]:
        whole = _join(whole, part)
    return whole

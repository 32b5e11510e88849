"""The whole story of one task: the sentence in its document, six dots, timeline, evidence, children's roll-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xanh.core import dates
from xanh.directives import clarity
from xanh.directives.drafts import due_words
from xanh.events import queries as events
from xanh.events.kinds import KINDS
from xanh.tasks import queries
from xanh.tasks.models import Extension, Task, TaskChange, TaskEvidence, TaskUpdate

# How many letters of the document stand before and after the sentence.
CONTEXT = 240


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of the story: when, who, what, in which words."""

    at: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Story:
    """The whole story of one task."""

    row: queries.TaskRow
    before: str
    after: str
    dots: tuple[clarity.Dot, ...]
    unclear: str
    cooperators: list[str]
    timeline: list[TimelineEntry]
    updates: list[TaskUpdate]
    evidence: list[TaskEvidence]
    asked: Extension | None
    children: list[queries.TaskRow]
    roll_up: queries.FourBoxes | None


def story(told: Task, now: datetime) -> Story:
    """Sentence in its document, clarity, timeline, evidence, children's roll-up."""
    text = told.directive.text
    children = list(told.children.select_related("lead", "directive").order_by("lead__official_order", "code"))
    six = dots(told)
    cooperating = (told.parent or told).cooperators.all()
    return Story(
        row=queries.row_of(told, now),
        before=text[max(0, told.start - CONTEXT) : told.start],
        after=text[told.end : told.end + CONTEXT],
        dots=six,
        unclear=clarity.unclear(six),
        cooperators=[each.label for each in cooperating],
        timeline=timeline(told),
        updates=list(told.updates.all()),
        evidence=list(told.evidence.all()),
        asked=told.extensions.filter(state="ASKED").first(),
        children=queries.rows(children, now),
        roll_up=queries.boxes_of(Task.objects.filter(parent=told), now) if told.group_id else None,
    )


def dots(told: Task) -> tuple[clarity.Dot, ...]:
    """The six dots of a task."""
    lead = told.lead.name if told.lead else (told.group.name if told.group else "")
    return clarity.dots(
        lead=lead,
        content=told.content,
        time=due_words(told.due_on, told.due_time, told.qualifier) or told.recurrence,
        authority=told.directive.symbol or told.directive.issuer,
        product=told.product,
        person=told.person,
    )


DETAILS = ("note", "reason", "document", "authority", "answer", "ground", "label", "product", "person")
FIELDS = {"due": "thời hạn", "content": "nội dung", "product": "sản phẩm", "person": "người phụ trách"}


def timeline(told: Task) -> list[TimelineEntry]:
    """Events of the task (and of the common task above it) and its changed fields, newest first."""
    trail = list(events.events_of_subject("task", told.pk))
    if told.parent_id:
        trail += list(events.events_of_subject("task", told.parent_id))
    entries = [
        TimelineEntry(event.at, event.by_label or "Hệ thống", KINDS[event.kind], _detail(event.facts))
        for event in sorted(trail, key=lambda event: event.id)
    ]
    entries += [_changed(change) for change in told.changes.all()]
    # Sorting keeps the order of what happened at one instant; the list is read from its newest end.
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _changed(change: TaskChange) -> TimelineEntry:
    words = f"từ “{change.old}” thành “{change.new}”" if change.old else f"“{change.new}”"
    detail = f"{words} · {change.ground}" if change.ground else words
    return TimelineEntry(change.at, change.by_label, f"Thay đổi {FIELDS[change.field]}", detail)


def _detail(facts: dict[str, Any]) -> str:
    words = [str(facts[name]) for name in DETAILS if facts.get(name)]
    if facts.get("due_on"):
        day = dates.parse_date(str(facts["due_on"]))
        words.insert(0, f"thời hạn {dates.format_date(day)}")
    return " · ".join(words)

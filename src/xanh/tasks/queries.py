"""Reads about tasks: four boxes with their denominator, the filtered list, groups; one task is `tasks.story`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from xanh.core import status
from xanh.core import text as text_rules
from xanh.core.light import Verdict
from xanh.core.status import TaskBox
from xanh.core.workflow import TaskState
from xanh.directives.drafts import due_words
from xanh.directives.models import Directive
from xanh.indicators.models import Programme
from xanh.org.access import Viewer
from xanh.org.models import Unit
from xanh.tasks import access, judging
from xanh.tasks.models import OPEN_STATES, Extension, Task, TaskEvidence, TaskQuerySet

GROUPINGS = [("don_vi", "chủ trì"), ("van_ban", "văn bản"), ("chuong_trinh", "chương trình")]
BANDS = ("1–7 ngày", "8–30 ngày", "trên 30 ngày")


class TaskUnknown(Exception):
    """No task has this code."""


class Narrowing(StrEnum):
    """The parts of the list that an address can name; the first four are the boxes."""

    DONE_ON_TIME = "hoan-thanh-dung-han"
    DONE_LATE = "hoan-thanh-qua-han"
    RUNNING = "dang-thuc-hien"
    OVERDUE = "qua-han"
    DUE_SOON = "sap-den-han"
    WAITING = "cho-xac-nhan"
    EXTENSION_ASKED = "de-nghi-dieu-chinh"
    UNCLEAR = "chua-ro"
    ENDED = "ket-thuc-theo-doi"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _NARROWING_LABELS[self]


BOX_ADDRESSES = {
    TaskBox.DONE_ON_TIME: Narrowing.DONE_ON_TIME,
    TaskBox.DONE_LATE: Narrowing.DONE_LATE,
    TaskBox.RUNNING: Narrowing.RUNNING,
    TaskBox.OVERDUE: Narrowing.OVERDUE,
}
_NARROWING_LABELS = {
    **{address: box.label for box, address in BOX_ADDRESSES.items()},
    Narrowing.DUE_SOON: "sắp đến hạn",
    Narrowing.WAITING: "chờ xác nhận hoàn thành",
    Narrowing.EXTENSION_ASKED: "đề nghị điều chỉnh thời hạn",
    Narrowing.UNCLEAR: "chưa rõ thời gian hoặc sản phẩm",
    Narrowing.ENDED: "đã kết thúc theo dõi",
}


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks: by leading unit (a territory means everything in it), document, programme, part, words."""

    lead: str = ""
    directive_id: int | None = None
    programme: str = ""
    narrowing: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class FourBoxes:
    """The four official boxes; `total` is their sum, tasks whose follow-up was ended are in none."""

    done_on_time: int
    done_late: int
    running: int
    overdue: int

    @property
    def total(self) -> int:
        """The denominator of every share."""
        return self.done_on_time + self.done_late + self.running + self.overdue

    def counts(self) -> list[tuple[TaskBox, int]]:
        """Boxes in official order."""
        return [
            (TaskBox.DONE_ON_TIME, self.done_on_time),
            (TaskBox.DONE_LATE, self.done_late),
            (TaskBox.RUNNING, self.running),
            (TaskBox.OVERDUE, self.overdue),
        ]


def _filtered(chosen: TaskFilter) -> TaskQuerySet:
    """Tasks of units by everything but the part; a territorial unit's code stands for its whole territory."""
    found = Task.objects.assigned()
    if chosen.lead:
        lead = Q(lead=chosen.lead) | Q(lead__commune_code=chosen.lead) | Q(lead__province_code=chosen.lead)
        found = found.filter(lead)
    if chosen.directive_id:
        found = found.filter(directive=chosen.directive_id)
    if chosen.programme:
        found = found.filter(programme_code=chosen.programme)
    folded = text_rules.fold(chosen.words)
    if folded:
        found = found.filter(name_folded__contains=folded)
    return found


def _narrowed(tasks: TaskQuerySet, narrowing: str, now: datetime) -> TaskQuerySet:
    parts = {
        Narrowing.DONE_ON_TIME: tasks.done_on_time,
        Narrowing.DONE_LATE: tasks.done_late,
        Narrowing.RUNNING: lambda: tasks.running_at(now),
        Narrowing.OVERDUE: lambda: tasks.overdue_at(now),
        Narrowing.DUE_SOON: lambda: tasks.due_soon_at(now),
        Narrowing.WAITING: lambda: tasks.filter(state=TaskState.REPORTED_DONE.value),
        Narrowing.EXTENSION_ASKED: lambda: tasks.filter(extensions__state="ASKED"),
        Narrowing.UNCLEAR: lambda: tasks.open().filter(Q(due_on=None, recurrence="") | Q(product="")),
        Narrowing.ENDED: lambda: tasks.filter(state=TaskState.ENDED.value),
    }
    return parts[Narrowing(narrowing)]() if narrowing else tasks.counted()  # type: ignore[no-untyped-call]


def _box_counts(now: datetime) -> dict[str, Count]:
    accepted, is_open = Q(state=TaskState.ACCEPTED.value), Q(state__in=OPEN_STATES)
    in_time = Q(due_at=None) | Q(done_at__lt=F("due_at"))
    late_now = Q(due_at__lte=Coalesce(F("reported_done_at"), now))
    return {
        "done_on_time": Count("pk", filter=accepted & in_time),
        "done_late": Count("pk", filter=accepted & Q(done_at__gte=F("due_at"))),
        "running": Count("pk", filter=is_open & (Q(due_at=None) | ~late_now)),
        "overdue": Count("pk", filter=is_open & late_now),
    }


def boxes_of(tasks: TaskQuerySet, now: datetime) -> FourBoxes:
    """The four boxes of some tasks; one query."""
    return FourBoxes(**tasks.aggregate(**_box_counts(now)))


def boxes(chosen: TaskFilter, now: datetime, *, viewer: Viewer | None = None) -> FourBoxes:
    """The four boxes of a filter, whatever part it names; with a viewer, of what he may see."""
    found = _filtered(chosen)
    return boxes_of(found.filter(access.visible_to(viewer)) if viewer else found, now)


def denominator_label(chosen: TaskFilter, boxes_total: int) -> str:
    """What the shares are of: "112 nhiệm vụ đã giao cho đơn vị, không tính nhiệm vụ đã kết thúc theo dõi"."""
    narrowed = " theo bộ lọc" if chosen.lead or chosen.directive_id or chosen.programme or chosen.words else ""
    return f"{boxes_total} nhiệm vụ đã giao cho đơn vị{narrowed}, không tính nhiệm vụ đã kết thúc theo dõi"


def overdue_counts(unit_codes: Iterable[str], now: datetime) -> dict[str, int]:
    """How many tasks each unit leads that are overdue at `now`; units without any are left out."""
    rows = Task.objects.filter(lead__in=list(unit_codes)).overdue_at(now).values("lead_id").annotate(count=Count("pk"))
    return {row["lead_id"]: row["count"] for row in rows.order_by()}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of a list."""

    task: Task
    verdict: Verdict
    due: str
    band: str


def row_of(task: Task, now: datetime) -> TaskRow:
    """A task as a line of a list, judged at `now`."""
    due = due_words(task.due_on, task.due_time, task.qualifier) or task.recurrence or "chưa rõ"
    at = judging.judged_at(task, now)
    band = status.ageing_band(task.due_at, at) if task.is_open and task.due_at else ""
    return TaskRow(task, judging.verdict_of(task, now), due, band)


def listing(viewer: Viewer, chosen: TaskFilter, now: datetime) -> QuerySet[Task]:
    """The tasks of a filter that the viewer may see; longest overdue first, then the nearest due."""
    found = _narrowed(_filtered(chosen).filter(access.visible_to(viewer)), chosen.narrowing, now)
    return found.distinct().select_related("lead", "directive").order_by(F("due_at").asc(nulls_last=True), "code")


def rows(tasks: Iterable[Task], now: datetime) -> list[TaskRow]:
    """Lines of a list."""
    return [row_of(task, now) for task in tasks]


def ageing(viewer: Viewer, chosen: TaskFilter, now: datetime) -> list[tuple[str, int]]:
    """Overdue tasks by how long they have been so, every band named."""
    found = _filtered(chosen).filter(access.visible_to(viewer)).overdue_at(now).distinct()
    counts = dict.fromkeys(BANDS, 0)
    for due_at, reported_at in found.values_list("due_at", "reported_done_at"):
        if due_at is not None:
            counts[status.ageing_band(due_at, reported_at or now)] += 1
    return list(counts.items())


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One group of a grouped list with its own four boxes; `key` continues the filter."""

    key: str
    label: str
    boxes: FourBoxes


def grouped(viewer: Viewer, chosen: TaskFilter, by: str, now: datetime) -> list[TaskGroup]:
    """The list by leading unit (official order), document or programme; one query and the names."""
    field = {"don_vi": "lead_id", "van_ban": "directive_id", "chuong_trinh": "programme_code"}[by]
    order = "lead__official_order" if by == "don_vi" else field
    found = _filtered(chosen).counted().filter(access.visible_to(viewer))
    lines = list(found.values(field, order).annotate(**_box_counts(now)).order_by(order, field))
    names = _group_names(by, [line[field] for line in lines])
    kinds = ("done_on_time", "done_late", "running", "overdue")
    return [
        TaskGroup(str(line[field]), names[line[field]], FourBoxes(**{kind: line[kind] for kind in kinds}))
        for line in lines
    ]


def _group_names(by: str, keys: list[Any]) -> dict[Any, str]:
    if by == "don_vi":
        return {unit.code: unit.name for unit in Unit.objects.filter(pk__in=keys)}
    if by == "van_ban":
        found = Directive.objects.filter(pk__in=keys)
        return {each.pk: f"{each.symbol or each.file_name} · {each.title}" for each in found}
    known = {row.code: row.short_name for row in Programme.objects.filter(pk__in=keys)}
    return {key: known.get(key, key or "không thuộc chương trình nào") for key in keys}


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filter offers: units that lead something, documents, programmes, as (value, label)."""

    units: list[tuple[str, str]]
    directives: list[tuple[str, str]]
    programmes: list[tuple[str, str]]


def filter_choices(viewer: Viewer) -> FilterChoices:
    """Only what stands in the viewer's own tasks."""
    seen = Task.objects.assigned().filter(access.visible_to(viewer))
    units = Unit.objects.filter(pk__in=seen.values("lead_id")).order_by("official_order", "code")
    documents = Directive.objects.filter(pk__in=seen.values("directive_id"))
    programmes = Programme.objects.filter(pk__in=seen.values("programme_code"))
    return FilterChoices(
        units=[(unit.code, unit.name) for unit in units],
        directives=[(str(each.pk), f"{each.symbol or each.file_name} · {each.title[:80]}") for each in documents],
        programmes=[(row.code, row.short_name) for row in programmes],
    )


@dataclass(frozen=True, slots=True)
class TodayTasks:
    """What the start page shows: overdue ones first, then those soon due, and what waits for the viewer's judgement."""

    overdue: list[TaskRow]
    due_soon: list[TaskRow]
    waiting: list[TaskRow]


def tasks_for_today(viewer: Viewer, now: datetime, *, limit: int = 8) -> TodayTasks:
    """Tasks of the viewer's own side; `waiting`: reported done, to be confirmed by him."""
    own = [reach.commune_code or reach.province_code or reach.unit_code for reach in viewer.reaches]
    led = Q(lead__commune_code__in=own) | Q(lead__province_code__in=own, lead__commune_code="")
    seen = Task.objects.assigned().filter(access.visible_to(viewer)).select_related("lead", "directive")
    mine = seen.filter(led)
    reported = seen.filter(state=TaskState.REPORTED_DONE.value).order_by("reported_done_at")
    to_judge = [task for task in reported[: 4 * limit] if access.can_judge(viewer, task)]
    return TodayTasks(
        overdue=rows(mine.overdue_at(now).order_by("due_at", "code").distinct()[:limit], now),
        due_soon=rows(mine.due_soon_at(now).order_by("due_at", "code").distinct()[:limit], now),
        waiting=rows(to_judge[:limit], now),
    )


def task(code: str) -> Task:
    """One task with its document and lead; raises TaskUnknown."""
    found = Task.objects.select_related("lead", "group", "parent", "directive__owner").filter(pk=code).first()
    if found is None:
        raise TaskUnknown(code)
    return found


def evidence(task_code: str, pk: int) -> TaskEvidence:
    """One piece of evidence of a task; raises TaskUnknown."""
    found = TaskEvidence.objects.select_related("file").filter(task=task_code, pk=pk).first()
    if found is None:
        raise TaskUnknown(task_code)
    return found


def asked_extension(task_code: str) -> Extension | None:
    """The request that waits for a decision, if any."""
    return Extension.objects.filter(task=task_code, state="ASKED").first()

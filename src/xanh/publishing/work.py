"""Documents and tasks of a territory as they stood at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from xanh.core import status
from xanh.core.periods import NoSuchPeriod, Period
from xanh.core.status import TaskBox, TaskFacts
from xanh.core.workflow import TaskState
from xanh.directives import access as directive_access
from xanh.directives.models import Circulation, Directive
from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.tasks import access as task_access
from xanh.tasks.models import Task


@dataclass(frozen=True, slots=True)
class TaskAt:
    """A task as it stood: its box (None once its follow-up was ended) and the instant it is judged at."""

    task: Task
    box: TaskBox | None
    judged_at: datetime

    @property
    def verdict_text(self) -> str:
        """The reason of its light: "quá hạn 2 ngày"."""
        facts = TaskFacts(self.task.due_at, self.task.warn_at, None, None)
        return status.judge_task(facts, now=self.judged_at).text


@dataclass(frozen=True, slots=True)
class Workload:
    """The tasks of a territory at an instant."""

    tasks: tuple[TaskAt, ...]

    def count(self, box: TaskBox) -> int:
        """How many stand in a box."""
        return sum(each.box is box for each in self.tasks)

    @property
    def total(self) -> int:
        """The denominator of the four boxes: tasks whose follow-up was ended are in none."""
        return sum(each.box is not None for each in self.tasks)

    @property
    def overdue(self) -> list[TaskAt]:
        """Overdue ones, longest first."""
        found = [each for each in self.tasks if each.box is TaskBox.OVERDUE]
        return sorted(found, key=lambda each: (each.task.due_at or each.judged_at, each.task.code))

    def due_between(self, start: date, end: date) -> list[TaskAt]:
        """Open tasks that are due in a span of days, nearest first."""
        found = [
            each
            for each in self.tasks
            if each.box in (TaskBox.RUNNING, TaskBox.OVERDUE)
            and each.task.due_on is not None
            and start <= each.task.due_on <= end
        ]
        return sorted(found, key=lambda each: (each.task.due_on or end, each.task.code))


def box_at(task: Task, at: datetime) -> TaskAt:
    """Where a task stood at `at`; what happened later does not count."""
    if task.ended_at is not None and task.ended_at <= at:
        return TaskAt(task, None, at)
    if task.done_at is not None and task.accepted_at is not None and task.accepted_at <= at:
        on_time = task.due_at is None or task.done_at < task.due_at
        return TaskAt(task, TaskBox.DONE_ON_TIME if on_time else TaskBox.DONE_LATE, at)
    waits = task.state in (TaskState.REPORTED_DONE.value, TaskState.ACCEPTED.value)
    reported = task.reported_done_at
    # While a report of completion waits for judgement, the clock of the task stands still.
    judged_at = min(at, reported) if waits and reported is not None else at
    late = task.due_at is not None and task.due_at <= judged_at
    return TaskAt(task, TaskBox.OVERDUE if late else TaskBox.RUNNING, judged_at)


def _led_by(territory: Unit, blocks: Iterable[str]) -> Q:
    if territory.level == Level.NATION:
        return Q(lead__isnull=False)
    key = "lead__commune_code" if territory.level == Level.COMMUNE else "lead__province_code"
    led = Q(**{key: territory.code})
    sides = set(blocks)
    return led & (Q(lead__block__in=sides) | Q(lead__block="")) if len(sides) == 1 else led


def workload(viewer: Viewer, territory: Unit, blocks: Iterable[str], *, at: datetime) -> Workload:
    """Tasks led in a territory (of one side where only one is named) that the viewer may see, as they stood at `at`."""
    rows = (
        Task.objects.assigned()
        .filter(_led_by(territory, blocks), task_access.visible_to(viewer), assigned_at__lte=at)
        .select_related("lead", "directive")
        .defer("directive__text", "quote")
        .distinct()
        .order_by("code")
    )
    return Workload(tuple(box_at(task, at) for task in rows))


def documents(viewer: Viewer, territory: Unit, period: Period, *, may_see_restricted: bool) -> list[Directive]:
    """Documents issued in the period by the territory or above, as far as the viewer may know of them."""
    owners = [code for code in ("VN", territory.province_code, territory.commune_code) if code]
    found = Directive.objects.filter(
        directive_access.visible_to(viewer), owner__in=owners, issued_on__range=(period.start, period.end)
    )
    if not may_see_restricted:
        found = found.exclude(circulation=Circulation.RESTRICTED)
    return list(found.defer("text", "inconsistencies").order_by("issued_on", "id").distinct())


def next_span(period: Period) -> tuple[date, date]:
    """First and last day of the period after; as many days again after one without neighbours."""
    try:
        coming = period.next()
    except NoSuchPeriod:
        length = period.end - period.start
        first = period.end + timedelta(days=1)
        return first, first + length
    return coming.start, coming.end

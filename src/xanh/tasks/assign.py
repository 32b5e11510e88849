"""Create tasks: one row per lead; a group's task fans out into one child per unit, told by one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from xanh.core import workflow
from xanh.core.deadlines import Qualifier
from xanh.directives.models import Directive
from xanh.events import actions as events
from xanh.lights import actions as lights
from xanh.org.models import Unit, UnitGroup
from xanh.people.models import User
from xanh.tasks import judging
from xanh.tasks.models import Task, TaskCooperator

# What a unit's task takes over from the common task.
COPIED = (
    *("programme_code", "directive", "content", "quote", "start", "end", "product", "report_to", "recurrence"),
    *("due_on", "due_time", "qualifier", "due_at", "warn_at", "weight", "assigned_at"),
)


class AlreadyMember(Exception):
    """The unit already has its own task under this common task."""


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """One task to be created: `units` holds one lead, or with `group` the roster of the day of issue."""

    content: str
    quote: str
    start: int
    end: int
    units: Sequence[Unit]
    group: UnitGroup | None = None
    cooperators: Sequence[tuple[Unit | None, str]] = ()
    due_on: date | None = None
    due_time: time | None = None
    qualifier: str = Qualifier.ON.value
    recurrence: str = ""
    product: str = ""
    report_to: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was created: common and single tasks, and the distinct units that lead something."""

    codes: tuple[str, ...]
    unit_codes: tuple[str, ...]


class NobodyLeads(Exception):
    """An order without a lead; nothing is created."""


@transaction.atomic
def assign_tasks(*, directive: Directive, orders: Sequence[TaskOrder], by: User, at: datetime) -> Assigned:
    """Create the tasks of a document in the order given; raises NobodyLeads."""
    if any(not order.units or (order.group is None and len(order.units) != 1) for order in orders):
        raise NobodyLeads("Có nhiệm vụ chưa rõ đơn vị chủ trì. Một việc một đầu mối chủ trì.")
    first = Task.objects.filter(directive=directive, parent=None).count() + 1
    heads: list[Task] = []
    children: list[Task] = []
    for number, order in enumerate(orders, start=first):
        head = _head(directive, order, f"{directive.pk}-{number:02d}", at)
        heads.append(head)
        children += [_child(head, unit) for unit in order.units] if order.group else []
    rows = [*heads, *children]
    turns = [judging.settle_light(task, at) for task in rows]
    for task in rows:
        task.fold_name()
    Task.objects.bulk_create(heads, batch_size=500)
    Task.objects.bulk_create(children, batch_size=500)
    lights.record_turns([turn for turn in turns if turn.unit_code], at=at)
    _add_cooperators(heads, orders)
    for head, order in zip(heads, orders, strict=True):
        _tell(head, order, by=by, at=at)
    units = dict.fromkeys(unit.code for order in orders for unit in order.units)
    return Assigned(tuple(head.code for head in heads), tuple(units))


def _head(directive: Directive, order: TaskOrder, code: str, at: datetime) -> Task:
    task = Task(
        code=code,
        programme_code=directive.programme_code,
        directive=directive,
        content=order.content,
        quote=order.quote,
        start=order.start,
        end=order.end,
        lead=None if order.group else order.units[0],
        group=order.group,
        product=order.product,
        report_to=order.report_to,
        recurrence=order.recurrence,
        assigned_at=at,
    )
    judging.set_due(task, order.due_on, order.due_time, order.qualifier, day=at.date())
    return task


def _child(head: Task, unit: Unit) -> Task:
    """The task of one unit of the group: the common task's own words and due."""
    return Task(
        code=f"{head.code}.{unit.code}", parent=head, lead=unit, **{name: getattr(head, name) for name in COPIED}
    )


def _add_cooperators(heads: list[Task], orders: Sequence[TaskOrder]) -> None:
    TaskCooperator.objects.bulk_create(
        [
            TaskCooperator(task=head, unit=unit, label=label[:600])
            for head, order in zip(heads, orders, strict=True)
            for unit, label in order.cooperators
        ],
        batch_size=500,
    )


def _tell(head: Task, order: TaskOrder, *, by: User, at: datetime) -> None:
    facts = {
        "content": head.content[:300],
        "lead": order.group.name if order.group else order.units[0].name,
        "units": [unit.code for unit in order.units],
        "due_on": head.due_on,
        "directive": head.directive_id,
    }
    events.record(
        kind="task.created",
        subject=("task", head.code),
        by=by,
        at=at,
        unit_code=head.lead_id or head.directive.owner_id,
        facts=facts,
    )


@transaction.atomic
def join_group(*, parent_code: str, unit: Unit, by: User, at: datetime) -> Task:
    """Give the common task to a unit that joined the group later; an explicit act. Raises AlreadyMember, NotAllowed."""
    parent = Task.objects.select_for_update(of=("self",)).select_related("directive").get(pk=parent_code)
    if not parent.is_open:
        raise workflow.NotAllowed(parent.life, workflow.TaskAct.REPORT_DONE)
    if parent.children.filter(lead=unit).exists():
        raise AlreadyMember(f"{unit.name} đã được giao nhiệm vụ này.")
    child = _child(parent, unit)
    child.assigned_at = at
    turn = judging.settle_light(child, at)
    child.save(force_insert=True)
    lights.record_turns([turn], at=at)
    events.record(
        kind="task.created",
        subject=("task", child.code),
        by=by,
        at=at,
        unit_code=unit.code,
        facts={"content": child.content[:300], "lead": unit.name, "parent": parent.code},
    )
    return child

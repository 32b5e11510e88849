"""Lights of tasks: due as written → instants, facts → verdict, verdict → stored columns and turned lights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from xanh.core import deadlines, status
from xanh.core.deadlines import Qualifier
from xanh.core.light import Reason, Verdict
from xanh.core.workflow import TaskState
from xanh.kit import policy
from xanh.lights import actions as lights
from xanh.tasks.models import Task

LIGHT_FIELDS = ("light", "reason", "reason_text", "next_check_at")


def set_due(task: Task, due_on: date | None, due_time: time | None, qualifier: str, *, day: date) -> None:
    """Write a due and its two instants by the thresholds in force on `day`; the row is not saved."""
    task.due_on, task.due_time, task.qualifier = due_on, due_time, qualifier
    if due_on is None:
        task.due_at = task.warn_at = task.due_time = None
        return
    thresholds = policy.thresholds_on(day)
    deadline = deadlines.deadline_of(
        deadlines.Due(due_on, due_time, Qualifier(qualifier)),
        calendar=policy.working_calendar(),
        warn_working_days=thresholds.warn_working_days,
        strict_before=thresholds.strict_before,
    )
    task.due_at, task.warn_at = deadline.due_at, deadline.warn_at


def facts_of(task: Task) -> status.TaskFacts:
    """What the light of a task hangs on."""
    return status.TaskFacts(task.due_at, task.warn_at, task.done_at, task.ended_at)


def judged_at(task: Task, now: datetime) -> datetime:
    """The instant at which a task is judged: its clock stands still while a report of completion waits."""
    waits = task.state == TaskState.REPORTED_DONE and task.reported_done_at is not None
    return min(now, task.reported_done_at) if waits and task.reported_done_at else now


def verdict_of(task: Task, now: datetime) -> Verdict:
    """The light of a task at `now` with its reason in words."""
    verdict = status.judge_task(facts_of(task), now=judged_at(task, now))
    if verdict.reason is Reason.TASK_WITHOUT_DUE and task.recurrence:
        return replace(verdict, text=f"đang thực hiện theo định kỳ: {task.recurrence}", next_step="")
    return verdict


def settle_light(task: Task, now: datetime) -> lights.Turn:
    """Judge and write the four columns of the light (unsaved); the turn goes to `lights.record_turns`."""
    verdict = verdict_of(task, now)
    old = task.light if task.reason else ""
    task.light, task.reason, task.reason_text = verdict.light.value, verdict.reason.value, verdict.text
    task.next_check_at = next_check(task, now)
    return lights.Turn(subject=f"task:{task.pk}", unit_code=task.lead_id or "", old=old, verdict=verdict)


def next_check(task: Task, now: datetime) -> datetime | None:
    """The next instant at which time alone turns the light; None when nothing will, and for a common task."""
    if task.lead_id is None or task.state not in (TaskState.RUNNING, TaskState.RETURNED):
        return None
    return min((at for at in (task.warn_at, task.due_at) if at is not None and at > now), default=None)


def store_lights(tasks: Iterable[Task], *, at: datetime) -> int:
    """Judge tasks that are already in the table, save their lights, record what turned; returns the turns."""
    rows = list(tasks)
    turns = [settle_light(task, at) for task in rows if task.lead_id]
    Task.objects.bulk_update(rows, LIGHT_FIELDS, batch_size=500)
    return lights.record_turns(turns, at=at)

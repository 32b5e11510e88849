"""Điều chỉnh thời hạn: asked for by the lead, granted or refused by the assigner, or ordered by him outright."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from xanh.core import workflow
from xanh.core.workflow import ExtensionAct, ExtensionState, TaskAct
from xanh.people.models import User
from xanh.tasks import actions
from xanh.tasks.models import Extension, Task


class OwnRequest(Exception):
    """Who asked for a later due does not grant it."""

    message = "Người đề nghị điều chỉnh thời hạn không được tự quyết định. Đề nghị người khác phía giao việc xem xét."

    def __init__(self) -> None:
        super().__init__(self.message)


class NotLater(Exception):
    """An extension must move the due to a later day."""

    message = "Thời hạn mới phải sau thời hạn đang giao. Đề nghị chọn ngày muộn hơn."

    def __init__(self) -> None:
        super().__init__(self.message)


def state_of(task: Task) -> ExtensionState:
    """Where the last request of a task stands."""
    last = task.extensions.order_by("-id").first()
    return ExtensionState(last.state) if last else ExtensionState.NONE


def _open_task(code: str) -> Task:
    task = actions.locked(code)
    if not task.is_open:
        raise workflow.NotAllowed(task.life, TaskAct.REPORT_DONE)
    return task


@transaction.atomic
def ask_extension(
    *, code: str, due_on: date, reason: str, is_objective: bool = False, by: User, at: datetime
) -> Extension:
    """Ask for a later due with the reason; raises workflow.NotAllowed while another request waits, NotLater."""
    task = _open_task(code)
    if task.lead_id is None:
        raise actions.CommonTask
    workflow.after(state_of(task), ExtensionAct.ASK)
    if task.due_on is None or due_on <= task.due_on:
        raise NotLater
    extension = Extension.objects.create(
        task=task,
        state=ExtensionState.ASKED.value,
        asked_due_on=due_on,
        reason=reason.strip(),
        is_objective=is_objective,
        asked_at=at,
        asked_by=str(by.pk),
        asked_label=by.full_name,
    )
    facts = {"due_on": due_on, "reason": extension.reason, "objective": is_objective}
    actions.tell(task, "task.extension_asked", by=by, at=at, facts=facts)
    return extension


def _asked(extension_id: int, act: ExtensionAct, by: User) -> tuple[Extension, Task]:
    extension = Extension.objects.get(pk=extension_id)
    task = _open_task(extension.task_id)
    extension.refresh_from_db()
    workflow.after(ExtensionState(extension.state), act)
    if extension.asked_by == str(by.pk):
        raise OwnRequest
    return extension, task


@transaction.atomic
def grant_extension(*, extension_id: int, due_on: date, authority: str, by: User, at: datetime) -> Extension:
    """Grant a later due (the asked one or another) on a named authority; raises OwnRequest, NotLater, NotAllowed."""
    extension, task = _asked(extension_id, ExtensionAct.GRANT, by)
    if task.due_on is not None and due_on <= task.due_on:
        raise NotLater
    extension.state = ExtensionState.GRANTED.value
    extension.granted_due_on, extension.authority = due_on, authority.strip()
    extension.decided_at, extension.decided_by, extension.decided_label = at, str(by.pk), by.full_name
    extension.save()
    actions.move_due(task, due_on, ground=f"Điều chỉnh thời hạn theo {authority.strip()}", by=by, at=at)
    facts = {"due_on": due_on, "authority": authority.strip()}
    actions.tell(task, "task.extension_granted", by=by, at=at, facts=facts)
    return extension


@transaction.atomic
def refuse_extension(*, extension_id: int, answer: str, by: User, at: datetime) -> Extension:
    """Refuse a later due with the reason; raises OwnRequest, NotAllowed."""
    extension, task = _asked(extension_id, ExtensionAct.REFUSE, by)
    extension.state = ExtensionState.REFUSED.value
    extension.answer = answer.strip()
    extension.decided_at, extension.decided_by, extension.decided_label = at, str(by.pk), by.full_name
    extension.save()
    actions.tell(task, "task.extension_refused", by=by, at=at, facts={"answer": extension.answer})
    return extension


@transaction.atomic
def adjust_due(*, code: str, due_on: date, authority: str, reason: str, by: User, at: datetime) -> Extension:
    """The assigner moves a unit's due by a document, without a request; raises NotLater, NotAllowed.

    A waiting request is answered by it. For a common task use `actions.change_task`.
    """
    task = _open_task(code)
    if task.lead_id is None:
        raise actions.CommonTask
    if task.due_on is not None and due_on <= task.due_on:
        raise NotLater
    waiting = task.extensions.filter(state=ExtensionState.ASKED.value).first()
    extension = waiting or Extension(
        task=task, asked_due_on=due_on, reason=reason.strip(), asked_at=at, asked_by="", asked_label=by.full_name
    )
    extension.state = ExtensionState.GRANTED.value
    extension.granted_due_on, extension.authority, extension.answer = due_on, authority.strip(), reason.strip()
    extension.decided_at, extension.decided_by, extension.decided_label = at, str(by.pk), by.full_name
    extension.save()
    actions.move_due(task, due_on, ground=f"Điều chỉnh thời hạn theo {authority.strip()}", by=by, at=at)
    facts = {"due_on": due_on, "authority": authority.strip(), "reason": reason.strip()}
    actions.tell(task, "task.extension_granted", by=by, at=at, facts=facts)
    return extension

"""Writes about running tasks: notes, evidence, done, accepted, returned, ended, changed; the clock's re-judging."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from xanh import reading
from xanh.core import dates, workflow
from xanh.core.workflow import TaskAct
from xanh.directives.drafts import due_words
from xanh.events import actions as events
from xanh.kit import files
from xanh.lights import actions as lights
from xanh.people.models import User
from xanh.tasks import judging
from xanh.tasks.models import Extension, Task, TaskChange, TaskEvidence, TaskUpdate

READ_SUFFIXES = ("docx", "pdf", "txt")
IMAGE_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}


class OwnReport(Exception):
    """Who reported a task done does not accept it."""

    message = "Người báo cáo hoàn thành không được tự xác nhận. Đề nghị để người khác phía giao việc xác nhận."

    def __init__(self) -> None:
        super().__init__(self.message)


class CommonTask(Exception):
    """The act belongs to the task of one unit, not to the common task above a group."""

    message = "Đây là nhiệm vụ chung của nhiều đơn vị. Đề nghị thực hiện trên nhiệm vụ của từng đơn vị."

    def __init__(self) -> None:
        super().__init__(self.message)


class EvidenceRefused(Exception):
    """The file cannot be evidence; the message says why and what to do."""


class NothingToFill(Exception):
    """What the lead wants to fill in is already settled; only the assigner changes it."""

    message = (
        "Nội dung này đã được giao rõ nên đơn vị chủ trì không tự sửa. Nếu cần thay đổi, đề nghị điều chỉnh thời hạn."
    )

    def __init__(self) -> None:
        super().__init__(self.message)


def locked(code: str) -> Task:
    """The task, locked for this transaction, with its document."""
    return Task.objects.select_for_update(of=("self",)).select_related("directive", "lead").get(pk=code)


def _locked_single(code: str) -> Task:
    task = locked(code)
    if task.lead_id is None:
        raise CommonTask
    return task


def tell(task: Task, kind: str, *, by: User | None, at: datetime, facts: dict[str, Any] | None = None) -> None:
    """One event about a task, readable by its lead (or by the owner of the document for a common task)."""
    events.record(
        kind=kind,
        subject=("task", task.pk),
        by=by,
        at=at,
        unit_code=task.lead_id or task.directive.owner_id,
        facts=facts,
    )


def save_judged(task: Task, at: datetime) -> None:
    """Save a changed task with its light; a turned light is recorded."""
    turn = judging.settle_light(task, at)
    task.save()
    if task.lead_id:
        lights.record_turns([turn], at=at)


def _move(task: Task, act: TaskAct) -> None:
    """The state after an act; raises workflow.NotAllowed with the words of the screen."""
    task.state = workflow.after(task.life, act).value


@transaction.atomic
def note_progress(*, code: str, note: str, progress_pct: int | None, by: User, at: datetime) -> TaskUpdate:
    """Say how far the work is; raises workflow.NotAllowed on a closed task."""
    task = _locked_single(code)
    if not task.is_open:
        raise workflow.NotAllowed(task.life, TaskAct.REPORT_DONE)
    update = TaskUpdate.objects.create(
        task=task, note=note.strip(), progress_pct=progress_pct, at=at, by_label=by.full_name
    )
    if progress_pct is not None:
        task.progress_pct = progress_pct
        task.save()
    tell(task, "task.updated", by=by, at=at, facts={"note": note.strip()[:400], "progress_pct": progress_pct})
    return update


def check_evidence(content: bytes, name: str) -> str:
    """The media type of a file that may be evidence, judged in memory; raises EvidenceRefused, reading.Refusal."""
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix in READ_SUFFIXES:
        reading.screen_upload(content, name)
        return MEDIA_TYPES[suffix]
    start = IMAGE_STARTS.get(suffix)
    if start is None or not content.startswith(start):
        raise EvidenceRefused(
            "Tệp minh chứng không đúng loại. Đề nghị gửi tệp .docx, .pdf, .txt, .png hoặc .jpg đúng định dạng."
        )
    return MEDIA_TYPES[suffix]


@transaction.atomic
def attach_file(*, code: str, label: str, content: bytes, name: str, by: User, at: datetime) -> TaskEvidence:
    """Keep a file as evidence; raises EvidenceRefused and reading.Refusal before anything is written."""
    media_type = check_evidence(content, name)
    task = _locked_single(code)
    stored = files.keep(content, media_type=media_type, at=at)
    evidence = TaskEvidence.objects.create(
        task=task, label=label.strip() or name[:300], file=stored, file_name=name[:300], at=at, by_label=by.full_name
    )
    facts = {"label": evidence.label, "sha256": stored.sha256}
    tell(task, "task.evidence_attached", by=by, at=at, facts=facts)
    return evidence


@transaction.atomic
def attach_link(*, code: str, label: str, link: str, by: User, at: datetime) -> TaskEvidence:
    """Keep an address as evidence."""
    task = _locked_single(code)
    evidence = TaskEvidence.objects.create(
        task=task, label=label.strip() or link[:300], link=link, at=at, by_label=by.full_name
    )
    tell(task, "task.evidence_attached", by=by, at=at, facts={"label": evidence.label, "link": link})
    return evidence


@transaction.atomic
def report_done(*, code: str, note: str, by: User, at: datetime) -> Task:
    """Report a task done; its clock stands still until the assigner answers. Raises workflow.NotAllowed."""
    task = _locked_single(code)
    _move(task, TaskAct.REPORT_DONE)
    task.reported_done_at, task.reported_by = at, str(by.pk)
    save_judged(task, at)
    tell(task, "task.reported_done", by=by, at=at, facts={"note": note.strip()[:400]})
    return task


@transaction.atomic
def withdraw_report(*, code: str, by: User, at: datetime) -> Task:
    """Take a report of completion back before it is judged."""
    task = _locked_single(code)
    _move(task, TaskAct.WITHDRAW)
    task.reported_done_at, task.reported_by = None, ""
    save_judged(task, at)
    tell(task, "task.withdrawn", by=by, at=at)
    return task


@transaction.atomic
def accept_task(*, code: str, note: str = "", by: User, at: datetime) -> Task:
    """Confirm a reported task; it counts as done when it was reported. Raises OwnReport, workflow.NotAllowed."""
    task = _locked_single(code)
    if workflow.allowed(task.life, TaskAct.ACCEPT) and task.reported_by == str(by.pk):
        raise OwnReport
    _move(task, TaskAct.ACCEPT)
    # A unit does not become late because the assigner took his time.
    task.done_at, task.accepted_at, task.accepted_by = task.reported_done_at, at, str(by.pk)
    save_judged(task, at)
    tell(task, "task.accepted", by=by, at=at, facts={"done_at": task.done_at, "note": note.strip()[:400]})
    return task


@transaction.atomic
def return_task(*, code: str, reason: str, by: User, at: datetime) -> Task:
    """Ask for more before a reported task is confirmed; its clock runs on. Raises workflow.NotAllowed."""
    task = _locked_single(code)
    _move(task, TaskAct.RETURN)
    task.reported_done_at, task.reported_by = None, ""
    save_judged(task, at)
    tell(task, "task.returned", by=by, at=at, facts={"reason": reason.strip()[:600]})
    return task


@transaction.atomic
def end_task(*, code: str, document: str, by: User, at: datetime) -> Task:
    """End the follow-up by a document; open tasks below a common task end with it. Raises workflow.NotAllowed."""
    task = locked(code)
    family = [task, *task.children.select_for_update(of=("self",)).open()]
    for each in family:
        _move(each, TaskAct.END)
        each.ended_at, each.ended_document = at, document.strip()
        save_judged(each, at)
    tell(task, "task.ended", by=by, at=at, facts={"document": document.strip(), "units": len(family)})
    return task


@transaction.atomic
def reopen_task(*, code: str, reason: str, by: User, at: datetime) -> Task:
    """Follow a confirmed or ended task again, with the reason. Raises workflow.NotAllowed."""
    task = locked(code)
    _move(task, TaskAct.REOPEN)
    task.reported_done_at = task.done_at = task.accepted_at = task.ended_at = None
    task.reported_by = task.accepted_by = task.ended_document = ""
    save_judged(task, at)
    tell(task, "task.reopened", by=by, at=at, facts={"reason": reason.strip()[:600]})
    return task


def record_change(task: Task, field: str, old: str, new: str, *, ground: str, by: User, at: datetime) -> None:
    """Append one changed field; nothing when it did not change."""
    if old != new:
        TaskChange.objects.create(
            task=task, field=field, old=old, new=new, ground=ground, at=at, by=str(by.pk), by_label=by.full_name
        )


def move_due(task: Task, due_on: date, *, ground: str, by: User, at: datetime) -> None:
    """Write a new due day ("chậm nhất" that day), its change row and its light."""
    old = due_words(task.due_on, task.due_time, task.qualifier)
    judging.set_due(task, due_on, None, "ON", day=at.date())
    save_judged(task, at)
    record_change(task, "due", old, due_words(task.due_on, task.due_time, task.qualifier), ground=ground, by=by, at=at)


@transaction.atomic
def clarify_task(
    *, code: str, due_on: date | None = None, product: str = "", person: str = "", by: User, at: datetime
) -> Task:
    """The lead fills in what its document leaves open; raises NothingToFill for what is already given."""
    task = _locked_single(code)
    if not task.is_open:
        raise workflow.NotAllowed(task.life, TaskAct.REPORT_DONE)
    if (due_on and (task.due_on or task.recurrence)) or (product and task.product):
        raise NothingToFill
    ground = "Đơn vị chủ trì bổ sung"
    if product:
        record_change(task, "product", task.product, product, ground=ground, by=by, at=at)
        task.product = product
    if person:
        record_change(task, "person", task.person, person, ground=ground, by=by, at=at)
        task.person = person
    if due_on:
        move_due(task, due_on, ground=ground, by=by, at=at)
    task.save()
    facts = {"due_on": due_on, "product": product, "person": person}
    tell(task, "task.clarified", by=by, at=at, facts={key: value for key, value in facts.items() if value})
    return task


@transaction.atomic
def change_task(
    *, code: str, content: str, product: str, due_on: date | None, ground: str, by: User, at: datetime
) -> Task:
    """The assigner changes a task; a common task's changes reach its open children, except the due of a child that
    has its own extension. Raises workflow.NotAllowed on a closed task.
    """
    task = locked(code)
    if not task.is_open:
        raise workflow.NotAllowed(task.life, TaskAct.END)
    extended = set(Extension.objects.filter(task__parent=task, state="GRANTED").values_list("task_id", flat=True))
    for each in [task, *task.children.select_for_update(of=("self",)).select_related("lead", "directive").open()]:
        record_change(each, "content", each.content, content, ground=ground, by=by, at=at)
        record_change(each, "product", each.product, product, ground=ground, by=by, at=at)
        each.content, each.product = content, product
        if due_on and due_on != each.due_on and each.pk not in extended:
            move_due(each, due_on, ground=ground, by=by, at=at)
        each.save()
    facts = {"content": content[:300], "product": product[:300], "due_on": due_on, "ground": ground}
    tell(task, "task.changed", by=by, at=at, facts=facts)
    return task


@transaction.atomic
def rejudge_due(*, at: datetime, limit: int = 5000) -> int:
    """Re-judge tasks whose light time alone has turned; one event per batch. Returns how many were looked at."""
    waiting = Task.objects.select_for_update(of=("self",)).filter(next_check_at__lte=at)
    rows = list(waiting.order_by("next_check_at", "pk")[:limit])
    if not rows:
        return 0
    turned = judging.store_lights(rows, at=at)
    facts = {"tasks": len(rows), "turned": turned, "until": dates.format_instant(at)}
    events.record(kind="lights.rejudged", subject=("task", "*"), by=None, at=at, facts=facts)
    return len(rows)

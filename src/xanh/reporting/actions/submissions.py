"""Submit, approve, return, receive: the life of a block's report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xanh.core import dates
from xanh.events import actions as events
from xanh.org import queries as org
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import checks, payload, sheet, state
from xanh.reporting.actions import drafts
from xanh.reporting.models import BlockState, Revision, Round, Submission
from xanh.reporting.payload import Value
from xanh.reporting.states import SENT_STATES, WAITING_STATES, SubmissionState


class SubmissionRefused(Exception):
    """The report cannot be sent as it stands; `reasons` has one Vietnamese sentence per indicator code."""

    def __init__(self, message: str, reasons: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.reasons = dict(reasons or {})


class NotWaiting(Exception):
    """There is nothing to approve or return: not submitted, or already decided."""

    def __init__(self) -> None:
        super().__init__("Báo cáo này không ở trạng thái chờ duyệt. Đề nghị tải lại trang để xem trạng thái mới nhất.")


class MayNotApprove(Exception):
    """The rules of approval say no; the message says which rule and who could."""


class RevisionMoved(Exception):
    """A newer revision was submitted while the approver was reading."""

    def __init__(self) -> None:
        super().__init__("Số liệu vừa được gửi lại sau khi đồng chí mở trang. Đề nghị xem lại bản mới rồi duyệt.")


def _refuse_if_incomplete(rows: sheet.Sheet) -> None:
    missing = {row.indicator.code: row.lack or "Chưa có số liệu của kỳ này." for row in rows.missing}
    if missing:
        raise SubmissionRefused(f"Còn {len(missing)} chỉ tiêu đến kỳ chưa nhập hoặc chưa xác nhận.", missing)
    halves = {row.indicator.code: row.lack for row in rows.rows if row.lack}
    if halves:
        raise SubmissionRefused(f"Có {len(halves)} chỉ tiêu mới nhập một phần.", halves)
    hard = {row.indicator.code: row.hard_breaches[0].message for row in rows.rows if row.hard_breaches}
    if hard:
        raise SubmissionRefused(f"Có {len(hard)} chỉ tiêu sai, cần sửa trước khi gửi.", hard)
    notes = {
        row.indicator.code: _soft_message(row.breaches)
        for row in rows.rows
        if row.needs_note and not row.indicator.is_computed
    }
    if notes:
        raise SubmissionRefused(f"Có {len(notes)} chỉ tiêu cần ghi thuyết minh trước khi gửi.", notes)


def _soft_message(found: tuple[checks.Breach, ...]) -> str:
    breach = found[0]
    return f"{breach.message} (so với số {breach.base})"


def _statement(rows: sheet.Sheet) -> dict[str, Value]:
    """The state of the day: typed values of this round, everything else carried over with its own date."""
    return {row.indicator.code: row.value for row in rows.rows if row.value is not None}


@transaction.atomic
def submit(*, of_round: Round, unit: Unit, by: User, at: datetime, provisional: bool = False) -> Submission:
    """Turn the draft into an immutable revision; raises SubmissionRefused and changes nothing then.

    `provisional`: the approver is away, the figures go out in time as "số tạm tính" and are approved later.
    """
    submission = drafts.locked(of_round, unit, at=at)
    rows = sheet.sheet_for(of_round, unit, now=at)
    _refuse_if_incomplete(rows)
    revision = _store_revision(submission, payload.dump(_statement(rows)), by=by, at=at)
    submission.state = SubmissionState.PROVISIONAL if provisional else SubmissionState.SUBMITTED
    if provisional and submission.first_sent_at is None:
        submission.first_sent_at = at
    submission.save()
    held = state.locked(of_round.regime.programme_id, unit, at=at)
    if _is_newest(held, of_round):
        state.take_revision(held, revision, approved=False, at=at)
    kind = "submission.sent_provisional" if provisional else "submission.submitted"
    facts = {
        "period": of_round.period_code,
        "revision": revision.number,
        "sha256": revision.sha256,
        "late": at > of_round.closes_at,
    }
    events.record(kind=kind, subject=("submission", submission.pk), by=by, at=at, unit_code=unit.code, facts=facts)
    return submission


def _is_newest(held: BlockState, of_round: Round) -> bool:
    """A correction of an older round must not overwrite what a later round already said."""
    return held.revision is None or held.revision.submission.round.period_end <= of_round.period_end


def _store_revision(submission: Submission, content: dict[str, object], *, by: User, at: datetime) -> Revision:
    submission.revision_count += 1
    digest = payload.sha256(content)
    revision = Revision.objects.create(
        submission=submission,
        number=submission.revision_count,
        payload=content,
        sha256=digest,
        author=str(by.pk),
        author_label=by.full_name,
        submitted_at=at,
    )
    submission.receipt = digest[:4].upper()
    submission.submitted_at = at
    submission.approved_at, submission.approved_by, submission.approved_label = None, "", ""
    submission.returned_at, submission.return_reasons = None, {}
    submission.received_at, submission.received_label = None, ""
    submission.updated_at = at
    return revision


def last_revision(submission: Submission) -> Revision:
    """The statement that an approver is asked about; raises NotWaiting where nothing was submitted."""
    revision = submission.revisions.order_by("-number").first()
    if revision is None:
        raise NotWaiting
    return revision


def own_values(revision: Revision, user: User) -> list[str]:
    """Codes of the values in a revision that `user` typed or provided himself: those he may never approve."""
    key, name = str(user.pk), user.full_name
    return [
        code
        for code, value in payload.load(revision.payload).items()
        if value.by == key or (value.provider and value.provider == name)
    ]


def _right(user: User, unit: Unit, capacity: str, at: datetime) -> org.ApprovalRight:
    rights = org.approval_rights(user, unit, day=dates.local_date(at))
    for right in rights:
        if right.capacity == capacity:
            return right
    raise MayNotApprove("Đồng chí không có quyền duyệt khối này với tư cách đã chọn vào hôm nay.")


@transaction.atomic
def approve(*, submission_id: int, revision_number: int, capacity: str, by: User, at: datetime) -> Submission:
    """Approve what was read (`revision_number`), in a stated capacity; approved figures are sent.

    Raises MayNotApprove (no right today; author or provider of a value in it), NotWaiting, RevisionMoved.
    """
    submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("round__regime", "unit").get(pk=submission_id)
    )
    right = _right(by, submission.unit, capacity, at)
    if submission.state not in WAITING_STATES:
        raise NotWaiting
    revision = last_revision(submission)
    if revision.number != revision_number:
        raise RevisionMoved
    own = own_values(revision, by)
    if own or revision.author == str(by.pk):
        raise MayNotApprove(
            "Người nhập hoặc cung cấp số liệu không được tự duyệt"
            + (f" ({', '.join(own[:5])})" if own else "")
            + ". Đề nghị chuyển người duyệt thay; đến khi đó báo cáo ở trạng thái chờ duyệt."
        )
    label = f"{by.full_name}, {right.capacity}"
    revision.approved_at, revision.approved_by, revision.approved_label = at, str(by.pk), label
    revision.save(update_fields=["approved_at", "approved_by", "approved_label"])
    submission.state = SubmissionState.APPROVED
    submission.approved_at, submission.approved_by, submission.approved_label = at, str(by.pk), label
    submission.first_sent_at = submission.first_sent_at or at
    submission.updated_at = at
    submission.save()
    held = state.locked(submission.round.regime.programme_id, submission.unit, at=at)
    if held.revision_id == revision.pk:
        state.take_revision(held, revision, approved=True, at=at)
    facts = {"period": submission.round.period_code, "revision": revision.number, "delegation": right.delegation_id}
    events.record(
        kind="submission.approved",
        subject=("submission", submission.pk),
        by=by,
        at=at,
        unit_code=submission.unit_id,
        facts=facts,
        capacity=right.capacity,
    )
    return submission


@transaction.atomic
def return_for_review(
    *, submission_id: int, reasons: Mapping[str, str], general: str, capacity: str, by: User, at: datetime
) -> Submission:
    """Send a report back with the reason at the cell; raises MayNotApprove, NotWaiting, SubmissionRefused."""
    submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("round__regime", "unit").get(pk=submission_id)
    )
    right = _right(by, submission.unit, capacity, at)
    if submission.state not in WAITING_STATES:
        raise NotWaiting
    kept = {code: text.strip() for code, text in reasons.items() if text.strip()}
    if general.strip():
        kept[""] = general.strip()
    if not kept:
        raise SubmissionRefused("Chưa ghi lý do. Đề nghị ghi lý do tại ít nhất một chỉ tiêu hoặc lý do chung.")
    revision = last_revision(submission)
    revision.returned_at = at
    revision.save(update_fields=["returned_at"])
    submission.state = SubmissionState.RETURNED
    submission.returned_at, submission.returned_label = at, f"{by.full_name}, {right.capacity}"
    submission.return_reasons = kept
    submission.updated_at = at
    submission.save()
    events.record(
        kind="submission.returned",
        subject=("submission", submission.pk),
        by=by,
        at=at,
        unit_code=submission.unit_id,
        facts={"period": submission.round.period_code, "reasons": kept},
        capacity=right.capacity,
    )
    return submission


@transaction.atomic
def receive(*, submission_id: int, by: User, capacity: str, at: datetime) -> Submission:
    """The standing office takes an approved report in; raises NotWaiting. It never edits or approves."""
    submission = Submission.objects.select_for_update(of=("self",)).select_related("round").get(pk=submission_id)
    if submission.state != SubmissionState.APPROVED:
        raise NotWaiting
    submission.state = SubmissionState.RECEIVED
    submission.received_at, submission.received_label = at, f"{by.full_name}, {capacity}"
    submission.updated_at = at
    submission.save()
    events.record(
        kind="submission.received",
        subject=("submission", submission.pk),
        by=by,
        at=at,
        unit_code=submission.unit_id,
        facts={"period": submission.round.period_code},
        capacity=capacity,
    )
    return submission


@transaction.atomic
def ask_review(*, submission_id: int, reason: str, by: User, capacity: str, at: datetime) -> Submission:
    """The standing office asks a block to look again ("Đề nghị rà soát"); the report itself stays as it is."""
    submission = Submission.objects.select_for_update(of=("self",)).select_related("round").get(pk=submission_id)
    if submission.state not in SENT_STATES:
        raise NotWaiting
    if not reason.strip():
        raise SubmissionRefused("Chưa ghi nội dung đề nghị rà soát.")
    submission.return_reasons = submission.return_reasons | {"*": f"{reason.strip()} ({by.full_name}, {capacity})"}
    submission.updated_at = at
    submission.save(update_fields=["return_reasons", "updated_at"])
    events.record(
        kind="submission.review_asked",
        subject=("submission", submission.pk),
        by=by,
        at=at,
        unit_code=submission.unit_id,
        facts={"period": submission.round.period_code, "reason": reason.strip()},
        capacity=capacity,
    )
    return submission

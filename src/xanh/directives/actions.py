"""Writes about documents: receive a file, settle what was read, finish the review.

Putting into force is `xanh.reporting.force`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xanh import reading
from xanh.core import text as text_rules
from xanh.directives import matching, readout
from xanh.directives.drafts import Draft, DutyDraft, TargetDraft, TaskDraft
from xanh.directives.models import (
    Addressee,
    Citation,
    Directive,
    DirectiveState,
    ItemKind,
    ItemState,
    ReadItem,
)
from xanh.events import actions as events
from xanh.kit import files
from xanh.kit.models import StoredFile
from xanh.org.models import Unit
from xanh.people.models import User

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain",
}
ADDED_BY_PERSON = "person.added"


class DirectiveKnown(Exception):
    """The same file, or the same issuer, symbol and date, is already registered: `directive_id`."""

    def __init__(self, directive: Directive) -> None:
        super().__init__(f"Văn bản {directive.label} đã có trên hệ thống.")
        self.directive_id = directive.pk


class ReviewClosed(Exception):
    """The review of this document is finished, or it is already in force."""

    message = "Văn bản không còn ở bước rà soát nên không sửa được. Đề nghị tải lại trang để xem trạng thái mới."

    def __init__(self) -> None:
        super().__init__(self.message)


class ItemIncomplete(Exception):
    """A task lacks its lead or its content, a target its indicator; the message says what to do."""


class ReviewIncomplete(Exception):
    """Items without a decision remain."""


class CannotMerge(Exception):
    """There is no earlier task to merge with."""


def receive_directive(*, content: bytes, name: str, circulation: str, owner: Unit, by: User, at: datetime) -> Directive:
    """Read a file and register it with everything read out of it, for a person to review.

    Raises reading.Refusal before anything is written, DirectiveKnown when the document is already there.
    """
    _refuse_known_file(owner, content)
    read = reading.read_bytes(content, name=name).to_json()
    return _register(content=content, name=name, read=read, circulation=circulation, owner=owner, by=by, at=at)


def _refuse_known_file(owner: Unit, content: bytes) -> None:
    stored = StoredFile.objects.filter(sha256=files.digest_of(content)).first()
    same = stored and Directive.objects.filter(owner=owner, file=stored).first()
    if same:
        raise DirectiveKnown(same)


@transaction.atomic
def _register(
    *, content: bytes, name: str, read: dict[str, Any], circulation: str, owner: Unit, by: User, at: datetime
) -> Directive:
    directive = Directive(
        owner=owner,
        circulation=circulation,
        file_name=name[:300],
        text=read["text"],
        inconsistencies=read["inconsistencies"],
        received_at=at,
        received_label=by.full_name,
    )
    readout.describe(directive, read["metadata"])
    _refuse_same_document(directive)
    media_type = MEDIA_TYPES.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
    directive.file = files.keep(content, media_type=media_type, at=at)
    citations = readout.citations_of(directive, read["citations"])
    directive.programme_code = readout.programme_of(citations)
    directive.save(force_insert=True)
    Citation.objects.bulk_create(citations, batch_size=500)
    items = readout.items_of(directive, read)
    ReadItem.objects.bulk_create(items, batch_size=500)
    _link_earlier_citations(directive)
    facts = {"symbol": directive.symbol, "file": name, "sha256": directive.file.sha256, "items": len(items)}
    events.record(
        kind="directive.received",
        subject=("directive", directive.pk),
        by=by,
        at=at,
        unit_code=owner.code,
        facts=facts,
    )
    return directive


def _refuse_same_document(directive: Directive) -> None:
    if not directive.symbol:
        return
    same = (
        Directive.objects.filter(
            owner=directive.owner,
            issuer_folded=directive.issuer_folded,
            symbol=directive.symbol,
            issued_on=directive.issued_on,
        )
        .exclude(pk=directive.pk)
        .first()
    )
    if same:
        raise DirectiveKnown(same)


def _link_earlier_citations(directive: Directive) -> None:
    """Documents that came before and cite this one now lead to it."""
    if not directive.symbol:
        return
    waiting = Citation.objects.filter(directive__owner=directive.owner, cited=None, symbol=directive.symbol)
    waiting.filter(issued_on=directive.issued_on).exclude(directive=directive).update(cited=directive)
    waiting.filter(issued_on=None).exclude(directive=directive).update(cited=directive)


def locked(directive_id: int, *states: DirectiveState) -> Directive:
    """The document, locked for this transaction; raises ReviewClosed unless it is in one of the states."""
    directive = Directive.objects.select_for_update(of=("self",)).select_related("owner").get(pk=directive_id)
    if directive.state not in states:
        raise ReviewClosed
    return directive


def _open_item(item_id: int) -> ReadItem:
    item = ReadItem.objects.select_related("directive__owner").get(pk=item_id)
    locked(item.directive_id, DirectiveState.REVIEWING)
    item.refresh_from_db(fields=["state", "settled"])
    return item


def _refuse_settled(item: ReadItem) -> None:
    """A split or merged item lives on in others; two people at one review must not settle it twice."""
    if item.state in (ItemState.SPLIT, ItemState.MERGED):
        raise ReviewClosed


def _decide(item: ReadItem, state: ItemState, *, by: User, at: datetime, facts: dict[str, Any] | None = None) -> None:
    pending = state == ItemState.PENDING
    item.state = state
    item.decided_at = None if pending else at
    item.decided_by = "" if pending else str(by.pk)
    item.decided_label = "" if pending else by.full_name
    item.save()
    events.record(
        kind="directive.item_reviewed",
        subject=("directive", item.directive_id),
        by=by,
        at=at,
        unit_code=item.directive.owner_id,
        facts={"item": item.pk, "state": state.value, "quote": item.quote[:200], **(facts or {})},
    )


@transaction.atomic
def accept_item(*, item_id: int, draft: Draft, by: User, at: datetime) -> ReadItem:
    """Confirm an item as settled in `draft`; raises ItemIncomplete, ReviewClosed, matching.RefUnknown."""
    item = _open_item(item_id)
    _refuse_settled(item)
    owner = item.directive.owner
    if isinstance(draft, TaskDraft):
        _check_task(draft, owner)
    elif isinstance(draft, DutyDraft) and draft.who:
        matching.check_ref(draft.who, owner=owner)
    elif isinstance(draft, TargetDraft) and not (draft.indicator_code and draft.value and draft.milestone_on):
        raise ItemIncomplete("Mục tiêu chưa ghi rõ chỉ tiêu, mức hoặc thời điểm. Đề nghị bổ sung, hoặc bỏ mục này.")
    item.settled = draft.to_json()
    _decide(item, ItemState.ACCEPTED, by=by, at=at, facts={"settled": item.settled})
    return item


def _check_task(draft: TaskDraft, owner: Unit) -> None:
    missing = [word for word, given in (("chủ trì", draft.lead), ("nội dung", draft.content.strip())) if not given]
    if missing:
        raise ItemIncomplete(
            f"Nhiệm vụ chưa rõ {' và '.join(missing)} nên chưa nhận được. Một việc một đầu mối chủ trì; các đơn vị "
            "khác là phối hợp, hoặc tách việc."
        )
    for ref in (draft.lead, *draft.cooperate):
        matching.check_ref(ref, owner=owner)


@transaction.atomic
def drop_item(*, item_id: int, by: User, at: datetime) -> ReadItem:
    """Leave an item out; it stays to be seen and can be taken back."""
    item = _open_item(item_id)
    _refuse_settled(item)
    _decide(item, ItemState.DROPPED, by=by, at=at)
    return item


@transaction.atomic
def reconsider_item(*, item_id: int, by: User, at: datetime) -> ReadItem:
    """Take an acceptance or a drop back; a split or merged item is settled through what came out of it."""
    item = _open_item(item_id)
    if item.state not in (ItemState.ACCEPTED, ItemState.DROPPED):
        raise ReviewClosed
    _decide(item, ItemState.PENDING, by=by, at=at)
    return item


@transaction.atomic
def split_item(*, item_id: int, parts: Iterable[str], by: User, at: datetime) -> list[ReadItem]:
    """Make one task per part; a part that is a stretch of the sentence points at just that stretch.

    Raises ItemIncomplete with fewer than two parts.
    """
    item = _open_item(item_id)
    _refuse_settled(item)
    contents = [line for line in (" ".join(part.split()) for part in parts) if line]
    if item.kind != ItemKind.TASK or len(contents) < 2:  # noqa: PLR2004  splitting makes at least two
        raise ItemIncomplete("Để tách, đề nghị ghi mỗi việc trên một dòng, ít nhất hai dòng.")
    made = []
    for content in contents:
        at_place = item.quote.find(content)
        start, end = (item.start + at_place, item.start + at_place + len(content)) if at_place >= 0 else (None, None)
        made.append(
            ReadItem.objects.create(
                directive=item.directive,
                kind=ItemKind.TASK,
                quote=item.directive.text[start:end] if start is not None else item.quote,
                start=item.start if start is None else start,
                end=item.end if end is None else end,
                payload=item.payload,
                settled={**item.settled, "content": content},
                confidence=item.confidence,
                rule=item.rule,
            )
        )
    _decide(item, ItemState.SPLIT, by=by, at=at, facts={"into": [each.pk for each in made]})
    return made


@transaction.atomic
def merge_item(*, item_id: int, by: User, at: datetime) -> ReadItem:
    """Join a task to the nearest open task before it; returns that one, pending again. Raises CannotMerge."""
    item = _open_item(item_id)
    _refuse_settled(item)
    before = (
        ReadItem.objects.filter(
            directive_id=item.directive_id,
            kind=ItemKind.TASK,
            state__in=(ItemState.PENDING, ItemState.ACCEPTED),
            start__lte=item.start,
        )
        .exclude(pk=item.pk)
        .order_by("-start", "-id")
        .first()
    )
    if item.kind != ItemKind.TASK or before is None:
        raise CannotMerge("Không có nhiệm vụ liền trước để ghép. Chỉ ghép được vào nhiệm vụ đứng trước trong văn bản.")
    contents = (TaskDraft.from_json(before.settled).content, TaskDraft.from_json(item.settled).content)
    before.settled = {**before.settled, "content": "; ".join(filter(None, contents))}
    before.end = max(before.end, item.end)
    before.quote = item.directive.text[before.start : before.end]
    before.directive = item.directive
    item.replaced_by = before
    _decide(item, ItemState.MERGED, by=by, at=at, facts={"into": before.pk})
    _decide(before, ItemState.PENDING, by=by, at=at, facts={"merged": item.pk})
    return before


@transaction.atomic
def add_item(*, directive_id: int, start: int, end: int, by: User, at: datetime) -> ReadItem:
    """Make a task of a sentence that was not read as one; raises ItemIncomplete for a stretch outside the text."""
    directive = locked(directive_id, DirectiveState.REVIEWING)
    quote = directive.text[start:end]
    if start < 0 or not quote.strip():
        raise ItemIncomplete("Không tìm thấy câu này trong văn bản. Đề nghị tải lại trang rồi chọn lại.")
    item = ReadItem(
        directive=directive,
        kind=ItemKind.TASK,
        quote=quote,
        start=start,
        end=start + len(quote),
        payload={"quote": quote, "lead": [], "cooperate": [], "report_to": []},
        settled=TaskDraft(content=" ".join(quote.split())).to_json(),
        confidence=0.0,
        rule=ADDED_BY_PERSON,
    )
    _decide(item, ItemState.PENDING, by=by, at=at, facts={"added": True})
    return item


@transaction.atomic
def describe_directive(
    *,
    directive_id: int,
    symbol: str,
    issuer: str,
    issued_on: date | None,
    title: str,
    circulation: str,
    programme_code: str,
    by: User,
    at: datetime,
) -> Directive:
    """Correct the head of a document under review; raises DirectiveKnown, ReviewClosed."""
    directive = locked(directive_id, DirectiveState.REVIEWING)
    directive.symbol = readout.repaired(symbol)
    directive.issuer = " ".join(issuer.split())
    directive.issued_on = issued_on
    directive.title = " ".join(text_rules.nfc(title).split())
    directive.circulation = circulation
    directive.programme_code = programme_code
    directive.fold()
    _refuse_same_document(directive)
    directive.save()
    facts = {"symbol": directive.symbol, "issuer": directive.issuer, "issued_on": issued_on, "title": directive.title}
    events.record(
        kind="directive.described",
        subject=("directive", directive.pk),
        by=by,
        at=at,
        unit_code=directive.owner_id,
        facts=facts,
    )
    return directive


@transaction.atomic
def finish_review(*, directive_id: int, clarify_by: date | None, by: User, at: datetime) -> Directive:
    """Hand the reviewed document to a second person; raises ReviewIncomplete while items lack a decision.

    `clarify_by`: the day until which leading units fill in what the document leaves open.
    """
    directive = locked(directive_id, DirectiveState.REVIEWING)
    open_count = directive.items.filter(state=ItemState.PENDING).count()
    if open_count:
        raise ReviewIncomplete(f"Còn {open_count} mục chưa rà soát. Đề nghị nhận hoặc bỏ từng mục rồi hoàn thành.")
    directive.state = DirectiveState.REVIEWED
    directive.reviewed_at = at
    directive.reviewed_by = str(by.pk)
    directive.reviewed_label = by.full_name
    directive.clarify_by = clarify_by
    directive.save()
    accepted = directive.items.filter(state=ItemState.ACCEPTED).count()
    events.record(
        kind="directive.review_finished",
        subject=("directive", directive.pk),
        by=by,
        at=at,
        unit_code=directive.owner_id,
        facts={"accepted": accepted, "clarify_by": clarify_by},
    )
    return directive


@transaction.atomic
def reopen_review(*, directive_id: int, reason: str, by: User, at: datetime) -> Directive:
    """Give a reviewed document back for another look, with the reason."""
    directive = locked(directive_id, DirectiveState.REVIEWED)
    directive.state = DirectiveState.REVIEWING
    directive.reviewed_at = None
    directive.reviewed_by = directive.reviewed_label = ""
    directive.save()
    events.record(
        kind="directive.review_reopened",
        subject=("directive", directive.pk),
        by=by,
        at=at,
        unit_code=directive.owner_id,
        facts={"reason": reason},
    )
    return directive


def address(directive: Directive, unit_codes: Iterable[str]) -> None:
    """Let the units that a document gives work to read it; called by the act that puts it into force."""
    Addressee.objects.bulk_create(
        [Addressee(directive=directive, unit_id=code) for code in dict.fromkeys(unit_codes)],
        ignore_conflicts=True,
        batch_size=1000,
    )


def with_body(draft: Draft, ref: str) -> Draft:
    """The draft with a body chosen by a person: the lead of a task, the reporter of a duty."""
    if isinstance(draft, TaskDraft):
        return replace(draft, lead=ref, cooperate=tuple(each for each in draft.cooperate if each != ref))
    return replace(draft, who=ref) if isinstance(draft, DutyDraft) else draft

"""The sample documents on their real way: received, reviewed by one person, put into force by a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from xanh.core import dates
from xanh.demo import places
from xanh.demo.documents import fates
from xanh.demo.documents.texts import SampleDocument, documents_on
from xanh.demo.people import People, ProvincePeople
from xanh.demo.span import Span
from xanh.directives import actions as directives
from xanh.directives import matching
from xanh.directives.drafts import DutyDraft, TaskDraft
from xanh.directives.models import Circulation, ItemKind, ReadItem
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import force
from xanh.tasks.models import Task

CLARIFY_DAYS = 10


@dataclass(frozen=True, slots=True)
class LoadedDocuments:
    """How many documents came in, and how many tasks units lead because of them."""

    directives: int
    tasks: int


def load(*, span: Span, people: People) -> LoadedDocuments:
    """Register all sample documents and let the units work on their tasks up to the instant of the span."""
    assert people.province is not None  # noqa: S101  appoint_all always names the province's people
    owner = Unit.objects.get(pk=places.PROVINCE)
    documents = documents_on(span.today)
    for document in documents:
        _bring_in(document, owner, people.province)
    fates.let_work(span=span, people=people)
    fates.clock_until(span.at)
    return LoadedDocuments(len(documents), Task.objects.assigned().count())


def _bring_in(document: SampleDocument, owner: Unit, people: ProvincePeople) -> None:
    reviewer, second = people.consolidators
    # The day after it was signed, as a document arrives.
    received_at = dates.at_local(document.issued_on + timedelta(days=1), time(8, 20))
    directive = directives.receive_directive(
        content=document.text.encode(),
        name=document.name,
        circulation=Circulation.INTERNAL,
        owner=owner,
        by=reviewer,
        at=received_at,
    )
    reviewed_at = received_at + timedelta(minutes=25)
    for item in directive.items.order_by("start", "id"):
        _review(item, owner, by=reviewer, at=reviewed_at)
    directives.finish_review(
        directive_id=directive.pk,
        clarify_by=document.issued_on + timedelta(days=CLARIFY_DAYS),
        by=reviewer,
        at=reviewed_at + timedelta(minutes=10),
    )
    force.put_in_force(directive_id=directive.pk, by=second, at=reviewed_at + timedelta(minutes=40))


def _review(item: ReadItem, owner: Unit, *, by: User, at: datetime) -> None:
    """Confirm what has one lead; a sentence that binds nobody in particular, or a target, is left out."""
    if item.kind == ItemKind.REGIME:
        directives.accept_item(item_id=item.pk, draft=DutyDraft.from_json(item.settled), by=by, at=at)
        return
    settled = dict(item.settled)
    if item.kind == ItemKind.TASK and not settled["lead"]:
        # "UBND các xã, phường" is one group, though its name holds a comma.
        settled["lead"] = matching.certain_ref(", ".join(item.payload["lead"]), owner=owner)
    if item.kind != ItemKind.TASK or not settled["lead"]:
        directives.drop_item(item_id=item.pk, by=by, at=at)
        return
    directives.accept_item(item_id=item.pk, draft=TaskDraft.from_json(settled), by=by, at=at)

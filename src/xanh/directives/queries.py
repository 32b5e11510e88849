"""Reads about documents: the list, one document with its citations, and everything the review screen shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from xanh.core import text as text_rules
from xanh.directives import access, clarity, known, leftovers, matching
from xanh.directives.clarity import Dot
from xanh.directives.drafts import Draft, DutyDraft, TargetDraft, TaskDraft
from xanh.directives.models import Citation, Directive, DirectiveState, ItemKind, ItemState, ReadItem
from xanh.org import bodies
from xanh.org import queries as org_queries
from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.people.roles import Act

SURE = 0.85
DRAFTS: dict[str, type[TaskDraft] | type[DutyDraft] | type[TargetDraft]] = {
    ItemKind.TASK: TaskDraft,
    ItemKind.REGIME: DutyDraft,
    ItemKind.TARGET: TargetDraft,
}


class DirectiveUnknown(Exception):
    """No such document, or none that the asker may know of."""


def directive(pk: int) -> Directive:
    """One document with its owner; raises DirectiveUnknown."""
    found = Directive.objects.select_related("owner", "file").filter(pk=pk).first()
    if found is None:
        raise DirectiveUnknown(pk)
    return found


def item(pk: int) -> ReadItem:
    """One read item with its document; raises DirectiveUnknown."""
    found = ReadItem.objects.select_related("directive__owner").filter(pk=pk).first()
    if found is None:
        raise DirectiveUnknown(pk)
    return found


def listing(viewer: Viewer, *, words: str = "", state: str = "") -> QuerySet[Directive]:
    """Documents that the viewer may read, newest first, with the number of open and accepted items."""
    found = Directive.objects.filter(access.visible_to(viewer)).select_related("owner")
    folded = text_rules.fold(words)
    if folded:
        found = found.filter(Q(title_folded__contains=folded) | Q(issuer_folded__contains=folded))
    if state in DirectiveState.values:
        found = found.filter(state=state)
    return found.annotate(
        pending_count=Count("items", filter=Q(items__state=ItemState.PENDING)),
        accepted_count=Count("items", filter=Q(items__state=ItemState.ACCEPTED, items__kind=ItemKind.TASK)),
    ).order_by("-received_at", "-id")


def waiting_for(viewer: Viewer) -> QuerySet[Directive]:
    """Reviewed documents that wait for the viewer as the second person: of his own level, reviewed by somebody else."""
    waiting = Directive.objects.filter(owner__in=access.owners_for(viewer, Act.PUT_IN_FORCE))
    return waiting.filter(state=DirectiveState.REVIEWED).exclude(reviewed_by=str(viewer.user.pk))


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """One cited document: how it is named, and where it leads (a registered document, or words of the catalogue)."""

    label: str
    title: str
    directive_id: int | None
    count: int


def cited_documents(cited_in: Directive, viewer: Viewer) -> list[CitedDocument]:
    """Every document that this one cites, once each, in the order of first mention; links only where one may go."""
    rows: dict[str, list[Citation]] = {}
    for citation in cited_in.citations.select_related("cited"):
        key = citation.symbol or " ".join(citation.quote.split())
        rows.setdefault(f"{key}|{citation.issued_on if citation.symbol else ''}", []).append(citation)
    open_ids = set(
        Directive.objects.filter(
            access.visible_to(viewer), pk__in=[c.cited_id for mentions in rows.values() for c in mentions]
        ).values_list("pk", flat=True)
    )
    return [_cited(mentions, open_ids) for mentions in rows.values()]


def _cited(mentions: list[Citation], open_ids: set[int]) -> CitedDocument:
    first = mentions[0]
    document = known.find(first.symbol, first.issued_on)
    linked = next((mention.cited for mention in mentions if mention.cited_id in open_ids), None)
    if linked:
        return CitedDocument(f"{linked.symbol} · {linked.issuer}", linked.title, linked.pk, len(mentions))
    if document:
        return CitedDocument(document.label, document.title, None, len(mentions))
    return CitedDocument(" ".join(first.quote.split()), first.subject, None, len(mentions))


def citing_documents(cited: Directive, viewer: Viewer) -> QuerySet[Directive]:
    """Documents that cite this one, among those that the viewer may read."""
    return Directive.objects.filter(access.visible_to(viewer), citations__cited=cited).distinct()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text on the left side; with an item it is a mark."""

    text: str
    item_id: int | None
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item on the right side: what was read, what is settled, and what a person should know about it."""

    item: ReadItem
    draft: Draft
    lead: str
    lead_words: str
    cooperate: tuple[str, ...]
    suggestions: tuple[matching.Suggestion, ...]
    dots: tuple[Dot, ...]
    unclear: str
    stops: str

    @property
    def pending(self) -> bool:
        """Whether somebody must still decide."""
        return self.item.state == ItemState.PENDING

    @property
    def sure(self) -> bool:
        """Whether the reading is sure enough to be confirmed at a glance."""
        return self.item.confidence >= SURE and not self.stops


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that the review screen shows."""

    directive: Directive
    segments: list[Segment]
    cards: list[Card]
    leftovers: list[leftovers.Leftover]
    inconsistencies: list[dict[str, Any]]
    pending_count: int
    accepted_count: int
    dropped_count: int
    current_id: int | None


def review_page(reviewed: Directive) -> ReviewPage:
    """The review screen: marks in the text, items by confidence (surest first, decided last), sentences left over."""
    items = list(reviewed.items.all())
    cards = _Cards(reviewed).of(items)
    cards.sort(key=lambda card: (not card.pending, -card.item.confidence, card.item.start))
    states = [each.state for each in items]
    taken = [(each.start, each.end) for each in items]
    return ReviewPage(
        directive=reviewed,
        segments=segments(reviewed.text, items),
        cards=cards,
        leftovers=leftovers.leftovers(reviewed.text, taken),
        inconsistencies=reviewed.inconsistencies,
        pending_count=states.count(ItemState.PENDING),
        accepted_count=states.count(ItemState.ACCEPTED),
        dropped_count=states.count(ItemState.DROPPED),
        current_id=next((card.item.pk for card in cards if card.pending), None),
    )


def card_of(read_item: ReadItem) -> Card:
    """One item with everything its card shows."""
    return _Cards(read_item.directive).of([read_item])[0]


def segments(text: str, items: Iterable[ReadItem]) -> list[Segment]:
    """The text cut at the items, in order; of two items over the same words the first read is the mark."""
    cut: list[Segment] = []
    at = 0
    shown = (each for each in items if each.state not in (ItemState.SPLIT, ItemState.MERGED))
    for each in sorted(shown, key=lambda row: (row.start, row.kind != ItemKind.TASK, -row.end)):
        if each.start < at:
            continue
        if each.start > at:
            cut.append(Segment(text[at : each.start], None, "", ""))
        cut.append(Segment(text[each.start : each.end], each.pk, each.kind, each.state))
        at = each.end
    if at < len(text):
        cut.append(Segment(text[at:], None, "", ""))
    return cut


class _Cards:
    """Builds cards, remembering names and suggestions, because a document repeats its bodies on every line."""

    def __init__(self, reviewed: Directive) -> None:
        self.directive = reviewed
        self._labels: dict[str, str] = {}
        self._suggestions: dict[str, list[matching.Suggestion]] = {}

    def of(self, items: list[ReadItem]) -> list[Card]:
        return [self._card(each) for each in items if each.state not in (ItemState.SPLIT, ItemState.MERGED)]

    def label(self, ref: str) -> str:
        if ref and ref not in self._labels:
            self._labels[ref] = matching.label_of(ref)
        return self._labels.get(ref, "")

    def suggestions(self, words: list[str]) -> tuple[matching.Suggestion, ...]:
        for written in words:
            if written not in self._suggestions:
                self._suggestions[written] = matching.suggest(written, owner=self.directive.owner)
        found = [each for written in words for each in self._suggestions[written]]
        return tuple({each.ref: each for each in found}.values())[:6]

    def _card(self, each: ReadItem) -> Card:
        draft = DRAFTS[each.kind].from_json(each.settled)
        if isinstance(draft, TaskDraft):
            return self._task_card(each, draft)
        ref = draft.who if isinstance(draft, DutyDraft) else ""
        words = [] if ref or not isinstance(draft, DutyDraft) else list(each.payload.get("who", []))
        return Card(each, draft, self.label(ref), "; ".join(words), (), self.suggestions(words), (), "", "")

    def _task_card(self, each: ReadItem, draft: TaskDraft) -> Card:
        words = list(each.payload.get("lead", []))
        lead = self.label(draft.lead)
        six = task_dots(draft, lead=lead, authority=self.directive.symbol or self.directive.issuer)
        return Card(
            item=each,
            draft=draft,
            lead=lead,
            lead_words="; ".join(words),
            cooperate=tuple(filter(None, [*map(self.label, draft.cooperate), draft.cooperate_words])),
            suggestions=() if draft.lead else self.suggestions(words),
            dots=six,
            unclear=clarity.unclear(six),
            stops=clarity.stops(six),
        )


def task_dots(draft: TaskDraft, *, lead: str, authority: str) -> tuple[Dot, ...]:
    """The six dots of a task before it is put into force."""
    return clarity.dots(
        lead=lead, content=draft.content, time=draft.time_words, authority=authority, product=draft.product
    )


def nameable(owner: Unit, *, day: date) -> list[str]:
    """Names offered while somebody types a lead: groups, blocks and bodies of the owner, then the territory below."""
    names = [group.name for group in org_queries.groups_of(owner.code)]
    template = "province" if owner.level == Level.PROVINCE else "commune"
    names += [
        bodies.fill(getattr(block, template), kind=owner.kind, short=owner.short_name) for block in bodies.blocks()
    ]
    names += [bodies.fill(body.name, kind=owner.kind, short=owner.short_name) for body in bodies.bodies(owner.level)]
    if owner.level == Level.PROVINCE:
        for commune in org_queries.communes_of(owner.code, day=day):
            names.append(commune.name)
    return list(dict.fromkeys(names))


def accepted_items(of: Directive, kind: ItemKind) -> list[ReadItem]:
    """Confirmed items of one kind in the order of the text: what will be put into force."""
    return list(of.items.filter(kind=kind, state=ItemState.ACCEPTED).order_by("start", "id"))

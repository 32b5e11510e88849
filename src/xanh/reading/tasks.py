"""Work that the document asks for in running text: which sentences, by whom, until when (docs/reading.md, «Tasks»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from xanh.reading import assign, bodies, due, kinds, moments, recurrence, sentences, split, wording
from xanh.reading.assign import Subject
from xanh.reading.bodies import Name
from xanh.reading.model import Task
from xanh.reading.sections import Part, Placed
from xanh.reading.split import Clause
from xanh.reading.view import View, words

_LEAD_IN = re.compile(r":\W*$")
_RUN_IN = words(r"(?P<title>[A-ZĐÀ-Ỹ][^:.;]{2,80}?) ?: (?=[A-ZĐÀ-Ỹ\d])")
_STRAY_TAIL = words(r"(?P<stray>(?:[A-ZĐÀ-Ỹ]\w* (?:[a-zà-ỹđ]\w* ){0,3}?){1,2}?)(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ [a-zà-ỹđ])")
_DECIDES = words(
    r"\W*(?:Thành lập|Phê duyệt|Ban hành|Công nhận|Bổ nhiệm|Điều "
    r"động|Kiện toàn|Sửa đổi|Bãi bỏ|Thông qua|Chỉ định|Cử)(?!\w)"
)
_DEFINITE_WORK = words(
    r"(?:tiếp nhận|xử lý|báo cáo|xây dựng|ban hành|gửi|lập|rà soát|kiểm tra|tổng hợp|phân công|tham mưu|chủ trì"
    r"|đôn đốc)(?!\w)"
)
_TARGET_ONLY = words(
    r"(?:đến|trong|hết|từ)? ?[^.;]{0,40}(?:phấn đấu|đạt (?:tối thiểu|ít nhất|từ|trên))(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True)
class Listing:
    """A line that opens a list: the actor and partners it hands to the lines under it."""

    names: tuple[Name, ...]
    partners: tuple[Name, ...]
    path: tuple[int, ...]
    mark: str

    def reaches(self, item: Placed) -> bool:
        """Whether a paragraph stands in this list: a bullet under it, or a labelled paragraph without a heading of
        its own."""
        path = _starts(item)
        if path == self.path:
            return item.mark == "+" or (bool(item.mark) and self.mark != "-")
        deeper = (
            item.path[len(self.path)].section
            if path[: len(self.path)] == self.path and len(path) > len(self.path)
            else None
        )
        return deeper is not None and deeper.heading.rstrip(".-)") == deeper.label.rstrip(".-)")


def _starts(item: Placed) -> tuple[int, ...]:
    return tuple(node.section.start for node in item.path)


@dataclass
class Found:
    """A task before it is numbered, with the places of its parts (the regimes look at them)."""

    clause: Clause
    task: Task
    names: tuple[Name, ...]
    addressees: list[Name] = field(default_factory=list)


class Walker:
    """Goes through the placed paragraphs in order and collects the tasks of running text."""

    def __init__(self, view: View, scan: str, *, type_code: str | None, issued_on: date | None) -> None:
        """`scan` is the flat body with cited documents blanked, so that their dates are not deadlines."""
        self.view, self.scan, self.issued_on = view, scan, issued_on
        self.default = Part.RESULTS if type_code == "BC" else Part.UNKNOWN
        self.found: list[Found] = []
        self.listing: Listing | None = None
        self.item_names: tuple[Name, ...] = ()
        self.has_sections = False

    def walk(self, placed: tuple[Placed, ...]) -> list[Found]:
        """All tasks of running text, in order."""
        self.has_sections = any(item.path for item in placed)
        for item in placed:
            if self.listing and not self.listing.reaches(item):
                self.listing = None
            if item.content is not None:
                self._paragraph(item)
        return self.found

    def _paragraph(self, item: Placed) -> None:
        start, end = item.content or 0, item.paragraph.end
        if self._label_line(start, end):
            return
        self.item_names = ()
        first = len(self.found)
        parts = sentences.split(self.view.body, start, end)
        for left, right in parts:
            if _LEAD_IN.search(self.view.body[left:right].rstrip(" ")) and right == end:
                self._lead_in(item, left, right)
            else:
                self._sentence(item, left, right)
        self._closing_assignment(first)

    def _lead_in(self, item: Placed, start: int, end: int) -> None:
        """A line that only opens a list: its actor and partners hold for the lines under it."""
        found = assign.subject(self.view, start, end)
        if found and self._is_preamble(item) and found.rule != "assigned_verb":
            found = None  # «Ban Chỉ đạo kết luận:» concludes, it does not do the work
        names = found.names if found else self.item_names
        self.listing = Listing(names, tuple(assign.cooperating(self.view, start, end)), _starts(item), item.mark)

    def _sentence(self, item: Placed, start: int, end: int) -> None:
        start, inherited = self._after_run_in(start, end)
        part = item.part if item.part is not Part.UNKNOWN else self.default
        if part in {Part.RESULTS, Part.AIMS, Part.REQUESTS} or not self._is_work(start, end):
            self._remember(start, end)
            return
        start = self._without_stray(item, start, end)
        earlier: Subject | None = None
        addressed: list[Name] = []
        for clause in split.clauses_of(self.view, self.scan, start, end, self.issued_on):
            clause_found = clause.subject or assign.addressed_subject(self.view, clause.start, clause.end)
            if clause_found and earlier is None:
                self.item_names = clause_found.names
            named = clause_found or earlier
            earlier = named
            names = named.names if named else inherited
            built = self._task(item, clause, clause_found, names or (), part=part, addressed=addressed)
            if built:
                addressed = built.addressees or addressed
                self.found.append(built)

    def _after_run_in(self, start: int, end: int) -> tuple[int, tuple[Name, ...]]:
        """Skip a run-in title; one that names a body makes it the actor."""
        while start < end and self.view.body[start] in " *":
            start += 1
        run_in = _RUN_IN.match(self.view.body, start, end)
        if run_in is None:
            return start, ()
        inside = assign.subject(self.view, start, run_in.end("title") + 1)
        if bodies.is_only_names(self.view.body, start, run_in.end("title")):
            return run_in.end(), tuple(bodies.names_at(self.view.body, start, run_in.end("title")))
        if inside and inside.rule == "assigned_verb":
            return run_in.end(), inside.names
        starts_verb = wording.VERB.match(self.view.body, start) and not bodies.names_at(
            self.view.body, run_in.end(), end
        )
        return (start, ()) if starts_verb or len(run_in["title"]) > 60 else (run_in.end(), ())  # noqa: PLR2004

    def _remember(self, start: int, end: int) -> None:
        """A sentence that is no work still tells who is spoken of."""
        found = assign.subject(self.view, start, end)
        if found and found.rule == "assigned_verb":
            self.item_names = found.names

    def _is_work(self, start: int, end: int) -> bool:
        flat = self.view.body
        at = start
        while at < end and flat[at] in " -+*":
            at += 1
        for _ in range(2):
            opener = wording.OPENER.match(flat, at, end)
            if opener:
                at = opener.end()
                while at < end and flat[at] in " ,:":
                    at += 1
        if wording.NOT_WORK.match(flat, at, end) or _TARGET_ONLY.match(flat, at, end):
            return False
        narrated = words(rf"(?:(?:[Ss]áng|[Cc]hiều|[Tt]ối),? )?(?:{moments.WEEKDAY},? )?[Nn]gày {moments.DAY}").match(
            flat, at, end
        )
        if narrated and (self.issued_on is None or (moments.day_of(narrated, near=None) or date.max) <= self.issued_on):
            return False
        found = assign.subject(self.view, start, end)
        verb = found.verb if found else at
        if wording.PAST.match(flat, verb, end) or wording.RULE_OF_CONDUCT.match(flat, at, min(end, at + 120)):
            return False
        if found:
            return not wording.NOT_WORK.match(flat, verb, end) or bool(wording.ASSIGNING.match(flat, at))
        return True

    def _task(
        self,
        item: Placed,
        clause: Clause,
        found: Subject | None,
        names: tuple[Name, ...],
        *,
        part: Part,
        addressed: list[Name],
    ) -> Found | None:
        view = self.view
        quote, rest = view.broken_quote(clause.start, clause.end)
        bracket = assign.bracketed(view, clause.start, clause.end)
        lead = bracket.lead if bracket else names or self._inherited(item)
        verb = found.verb if found else quote.start
        own_actor = bool(found or bracket)
        if not quote.quote or not self._is_asked(
            item, clause, found, verb, part=part, own_actor=own_actor, has_lead=bool(lead)
        ):
            return None
        below = assign.commanded(view, found.names, clause.end) if found else []
        partners, to = self._others(clause, found, bracket, addressed)
        kind = kinds.kind_of(view, verb, clause.end, dated=clause.due is not None, repeated=clause.cadence is not None)
        borderline = self._is_borderline(clause.start, clause.end, part, has_actor=own_actor or bool(self.item_names))
        rule = "bracketed" if bracket else found.rule if found else "imperative"
        sure = 0.93 if own_actor else 0.88 if lead else 0.65
        task = Task(
            quote.quote,
            quote.start,
            quote.end,
            id="",
            continuation=rest,
            row=None,
            kind=kind,
            lead=assign.printed(view, [*lead, *below]),
            cooperate=assign.printed(view, partners),
            report_to=assign.printed(view, to),
            content=kinds.content_of(view, verb, clause.end, clause.due.due.text if clause.due else None),
            due=clause.due.due if clause.due else None,
            recurrence=clause.cadence.items if clause.cadence else None,
            product=kinds.product_of(view, verb, clause.end),
            source=item.source,
            confidence=0.4 if borderline else sure,
            rule=f"task.{rule}",
            borderline=borderline,
        )
        return Found(clause, task, (*lead, *below), to)

    def _is_asked(
        self,
        item: Placed,
        clause: Clause,
        found: Subject | None,
        verb: int,
        *,
        part: Part,
        own_actor: bool,
        has_lead: bool,
    ) -> bool:
        """Whether the clause asks for work: by its own actor, or as an order in a part that gives tasks."""
        if self._is_preamble(item) and not (found and found.rule == "assigned_verb"):
            return False
        if own_actor:
            return True
        in_article = bool(item.path) and item.path[-1].section.rule == "section.article"
        if in_article and _DECIDES.match(self.view.body, verb):
            return False  # «Điều 1. Thành lập …» is done by the act itself
        return self._reads_as_order(item, verb, clause, part, has_lead=has_lead)

    def _others(
        self, clause: Clause, found: Subject | None, bracket: assign.Bracket | None, addressed: list[Name]
    ) -> tuple[list[Name], list[Name]]:
        """(partners, addressees) of a clause, with what the lead-in and the clause before hand down."""
        view = self.view
        partners = list(bracket.cooperate) if bracket else assign.cooperating(view, clause.start, clause.end)
        if not partners and self.listing and not found:
            partners = list(self.listing.partners)
        to = assign.addressees(view, clause.start, clause.end)
        if not to and addressed and wording.CARRIES_ON.search(view.body, clause.start, clause.end):
            to = addressed
        return partners, to

    @property
    def _listed(self) -> bool:
        return self.listing is not None and bool(self.listing.names)

    def _is_preamble(self, item: Placed) -> bool:
        """Before the first heading only an explicit assignment is work: the rest tells what happened."""
        return self.has_sections and not item.path and not self._listed

    def _inherited(self, item: Placed) -> tuple[Name, ...]:
        """The actor from the paragraph, the list, or the nearest heading that names one."""
        if self.item_names:
            return self.item_names
        if self.listing and self.listing.names:
            return self.listing.names
        return next((node.names for node in reversed(item.path) if node.names), ())

    def _reads_as_order(self, item: Placed, verb: int, clause: Clause, part: Part, *, has_lead: bool) -> bool:
        """An imperative in a part that gives tasks; a noun phrase only where it has a deadline."""
        flat = self.view.body
        while verb < clause.end and flat[verb] in " ,-+*“":
            verb += 1
        subject_less = wording.VERB.match(flat, verb, clause.end) or wording.MANNER.match(flat, verb, clause.end)
        conditional = wording.CIRCUMSTANCE.match(flat, verb, clause.end) and has_lead
        cadenced = recurrence.CADENCE.match(flat, verb, clause.end)
        opened = wording.OPENER.match(flat, verb, clause.end)
        if part is Part.UNKNOWN and not item.path and not self._listed:
            return bool(self.item_names and (subject_less or cadenced or conditional))
        return bool(subject_less or conditional or cadenced or opened or (clause.due and has_lead))

    def _is_borderline(self, start: int, end: int, part: Part, *, has_actor: bool) -> bool:
        flat = self.view.body
        if part is Part.VIEWS and not has_actor:
            return True
        answers = wording.ONLY_ANSWERS.search(flat, start, end)
        works = _DEFINITE_WORK.search(flat, start, end)
        if answers and not works:
            return True
        only_this = wording.THIS_DOCUMENT.search(flat, start, end)
        return bool(only_this and not works)

    def _without_stray(self, item: Placed, start: int, end: int) -> int:
        """The tail of a wrapped heading that fell into the first words of the paragraph stays outside."""
        while start < end and self.view.body[start] in " -+*":
            start += 1
        stray = _STRAY_TAIL.match(self.view.body, start, end)
        heading = " ".join(item.path[-1].heading.split()) if item.path else ""
        return stray.end() if stray and heading.endswith(" ".join(stray["stray"].split())) else start

    def _closing_assignment(self, first: int) -> None:
        """«Giao A chỉ đạo, hướng dẫn B thực hiện» closing a paragraph makes A, then B, the lead of all of it."""
        if len(self.found) - first < 2:  # noqa: PLR2004
            return
        last = self.found[-1]
        subject = last.clause.subject
        if subject is None or not assign.commanded(self.view, subject.names, last.clause.end):
            return
        for item in self.found[first:-1]:
            if item.clause.subject is None:
                item.task = replace(item.task, lead=last.task.lead)

    def _label_line(self, start: int, end: int) -> bool:
        """«Cơ quan chủ trì: …» under a task fills its fields."""
        colon = self.view.body.find(":", start, min(end, start + 40))
        label = wording.LABEL_LINE.match(self.view.body[start:colon].strip(" -+*")) if colon > 0 else None
        if label is None:
            return False
        if not self.found or label.lastgroup == "other":
            return True
        self.found[-1].task = _fill(
            self.view, self.found[-1].task, str(label.lastgroup), (colon + 1, end), self.issued_on
        )
        if label.lastgroup == "lead":
            self.found[-1].names = tuple(bodies.names_at(self.view.body, colon + 1, end))
        return True


def _fill(view: View, task: Task, label: str, place: tuple[int, int], issued_on: date | None) -> Task:
    """A task with the field of a label line filled."""
    start, end = place
    left, right = view.trim(start, end)
    if label in {"lead", "cooperate"}:
        found = assign.printed(view, bodies.names_at(view.body, start, end)) or (view.text[left:right],)
        return replace(task, lead=found) if label == "lead" else replace(task, cooperate=found)
    if label == "product":
        return replace(task, product=view.text[left:right] or None)
    cadences = recurrence.find(view.text, view.body, start, end)
    if cadences:
        return replace(task, recurrence=cadences[0].items, kind="recurring", due=None)
    hits = due.find(view.text, view.body, start, end, issued_on=issued_on, alone=True)
    return replace(task, due=hits[-1].due, kind="one_off") if hits else task

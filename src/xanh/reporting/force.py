"""Putting a reviewed document into force: its tasks, targets and reporting duties come to life in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from xanh.core import numbers
from xanh.directives import actions as directives
from xanh.directives import clarity, matching, queries
from xanh.directives.drafts import DutyDraft, TargetDraft, TaskDraft
from xanh.directives.models import Directive, DirectiveState, ItemKind, ReadItem
from xanh.events import actions as events
from xanh.indicators.models import Indicator, Programme, Target
from xanh.org.models import Unit, UnitGroup
from xanh.people.models import User
from xanh.reporting.models import ReportingDuty
from xanh.tasks import assign


class SamePerson(Exception):
    """Who reviewed the document does not put it into force."""

    message = "Người đã rà soát không được tự đưa văn bản lên hệ thống. Đề nghị người thứ hai xác nhận."

    def __init__(self) -> None:
        super().__init__(self.message)


class ForceStopped(Exception):
    """A confirmed task has no lead or no content, or its lead is no unit any more; the message names it."""


class IndicatorUnknown(Exception):
    """A confirmed target names an indicator that the dictionary does not have."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What putting into force would create: the words of the button, what stops it, what stays unclear."""

    task_count: int
    unit_count: int
    duty_count: int
    target_count: int
    stops: tuple[str, ...]
    unclear: tuple[tuple[str, str], ...]

    @property
    def button(self) -> str:
        """ "Đưa lên hệ thống 41 nhiệm vụ (112 đơn vị)"; the page adds the document."""
        words = f"Đưa lên hệ thống {numbers.format_int(self.task_count)} nhiệm vụ"
        return f"{words} ({numbers.format_int(self.unit_count)} đơn vị)"


def issue_day(directive: Directive) -> date:
    """The day whose rosters count: that of issue, or of reception where none is printed."""
    return directive.issued_on or directive.received_at.date()


def preview(directive: Directive) -> Preview:
    """Count what would be created; writes nothing."""
    day = issue_day(directive)
    stops, unclear, units = [], [], set()
    tasks = queries.accepted_items(directive, ItemKind.TASK)
    for item in tasks:
        draft = TaskDraft.from_json(item.settled)
        six = queries.task_dots(draft, lead=draft.lead, authority=directive.symbol or directive.issuer)
        if clarity.stops(six):
            stops.append(f"“{item.quote[:80]}”: chưa rõ {clarity.stops(six)}")
            continue
        if clarity.unclear(six):
            unclear.append((draft.content, clarity.unclear(six)))
        units.update(matching.unit_codes_of(draft.lead, day=day))
    return Preview(
        task_count=len(tasks),
        unit_count=len(units),
        duty_count=len(queries.accepted_items(directive, ItemKind.REGIME)),
        target_count=len(queries.accepted_items(directive, ItemKind.TARGET)),
        stops=tuple(stops),
        unclear=tuple(unclear),
    )


@dataclass(frozen=True, slots=True)
class InForce:
    """What was created."""

    task_codes: tuple[str, ...]
    unit_codes: tuple[str, ...]
    duties: int
    targets: int


@transaction.atomic
def put_in_force(*, directive_id: int, by: User, at: datetime) -> InForce:
    """Bring a reviewed document into force by a second person; everything or nothing.

    Raises SamePerson, ForceStopped, IndicatorUnknown, directives.actions.ReviewClosed.
    """
    directive = directives.locked(directive_id, DirectiveState.REVIEWED)
    if directive.reviewed_by == str(by.pk):
        raise SamePerson
    orders = [_order(item, directive, by=by, at=at) for item in queries.accepted_items(directive, ItemKind.TASK)]
    assigned = assign.assign_tasks(directive=directive, orders=orders, by=by, at=at)
    duties = _create_duties(directive, at=at)
    targets = [
        _create_target(item, directive, by=by, at=at) for item in queries.accepted_items(directive, ItemKind.TARGET)
    ]
    cooperating = [unit.code for order in orders for unit, _ in order.cooperators if unit]
    directives.address(directive, [*assigned.unit_codes, *cooperating])
    directive.state = DirectiveState.IN_FORCE
    directive.in_force_at, directive.in_force_by, directive.in_force_label = at, str(by.pk), by.full_name
    directive.save()
    facts = {
        "symbol": directive.symbol,
        "tasks": len(assigned.codes),
        "units": len(assigned.unit_codes),
        "duties": len(duties),
        "targets": len(targets),
    }
    events.record(
        kind="directive.put_in_force",
        subject=("directive", directive.pk),
        by=by,
        at=at,
        unit_code=directive.owner_id,
        facts=facts,
    )
    return InForce(assigned.codes, assigned.unit_codes, len(duties), len(targets))


def _order(item: ReadItem, directive: Directive, *, by: User, at: datetime) -> assign.TaskOrder:
    draft = TaskDraft.from_json(item.settled)
    day = issue_day(directive)
    units = matching.make_units(draft.lead, day=day, by=by, at=at) if draft.lead else []
    if not units or not draft.content.strip():
        raise ForceStopped(
            f"Nhiệm vụ “{item.quote[:80]}” chưa rõ chủ trì hoặc nội dung nên chưa đưa lên hệ thống được. "
            "Đề nghị trả lại để rà soát tiếp."
        )
    kind, _, code = draft.lead.partition(":")
    return assign.TaskOrder(
        content=draft.content,
        quote=item.quote,
        start=item.start,
        end=item.end,
        units=units,
        group=UnitGroup.objects.get(pk=code) if kind == "group" else None,
        cooperators=[
            *((unit, unit.name) for unit in _single_units(draft.cooperate, day, by=by, at=at)),
            *((None, label) for label in _group_labels(draft)),
        ],
        due_on=draft.due_on,
        due_time=draft.due_time,
        qualifier=draft.qualifier,
        recurrence=draft.recurrence,
        product=draft.product,
        report_to=draft.report_to,
    )


def _single_units(refs: tuple[str, ...], day: date, *, by: User, at: datetime) -> Iterator[Unit]:
    for ref in refs:
        if not ref.startswith("group:"):
            yield from matching.make_units(ref, day=day, by=by, at=at)


def _group_labels(draft: TaskDraft) -> list[str]:
    groups = [matching.label_of(ref) for ref in draft.cooperate if ref.startswith("group:")]
    return [*groups, *([draft.cooperate_words] if draft.cooperate_words else [])]


def _create_duties(directive: Directive, *, at: datetime) -> list[ReportingDuty]:
    programme = Programme.objects.filter(pk=directive.programme_code).first()
    duties = []
    for item in queries.accepted_items(directive, ItemKind.REGIME):
        draft = DutyDraft.from_json(item.settled)
        units = [] if not draft.who or draft.who.startswith("group:") else matching.units_of(draft.who, day=at.date())
        duties.append(
            ReportingDuty(
                programme=programme,
                directive_id=directive.pk,
                who=units[0] if units else None,
                who_group=draft.who.removeprefix("group:") if draft.who.startswith("group:") else "",
                who_label=(matching.label_of(draft.who) if draft.who else draft.who_words)[:400],
                to_label=draft.to_words[:400],
                cadence=draft.cadence,
                cadence_label=draft.cadence_words[:300],
                cutoff_label=draft.cutoff_words[:300],
                quote=item.quote,
                in_force_since=at,
            )
        )
    return ReportingDuty.objects.bulk_create(duties)


def _create_target(item: ReadItem, directive: Directive, *, by: User, at: datetime) -> Target:
    """A target of the owner's territory; a later document for the same milestone replaces the value."""
    draft = TargetDraft.from_json(item.settled)
    indicator = Indicator.objects.filter(code=draft.indicator_code).order_by("-set__valid_from").first()
    if indicator is None or draft.milestone_on is None:
        raise IndicatorUnknown(
            f"Mục tiêu “{item.quote[:80]}” chưa gắn với chỉ tiêu hoặc thời điểm. Đề nghị trả lại để rà soát tiếp."
        )
    scaled = numbers.parse_decimal(draft.value) * (Decimal(10) ** indicator.scale)
    target, _ = Target.objects.update_or_create(
        indicator_code=indicator.code,
        unit=directive.owner,
        milestone_on=draft.milestone_on,
        defaults={
            "op": draft.op,
            "value_scaled": int(scaled),
            "set_on": issue_day(directive),
            "document": f"{directive.symbol} {directive.title}"[:300],
        },
    )
    events.record(
        kind="target.set",
        subject=("indicator", indicator.code),
        by=by,
        at=at,
        unit_code=directive.owner_id,
        facts={"value": draft.value, "milestone_on": draft.milestone_on, "document": directive.symbol},
    )
    return target

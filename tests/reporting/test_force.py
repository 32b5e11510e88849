"""Putting a reviewed document into force: by a second person, everything or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.directives import samples
from xanh.directives import actions, queries
from xanh.directives.drafts import DutyDraft, TargetDraft
from xanh.directives.models import Addressee, DirectiveState, ItemKind, ItemState, ReadItem
from xanh.events.models import Event
from xanh.indicators.models import Target
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import force
from xanh.reporting.models import ReportingDuty
from xanh.tasks.models import Task, TaskCooperator

AT = samples.AT


@pytest.fixture
def province(nation: factories.Nation) -> Unit:
    return nation.unit("00")


@pytest.fixture
def reviewer(province: Unit) -> User:
    return factories.person("consolidator", "00-DU")


@pytest.fixture
def second(province: Unit) -> User:
    return factories.person("leader", "00")


def test_the_button_counts_tasks_and_the_units_of_the_roster(province: Unit, reviewer: User) -> None:
    preview = force.preview(samples.reviewed(province, reviewer))
    assert preview.button == "Đưa lên hệ thống 2 nhiệm vụ (4 đơn vị)"
    assert preview.stops == ()


def test_a_second_person_brings_tasks_to_life_with_their_dues(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.in_force(province, reviewer, second)
    assert (directive.state, directive.in_force_label) == (DirectiveState.IN_FORCE, second.full_name)
    office = Task.objects.get(lead="00-VPTU")
    assert office.due_on == date(2026, 11, 20)
    # "Trước ngày 20/11" is overdue from the end of that day, in Vietnam 00:00 of 21/11.
    assert office.due_at == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    # Three working days before Friday 20/11: Tuesday 17/11, 00:00 in Vietnam.
    assert office.warn_at == datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    assert office.next_check_at == office.warn_at
    assert (office.light, office.programme_code) == ("GREEN", "NQ57")
    assert list(TaskCooperator.objects.values_list("task", "unit")) == [(office.pk, "00-SKHCN")]


def test_a_group_s_task_fans_out_into_one_child_per_unit_with_one_event(
    province: Unit, reviewer: User, second: User
) -> None:
    samples.in_force(province, reviewer, second)
    parent = Task.objects.get(group="00-XA")
    children = list(parent.children.order_by("code"))
    assert parent.lead is None
    assert [child.lead_id for child in children] == ["99001", "99002", "99020"]
    # 11:00 of Friday 27/11 in Vietnam; Tuesday 24/11 is a day off, so the warning starts on Monday 23/11.
    assert {child.due_at for child in children} == {datetime(2026, 11, 27, 4, 0, tzinfo=UTC)}
    assert {child.warn_at for child in children} == {datetime(2026, 11, 22, 17, 0, tzinfo=UTC)}
    told = Event.objects.filter(kind="task.created")
    assert [event.subject for event in told] == [f"task:{code}" for code in (f"{parent.pk[:-1]}1", parent.pk)]


def test_units_that_are_given_work_may_read_the_document(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.in_force(province, reviewer, second)
    addressed = Addressee.objects.filter(directive=directive).values_list("unit", flat=True)
    assert set(addressed) == {"00-VPTU", "00-SKHCN", "99001", "99002", "99020"}


def test_the_reviewer_himself_cannot_put_it_into_force(province: Unit, reviewer: User) -> None:
    directive = samples.reviewed(province, reviewer)
    with pytest.raises(force.SamePerson):
        force.put_in_force(directive_id=directive.pk, by=reviewer, at=AT)
    assert not Task.objects.exists()


def test_a_document_under_review_or_in_force_is_not_put_into_force(
    province: Unit, reviewer: User, second: User
) -> None:
    directive = samples.in_force(province, reviewer, second)
    with pytest.raises(actions.ReviewClosed):
        force.put_in_force(directive_id=directive.pk, by=second, at=AT)
    assert Task.objects.count() == 5


def test_a_missing_lead_stops_everything(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.reviewed(province, reviewer)
    item = samples.tasks_of(directive)[1]
    ReadItem.objects.filter(pk=item.pk).update(settled={**item.settled, "lead": ""})
    assert force.preview(directive).stops == (f"“{item.quote[:80]}”: chưa rõ chủ trì",)
    with pytest.raises(force.ForceStopped):
        force.put_in_force(directive_id=directive.pk, by=second, at=AT)
    assert not Task.objects.exists()
    assert queries.directive(directive.pk).state == DirectiveState.REVIEWED


def _item(directive_id: int, kind: ItemKind, settled: dict[str, object], by: User) -> ReadItem:
    return ReadItem.objects.create(
        directive_id=directive_id,
        kind=kind,
        state=ItemState.ACCEPTED,
        quote="TỈNH ỦY",
        start=0,
        end=7,
        payload={},
        settled=settled,
        confidence=1.0,
        rule="test",
        decided_at=AT,
        decided_by=str(by.pk),
    )


def test_a_confirmed_target_binds_the_owner_s_territory_in_scaled_form(
    province: Unit, reviewer: User, second: User
) -> None:
    directive = samples.reviewed(province, reviewer)
    draft = TargetDraft(indicator_code="UB-01", op=">=", value="86,5", milestone_on=date(2027, 6, 30))
    _item(directive.pk, ItemKind.TARGET, draft.to_json(), reviewer)
    assert force.put_in_force(directive_id=directive.pk, by=second, at=AT).targets == 1
    target = Target.objects.get(indicator_code="UB-01", milestone_on=date(2027, 6, 30))
    scale = factories.Programme.objects.get(pk="NQ57").sets.get(block="committee").indicators.get(code="UB-01").scale
    assert (target.unit_id, target.op, target.set_on) == ("00", ">=", date(2026, 11, 2))
    assert target.value_scaled == 865 * 10 ** (scale - 1)


def test_a_target_of_an_unknown_indicator_stops_everything(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.reviewed(province, reviewer)
    draft = TargetDraft(indicator_code="KHÔNG-CÓ", value="1", milestone_on=date(2027, 6, 30))
    _item(directive.pk, ItemKind.TARGET, draft.to_json(), reviewer)
    with pytest.raises(force.IndicatorUnknown):
        force.put_in_force(directive_id=directive.pk, by=second, at=AT)
    assert not Task.objects.exists()


def test_a_confirmed_duty_is_kept_in_the_words_of_the_document(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.reviewed(province, reviewer)
    group = DutyDraft(who="group:00-XA", to_words="Văn phòng Tỉnh ủy", cadence="WEEKLY", cadence_words="hằng tuần")
    _item(directive.pk, ItemKind.REGIME, group.to_json(), reviewer)
    _item(directive.pk, ItemKind.REGIME, DutyDraft(who_words="các chi bộ").to_json(), reviewer)
    assert force.put_in_force(directive_id=directive.pk, by=second, at=AT).duties == 2
    first, other = ReportingDuty.objects.all()
    assert (first.who, first.who_group, first.who_label) == (None, "00-XA", "Các xã, phường, đặc khu")
    assert (first.cadence, first.programme_id) == ("WEEKLY", "NQ57")
    assert (other.who, other.who_group, other.who_label) == (None, "", "các chi bộ")

"""Lending the right to approve: whose right, to whom, which blocks, and what the trail tells."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from xanh.events.models import Event
from xanh.org import access, actions, queries, staff
from xanh.org.models import Delegation, Post, Unit
from xanh.people.models import User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DAY, LAST = date(2026, 11, 20), date(2026, 11, 25)


@pytest.fixture
def giver(nation: factories.Nation) -> Post:
    return factories.person("approver", "99001-UB", name="Lê Văn Mẫu", capacity="Chủ tịch UBND").posts.get()


@pytest.fixture
def receiver(giver: Post) -> User:
    return factories.person("leader", "99001", name="Phạm Thị Nhận")


def grant(giver: Post, receiver: User, block: str = "99001-UB", *, since: date = DAY, until: date = LAST) -> Delegation:
    unit = Unit.objects.get(pk=block)
    return actions.grant_delegation(
        giver=giver, receiver=receiver, block=unit, document=" 05-GUQ ", starts_on=since, ends_on=until,
        by=giver.person, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["clerk", "leader", "consolidator", "unit_admin"])
def test_only_an_approver_has_a_right_to_lend(giver: Post, receiver: User, role: str) -> None:
    other = factories.person(role, "99001-UB").posts.get()
    with pytest.raises(actions.DelegationRefused, match="Chỉ người có quyền duyệt khối này"):
        grant(other, receiver)


def test_an_approver_of_the_commune_lends_any_of_its_blocks(receiver: User) -> None:
    wide = factories.person("approver", "99001", capacity="Bí thư Đảng ủy").posts.get()
    assert [block.code for block in staff.blocks_lent_by(wide)] == ["99001-DU", "99001-HD", "99001-UB", "99001-MT"]
    grant(wide, receiver, "99001-MT")
    assert queries.approval_rights(receiver, Unit.objects.get(pk="99001-MT"), day=DAY)
    assert not queries.approval_rights(receiver, Unit.objects.get(pk="99001-DU"), day=DAY)


def test_an_approver_of_a_block_lends_that_block_only(giver: Post) -> None:
    assert [block.code for block in staff.blocks_lent_by(giver)] == ["99001-UB"]


def test_one_day_is_a_term_and_the_day_before_its_start_is_none(giver: Post, receiver: User) -> None:
    grant(giver, receiver, since=DAY, until=DAY)
    with pytest.raises(actions.DelegationRefused, match="không được trước ngày bắt đầu"):
        grant(giver, receiver, since=DAY, until=date(2026, 11, 19))


def test_the_database_refuses_an_end_before_the_start(giver: Post, receiver: User) -> None:
    lent = grant(giver, receiver)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=lent.pk).update(ends_on=date(2026, 11, 19))


def test_it_does_not_outlast_the_office(giver: Post, receiver: User) -> None:
    # The office ends before 25/11: its last day is 24/11.
    actions.close_post(post=giver, ends_on=LAST, by=receiver, at=AT)
    with pytest.raises(actions.DelegationRefused, match="trong thời gian"):
        grant(giver, receiver, until=LAST)
    grant(giver, receiver, until=date(2026, 11, 24))


def test_the_trail_of_the_block_tells_it_with_the_document(giver: Post, receiver: User) -> None:
    lent = grant(giver, receiver)
    event = Event.objects.get(subject=f"delegation:{lent.pk}")
    assert (event.kind, event.unit_code) == ("delegation.granted", "99001-UB")
    assert event.facts["receiver"] == "Phạm Thị Nhận"
    assert lent.document == "05-GUQ"


def test_one_that_has_not_begun_goes_altogether_when_taken_back(giver: Post, receiver: User) -> None:
    lent = grant(giver, receiver, since=date(2026, 11, 23))
    actions.end_delegation(delegation=lent, today=DAY, by=giver.person, at=AT)
    assert not Delegation.objects.exists()


def test_taking_back_one_that_is_over_does_not_make_it_longer(giver: Post, receiver: User) -> None:
    lent = grant(giver, receiver)
    actions.end_delegation(delegation=lent, today=date(2026, 12, 20), by=giver.person, at=AT)
    lent.refresh_from_db()
    assert lent.ends_on == LAST


def test_it_is_offered_to_people_who_serve_in_the_commune_but_not_to_the_giver(giver: Post, receiver: User) -> None:
    clerk = factories.person("clerk", "99001-DU", name="An Thị Ba")
    off = factories.person("clerk", "99001-DU")
    User.objects.filter(pk=off.pk).update(is_active=False)
    factories.person("leader", "99002")
    factories.person("leader", "00")
    assert list(staff.possible_receivers(giver, day=DAY)) == [clerk, receiver]


def test_giver_receiver_and_administrator_see_it_and_nobody_else(giver: Post, receiver: User) -> None:
    lent = grant(giver, receiver)
    admin, stranger = factories.person("unit_admin", "99001"), factories.person("unit_admin", "99002")
    seen = [
        staff.delegations_seen(access.viewer_of(person, day=DAY)).filter(pk=lent.pk).exists()
        for person in (giver.person, receiver, admin, stranger)
    ]
    assert seen == [True, True, True, False]


def test_an_administrator_records_those_of_his_units_only(giver: Post) -> None:
    own, other = factories.person("unit_admin", "99001"), factories.person("unit_admin", "99002")
    assert staff.delegable_posts(access.viewer_of(own, day=DAY)) == [giver]
    assert staff.delegable_posts(access.viewer_of(other, day=DAY)) == []
    with pytest.raises(staff.PostUnknown):
        staff.delegable_post(access.viewer_of(other, day=DAY), giver.pk)

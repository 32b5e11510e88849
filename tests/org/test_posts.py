"""Offices, delegations and groups: what the actions and the database allow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from xanh.events.models import Event
from xanh.org import actions, queries, staff
from xanh.org.access import viewer_of
from xanh.org.models import Delegation, Post, Unit, UnitGroup

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


def open_post(person, unit_code="99001-UB", **fields):  # type: ignore[no-untyped-def]
    values = {"role": "clerk", "capacity": "Công chức", "starts_on": DAY, "document": "02-QĐ", "by": None, "at": AT}
    return actions.open_post(person=person, unit=Unit.objects.get(pk=unit_code), **{**values, **fields})


class TestPosts:
    def test_an_office_is_told_in_the_trail_of_its_unit(self, nation: factories.Nation) -> None:
        post = open_post(factories.person("clerk", "99001-DU"))
        event = Event.objects.get(subject=f"post:{post.pk}")
        assert (event.kind, event.unit_code, event.facts["capacity"]) == ("post.opened", "99001-UB", "Công chức")

    def test_nobody_appoints_himself(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "99001")
        with pytest.raises(actions.PostRefused, match="Không tự bố trí"):
            open_post(admin, role="approver", by=admin)
        assert admin.posts.count() == 1

    def test_the_same_office_is_not_given_twice(self, nation: factories.Nation) -> None:
        person = factories.person("clerk", "99001-DU")
        open_post(person)
        with pytest.raises(actions.PostRefused, match="đang giữ đúng chức danh"):
            open_post(person)

    def test_an_unknown_role_is_refused(self, nation: factories.Nation) -> None:
        with pytest.raises(actions.RoleUnknown):
            open_post(factories.person("clerk", "99001-DU"), role="king")

    def test_an_office_cannot_end_before_it_began(self, nation: factories.Nation) -> None:
        post = open_post(factories.person("clerk", "99001-DU"))
        with pytest.raises(actions.PostRefused, match="phải sau ngày bắt đầu 20/11/2026"):
            actions.close_post(post=post, ends_on=DAY, by=post.person, at=AT)

    def test_the_database_refuses_it_too(self, nation: factories.Nation) -> None:
        post = open_post(factories.person("clerk", "99001-DU"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(ends_on=DAY)

    def test_the_database_refuses_the_same_open_office_twice(self, nation: factories.Nation) -> None:
        post = open_post(factories.person("clerk", "99001-DU"))
        post.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            post.save(force_insert=True)

    def test_a_vacant_office_is_named_with_who_stands_in(self, nation: factories.Nation) -> None:
        factories.person("approver", "99001-UB", name="Lê Văn Mẫu", is_substitute=True)
        label = queries.vacancy_label(nation.unit("99001-UB"), day=DAY)
        assert label.startswith("Khuyết chức danh Phó Chủ tịch UBND")
        assert label.endswith("người được phân công: Lê Văn Mẫu")

    def test_a_filled_office_is_not_vacant(self, nation: factories.Nation) -> None:
        factories.person("approver", "99001-UB")
        assert queries.vacancy_label(nation.unit("99001-UB"), day=DAY) == ""


class TestDelegations:
    @pytest.fixture
    def giver(self, nation: factories.Nation) -> Post:
        return factories.person("approver", "99001-UB", capacity="Chủ tịch UBND").posts.get()

    def grant(self, giver: Post, receiver, block: str = "99001-UB", **fields):  # type: ignore[no-untyped-def]
        values = {"document": "05-GUQ", "starts_on": DAY, "ends_on": date(2026, 11, 25), "by": giver.person, "at": AT}
        return actions.grant_delegation(
            giver=giver, receiver=receiver, block=Unit.objects.get(pk=block), **{**values, **fields}
        )

    def test_it_lends_the_right_from_the_first_to_the_last_day(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        self.grant(giver, receiver)
        days = [date(2026, 11, 19), DAY, date(2026, 11, 25), date(2026, 11, 26)]
        lent = [bool(queries.approval_rights(receiver, giver.unit, day=day)) for day in days]
        assert lent == [False, True, True, False]

    def test_the_act_is_labelled_with_office_and_document(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        self.grant(giver, receiver)
        (right,) = queries.approval_rights(receiver, giver.unit, day=DAY)
        assert right.capacity == "Chủ tịch UBND (ủy quyền theo văn bản số 05-GUQ)"

    def test_it_covers_the_named_block_only(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        self.grant(giver, receiver)
        assert not queries.approval_rights(receiver, Unit.objects.get(pk="99001-DU"), day=DAY)

    def test_it_ends_with_the_office_of_the_giver(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        self.grant(giver, receiver)
        actions.close_post(post=giver, ends_on=date(2026, 11, 22), by=receiver, at=AT)
        assert queries.approval_rights(receiver, giver.unit, day=date(2026, 11, 21))
        assert not queries.approval_rights(receiver, giver.unit, day=date(2026, 11, 22))

    def test_a_lent_right_is_not_passed_on(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        self.grant(giver, receiver)
        third = factories.person("clerk", "99001-DU")
        with pytest.raises(actions.DelegationRefused, match="không được ủy quyền lại"):
            self.grant(receiver.posts.get(), third)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"document": "  "}, "phải ghi số văn bản"),
            ({"ends_on": date(2026, 11, 19)}, "không được trước ngày bắt đầu"),
            ({"starts_on": date(2025, 6, 30)}, "nằm trong thời gian"),
            ({"block": "99001-DU"}, "Chỉ người có quyền duyệt khối này"),
        ],
    )
    def test_what_the_rules_refuse(self, giver: Post, fields: dict[str, object], words: str) -> None:
        with pytest.raises(actions.DelegationRefused, match=words):
            self.grant(giver, factories.person("leader", "99001"), **fields)
        assert not Delegation.objects.exists()

    def test_not_to_oneself(self, giver: Post) -> None:
        with pytest.raises(actions.DelegationRefused, match="chính mình"):
            self.grant(giver, giver.person)

    def test_not_to_somebody_of_another_commune(self, giver: Post) -> None:
        with pytest.raises(actions.DelegationRefused, match="cùng đơn vị hành chính"):
            self.grant(giver, factories.person("leader", "99002"))

    def test_taken_back_it_ends_at_once(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        lent = self.grant(giver, receiver, starts_on=date(2026, 11, 18))
        actions.end_delegation(delegation=lent, today=DAY, by=giver.person, at=AT)
        assert not queries.approval_rights(receiver, giver.unit, day=DAY)
        assert queries.approval_rights(receiver, giver.unit, day=date(2026, 11, 19))

    def test_taken_back_on_its_first_day_it_goes_and_the_trail_keeps_it(self, giver: Post) -> None:
        receiver = factories.person("leader", "99001")
        lent = self.grant(giver, receiver)
        actions.end_delegation(delegation=lent, today=DAY, by=giver.person, at=AT)
        assert not Delegation.objects.exists()
        assert Event.objects.filter(kind="delegation.ended", facts__document="05-GUQ").exists()

    def test_the_database_wants_a_document(self, giver: Post) -> None:
        lent = self.grant(giver, factories.person("leader", "99001"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.filter(pk=lent.pk).update(document="")


class TestGroups:
    def test_a_change_holds_from_its_day_and_leaves_earlier_documents_alone(self, nation: factories.Nation) -> None:
        group = UnitGroup.objects.get(pk="00-XA")
        actions.change_group(
            group=group, joined=[], left=[nation.unit("99002")], on=DAY, by=factories.person("unit_admin", "00"), at=AT
        )
        assert [u.code for u in queries.roster("00-XA", day=date(2026, 11, 19))] == ["99001", "99002", "99020"]
        assert [u.code for u in queries.roster("00-XA", day=DAY)] == ["99001", "99020"]

    def test_who_joins_twice_is_a_member_once(self, nation: factories.Nation) -> None:
        group = UnitGroup.objects.get(pk="00-XA")
        admin = factories.person("unit_admin", "00")
        actions.change_group(group=group, joined=[nation.unit("99001")], left=[], on=DAY, by=admin, at=AT)
        assert group.members.filter(unit_id="99001").count() == 1


class TestBodies:
    def test_a_body_is_made_once_from_its_template(self, nation: factories.Nation) -> None:
        made = actions.ensure_body(owner=nation.unit("00"), body_code="VPTU", by=None, at=AT)
        again = actions.ensure_body(owner=nation.unit("00"), body_code="VPTU", by=None, at=AT)
        assert (made.code, made.name, again.pk) == ("00-VPTU", "Văn phòng Tỉnh ủy", made.pk)
        assert Event.objects.filter(kind="unit.created").count() == 1

    def test_a_body_that_the_catalogue_lacks_is_refused(self, nation: factories.Nation) -> None:
        with pytest.raises(actions.BodyUnknown):
            actions.ensure_body(owner=nation.unit("00"), body_code="XYZ", by=None, at=AT)


class TestStaff:
    def test_people_stand_in_the_order_of_given_names(self, nation: factories.Nation) -> None:
        for name in ("Trần Văn Đạt", "Lê Thị Ánh", "Nguyễn Văn Dũng", "Phạm Thị An"):
            factories.person("clerk", "99001-UB", name=name, capacity=name)
        viewer = viewer_of(factories.person("unit_admin", "99001", name="Vũ Thị Yến"), day=DAY)
        names = [person.full_name for person in staff.people_within(viewer)]
        assert names == ["Phạm Thị An", "Lê Thị Ánh", "Nguyễn Văn Dũng", "Trần Văn Đạt", "Vũ Thị Yến"]

    def test_a_search_without_diacritics_finds_and_right_diacritics_come_first(self, nation: factories.Nation) -> None:
        factories.person("clerk", "99001-UB", name="Nguyễn Văn Dung")
        factories.person("clerk", "99001-UB", name="Nguyễn Văn Dũng")
        viewer = viewer_of(factories.person("unit_admin", "99001"), day=DAY)
        assert {p.full_name for p in staff.people_within(viewer, written="van dung")} == {
            "Nguyễn Văn Dung",
            "Nguyễn Văn Dũng",
        }
        assert staff.people_within(viewer, written="Văn Dũng")[0].full_name == "Nguyễn Văn Dũng"

    def test_people_of_another_commune_are_unknown(self, nation: factories.Nation) -> None:
        other = factories.person("clerk", "99002-UB")
        viewer = viewer_of(factories.person("unit_admin", "99001"), day=DAY)
        with pytest.raises(staff.PersonUnknown):
            staff.managed_person(viewer, other.pk)

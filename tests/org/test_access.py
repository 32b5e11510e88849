"""Rights = role × reach of the post: what each post covers, as a table and as a property."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from xanh.org import access
from xanh.org.access import Reach, Viewer
from xanh.org.models import Level, Unit
from xanh.people.models import User
from xanh.people.roles import ROLES, Act

DAY = date(2026, 11, 20)


def unit(code: str, level: str, province: str, commune: str = "", block: str = "") -> Unit:
    return Unit(code=code, level=level, province_code=province, commune_code=commune, block=block)


UNITS = {
    "VN": unit("VN", Level.NATION, ""),
    "00": unit("00", Level.PROVINCE, "00"),
    "00-UB": unit("00-UB", Level.BLOCK, "00", block="committee"),
    "00-VPTU": unit("00-VPTU", Level.BODY, "00", block="party"),
    "00-SKHCN": unit("00-SKHCN", Level.BODY, "00", block="committee"),
    "99001": unit("99001", Level.COMMUNE, "00", "99001"),
    "99001-DU": unit("99001-DU", Level.BLOCK, "00", "99001", "party"),
    "99001-UB": unit("99001-UB", Level.BLOCK, "00", "99001", "committee"),
    "99001-VPDU": unit("99001-VPDU", Level.BODY, "00", "99001", "party"),
    "99002": unit("99002", Level.COMMUNE, "00", "99002"),
    "99002-UB": unit("99002-UB", Level.BLOCK, "00", "99002", "committee"),
    "09": unit("09", Level.PROVINCE, "09"),
    "98001-UB": unit("98001-UB", Level.BLOCK, "09", "98001", "committee"),
}


def reach(role: str, code: str) -> Reach:
    at = UNITS[code]
    return Reach(1, role, "chức danh", at.code, at.level, at.province_code, at.commune_code, at.block)


TABLE = [
    # A post at a block reaches that block only; its own board and the state of sending reach the whole unit.
    ("clerk", "99001-UB", Act.ENTER_FIGURES, "99001-UB", True),
    ("clerk", "99001-UB", Act.ENTER_FIGURES, "99001-DU", False),
    ("clerk", "99001-UB", Act.SEE_OWN_BOARD, "99001-DU", True),
    ("clerk", "99001-UB", Act.ENTER_FIGURES, "99002-UB", False),
    ("clerk", "99001-UB", Act.APPROVE, "99001-UB", False),
    # A post at the commune reaches its four blocks and no other commune.
    ("approver", "99001", Act.APPROVE, "99001-UB", True),
    ("approver", "99001", Act.APPROVE, "99001-DU", True),
    ("approver", "99001", Act.APPROVE, "99002-UB", False),
    # The standing office receives all four blocks, and never approves.
    ("consolidator", "00-VPTU", Act.RECEIVE, "99001-UB", True),
    ("consolidator", "00-VPTU", Act.RECEIVE, "98001-UB", False),
    ("consolidator", "00-VPTU", Act.APPROVE, "99001-DU", False),
    ("consolidator", "99001-VPDU", Act.ASK_REVIEW, "99001-UB", True),
    ("consolidator", "99001-VPDU", Act.ASK_REVIEW, "99002-UB", False),
    # Sở KH&CN sees the committee's block whole, of the others only whether they sent.
    ("owner", "00-SKHCN", Act.SEE_FIGURES, "99001-UB", True),
    ("owner", "00-SKHCN", Act.SEE_FIGURES, "99001-DU", False),
    ("owner", "00-SKHCN", Act.SEE_SENT_STATE, "99001-DU", True),
    ("owner", "00-SKHCN", Act.SEE_SENT_STATE, "98001-UB", False),
    # Administrators see no figures.
    ("unit_admin", "00", Act.MANAGE_PEOPLE, "99001-UB", True),
    ("unit_admin", "00", Act.SEE_FIGURES, "99001-UB", False),
    ("unit_admin", "00", Act.MANAGE_PEOPLE, "98001-UB", False),
    ("unit_admin", "00", Act.MANAGE_PEOPLE, "VN", False),
    ("system_admin", "VN", Act.SEE_FIGURES, "99001-UB", False),
    ("system_admin", "VN", Act.MANAGE_SYSTEM, "99001-UB", True),
    # An inspector reads in his territory and writes nowhere.
    ("inspector", "00", Act.READ_EVENTS, "99001-DU", True),
    ("inspector", "00", Act.READ_EVENTS, "98001-UB", False),
    ("inspector", "00", Act.ENTER_FIGURES, "99001-DU", False),
    ("leader", "VN", Act.SEE_FIGURES, "98001-UB", True),
]


@pytest.mark.parametrize(("role", "post_at", "act", "at", "expected"), TABLE)
def test_what_a_post_covers(role: str, post_at: str, act: Act, at: str, *, expected: bool) -> None:
    assert reach(role, post_at).covers(UNITS[at], act) is expected


codes = st.sampled_from(sorted(UNITS))
roles = st.sampled_from(sorted(ROLES))
acts = st.sampled_from(list(Act))


@given(roles, codes, acts, codes)
def test_a_reach_never_covers_a_unit_outside_its_territory(role: str, post_at: str, act: Act, at: str) -> None:
    stands, asked = UNITS[post_at], UNITS[at]
    outside = stands.level != Level.NATION and (
        asked.province_code != stands.province_code
        or (stands.commune_code and asked.commune_code != stands.commune_code)
    )
    if outside:
        assert not reach(role, post_at).covers(asked, act)


@given(st.sampled_from(["clerk", "approver", "owner", "leader", "inspector", "unit_admin"]), acts, codes)
def test_a_post_at_a_block_reaches_that_block_only(role: str, act: Act, at: str) -> None:
    if act not in access.WIDE_ACTS and UNITS[at].block != "committee":
        assert not reach(role, "99001-UB").covers(UNITS[at], act)


@given(roles, codes, acts, codes)
def test_nothing_is_covered_that_the_role_does_not_have(role: str, post_at: str, act: Act, at: str) -> None:
    if act not in ROLES[role].acts:
        assert not reach(role, post_at).covers(UNITS[at], act)


def viewer_with(*reaches: Reach) -> Viewer:
    return Viewer(User(pk=1, username="x", full_name="X Y"), DAY, reaches)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["clerk", "consolidator", "owner", "leader", "unit_admin", "inspector"])
@pytest.mark.parametrize("act", [Act.SEE_FIGURES, Act.SEE_OWN_BOARD, Act.MANAGE_PEOPLE, Act.READ_EVENTS])
def test_the_condition_for_rows_says_the_same_as_the_rule_for_one_unit(
    nation: factories.Nation, role: str, act: Act
) -> None:
    for code in ("99001-UB", "99001", "00-DU", "00", "VN"):
        viewer = viewer_with(access.reach_of(factories.appoint(factories.person("clerk", "98001"), role, code)))
        chosen = set(Unit.objects.filter(viewer.units_where(act)).values_list("code", flat=True))
        assert chosen == {row.code for row in Unit.objects.all() if viewer.may(act, row)}, code


@pytest.mark.django_db
def test_without_a_post_nothing_matches(nation: factories.Nation) -> None:
    assert not Unit.objects.filter(viewer_with().units_where(Act.SEE_OWN_BOARD)).exists()


@pytest.mark.django_db
def test_a_post_ends_on_its_last_day(nation: factories.Nation) -> None:
    person = factories.person("clerk", "99001-UB")
    post = person.posts.get()
    post.ends_on = date(2026, 11, 20)
    post.save()
    assert access.viewer_of(person, day=date(2026, 11, 19)).reaches
    assert not access.viewer_of(person, day=date(2026, 11, 20)).reaches


GRANTS = [
    ("unit_admin", "00", "99001-UB", "approver", True),
    ("unit_admin", "00", "99001-UB", "unit_admin", True),
    ("unit_admin", "00", "99001-UB", "system_admin", False),
    ("unit_admin", "00", "98001-UB", "clerk", False),
    ("unit_admin", "99001", "99002-UB", "clerk", False),
    ("system_admin", "VN", "00", "unit_admin", True),
    ("system_admin", "VN", "99001-UB", "clerk", False),
    ("leader", "00", "99001-UB", "clerk", False),
]


@pytest.mark.parametrize(("role", "post_at", "at", "granted", "expected"), GRANTS)
def test_who_may_give_which_role(role: str, post_at: str, at: str, granted: str, *, expected: bool) -> None:
    given_roles = {one.code for one in access.grantable_roles(viewer_with(reach(role, post_at)), UNITS[at])}
    assert (granted in given_roles) is expected


@pytest.mark.django_db
class TestWhoControlsAnAccount:
    def test_the_admin_of_every_office_it_holds(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "00")
        assert access.controls_account(access.viewer_of(admin, day=DAY), factories.person("clerk", "99001-UB"))

    def test_not_the_admin_of_one_of_two_territories(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "99001")
        both = factories.person("clerk", "99001-UB")
        factories.appoint(both, "leader", "00")
        assert not access.controls_account(access.viewer_of(admin, day=DAY), both)

    def test_nobody_his_own(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "00")
        assert not access.controls_account(access.viewer_of(admin, day=DAY), admin)

    def test_nobody_an_account_without_any_office(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "00")
        loose = User.objects.create_user("tu-do", full_name="Lê Tự Do")
        assert not access.controls_account(access.viewer_of(admin, day=DAY), loose)

    def test_not_a_system_admin_by_a_unit_admin(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "VN")
        assert not access.controls_account(access.viewer_of(admin, day=DAY), factories.person("system_admin", "VN"))

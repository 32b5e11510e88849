"""What each role may do: no role sees everything, administrators see no figures, only the approver approves."""

from __future__ import annotations

import pytest

from xanh.people import roles
from xanh.people.roles import ROLES, Act

SEEING = {
    Act.SEE_OWN_BOARD,
    Act.SEE_FIGURES,
    Act.SEE_SENT_STATE,
    Act.SEE_RESTRICTED,
    Act.SEE_TASKS,
    Act.READ_EVENTS,
}
ADMINISTERING = {Act.MANAGE_PEOPLE, Act.MANAGE_SYSTEM}


def _who_may(act: Act) -> set[str]:
    return {role.code for role in ROLES.values() if act in role.acts}


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_no_role_may_do_everything_or_both_see_and_administer(role: roles.Role) -> None:
    assert role.acts < set(Act)
    assert not (role.acts & SEEING and role.acts & ADMINISTERING)


@pytest.mark.parametrize("code", ["unit_admin", "system_admin"])
def test_administrators_see_no_figures(code: str) -> None:
    assert ROLES[code].acts.isdisjoint(set(Act) - ADMINISTERING)


def test_only_the_approver_approves_and_he_enters_nothing() -> None:
    assert _who_may(Act.APPROVE) == {"approver"}
    assert _who_may(Act.ENTER_FIGURES) == {"clerk"}


def test_the_inspector_only_reads() -> None:
    assert ROLES["inspector"].acts <= SEEING


def test_every_act_belongs_to_somebody() -> None:
    assert {act for act in Act if not _who_may(act)} == set()


def test_whoever_approves_decides_or_gives_rights_proves_himself_twice() -> None:
    weighty = (Act.APPROVE, Act.PUT_IN_FORCE, Act.JUDGE_TASK, Act.RECEIVE, Act.MANAGE_PEOPLE, Act.MANAGE_SYSTEM)
    assert set().union(*map(_who_may, weighty)) == roles.SECOND_FACTOR_ROLES


def test_codes_are_unique_and_fit_the_table() -> None:
    assert all(role.code == code for code, role in ROLES.items())
    assert len(ROLES) == 8

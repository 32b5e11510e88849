"""What stands around every page leads only where the viewer may go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories


def _head(role: str, unit_code: str, name: str = "today") -> str:
    client = factories.client_of(factories.person(role, unit_code))
    return client.get(reverse(name)).content.decode()


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("role", "unit_code", "offered"), [("inspector", "00", True), ("leader", "00", True), ("clerk", "99001-UB", False)]
)
def test_the_trail_is_offered_to_those_who_may_read_it(role: str, unit_code: str, *, offered: bool) -> None:
    assert (f'href="{reverse("trail")}"' in _head(role, unit_code)) is offered


@pytest.mark.usefixtures("nation")
def test_everybody_reaches_his_own_account_from_his_name() -> None:
    assert f'href="{reverse("account")}"' in _head("clerk", "99001-UB")


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("role", "unit_code", "offered"), [("approver", "99001-UB", True), ("clerk", "99001-UB", False)]
)
def test_approvers_find_delegations_on_their_account(role: str, unit_code: str, *, offered: bool) -> None:
    assert (f'href="{reverse("delegations")}"' in _head(role, unit_code, "account")) is offered


@pytest.mark.usefixtures("nation")
def test_an_administrator_is_told_that_he_has_no_board_and_where_his_work_is() -> None:
    client = factories.client_of(factories.person("unit_admin", "00"))
    board = client.get(reverse("boards"))
    assert board.status_code == 200
    assert "Vai trò của đồng chí không xem số liệu." in board.content.decode()
    assert "Hôm nay không có việc nào chờ đồng chí." in client.get(reverse("today")).content.decode()

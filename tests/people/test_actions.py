"""Accounts and invitations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from xanh.events.models import Event
from xanh.people import actions
from xanh.people.models import Invitation, User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
PASSWORD = "Lua-vang-dong-bang-57"


def _user(username: str = "lan.nguyen", full_name: str = "Nguyễn Thị Lan") -> User:
    return actions.create_user(username=username, full_name=full_name, by=None, at=AT)


@pytest.mark.parametrize("again", ["lan.nguyen", "Lan.Nguyen", "LAN.NGUYEN"])
def test_a_name_to_sign_in_with_is_taken_regardless_of_case(again: str) -> None:
    _user()
    with pytest.raises(actions.UsernameTaken, match=r"đã có người dùng\. Đề nghị chọn tên khác"):
        _user(again)
    assert User.objects.filter(username__iexact=again).count() == 1


def test_a_new_person_has_no_password_yet() -> None:
    user = _user()
    assert not user.has_usable_password()
    event = Event.objects.get(subject=f"user:{user.pk}")
    assert (event.kind, event.facts["username"]) == ("user.created", "lan.nguyen")


def test_an_invitation_sets_the_password_once() -> None:
    user = _user()
    token = actions.invite_user(user=user, by=None, at=AT)
    actions.redeem_invitation(token=token, password=PASSWORD, at=AT + timedelta(hours=1))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    with pytest.raises(actions.InvitationInvalid):
        actions.redeem_invitation(token=token, password="Mot-mat-khau-khac", at=AT + timedelta(hours=2))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    kinds = Event.objects.filter(subject=f"user:{user.pk}").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["user.created", "user.invited", "user.password_set"]


def test_an_invitation_lives_seven_days() -> None:
    user = _user()
    token = actions.invite_user(user=user, by=None, at=AT)
    assert actions.invited_user(token, at=AT + timedelta(days=7, microseconds=-1)) == user
    with pytest.raises(actions.InvitationInvalid):
        actions.invited_user(token, at=AT + timedelta(days=7))


def test_a_newer_link_ends_the_older_one() -> None:
    user = _user()
    old = actions.invite_user(user=user, by=None, at=AT)
    new = actions.invite_user(user=user, by=None, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    assert actions.invited_user(new, at=later) == user
    with pytest.raises(actions.InvitationInvalid):
        actions.invited_user(old, at=later)


def test_somebody_switched_off_cannot_use_his_link() -> None:
    user, admin = _user(), _user("quan.tri", "Trần Văn Trị")
    token = actions.invite_user(user=user, by=None, at=AT)
    actions.switch_user(user=user, active=False, by=admin, at=AT)
    with pytest.raises(actions.InvitationInvalid, match=r"không còn hiệu lực\. Đề nghị liên hệ"):
        actions.redeem_invitation(token=token, password=PASSWORD, at=AT)
    actions.switch_user(user=user, active=True, by=admin, at=AT)
    assert actions.invited_user(token, at=AT) == user


def test_the_link_itself_is_not_kept() -> None:
    token = actions.invite_user(user=_user(), by=None, at=AT)
    kept = Invitation.objects.get()
    assert token not in (kept.token_digest, *(str(row) for row in Event.objects.values_list("facts", flat=True)))


def test_people_stand_in_vietnamese_order_by_given_name() -> None:
    names = ["Lê Văn Đức", "Trần Thị Ánh", "Nguyễn Văn An", "Phạm Thị Ân", "Lê Thị Dung", "Bùi Văn An", "Vũ Thị Ban"]
    for number, name in enumerate(names):
        _user(f"nguoi.thu.tu.{number}", name)
    found = User.objects.filter(username__startswith="nguoi.thu.tu.").order_by("name_sort")
    # a before â before b, d before đ; the same given name by family name: Bùi before Nguyễn.
    assert [user.full_name for user in found] == [
        "Bùi Văn An", "Nguyễn Văn An", "Trần Thị Ánh", "Phạm Thị Ân", "Vũ Thị Ban", "Lê Thị Dung", "Lê Văn Đức",
    ]  # fmt: skip


def test_a_corrected_name_moves_and_the_trail_keeps_no_private_address() -> None:
    user, admin = _user(), _user("quan.tri", "Trần Văn Trị")
    before = user.name_sort
    actions.describe_user(user=user, full_name="Nguyễn Thị Vân", email="van@tinhmau.example", phone="", by=admin, at=AT)
    user.refresh_from_db()
    assert user.name_sort > before
    event = Event.objects.get(kind="user.described", subject=f"user:{user.pk}")
    assert event.facts == {"old_name": "Nguyễn Thị Lan", "new_name": "Nguyễn Thị Vân", "contact_changed": True}

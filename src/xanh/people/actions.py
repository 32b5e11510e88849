"""Writes about people: create, invite, redeem an invitation, switch off."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from xanh.events import actions as events
from xanh.people.models import Invitation, User

INVITATION_DAYS = 7


class InvitationInvalid(Exception):
    """The link was used, has expired, or never existed."""

    message = "Liên kết mời không còn hiệu lực. Đề nghị liên hệ người quản trị đơn vị để nhận liên kết mới."


class UsernameTaken(Exception):
    """Somebody else signs in under this name."""

    def __init__(self, username: str) -> None:
        super().__init__(f"Tên đăng nhập “{username}” đã có người dùng. Đề nghị chọn tên khác.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_account(*, username: str, full_name: str, email: str = "", phone: str = "") -> User:
    """An account without a password and without an event of its own; raises UsernameTaken."""
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    return User.objects.create_user(username, full_name=full_name, email=email, phone=phone)


def new_link(*, user: User, at: datetime) -> str:
    """The token of a fresh link, without an event of its own; earlier links that nobody used stop working."""
    Invitation.objects.filter(user=user, used_at=None, expires_at__gt=at, created_at__lt=at).update(expires_at=at)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=user, token_digest=_digest(token), created_at=at, expires_at=at + timedelta(days=INVITATION_DAYS)
    )
    return token


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    email: str = "",
    phone: str = "",
    unit_code: str = "",
    by: User | None,
    at: datetime,
) -> User:
    """Create a person without a password; `unit_code` says whose trail tells it. Raises UsernameTaken."""
    user = new_account(username=username, full_name=full_name, email=email, phone=phone)
    facts = {"full_name": full_name, "username": username}
    events.record(kind="user.created", subject=("user", user.pk), by=by, at=at, unit_code=unit_code, facts=facts)
    return user


@transaction.atomic
def describe_user(
    *, user: User, full_name: str, email: str, phone: str, unit_code: str = "", by: User, at: datetime
) -> User:
    """Correct a person's name, address or telephone; the name to sign in with stays."""
    old = {"full_name": user.full_name, "email": user.email, "phone": user.phone}
    user.full_name, user.email, user.phone = full_name, email, phone
    user.save(update_fields=["full_name", "email", "phone", "name_sort", "name_folded"])
    # The trail keeps that addresses changed, not the private addresses themselves.
    contact_changed = (old["email"], old["phone"]) != (email, phone)
    facts = {"old_name": old["full_name"], "new_name": full_name, "contact_changed": contact_changed}
    events.record(kind="user.described", subject=("user", user.pk), by=by, at=at, unit_code=unit_code, facts=facts)
    return user


@transaction.atomic
def invite_user(*, user: User, unit_code: str = "", by: User | None, at: datetime) -> str:
    """Make a link token for a password; only its digest is kept, and earlier links that nobody used stop working."""
    token = new_link(user=user, at=at)
    events.record(kind="user.invited", subject=("user", user.pk), by=by, at=at, unit_code=unit_code)
    return token


def invited_user(token: str, *, at: datetime) -> User:
    """Who a valid link belongs to; raises InvitationInvalid."""
    invitation = (
        Invitation.objects.filter(token_digest=_digest(token), used_at=None, expires_at__gt=at)
        .select_related("user")
        .first()
    )
    if invitation is None or not invitation.user.is_active:
        raise InvitationInvalid(InvitationInvalid.message)
    return invitation.user


@transaction.atomic
def redeem_invitation(*, token: str, password: str, at: datetime) -> User:
    """Set the first password and use the link up; raises InvitationInvalid."""
    user = invited_user(token, at=at)
    claimed = Invitation.objects.filter(token_digest=_digest(token), used_at=None).update(used_at=at)
    if claimed != 1:
        raise InvitationInvalid(InvitationInvalid.message)
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record(kind="user.password_set", subject=("user", user.pk), by=user, at=at)
    return user


@transaction.atomic
def switch_user(*, user: User, active: bool, unit_code: str = "", by: User, at: datetime) -> User:
    """Let a person in or keep him out; his past acts stay."""
    user.is_active = active
    user.save(update_fields=["is_active"])
    kind = "user.switched_on" if active else "user.switched_off"
    events.record(kind=kind, subject=("user", user.pk), by=by, at=at, unit_code=unit_code)
    return user


@transaction.atomic
def drop_second_factor(*, user: User, unit_code: str = "", by: User, at: datetime) -> None:
    """Take away the second factor of a person who lost telephone and codes, so that he sets up a new one."""
    Authenticator.objects.filter(user=user).delete()
    events.record(kind="user.second_factor_dropped", subject=("user", user.pk), by=by, at=at, unit_code=unit_code)


@transaction.atomic
def record_sign_in(*, user: User, at: datetime) -> None:
    """Write into the trail that a person came in."""
    events.record(kind="user.signed_in", subject=("user", user.pk), by=user, at=at)

"""Keys of programs: issue, revoke, look up by the secret; answers remembered under idempotency keys."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from xanh.events import actions as events
from xanh.people.models import ApiToken, RememberedReply, User

PREFIX = "xanh_"
LONGEST_DAYS = 366
SCOPES = {"read": "Đọc số liệu, đơn vị, việc phải làm", "submit": "Gửi báo cáo khối"}


class ScopeUnknown(Exception):
    """No such scope, or none at all."""

    def __init__(self) -> None:
        super().__init__("Phạm vi của khóa chưa đúng. Đề nghị chọn “read”, “submit” hoặc cả hai.")


class LifeTooLong(Exception):
    """A key must end within a year, so that forgotten ones die."""

    def __init__(self) -> None:
        super().__init__(f"Thời hạn của khóa phải từ 1 đến {LONGEST_DAYS} ngày. Đề nghị ghi lại.")


class KeyReused(Exception):
    """The idempotency key already stands for another request."""

    def __init__(self) -> None:
        super().__init__(
            "Khóa chống gửi trùng (Idempotency-Key) này đã dùng cho một nội dung khác nên không ghi gì. "
            "Đề nghị dùng một khóa mới cho nội dung mới."
        )


def digest_of(secret: str) -> str:
    """SHA-256 of a secret, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue_token(
    *, user: User, name: str, scopes: Iterable[str], days: int, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """Make a key; the secret (second value) is shown once and never again. Raises ScopeUnknown, LifeTooLong."""
    kept = sorted(set(scopes))
    if not kept or not set(kept) <= set(SCOPES):
        raise ScopeUnknown
    if not 1 <= days <= LONGEST_DAYS:
        raise LifeTooLong
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        token_digest=digest_of(secret),
        scopes=kept,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    facts = {"name": token.name, "scopes": kept, "expires_at": token.expires_at}
    events.record(kind="token.issued", subject=("user", user.pk), by=by, at=at, facts=facts)
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: int, user: User, at: datetime) -> bool:
    """End a key of one's own; False where there is no such key in force."""
    ended = ApiToken.objects.filter(pk=token_id, user=user, revoked_at=None).update(revoked_at=at)
    if ended:
        events.record(kind="token.revoked", subject=("user", user.pk), by=user, at=at, facts={"name": _name(token_id)})
    return bool(ended)


def _name(token_id: int) -> str:
    return ApiToken.objects.values_list("name", flat=True).get(pk=token_id)


def token_of(secret: str, *, at: datetime) -> ApiToken | None:
    """The key in force that a secret belongs to, with its person."""
    if not secret.startswith(PREFIX):
        return None
    return (
        ApiToken.objects.filter(
            token_digest=digest_of(secret), revoked_at=None, expires_at__gt=at, user__is_active=True
        )
        .select_related("user")
        .first()
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """All keys of a person, newest first."""
    return ApiToken.objects.filter(user=user)


def remembered(*, user: User, key: str, request_digest: str) -> Any:
    """The answer given before to the same request, or None; raises KeyReused for another request under the key."""
    found = RememberedReply.objects.filter(user=user, key=key).first()
    if found is None:
        return None
    if found.request_digest != request_digest:
        raise KeyReused
    return found.reply


def remember(*, user: User, key: str, request_digest: str, reply: Any, at: datetime) -> None:
    """Keep an answer, inside the transaction that did the work; a second writer fails on the unique key."""
    RememberedReply.objects.create(user=user, key=key, request_digest=request_digest, reply=reply, at=at)

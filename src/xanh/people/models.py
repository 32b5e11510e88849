"""People who sign in. What they may do comes from their posts (`xanh.org`), never from this table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xanh.core import text


class UserManager(BaseUserManager["User"]):
    """Creates users; there is no superuser, because no role sees everything."""

    def create_user(self, username: str, *, full_name: str, password: str | None = None, **fields: Any) -> User:
        """Create one user with a hashed password; without one, the person signs in by invitation first."""
        user = self.model(username=username, full_name=full_name, **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Look up by name without regard to case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person."""

    username = models.CharField("Tên đăng nhập", max_length=80, unique=True)
    full_name = models.CharField("Họ và tên", max_length=200)
    name_sort = models.CharField(max_length=600, editable=False, default="")
    name_folded = models.CharField(max_length=200, editable=False, default="", db_index=True)
    email = models.EmailField("Thư điện tử", blank=True)
    phone = models.CharField("Điện thoại", max_length=30, blank=True)
    is_active = models.BooleanField("Đang hoạt động", default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(username=""), name="user_has_username")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store with derived columns up to date."""
        self.fold_name()
        super().save(*args, **kwargs)

    def fold_name(self) -> None:
        """Recompute both derived columns (also called by bulk loaders, which skip `save`).

        The Vietnamese order of names is by given name, which is the last word.
        """
        words = self.full_name.split()
        self.name_sort = text.sort_key(" ".join(words[-1:] + words[:-1]))[:600]
        self.name_folded = text.fold(self.full_name)[:200]


class Invitation(models.Model):
    """A link by which a person sets the first password; used once, valid for a few days."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="invitation_expires_after_creation"
            )
        ]


class ApiToken(models.Model):
    """A key by which a program acts for the person who made it; only its digest is kept. Scopes: what it may do."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField("Dùng cho", max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_expires_after_creation"
            )
        ]


class RememberedReply(models.Model):
    """The answer to a program's request under its idempotency key, given again when the same request comes again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64)
    reply = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_person")]

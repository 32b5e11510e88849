"""How sign-in behaves here: accounts are made by an administrator, never by signing up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from xanh.kit import clock
from xanh.people import actions
from xanh.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs himself up to a State system."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Closed: invitations only."""
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Record the sign-in in the trail, then go where the person wanted to go."""
        actions.record_sign_in(user=user, at=clock.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The name that somebody tries to sign in with: what the lock counts, without regard to case."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login", "")
    return str(name).strip().casefold()

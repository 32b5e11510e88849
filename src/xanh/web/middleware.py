"""Who is looking: reads the viewer's posts once per request, when first asked."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils.functional import SimpleLazyObject

from xanh.demo import mode
from xanh.kit import clock
from xanh.org import access
from xanh.people.roles import SECOND_FACTOR_ROLES


class ViewerMiddleware:
    """Put `request.viewer` (an `org.access.Viewer`, or None when signed out) on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""

        def look() -> access.Viewer | None:
            if not request.user.is_authenticated:
                return None
            return access.viewer_of(request.user, day=clock.today())

        request.viewer = SimpleLazyObject(look)  # type: ignore[attr-defined]
        return self.get_response(request)


# What a person without a second factor may still open: setting it up, confirming the password for it, leaving.
OPEN_WITHOUT = ("mfa_", "account_logout", "account_reauthenticate")


class SecondFactorMiddleware:
    """Lead people with a weighty role to set up a second factor before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or send the person to the page where a second factor is set up."""
        wanted = settings.SECOND_FACTOR and not mode.is_on() and self._lacks_factor(request)
        request.second_factor_wanted = wanted  # type: ignore[attr-defined]
        if not wanted or self._is_open(request.path_info):
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            detail = "Tài khoản chưa bật xác thực hai lớp. Đề nghị bật trên trang web rồi gọi lại."
            return JsonResponse({"detail": detail}, status=403, json_dumps_params={"ensure_ascii": False})
        return redirect("mfa_index")

    def _lacks_factor(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated:
            return False
        viewer: access.Viewer = request.viewer  # type: ignore[attr-defined]
        weighty = any(reach.role in SECOND_FACTOR_ROLES for reach in viewer.reaches)
        return weighty and not is_mfa_enabled(request.user)

    def _is_open(self, path: str) -> bool:
        try:
            name = resolve(path).url_name or ""
        except Resolver404:
            return False
        return name.startswith(OPEN_WITHOUT)

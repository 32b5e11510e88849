"""Who is looking: reads the viewer's posts once per request, when first asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xanh.kit import clock
from xanh.org import access


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

"""Who may open a page: signed out → sign-in; a stranger to the unit → 404; seen but wrong role → 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from xanh.org import queries
from xanh.org.access import Viewer
from xanh.people.roles import Act

if TYPE_CHECKING:
    from xanh.org.models import Unit

View = Callable[..., HttpResponseBase]


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in viewer; only inside views wrapped by `signed_in`."""
    return cast("Viewer", request.viewer)  # type: ignore[attr-defined]


def signed_in(view: View) -> View:
    """Send who is signed out to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def unit_or_404(code: str) -> Unit:
    """The unit named in an address."""
    try:
        return queries.unit(code)
    except queries.UnitUnknown as unknown:
        raise Http404 from unknown


def require(viewer: Viewer, act: Act, unit: Unit) -> None:
    """Raise 404 for a stranger to the unit and 403 for a wrong role; return quietly otherwise."""
    if viewer.may(act, unit):
        return
    if not viewer.knows(unit):
        raise Http404
    raise PermissionDenied


def may_any(viewer: Viewer, acts: tuple[Act, ...], unit: Unit) -> bool:
    """Whether one of several acts is allowed on a unit."""
    return any(viewer.may(act, unit) for act in acts)

"""Who calls: a key (Authorization: Bearer …) with its scopes, or a signed-in person's browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from xanh.kit import clock
from xanh.org import access, queries
from xanh.org.access import Viewer
from xanh.people import tokens
from xanh.people.roles import Act

if TYPE_CHECKING:
    from xanh.org.models import Unit

SIGNED_OUT = "Chưa đăng nhập hoặc khóa không còn hiệu lực. Đề nghị gửi kèm khóa (Authorization: Bearer …) còn hạn."
TOO_LARGE = "Nội dung gửi quá lớn nên không đọc. Đề nghị chia thành nhiều lần gửi."
NOT_FOUND = "Không có nội dung này, hoặc nằm ngoài phạm vi của đồng chí. Đề nghị kiểm tra lại mã trong địa chỉ."
FORBIDDEN = "Chức danh của đồng chí không có quyền làm việc này với đơn vị đã chọn. Đề nghị liên hệ quản trị đơn vị."


def _refuse_oversize(request: HttpRequest) -> None:
    """Judged before the body is read, so that a huge one costs nothing."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    if not size.isdigit() or int(size) > limit:
        raise HttpError(413, TOO_LARGE)


class KeyAuth(HttpBearer):
    """A key in force; the request then acts for its person, within the key's scope."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The person behind the key; 403 where the key's scope is narrower than the act."""
        _refuse_oversize(request)
        found = tokens.token_of(token, at=clock.now())
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise HttpError(403, f"Khóa này không có phạm vi “{self.scope}”. Đề nghị tạo khóa khác có phạm vi đó.")
        return access.viewer_of(found.user, day=clock.today())


class BrowserAuth(SessionAuth):
    """A signed-in browser; writes must carry the form token, as on pages."""

    def __call__(self, request: HttpRequest) -> Viewer | None:
        """Signed out is 401, before anything is said about form tokens."""
        _refuse_oversize(request)
        if not request.user.is_authenticated:
            return None
        if super().__call__(request) is None:
            return None
        return access.viewer_of(request.user, day=clock.today())


def may(scope: str) -> list[Any]:
    """How an operation may be called."""
    return [KeyAuth(scope), BrowserAuth()]


def caller(request: HttpRequest) -> Viewer:
    """The viewer that the request acts for."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    return viewer


def unit_or_404(code: str) -> Unit:
    """The unit named in an address."""
    try:
        return queries.unit(code)
    except queries.UnitUnknown as unknown:
        raise HttpError(404, NOT_FOUND) from unknown


def require(viewer: Viewer, act: Act, unit: Unit) -> None:
    """404 for a stranger to the unit, 403 for a wrong role, as on pages."""
    if viewer.may(act, unit):
        return
    raise HttpError(403, FORBIDDEN) if viewer.knows(unit) else HttpError(404, NOT_FOUND)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description of the interface is for those who may call it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        has_key = scheme.lower() == "bearer" and tokens.token_of(secret, at=clock.now()) is not None
        if not has_key and not request.user.is_authenticated:
            return JsonResponse({"detail": SIGNED_OUT, "reasons": {}}, status=401)
        return view(request, *args, **kwargs)

    return guarded

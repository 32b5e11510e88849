"""A GET request physically cannot write: the connection refuses the statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITES = re.compile(
    r"""^\s*(?:/\*.*?\*/\s*|--[^\n]*\n\s*)*  # comments
    (?:with\b.*?[()]\s*)?                     # common tables, before the statement or holding one
    (?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update|delete\s+from)\s+["`]?(\w+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# Signing in and keeping a session are bookkeeping of the request itself, not work on anybody's figures.
EXEMPT = re.compile(r"^(django_session|axes_|account_|mfa_|people_user$)")


class WriteDuringGet(RuntimeError):
    """A read-only request tried to change data; always a programming error."""


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    found = WRITES.match(sql)
    if found and not EXEMPT.match(found.group(1)):
        raise WriteDuringGet(f"GET tried to write {found.group(1)}")
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """Wrap every GET, HEAD and OPTIONS request so that its statements cannot write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; reading ones under guard."""
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)

"""Nhật ký: who did what, when; opened by inspectors under a decision; its integrity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from xanh.core import dates
from xanh.events import actions as events
from xanh.events import queries
from xanh.events.kinds import KINDS
from xanh.kit import clock
from xanh.org import inputs, trail
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.web import guards

if TYPE_CHECKING:
    from xanh.org.models import Unit

PER_PAGE = 50
OPENED = "trail_opened"
# Where the subject of an event opens, and the words of facts that say something to a reader.
SUBJECT_PAGES = {"task": "tasks-page", "directive": "directives-page", "submission": "reports-show"}
FACT_WORDS = {
    "full_name": "họ tên",
    "name": "tên",
    "person": "người",
    "capacity": "chức danh",
    "document": "văn bản",
    "receiver": "người nhận",
    "starts_on": "từ ngày",
    "ends_on": "đến ngày",
    "reason": "lý do",
    "note": "ghi chú",
    "count": "số lượng",
    "code": "mã",
    "title": "nội dung",
    "symbol": "số, ký hiệu",
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event in words."""

    at: datetime
    what: str
    who: str
    unit: str
    detail: str
    url: str


def _reader(request: HttpRequest) -> Viewer:
    viewer = guards.viewer_of(request)
    if not (trail.reads_by_office(viewer) or trail.inspects(viewer)):
        raise PermissionDenied
    return viewer


def _opened(request: HttpRequest) -> tuple[str, Unit | None]:
    """The decision and the scope that this session opened, if any."""
    kept: dict[str, str] = request.session.get(OPENED, {})
    unit = org.units([kept.get("scope", "")]).get(kept.get("scope", ""))
    return kept.get("decision", ""), unit


def _address(subject: str) -> str:
    kind, _, key = subject.partition(":")
    name = SUBJECT_PAGES.get(kind, "")
    try:
        return reverse(name, args=[int(key) if key.isdecimal() else key]) if name else ""
    except NoReverseMatch:
        return ""


def _detail(facts: dict[str, Any]) -> str:
    told = [f"{words}: {facts[key]}" for key, words in FACT_WORDS.items() if facts.get(key)]
    return "; ".join(told)


def _lines(found: Any) -> list[TrailLine]:
    listed = list(found)
    names = org.units([event.unit_code for event in listed])
    return [
        TrailLine(
            at=event.at,
            what=KINDS.get(event.kind, event.kind),
            who=event.by_label or "Hệ thống",
            unit=names[event.unit_code].name if event.unit_code in names else "",
            detail=_detail(event.facts),
            url=_address(event.subject),
        )
        for event in listed
    ]


@require_safe
@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """The trail of the units in reach, newest first, with filters; an inspector first names the decision."""
    viewer = _reader(request)
    decision, scope = _opened(request)
    if scope is None and not trail.reads_by_office(viewer):
        return render(request, "trail/open.html", {"form": inputs.ReadingForm(viewer=viewer)})
    asked = {name: request.GET.get(name, "").strip() for name in ("loai", "don-vi", "ngay")}
    try:
        day = dates.parse_date(asked["ngay"]) if asked["ngay"] else None
        problem = ""
    except dates.DateUnreadable:
        day, problem = None, "Ngày chưa đúng nên chưa lọc theo ngày. Đề nghị ghi theo dạng 20/11/2026."
    readable = trail.readable_units(viewer, opened=scope)
    found = queries.events_of_units(
        readable.values("code"), kind=asked["loai"], unit_code=asked["don-vi"].upper(), day=day
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "lines": _lines(page.object_list),
        "page": page,
        "kinds": sorted(KINDS.items(), key=lambda kind: kind[1]),
        "kind": asked["loai"],
        "unit_code": asked["don-vi"],
        "day": asked["ngay"],
        "problem": problem,
        "query": f"&{query}" if query else "",
        "decision": decision if scope else "",
        "scope": scope,
        "inspects": trail.inspects(viewer),
    }
    return render(request, "trail/listing.html", context)


@require_POST
@guards.signed_in
def open_reading(request: HttpRequest) -> HttpResponse:
    """An inspector opens the trail: recorded in the sealed log first, then readable for this session."""
    viewer = _reader(request)
    if not trail.inspects(viewer):
        raise PermissionDenied
    form = inputs.ReadingForm(request.POST, viewer=viewer)
    if not form.is_valid():
        return render(request, "trail/open.html", {"form": form}, status=422)
    scope: Unit = form.cleaned_data["unit"]
    events.record_reading(
        decision=form.cleaned_data["decision"],
        scope=scope.code,
        by=viewer.user,
        capacity=trail.inspector_capacity(viewer),
        at=clock.now(),
    )
    request.session[OPENED] = {"decision": form.cleaned_data["decision"], "scope": scope.code}
    return redirect("trail")


@require_POST
@guards.signed_in
def close_reading(request: HttpRequest) -> HttpResponse:
    """The inspector is done with this decision."""
    _reader(request)
    request.session.pop(OPENED, None)
    messages.success(request, "Đã đóng nhật ký.")
    return redirect("trail")


@require_safe
@guards.signed_in
def integrity(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain and say whether it holds."""
    _reader(request)
    context = {
        "outcome": queries.verify(),
        "reading_fault": queries.verify_readings() if trail.inspects(guards.viewer_of(request)) else "",
        "at": clock.now(),
    }
    return render(request, "trail/integrity.html", context)

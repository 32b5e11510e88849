"""Quản trị: units of the territory with their names, bodies and offices; groups and their rosters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xanh.kit import clock
from xanh.org import access, actions, groups, inputs, queries, staff
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.web import guards
from xanh.web.views import people

if TYPE_CHECKING:
    from xanh.org.models import Unit

PER_PAGE = 60


def _require_managed(viewer: access.Viewer, unit: Unit) -> None:
    """404 outside the viewer's territory, 403 without an administrator's office that reaches the unit."""
    if viewer.may(Act.MANAGE_PEOPLE, unit) or viewer.may(Act.MANAGE_SYSTEM, unit):
        return
    if not viewer.knows(unit):
        raise Http404
    raise PermissionDenied


@require_safe
@guards.signed_in
def units(request: HttpRequest) -> HttpResponse:
    """Units of the territory by code and name."""
    viewer = people.admin_viewer(request)
    written = request.GET.get("q", "")
    found = queries.units_within(viewer, written=written)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "written": written, "query": f"&{urlencode({'q': written})}" if written else ""}
    return render(request, "people/units.html", context)


@require_safe
@guards.signed_in
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: names and kinds with their dates, blocks and vacancies, bodies, people."""
    viewer = people.admin_viewer(request)
    shown = guards.unit_or_404(code)
    _require_managed(viewer, shown)
    posts = list(queries.posts_of([shown.code], day=viewer.day))
    context = {
        "unit": shown,
        "level_label": Level(shown.level).label,
        "names": queries.names_of(shown.code),
        "offices": staff.offices_of(shown, day=viewer.day) if shown.level == Level.COMMUNE else [],
        "vacancy": staff.vacancy_of(shown, day=viewer.day),
        "bodies": staff.bodies_of(shown),
        "posts": posts,
        "managed": staff.managed_among(viewer, [post.person_id for post in posts]),
        "has_no_council": shown.level == Level.COMMUNE and not queries.has_council(shown.code),
        "may_add": viewer.may(Act.MANAGE_PEOPLE, shown),
    }
    return render(request, "people/unit.html", context)


@require_POST
@guards.signed_in
def body_add(request: HttpRequest, code: str) -> HttpResponse:
    """Make a body of the catalogue a unit."""
    viewer = people.admin_viewer(request)
    owner = guards.unit_or_404(code)
    guards.require(viewer, Act.MANAGE_PEOPLE, owner)
    try:
        made = actions.ensure_body(owner=owner, body_code=request.POST.get("body", ""), by=viewer.user, at=clock.now())
    except actions.BodyUnknown as unknown:
        raise Http404 from unknown
    messages.success(request, f"Đã lập {made.name} (mã {made.code}).")
    return redirect("people-unit", owner.code)


@require_safe
@guards.signed_in
def group_listing(request: HttpRequest) -> HttpResponse:
    """Groups that documents of the territory address."""
    viewer = people.admin_viewer(request)
    return render(request, "people/groups.html", {"rows": groups.groups_within(viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@guards.signed_in
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One group: its roster on a day, and a dated change of it."""
    viewer = people.admin_viewer(request)
    try:
        shown = groups.group(code)
    except groups.GroupUnknown as unknown:
        raise Http404 from unknown
    guards.require(viewer, Act.MANAGE_PEOPLE, shown.scope)
    members = queries.roster(code, day=viewer.day)
    form = inputs.GroupChangeForm(
        request.POST or None,
        members=members,
        province_code=shown.scope.province_code,
        initial={"on": viewer.day},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        actions.change_group(
            group=shown,
            joined=fields["joined"],
            left=list(fields["left"]),
            on=fields["on"],
            by=viewer.user,
            at=clock.now(),
        )
        messages.success(request, "Đã ghi thay đổi thành viên. Văn bản đã ban hành trước ngày này không đổi phạm vi.")
        return redirect("people-group", code)
    context = {"group": shown, "form": form, "count": members.count(), "links": groups.changes_of(shown)}
    return render(request, "people/group.html", context, status=422 if request.method == "POST" else 200)

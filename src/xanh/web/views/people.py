"""Quản trị: people and their offices within what the viewer manages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xanh.kit import clock
from xanh.org import access, inputs, staff
from xanh.org import actions as org
from xanh.people import actions
from xanh.people.inputs import PersonForm
from xanh.people.roles import Act
from xanh.web import guards

if TYPE_CHECKING:
    from xanh.people.models import User

PER_PAGE = 50
FORM_METHODS = ["GET", "HEAD", "POST"]


def admin_viewer(request: HttpRequest) -> access.Viewer:
    """The viewer, who must hold some administrator's office; raises PermissionDenied."""
    viewer = guards.viewer_of(request)
    if not (viewer.may_somewhere(Act.MANAGE_PEOPLE) or viewer.may_somewhere(Act.MANAGE_SYSTEM)):
        raise PermissionDenied
    return viewer


def _managed(viewer: access.Viewer, key: int) -> User:
    try:
        return staff.managed_person(viewer, key)
    except staff.PersonUnknown as unknown:
        raise Http404 from unknown


def _controlled(viewer: access.Viewer, key: int) -> User:
    """A managed person whose account the viewer may change; 403 where another authority also counts on it."""
    person = _managed(viewer, key)
    if not access.controls_account(viewer, person):
        raise PermissionDenied
    return person


def _trail_unit(viewer: access.Viewer) -> str:
    return viewer.home.unit_code if viewer.home else ""


@require_safe
@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Who works within the viewer's reach."""
    viewer = admin_viewer(request)
    written, state = request.GET.get("q", ""), request.GET.get("trang-thai", "")
    active = {"mo": True, "khoa": False}.get(state)
    page = Paginator(staff.people_within(viewer, written=written, active=active), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "rows": staff.rows(page.object_list, day=viewer.day),
        "page": page,
        "written": written,
        "state": state,
        "query": f"&{urlencode({'q': written, 'trang-thai': state})}" if written or state else "",
    }
    return render(request, "people/listing.html", context)


@require_http_methods(FORM_METHODS)
@guards.signed_in
def add(request: HttpRequest) -> HttpResponse:
    """A new person with the first office, then the link to send."""
    viewer = admin_viewer(request)
    form = inputs.NewPersonPostForm(request.POST or None, viewer=viewer, initial={"starts_on": viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            person, token = org.take_on(form.cleaned_data, by=viewer.user, at=clock.now())
        except actions.UsernameTaken as taken:
            form.add_error("username", str(taken))
        else:
            return _link_page(request, person, token)
    return render(request, "people/add.html", {"form": form}, status=_status(request))


def _status(request: HttpRequest) -> int:
    """A form that comes back with errors is not a success."""
    return 422 if request.method == "POST" else 200


def _link_page(request: HttpRequest, person: User, token: str) -> HttpResponse:
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('invitation', args=[token])}"
    context = {"person": person, "link": link, "days": actions.INVITATION_DAYS}
    answer = render(request, "people/link.html", context)
    # The link is shown once: not kept by the browser, not shown again by the Back button.
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@guards.signed_in
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person: account, offices past and present."""
    viewer = admin_viewer(request)
    who = _managed(viewer, key)
    posts = [(post, access.may_end_post(viewer, post)) for post in staff.posts_ever_of(who)]
    context = {
        "person": who,
        "controls": access.controls_account(viewer, who),
        "is_self": who.pk == viewer.user.pk,
        "held": [pair for pair in posts if pair[0].ends_on is None or pair[0].ends_on > viewer.day],
        "past": [post for post, _ in posts if post.ends_on is not None and post.ends_on <= viewer.day],
        "has_password": who.has_usable_password(),
    }
    return render(request, "people/person.html", context)


@require_http_methods(FORM_METHODS)
@guards.signed_in
def describe(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a name or an address."""
    viewer = admin_viewer(request)
    who = _controlled(viewer, key)
    initial = {"full_name": who.full_name, "email": who.email, "phone": who.phone}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.describe_user(
            user=who, **form.cleaned_data, unit_code=_trail_unit(viewer), by=viewer.user, at=clock.now()
        )
        messages.success(request, "Đã lưu thông tin.")
        return redirect("people-person", key)
    return render(request, "people/describe.html", {"person": who, "form": form}, status=_status(request))


@never_cache
@require_POST
@guards.signed_in
def invite(request: HttpRequest, key: int) -> HttpResponse:
    """A new link for the password, shown once."""
    viewer = admin_viewer(request)
    who = _controlled(viewer, key)
    token = actions.invite_user(user=who, unit_code=_trail_unit(viewer), by=viewer.user, at=clock.now())
    return _link_page(request, who, token)


@require_POST
@guards.signed_in
def switch(request: HttpRequest, key: int) -> HttpResponse:
    """Lock an account or open it again."""
    viewer = admin_viewer(request)
    who = _controlled(viewer, key)
    active = request.POST.get("mo") == "1"
    actions.switch_user(user=who, active=active, unit_code=_trail_unit(viewer), by=viewer.user, at=clock.now())
    messages.success(request, f"Đã {'mở lại' if active else 'khóa'} tài khoản của {who.full_name}.")
    return redirect("people-person", key)


@require_POST
@guards.signed_in
def drop_factor(request: HttpRequest, key: int) -> HttpResponse:
    """Let a person who lost telephone and codes set up the second factor anew."""
    viewer = admin_viewer(request)
    who = _controlled(viewer, key)
    actions.drop_second_factor(user=who, unit_code=_trail_unit(viewer), by=viewer.user, at=clock.now())
    messages.success(request, f"Đã bỏ xác thực hai lớp cũ của {who.full_name}; lần đăng nhập tới sẽ thiết lập lại.")
    return redirect("people-person", key)


@require_http_methods(FORM_METHODS)
@guards.signed_in
def post_add(request: HttpRequest, key: int) -> HttpResponse:
    """Give a person one more office."""
    viewer = admin_viewer(request)
    who = _managed(viewer, key)
    form = inputs.PostForm(request.POST or None, viewer=viewer, initial={"starts_on": viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            org.open_post(person=who, **org.post_fields(form.cleaned_data), by=viewer.user, at=clock.now())
        except org.PostRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Đã bố trí {form.cleaned_data['capacity']}.")
            return redirect("people-person", key)
    return render(request, "people/post_add.html", {"person": who, "form": form}, status=_status(request))


@require_http_methods(FORM_METHODS)
@guards.signed_in
def post_close(request: HttpRequest, key: int) -> HttpResponse:
    """End an office from a day on."""
    viewer = admin_viewer(request)
    try:
        post = staff.post_of_managed(viewer, key)
    except staff.PostUnknown as unknown:
        raise Http404 from unknown
    form = inputs.EndPostForm(request.POST or None, post=post, initial={"ends_on": viewer.day})
    if request.method == "POST" and form.is_valid():
        org.close_post(post=post, ends_on=form.cleaned_data["ends_on"], by=viewer.user, at=clock.now())
        messages.success(request, f"Đã ghi thôi chức danh {post.capacity}.")
        return redirect("people-person", post.person_id)
    return render(request, "people/post_close.html", {"post": post, "form": form}, status=_status(request))

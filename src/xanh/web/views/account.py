"""The signed-in person's own page, the invitation, the forgotten password, the preview by role."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xanh.demo import mode
from xanh.kit import clock
from xanh.org import queries, staff
from xanh.people import actions, inputs
from xanh.web import guards

LOOPBACK = frozenset({"127.0.0.1", "::1"})
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@guards.signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here: name, offices, password, second factor."""
    viewer = guards.viewer_of(request)
    context = {
        "person": viewer.user,
        "posts": staff.posts_held(viewer.user, day=viewer.day),
        "second_factor": is_mfa_enabled(viewer.user),
    }
    return render(request, "account/home.html", context)


@require_safe
@guards.signed_in
def no_password(request: HttpRequest) -> HttpResponse:
    """Where "change password" leads an account that has none yet."""
    return render(request, "account/no_password.html")


def forgotten_password(request: HttpRequest) -> HttpResponseBase:
    """By mail where a mail server is set; otherwise the way through the unit's admin."""
    if not settings.EMAIL_HOST:
        return render(request, "account/password_reset_by_admin.html")
    answer: HttpResponseBase = allauth_views.password_reset(request)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password by the link of an invitation."""
    try:
        person = actions.invited_user(token, at=clock.now())
        form = inputs.FirstPasswordForm(request.POST or None, person=person)
        if request.method != "POST" or not form.is_valid():
            status = 422 if request.method == "POST" else 200
            return render(request, "account/invitation.html", {"person": person, "form": form}, status=status)
        actions.redeem_invitation(token=token, password=form.cleaned_data["password"], at=clock.now())
    except actions.InvitationInvalid:
        return render(request, "account/invitation_invalid.html", status=404)
    messages.success(request, "Đã đặt mật khẩu. Đề nghị đăng nhập.")
    return redirect("account_login")


def _on_this_machine(request: HttpRequest) -> bool:
    """Whether the browser runs on the server itself, and no proxy stands between."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Walk the demonstration as a sample person of any role; does not exist outside it."""
    if not mode.is_on() or not _on_this_machine(request):
        raise Http404
    if request.method != "POST":
        groups = [
            (group.role, [(post, queries.place_label(post.unit)) for post in group.posts])
            for group in staff.sample_people(day=clock.today())
        ]
        return render(request, "account/preview.html", {"groups": groups})
    key = request.POST.get("person", "")
    try:
        person = staff.sample_person(int(key) if key.isdecimal() else 0, day=clock.today())
    except staff.PersonUnknown as unknown:
        raise Http404 from unknown
    login(request, person, backend=BACKEND)
    actions.record_sign_in(user=person, at=clock.now())
    return redirect("/")

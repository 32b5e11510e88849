"""Quản trị: import of people from Excel or CSV in two steps, and the files to download."""

from __future__ import annotations

import base64
import binascii

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xanh.core import dates
from xanh.kit import clock
from xanh.org import roster, roster_file, staff
from xanh.people import actions
from xanh.web import guards
from xanh.web.views import people

SALT = "xanh.roster"
CONFIRM_WITHIN_SECONDS = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@guards.signed_in
def upload(request: HttpRequest) -> HttpResponse:
    """Step one: check a file and show every fault; nothing is written."""
    viewer = people.admin_viewer(request)
    if request.method != "POST":
        return render(request, "people/import.html", {"problem": "", "columns": roster_file.COLUMNS})
    file = request.FILES.get("file")
    content = file.read(roster_file.FILE_MAX_BYTES + 1) if file else b""
    try:
        grid = roster_file.read_grid(content)
    except roster_file.FileUnreadable as unreadable:
        problem = str(unreadable) if file else "Chưa chọn tệp. Đề nghị chọn tệp rồi gửi lại."
        refused = {"problem": problem, "columns": roster_file.COLUMNS}
        return render(request, "people/import.html", refused, status=422)
    outcome = roster.check(grid, viewer)
    context = {
        "outcome": outcome,
        "file_name": file.name if file else "",
        "content": base64.b64encode(content).decode(),
        # What is confirmed is exactly what was checked, by the same person, within the hour.
        "token": signing.dumps([roster.digest_of(content), viewer.user.pk], salt=SALT),
    }
    return render(request, "people/import_check.html", context, status=200 if outcome.clean else 422)


def _confirmed(request: HttpRequest, person: int) -> tuple[bytes, str]:
    """The file and its digest as this person checked them within the hour; raises BadSignature otherwise."""
    content = base64.b64decode(request.POST.get("content", ""), validate=True)
    token = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=CONFIRM_WITHIN_SECONDS)
    digest = roster.digest_of(content)
    if token != [digest, person]:
        raise signing.BadSignature
    return content, digest


@never_cache
@require_POST
@guards.signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Step two: the same file once more, checked again, then written whole."""
    viewer = people.admin_viewer(request)
    try:
        content, digest = _confirmed(request, viewer.user.pk)
        grid = roster_file.read_grid(content)
        written = roster.import_roster(grid=grid, digest=digest, viewer=viewer, at=clock.now())
    except (signing.BadSignature, binascii.Error, roster_file.FileUnreadable):
        messages.error(
            request, "Chưa ghi danh sách: bản kiểm tra đã quá một giờ hoặc đã thay đổi. Đề nghị gửi lại tệp."
        )
        return redirect("people-import")
    except (roster.RosterRefused, actions.UsernameTaken) as refused:
        messages.error(request, str(refused))
        return redirect("people-import")
    base = settings.SITE_URL.rstrip("/")
    links = [(user, f"{base}{reverse('invitation', args=[token])}") for user, token in written.invited]
    context = {"written": written, "links": links, "days": actions.INVITATION_DAYS}
    answer = render(request, "people/import_done.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _spreadsheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=roster_file.XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@guards.signed_in
def template(request: HttpRequest) -> HttpResponse:
    """The file to fill."""
    people.admin_viewer(request)
    return _spreadsheet(roster_file.template(), "mau-danh-sach.xlsx")


@require_safe
@guards.signed_in
def export(request: HttpRequest) -> HttpResponse:
    """People with the offices they hold, in the columns of the template."""
    viewer = people.admin_viewer(request)
    rows = [
        (
            post.unit_id,
            row.person.full_name,
            row.person.username,
            row.person.email,
            row.person.phone,
            post.get_role_display(),
            post.capacity,
            "có" if post.is_substitute else "",
            dates.format_date(post.starts_on),
            dates.format_date(post.last_on) if post.last_on else "",
            post.document,
        )
        for row in staff.rows(staff.people_within(viewer), day=viewer.day)
        for post in row.posts
    ]
    return _spreadsheet(roster_file.sheet_of("Danh sách", roster_file.COLUMNS, rows), "danh-sach-nguoi-dung.xlsx")

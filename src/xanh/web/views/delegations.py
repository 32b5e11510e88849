"""Ủy quyền duyệt: who lent the right to approve which block to whom, by which document."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xanh.kit import clock
from xanh.org import access, actions, inputs, staff
from xanh.people.roles import Act
from xanh.web import guards


def _viewer(request: HttpRequest) -> access.Viewer:
    """An approver, who lends his own right, or an administrator, who records it."""
    viewer = guards.viewer_of(request)
    if not (viewer.may_somewhere(Act.APPROVE) or viewer.may_somewhere(Act.MANAGE_PEOPLE)):
        raise PermissionDenied
    return viewer


@require_safe
@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Delegations in force, coming and past; offices that may be lent."""
    viewer = _viewer(request)
    seen = list(staff.delegations_seen(viewer)[:200])
    context = {
        "current": [(d, access.may_delegate(viewer, d.giver)) for d in seen if d.ends_on >= viewer.day],
        "past": [d for d in seen if d.ends_on < viewer.day],
        "posts": staff.delegable_posts(viewer)[:100],
        "is_admin": viewer.may_somewhere(Act.MANAGE_PEOPLE),
        "day": viewer.day,
    }
    return render(request, "people/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guards.signed_in
def add(request: HttpRequest, key: int) -> HttpResponse:
    """Lend the right of one office."""
    viewer = _viewer(request)
    try:
        giver = staff.delegable_post(viewer, key)
    except staff.PostUnknown as unknown:
        raise Http404 from unknown
    blocks = staff.blocks_lent_by(giver)
    form = inputs.DelegationForm(
        request.POST or None,
        receivers=staff.possible_receivers(giver, day=viewer.day),
        blocks=blocks,
        initial={"starts_on": viewer.day, "unit": blocks[0] if blocks else None},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            actions.grant_delegation(
                giver=giver,
                receiver=fields["receiver"],
                block=fields["unit"],
                document=fields["document"],
                starts_on=fields["starts_on"],
                ends_on=fields["ends_on"],
                by=viewer.user,
                at=clock.now(),
            )
        except actions.DelegationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Đã ghi ủy quyền cho {fields['receiver'].full_name}.")
            return redirect("delegations")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/delegation_add.html", {"giver": giver, "form": form}, status=status)


@require_POST
@guards.signed_in
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Take a delegation back from today on."""
    viewer = _viewer(request)
    try:
        delegation = staff.delegation(viewer, key)
    except staff.DelegationUnknown as unknown:
        raise Http404 from unknown
    if not access.may_delegate(viewer, delegation.giver):
        raise PermissionDenied
    actions.end_delegation(delegation=delegation, today=viewer.day, by=viewer.user, at=clock.now())
    messages.success(request, f"Đã thôi ủy quyền cho {delegation.receiver.full_name}.")
    return redirect("delegations")

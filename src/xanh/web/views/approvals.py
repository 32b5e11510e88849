"""Duyệt: may I put my name to this? Also receiving, asking for review, the table of who has sent, figure requests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from xanh.core import dates
from xanh.indicators import queries as indicators
from xanh.kit import clock
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.reporting import inputs, queries, sheet
from xanh.reporting.actions import drafts, requests, rounds, submissions
from xanh.web import approval_page, guards, today_page
from xanh.web.views import reports

if TYPE_CHECKING:
    from xanh.reporting.models import Submission


def _submission(request: HttpRequest, submission_id: int, act: Act) -> Submission:
    found = queries.submission(submission_id)
    if found is None:
        raise Http404
    viewer = guards.viewer_of(request)
    if act is Act.APPROVE and org.approval_rights(viewer.user, found.unit, day=viewer.day):
        # A delegation reaches blocks that no post of the receiver does.
        return found
    guards.require(viewer, act, found.unit)
    return found


@guards.signed_in
def approve(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The report ordered by doubt; POST approves in the chosen capacity."""
    found = _submission(request, submission_id, Act.APPROVE)
    viewer = guards.viewer_of(request)
    if request.method != "POST":
        return render(request, "reports/approve.html", approval_page.context(viewer, found))
    problem, status = "", 422
    try:
        submissions.approve(
            submission_id=found.pk,
            revision_number=int(request.POST.get("revision", "0") or 0),
            capacity=request.POST.get("capacity", ""),
            by=viewer.user,
            at=clock.now(),
        )
        messages.success(request, f"Đã duyệt báo cáo khối {today_page.BLOCK_LABELS[found.unit.block]}.")
        return redirect(approval_page.next_url(viewer, after=found.pk))
    except submissions.MayNotApprove as refused:
        problem, status = str(refused), 403
    except (submissions.NotWaiting, submissions.RevisionMoved) as refused:
        problem, status = str(refused), 409
    except ValueError:
        problem = "Yêu cầu chưa đúng dạng. Đề nghị tải lại trang rồi duyệt lại."
    fresh = queries.submission(found.pk) or found
    context = approval_page.context(viewer, fresh) | {"problem": problem}
    return render(request, "reports/approve.html", context, status=status)


@guards.signed_in
@require_POST
def give_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    """ "Trả lại để rà soát" with the reasons at the cells."""
    found = _submission(request, submission_id, Act.APPROVE)
    viewer = guards.viewer_of(request)
    reasons = {key.removeprefix("reason-"): value for key, value in request.POST.items() if key.startswith("reason-")}
    try:
        submissions.return_for_review(
            submission_id=found.pk,
            reasons={code: str(text) for code, text in reasons.items()},
            general=request.POST.get("general", ""),
            capacity=request.POST.get("capacity", ""),
            by=viewer.user,
            at=clock.now(),
        )
    except submissions.MayNotApprove as refused:
        problem, status = str(refused), 403
    except submissions.NotWaiting as refused:
        problem, status = str(refused), 409
    except submissions.SubmissionRefused as refused:
        problem, status = str(refused), 422
    else:
        messages.success(request, "Đã trả lại để rà soát; người nhập thấy lý do tại từng ô.")
        return redirect(approval_page.next_url(viewer, after=found.pk))
    fresh = queries.submission(found.pk) or found
    context = approval_page.context(viewer, fresh) | {"problem": problem, "posted": reasons}
    return render(request, "reports/approve.html", context, status=status)


@guards.signed_in
@require_POST
def receive(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The standing office takes a report in."""
    found = _submission(request, submission_id, Act.RECEIVE)
    viewer = guards.viewer_of(request)
    try:
        capacity = viewer.capacity_for(Act.RECEIVE, found.unit)
        submissions.receive(submission_id=found.pk, by=viewer.user, capacity=capacity, at=clock.now())
        messages.success(request, "Đã tiếp nhận báo cáo.")
    except submissions.NotWaiting:
        messages.error(request, "Chỉ tiếp nhận được báo cáo đã duyệt và chưa tiếp nhận.")
    return redirect("reports-show", found.pk)


@guards.signed_in
@require_POST
def ask_review(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The standing office or an owner asks a block to look again."""
    found = _submission(request, submission_id, Act.ASK_REVIEW)
    viewer = guards.viewer_of(request)
    try:
        submissions.ask_review(
            submission_id=found.pk,
            reason=request.POST.get("reason", ""),
            by=viewer.user,
            capacity=viewer.capacity_for(Act.ASK_REVIEW, found.unit),
            at=clock.now(),
        )
        messages.success(request, "Đã gửi đề nghị rà soát đến người nhập của khối.")
    except submissions.NotWaiting:
        messages.error(request, "Chỉ đề nghị rà soát được báo cáo đã gửi.")
    except submissions.SubmissionRefused as refused:
        messages.error(request, str(refused))
    return redirect("reports-show", found.pk)


@guards.signed_in
def show(request: HttpRequest, submission_id: int) -> HttpResponse:
    """A sent report as the receiving office reads it."""
    found = _submission(request, submission_id, Act.SEE_FIGURES)
    viewer = guards.viewer_of(request)
    context = approval_page.context(viewer, found)
    context |= {
        "may_receive": viewer.may(Act.RECEIVE, found.unit) and found.state == "APPROVED",
        "may_ask": viewer.may(Act.ASK_REVIEW, found.unit),
        "may_see_sending": viewer.may(Act.SEE_SENT_STATE, found.unit),
    }
    return render(request, "reports/show.html", context)


@guards.signed_in
def sending(request: HttpRequest, province_code: str) -> HttpResponse:
    """Tình hình gửi báo cáo: who is missing, and have they been told?"""
    province = guards.unit_or_404(province_code)
    viewer, now = guards.viewer_of(request), clock.now()
    if province.level != Level.PROVINCE:
        raise Http404
    communes = [u for u in org.communes_of(province.code, day=viewer.day) if viewer.may(Act.SEE_SENT_STATE, u)]
    if not communes:
        guards.require(viewer, Act.SEE_SENT_STATE, province)
    current = today_page.current_round(now)
    if current is None:
        nothing = {"province_label": bodies.label_of(province), "round": None}
        return render(request, "reports/sending.html", nothing)
    of_round = reports.round_or_404(current.regime_id, request.GET.get("ky", current.period_code))
    lines = queries.sending_table(of_round, communes)
    # A commune's own office counts its own blocks only.
    own = "" if viewer.may(Act.SEE_SENT_STATE, province) or not communes else communes[0].code
    context = {
        "province": province,
        "province_label": bodies.label_of(communes[0] if own else province),
        "round": of_round,
        "period_label": sheet.period_label(of_round),
        "rounds": queries.recent_rounds(of_round.regime_id, limit=15),
        "lines": approval_page.sending_rows(lines, of_round, viewer),
        "totals": approval_page.sending_totals(lines),
        "counts": queries.sent_counts(of_round, province_code=province.code, commune_code=own),
        "may_urge": viewer.may(Act.URGE, province),
        "may_excuse": any(viewer.may(Act.RECEIVE, commune) for commune in communes),
        "is_closed": of_round.closed_at is not None,
    }
    return render(request, "reports/sending.html", context)


@guards.signed_in
@require_POST
def excuse(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """Free a block from one round, with the reason."""
    of_round, unit = reports.open_sheet(request, regime, period, unit_code, Act.RECEIVE)
    viewer, form = guards.viewer_of(request), inputs.ReasonForm(request.POST)
    if form.is_valid():
        rounds.excuse_block(
            of_round=of_round,
            unit=unit,
            reason=form.cleaned_data["reason"],
            by=viewer.user,
            capacity=viewer.capacity_for(Act.RECEIVE, unit),
            at=clock.now(),
        )
        messages.success(request, f"Đã ghi nhận {unit.name} được miễn báo cáo kỳ này.")
    else:
        messages.error(request, "Chưa ghi lý do miễn báo cáo. Đề nghị ghi lý do (bão, mất điện, đường truyền …).")
    return redirect(reverse("reports-sending", args=[unit.province_code]) + f"?ky={period}")


@guards.signed_in
def ask_figures(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """ "Xin số liệu": choose who and what; the link is shown once."""
    of_round, unit = reports.open_sheet(request, regime, period, unit_code, Act.ASK_FIGURES)
    found = sheet.sheet_for(of_round, unit, now=clock.now())
    rows = [row for row in found.due if not row.indicator.is_computed]
    choices = [(row.indicator.code, f"{row.indicator.code} {row.indicator.name}") for row in rows]
    form = inputs.AskForm(request.POST or None, choices=choices)
    context = {
        "round": of_round,
        "unit": unit,
        "period_label": sheet.period_label(of_round),
        "block_label": today_page.BLOCK_LABELS[unit.block],
        "form": form,
        "providers": sorted({row.indicator.provider for row in rows}),
        "link": "",
    }
    if request.method == "POST" and form.is_valid():
        due = dates.at_local(of_round.period_end, form.cleaned_data["due_time"])
        made, token = requests.ask_figures(
            of_round=of_round,
            unit=unit,
            provider=form.cleaned_data["provider"],
            codes=form.cleaned_data["codes"],
            due_at=min(due, of_round.closes_at - timedelta(minutes=1)),
            by=guards.viewer_of(request).user,
            at=clock.now(),
        )
        context |= {"link": request.build_absolute_uri(reverse("provide", args=[token])), "made": made}
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "reports/ask.html", context, status=status)


def provide(request: HttpRequest, token: str) -> HttpResponse:
    """The provider's phone page: no account, only the asked figures of the asked block."""
    now = clock.now()
    try:
        found = requests.request_by_token(token, at=now)
    except requests.RequestInvalid as invalid:
        return render(request, "reports/provide_gone.html", {"message": str(invalid)}, status=404)
    rows = [
        row
        for row in indicators.indicators_on(
            found.round.regime.programme_id, found.round.period_end, block=found.unit.block
        )
        if row.code in found.indicator_codes
    ]
    context = {
        "asked": found,
        "unit_label": bodies.label_of(found.unit),
        "period_label": sheet.period_label(found.round),
        "rows": approval_page.provider_rows(rows, found, request.POST),
        "given_by": request.POST.get("given_by", ""),
        "problem": "",
        "done": request.GET.get("xong") == "1",
    }
    if request.method != "POST":
        return render(request, "reports/provide.html", context)
    typed = inputs.from_form(rows, request.POST)
    given_by = request.POST.get("given_by", "").strip()[:120]
    if typed.errors or not given_by:
        context["problem"] = (
            "Đề nghị ghi họ tên người cung cấp." if not given_by else "Có số chưa đọc được, đề nghị sửa."
        )
        context["rows"] = approval_page.provider_rows(rows, found, request.POST, errors=typed.errors)
        return render(request, "reports/provide.html", context, status=422)
    requests.provide_figures(token=token, values=typed.values, given_by=given_by, at=now)
    return redirect(reverse("provide", args=[token]) + "?xong=1")


@guards.signed_in
@require_POST
def use_figures(request: HttpRequest, request_id: int) -> HttpResponse:
    """Put what a provider gave into the draft, under his name."""
    found = queries.figure_request(request_id)
    if found is None:
        raise Http404
    viewer = guards.viewer_of(request)
    guards.require(viewer, Act.ENTER_FIGURES, found.unit)
    back = redirect("reports-entry", found.round.regime_id, found.round.period_code, found.unit_id)
    try:
        requests.use_figures(
            request_id=found.pk,
            base_version=int(request.POST.get("base_version", "0") or 0),
            by=viewer.user,
            at=clock.now(),
        )
        messages.success(request, f"Đã đưa số liệu của {found.provider} vào bản nháp.")
    except (requests.RequestInvalid, drafts.DraftConflict, ValueError) as refused:
        messages.error(request, str(refused))
    return back

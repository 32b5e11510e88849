"""Nhập báo cáo: the sheet of one block in one round, its autosave, confirmation, submission, evidence."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from xanh import reading
from xanh.core import dates
from xanh.indicators import queries as indicators
from xanh.kit import clock, files
from xanh.kit.uploads import TooLargeMarker
from xanh.org import bodies
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.reporting import inputs, queries, sheet
from xanh.reporting.actions import drafts, requests, submissions
from xanh.tasks import actions as tasks
from xanh.web import entry_page, guards, today_page

if TYPE_CHECKING:
    from xanh.org.models import Unit
    from xanh.reporting.models import Round

VERSION_DIGITS = 9
TABS = (("den-ky", "Đến kỳ hôm nay"), ("chua-den-ky", "Chưa đến kỳ"))
PAST_TABS = (("den-ky", "Đến kỳ này"), TABS[1])


def round_or_404(regime: str, period: str) -> Round:
    """The round named in an address."""
    try:
        return queries.round_of(regime, period)
    except queries.RoundUnknown as unknown:
        raise Http404 from unknown


def open_sheet(request: HttpRequest, regime: str, period: str, unit_code: str, act: Act) -> tuple[Round, Unit]:
    """Round and block of an entry address, with the right checked."""
    of_round, unit = round_or_404(regime, period), guards.unit_or_404(unit_code)
    if unit.level != Level.BLOCK or not unit.commune_code:
        raise Http404
    guards.require(guards.viewer_of(request), act, unit)
    return of_round, unit


@guards.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Báo cáo: own blocks today, what waits for approval, earlier rounds, who has sent."""
    viewer, now = guards.viewer_of(request), clock.now()
    of_round = today_page.current_round(now)
    own = today_page.own_blocks(viewer, Act.ENTER_FIGURES) or today_page.own_blocks(viewer, Act.APPROVE)
    context = {
        "round": of_round,
        "period_label": sheet.period_label(of_round) if of_round else "",
        "closing": today_page.closing_line(now),
        "blocks": today_page.block_lines(viewer, now),
        "waiting": today_page.waiting_lines(viewer),
        "sending": today_page.sending_summary(viewer, now),
        "earlier": list(queries.rounds_before(of_round, limit=14)) if of_round and own else [],
        "own": own,
        "may_publish": viewer.may_somewhere(Act.WRITE_REPORT),
    }
    return render(request, "reports/index.html", context)


@guards.signed_in
def entry(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """The sheet: GET shows it, POST saves the plain form and, when asked, submits."""
    of_round, unit = open_sheet(request, regime, period, unit_code, Act.SEE_FIGURES)
    may_enter = guards.viewer_of(request).may(Act.ENTER_FIGURES, unit)
    if request.method != "POST":
        return render(request, "reports/entry.html", entry_context(request, of_round, unit, may_enter=may_enter))
    guards.require(guards.viewer_of(request), Act.ENTER_FIGURES, unit)
    return _entry_posted(request, of_round, unit)


def _version_of(request: HttpRequest) -> int:
    """The version that the form was opened on; anything but a number counts as the very first."""
    written = request.POST.get("base_version", "")
    return int(written) if written.isdecimal() and len(written) <= VERSION_DIGITS else 0


def _entry_posted(request: HttpRequest, of_round: Round, unit: Unit) -> HttpResponse:
    user, at = guards.viewer_of(request).user, clock.now()
    rows = indicators.indicators_on(of_round.regime.programme_id, of_round.period_end, block=unit.block)
    typed = inputs.from_form(rows, request.POST)
    problem = ""
    try:
        version = _version_of(request)
        drafts.save_draft(of_round=of_round, unit=unit, values=typed.values, base_version=version, by=user, at=at)
        drafts.mark_unchanged(
            of_round=of_round, unit=unit, codes=request.POST.get("unchanged", "").split(), by=user, at=at
        )
        act = request.POST.get("act", "")
        if act == "unchanged":
            return _confirmed(request, of_round, unit, at)
        if not typed.errors and act in ("submit", "provisional"):
            submissions.submit(of_round=of_round, unit=unit, by=user, at=at, provisional=act == "provisional")
            return redirect("reports-receipt", of_round.regime_id, of_round.period_code, unit.code)
        if not typed.errors:
            messages.success(request, f"Đã lưu lúc {dates.format_hour(at.astimezone(dates.TZ).time())}.")
            return redirect("reports-entry", of_round.regime_id, of_round.period_code, unit.code)
    except submissions.SubmissionRefused as refused:
        problem = str(refused)
        typed.errors |= {code: {"n": reason} for code, reason in refused.reasons.items()}
    except (drafts.DraftConflict, ValueError) as conflict:
        problem = str(conflict)
    context = entry_context(request, of_round, unit, may_enter=True, errors=typed.errors, posted=request.POST)
    context["problem"] = problem or "Có số chưa đọc được. Các số khác đã được lưu; đề nghị sửa những ô có thông báo."
    return render(request, "reports/entry.html", context, status=422)


def _confirmed(request: HttpRequest, of_round: Round, unit: Unit, at: datetime) -> HttpResponse:
    _, count = drafts.confirm_unchanged(of_round=of_round, unit=unit, by=guards.viewer_of(request).user, at=at)
    messages.success(request, f"Đã xác nhận {count} số không thay đổi so với kỳ trước.")
    return redirect("reports-entry", of_round.regime_id, of_round.period_code, unit.code)


def entry_context(
    request: HttpRequest,
    of_round: Round,
    unit: Unit,
    *,
    may_enter: bool,
    errors: dict[str, dict[str, str]] | None = None,
    posted: Any = None,
) -> dict[str, Any]:
    """Template context of the sheet."""
    viewer, now = guards.viewer_of(request), clock.now()
    found = sheet.sheet_for(of_round, unit, now=now)
    tab = request.GET.get("phan", TABS[0][0])
    shown = found.not_due if tab == TABS[1][0] else found.due
    submission, is_today = found.submission, of_round.period_end == viewer.day
    return {
        "round": of_round,
        "unit": unit,
        "unit_label": bodies.label_of(unit),
        "block_label": today_page.BLOCK_LABELS[unit.block],
        "period_label": sheet.period_label(of_round),
        "closing": round_closing(of_round, now),
        "is_today": is_today,
        "is_late": now > of_round.closes_at,
        "sheet": found,
        "computed": [row for row in found.rows if row.indicator.is_computed],
        "tab": tab,
        "tabs": [
            {"label": label, "url": f"?phan={key}", "current": key == tab, "count": len(rows)}
            for (key, label), rows in zip(TABS if is_today else PAST_TABS, (found.due, found.not_due), strict=True)
        ],
        "rows": entry_page.grid_rows(shown, unit, of_round.period_end, errors=errors or {}, posted=posted),
        "errors": [(code, name, text) for code, fields in (errors or {}).items() for name, text in fields.items()],
        "rules": entry_page.rules_json(found),
        "scope": found.outside,
        "submission": submission,
        "reasons": sorted((submission.return_reasons if submission else {}).items()),
        "may_enter": may_enter,
        "previous_label": previous_label(found),
        "viewer_key": viewer.user.pk,
        "requests": list(queries.requests_of(of_round, [unit.code])),
        "evidence_form": inputs.EvidenceForm(),
        "problem": "",
        "autosave_url": reverse("reports-autosave", args=[of_round.regime_id, of_round.period_code, unit.code]),
    }


def previous_label(found: sheet.Sheet) -> str:
    """ "Kỳ trước (19/11)" by the newest last value on the sheet."""
    days = [row.previous.on for row in found.due if row.previous is not None]
    return f"Kỳ trước ({dates.format_day_month(max(days))})" if days else "Kỳ trước"


def round_closing(of_round: Round, now: datetime) -> str:
    """ "còn 2 giờ 14 phút đến giờ chốt 16:00" for one round."""
    hour = dates.format_hour(of_round.closes_at.astimezone(dates.TZ).time())
    if now < of_round.closes_at:
        return f"còn {today_page.left_text(of_round.closes_at, now)} đến giờ chốt {hour}"
    return f"đã qua giờ chốt {dates.format_instant(of_round.closes_at)}; số gửi từ bây giờ ghi là gửi chậm"


@guards.signed_in
@require_POST
def autosave(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """What the grid saves while the clerk types; JSON in, JSON out."""
    of_round, unit = open_sheet(request, regime, period, unit_code, Act.ENTER_FIGURES)
    user, at = guards.viewer_of(request).user, clock.now()
    rows = indicators.indicators_on(of_round.regime.programme_id, of_round.period_end, block=unit.block)
    try:
        body = json.loads(request.body)
        typed = inputs.from_json(rows, body["values"])
        version = int(body["base_version"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"message": "Dữ liệu gửi lên chưa đúng dạng. Đề nghị tải lại trang."}, status=400)
    try:
        saved = drafts.save_draft(
            of_round=of_round, unit=unit, values=typed.values, base_version=version, by=user, at=at
        )
        marked = drafts.mark_unchanged(
            of_round=of_round, unit=unit, codes=[str(code) for code in body.get("unchanged", [])], by=user, at=at
        )
    except drafts.DraftConflict as conflict:
        return JsonResponse({"message": str(conflict), "codes": conflict.codes}, status=409)
    answer: dict[str, Any] = {
        "version": (marked or saved).draft_version,
        "saved_at": dates.format_hour(at.astimezone(dates.TZ).time()),
    }
    if typed.errors:
        answer["errors"] = typed.errors
    return JsonResponse(answer)


@guards.signed_in
def receipt(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """ "Đã nhận lúc 15:41, mã 7F3A", with what comes next."""
    of_round, unit = open_sheet(request, regime, period, unit_code, Act.SEE_FIGURES)
    submission = queries.submission_of(of_round, unit)
    if submission is None or submission.submitted_at is None:
        return redirect("reports-entry", regime, period, unit_code)
    context = {
        "round": of_round,
        "unit": unit,
        "block_label": today_page.BLOCK_LABELS[unit.block],
        "period_label": sheet.period_label(of_round),
        "submission": submission,
        "hour": dates.format_hour(submission.submitted_at.astimezone(dates.TZ).time()),
        "is_late": submission.submitted_at > of_round.closes_at,
        "may_enter": guards.viewer_of(request).may(Act.ENTER_FIGURES, unit),
    }
    return render(request, "reports/receipt.html", context)


@guards.signed_in
@require_POST
def attach(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """Put a file or a link behind a figure; files are judged in memory before anything is kept."""
    of_round, unit = open_sheet(request, regime, period, unit_code, Act.ENTER_FIGURES)
    form = inputs.EvidenceForm(request.POST, request.FILES)
    problem, stored, at = "", None, clock.now()
    codes = {
        row.code
        for row in indicators.indicators_on(of_round.regime.programme_id, of_round.period_end, block=unit.block)
    }
    upload = request.FILES.get("file")
    if not form.is_valid():
        problem = " ".join(str(text) for found in form.errors.values() for text in found)
    elif form.cleaned_data["indicator_code"] not in codes:
        raise Http404
    elif isinstance(upload, TooLargeMarker):
        problem = "Tệp lớn hơn 25 MB nên chưa nhận. Đề nghị chọn tệp nhỏ hơn hoặc gửi địa chỉ liên kết."
    elif upload is not None:
        content = upload.read()
        try:
            media_type = tasks.check_evidence(content, upload.name or "")
            stored = files.keep(content, media_type=media_type, at=at)
        except reading.Refusal as refusal:
            problem = refusal.message
        except tasks.EvidenceRefused as refused:
            problem = str(refused)
    if problem:
        context = entry_context(request, of_round, unit, may_enter=True)
        context |= {"evidence_form": form, "problem": problem}
        return render(request, "reports/entry.html", context, status=422)
    drafts.attach_evidence(
        of_round=of_round,
        unit=unit,
        indicator_code=form.cleaned_data["indicator_code"],
        label=form.cleaned_data["label"],
        link=form.cleaned_data["link"],
        stored_id=stored.pk if stored else None,
        file_name=(upload.name or "") if upload and stored else "",
        by=guards.viewer_of(request).user,
        at=at,
    )
    messages.success(request, "Đã đính kèm minh chứng.")
    return redirect("reports-entry", regime, period, unit_code)


@guards.signed_in
def evidence_file(request: HttpRequest, evidence_id: int) -> FileResponse:
    """Download the file behind a figure."""
    found = queries.evidence(evidence_id)
    if found is None or found.file is None:
        raise Http404
    guards.require(guards.viewer_of(request), Act.SEE_FIGURES, found.unit)
    return FileResponse(
        files.path_of(found.file).open("rb"), as_attachment=True, filename=found.file_name or "minh-chung"
    )


@guards.signed_in
def national_sheet(request: HttpRequest, regime: str, period: str, unit_code: str) -> HttpResponse:
    """ "Bảng chép sang Hệ thống 57": the national order, columns to copy, the tick when it is done."""
    of_round, unit = open_sheet(request, regime, period, unit_code, Act.ENTER_FIGURES)
    if request.method == "POST":
        requests.tick_national_sheet(of_round=of_round, unit=unit, by=guards.viewer_of(request).user, at=clock.now())
        return redirect("reports-national", regime, period, unit_code)
    found = sheet.sheet_for(of_round, unit, now=clock.now())
    rows = entry_page.national_rows(found)
    context = {
        "round": of_round,
        "unit": unit,
        "block_label": today_page.BLOCK_LABELS[unit.block],
        "period_label": sheet.period_label(of_round),
        "rows": rows,
        "columns": [
            ("cot-tu-so", "Chép cột Tử số", "\n".join(row["n"] for row in rows)),
            ("cot-mau-so", "Chép cột Mẫu số", "\n".join(row["d"] for row in rows)),
            ("cot-ket-qua", "Chép cột Kết quả", "\n".join(row["result"] for row in rows)),
        ],
        "tick": queries.national_tick(of_round, unit),
    }
    return render(request, "reports/national.html", context)

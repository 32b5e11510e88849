"""Bảng điều hành: nation → province → commune → cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from xanh.assessment import queries as assessment
from xanh.assessment.lines import UnitLine
from xanh.core import dates
from xanh.core.measures import Kind
from xanh.indicators import queries as indicators
from xanh.kit import clock
from xanh.org import bodies
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.reporting import inputs
from xanh.reporting.actions import requests
from xanh.web import cell_page, guards, moments, tiles
from xanh.web.commune_page import commune_context

if TYPE_CHECKING:
    from xanh.org.models import Unit

PROGRAMME = "NQ57"
NOTED_KINDS = (Kind.RATIO, Kind.COUNT, Kind.SCORE)


def programme_of(request: HttpRequest) -> str:
    """The programme that a board is about: ?chuong-trinh=, else the first one."""
    code = request.GET.get("chuong-trinh", PROGRAMME)
    if indicators.programme(code) is None:
        raise Http404
    return code


@guards.signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the board of the viewer's own unit; who administers only is told why there is none for him."""
    viewer = guards.viewer_of(request)
    reach = next((r for r in viewer.reaches if r.allows(Act.SEE_OWN_BOARD)), None)
    if reach is None:
        return render(request, "boards/none.html")
    if reach.level == Level.NATION:
        return redirect("boards-nation")
    if reach.commune_code:
        return redirect("boards-commune", reach.commune_code)
    return redirect("boards-province", reach.province_code)


@guards.signed_in
def nation(request: HttpRequest) -> HttpResponse:
    """The scheme of provinces beside their table."""
    unit = guards.unit_or_404("VN")
    guards.require(guards.viewer_of(request), Act.SEE_OWN_BOARD, unit)
    programme, moment = programme_of(request), moments.asked(request)
    lines = assessment.province_lines(programme, now=moment.now, at=moment.at)
    known = {line.unit.code: line.unit for line in lines}
    islands = {
        line.unit.code: line
        for island in tiles.ISLANDS
        if island.province in known
        for line in assessment.commune_lines(programme, known[island.province], now=moment.now, at=moment.at)
        if line.unit.code == island.code
    }
    context = {
        "unit": unit,
        "head": assessment.head(programme, unit, now=moment.now, at=moment.at),
        "moment": moment,
        "lines": [line for line in lines if not line.unit.is_sample],
        "sample_lines": [line for line in lines if line.unit.is_sample],
        "tiles": tiles.tiles_of(lines, islands),
        "turned": [line for line in lines if line.has_turned],
        "thresholds": thresholds_text(moment),
        "circulation": "nội bộ",
    }
    return render(request, "boards/nation.html", context)


@guards.signed_in
def province(request: HttpRequest, code: str) -> HttpResponse:
    """Communes × blocks, the indicators most often missed, what turned."""
    unit = guards.unit_or_404(code)
    if unit.level != Level.PROVINCE:
        raise Http404
    guards.require(guards.viewer_of(request), Act.SEE_OWN_BOARD, unit)
    programme, moment = programme_of(request), moments.asked(request)
    lines = assessment.commune_lines(programme, unit, now=moment.now, at=moment.at)
    context = {
        "unit": unit,
        "unit_label": bodies.label_of(unit),
        "head": assessment.head(programme, unit, now=moment.now, at=moment.at),
        "moment": moment,
        "lines": sorted_lines(request, lines),
        "sort": request.GET.get("xep", ""),
        "summary": summary_of(lines),
        "turned": [line for line in lines if line.has_turned],
        "worst": assessment.worst_indicators(programme, unit, now=moment.now) if moment.at is None else [],
        "thresholds": thresholds_text(moment),
        "may_see_sending": guards.viewer_of(request).may(Act.SEE_SENT_STATE, unit),
        "circulation": "nội bộ",
    }
    return render(request, "boards/province.html", context)


def sorted_lines(request: HttpRequest, lines: list[UnitLine]) -> list[UnitLine]:
    """Official order unless somebody asks for worst first."""
    if request.GET.get("xep") != "chua-dat":
        return lines
    return sorted(lines, key=lambda line: (line.achieved_share is None, line.achieved_share or 0))


def summary_of(lines: list[UnitLine]) -> list[tuple[str, str, int]]:
    """How many units have which light: (light, label, count)."""
    found = []
    for light in ("GREEN", "AMBER", "RED", "GREY"):
        members = [line for line in lines if line.verdict.light.value == light]
        label = (
            members[0].verdict.light.label
            if members
            else {"GREEN": "Xanh", "AMBER": "Vàng", "RED": "Đỏ"}.get(light, "Xám")
        )
        found.append((light, label, len(members)))
    return found


def thresholds_text(moment: moments.Moment) -> str:
    """The rule of the unit lights, as it stands on the screen that uses it."""
    from xanh.core import numbers
    from xanh.kit import policy

    limits = policy.thresholds_on(dates.local_date(moment.at or moment.now)).unit
    green, amber, reported = (
        numbers.format_pct(100 * share, 0) for share in (limits.green, limits.amber, limits.reported)
    )
    return (
        f"Xanh: từ {green} chỉ tiêu áp dụng đạt và không có nhiệm vụ quá hạn · Vàng: từ {amber} · Đỏ: dưới {amber} · "
        f"Xám: mới báo cáo dưới {reported}. Chỉ tiêu ngoài thẩm quyền cấp xã không tính."
    )


@guards.signed_in
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """The indicators of a commune in four blocks, worst first; what is out of its power apart."""
    unit = guards.unit_or_404(code)
    if unit.level != Level.COMMUNE:
        raise Http404
    viewer = guards.viewer_of(request)
    guards.require(viewer, Act.SEE_OWN_BOARD, unit)
    programme, moment = programme_of(request), moments.asked(request)
    context = commune_context(viewer, unit, programme, moment)
    context["thresholds"] = thresholds_text(moment)
    return render(request, "boards/commune.html", context)


@guards.signed_in
def not_achieved(request: HttpRequest, code: str) -> HttpResponse:
    """ "Chỉ tiêu chưa đạt và việc cần làm" of a commune, with who leads, ready to print."""
    unit = guards.unit_or_404(code)
    if unit.level != Level.COMMUNE:
        raise Http404
    viewer = guards.viewer_of(request)
    guards.require(viewer, Act.SEE_OWN_BOARD, unit)
    moment = moments.asked(request)
    return render(request, "boards/not_achieved.html", commune_context(viewer, unit, programme_of(request), moment))


@guards.signed_in
def cell(request: HttpRequest, unit_code: str, indicator_code: str) -> HttpResponse:
    """One figure: value, path to the target, every statement with who entered and approved it, evidence, reason."""
    unit = guards.unit_or_404(unit_code)
    viewer = guards.viewer_of(request)
    guards.require(viewer, Act.SEE_FIGURES, unit)
    moment = moments.asked(request)
    indicator = indicators.indicator_on(indicator_code, dates.local_date(moment.at or moment.now))
    if indicator is None or indicator.block != unit.block or unit.level != Level.BLOCK:
        raise Http404
    if indicator.circulation == "restricted" and not viewer.may(Act.SEE_RESTRICTED, unit):
        raise PermissionDenied
    context = cell_page.context(unit, indicator, moment)
    may_note = moment.at is None and viewer.may(Act.ENTER_FIGURES, unit) and indicator.kind in NOTED_KINDS
    context["national_form"] = inputs.NationalFigureForm(scale=indicator.scale) if may_note else None
    return render(request, "boards/cell.html", context)


@guards.signed_in
@require_POST
def note_national(request: HttpRequest, unit_code: str, indicator_code: str) -> HttpResponse:
    """ "Số trên Hệ thống 57", typed by hand for comparison."""
    unit, now = guards.unit_or_404(unit_code), clock.now()
    viewer = guards.viewer_of(request)
    guards.require(viewer, Act.ENTER_FIGURES, unit)
    indicator = indicators.indicator_on(indicator_code, dates.local_date(now))
    if indicator is None or indicator.block != unit.block or indicator.kind not in NOTED_KINDS:
        raise Http404
    form = inputs.NationalFigureForm(request.POST, scale=indicator.scale)
    if not form.is_valid():
        context = cell_page.context(unit, indicator, moments.asked(request)) | {"national_form": form}
        return render(request, "boards/cell.html", context, status=422)
    requests.note_national_figure(
        unit=unit,
        indicator_code=indicator.code,
        value_scaled=form.cleaned_data["value"],
        seen_on=form.cleaned_data["seen_on"],
        by=viewer.user,
        at=now,
    )
    messages.success(request, "Đã ghi số trên Hệ thống 57 để so sánh; số này không vào báo cáo của đơn vị.")
    return redirect("boards-cell", unit.code, indicator.code)


def board_url(unit: Unit) -> str:
    """The board of a unit."""
    if unit.level == Level.NATION:
        return reverse("boards-nation")
    if unit.level == Level.PROVINCE:
        return reverse("boards-province", args=[unit.code])
    return reverse("boards-commune", args=[unit.commune_code])

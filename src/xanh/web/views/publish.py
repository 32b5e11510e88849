"""Xuất báo cáo: template → unit and period → preview as a page → cautions → Word file; letters after a closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from xanh.core import dates
from xanh.core.periods import Cadence, NoSuchPeriod, parse_code
from xanh.demo import mode
from xanh.indicators import queries as indicators
from xanh.kit import clock, files
from xanh.org import bodies
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.publishing import actions, document, inputs, layouts, letters, queries, reports, scope
from xanh.publishing.kinds import Template
from xanh.reporting import queries as reporting
from xanh.reporting import sheet
from xanh.web import guards, publish_page
from xanh.web.views.boards import programme_of

if TYPE_CHECKING:
    from xanh.kit.models import StoredFile
    from xanh.org.access import Viewer
    from xanh.org.models import Unit
    from xanh.reporting.models import Round


@guards.signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Which report, of which unit, of which period; leads to its preview."""
    viewer = guards.viewer_of(request)
    units = queries.unit_choices(viewer)
    if request.GET.get("mau"):
        form = inputs.ChooseForm(request.GET, units=units)
        if form.is_valid():
            kept = form.cleaned_data
            address = reverse("publish-report", args=[kept["don_vi"], form.period().code])
            return redirect(f"{address}?mau={kept['mau']}")
    else:
        first = {"mau": Template.PARTY, "loai_ky": Cadence.WEEKLY, "ngay": clock.today()}
        form = inputs.ChooseForm(initial=first, units=units)
    return render(request, "publish/choose.html", {"form": form, "units": units})


def _unit(request: HttpRequest, unit_code: str, act: Act) -> tuple[Viewer, Unit]:
    viewer = guards.viewer_of(request)
    unit = guards.unit_or_404(unit_code)
    guards.require(viewer, act, unit)
    return viewer, unit


def _scope(request: HttpRequest, unit: Unit, period_code: str) -> scope.Scope:
    """The scope of an address; 404 where there is no such period, programme or report."""
    programme = indicators.programme(programme_of(request))
    offered = scope.templates_for(unit)
    asked = request.GET.get("mau", "")
    if programme is None or not offered or asked not in ("", *Template.values):
        raise Http404
    # A block issues one kind of report only; whoever asks for the other gets the one there is.
    template = Template(asked) if asked in offered else offered[0]
    try:
        return scope.scope_of(unit, template, programme, parse_code(period_code), now=clock.now())
    except (NoSuchPeriod, layouts.NoIssuer) as unknown:
        raise Http404 from unknown


@guards.signed_in
def report(request: HttpRequest, unit_code: str, period_code: str) -> HttpResponse:
    """The report as a page: each figure is a link; beside it cautions, texts, the Word file, earlier ones."""
    viewer, unit = _unit(request, unit_code, Act.SEE_FIGURES)
    try:
        chosen = _scope(request, unit, period_code)
    except scope.PeriodNotBegun as early:
        messages.warning(request, str(early))
        return redirect("publish")
    content = reports.build(chosen, viewer, is_sample=mode.is_on())
    context = {
        "unit": unit,
        "unit_label": bodies.label_of(unit) if unit.level != Level.NATION else "cả nước",
        "scope": chosen,
        "page": publish_page.page_of(content, chosen),
        "templates": scope.templates_for(unit),
        "may_write": viewer.may(Act.WRITE_REPORT, unit),
        "texts_form": inputs.TextsForm(initial=queries.texts_for(unit, chosen.period)),
        "origins": [
            text for text in queries.texts_of(unit, chosen.period).values() if text.period_code != chosen.period.code
        ],
        "published": queries.published(unit, viewer),
        "query": f"?mau={chosen.template.value}",
    }
    return render(request, "publish/report.html", context)


@guards.signed_in
@require_POST
def texts(request: HttpRequest, unit_code: str, period_code: str) -> HttpResponse:
    """Keep what was written on difficulties and proposals."""
    viewer, unit = _unit(request, unit_code, Act.WRITE_REPORT)
    chosen = _scope(request, unit, period_code)
    form = inputs.TextsForm(request.POST)
    if form.is_valid():
        for kind, text in form.cleaned_data.items():
            actions.keep_text(unit=unit, kind=kind, period=chosen.period, text=text, by=viewer.user, at=clock.now())
        messages.success(request, "Đã lưu khó khăn, vướng mắc và đề xuất, kiến nghị của kỳ này.")
    else:
        messages.error(request, "Nội dung dài quá 20.000 ký tự nên chưa lưu được. Đề nghị rút gọn rồi lưu lại.")
    return redirect(f"{reverse('publish-report', args=[unit_code, period_code])}?mau={chosen.template.value}")


@guards.signed_in
@require_POST
def write(request: HttpRequest, unit_code: str, period_code: str) -> HttpResponseBase:
    """Write the Word file, keep it, hand it over."""
    viewer, unit = _unit(request, unit_code, Act.WRITE_REPORT)
    try:
        chosen = _scope(request, unit, period_code)
    except scope.PeriodNotBegun as early:
        messages.warning(request, str(early))
        return redirect("publish")
    made = actions.publish_report(scope=chosen, viewer=viewer, is_sample=mode.is_on(), by=viewer.user, at=clock.now())
    return _file(made.file, f"bao-cao-{unit.code}-{period_code}-{chosen.template.value.lower()}")


def _file(stored: StoredFile, name: str) -> FileResponse:
    kept = files.path_of(stored).open("rb")
    answer = FileResponse(kept, as_attachment=True, filename=f"{name}.docx", content_type=document.MEDIA_TYPE)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@guards.signed_in
def report_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An earlier report as it went out."""
    made = queries.published_report(pk)
    if made is None:
        raise Http404
    viewer, unit = _unit(request, made.unit_id, Act.SEE_FIGURES)
    if made.circulation == "restricted":
        guards.require(viewer, Act.SEE_RESTRICTED, unit)
    return _file(made.file, f"bao-cao-{unit.code}-{made.period_code}-{made.template.lower()}")


@guards.signed_in
def letter(request: HttpRequest, regime_code: str, period_code: str, province_code: str) -> HttpResponse:
    """Who has not sent after the closing, and the one letter of an office; POST drafts it."""
    viewer, province = _unit(request, province_code, Act.URGE)
    if province.level != Level.PROVINCE:
        raise Http404
    try:
        of_round = reporting.round_of(regime_code, period_code)
    except reporting.RoundUnknown as unknown:
        raise Http404 from unknown
    offices = letters.offices_for(viewer, province)
    office = request.GET.get("co-quan") or (offices[0] if offices else "")
    if office not in offices:
        raise Http404
    if request.method == "POST":
        return _draft(request, of_round, province, office, viewer)
    context = {
        "province": province,
        "round": of_round,
        "period_label": sheet.period_label(of_round),
        "closes_label": dates.format_instant(of_round.closes_at),
        "office": office,
        "office_label": layouts.office(province, office).self_name,
        "offices": [(code, layouts.office(province, code).self_name) for code in offices],
        "lines": letters.missing_lines(of_round, province, office),
        "letter": queries.letter_of(of_round, province, office),
        "form": inputs.LetterForm(),
    }
    return render(request, "publish/letter.html", context)


def _draft(request: HttpRequest, of_round: Round, province: Unit, office: str, viewer: Viewer) -> HttpResponse:
    form = inputs.LetterForm(request.POST)
    form.is_valid()
    try:
        made, is_new = actions.draft_letter(
            of_round=of_round,
            province=province,
            office_code=office,
            names_all=form.cleaned_data.get("names_all", False),
            is_sample=mode.is_on(),
            by=viewer.user,
            at=clock.now(),
        )
    except (letters.RoundStillOpen, letters.NothingMissing) as refused:
        messages.warning(request, str(refused))
    else:
        if is_new:
            messages.success(request, "Đã dự thảo công văn đôn đốc. Đề nghị kiểm tra rồi trình ký.")
        else:
            messages.info(request, f"Kỳ này đã có dự thảo do {made.made_label} lập; mỗi kỳ chỉ một công văn.")
    address = reverse("publish-letter", args=[of_round.regime_id, of_round.period_code, province.code])
    return redirect(f"{address}?co-quan={office}")


@guards.signed_in
def letter_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The drafted letter."""
    made = queries.letter(pk)
    if made is None:
        raise Http404
    viewer, province = _unit(request, made.province_id, Act.URGE)
    if made.office_code not in letters.offices_for(viewer, province):
        raise Http404
    return _file(made.file, f"don-doc-{made.office_code.lower()}-{made.round.period_code}")

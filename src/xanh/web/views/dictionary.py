"""Từ điển chỉ tiêu: definition, numerator, denominator, provider, owner, versions; questions answered once for all."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from xanh.indicators import actions, queries
from xanh.indicators.kinds import Accumulation
from xanh.kit import clock
from xanh.people.roles import Act
from xanh.reporting import sheet
from xanh.web import guards
from xanh.web.views.boards import programme_of

BLOCKS = (("", "Tất cả"), ("party", "Đảng ủy"), ("council", "HĐND"), ("committee", "UBND"), ("front", "MTTQ"))


@guards.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All indicators in force, by block, searchable without diacritics."""
    programme, block = programme_of(request), request.GET.get("khoi", "")
    words = request.GET.get("tim", "").strip()[:200]
    if block not in dict(BLOCKS):
        raise Http404
    rows = queries.search(programme, clock.today(), words=words, block=block)
    tabs = [
        {
            "label": label,
            "url": f"?khoi={code}&tim={words}" if words else f"?khoi={code}",
            "current": code == block,
            "count": None,
        }
        for code, label in BLOCKS
    ]
    context = {"rows": rows, "tabs": tabs, "words": words, "block": block, "programme": queries.programme(programme)}
    return render(request, "dictionary/index.html", context)


@guards.signed_in
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator, printable."""
    found = queries.indicator_on(code, clock.today())
    if found is None:
        raise Http404
    viewer = guards.viewer_of(request)
    target = queries.target_book(clock.today(), unit_codes=[]).milestone(found)
    context = {
        "indicator": found,
        "base": Accumulation(found.accumulation).label,
        "target_text": sheet.target_text(target, found),
        "milestone": target,
        "versions": queries.versions_of(code),
        "questions": queries.questions_of(code),
        "may_ask": viewer.may_somewhere(Act.ENTER_FIGURES) or viewer.may_somewhere(Act.APPROVE),
        "may_answer": may_answer(request, found.block),
        "reconstructed": {"yes": "phục dựng toàn bộ", "partly": "phục dựng một phần", "no": "theo nguồn đã công bố"}[
            found.reconstructed
        ],
    }
    return render(request, "dictionary/indicator.html", context)


def may_answer(request: HttpRequest, block: str) -> bool:
    """An owner answers for the indicators of his own block."""
    viewer = guards.viewer_of(request)
    return any(reach.role == "owner" and reach.block == block for reach in viewer.reaches)


@guards.signed_in
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """A unit asks about an indicator."""
    viewer = guards.viewer_of(request)
    if queries.indicator_on(code, clock.today()) is None:
        raise Http404
    if viewer.home is None or not (viewer.may_somewhere(Act.ENTER_FIGURES) or viewer.may_somewhere(Act.APPROVE)):
        raise PermissionDenied
    question = request.POST.get("question", "").strip()
    if not question:
        messages.error(request, "Chưa có nội dung câu hỏi. Đề nghị ghi câu hỏi rồi gửi lại.")
    else:
        actions.ask_question(
            indicator_code=code,
            unit_code=viewer.home.unit_code,
            question=question[:2000],
            by=viewer.user,
            at=clock.now(),
        )
        messages.success(request, "Đã gửi câu hỏi đến cơ quan chủ quản chỉ tiêu.")
    return redirect("dictionary-indicator", code)


@guards.signed_in
@require_POST
def answer(request: HttpRequest, code: str, question_id: int) -> HttpResponse:
    """The owner answers once for all units."""
    found = queries.indicator_on(code, clock.today())
    if found is None:
        raise Http404
    if not may_answer(request, found.block):
        raise PermissionDenied
    text = request.POST.get("answer", "").strip()
    if not text:
        messages.error(request, "Chưa có nội dung trả lời. Đề nghị ghi câu trả lời rồi gửi lại.")
    else:
        try:
            actions.answer_question(
                question_id=question_id,
                indicator_code=code,
                answer=text[:4000],
                by=guards.viewer_of(request).user,
                at=clock.now(),
            )
        except actions.QuestionUnknown as unknown:
            raise Http404 from unknown
        messages.success(request, "Đã trả lời; mọi đơn vị đều đọc được câu trả lời này.")
    return redirect("dictionary-indicator", code)

"""Văn bản: list, upload, one document, the review screen and its acts, putting into force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from xanh import reading
from xanh.directives import access, actions, inputs, matching, queries
from xanh.indicators import queries as indicators
from xanh.kit import clock, files
from xanh.org.access import Viewer
from xanh.reporting import force
from xanh.web import guards

PER_PAGE = 30
UNPROCESSABLE = 422
SCREEN_STATES = [
    ("", "tất cả"),
    ("REVIEWING", "đang rà soát"),
    ("REVIEWED", "chờ đưa lên hệ thống"),
    ("IN_FORCE", "đã đưa lên hệ thống"),
]


def _seen(request: HttpRequest, pk: int, may: Callable[[Viewer, Any], bool] | None = None) -> Any:
    """The document of an address: 404 for a stranger, 403 for a wrong role."""
    viewer = guards.viewer_of(request)
    try:
        directive = queries.directive(pk)
    except queries.DirectiveUnknown as unknown:
        raise Http404 from unknown
    if not access.can_see(viewer, directive):
        if access.knows(viewer, directive):
            raise PermissionDenied
        raise Http404
    if may and not may(viewer, directive):
        raise PermissionDenied
    return directive


def _reviewed_item(request: HttpRequest, pk: int) -> Any:
    """The read item of an address, for a person who may judge it."""
    try:
        item = queries.item(pk)
    except queries.DirectiveUnknown as unknown:
        raise Http404 from unknown
    _seen(request, item.directive_id, access.can_review)
    return item


def _to_review(pk: int, item_id: int | None = None) -> HttpResponse:
    return redirect(reverse("directives-review", args=[pk]) + (f"#muc-{item_id}" if item_id else ""))


def _leave_to(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page, also when the request came for a fragment."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Every document that the viewer may read."""
    viewer = guards.viewer_of(request)
    words, state = request.GET.get("tu_khoa", "").strip(), request.GET.get("trang_thai", "")
    page = Paginator(queries.listing(viewer, words=words, state=state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "state": state,
        "states": SCREEN_STATES,
        "may_upload": access.home_owner(viewer) is not None,
        "query": f"&tu_khoa={words}&trang_thai={state}",
    }
    return render(request, "directives/list.html", context)


@guards.signed_in
def upload(request: HttpRequest) -> HttpResponse:
    """A document comes in; a refusal stands at the file, and nothing is left behind."""
    owner = access.home_owner(guards.viewer_of(request))
    if owner is None:
        raise PermissionDenied
    form = inputs.UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "directives/upload.html", {"form": inputs.UploadForm(), "owner": owner})
    if form.is_valid():
        answer = _receive(request, form, owner)
        if answer:
            return answer
    return render(request, "directives/upload.html", {"form": form, "owner": owner}, status=UNPROCESSABLE)


def _receive(request: HttpRequest, form: inputs.UploadForm, owner: Any) -> HttpResponse | None:
    file = form.cleaned_data["file"]
    try:
        directive = actions.receive_directive(
            content=file.read(),
            name=file.name,
            circulation=form.cleaned_data["circulation"],
            owner=owner,
            by=guards.viewer_of(request).user,
            at=clock.now(),
        )
    except reading.Refusal as refusal:
        form.add_error("file", refusal.message)
        return None
    except actions.DirectiveKnown as known:
        messages.info(request, f"{known} Dưới đây là văn bản đã đăng ký; không đăng ký thêm lần nữa.")
        return redirect("directives-page", known.directive_id)
    return redirect("directives-review", directive.pk)


@guards.signed_in
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: head, what it cites and is cited by, its text, and the next step for this viewer."""
    viewer = guards.viewer_of(request)
    directive = _seen(request, pk)
    may_review = access.can_review(viewer, directive)
    context = {
        "directive": directive,
        "cited": queries.cited_documents(directive, viewer),
        "citing": queries.citing_documents(directive, viewer),
        "may_review": may_review,
        "may_force": access.can_put_in_force(viewer, directive),
        "inconsistencies": directive.inconsistencies if may_review else [],
        "size": directive.file.size,
    }
    return render(request, "directives/page.html", context)


@guards.signed_in
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was received."""
    directive = _seen(request, pk)
    response = HttpResponse(files.read(directive.file), content_type=directive.file.media_type)
    response.headers["Content-Disposition"] = _attachment(directive.file_name)
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


@guards.signed_in
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The review screen: the document with marks beside what was read out of it."""
    directive = _seen(request, pk, access.can_review)
    return render(request, "directives/review.html", _review_context(directive))


def _review_context(directive: Any) -> dict[str, Any]:
    return {
        "review": queries.review_page(directive),
        "directive": directive,
        "is_open": directive.state == "REVIEWING",
        "finish": inputs.FinishForm(initial={"clarify_by": directive.clarify_by}),
    }


@guards.signed_in
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the head of a document under review."""
    directive = _seen(request, pk, access.can_review)
    programmes = [(row.code, row.short_name) for row in indicators.programmes()]
    initial = inputs.HeadForm.initial_of(directive)
    form = inputs.HeadForm(request.POST or None, programmes=programmes, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_directive(
                directive_id=pk, by=guards.viewer_of(request).user, at=clock.now(), **form.cleaned_data
            )
        except (actions.DirectiveKnown, actions.ReviewClosed) as refused:
            form.add_error(None, str(refused))
        else:
            return _to_review(pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "directives/head.html", {"form": form, "directive": directive}, status=status)


def _item_form(item: Any, posted: Any = None) -> Form:
    card = queries.card_of(item)
    draft: Any = card.draft
    if item.kind == "TASK":
        initial = inputs.TaskItemForm.initial_of(draft, lead=card.lead, cooperate=card.cooperate)
        return inputs.TaskItemForm(posted, item=item, initial=initial)
    if item.kind == "REGIME":
        return inputs.DutyItemForm(posted, item=item, initial=inputs.DutyItemForm.initial_of(draft, who=card.lead))
    programme, day = item.directive.programme_code, clock.today()
    known = indicators.indicators_on(programme, day) if programme else []
    choices = [(row.code, f"{row.code} {row.name}") for row in known]
    initial = {name: getattr(draft, name) for name in ("indicator_code", "indicator_words", "op", "value")}
    initial |= {"unit_words": draft.unit_words, "milestone_on": draft.milestone_on}
    return inputs.TargetItemForm(posted, indicators=choices, initial=initial)


@guards.signed_in
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """F2: settle an item field by field and confirm it."""
    item = _reviewed_item(request, pk)
    form: Any = _item_form(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_item(item_id=pk, draft=form.draft(), by=guards.viewer_of(request).user, at=clock.now())
        except (actions.ItemIncomplete, actions.ReviewClosed) as refused:
            form.add_error(None, str(refused))
        else:
            return _to_review(item.directive_id)
    context = {
        "form": form,
        "item": item,
        "card": queries.card_of(item),
        "names": queries.nameable(item.directive.owner, day=clock.today()),
    }
    return render(request, "directives/item.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@guards.signed_in
def item_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Ctrl+Enter: confirm an item as proposed, or with the lead of a suggestion's button."""
    item = _reviewed_item(request, pk)
    draft: Any = queries.card_of(item).draft
    ref = request.POST.get("ref", "")
    try:
        if ref:
            draft = actions.with_body(draft, matching.check_ref(ref, owner=item.directive.owner))
        actions.accept_item(item_id=pk, draft=draft, by=guards.viewer_of(request).user, at=clock.now())
    except matching.RefUnknown:
        messages.error(request, "Đơn vị được chọn không thuộc địa bàn của văn bản. Đề nghị chọn lại.")
        return _leave_to(request, reverse("directives-item-edit", args=[pk]))
    except (actions.ItemIncomplete, actions.ReviewClosed) as refused:
        messages.error(request, str(refused))
        return _leave_to(request, reverse("directives-item-edit", args=[pk]))
    return _to_review(item.directive_id)


def _item_act(request: HttpRequest, pk: int, act: Callable[..., Any]) -> HttpResponse:
    item = _reviewed_item(request, pk)
    try:
        act(item_id=pk, by=guards.viewer_of(request).user, at=clock.now())
    except (actions.ReviewClosed, actions.CannotMerge) as refused:
        messages.error(request, str(refused))
        return _leave_to(request, reverse("directives-review", args=[item.directive_id]))
    return _to_review(item.directive_id)


@require_POST
@guards.signed_in
def item_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete: leave an item out."""
    return _item_act(request, pk, actions.drop_item)


@require_POST
@guards.signed_in
def item_reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    return _item_act(request, pk, actions.reconsider_item)


@require_POST
@guards.signed_in
def item_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """F9: join a task to the one before it."""
    return _item_act(request, pk, actions.merge_item)


@guards.signed_in
def item_split(request: HttpRequest, pk: int) -> HttpResponse:
    """F4: one task per line."""
    item = _reviewed_item(request, pk)
    opening = {"parts": item.settled.get("content", "").replace("; ", ";\n")}
    form = inputs.SplitForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        try:
            actions.split_item(
                item_id=pk,
                parts=form.cleaned_data["parts"].splitlines(),
                by=guards.viewer_of(request).user,
                at=clock.now(),
            )
        except (actions.ItemIncomplete, actions.ReviewClosed) as refused:
            form.add_error("parts", str(refused))
        else:
            return _to_review(item.directive_id)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "directives/split.html", {"form": form, "item": item}, status=status)


@require_POST
@guards.signed_in
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a task of a sentence that was not read as one, and open it for settling."""
    _seen(request, pk, access.can_review)
    try:
        start, end = int(request.POST.get("start", "")), int(request.POST.get("end", ""))
        item = actions.add_item(
            directive_id=pk, start=start, end=end, by=guards.viewer_of(request).user, at=clock.now()
        )
    except (ValueError, actions.ItemIncomplete, actions.ReviewClosed):
        messages.error(request, "Chưa ghi nhận được câu này. Đề nghị tải lại trang rồi chọn lại.")
        return _to_review(pk)
    return redirect("directives-item-edit", item.pk)


@require_POST
@guards.signed_in
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer hands the document to a second person."""
    directive = _seen(request, pk, access.can_review)
    form = inputs.FinishForm(request.POST)
    if form.is_valid():
        try:
            actions.finish_review(
                directive_id=pk,
                clarify_by=form.cleaned_data["clarify_by"],
                by=guards.viewer_of(request).user,
                at=clock.now(),
            )
        except (actions.ReviewIncomplete, actions.ReviewClosed) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Đã hoàn thành rà soát. Văn bản chờ người thứ hai đưa lên hệ thống.")
            return redirect("directives-force", pk)
    context = {**_review_context(directive), "finish": form}
    return render(request, "directives/review.html", context, status=UNPROCESSABLE)


@guards.signed_in
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be created, what is unclear, and the button of the second person."""
    viewer = guards.viewer_of(request)
    directive = _seen(request, pk)
    if not (access.can_put_in_force(viewer, directive) or access.can_review(viewer, directive)):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        if not access.can_put_in_force(viewer, directive):
            raise PermissionDenied
        try:
            done = force.put_in_force(directive_id=pk, by=viewer.user, at=clock.now())
        except (force.SamePerson, force.ForceStopped, force.IndicatorUnknown, actions.ReviewClosed) as refused:
            problem = str(refused)
        else:
            words = f"Đã đưa lên hệ thống {len(done.task_codes)} nhiệm vụ ({len(done.unit_codes)} đơn vị)"
            messages.success(request, f"{words} theo {directive.label}.")
            return redirect("directives-page", pk)
    context = {
        "directive": directive,
        "preview": force.preview(directive),
        "problem": problem,
        "may_force": access.can_put_in_force(viewer, directive),
        "is_second": directive.reviewed_by != str(viewer.user.pk),
        "reason": inputs.ReasonForm(),
    }
    return render(request, "directives/force.html", context, status=UNPROCESSABLE if problem else 200)


@require_POST
@guards.signed_in
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person gives the document back for another look."""
    _seen(request, pk, access.can_put_in_force)
    form = inputs.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("directives-force", pk)
    try:
        actions.reopen_review(
            directive_id=pk, reason=form.cleaned_data["reason"], by=guards.viewer_of(request).user, at=clock.now()
        )
    except actions.ReviewClosed as refused:
        messages.error(request, str(refused))
    return redirect("directives-page", pk)

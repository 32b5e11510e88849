"""Nhiệm vụ: the list "what is late and whose", the page "the whole story of one task", and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

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
from xanh.core.workflow import ExtensionAct, NotAllowed, TaskAct, allowed
from xanh.directives import access as directive_access
from xanh.kit import clock, files
from xanh.org.access import Viewer
from xanh.tasks import access, actions, extensions, inputs, queries, story
from xanh.web import guards

PER_PAGE = 50
UNPROCESSABLE = 422
REFUSALS = (
    NotAllowed,
    actions.OwnReport,
    actions.CommonTask,
    actions.NothingToFill,
    actions.EvidenceRefused,
    extensions.OwnRequest,
    extensions.NotLater,
)
# The list's own filters, one click away and each an address.
SHORTCUTS = (
    queries.Narrowing.DUE_SOON,
    queries.Narrowing.WAITING,
    queries.Narrowing.EXTENSION_ASKED,
    queries.Narrowing.UNCLEAR,
    queries.Narrowing.ENDED,
)


def _seen(request: HttpRequest, code: str, may: Callable[[Viewer, Any], bool] | None = None) -> Any:
    """The task of an address: 404 for a stranger, 403 for a wrong role."""
    viewer = guards.viewer_of(request)
    try:
        task = queries.task(code)
    except queries.TaskUnknown as unknown:
        raise Http404 from unknown
    if not access.can_see(viewer, task):
        if access.knows(viewer, task):
            raise PermissionDenied
        raise Http404
    if may and not may(viewer, task):
        raise PermissionDenied
    return task


def _address(kept: dict[str, str], **changed: str) -> str:
    """The list's address with some parameters changed; empty ones are left out."""
    parameters = {name: value for name, value in {**kept, **changed}.items() if value}
    return reverse("tasks") + (f"?{urlencode(parameters)}" if parameters else "")


@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Four boxes, ageing, the filtered list or its groups."""
    viewer, now = guards.viewer_of(request), clock.now()
    form = inputs.FilterForm(request.GET)
    chosen = form.task_filter()
    kept = {name: request.GET.get(name, "").strip() for name in form.fields}
    boxes = queries.boxes(chosen, now, viewer=viewer)
    grouping = form.grouping()
    found = Paginator(queries.listing(viewer, chosen, now), PER_PAGE).get_page(request.GET.get("page"))
    narrowed = _narrowing_label(chosen.narrowing)
    context = {
        "boxes": [
            {
                "kind": box.value,
                "label": box.label,
                "count": count,
                "url": _address(kept, trang_thai=queries.BOX_ADDRESSES[box].value, nhom=""),
            }
            for box, count in boxes.counts()
        ],
        "total": boxes.total,
        "denominator": queries.denominator_label(chosen, boxes.total),
        "bands": queries.ageing(viewer, chosen, now),
        "page": found,
        "rows": queries.rows(found, now),
        "groups": _groups(viewer, chosen, grouping, kept) if grouping else [],
        "grouping": grouping,
        "narrowed": narrowed,
        "shortcuts": [(each.label, _address(kept, trang_thai=each.value, nhom="")) for each in SHORTCUTS],
        "choices": queries.filter_choices(viewer),
        "kept": kept,
        "groupings": queries.GROUPINGS,
        "narrowings": inputs.NARROWINGS,
        "all_url": reverse("tasks"),
        "query": "&" + urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "tasks/list.html", context)


def _narrowing_label(narrowing: str) -> str:
    return queries.Narrowing(narrowing).label if narrowing else ""


def _groups(viewer: Viewer, chosen: queries.TaskFilter, by: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    groups = queries.grouped(viewer, chosen, by, clock.now())
    return [
        {"label": group.label, "boxes": group.boxes, "url": _address(kept, **{by: group.key, "nhom": ""})}
        for group in groups
    ]


def _forms(task: Any, bound: dict[str, Form]) -> dict[str, Form]:
    """Every form of the page, the one just sent with its errors."""
    asked = queries.asked_extension(task.pk)
    fresh: dict[str, Form] = {
        "progress": inputs.ProgressForm(initial={"progress_pct": task.progress_pct}),
        "evidence": inputs.EvidenceForm(),
        "done": inputs.DoneForm(),
        "give_back": inputs.ReasonForm(),
        "ask": inputs.AskExtensionForm(),
        "decide": inputs.DecideExtensionForm(initial={"due_on": asked.asked_due_on if asked else None}),
        "adjust": inputs.AdjustForm(),
        "clarify": inputs.ClarifyForm(),
        "change": inputs.ChangeForm(initial={"content": task.content, "product": task.product}),
        "end": inputs.EndForm(),
        "accept": Form(),
        "reopen": inputs.ReasonForm(prefix="reopen"),
    }
    return {**fresh, **bound}


def _page(request: HttpRequest, task: Any, bound: dict[str, Form] | None = None) -> HttpResponse:
    viewer, now = guards.viewer_of(request), clock.now()
    updates, judges = access.can_update(viewer, task), access.can_judge(viewer, task)
    state = task.life
    parent = task.parent if task.parent and access.can_see(viewer, task.parent) else None
    context = {
        "task": task,
        "story": story.story(task, now),
        "forms": _forms(task, bound or {}),
        "opened": next(iter(bound), "") if bound else "",
        "parent": parent,
        "document_open": directive_access.can_see(viewer, task.directive),
        "may_update": updates and task.is_open,
        "may_report": updates and allowed(state, TaskAct.REPORT_DONE),
        "may_withdraw": updates and allowed(state, TaskAct.WITHDRAW),
        "may_accept": judges and task.lead_id and allowed(state, TaskAct.ACCEPT),
        "may_judge": judges,
        "may_end": judges and allowed(state, TaskAct.END),
        "may_reopen": judges and allowed(state, TaskAct.REOPEN),
        "missing_due": task.due_on is None and not task.recurrence,
    }
    return render(request, "tasks/page.html", context, status=UNPROCESSABLE if bound else 200)


@guards.signed_in
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The whole story of one task."""
    return _page(request, _seen(request, code))


def _act(
    request: HttpRequest,
    code: str,
    name: str,
    form: Form,
    *,
    may: Callable[[Viewer, Any], bool],
    act: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """One act on a task: rights, form, action, and the page again with the error at its form when refused."""
    task = _seen(request, code, may)
    if not form.is_valid():
        return _page(request, task, {name: form})
    try:
        act(by=guards.viewer_of(request).user, at=clock.now(), **form.cleaned_data)
    except REFUSALS as refused:
        form.add_error(None, str(refused))
        return _page(request, task, {name: form})
    messages.success(request, said)
    return redirect("tasks-page", code)


@require_POST
@guards.signed_in
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """A progress note."""

    def act(**kept: Any) -> Any:
        return actions.note_progress(code=code, **kept)

    form = inputs.ProgressForm(request.POST)
    return _act(request, code, "progress", form, may=access.can_update, act=act, said="Đã cập nhật tiến độ.")


@require_POST
@guards.signed_in
def attach(request: HttpRequest, code: str) -> HttpResponse:
    """A file or a link as evidence; a refused file leaves nothing behind."""
    task = _seen(request, code, access.can_update)
    form = inputs.EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _keep_evidence(code, form.cleaned_data, guards.viewer_of(request))
        except reading.Refusal as refusal:
            form.add_error("file", refusal.message)
        except REFUSALS as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "Đã đính kèm minh chứng.")
            return redirect("tasks-page", code)
    return _page(request, task, {"evidence": form})


def _keep_evidence(code: str, kept: dict[str, Any], viewer: Viewer) -> None:
    if kept["file"]:
        file = kept["file"]
        actions.attach_file(
            code=code, label=kept["label"], content=file.read(), name=file.name, by=viewer.user, at=clock.now()
        )
    else:
        actions.attach_link(code=code, label=kept["label"], link=kept["link"], by=viewer.user, at=clock.now())


@guards.signed_in
def evidence(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One file of evidence as it was received."""
    _seen(request, code)
    try:
        found = queries.evidence(code, pk)
    except queries.TaskUnknown as unknown:
        raise Http404 from unknown
    if found.file is None:
        raise Http404
    response = HttpResponse(files.read(found.file), content_type=found.file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.file_name)
    return response


@require_POST
@guards.signed_in
def clarify(request: HttpRequest, code: str) -> HttpResponse:
    """The lead fills in what its document leaves open."""

    def act(**kept: Any) -> Any:
        return actions.clarify_task(code=code, **kept)

    form = inputs.ClarifyForm(request.POST)
    return _act(request, code, "clarify", form, may=access.can_update, act=act, said="Đã bổ sung nội dung chưa rõ.")


@require_POST
@guards.signed_in
def report_done(request: HttpRequest, code: str) -> HttpResponse:
    """The lead reports the task done."""

    def act(**kept: Any) -> Any:
        return actions.report_done(code=code, **kept)

    said = "Đã báo cáo hoàn thành; thời hạn tạm dừng tính cho đến khi cấp giao việc xác nhận."
    return _act(request, code, "done", inputs.DoneForm(request.POST), may=access.can_update, act=act, said=said)


@require_POST
@guards.signed_in
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """The lead takes the report of completion back."""

    def act(**kept: Any) -> Any:
        return actions.withdraw_report(code=code, **kept)

    return _act(
        request, code, "done", Form(request.POST), may=access.can_update, act=act, said="Đã rút lại báo cáo hoàn thành."
    )


@require_POST
@guards.signed_in
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """The assigner confirms the completion."""

    def act(**kept: Any) -> Any:
        return actions.accept_task(code=code, **kept)

    return _act(
        request, code, "accept", Form(request.POST), may=access.can_judge, act=act, said="Đã xác nhận hoàn thành."
    )


@require_POST
@guards.signed_in
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """The assigner asks for more."""

    def act(**kept: Any) -> Any:
        return actions.return_task(code=code, **kept)

    form = inputs.ReasonForm(request.POST)
    return _act(request, code, "give_back", form, may=access.can_judge, act=act, said="Đã đề nghị bổ sung kết quả.")


@require_POST
@guards.signed_in
def ask_extension(request: HttpRequest, code: str) -> HttpResponse:
    """The lead asks for a later due."""

    def act(**kept: Any) -> Any:
        return extensions.ask_extension(code=code, **kept)

    form = inputs.AskExtensionForm(request.POST)
    return _act(request, code, "ask", form, may=access.can_update, act=act, said="Đã gửi đề nghị điều chỉnh thời hạn.")


@require_POST
@guards.signed_in
def decide_extension(request: HttpRequest, code: str) -> HttpResponse:
    """The assigner grants or refuses a later due."""

    def act(*, decision: str, due_on: Any, authority: str, answer: str, by: Any, at: Any) -> Any:
        asked = queries.asked_extension(code)
        if asked is None:
            raise NotAllowed(extensions.state_of(queries.task(code)), ExtensionAct.GRANT)
        if decision == "grant":
            return extensions.grant_extension(extension_id=asked.pk, due_on=due_on, authority=authority, by=by, at=at)
        return extensions.refuse_extension(extension_id=asked.pk, answer=answer, by=by, at=at)

    form = inputs.DecideExtensionForm(request.POST)
    return _act(
        request, code, "decide", form, may=access.can_judge, act=act, said="Đã ghi nhận quyết định về thời hạn."
    )


@require_POST
@guards.signed_in
def adjust(request: HttpRequest, code: str) -> HttpResponse:
    """The assigner moves a due by a document."""

    def act(**kept: Any) -> Any:
        return extensions.adjust_due(code=code, **kept)

    form = inputs.AdjustForm(request.POST)
    return _act(request, code, "adjust", form, may=access.can_judge, act=act, said="Đã điều chỉnh thời hạn.")


@require_POST
@guards.signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    """The assigner changes a task by a document."""

    def act(**kept: Any) -> Any:
        return actions.change_task(code=code, **kept)

    form = inputs.ChangeForm(request.POST)
    return _act(request, code, "change", form, may=access.can_judge, act=act, said="Đã thay đổi nhiệm vụ.")


@require_POST
@guards.signed_in
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Follow-up ends by a document."""

    def act(**kept: Any) -> Any:
        return actions.end_task(code=code, **kept)

    form = inputs.EndForm(request.POST)
    return _act(request, code, "end", form, may=access.can_judge, act=act, said="Đã kết thúc theo dõi theo văn bản.")


@require_POST
@guards.signed_in
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """A closed task is followed again."""

    def act(**kept: Any) -> Any:
        return actions.reopen_task(code=code, **kept)

    form = inputs.ReasonForm(request.POST, prefix="reopen")
    return _act(request, code, "reopen", form, may=access.can_judge, act=act, said="Đã tiếp tục theo dõi nhiệm vụ.")

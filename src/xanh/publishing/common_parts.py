"""Parts that every report has: documents, tasks, next period, annex of overdue tasks."""

from __future__ import annotations

from datetime import date

from xanh.core import dates, numbers
from xanh.core.status import TaskBox
from xanh.directives.drafts import due_words
from xanh.directives.models import Directive
from xanh.publishing import wording
from xanh.publishing.content import Annex, Block, Column, Paragraph, Row, Run, Source, SourceKind, Table, words
from xanh.publishing.scope import Scope
from xanh.publishing.work import TaskAt, Workload
from xanh.tasks.models import Task
from xanh.tasks.queries import BOX_ADDRESSES

TASKS_NAMED = 20


def leadership(scope: Scope, issued: list[Directive]) -> list[Block]:
    """I. What was issued in the period: by the unit itself, then from above."""
    if not issued:
        return [words("Trong kỳ không ban hành văn bản.")]
    is_party = scope.side == "party"
    own = [each for each in issued if each.owner_id == scope.territory.code]
    above = [each for each in issued if each.owner_id != scope.territory.code]
    found: list[Block] = []
    if own:
        found.append(words(f"Trong kỳ, {wording.unit_name(scope.territory)} ban hành {_documents(own)}:"))
        found += [_document(each, is_party=is_party) for each in own]
    else:
        found.append(words("Trong kỳ không ban hành văn bản."))
    if above:
        found.append(words(f"Triển khai {_documents(above)} của cấp trên ban hành trong kỳ:"))
        found += [_document(each, is_party=is_party) for each in above]
    return found


def _documents(group: list[Directive]) -> str:
    return f"{wording.two_digits(len(group))} văn bản"


def _document(each: Directive, *, is_party: bool) -> Paragraph:
    text = f"- {wording.upper_first(wording.document_words(each, is_party=is_party))}."
    return words(text, Source(SourceKind.DIRECTIVE, each.owner_id, str(each.pk)))


def work(scope: Scope, load: Workload) -> list[Block]:
    """III. The four boxes with their denominator; the overdue ones stand in the first annex."""
    if not load.total:
        return [words("Trong kỳ không có nhiệm vụ giao cho đơn vị.")]
    code = scope.territory.code
    total = Run(numbers.format_int(load.total), Source(SourceKind.TASKS, code))
    columns = (Column("Tình trạng", 85), Column("Số nhiệm vụ", 40, numeric=True), Column("Tỷ lệ", 40, numeric=True))
    rows = []
    for box in TaskBox:
        source = Source(SourceKind.TASKS, code, BOX_ADDRESSES[box].value)
        count = load.count(box)
        share = wording.counted(count, load.total).split(" ", 1)[1].strip("()")
        rows.append(
            Row(
                (
                    (Run(wording.upper_first(box.label)),),
                    (Run(f"{numbers.format_int(count)}/{numbers.format_int(load.total)}", source),),
                    (Run(share),),
                )
            )
        )
    lead = Paragraph(
        (
            Run("Tính trên "),
            total,
            Run(" nhiệm vụ đã giao cho đơn vị, không tính nhiệm vụ đã kết thúc theo dõi:"),
        )
    )
    found: list[Block] = [lead, Table("Tình hình thực hiện nhiệm vụ", columns, tuple(rows))]
    if load.overdue:
        late = Run(
            wording.two_digits(len(load.overdue)), Source(SourceKind.TASKS, code, BOX_ADDRESSES[TaskBox.OVERDUE].value)
        )
        rest = Run(" nhiệm vụ quá hạn chưa hoàn thành tại Phụ lục kèm theo.")
        found.append(Paragraph((Run("Danh sách "), late, rest)))
    return found


def due_of(task: Task) -> str:
    """When a task is due, in words."""
    return due_words(task.due_on, task.due_time, task.qualifier) or task.recurrence or "chưa rõ"


def lead_of(task: Task) -> str:
    """Who leads a task."""
    return task.lead.name if task.lead else ""


def next_period(load: Workload, start: date, end: date) -> list[Block]:
    """VII. Tasks due in the next period, nearest first."""
    coming = load.due_between(start, end)
    span = f"từ ngày {dates.format_date(start)} đến ngày {dates.format_date(end)}"
    if start == end:
        span = f"ngày {dates.format_date(start)}"
    if not coming:
        return [words(f"Kỳ tới ({span}) không có nhiệm vụ đến hạn.")]
    how_many = wording.two_digits(len(coming))
    found: list[Block] = [words(f"Kỳ tới ({span}) có {how_many} nhiệm vụ đến hạn, trọng tâm là:")]
    found += [_coming(each) for each in coming[:TASKS_NAMED]]
    if len(coming) > TASKS_NAMED:
        found.append(words(f"Và {len(coming) - TASKS_NAMED} nhiệm vụ khác đến hạn trong kỳ."))
    return found


def _coming(each: TaskAt) -> Paragraph:
    task = each.task
    content = " ".join(task.content.split()).rstrip(" .;")
    text = f"- {wording.upper_first(content)} (chủ trì: {lead_of(task)}; hạn: {due_of(task)}; {task.directive.label})."
    return words(text, Source(SourceKind.TASK, task.lead_id or "", task.code))


def overdue_annex(load: Workload) -> Annex:
    """Overdue tasks, longest first; only where there are any."""
    columns = (
        Column("TT", 10),
        Column("Nội dung nhiệm vụ", 98),
        Column("Đơn vị chủ trì", 45),
        Column("Văn bản giao", 36),
        Column("Thời hạn", 36),
        Column("Tình trạng", 32),
    )
    rows = tuple(
        Row(
            (
                (Run(str(number)),),
                (
                    Run(
                        " ".join(each.task.content.split()),
                        Source(SourceKind.TASK, each.task.lead_id or "", each.task.code),
                    ),
                ),
                (Run(lead_of(each.task)),),
                (Run(each.task.directive.label),),
                (Run(due_of(each.task)),),
                (Run(each.verdict_text),),
            )
        )
        for number, each in enumerate(load.overdue, start=1)
    )
    title = "Nhiệm vụ quá hạn chưa hoàn thành"
    return Annex(title, (Table(title, columns, rows),))

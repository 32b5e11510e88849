"""Duties to report: who sends what to whom, how often, by which hour (docs/reading.md, «Regimes»)."""

from __future__ import annotations

from xanh.reading import assign, sentences
from xanh.reading.model import Regime, Task
from xanh.reading.tasks import Found
from xanh.reading.view import View, words

_REPORTS = words(
    r"(?<!\w)(?:[Bb]áo(?: \d{1,3})? cáo|[Bb]áo ngay|[Gg]ửi|[Nn]ộp báo cáo|[Pp]hản hồi|[Tt]hông tin, báo"
    r"|[Cc]ung cấp (?:(?:đầy đủ|kịp thời),? )?(?:số liệu|dữ liệu|thông tin|cho)"
    r"|[Pp]hản ánh(?= (?:về|với|kịp|đến)))(?!\w)",
)
_SYSTEM_OF_REPORTS = words(
    r"(?:chế độ (?:thông tin,? ?)?(?:và )?báo(?: \d{1,3})? cáo|chế độ thông tin|có trách nhiệm "
    r"(?:theo dõi, |tổng hợp, |tổng hợp và )*báo cáo|(?:thực hiện|duy trì) (?:nghiêm (?:túc )?|tốt "
    r")?(?:việc )?báo cáo)",
    0,
)
_TRIGGER = words(
    r"(?P<when>(?:[Nn]ếu|[Kk]hi|[Tt]rường hợp|[Mm]ỗi khi)(?: (?:có|phát sinh|xảy ra|gặp|thấy|"
    r"\w+))[^,;.]*(?:, vướng mắc)?),"
)
_ON_REQUEST = words(r"theo yêu cầu(?: của [^.;,]{3,60})?")
_NO_REPORT = words(
    r"(?:sơ kết|tổng kết|báo cáo (?:viên|chuyên đề|tài chính|thông minh|điện tử)|hệ thống báo cáo|phần mềm báo cáo)"
)


def of_task(view: View, found: Found) -> list[Regime]:
    """The regimes that a task of running text contains: none, or one."""
    task, clause = found.task, found.clause
    if task.due is not None or task.borderline:
        return []
    heard = assign.heard(view, clause.start, clause.end)
    trigger = _TRIGGER.search(view.body, clause.start, clause.end)
    ordered = _SYSTEM_OF_REPORTS.search(view.body, clause.start, clause.end)
    if not (clause.cadence or trigger or ordered):
        return []
    stretch = _reporting_stretch(view, found)
    if stretch is None:
        return []
    quote, _ = view.broken_quote(*stretch)
    to = assign.printed(view, assign.addressees(view, *stretch)) or task.report_to
    who, to_whom = (assign.printed(view, heard), task.lead) if heard else (task.lead, to)
    if not (who or to_whom or clause.cadence):
        return []
    cadence = clause.cadence.text if clause.cadence else None
    if cadence is None and trigger:
        cadence = view.text[trigger.start("when") : trigger.end("when")]
    if cadence is None and (request := _ON_REQUEST.search(view.body, *stretch)):
        cadence = view.text[request.start() : request.end()].strip(" .,;")
    rule = "regime.cadence" if clause.cadence else "regime.trigger" if trigger else "regime.duty"
    return [
        Regime(
            quote.quote,
            quote.start,
            quote.end,
            who,
            to_whom,
            cadence,
            clause.cadence.cutoff if clause.cadence else None,
            clause.cadence.items if clause.cadence else None,
            0.9 if clause.cadence else 0.75,
            rule,
        )
    ]


def _reporting_stretch(view: View, found: Found) -> tuple[int, int] | None:
    """The part of a task between semicolons that reports, from its cadence or trigger on."""
    clause = found.clause
    parts = sentences.clauses(view.body, clause.start, clause.end)
    for index, (start, end) in enumerate(parts):
        reports = _REPORTS.search(view.body, start, end)
        if not reports or (
            _NO_REPORT.search(view.body, start, end) and not _SYSTEM_OF_REPORTS.search(view.body, start, end)
        ):
            continue
        cadence_here = clause.cadence is not None and start <= clause.cadence.start < end
        if clause.cadence is None or cadence_here:
            later = end if index + 1 == len(parts) or clause.cadence else _also_reports(view, parts, index)
            return (start, later)
        if clause.cadence.start < start:
            return (clause.cadence.start, end) if index == 1 else (start, end)
    return None


def _also_reports(view: View, parts: list[tuple[int, int]], index: int) -> int:
    """«…; đồng thời báo cáo …» belongs to the same duty."""
    end = parts[index][1]
    for start, later in parts[index + 1 :]:
        if not words(r" *đồng thời báo cáo").match(view.body, start):
            break
        end = later
    return end


def of_row(view: View, task: Task) -> list[Regime]:
    """A row «Báo cáo …» with a cadence is also a regime."""
    if not task.recurrence or not words(r"(?:[Bb]áo cáo|[Gg]ửi|[Cc]ung cấp)(?!\w)").match(view.body, task.start):
        return []
    first = task.recurrence[0]
    return [
        Regime(
            task.quote,
            task.start,
            task.end,
            task.lead,
            task.report_to,
            first.text,
            first.cutoff_text,
            task.recurrence,
            0.85,
            "regime.row",
        )
    ]

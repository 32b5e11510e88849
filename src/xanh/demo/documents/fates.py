"""What becomes of the sample tasks: done in time, done late, waiting to be confirmed, asked to be extended, overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from xanh.core import dates
from xanh.demo import chance, places
from xanh.demo.people import People, ProvincePeople
from xanh.demo.span import Span
from xanh.org.models import Post, Unit
from xanh.people.models import User
from xanh.tasks import actions as tasks
from xanh.tasks import extensions
from xanh.tasks.models import Task

# Weights for tasks past their due, and for those before it.
PAST = (("on_time", 74.0), ("late", 10.0), ("waiting", 6.0), ("overdue", 10.0))
COMING = (("progress", 45.0), ("done_early", 18.0), ("extension", 6.0), ("returned", 5.0), ("quiet", 26.0))
EVIDENCE = "https://tinhmau.example/ket-qua"
NOTES = (
    "Đã phân công cán bộ thực hiện, đang rà soát từng đầu mục.",
    "Đã hoàn thành phần thuộc cơ quan, đang chờ ý kiến phối hợp.",
    "Đã dự thảo xong, đang xin ý kiến thường trực.",
)
EXTENSION_REASON = "Mưa bão kéo dài, chưa đi rà soát hết các thôn."
RETURN_REASON = "Chưa kèm danh sách chi tiết. Đề nghị bổ sung rồi báo cáo lại."


@dataclass(frozen=True, slots=True)
class _Case:
    """One task with the people who act on it and the span in which they can."""

    task: Task
    worker: User
    judge: User
    begins: datetime
    now: datetime

    def moment(self, share: float, until: datetime | None = None) -> datetime:
        """An instant between the assignment and `until` (or now)."""
        return self.begins + (min(until or self.now, self.now) - self.begins) * share


def let_work(*, span: Span, people: People) -> None:
    """Play every led task from its assignment up to the instant of the span."""
    assert people.province is not None  # noqa: S101  appoint_all always names the province's people
    for task in Task.objects.assigned().select_related("lead").order_by("code"):
        worker = _worker(task, people, people.province)
        if worker is None:
            continue
        case = _Case(task, worker, people.province.consolidators[1], task.assigned_at, span.at)
        _FATES[_fate(task, span)](case)


def _worker(task: Task, people: People, province: ProvincePeople) -> User | None:
    """Who reports for the leading unit: a block's clerk, the standing office, or whoever has a post at the body."""
    lead = task.lead
    if lead is None:
        return None
    if lead.code in people.blocks:
        return people.blocks[lead.code].clerk
    if lead.code == f"{places.PROVINCE}-VPTU":
        return province.consolidators[0]
    post = Post.objects.filter(unit=lead).select_related("person").first()
    return post.person if post else None


def _fate(task: Task, span: Span) -> str:
    lead, due_at = task.lead, task.due_at
    if due_at is None:
        return "progress"
    if lead is not None and lead.commune_code == places.FIRST_COMMUNE:
        return _first_commune(task, lead, span)
    table = PAST if due_at <= span.at else COMING
    return chance.weighted(table, task.code.split(".")[0].split("-")[-1], task.directive_id, lead.code if lead else "")


def _first_commune(task: Task, lead: Unit, span: Span) -> str:
    """Xã Tân Mẫu: one task overdue (the committee's), those that are coming run on."""
    if task.due_at is not None and task.due_at > span.at:
        return "progress"
    return "overdue" if lead.block == "committee" else "on_time"


def _report(case: _Case, at: datetime) -> None:
    code = case.task.pk
    tasks.note_progress(
        code=code, note=chance.pick(NOTES, code), progress_pct=60, by=case.worker, at=case.moment(0.3, at)
    )
    link = f"{EVIDENCE}/{code.lower()}"
    tasks.attach_link(code=code, label="Văn bản kết quả", link=link, by=case.worker, at=at - timedelta(minutes=5))
    tasks.report_done(code=code, note="Đã hoàn thành, kèm minh chứng.", by=case.worker, at=at)


def _accept(case: _Case, reported_at: datetime) -> None:
    _report(case, reported_at)
    at = min(reported_at + timedelta(hours=20), case.moment(0.999))
    tasks.accept_task(code=case.task.pk, by=case.judge, at=max(at, reported_at))


def _on_time(case: _Case) -> None:
    _accept(case, case.moment(chance.between(0.5, 0.95, case.task.pk, "on time"), case.task.due_at))


def _late(case: _Case) -> None:
    due_at = case.task.due_at or case.now
    _accept(case, due_at + (case.now - due_at) * chance.between(0.2, 0.9, case.task.pk, "late"))


def _waiting(case: _Case) -> None:
    _report(case, case.moment(0.9, case.task.due_at))


def _progress(case: _Case) -> None:
    share = chance.whole(2, 8, case.task.pk, "progress") * 10
    note = chance.pick(NOTES, case.task.pk)
    tasks.note_progress(code=case.task.pk, note=note, progress_pct=share, by=case.worker, at=case.moment(0.7))


def _done_early(case: _Case) -> None:
    _accept(case, case.moment(0.8))


def _extension(case: _Case) -> None:
    _progress(case)
    due_on = (case.task.due_on or dates.local_date(case.now)) + timedelta(days=10)
    extensions.ask_extension(
        code=case.task.pk,
        due_on=due_on,
        reason=EXTENSION_REASON,
        is_objective=True,
        by=case.worker,
        at=case.moment(0.9),
    )


def _returned(case: _Case) -> None:
    _report(case, case.moment(0.7))
    tasks.return_task(code=case.task.pk, reason=RETURN_REASON, by=case.judge, at=case.moment(0.85))


def _quiet(case: _Case) -> None:
    """Nobody has reported anything; the light of a task past its due is judged as the clock would have done."""
    del case


_FATES = {
    "on_time": _on_time,
    "late": _late,
    "waiting": _waiting,
    "overdue": _quiet,
    "progress": _progress,
    "done_early": _done_early,
    "extension": _extension,
    "returned": _returned,
    "quiet": _quiet,
}


def clock_until(at: datetime) -> None:
    """Judge the tasks whose time has come up to an instant, day by day, as the clock would have."""
    day = dates.local_date(at) - timedelta(days=60)
    while day <= dates.local_date(at):
        tasks.rejudge_due(at=min(dates.at_local(day, time(23, 59)), at))
        day += timedelta(days=1)

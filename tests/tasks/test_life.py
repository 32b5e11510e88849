"""The life of a task: reported, accepted or returned, ended by a document, changed, re-judged by the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.tasks.cases import Work
from xanh.core.workflow import NotAllowed
from xanh.events.models import Event
from xanh.kit.models import StoredFile
from xanh.lights.models import LightChange
from xanh.org.models import Unit
from xanh.tasks import actions, assign, extensions, queries, story
from xanh.tasks.models import Task, TaskChange, TaskEvidence

IN_TIME = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
# The commune's task is due at 11:00 of 27/11 in Vietnam, 04:00 UTC.
DUE = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
ONE = timedelta(microseconds=1)


def test_a_task_reported_in_time_and_confirmed_late_is_done_on_time(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Đã ban hành kế hoạch", by=work.worker, at=DUE - ONE)
    done = actions.accept_task(code=work.commune.pk, by=work.judge, at=LATE)
    assert (done.state, done.done_at, done.accepted_at) == ("ACCEPTED", DUE - ONE, LATE)
    assert (done.light, done.reason) == ("GREEN", "TASK_DONE_ON_TIME")


def test_a_task_reported_at_the_due_instant_is_done_late(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Đã ban hành", by=work.worker, at=DUE)
    done = actions.accept_task(code=work.commune.pk, by=work.judge, at=LATE)
    assert (done.light, done.reason) == ("GREEN", "TASK_DONE_LATE")


def test_the_clock_stands_still_while_a_report_waits_and_runs_on_when_it_is_returned(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Đã ban hành", by=work.worker, at=IN_TIME)
    # The office and the two other communes; the reported task waits for no instant.
    assert actions.rejudge_due(at=LATE) == 3
    assert queries.overdue_counts(["99001"], LATE) == {}
    back = actions.return_task(code=work.commune.pk, reason="Thiếu phụ lục", by=work.judge, at=LATE)
    assert (back.state, back.light, back.reported_done_at) == ("RETURNED", "RED", None)
    assert queries.overdue_counts(["99001"], LATE) == {"99001": 1}


def test_nobody_confirms_his_own_report(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Xong", by=work.judge, at=IN_TIME)
    with pytest.raises(actions.OwnReport):
        actions.accept_task(code=work.commune.pk, by=work.judge, at=IN_TIME)


def test_the_database_itself_refuses_that_somebody_confirms_his_own_report(work: Work) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=work.commune.pk).update(reported_by="7", accepted_by="7")


def test_only_a_reported_task_can_be_confirmed_or_returned(work: Work) -> None:
    with pytest.raises(NotAllowed):
        actions.accept_task(code=work.commune.pk, by=work.judge, at=IN_TIME)
    with pytest.raises(NotAllowed):
        actions.return_task(code=work.commune.pk, reason="?", by=work.judge, at=IN_TIME)


def test_a_report_can_be_taken_back_before_it_is_judged(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=IN_TIME)
    task = actions.withdraw_report(code=work.commune.pk, by=work.worker, at=IN_TIME)
    assert (task.state, task.reported_done_at, task.reported_by) == ("RUNNING", None, "")


def test_a_common_task_is_reported_by_its_units_not_as_a_whole(work: Work) -> None:
    with pytest.raises(actions.CommonTask):
        actions.report_done(code=work.parent.pk, note="Xong", by=work.giver, at=IN_TIME)


def test_a_document_ends_the_follow_up_of_a_common_task_and_its_open_children(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=IN_TIME)
    actions.accept_task(code=work.commune.pk, by=work.judge, at=IN_TIME)
    actions.end_task(code=work.parent.pk, document="09-TB/BCĐ ngày 25/11/2026", by=work.giver, at=LATE)
    states = dict(Task.objects.filter(parent=work.parent).values_list("lead", "state"))
    assert states == {"99001": "ACCEPTED", "99002": "ENDED", "99020": "ENDED"}
    assert Event.objects.filter(kind="task.ended").count() == 1
    roll_up = story.story(queries.task(work.parent.pk), LATE).roll_up
    assert roll_up == queries.FourBoxes(1, 0, 0, 0)


def test_the_database_itself_asks_for_the_document_that_ends_a_task(work: Work) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=work.commune.pk).update(state="ENDED", ended_at=LATE)


def test_an_ended_task_takes_no_notes_until_it_is_followed_again(work: Work) -> None:
    actions.end_task(code=work.commune.pk, document="09-TB/BCĐ", by=work.giver, at=IN_TIME)
    with pytest.raises(NotAllowed):
        actions.note_progress(code=work.commune.pk, note="Ghi thêm", progress_pct=None, by=work.worker, at=IN_TIME)
    again = actions.reopen_task(code=work.commune.pk, reason="Kết luận mới", by=work.giver, at=IN_TIME)
    assert (again.state, again.ended_document) == ("RUNNING", "")
    note = actions.note_progress(code=work.commune.pk, note=" Đang làm ", progress_pct=40, by=work.worker, at=IN_TIME)
    assert (note.note, Task.objects.get(pk=work.commune.pk).progress_pct) == ("Đang làm", 40)


def test_a_turned_light_is_recorded_once_by_the_clock(work: Work) -> None:
    warned = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    before = LightChange.objects.count()
    assert actions.rejudge_due(at=warned) == 4
    turns = LightChange.objects.order_by("id")[before:]
    assert sorted((turn.unit_code, turn.old, turn.new) for turn in turns) == [
        ("00-VPTU", "GREEN", "RED"),
        ("99001", "GREEN", "AMBER"),
        ("99002", "GREEN", "AMBER"),
        ("99020", "GREEN", "AMBER"),
    ]
    assert actions.rejudge_due(at=warned) == 0
    assert Event.objects.filter(kind="lights.rejudged").count() == 1
    assert actions.rejudge_due(at=DUE, limit=2) == 2
    assert actions.rejudge_due(at=DUE, limit=2) == 1


def test_the_lead_fills_in_only_what_its_document_leaves_open(work: Work) -> None:
    with pytest.raises(actions.NothingToFill):
        actions.clarify_task(code=work.commune.pk, due_on=date(2026, 12, 1), by=work.worker, at=IN_TIME)
    Task.objects.filter(pk=work.commune.pk).update(product="", due_on=None, due_at=None, warn_at=None, due_time=None)
    task = actions.clarify_task(
        code=work.commune.pk,
        due_on=date(2026, 12, 1),
        product="Kế hoạch",
        person="Lê Thị Xã",
        by=work.worker,
        at=IN_TIME,
    )
    assert (task.due_at, task.product) == (datetime(2026, 12, 1, 17, 0, tzinfo=UTC), "Kế hoạch")
    changes = TaskChange.objects.filter(task=task).values_list("field", "old", "new")
    assert set(changes) == {
        ("product", "", "Kế hoạch"),
        ("person", "", "Lê Thị Xã"),
        ("due", "", "chậm nhất ngày 01/12/2026"),
    }


def test_changes_of_a_common_task_reach_its_children_but_not_the_due_of_one_with_an_extension(work: Work) -> None:
    extensions.adjust_due(
        code=work.commune.pk,
        due_on=date(2026, 12, 20),
        authority="10-TB/BCĐ",
        reason="Sáp nhập thôn",
        by=work.judge,
        at=IN_TIME,
    )
    actions.change_task(
        code=work.parent.pk,
        content="Xây dựng kế hoạch chi tiết năm 2027",
        product="kế hoạch chi tiết",
        due_on=date(2026, 12, 5),
        ground="11-TB/BCĐ",
        by=work.giver,
        at=IN_TIME,
    )
    dues = dict(Task.objects.filter(parent=work.parent).values_list("lead", "due_on"))
    assert dues == {"99001": date(2026, 12, 20), "99002": date(2026, 12, 5), "99020": date(2026, 12, 5)}
    contents = set(Task.objects.filter(parent=work.parent).values_list("content", flat=True))
    assert contents == {"Xây dựng kế hoạch chi tiết năm 2027"}
    assert Event.objects.filter(kind="task.changed").count() == 1


def test_a_unit_that_joined_later_gets_the_common_task_by_an_explicit_act(work: Work) -> None:
    unit = Unit.objects.get(pk="00-UB")
    child = assign.join_group(parent_code=work.parent.pk, unit=unit, by=work.giver, at=IN_TIME)
    assert (child.lead_id, child.due_at, child.assigned_at) == ("00-UB", DUE, IN_TIME)
    with pytest.raises(assign.AlreadyMember):
        assign.join_group(parent_code=work.parent.pk, unit=unit, by=work.giver, at=IN_TIME)


def test_evidence_is_a_file_that_was_judged_or_a_link(work: Work) -> None:
    actions.attach_link(code=work.commune.pk, label="", link="https://tanmau.example/kh", by=work.worker, at=IN_TIME)
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 64
    kept = actions.attach_file(
        code=work.commune.pk, label="Ảnh hội nghị", content=png, name="anh.png", by=work.worker, at=IN_TIME
    )
    assert kept.file is not None
    assert (kept.file.size, kept.file.media_type) == (72, "image/png")
    files_before = StoredFile.objects.count()
    with pytest.raises(actions.EvidenceRefused):
        actions.attach_file(
            code=work.commune.pk, label="", content=b"MZ" + b"0" * 64, name="anh.png", by=work.worker, at=IN_TIME
        )
    assert (TaskEvidence.objects.count(), StoredFile.objects.count()) == (2, files_before)


def test_nobody_leads_means_nothing_is_created(work: Work) -> None:
    order = assign.TaskOrder(content="Việc", quote="Việc", start=0, end=4, units=[])
    with pytest.raises(assign.NobodyLeads):
        assign.assign_tasks(directive=work.directive, orders=[order], by=work.giver, at=IN_TIME)
    assert Task.objects.count() == 5

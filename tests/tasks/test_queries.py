"""Four boxes with their denominator, ageing, filters and groups; hypothesis compares SQL with the rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.tasks.cases import Work
from xanh.core import status
from xanh.core.status import TaskBox
from xanh.core.workflow import NotAllowed
from xanh.org import access as org_access
from xanh.tasks import actions, extensions, judging, queries, story
from xanh.tasks.models import Task
from xanh.tasks.queries import FourBoxes, Narrowing, TaskFilter

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def viewer(user: factories.User) -> org_access.Viewer:
    return org_access.viewer_of(user, day=NOW.date())


def test_every_task_of_a_unit_stands_in_one_of_four_boxes_and_common_tasks_in_none(work: Work) -> None:
    assert queries.boxes(TaskFilter(), NOW) == FourBoxes(done_on_time=0, done_late=0, running=3, overdue=1)
    assert queries.boxes(TaskFilter(lead="99001"), NOW).total == 1
    assert queries.boxes(TaskFilter(lead="00"), NOW).total == 4
    assert queries.boxes(TaskFilter(directive_id=work.directive.pk + 1), NOW).total == 0
    assert queries.boxes(TaskFilter(programme="NQ57", words="ke hoach chi tiet"), NOW).total == 3


def test_the_denominator_is_named(work: Work) -> None:
    assert queries.denominator_label(TaskFilter(), 4) == (
        "4 nhiệm vụ đã giao cho đơn vị, không tính nhiệm vụ đã kết thúc theo dõi"
    )


def test_each_box_leads_to_exactly_its_tasks(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=NOW)
    actions.accept_task(code=work.commune.pk, by=work.judge, at=NOW)
    boxes = queries.boxes(TaskFilter(), NOW)
    assert boxes == FourBoxes(1, 0, 2, 1)
    for box, count in boxes.counts():
        chosen = TaskFilter(narrowing=queries.BOX_ADDRESSES[box].value)
        found = list(queries.listing(viewer(work.judge), chosen, NOW))
        assert len(found) == count
        assert {status.task_box(judging.facts_of(task), NOW) for task in found} <= {box}


def test_the_other_narrowings_find_what_they_say(work: Work) -> None:
    extensions.ask_extension(code=work.commune.pk, due_on=date(2026, 12, 5), reason="x", by=work.worker, at=NOW)
    Task.objects.filter(lead="99002").update(product="")
    actions.end_task(code=Task.objects.get(lead="99020").pk, document="09-TB/BCĐ", by=work.judge, at=NOW)
    office = viewer(work.judge)

    def leads(narrowing: Narrowing) -> list[str]:
        return [task.lead_id or "" for task in queries.listing(office, TaskFilter(narrowing=narrowing.value), NOW)]

    assert leads(Narrowing.EXTENSION_ASKED) == ["99001"]
    assert leads(Narrowing.UNCLEAR) == ["99002"]
    assert leads(Narrowing.ENDED) == ["99020"]
    assert leads(Narrowing.DUE_SOON) == ["99001", "99002"]
    actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=NOW)
    assert leads(Narrowing.WAITING) == ["99001"]
    assert leads(Narrowing.DUE_SOON) == ["99002"]


@pytest.mark.parametrize(
    ("days", "band"),
    [(1, "1–7 ngày"), (7, "1–7 ngày"), (8, "8–30 ngày"), (30, "8–30 ngày"), (31, "trên 30 ngày")],
)
def test_overdue_tasks_are_counted_by_how_long(work: Work, days: int, band: str) -> None:
    # The office's task was due on 20/11; the communes' on 27/11 11:00 are ended here, so that one task remains.
    actions.end_task(code=work.parent.pk, document="09-TB/BCĐ", by=work.giver, at=NOW)
    now = datetime(2026, 11, 20, 5, 0, tzinfo=UTC) + timedelta(days=days)
    counts = dict(queries.ageing(viewer(work.judge), TaskFilter(), now))
    assert counts == {**dict.fromkeys(queries.BANDS, 0), band: 1}


def test_groups_carry_their_own_four_boxes(work: Work) -> None:
    office = viewer(work.judge)
    by_lead = queries.grouped(office, TaskFilter(), "don_vi", NOW)
    assert {(group.key, group.boxes.total, group.boxes.overdue) for group in by_lead} == {
        ("00-VPTU", 1, 1),
        ("99001", 1, 0),
        ("99002", 1, 0),
        ("99020", 1, 0),
    }
    by_document = queries.grouped(office, TaskFilter(), "van_ban", NOW)
    assert [(group.key, group.boxes.total) for group in by_document] == [(str(work.directive.pk), 4)]
    assert [group.label for group in queries.grouped(office, TaskFilter(), "chuong_trinh", NOW)] == ["Nghị quyết 57"]


def test_the_start_page_shows_own_tasks_and_what_waits_for_one_s_judgement(work: Work) -> None:
    actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=NOW)
    of_office = queries.tasks_for_today(viewer(work.judge), NOW)
    assert [row.task.lead_id for row in of_office.overdue] == ["00-VPTU"]
    assert [row.task.lead_id for row in of_office.waiting] == ["99001"]
    neighbour = factories.person("clerk", "99002-UB")
    of_neighbour = queries.tasks_for_today(viewer(neighbour), NOW)
    assert [row.task.lead_id for row in of_neighbour.due_soon] == ["99002"]
    assert of_neighbour.waiting == []


def test_the_story_tells_sentence_dots_changes_and_who_did_what(work: Work) -> None:
    actions.note_progress(code=work.commune.pk, note="Đã có dự thảo", progress_pct=60, by=work.worker, at=NOW)
    told = story.story(queries.task(work.commune.pk), NOW)
    text = work.directive.text
    assert told.before + work.commune.quote + told.after in text
    assert told.unclear == ""
    assert [entry.what for entry in told.timeline] == ["Cập nhật tiến độ", "Giao nhiệm vụ"]
    assert told.timeline[0].detail == "Đã có dự thảo"
    assert told.children == []
    assert told.roll_up is None


def test_a_moved_due_stands_in_the_story_with_its_ground(work: Work) -> None:
    extensions.adjust_due(
        code=work.commune.pk, due_on=date(2026, 12, 5), authority="12-TB/BCĐ", reason="Chung", by=work.judge, at=NOW
    )
    newest = story.timeline(queries.task(work.commune.pk))[0]
    assert (newest.what, newest.who) == ("Thay đổi thời hạn", work.judge.full_name)
    assert newest.detail == (
        "từ “trước 11:00 ngày 27/11/2026” thành “chậm nhất ngày 05/12/2026” · Điều chỉnh thời hạn theo 12-TB/BCĐ"
    )


def test_a_recurring_task_is_not_called_unclear(work: Work) -> None:
    Task.objects.filter(pk=work.commune.pk).update(due_on=None, due_at=None, warn_at=None, recurrence="hằng tuần")
    row = queries.row_of(Task.objects.get(pk=work.commune.pk), NOW)
    assert (row.due, row.verdict.text) == ("hằng tuần", "đang thực hiện theo định kỳ: hằng tuần")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["report", "withdraw", "accept", "return", "end", "reopen"]),
        st.integers(min_value=0, max_value=96),
    ),
    max_size=8,
)


@given(ACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_a_task_sql_and_rule_put_it_into_the_same_box(
    work: Work, acts: list[tuple[str, int]]
) -> None:
    Task.objects.filter(pk=work.commune.pk).update(
        state="RUNNING", reported_done_at=None, reported_by="", done_at=None, accepted_at=None, accepted_by="",
        ended_at=None, ended_document="",
    )  # fmt: skip
    now = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    does = {
        "report": lambda at: actions.report_done(code=work.commune.pk, note="Xong", by=work.worker, at=at),
        "withdraw": lambda at: actions.withdraw_report(code=work.commune.pk, by=work.worker, at=at),
        "accept": lambda at: actions.accept_task(code=work.commune.pk, by=work.judge, at=at),
        "return": lambda at: actions.return_task(code=work.commune.pk, reason="x", by=work.judge, at=at),
        "end": lambda at: actions.end_task(code=work.commune.pk, document="09-TB/BCĐ", by=work.judge, at=at),
        "reopen": lambda at: actions.reopen_task(code=work.commune.pk, reason="x", by=work.judge, at=at),
    }
    for act, hours in acts:
        now += timedelta(hours=hours)
        try:
            does[act](now)
        except NotAllowed:
            continue
        task = Task.objects.get(pk=work.commune.pk)
        expected = status.task_box(judging.facts_of(task), judging.judged_at(task, now))
        counted = [box for box, count in queries.boxes(TaskFilter(lead="99001"), now).counts() if count]
        assert counted == ([expected] if expected else [])
        assert (task.state == "ACCEPTED") == (expected in (TaskBox.DONE_ON_TIME, TaskBox.DONE_LATE))

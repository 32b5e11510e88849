"""Điều chỉnh thời hạn: asked with a reason, granted with an authority, refused with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.tasks.cases import Work
from xanh.core.workflow import ExtensionState, NotAllowed
from xanh.tasks import actions, extensions
from xanh.tasks.models import Extension, Task, TaskChange

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LATER = date(2026, 12, 5)


def asked(work: Work) -> Extension:
    return extensions.ask_extension(
        code=work.commune.pk, due_on=LATER, reason="Chờ hướng dẫn", is_objective=True, by=work.worker, at=AT
    )


def test_a_granted_extension_moves_the_due_and_leaves_its_change(work: Work) -> None:
    extensions.grant_extension(
        extension_id=asked(work).pk, due_on=LATER, authority="Trưởng Ban Chỉ đạo tỉnh", by=work.judge, at=AT
    )
    task = Task.objects.get(pk=work.commune.pk)
    assert (task.due_on, task.due_at, task.light) == (LATER, datetime(2026, 12, 5, 17, 0, tzinfo=UTC), "GREEN")
    change = TaskChange.objects.get(task=task)
    assert (change.field, change.old, change.new, change.ground) == (
        "due",
        "trước 11:00 ngày 27/11/2026",
        "chậm nhất ngày 05/12/2026",
        "Điều chỉnh thời hạn theo Trưởng Ban Chỉ đạo tỉnh",
    )


def test_a_refused_extension_keeps_the_due(work: Work) -> None:
    extensions.refuse_extension(extension_id=asked(work).pk, answer="Việc gấp", by=work.judge, at=AT)
    task = Task.objects.get(pk=work.commune.pk)
    assert task.due_on == date(2026, 11, 27)
    assert extensions.state_of(task) is ExtensionState.REFUSED
    assert asked(work).state == "ASKED"


def test_only_one_request_waits_at_a_time(work: Work) -> None:
    asked(work)
    with pytest.raises(NotAllowed):
        asked(work)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            task=work.commune, state="ASKED", asked_due_on=LATER, reason="x", asked_at=AT, asked_by="1", asked_label="x"
        )


def test_an_answered_request_is_not_answered_again(work: Work) -> None:
    extension = asked(work)
    extensions.refuse_extension(extension_id=extension.pk, answer="Việc gấp", by=work.judge, at=AT)
    with pytest.raises(NotAllowed):
        extensions.grant_extension(extension_id=extension.pk, due_on=LATER, authority="X", by=work.judge, at=AT)


def test_who_asked_does_not_decide(work: Work) -> None:
    with pytest.raises(extensions.OwnRequest):
        extensions.grant_extension(extension_id=asked(work).pk, due_on=LATER, authority="X", by=work.worker, at=AT)


@pytest.mark.parametrize("due_on", [date(2026, 11, 27), date(2026, 11, 1)])
def test_an_extension_is_always_later(work: Work, due_on: date) -> None:
    with pytest.raises(extensions.NotLater):
        extensions.ask_extension(code=work.commune.pk, due_on=due_on, reason="x", by=work.worker, at=AT)
    with pytest.raises(extensions.NotLater):
        extensions.adjust_due(code=work.commune.pk, due_on=due_on, authority="X", reason="x", by=work.judge, at=AT)
    with pytest.raises(extensions.NotLater):
        extensions.grant_extension(extension_id=asked(work).pk, due_on=due_on, authority="X", by=work.judge, at=AT)


def test_the_assigner_s_own_adjustment_answers_a_waiting_request(work: Work) -> None:
    extension = asked(work)
    kept = extensions.adjust_due(
        code=work.commune.pk, due_on=date(2026, 12, 10), authority="12-TB/BCĐ", reason="Chung", by=work.judge, at=AT
    )
    assert (kept.pk, kept.state, kept.granted_due_on) == (extension.pk, "GRANTED", date(2026, 12, 10))


def test_a_closed_or_common_task_has_no_extension(work: Work) -> None:
    with pytest.raises(actions.CommonTask):
        extensions.ask_extension(code=work.parent.pk, due_on=LATER, reason="x", by=work.giver, at=AT)
    with pytest.raises(actions.CommonTask):
        extensions.adjust_due(code=work.parent.pk, due_on=LATER, authority="x", reason="x", by=work.judge, at=AT)
    actions.end_task(code=work.commune.pk, document="09-TB/BCĐ", by=work.judge, at=AT)
    with pytest.raises(NotAllowed):
        asked(work)


def test_the_database_itself_asks_for_authority_and_reason(work: Work) -> None:
    extension = asked(work)
    for columns in (
        {"state": "GRANTED", "decided_at": AT, "granted_due_on": LATER},
        {"state": "REFUSED", "decided_at": AT},
        {"state": "GRANTED", "authority": "X"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.filter(pk=extension.pk).update(**columns)

"""A light that turned is recorded once, with the reason; one that stayed is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from xanh.core.light import Light, Reason, verdict
from xanh.lights import actions, queries
from xanh.lights.models import LightChange

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
OVERDUE = verdict(Reason.TASK_OVERDUE, late="3 ngày")
RUNNING = verdict(Reason.TASK_RUNNING, left="còn 5 ngày")


def _turn(old: str, now: object = OVERDUE, *, subject: str = "task:1", unit_code: str = "99001-UB") -> actions.Turn:
    return actions.Turn(subject=subject, unit_code=unit_code, old=old, verdict=now)  # type: ignore[arg-type]


def test_a_turn_keeps_both_lights_and_the_reason_in_words() -> None:
    assert actions.record_turns([_turn("GREEN")], at=AT) == 1
    change = queries.changes_of("task:1").get()
    assert (change.old, change.new, change.reason) == ("GREEN", "RED", "TASK_OVERDUE")
    assert (change.text, change.unit_code, change.at) == ("quá hạn 3 ngày", "99001-UB", AT)


def test_a_light_that_stays_is_not_recorded() -> None:
    assert actions.record_turns([_turn("RED")], at=AT) == 0
    assert not queries.changes_of("task:1").exists()


def test_the_first_light_of_a_subject_is_a_turn_from_nothing() -> None:
    assert actions.record_turns([_turn("", RUNNING)], at=AT) == 1
    assert (queries.changes_of("task:1").get().old, RUNNING.light) == ("", Light.GREEN)


def test_only_real_turns_of_a_batch_are_counted() -> None:
    turns = [_turn("RED"), _turn("AMBER", subject="task:2"), _turn("GREEN", RUNNING, subject="task:3")]
    assert actions.record_turns(turns, at=AT) == 1
    assert list(LightChange.objects.filter(subject__in=["task:1", "task:2", "task:3"]).values_list("subject")) == [
        ("task:2",)
    ]


def test_the_turns_of_a_subject_come_oldest_first() -> None:
    actions.record_turns([_turn("", RUNNING)], at=AT)
    actions.record_turns([_turn("GREEN")], at=AT + timedelta(days=1))
    assert [change.new for change in queries.changes_of("task:1")] == ["GREEN", "RED"]


def test_the_turns_of_a_unit_come_newest_first_from_a_moment_on() -> None:
    for days, subject in enumerate(("task:1", "task:2", "task:3")):
        actions.record_turns([_turn("GREEN", subject=subject)], at=AT + timedelta(days=days))
    actions.record_turns([_turn("GREEN", subject="task:9", unit_code="99002-UB")], at=AT + timedelta(days=2))
    found = queries.changes_of_unit("99001-UB", since=AT + timedelta(days=1))
    assert [change.subject for change in found] == ["task:3", "task:2"]


def test_the_database_refuses_a_turn_that_changes_nothing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LightChange.objects.create(
            subject="task:1", unit_code="99001-UB", old="RED", new="RED", reason="TASK_OVERDUE", text="quá hạn", at=AT
        )

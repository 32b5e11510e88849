"""Writes about indicators: targets, questions and answers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from xanh.events import actions as events
from xanh.indicators.models import IndicatorQuestion, Target
from xanh.org.models import Unit
from xanh.people.models import User


class QuestionUnknown(Exception):
    """No such question on this indicator."""


@transaction.atomic
def ask_question(*, indicator_code: str, unit_code: str, question: str, by: User, at: datetime) -> IndicatorQuestion:
    """Ask the owner of an indicator; every unit will read the answer."""
    asked = IndicatorQuestion.objects.create(
        indicator_code=indicator_code, unit_id=unit_code, question=question, asked_by=by.full_name, asked_at=at
    )
    events.record(
        kind="indicator.asked",
        subject=("indicator", indicator_code),
        by=by,
        at=at,
        unit_code=unit_code,
        facts={"question": asked.pk},
    )
    return asked


@transaction.atomic
def answer_question(*, question_id: int, indicator_code: str, answer: str, by: User, at: datetime) -> IndicatorQuestion:
    """Answer once for all; raises QuestionUnknown."""
    asked = (
        IndicatorQuestion.objects.select_for_update(of=("self",))
        .filter(pk=question_id, indicator_code=indicator_code)
        .first()
    )
    if asked is None:
        raise QuestionUnknown(question_id)
    asked.answer, asked.answered_by, asked.answered_at = answer, by.full_name, at
    asked.save()
    events.record(
        kind="indicator.answered",
        subject=("indicator", indicator_code),
        by=by,
        at=at,
        unit_code=asked.unit_id,
        facts={"question": asked.pk},
    )
    return asked


@transaction.atomic
def set_target(
    *,
    indicator_code: str,
    unit: Unit | None,
    milestone_on: date,
    op: str,
    value_scaled: int | None,
    baseline_scaled: int | None = None,
    document: str,
    by: User | None,
    at: datetime,
) -> Target:
    """Set what an indicator must reach, for one unit or for all below; a later setting for the same day replaces it."""
    target, _ = Target.objects.update_or_create(
        indicator_code=indicator_code,
        unit=unit,
        milestone_on=milestone_on,
        defaults={
            "op": op,
            "value_scaled": value_scaled,
            "baseline_scaled": baseline_scaled,
            "set_on": at.date(),
            "document": document,
        },
    )
    facts = {"value": value_scaled, "op": op, "milestone_on": milestone_on, "document": document}
    events.record(
        kind="target.set",
        subject=("indicator", indicator_code),
        by=by,
        at=at,
        unit_code=unit.code if unit else "",
        facts=facts,
    )
    return target

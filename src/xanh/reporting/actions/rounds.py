"""Opens rounds; excuses a block with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from xanh.core import dates
from xanh.core.periods import Cadence, period_containing
from xanh.events import actions as events
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting.models import Excuse, Regime, Round


@transaction.atomic
def open_round(*, regime: Regime, day: date, at: datetime) -> Round:
    """The round of the period that contains `day`, opened if it was not yet."""
    period = period_containing(day, Cadence(regime.cadence))
    found, created = Round.objects.get_or_create(
        regime=regime,
        period_code=period.code,
        defaults={
            "period_start": period.start,
            "period_end": period.end,
            "opens_at": dates.at_local(period.end, regime.opens_at),
            "closes_at": dates.at_local(period.end, regime.closes_at),
        },
    )
    if created:
        facts = {"regime": regime.code, "period": period.code}
        events.record(kind="round.opened", subject=("round", found.pk), by=None, at=at, facts=facts)
    return found


def open_rounds(*, day: date, at: datetime) -> list[Round]:
    """Open today's rounds of every regime in force; safe to call again and again."""
    in_force = Regime.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day)
    return [open_round(regime=regime, day=day, at=at) for regime in in_force]


@transaction.atomic
def excuse_block(*, of_round: Round, unit: Unit, reason: str, by: User, capacity: str, at: datetime) -> Excuse:
    """Free a block from reporting in one round, with the reason that the receiving office accepts."""
    excuse, _ = Excuse.objects.update_or_create(
        round=of_round,
        unit=unit,
        defaults={"reason": reason, "granted_label": f"{by.full_name} ({capacity})", "granted_at": at},
    )
    events.record(
        kind="submission.excused",
        subject=("round", of_round.pk),
        by=by,
        at=at,
        unit_code=unit.code,
        facts={"reason": reason, "period": of_round.period_code},
        capacity=capacity,
    )
    return excuse

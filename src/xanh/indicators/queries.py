"""Reads about programmes, indicators and targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from xanh.core import text
from xanh.core.measures import Milestone
from xanh.indicators.models import Indicator, IndicatorQuestion, IndicatorSet, Phase, Programme, Target


def programmes() -> QuerySet[Programme]:
    """All programmes."""
    return Programme.objects.all()


def programme(code: str) -> Programme | None:
    """The programme with a code."""
    return Programme.objects.filter(pk=code).first()


def phase_on(programme_code: str, day: date) -> Phase | None:
    """The phase in which a day lies."""
    return Phase.objects.filter(programme_id=programme_code, starts_on__lte=day, ends_on__gte=day).first()


def sets_on(programme_code: str, day: date) -> QuerySet[IndicatorSet]:
    """The versions of a programme's sets that hold on a day."""
    return IndicatorSet.objects.filter(programme_id=programme_code, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )


def indicators_on(programme_code: str, day: date, *, block: str = "") -> list[Indicator]:
    """Indicators in force on a day, of one block if named, in the order of their set."""
    found = Indicator.objects.filter(set__in=sets_on(programme_code, day)).select_related("set")
    if block:
        found = found.filter(block=block)
    order = {"party": 1, "council": 2, "committee": 3, "front": 4}
    return sorted(found, key=lambda row: (order[row.block], row.order))


def indicator_on(code: str, day: date) -> Indicator | None:
    """The version of an indicator in force on a day."""
    return (
        Indicator.objects.filter(code=code, set__valid_from__lte=day)
        .filter(Q(set__valid_to=None) | Q(set__valid_to__gt=day))
        .select_related("set__programme")
        .first()
    )


def versions_of(code: str) -> QuerySet[Indicator]:
    """All versions of an indicator, newest first."""
    return Indicator.objects.filter(code=code).select_related("set").order_by("-set__valid_from")


def search(programme_code: str, day: date, *, words: str = "", block: str = "") -> list[Indicator]:
    """Indicators whose code or name holds the words; hits with right diacritics come first."""
    found = indicators_on(programme_code, day, block=block)
    wanted = " ".join(words.split())
    if not wanted:
        return found
    folded, exact = text.fold(wanted), text.nfc(wanted).casefold()
    hits = [row for row in found if folded in row.name_folded or folded in text.fold(row.code)]
    return sorted(hits, key=lambda row: exact not in text.nfc(row.name).casefold())


@dataclass(frozen=True, slots=True)
class TargetBook:
    """All targets in force on a day, for look-up by indicator and unit without further queries."""

    inherited: dict[str, Target]
    own: dict[tuple[str, str], Target]

    def target(self, indicator_code: str, *unit_codes: str) -> Target | None:
        """The nearest target: of the first unit (block, commune, province) that has its own, else the inherited."""
        for unit_code in unit_codes:
            found = self.own.get((indicator_code, unit_code))
            if found is not None:
                return found
        return self.inherited.get(indicator_code)

    def milestone(self, indicator: Indicator, *unit_codes: str) -> Milestone | None:
        """The same as a rule's input."""
        target = self.target(indicator.code, *unit_codes)
        return None if target is None else milestone_of(target, indicator.scale)


def milestone_of(target: Target, scale: int) -> Milestone:
    """A target as the input of the status rules; `scale` is the indicator's."""
    return Milestone(
        value=None if target.value_scaled is None else Decimal(target.value_scaled).scaleb(-scale),
        on=target.milestone_on,
        op=target.op,
        baseline=None if target.baseline_scaled is None else Decimal(target.baseline_scaled).scaleb(-scale),
        baseline_on=target.baseline_on,
    )


def target_book(day: date, *, unit_codes: list[str] | None = None) -> TargetBook:
    """Targets that speak about a day (of some units only, if given).

    The nearest milestone not yet passed goes first; where all have passed, the last one still binds.
    """
    found = Target.objects.filter(set_on__lte=day)
    if unit_codes is not None:
        found = found.filter(Q(unit=None) | Q(unit__in=unit_codes))
    past = found.filter(milestone_on__lt=day).order_by("milestone_on")
    coming = found.filter(milestone_on__gte=day).order_by("-milestone_on")
    inherited: dict[str, Target] = {}
    own: dict[tuple[str, str], Target] = {}
    for target in [*past, *coming]:
        if target.unit_id is None:
            inherited[target.indicator_code] = target
        else:
            own[target.indicator_code, target.unit_id] = target
    return TargetBook(inherited, own)


def questions_of(code: str) -> QuerySet[IndicatorQuestion]:
    """Questions asked on an indicator, newest first."""
    return IndicatorQuestion.objects.filter(indicator_code=code)

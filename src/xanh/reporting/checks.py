"""Runs the checks of the indicators over what a clerk typed, with the same rules that the browser runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xanh.core import rules
from xanh.core.measures import Kind
from xanh.core.periods import Cadence, period_containing
from xanh.indicators.kinds import Accumulation
from xanh.indicators.models import Indicator
from xanh.reporting.payload import Value


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken check: which indicator, how binding, the sentence for people, and the base it speaks about."""

    code: str
    level: rules.Level
    message: str
    base: str


@lru_cache(maxsize=2000)
def _checks(expressions: str, messages: str, levels: str) -> tuple[rules.Check, ...]:
    return rules.split_checks(expressions, messages, levels)


def checks_of(indicator: Indicator) -> tuple[rules.Check, ...]:
    """The parsed checks of an indicator."""
    return _checks(indicator.checks_expr, indicator.check_messages, indicator.check_levels)


def values_of(indicator: Indicator, value: Value | None) -> rules.Values:
    """A stated value as the rules see it; all missing where there is none or it does not apply."""
    if value is None or value.not_applicable:
        return rules.Values()
    return rules.Values.of(Kind(indicator.kind), value.n, value.d, indicator.scale)


def comparable_previous(indicator: Indicator, value: Value, previous: Value | None) -> Value | None:
    """The previous value that a rule may look at: a yearly running total starts anew in the first period of a year."""
    if previous is None or previous.not_applicable:
        return None
    if indicator.accumulation == Accumulation.CUMULATIVE_YEAR and previous.on.year != value.on.year:
        return None
    earlier = period_containing(previous.on, Cadence(indicator.cadence)).end
    return previous if earlier < period_containing(value.on, Cadence(indicator.cadence)).start else None


def breaches(
    indicator: Indicator, value: Value, previous: Value | None, others: Mapping[str, rules.Values]
) -> list[Breach]:
    """The checks that `value` breaks; checks with a missing part are skipped."""
    before = comparable_previous(indicator, value, previous)
    scope = rules.Scope(
        row=values_of(indicator, value),
        prev=None if before is None else values_of(indicator, before),
        others=others,
    )
    base = Accumulation(indicator.accumulation).label
    return [
        Breach(indicator.code, check.level, check.message, base)
        for check in checks_of(indicator)
        if rules.evaluate(check.rule, scope) is rules.Outcome.FAILED
    ]


def for_browser(indicator: Indicator) -> list[dict[str, Any]]:
    """The checks as JSON for the grid."""
    return [
        {"json": rules.to_json(check.rule), "level": check.level.value.lower(), "message": check.message}
        for check in checks_of(indicator)
    ]

"""Running a rule in Python, in exact fractions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from xanh.core import measures
from xanh.core.rules import syntax


class Outcome(StrEnum):
    """What became of a rule: in order, violated, or not to be decided because a value is missing."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True)
class Values:
    """The three values of a row; `v` is None where it cannot be computed."""

    n: int | None = None
    d: int | None = None
    v: Fraction | None = None

    @classmethod
    def of(cls, kind: measures.Kind, n: int | None, d: int | None, scale: int = 0) -> Values:
        """The values of a row of this kind; `v` follows core.measures.value_of."""
        return cls(n, d, measures.value_of(kind, n, d, scale))


@dataclass(frozen=True)
class Scope:
    """What a rule may see: the row, its last earlier period that has a value, and other rows by code ("DU-03")."""

    row: Values
    prev: Values | None = None
    others: Mapping[str, Values] = field(default_factory=dict)

    def values(self, row: str) -> Values:
        """The values of the row that a rule names; all missing where there is no such row."""
        if row == syntax.OWN:
            return self.row
        found = self.prev if row == syntax.PREVIOUS else self.others.get(row)
        return found or Values()


class _MissingError(Exception):
    """A value is missing or a division has no result: the rule is skipped."""


ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(rule: syntax.Rule, scope: Scope) -> Outcome:
    """Run `rule`. Skipped as soon as any value it names is missing, whichever way the rest would decide."""
    try:
        return Outcome.PASSED if _holds(rule.condition, scope) else Outcome.FAILED
    except _MissingError:
        return Outcome.SKIPPED


def _holds(condition: syntax.Condition, scope: Scope) -> bool:
    match condition:
        case syntax.Comparison(op=op, left=left, right=right):
            return _COMPARISONS[op](_number(left, scope), _number(right, scope))
        case syntax.Negation(condition=inner):
            return not _holds(inner, scope)
        case syntax.Joined(op=op, conditions=conditions):
            # A list, not a generator: a missing value behind a decided part skips the rule all the same.
            held = [_holds(each, scope) for each in conditions]
            return all(held) if op == "and" else any(held)


def _number(term: syntax.Term, scope: Scope) -> Fraction:
    match term:
        case syntax.Number(value=value):
            return value
        case syntax.Ref(row=row, part=part):
            value_or_none: int | Fraction | None = getattr(scope.values(row), part)
            if value_or_none is None:
                raise _MissingError
            return Fraction(value_or_none)
        case syntax.Negative(term=inner):
            return -_number(inner, scope)
        case syntax.Arithmetic(op=op, left=left, right=right):
            a, b = _number(left, scope), _number(right, scope)
            if op == "/" and b == 0:
                raise _MissingError
            return ARITHMETIC[op](a, b)
        case syntax.Call(function="abs", terms=terms):
            return abs(_number(terms[0], scope))
        case syntax.Call(function=function, terms=terms):
            numbers = [_number(each, scope) for each in terms]
            return min(numbers) if function == "min" else max(numbers)

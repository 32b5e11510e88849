"""A rule as JSON for the browser's interpreter (rules.js)."""

from __future__ import annotations

from typing import TypeAlias

from xanh.core.rules import syntax

Json: TypeAlias = "str | list[Json]"


def to_json(rule: syntax.Rule) -> Json:
    """The tree of `rule` as nested lists of strings, operator first; fractions as their two whole numbers.

    `n <= 0.5 * prev.d` → ["<=", ["ref", "", "n"], ["*", ["num", "1", "2"], ["ref", "prev", "d"]]].
    """
    return _condition(rule.condition)


def _condition(condition: syntax.Condition) -> Json:
    match condition:
        case syntax.Comparison(op=op, left=left, right=right):
            return [op, _term(left), _term(right)]
        case syntax.Joined(op=op, conditions=conditions):
            return [op, *(_condition(each) for each in conditions)]
        case syntax.Negation(condition=inner):
            return ["not", _condition(inner)]


def _term(term: syntax.Term) -> Json:
    match term:
        case syntax.Number(value=value):
            return ["num", str(value.numerator), str(value.denominator)]
        case syntax.Ref(row=row, part=part):
            return ["ref", row, part]
        case syntax.Negative(term=inner):
            return ["neg", _term(inner)]
        case syntax.Arithmetic(op=op, left=left, right=right):
            return [op, _term(left), _term(right)]
        case syntax.Call(function=function, terms=terms):
            return [function, *(_term(each) for each in terms)]

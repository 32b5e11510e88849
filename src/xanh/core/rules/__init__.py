"""The little language of checks: one grammar, parsed once, run in Python, in the browser and in SQL.

`n <= d`, `abs(d - prev.d) <= 0.02 * prev.d`, `d <= DU_03.d`: `n d v` are this row, `prev.` its last period, `DU_03.`
the row of indicator DU-03. Arithmetic is exact in all three places: numbers are fractions of whole numbers, 0.02 is
1/50.
A rule that misses one of its values, uses `v` without a denominator, or divides by 0, is skipped.
"""

from __future__ import annotations

from xanh.core.rules.checks import Check, Level, split_checks
from xanh.core.rules.evaluate import Outcome, Scope, Values, evaluate
from xanh.core.rules.javascript import to_json
from xanh.core.rules.sql import Measure, column_name, to_sql
from xanh.core.rules.syntax import Ref, Rule, RuleError, parse, references, uses_previous

__all__ = [
    "Check",
    "Level",
    "Measure",
    "Outcome",
    "Ref",
    "Rule",
    "RuleError",
    "Scope",
    "Values",
    "column_name",
    "evaluate",
    "parse",
    "references",
    "split_checks",
    "to_json",
    "to_sql",
    "uses_previous",
]

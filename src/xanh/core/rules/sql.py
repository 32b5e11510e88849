"""A rule as one boolean SQL expression, the same text for SQLite, PostgreSQL and DuckDB.

Every number is a pair of whole-number expressions (numerator, positive denominator) and comparisons are
cross-multiplied, so no decimal is ever rounded: the result equals the one in Python as long as the products fit the
columns' integer type. With counts up to 10⁸ the rules in use stay within 64 bits; a caller with larger ones casts in
`column`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xanh.core.measures import Kind
from xanh.core.rules import syntax
from xanh.core.rules.evaluate import ARITHMETIC

_COMPARISONS = {"==": "=", "!=": "<>"}


@dataclass(frozen=True)
class Measure:
    """How the `v` of a row follows from its columns: its kind and the decimals of its scale."""

    kind: Kind = Kind.RATIO
    scale: int = 0


@dataclass(frozen=True)
class _Pair:
    """numerator / denominator as SQL; the denominator is above 0 wherever the rule is not skipped.

    `constant` is the value where no column takes part: it is computed here, so that no database can overflow on it.
    """

    n: str
    d: str
    constant: Fraction | None = None

    @classmethod
    def of(cls, constant: Fraction) -> _Pair:
        numerator = constant.numerator
        return cls(f"({numerator})" if numerator < 0 else str(numerator), str(constant.denominator), constant)


def column_name(ref: syntax.Ref) -> str:
    """The default column of a value: n, prev_d, DU_03_n."""
    row = ref.row.replace("-", "_")
    return f"{row}_{ref.part}" if row else ref.part


def to_sql(
    rule: syntax.Rule,
    measures: Mapping[str, Measure] | None = None,
    *,
    column: Callable[[syntax.Ref], str] = column_name,
) -> str:
    """TRUE where the row is in order, FALSE where not, NULL where the rule is skipped.

    `measures` by row ("" for the row itself and its last period, else the code) says how `v` is computed from the whole
    numbers n and d; rows without an entry are ratios. `column` names the column (or casts it) of an n or a d; `v` never
    is a column of its own. Columns must be 64-bit integers or wider.
    """
    writer = _Writer(measures or {}, column, [])
    condition = writer.condition(rule.condition)
    needed = dict.fromkeys(
        f"{column(whole)} IS NULL" for ref in syntax.refs_of(rule) for whole in writer.whole_numbers(ref)
    )
    skipped = [*needed, *dict.fromkeys(writer.undefined)]
    return f"CASE WHEN {' OR '.join(skipped)} THEN NULL ELSE {condition} END" if skipped else condition


@dataclass(frozen=True)
class _Writer:
    measures: Mapping[str, Measure]
    column: Callable[[syntax.Ref], str]
    # Conditions under which a division has no result.
    undefined: list[str]

    def measure(self, ref: syntax.Ref) -> Measure:
        return self.measures.get(syntax.OWN if ref.row == syntax.PREVIOUS else ref.row, Measure())

    def whole_numbers(self, ref: syntax.Ref) -> tuple[syntax.Ref, ...]:
        """The columns behind a value."""
        if ref.part != "v":
            return (ref,)
        parts = ("n", "d") if self.measure(ref).kind is Kind.RATIO else ("n",)
        return tuple(syntax.Ref(ref.row, part) for part in parts)

    def condition(self, condition: syntax.Condition) -> str:
        match condition:
            case syntax.Comparison(op=op, left=left, right=right):
                a, b = self.term(left), self.term(right)
                return f"({_times(a.n, b.d)} {_COMPARISONS.get(op, op)} {_times(b.n, a.d)})"
            case syntax.Joined(op=op, conditions=conditions):
                return f"({f' {op.upper()} '.join(self.condition(each) for each in conditions)})"
            case syntax.Negation(condition=inner):
                return f"(NOT {self.condition(inner)})"

    def term(self, term: syntax.Term) -> _Pair:
        match term:
            case syntax.Number(value=value):
                return _Pair.of(value)
            case syntax.Ref():
                return self.value(term)
            case syntax.Negative(term=inner):
                pair = self.term(inner)
                return _Pair(f"(-{pair.n})", pair.d) if pair.constant is None else _Pair.of(-pair.constant)
            case syntax.Arithmetic(op=op, left=left, right=right):
                return self.arithmetic(op, self.term(left), self.term(right))
            case syntax.Call(function="abs", terms=terms):
                pair = self.term(terms[0])
                return _Pair(f"ABS({pair.n})", pair.d)
            case syntax.Call(function=function, terms=terms):
                first, *others = (self.term(each) for each in terms)
                for other in others:
                    first = _extreme("<=" if function == "min" else ">=", first, other)
                return first

    def arithmetic(self, op: str, a: _Pair, b: _Pair) -> _Pair:
        if a.constant is not None and b.constant is not None and not (op == "/" and b.constant == 0):
            return _Pair.of(ARITHMETIC[op](a.constant, b.constant))
        if op == "/":
            return self.quotient(a, b)
        if op == "*":
            return _Pair(_times(a.n, b.n), _times(a.d, b.d))
        if a.d == b.d:
            return _Pair(f"({a.n} {op} {b.n})", a.d)
        return _Pair(f"({_times(a.n, b.d)} {op} {_times(b.n, a.d)})", _times(a.d, b.d))

    def value(self, ref: syntax.Ref) -> _Pair:
        if ref.part != "v":
            return _Pair(self.column(ref), "1")
        measure = self.measure(ref)
        n = self.column(syntax.Ref(ref.row, "n"))
        if measure.kind is Kind.RATIO:
            d = self.column(syntax.Ref(ref.row, "d"))
            self.undefined.append(f"{d} <= 0")
            return _Pair(_times("100", n), d)
        scaled = measure.kind in (Kind.SCORE, Kind.COUNT)
        return _Pair(n, str(10**measure.scale) if scaled else "1")

    def quotient(self, a: _Pair, b: _Pair) -> _Pair:
        self.undefined.append(f"{b.n} = 0")
        # The sign goes to the numerator, so that every denominator stays above 0.
        sign = f"(CASE WHEN {b.n} < 0 THEN -1 ELSE 1 END)"
        return _Pair(_times(_times(a.n, b.d), sign), _times(a.d, f"ABS({b.n})"))


def _times(a: str, b: str) -> str:
    if a == "1":
        return b
    if b == "1":
        return a
    return str(int(a) * int(b)) if a.isdigit() and b.isdigit() else f"({a} * {b})"


def _extreme(op: str, a: _Pair, b: _Pair) -> _Pair:
    left, right = (a.n, b.n) if a.d == b.d else (_times(a.n, b.d), _times(b.n, a.d))
    chosen = f"(CASE WHEN {left} {op} {right} THEN {left} ELSE {right} END)"
    return _Pair(chosen, a.d if a.d == b.d else _times(a.d, b.d))

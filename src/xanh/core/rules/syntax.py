"""The grammar of rules: a whitelisted subset of Python expressions as a small typed tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

LONGEST_EXPRESSION = 500
PREVIOUS = "prev"
OWN = ""
PARTS = ("n", "d", "v")
FUNCTIONS = ("abs", "min", "max")
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}(?:_[A-Z0-9]{1,9}){1,3}")
# Longer numbers could leave the 64 bits of a database column on the way.
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


class RuleError(ValueError):
    """The expression is not a rule. `place` is the column (from 1) where it stops making sense."""

    def __init__(self, problem: str, *, expression: str, place: int) -> None:
        super().__init__(f"Quy tắc “{expression}” chưa đúng tại vị trí {place}: {problem}")
        self.problem = problem
        self.expression = expression
        self.place = place


@dataclass(frozen=True)
class Number:
    """A written number, exact: 0.02 is 1/50."""

    value: Fraction


@dataclass(frozen=True)
class Ref:
    """One value of a row: `row` is "" for the row itself, "prev" for its last period, else a code such as "DU-03"."""

    row: str
    part: str


@dataclass(frozen=True)
class Negative:
    """The term with its sign changed."""

    term: Term


@dataclass(frozen=True)
class Arithmetic:
    """Two terms joined by + - * or /."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True)
class Call:
    """abs() of one term, min() or max() of two or more."""

    function: str
    terms: tuple[Term, ...]


Term = Number | Ref | Negative | Arithmetic | Call


@dataclass(frozen=True)
class Comparison:
    """Two terms compared by < <= > >= == or !=."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True)
class Joined:
    """Conditions joined by "and" or "or"."""

    op: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Negation:
    """The condition that must not hold."""

    condition: Condition


Condition = Comparison | Joined | Negation


@dataclass(frozen=True)
class Rule:
    """A parsed rule: its text and its tree. True means: in order."""

    expression: str
    condition: Condition


def parse(expression: str) -> Rule:
    """Parse one rule. Raises RuleError, with the place, for anything outside the grammar."""
    text = expression.strip()
    if len(text) > LONGEST_EXPRESSION:
        raise RuleError(f"dài quá {LONGEST_EXPRESSION} ký tự.", expression=text, place=LONGEST_EXPRESSION + 1)
    if not text.isascii() or "\n" in text or "#" in text:
        place = next(i for i, ch in enumerate(text, 1) if not ch.isascii() or ch in "\n#")
        raise RuleError("có ký tự không dùng trong quy tắc.", expression=text, place=place)
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, RecursionError, MemoryError) as error:
        place = (getattr(error, "offset", None) or 1) if text else 1
        raise RuleError("không đọc được biểu thức.", expression=text, place=place) from None
    return Rule(text, _Reader(text).condition(tree.body))


def references(rule: Rule) -> frozenset[str]:
    """The codes of the other rows that the rule looks at: {"DU-03"}."""
    return frozenset(ref.row for ref in refs_of(rule)) - {OWN, PREVIOUS}


def uses_previous(rule: Rule) -> bool:
    """Whether the rule looks at the last period."""
    return any(ref.row == PREVIOUS for ref in refs_of(rule))


def refs_of(rule: Rule) -> tuple[Ref, ...]:
    """Every value that the rule needs, each once, in the order of the text."""
    return tuple(dict.fromkeys(term for term in terms_of(rule.condition) if isinstance(term, Ref)))


def terms_of(condition: Condition) -> Iterator[Term]:
    """All terms of a condition, inner ones included."""
    match condition:
        case Comparison(left=left, right=right):
            yield from _inner(left)
            yield from _inner(right)
        case Joined(conditions=conditions):
            for each in conditions:
                yield from terms_of(each)
        case Negation(condition=inner):
            yield from terms_of(inner)


def _inner(term: Term) -> Iterator[Term]:
    yield term
    match term:
        case Negative(term=inner):
            yield from _inner(inner)
        case Arithmetic(left=left, right=right):
            yield from _inner(left)
            yield from _inner(right)
        case Call(terms=terms):
            for each in terms:
                yield from _inner(each)
        case Number() | Ref():
            pass


@dataclass(frozen=True)
class _Reader:
    """Turns Python's tree into ours; whatever is not named here is refused."""

    text: str

    def condition(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp(op=op, values=values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Joined(word, tuple(self.condition(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Negation(self.condition(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
                return Comparison(_COMPARISONS[type(op)], self.term(left), self.term(right))
            case ast.Compare(ops=[_, _, *_]):
                raise self.error(node, "không so sánh nối tiếp; hãy tách bằng “and”.")
        raise self.error(node, "cần một phép so sánh, ví dụ n <= d.")

    def term(self, node: ast.expr) -> Term:
        match node:
            case ast.Constant():
                return self.number(node)
            case ast.Name(id=part) if part in PARTS:
                return Ref(OWN, part)
            case ast.Attribute(value=ast.Name(id=row), attr=part) if part in PARTS and self.is_row(row):
                return Ref(row.replace("_", "-"), part)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(self.term(operand))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return Arithmetic(_ARITHMETIC[type(op)], self.term(left), self.term(right))
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]) if function in FUNCTIONS:
                if len(args) != 1 if function == "abs" else len(args) <= 1:
                    raise self.error(node, "abs() cần một số, min() và max() cần từ hai số.")
                return Call(function, tuple(self.term(arg) for arg in args))
        raise self.error(node, "chỉ dùng n, d, v, prev., mã chỉ tiêu, số, + - * /, abs(), min(), max().")

    def number(self, node: ast.Constant) -> Number:
        written = ast.get_source_segment(self.text, node) or ""
        if not _NUMBER.fullmatch(written):
            raise self.error(node, "số viết chưa đúng; dùng dấu chấm thập phân, tối đa 9 chữ số và 6 số lẻ.")
        return Number(Fraction(written))

    @staticmethod
    def is_row(name: str) -> bool:
        return name == PREVIOUS or _CODE.fullmatch(name) is not None

    def error(self, node: ast.expr, problem: str) -> RuleError:
        return RuleError(problem, expression=self.text, place=node.col_offset + 1)

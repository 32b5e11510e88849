"""The little language of checks: its grammar, its outcomes, and its four engines that agree."""

import base64
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xanh.core import rules
from xanh.core.measures import Kind
from xanh.core.rules import Level, Measure, Outcome, Ref, RuleError, Scope, Values

SCRIPT = Path(__file__).parents[2] / "src" / "xanh" / "web" / "assets" / "js" / "rules.js"
PASSED, FAILED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED


def ratio(n: int | None, d: int | None) -> Values:
    return Values.of(Kind.RATIO, n, d, 2)


ROW, LAST = ratio(60, 100), ratio(50, 98)
OTHERS = {"DU-03": ratio(90, 120), "UB-01": ratio(5, 0)}


# ── outcomes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


# Worked out by hand for n 60, d 100; last period 50/98; DU-03 90/120; UB-01 5/0; no row MT-01.
OUTCOMES = [
    ("n <= d", PASSED),
    ("n > d", FAILED),
    ("n == 60", PASSED),
    ("n != 60", FAILED),
    ("n >= prev.n", PASSED),
    ("n < prev.n", FAILED),
    ("d <= DU_03.d", PASSED),
    ("v == 60", PASSED),
    ("abs(d - prev.d) <= 0.02 * prev.d", FAILED),  # 2 > 1.96
    ("abs(d - prev.d) <= 0.1 * prev.d", PASSED),
    ("d >= 3 and d <= 5", FAILED),
    ("d == 0 or d >= 30", PASSED),
    ("not n > d", PASSED),
    ("n / d == 0.6", PASSED),
    ("-n < 0", PASSED),
    ("min(n, d, 7) == 7 and max(n, d) == 100", PASSED),
    ("n + d * 2 - 10 == 250", PASSED),
    ("(n + d) * 2 == 320", PASSED),
    ("3 * (n / 3) == n", PASSED),
    ("UB_01.v > 0", SKIPPED),  # denominator 0
    ("n / UB_01.d > 0", SKIPPED),
    ("n > 0 or UB_01.v > 0", SKIPPED),
    ("n < 0 and MT_01.n > 0", SKIPPED),
    ("MT_01.n > 0", SKIPPED),  # no such row
    # Sums, differences and extremes of fractions with unlike denominators.
    ("v + n == 120", PASSED),
    ("n - v == 0", PASSED),
    ("v - 0.5 == 59.5", PASSED),
    ("v - 0.5 == 59", FAILED),
    ("n / d + 0.15 == 0.75", PASSED),
    ("min(v, 0.5) == 0.5", PASSED),
    ("max(v, n / d) == 60", PASSED),
    ("max(n / d, DU_03.n / DU_03.d) == 0.75", PASSED),
    ("min(n / d, DU_03.n / DU_03.d) == 0.75", FAILED),
    ("DU_03.v - v == 15", PASSED),
    ("n / -d == -0.6", PASSED),
    ("n / (prev.n - n) == -6", PASSED),
    ("-n / (0 - d) > 0.5", PASSED),
]


@pytest.mark.parametrize(("expression", "outcome"), OUTCOMES)
def test_a_rule_passes_fails_or_is_skipped(expression: str, outcome: Outcome) -> None:
    assert rules.evaluate(rules.parse(expression), Scope(ROW, LAST, OTHERS)) is outcome


@pytest.mark.parametrize("row", [ratio(None, 100), ratio(60, None), ratio(None, None)])
def test_a_missing_value_skips_the_rule(row: Values) -> None:
    assert rules.evaluate(rules.parse("n <= d"), Scope(row)) is SKIPPED


def test_without_a_last_period_history_is_skipped() -> None:
    assert rules.evaluate(rules.parse("n >= prev.n"), Scope(ROW)) is SKIPPED


def test_decimals_are_exact() -> None:
    tenths = rules.parse("0.1 + 0.2 == 0.3")
    assert rules.evaluate(tenths, Scope(Values())) is PASSED


# ── grammar ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("", 1),
        ("n", 1),
        ("0 <= n <= d", 1),
        ("n <= x", 6),
        ("n <= prev.x", 6),
        ("n <= du_03.d", 6),
        ("n <= DU_03.d.real", 6),
        ("n <= d if n else d", 1),
        ("n <= __import__('os')", 6),
        ("n <= abs(d, n)", 6),
        ("n <= min(d)", 6),
        ("n <= max(*d)", 6),
        ("n <= sum(d, n)", 6),
        ("n <= min(d, n, key=d)", 6),
        ("n <= 'a'", 6),
        ("n <= True", 6),
        ("n <= 1e9", 6),
        ("n <= 0x10", 6),
        ("n <= 1_000", 6),
        ("n <= 1234567890", 6),
        ("n ** 2 <= d", 1),
        ("n // 2 <= d", 1),
        ("n % 2 == 0", 1),
        ("n is d", 1),
        ("n in d", 1),
        ("(n <= d) + 1 > 0", 2),
        ("(n <= d) == 1", 2),
        ("not n", 5),
        ("n and d", 1),
        ("[n for n in d]", 1),
        ("lambda: n", 1),
        ("(n := d) > 0", 2),
        ("+n > 0", 1),
        ("~n > 0", 1),
        ("n ≤ d", 3),
        ("n <= d # ghi chú", 8),
        ("n <= d\nor n > 0", 7),
        ("n <= " + "1 + " * 200 + "1", 501),
    ],
)
def test_whatever_is_not_in_the_grammar_is_refused_with_its_place(expression: str, place: int) -> None:
    with pytest.raises(RuleError) as refused:
        rules.parse(expression)
    assert refused.value.place == place
    assert f"tại vị trí {place}: " in str(refused.value)


@pytest.mark.parametrize("expression", ["n <=", "n <= <= d", "(" * 240 + "n" + ")" * 240 + " > 0", "n <= d)"])
def test_what_is_no_expression_at_all_is_refused(expression: str) -> None:
    with pytest.raises(RuleError, match="không đọc được biểu thức"):
        rules.parse(expression)


def test_spaces_around_a_rule_do_not_count() -> None:
    assert rules.parse(" n <= d\n") == rules.parse("n <= d")


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_an_error_with_a_place_and_nothing_else(text: str) -> None:
    place = 1
    try:
        rules.parse(text)
    except RuleError as refused:
        place = refused.place
    assert place >= 1


@pytest.mark.parametrize(
    "expression",
    [
        "abs(d - UB_28.d) <= 0.02 * UB_28.d",
        "abs(v - prev.v) <= 10",
        "d - prev.d <= 5",
        "d <= 53",
        "d == 0 or d >= 30",
        "d == DU_01.n",
        "d >= 3 and d <= 5",
        "d >= MT_02.d + MT_03.d + MT_04.d + MT_05.d",
        "n <= 3 * UB_22.d",
        "v == 0 or v == 1",
        "v > prev.v",
        "v >= 0 and v <= 100",
    ],
)
def test_every_shape_of_check_in_the_starting_sets_parses(expression: str) -> None:
    rule = rules.parse(expression)
    assert rule.expression == expression
    assert rules.to_json(rule)
    assert rules.to_sql(rule)


def test_references_name_other_rows_only() -> None:
    rule = rules.parse("d >= MT_02.d + MT_03.d and n >= prev.n")
    assert rules.references(rule) == {"MT-02", "MT-03"}
    assert rules.uses_previous(rule)
    assert rules.references(rules.parse("not -n > abs(d)")) == frozenset()
    assert not rules.uses_previous(rules.parse("n <= d"))


# ── checks of a set ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_expressions_messages_and_levels_go_together() -> None:
    checks = rules.split_checks("n <= d; d == prev.d", "Tử số lớn hơn mẫu số.; Mẫu số đã thay đổi.", "hard; soft")
    assert [(each.rule.expression, each.message, each.level) for each in checks] == [
        ("n <= d", "Tử số lớn hơn mẫu số.", Level.HARD),
        ("d == prev.d", "Mẫu số đã thay đổi.", Level.SOFT),
    ]
    assert rules.split_checks("", "", "") == ()


def test_unequal_numbers_of_parts_are_refused() -> None:
    with pytest.raises(RuleError, match="2 biểu thức, 1 thông báo, 2 mức"):
        rules.split_checks("n <= d; n >= 0", "Tử số lớn hơn mẫu số.", "hard; soft")


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(RuleError, match="chỉ dùng hard hoặc soft"):
        rules.split_checks("n <= d", "Tử số lớn hơn mẫu số.", "strong")


# ── JSON and SQL ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_holds_the_tree_with_exact_numbers() -> None:
    assert rules.to_json(rules.parse("n <= 0.5 * prev.d or not -DU_03.v > abs(n)")) == [
        "or",
        ["<=", ["ref", "", "n"], ["*", ["num", "1", "2"], ["ref", "prev", "d"]]],
        ["not", [">", ["neg", ["ref", "DU-03", "v"]], ["abs", ["ref", "", "n"]]]],
    ]


def test_sql_compares_whole_numbers_and_skips_by_null() -> None:
    assert rules.to_sql(rules.parse("d - prev.d <= 0.02 * prev.d")) == (
        "CASE WHEN d IS NULL OR prev_d IS NULL THEN NULL ELSE (((d - prev_d) * 50) <= prev_d) END"
    )
    assert rules.to_sql(rules.parse("1 < 2")) == "(1 < 2)"


def test_constants_are_computed_before_a_database_can_overflow_on_them() -> None:
    assert rules.to_sql(rules.parse("999999999 * 999999999 > -(1 / 4) - 0.5")) == "(3999999992000000004 > (-3))"
    assert rules.to_sql(rules.parse("1 / 0 > 0")).startswith("CASE WHEN 0 = 0 THEN NULL")


def test_sql_columns_are_named_by_the_caller() -> None:
    def column(ref: Ref) -> str:
        return f'"{ref.row or "UB-01"}_{ref.part}"'

    found = rules.to_sql(rules.parse("v > UB_02.v"), {"UB-02": Measure(Kind.SCORE, 2)}, column=column)
    assert found == (
        'CASE WHEN "UB-01_n" IS NULL OR "UB-01_d" IS NULL OR "UB-02_n" IS NULL OR "UB-01_d" <= 0 THEN NULL '
        'ELSE (((100 * "UB-01_n") * 100) > ("UB-02_n" * "UB-01_d")) END'
    )


# ── the engines agree ─────────────────────────────────────────────────────────────────────────────────────────────────

ROWS = ("", "prev", "UB-04", "UB-12")
KINDS = {"": Measure(Kind.RATIO, 2), "UB-04": Measure(Kind.COUNT, 0), "UB-12": Measure(Kind.SCORE, 2)}
# Whole numbers n, d of each row.
Numbers = dict[str, tuple[int | None, int | None]]

_names = st.sampled_from([f"{row}{part}" for row in ("", "prev.", "UB_04.", "UB_12.") for part in "ndv"])
_numbers = st.sampled_from(["0", "1", "2", "3", "7", "0.02", "0.1", "1.5", "100"])


def _terms(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("abs({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


# Two levels of arithmetic: deeper products of three-digit values would leave SQLite's 64 bits.
_simple = _names | _numbers
_arithmetic = _simple | _terms(_simple)
_comparisons = st.builds(
    "{} {} {}".format, _arithmetic, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), _arithmetic
)
EXPRESSIONS = st.one_of(
    _comparisons,
    st.builds("not {}".format, _comparisons),
    st.builds("({}) {} ({})".format, _comparisons, st.sampled_from(["and", "or"]), _comparisons),
)
_value = st.integers(-20, 200).map(lambda cell: None if cell < -3 else cell)
VALUES = st.fixed_dictionaries({row: st.tuples(_value, _value) for row in ROWS})


def measure_of(row: str) -> Measure:
    return KINDS.get("" if row == "prev" else row, Measure())


def in_python(rule: rules.Rule, numbers: Numbers) -> str:
    values = {row: Values.of(measure_of(row).kind, *pair, measure_of(row).scale) for row, pair in numbers.items()}
    others = {row: values[row] for row in ("UB-04", "UB-12")}
    return rules.evaluate(rule, Scope(values[""], values["prev"], others)).value


def in_sql(fetch: Callable[[str], object], rule: rules.Rule, numbers: Numbers) -> str:
    columns = ", ".join(
        f"CAST({'NULL' if cell is None else cell} AS BIGINT) AS {rules.column_name(Ref(row, part))}"
        for row, pair in numbers.items()
        for part, cell in zip("nd", pair, strict=True)
    )
    found = fetch(f"SELECT {rules.to_sql(rule, KINDS)} FROM (SELECT {columns}) AS t")
    return "SKIPPED" if found is None else "PASSED" if found else "FAILED"


class Browser:
    """One node process that answers a line of JSON with a line."""

    PROGRAM = """
        import { createInterface } from "node:readline";
        const { evaluate } = await import(process.argv[1]);
        for await (const line of createInterface({ input: process.stdin })) {
            const [json, scope] = JSON.parse(line);
            try {
                console.log(evaluate(json, scope));
            } catch (error) {
                console.log(`${error.name}: ${error.message}`);
            }
        }
    """

    def __init__(self, node: str) -> None:
        module = "data:text/javascript;base64," + base64.b64encode(SCRIPT.read_bytes()).decode()
        self.process = subprocess.Popen(
            [node, "--input-type=module", "--eval", self.PROGRAM, module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def evaluate(self, rule: rules.Rule, scope: object) -> str:
        return self.run(rules.to_json(rule), scope)

    def run(self, tree: object, scope: object) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([tree, scope]) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the browser's interpreter cannot be run here")
    process = Browser(node)
    yield process
    process.close()


SAMPLE: Numbers = {"": (60, 100), "prev": (50, 98), "DU-03": (90, 120), "UB-01": (5, 0), "MT-01": (None, None)}


@pytest.mark.parametrize(("expression", "outcome"), OUTCOMES)
def test_every_outcome_is_the_same_in_sqlite(expression: str, outcome: Outcome) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        found = in_sql(lambda sql: connection.execute(sql).fetchone()[0], rules.parse(expression), SAMPLE)
    assert found == outcome


@pytest.mark.parametrize(("expression", "outcome"), OUTCOMES)
def test_every_outcome_is_the_same_in_the_browser(page: Browser, expression: str, outcome: Outcome) -> None:
    assert page.evaluate(rules.parse(expression), browser_scope(SAMPLE)) == outcome


def browser_scope(numbers: Numbers) -> dict[str, dict[str, object]]:
    return {
        row: {"n": n, "d": d, "kind": measure_of(row).kind, "scale": measure_of(row).scale}
        for row, (n, d) in numbers.items()
    }


EDGE: Numbers = {"": (60, 100), "prev": (50, 98), "UB-04": (0, None), "UB-12": (8537, 0)}


@settings(deadline=None, max_examples=300)
@given(EXPRESSIONS, VALUES)
@example("abs(d - prev.d) <= 0.02 * prev.d", EDGE)
@example("v / UB_04.n > 0", EDGE)
@example("min(v, UB_12.v) / -prev.n < 0", EDGE)
def test_the_browser_decides_as_the_server(page: Browser, expression: str, numbers: Numbers) -> None:
    rule = rules.parse(expression)
    assert page.evaluate(rule, browser_scope(numbers)) == in_python(rule, numbers)


@settings(deadline=None, max_examples=300)
@given(EXPRESSIONS, VALUES)
@example("abs(d - prev.d) <= 0.02 * prev.d", EDGE)
@example("v / UB_04.n > 0", EDGE)
@example("min(v, UB_12.v) / -prev.n < 0", EDGE)
def test_sqlite_decides_as_python(expression: str, numbers: Numbers) -> None:
    rule = rules.parse(expression)
    with closing(sqlite3.connect(":memory:")) as connection:
        assert in_sql(lambda sql: connection.execute(sql).fetchone()[0], rule, numbers) == in_python(rule, numbers)


def test_the_browser_reads_digits_and_refuses_what_is_no_rule(page: Browser) -> None:
    rule = rules.parse("n <= d and v == 0.5")
    assert page.evaluate(rule, {"": {"n": "1", "d": "200", "kind": "RATIO", "scale": 2}}) == "PASSED"
    assert page.evaluate(rule, {"": {"n": "", "d": "200", "kind": "RATIO", "scale": 2}}) == "SKIPPED"
    big = {"": {"n": "900719925474099300001", "d": "900719925474099300000", "kind": "RATIO", "scale": 2}}
    assert page.evaluate(rules.parse("n <= d"), big) == "FAILED"


def test_the_browser_refuses_what_the_server_never_writes(page: Browser) -> None:
    assert page.run(["===", ["num", "1", "1"], ["num", "1", "1"]], {}) == "TypeError: unknown condition ==="
    assert page.run(["<", ["constructor"], ["num", "1", "1"]], {}) == "TypeError: unknown term constructor"
    kindless = {"": {"n": 1, "d": 2}}
    assert page.evaluate(rules.parse("v > 0"), kindless) == "TypeError: unknown kind undefined"
    assert page.evaluate(rules.parse("n < d"), kindless) == "PASSED"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_browser_computes_v_of_every_kind_as_the_server(page: Browser, kind: Kind) -> None:
    rule = rules.parse("v > 60 and v < 62")
    for n, d, scale in ((61, 100, 0), (6100, 100, 2), (61, 0, 0), (None, 100, 0)):
        scope = {"": {"n": n, "d": d, "kind": kind, "scale": scale}}
        assert page.evaluate(rule, scope) == rules.evaluate(rule, Scope(Values.of(kind, n, d, scale)))


def test_a_value_can_be_given_as_a_fraction() -> None:
    assert rules.evaluate(rules.parse("v > 33 and v < 34"), Scope(Values(v=Fraction(100, 3)))) is PASSED

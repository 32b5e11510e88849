"""Roll-ups over units and over time."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import rollup
from xanh.core.measures import Kind
from xanh.core.rollup import Part, Rolled, TimeRollup, UnitRollup

JANUARY_31 = date(2026, 1, 31)


def test_ratios_roll_up_as_sums_and_never_as_means() -> None:
    # 9/10 and 10/90: the mean of 90 % and 11.1 % would be 50.6 %, the ratio of the sums is 19 %.
    found = rollup.over_units(UnitRollup.RATIO_OF_SUMS, Kind.RATIO, [Part(9, 10), Part(10, 90)], scale=2)
    assert found == Rolled(Fraction(19), 19, 100, counted=2, total=2)


def test_missing_units_are_left_out_and_counted() -> None:
    parts = [Part(9, 10), Part(None, 90), Part(5, None), Part(None)]
    found = rollup.over_units(UnitRollup.RATIO_OF_SUMS, Kind.RATIO, parts)
    assert found == Rolled(Fraction(90), 9, 10, counted=1, total=4)
    assert found.missing == 3


def test_a_denominator_of_zero_gives_no_value() -> None:
    found = rollup.over_units(UnitRollup.RATIO_OF_SUMS, Kind.RATIO, [Part(0, 0), Part(0, 0)])
    assert found == Rolled(None, 0, 0, counted=2, total=2)


@pytest.mark.parametrize("how", list(UnitRollup))
def test_nothing_rolls_up_to_nothing(how: UnitRollup) -> None:
    for parts in ([], [Part(None)]):
        found = rollup.over_units(how, Kind.COUNT, parts)
        assert (found.value, found.n, found.counted) == (None, None, 0)


def test_counts_add_up() -> None:
    found = rollup.over_units(UnitRollup.SUM, Kind.COUNT, [Part(3), Part(4), Part(None)])
    assert found == Rolled(Fraction(7), 7, None, counted=2, total=3)
    assert rollup.over_units(UnitRollup.SUM, Kind.COUNT, [Part(15), Part(20)], scale=1).value == Fraction(7, 2)


def test_yes_no_becomes_the_share_of_those_who_say_yes() -> None:
    found = rollup.over_units(UnitRollup.SHARE_OF_YES, Kind.YES_NO, [Part(1), Part(1), Part(0), Part(1), Part(None)])
    assert found == Rolled(Fraction(75), 3, 4, counted=4, total=5)


def test_a_date_is_a_yes_when_it_was_kept() -> None:
    on_the_day, a_day_late = JANUARY_31.toordinal(), JANUARY_31.toordinal() + 1
    parts = [Part(on_the_day), Part(a_day_late), Part(0), Part(None)]
    found = rollup.over_units(UnitRollup.SHARE_OF_YES, Kind.DATE, parts, on=JANUARY_31)
    assert (found.n, found.d, found.missing) == (1, 3, 1)
    assert rollup.over_units(UnitRollup.SHARE_OF_YES, Kind.DATE, parts).n == 2


def test_scores_are_averaged_by_weight() -> None:
    # (80,00 · 100 + 95,00 · 300) / 400 = 91,25
    parts = [Part(8000, 100, weight=100), Part(9500, 100, weight=300), Part(None, 100, weight=50), Part(7000, 100)]
    found = rollup.over_units(UnitRollup.MEAN_WEIGHTED, Kind.SCORE, parts, scale=2)
    assert found == Rolled(Fraction(9125, 100), None, 400, counted=2, total=4)
    assert rollup.over_units(UnitRollup.MEAN_WEIGHTED, Kind.SCORE, [Part(8000, weight=0)], scale=2).value is None


def test_plain_means_and_extremes() -> None:
    parts = [Part(1, 2), Part(1, 4), Part(1, 0), Part(3, 4), Part(30, 40)]
    assert rollup.over_units(UnitRollup.MEAN, Kind.RATIO, parts) == Rolled(Fraction(225, 4), None, 4, 4, 5)
    assert rollup.over_units(UnitRollup.MEAN, Kind.RATIO, parts[:1]).value == 50
    assert rollup.over_units(UnitRollup.MIN, Kind.RATIO, parts) == Rolled(Fraction(25), 1, 4, 4, 5)
    assert rollup.over_units(UnitRollup.MAX, Kind.RATIO, parts) == Rolled(Fraction(75), 3, 4, 4, 5)


def test_over_time_the_last_known_figure_stands() -> None:
    found = rollup.over_time(TimeRollup.LAST, Kind.RATIO, [Part(1, 10), Part(2, 10), Part(None, 10), Part(5, None)])
    assert found == Rolled(Fraction(20), 2, 10, counted=2, total=4)
    assert rollup.over_time(TimeRollup.LAST, Kind.COUNT, [Part(None)]) == Rolled(None, None, None, 0, 1)


def test_over_time_sums_and_ratios_of_sums() -> None:
    assert rollup.over_time(TimeRollup.SUM, Kind.COUNT, [Part(1), Part(0), Part(2)]).n == 3
    found = rollup.over_time(TimeRollup.RATIO_OF_SUMS, Kind.RATIO, [Part(1, 10), Part(2, 30)])
    assert (found.value, found.n, found.d) == (Fraction(15, 2), 3, 40)
    assert rollup.over_time(TimeRollup.MAX, Kind.COUNT, [Part(1), Part(4), Part(2)]).value == 4


_part = st.builds(Part, st.integers(0, 100) | st.none(), st.integers(0, 100) | st.none())


@given(st.lists(_part), st.lists(_part))
def test_provinces_roll_up_to_the_same_nation_as_communes(first: list[Part], second: list[Part]) -> None:
    def rolled(parts: list[Part]) -> Rolled:
        return rollup.over_units(UnitRollup.RATIO_OF_SUMS, Kind.RATIO, parts)

    provinces = [Part(rolled(each).n, rolled(each).d) for each in (first, second)]
    nation, by_province = rolled(first + second), rolled(provinces)
    assert (nation.value, nation.n, nation.d) == (by_province.value, by_province.n, by_province.d)


def test_what_is_unknown_is_neither_yes_nor_no() -> None:
    assert rollup.is_yes(Kind.YES_NO, None) is None
    assert rollup.is_yes(Kind.YES_NO, 1) is True
    assert rollup.is_yes(Kind.YES_NO, 0) is False

"""Numbers in Vietnamese writing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import numbers


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("1250", 1250),
        ("1.250", 1250),
        (" 1.234.567 ", 1234567),
        ("1 250", 1250),
        ("1\u00a0250\u202f000", 1250000),
        ("-5", -5),
        ("−5", -5),
        ("+7", 7),
        ("12,0", 12),
    ],
)
def test_whole_numbers_are_read(written: str, value: int) -> None:
    assert numbers.parse_int(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("86,29", "86.29"),
        ("1.250,5", "1250.5"),
        ("1,250", "1.250"),
        ("86.29", "86.29"),
        ("0.5", "0.5"),
        ("12.3456", "12.3456"),
        ("1.250", "1250"),
        ("12 345,6", "12345.6"),
        ("- 3,5", "-3.5"),
    ],
)
def test_decimals_are_read(written: str, value: str) -> None:
    assert numbers.parse_decimal(written) == Decimal(value)


@pytest.mark.parametrize("written", ["0.125", "1,250.5", "1,250,000", "1234.567"])
def test_two_possible_readings_are_refused_and_explained(written: str) -> None:
    with pytest.raises(numbers.NumberUnreadable, match="có thể hiểu theo hai cách") as refused:
        numbers.parse_decimal(written)
    assert refused.value.ambiguous


def test_a_comma_before_three_digits_is_not_guessed_in_a_whole_number() -> None:
    with pytest.raises(numbers.NumberUnreadable, match="dấu phẩy") as refused:
        numbers.parse_int("1,250")
    assert refused.value.ambiguous


@pytest.mark.parametrize("written", ["", "  ", "abc", "1.25.0", "12%", "1..2", "--1", "1e5", "٣", "9" * 31, "-", "1,"])
def test_what_is_not_a_number_is_refused_in_vietnamese(written: str) -> None:
    with pytest.raises(numbers.NumberUnreadable, match="Đề nghị") as refused:
        numbers.parse_decimal(written)
    assert not refused.value.ambiguous


def test_a_fraction_is_not_a_whole_number() -> None:
    with pytest.raises(numbers.NumberUnreadable, match="có phần lẻ"):
        numbers.parse_int("86,29")


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_written_whole_number_reads_back(value: int) -> None:
    assert numbers.parse_int(numbers.format_int(value)) == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_written_decimal_reads_back(value: Decimal) -> None:
    assert numbers.parse_decimal(numbers.format_decimal(value, 2)) == value


def test_writing_groups_by_points_and_parts_by_a_comma() -> None:
    assert numbers.format_int(1250) == "1.250"
    assert numbers.format_int(-1234567) == "-1.234.567"
    assert numbers.format_int(803) == "803"
    assert numbers.format_decimal(Decimal("1234.5"), 1) == "1.234,5"
    assert numbers.format_decimal(Decimal(3), 2) == "3,00"
    assert numbers.format_decimal(Decimal("-0.004"), 2) == "0,00"
    assert numbers.format_decimal(Fraction(-5, 2), 0) == "-3"


@pytest.mark.parametrize(("value", "rounded"), [("0.125", "0.13"), ("0.135", "0.14"), ("-0.125", "-0.13")])
def test_halves_are_rounded_away_from_zero(value: str, rounded: str) -> None:
    assert numbers.round_half_up(Decimal(value), 2) == Decimal(rounded)


def test_percentages_have_no_space_and_whole_ones_no_decimals() -> None:
    assert numbers.format_pct(Fraction(249300, 2889)) == "86,29%"
    assert numbers.format_pct(Decimal("74.6"), 1) == "74,6%"
    assert numbers.format_pct(Fraction(100)) == "100%"
    assert numbers.format_pct(Decimal("99.999")) == "100,00%"


def test_a_ratio_stands_with_its_numerator_and_denominator() -> None:
    assert numbers.format_ratio(2493, 2889) == "86,29% (2.493/2.889)"
    assert numbers.format_ratio(1, 3, places=1) == "33,3% (1/3)"
    assert numbers.format_ratio(4, 0) == "chưa tính được (4/0)"

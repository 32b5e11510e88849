"""Policy numbers are dated; the working calendar follows the overrides of the catalogue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from xanh.kit import catalogue, policy


def _version(valid_from: str, *, warn: int, green: str = "1") -> dict[str, Any]:
    return {
        "valid_from": valid_from,
        "source": f"Quy tắc từ {valid_from}",
        "indicator": {"green": green, "amber": "9/10", "approval_wait_days": 2},
        "unit": {"green": "8/10", "amber": "5/10", "reported": "5/10"},
        "task": {"warn_working_days": warn, "strict_before": False},
    }


@pytest.mark.parametrize(
    ("day", "warn"),
    [
        (date(2026, 1, 1), 3),
        (date(2026, 12, 31), 3),
        (date(2027, 1, 1), 5),
        (date(2027, 6, 30), 5),
        (date(2027, 7, 1), 7),
        # Before every version the earliest one speaks, wherever it stands in the file.
        (date(2024, 12, 31), 3),
    ],
)
def test_a_day_is_judged_by_the_version_in_force_on_it(monkeypatch: pytest.MonkeyPatch, day: date, warn: int) -> None:
    versions = [_version("2027-07-01", warn=7), _version("2025-01-01", warn=3), _version("2027-01-01", warn=5)]
    monkeypatch.setattr(catalogue, "read_yaml", lambda path: {"versions": versions})
    assert policy.thresholds_on.__wrapped__(day).warn_working_days == warn


def test_the_shares_of_today_are_exact_fractions() -> None:
    thresholds = policy.thresholds_on(date(2026, 11, 20))
    assert (thresholds.indicator.green, thresholds.indicator.amber) == (Fraction(1), Fraction(9, 10))
    assert (thresholds.unit.green, thresholds.unit.amber, thresholds.unit.reported) == (
        Fraction(4, 5),
        Fraction(1, 2),
        Fraction(1, 2),
    )
    assert (thresholds.indicator.approval_wait_days, thresholds.warn_working_days) == (2, 3)
    assert thresholds.source


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year, Thursday
        (date(2026, 1, 2), False),  # Friday, swapped
        (date(2026, 1, 9), True),  # Friday
        (date(2026, 1, 10), True),  # Saturday, worked for 2 January
        (date(2026, 1, 11), False),  # Sunday
        (date(2026, 2, 17), False),  # first day of Tết, Tuesday
        (date(2026, 4, 30), False),  # Reunification Day, Thursday
        (date(2026, 9, 2), False),  # National Day, Wednesday
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 24), False),  # Day of Vietnamese Culture, Tuesday
        (date(2026, 11, 25), True),  # Wednesday
    ],
)
def test_offices_work_on_the_days_that_the_state_says(day: date, *, works: bool) -> None:
    assert policy.working_calendar().is_working_day(day) is works


def test_deadlines_step_over_the_overrides() -> None:
    calendar = policy.working_calendar()
    assert calendar.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)
    assert calendar.next_working_day(date(2025, 12, 31)) == date(2026, 1, 5)
    assert calendar.next_working_day(date(2026, 1, 9)) == date(2026, 1, 10)

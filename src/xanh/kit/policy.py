"""Dated policy numbers of the catalogue: thresholds of statuses, the working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import holidays

from xanh.core.calendar import WorkingCalendar
from xanh.core.status import IndicatorThresholds, UnitThresholds
from xanh.kit import catalogue


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All thresholds in force on a day."""

    indicator: IndicatorThresholds
    unit: UnitThresholds
    warn_working_days: int
    strict_before: bool
    source: str


def _version_on(day: date) -> dict[str, Any]:
    versions = catalogue.read_yaml("thresholds/status.yaml")["versions"]
    return max(
        (row for row in versions if date.fromisoformat(row["valid_from"]) <= day),
        key=lambda row: str(row["valid_from"]),
        default=min(versions, key=lambda row: str(row["valid_from"])),
    )


@cache
def thresholds_on(day: date) -> Thresholds:
    """Thresholds in force on a day."""
    row = _version_on(day)
    return Thresholds(
        indicator=IndicatorThresholds(
            green=Fraction(row["indicator"]["green"]),
            amber=Fraction(row["indicator"]["amber"]),
            approval_wait_days=row["indicator"]["approval_wait_days"],
        ),
        unit=UnitThresholds(
            green=Fraction(row["unit"]["green"]),
            amber=Fraction(row["unit"]["amber"]),
            reported=Fraction(row["unit"]["reported"]),
        ),
        warn_working_days=row["task"]["warn_working_days"],
        strict_before=row["task"]["strict_before"],
        source=row["source"],
    )


@cache
def working_calendar() -> WorkingCalendar:
    """Public holidays of Vietnam from the library, with the overrides of the catalogue."""
    overrides = catalogue.read_yaml("calendars/working-days.yaml")
    known = set(holidays.country_holidays("VN", years=overrides["years"]))
    off = {date.fromisoformat(row["day"]) for row in overrides["off"]}
    working = {date.fromisoformat(row["day"]) for row in overrides["working"]}
    return WorkingCalendar(holidays=frozenset((known | off) - working), working_weekends=frozenset(working))

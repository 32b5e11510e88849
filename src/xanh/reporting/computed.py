"""Indicators that the system counts itself; nobody types them."""

from __future__ import annotations

from datetime import date, datetime

from xanh.indicators.models import Indicator
from xanh.org.models import Unit
from xanh.reporting.payload import Value
from xanh.tasks import queries as tasks

# Formula by indicator code; a new computed indicator names one of the formulas below.
TASKS_DONE = "DU-17"


def tasks_done(unit: Unit, *, day: date, now: datetime) -> Value:
    """Of the commune's tasks that are done or overdue: how many are done (in time or late), since 1 January."""
    boxes = tasks.boxes_of_commune(unit.commune_code, year=day.year, now=now)
    done = boxes.done_on_time + boxes.done_late
    return Value(n=done, d=done + boxes.overdue, on=day, provider="Hệ thống tự tính")


def values_for(unit: Unit, rows: list[Indicator], *, day: date, now: datetime) -> dict[str, Value]:
    """Values of the computed indicators among `rows`."""
    return {row.code: tasks_done(unit, day=day, now=now) for row in rows if row.is_computed and row.code == TASKS_DONE}

"""Indicators that the system counts itself; nobody types them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Q

from xanh.indicators.models import Indicator
from xanh.org.models import Unit
from xanh.reporting.payload import Value
from xanh.tasks import queries as tasks
from xanh.tasks.models import Task

# Formula by indicator code; a new computed indicator names one of the formulas below.
TASKS_DONE = "DU-17"


def tasks_done(unit: Unit, *, day: date, now: datetime) -> Value:
    """Of the commune's tasks that are done this year or overdue: how many are done, in time or late."""
    counted = Task.objects.assigned().filter(lead__commune_code=unit.commune_code)
    this_year = counted.filter(Q(done_at=None) | Q(done_at__year=day.year))
    boxes = tasks.boxes_of(this_year, now)
    done = boxes.done_on_time + boxes.done_late
    return Value(n=done, d=done + boxes.overdue, on=day, provider="Hệ thống tự tính")


def values_for(unit: Unit, rows: list[Indicator], *, day: date, now: datetime) -> dict[str, Value]:
    """Values of the computed indicators among `rows`."""
    return {row.code: tasks_done(unit, day=day, now=now) for row in rows if row.is_computed and row.code == TASKS_DONE}


def overdue_everywhere(now: datetime) -> dict[str, int]:
    """How many tasks each unit leads that are overdue; units without any are left out."""
    rows = Task.objects.assigned().overdue_at(now).order_by().values("lead_id").annotate(count=Count("pk"))
    return {str(row["lead_id"]): int(row["count"]) for row in rows}

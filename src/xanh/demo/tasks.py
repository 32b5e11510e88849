"""What the tasks of Tỉnh Mẫu said at any past instant, for the figures that hang on them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from xanh.demo import places
from xanh.tasks.models import Task


class TaskHistory:
    """The tasks led inside Tỉnh Mẫu, read once."""

    def __init__(self) -> None:
        self._of_commune: dict[str, list[Task]] = defaultdict(list)
        self._of_unit: dict[str, list[Task]] = defaultdict(list)
        for task in Task.objects.assigned().filter(lead__province_code=places.PROVINCE).select_related("lead"):
            self._of_commune[task.lead.commune_code if task.lead else ""].append(task)
            self._of_unit[task.lead_id or ""].append(task)

    def done_and_due(self, commune_code: str, day: date, at: datetime) -> tuple[int, int]:
        """Of a commune's tasks done in the year or overdue at an instant: how many were done, and all."""
        tasks = [task for task in self._of_commune[commune_code] if task.assigned_at <= at]
        accepted = [task for task in tasks if task.accepted_at is not None and task.accepted_at <= at]
        done = sum(task.done_at is not None and task.done_at.year == day.year for task in accepted)
        return done, done + sum(_overdue(task, at) for task in tasks)

    def overdue(self, unit_code: str, at: datetime) -> int:
        """How many tasks a unit led that were overdue at an instant."""
        return sum(_overdue(task, at) for task in self._of_unit[unit_code] if task.assigned_at <= at)


def _overdue(task: Task, at: datetime) -> bool:
    if task.due_at is None or (task.accepted_at is not None and task.accepted_at <= at):
        return False
    # A reported task's clock stands still until the report is judged.
    reported = task.reported_done_at if task.reported_done_at is not None and task.reported_done_at <= at else at
    return task.due_at <= reported

"""A document in force and the people around one of its tasks."""

from __future__ import annotations

from dataclasses import dataclass

from tests import factories
from tests.directives import samples
from xanh.directives.models import Directive
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.tasks.models import Task


@dataclass(frozen=True)
class Work:
    """Task 01 of Văn phòng Tỉnh ủy, task 02 of the three communes; `commune` is the child of xã Tân Mẫu."""

    directive: Directive
    office: Task
    parent: Task
    commune: Task
    giver: User
    judge: User
    worker: User


def make_work() -> Work:
    """Through the real actions: uploaded, reviewed, put into force."""
    province: Unit = factories.sample_province()
    giver = factories.person("consolidator", "00-DU")
    judge = factories.person("leader", "00")
    worker = factories.person("clerk", "99001-UB")
    directive = samples.in_force(province, giver, judge)
    return Work(
        directive,
        Task.objects.get(lead="00-VPTU"),
        Task.objects.get(group="00-XA"),
        Task.objects.get(lead="99001"),
        giver,
        judge,
        worker,
    )

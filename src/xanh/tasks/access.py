"""Who sees, updates and judges which task."""

from __future__ import annotations

from django.db.models import Q

from xanh.directives.access import stands_for_all, territory_code
from xanh.directives.models import Circulation
from xanh.org.access import Reach, Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.people.roles import Act
from xanh.tasks.models import Task, TaskCooperator


def visible_to(viewer: Viewer) -> Q:
    """Condition on Task: led or supported by a unit of the viewer's territory, or given by it.

    The common task above a group is seen by those who gave it and by those who have a task under it. Work out of a
    restricted document is closed to roles without that right.
    """
    open_to = Q() if viewer.may_somewhere(Act.SEE_RESTRICTED) else ~Q(directive__circulation=Circulation.RESTRICTED)
    return open_to & _in_territory(viewer)


def _in_territory(viewer: Viewer) -> Q:
    led = viewer.units_where(Act.SEE_TASKS, "lead__")
    given = viewer.units_where(Act.SEE_TASKS, "directive__owner__")
    if not led:
        return Q()
    support = TaskCooperator.objects.filter(unit__isnull=False).filter(viewer.units_where(Act.SEE_TASKS, "unit__"))
    below = Task.objects.filter(led, parent__isnull=False).values("parent_id")
    return led | given | Q(pk__in=support.values("task_id")) | Q(pk__in=below)


def can_see(viewer: Viewer, task: Task) -> bool:
    """Whether the viewer may read the task."""
    return Task.objects.filter(visible_to(viewer), pk=task.pk).exists()


def knows(viewer: Viewer, task: Task) -> bool:
    """Whether the task lies in the viewer's territory: then a refusal is 403, otherwise 404."""
    return viewer.knows(task.lead or task.directive.owner)


def _answers_for(reach: Reach, lead: Unit) -> bool:
    """Whether a post works for the leading unit: its own body, its block, or the territory as a whole."""
    if reach.unit_code == lead.code:
        return True
    if territory_code(reach) != (lead.commune_code or lead.province_code):
        return False
    if stands_for_all(reach) or not lead.block:
        return True
    # A post at one body does not write for its neighbour in the same block; a post at the block does.
    return reach.level == Level.BLOCK and reach.block == lead.block


def can_update(viewer: Viewer, task: Task) -> bool:
    """Whether the viewer may report for the leading unit; nobody does so for a common task."""
    lead = task.lead
    if lead is None:
        return False
    return any(reach.allows(Act.UPDATE_TASK) and _answers_for(reach, lead) for reach in viewer.reaches)


def can_judge(viewer: Viewer, task: Task) -> bool:
    """Whether the viewer stands on the assigner's side: a judge at the level that owns the document.

    A leader of one block there judges the tasks led by that block only.
    """
    owner_code, lead = task.directive.owner_id, task.lead
    return any(
        reach.allows(Act.JUDGE_TASK)
        and territory_code(reach) == owner_code
        and (stands_for_all(reach) or (lead is not None and lead.block == reach.block))
        for reach in viewer.reaches
    )

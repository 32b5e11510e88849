"""Whose trail a person may read: his units', or as an inspector what a decision opened."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.people.roles import INSPECTOR, Act


def reads_by_office(viewer: Viewer) -> bool:
    """Whether some office of the viewer reads the trail of its units without a decision."""
    return any(reach.allows(Act.READ_EVENTS) and reach.role != INSPECTOR.code for reach in viewer.reaches)


def inspects(viewer: Viewer) -> bool:
    """Whether the viewer is an inspector, who opens the trail by the number of a decision."""
    return any(reach.role == INSPECTOR.code for reach in viewer.reaches)


def inspector_capacity(viewer: Viewer) -> str:
    """The office as which an inspector reads."""
    return next(reach.capacity for reach in viewer.reaches if reach.role == INSPECTOR.code)


def may_open(viewer: Viewer, scope: Unit) -> bool:
    """Whether the viewer may open the trail of a unit and all below it as an inspector."""
    return any(reach.role == INSPECTOR.code and reach.covers(scope, Act.READ_EVENTS) for reach in viewer.reaches)


def _below(scope: Unit) -> Q:
    """Condition for a unit and everything in its territory."""
    if scope.level == Level.NATION:
        return Q(pk__isnull=False)
    if scope.level == Level.PROVINCE:
        return Q(province_code=scope.code)
    if scope.level == Level.COMMUNE:
        return Q(commune_code=scope.code)
    return Q(pk=scope.pk)


def readable_units(viewer: Viewer, *, opened: Unit | None) -> QuerySet[Unit]:
    """Units whose trail the viewer may read now; `opened` is the scope that an inspector opened by a decision."""
    condition = Q(pk__in=[])
    for reach in viewer.reaches:
        if reach.allows(Act.READ_EVENTS) and reach.role != INSPECTOR.code:
            condition |= reach.territory(Act.READ_EVENTS) or Q(pk__isnull=False)
    if opened is not None and may_open(viewer, opened):
        inspected = Viewer(viewer.user, viewer.day, tuple(r for r in viewer.reaches if r.role == INSPECTOR.code))
        condition |= _below(opened) & inspected.units_where(Act.READ_EVENTS)
    return Unit.objects.filter(condition)

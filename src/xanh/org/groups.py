"""Reads about groups of units and how their rosters changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from xanh.org import access, queries
from xanh.org.models import GroupMember, UnitGroup
from xanh.people.roles import Act


class GroupUnknown(Exception):
    """No group has this code."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and how many units it means on the viewer's day."""

    group: UnitGroup
    count: int


def groups_within(viewer: access.Viewer) -> list[GroupRow]:
    """Groups whose scope the viewer manages."""
    found = UnitGroup.objects.filter(viewer.units_where(Act.MANAGE_PEOPLE, "scope__")).select_related("scope")[:400]
    return [GroupRow(group, queries.roster(group.code, day=viewer.day).count()) for group in found]


def group(code: str) -> UnitGroup:
    """One group with its scope; raises GroupUnknown."""
    found = UnitGroup.objects.filter(pk=code).select_related("scope").first()
    if found is None:
        raise GroupUnknown(code)
    return found


def changes_of(changed: UnitGroup) -> QuerySet[GroupMember]:
    """Members that joined after the beginning or left, newest first."""
    first = changed.members.order_by("valid_from").values_list("valid_from", flat=True).first()
    moved = changed.members.select_related("unit")
    if first is not None:
        moved = moved.exclude(valid_from=first, valid_to=None)
    return moved.order_by("-valid_from", "unit__official_order")[:100]

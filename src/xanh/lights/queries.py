"""Read changes of lights."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from xanh.lights.models import LightChange


def changes_of(subject: str) -> QuerySet[LightChange]:
    """All turns of one subject, oldest first."""
    return LightChange.objects.filter(subject=subject).order_by("id")


def changes_of_unit(unit_code: str, *, since: datetime) -> QuerySet[LightChange]:
    """Turns of a unit's lights after `since`, newest first."""
    return LightChange.objects.filter(unit_code=unit_code, at__gte=since).order_by("-id")

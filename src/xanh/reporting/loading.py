"""Puts the catalogue of regimes into the database."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from xanh.kit import catalogue
from xanh.reporting.models import Regime


@transaction.atomic
def load_catalogue() -> int:
    """Add the regimes that are not there yet; returns how many."""
    added = 0
    for row in catalogue.read_yaml("regimes/regimes.yaml")["regimes"]:
        _, created = Regime.objects.get_or_create(
            code=row["code"],
            defaults={
                "programme_id": row["programme"],
                "scope_id": row["scope"],
                "name": row["name"],
                "cadence": row["cadence"],
                "opens_at": time.fromisoformat(row["opens_at"]),
                "closes_at": time.fromisoformat(row["closes_at"]),
                "valid_from": date.fromisoformat(row["valid_from"]),
                "source": row["source"],
            },
        )
        added += created
    return added

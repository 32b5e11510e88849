"""Puts the catalogue of programmes, phases, sets, indicators and targets into the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from xanh.core.measures import Direction, Kind
from xanh.core.periods import Cadence
from xanh.indicators.models import Indicator, IndicatorSet, Phase, Programme, Target
from xanh.kit import catalogue

BLOCKS = ("party", "council", "committee", "front")


@transaction.atomic
def load_catalogue() -> int:
    """Add programmes, sets, indicators and inherited targets that are not there yet; local versions stay untouched.

    Returns how many indicator rows were added.
    """
    added = 0
    for row in catalogue.read_yaml("programmes/programmes.yaml")["programmes"]:
        programme, _ = Programme.objects.get_or_create(
            code=row["code"],
            defaults={
                "symbol": row["symbol"],
                "issuer": row["issuer"],
                "issued_on": date.fromisoformat(row["issued_on"]),
                "name": row["name"],
                "short_name": row["short_name"],
            },
        )
        for phase in row["phases"]:
            Phase.objects.get_or_create(
                programme=programme,
                starts_on=date.fromisoformat(phase["starts_on"]),
                defaults={
                    "ends_on": date.fromisoformat(phase["ends_on"]),
                    "name": phase["name"],
                    "source": phase["source"],
                },
            )
        added += _load_sets(programme, row["sets"])
    return added


def _load_sets(programme: Programme, spec: dict[str, Any]) -> int:
    version = date.fromisoformat(spec["version"])
    added = 0
    for block in BLOCKS:
        code = spec["codes"][block]
        if IndicatorSet.objects.filter(code=code, valid_from__gte=version).exists():
            continue
        # A local version stays: the catalogue never overwrites what an office has set itself.
        if IndicatorSet.objects.filter(programme=programme, block=block, valid_to=None, is_local=True).exists():
            continue
        IndicatorSet.objects.filter(programme=programme, block=block, valid_to=None).update(valid_to=version)
        version_row = IndicatorSet.objects.create(
            programme=programme, code=code, block=block, valid_from=version, source=spec["source"]
        )
        rows = [row for row in catalogue.read_csv(spec["file"]) if row["block"] == block]
        indicators = [_indicator(version_row, row, order) for order, row in enumerate(rows, start=1)]
        Indicator.objects.bulk_create(indicators)
        Target.objects.bulk_create([target for row in rows if (target := _target(row, version))], ignore_conflicts=True)
        added += len(indicators)
    return added


def _indicator(version: IndicatorSet, row: dict[str, str], order: int) -> Indicator:
    indicator = Indicator(
        set=version,
        code=row["code"],
        block=row["block"],
        order=order,
        name=row["name_vi"],
        kind=Kind(row["kind"].upper()).value,
        measure=row["measure"],
        numerator=row["numerator_vi"],
        denominator=row["denominator_vi"],
        # "yes" stands for yes/no indicators, where one is better than zero.
        direction=(Direction.LOWER if row["direction"] == "lower" else Direction.HIGHER).value,
        cadence=Cadence(row["cadence"].upper()).value,
        accumulation=row["accumulation"],
        circulation=row["circulation"],
        in_power=row["in_power"] == "true",
        provider=row["provider"],
        owner=row["owner"],
        is_computed=row["computed"] == "true",
        scale=int(row["scale"]),
        rollup_units=row["rollup_units"],
        rollup_time=row["rollup_time"],
        weight_code=row["weight_code"],
        reconstructed=row["reconstructed"],
        source=row["source"],
        target_note=row["target_note"],
        checks_text=row["checks"],
        checks_expr=row["checks_expr"],
        check_messages=row["check_messages"],
        check_levels=row["check_levels"],
    )
    indicator.fold_name()
    return indicator


def scaled(value: str, places: int) -> int | None:
    """A decimal of the catalogue as an integer with `places` decimals; empty text as None."""
    return int(Decimal(value).scaleb(places)) if value else None


def _target(row: dict[str, str], version: date) -> Target | None:
    if not row["target_date"]:
        return None
    scale = int(row["scale"])
    return Target(
        indicator_code=row["code"],
        milestone_on=date.fromisoformat(row["target_date"]),
        op=row["target_op"] or ">=",
        value_scaled=scaled(row["target_value"], scale),
        baseline_scaled=scaled(row["baseline_value"], scale),
        set_on=version,
        document=row["target_note"],
    )

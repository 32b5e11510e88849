"""Programmes with phases; versioned indicator sets; targets. Policy numbers are dated catalogue rows, never code."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from xanh.core.measures import Direction, Kind
from xanh.core.periods import Cadence
from xanh.indicators.kinds import CADENCE_LABELS, Accumulation, Circulation
from xanh.kit.models import Named
from xanh.org.kinds import Block
from xanh.org.models import Unit


class Programme(Named):
    """What is being carried out: a resolution, a national programme."""

    code = models.CharField(max_length=20, primary_key=True)
    symbol = models.CharField(max_length=40)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    short_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A stretch of a programme with its milestone date."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="phase_ends_after_it_starts"),
            models.UniqueConstraint(fields=["programme", "starts_on"], name="phase_once"),
        ]


class IndicatorSet(models.Model):
    """One block's indicators of a programme, as one dated version."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sets")
    code = models.CharField(max_length=40)
    block = models.CharField(max_length=10, choices=Block.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=400)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_set_version_per_day"),
            models.UniqueConstraint(
                fields=["programme", "block"], condition=Q(valid_to=None), name="one_open_set_per_block"
            ),
        ]


class Indicator(Named):
    """One indicator in one version of a set."""

    set = models.ForeignKey(IndicatorSet, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20, db_index=True)
    block = models.CharField(max_length=10, choices=Block.choices)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    measure = models.CharField(max_length=60)
    numerator = models.CharField(max_length=400, blank=True)
    denominator = models.CharField(max_length=400, blank=True)
    direction = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Direction])
    cadence = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cadence])
    accumulation = models.CharField(max_length=16, choices=Accumulation.choices)
    circulation = models.CharField(max_length=12, choices=Circulation.choices)
    in_power = models.BooleanField(default=True)
    provider = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    is_computed = models.BooleanField(default=False)
    scale = models.PositiveSmallIntegerField(default=0)
    rollup_units = models.CharField(max_length=40)
    rollup_time = models.CharField(max_length=40)
    weight_code = models.CharField(max_length=20, blank=True)
    reconstructed = models.CharField(max_length=10)
    source = models.CharField(max_length=400, blank=True)
    target_note = models.CharField(max_length=400, blank=True)
    checks_text = models.TextField(blank=True)
    checks_expr = models.TextField(blank=True)
    check_messages = models.TextField(blank=True)
    check_levels = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["set", "order"]
        constraints = [models.UniqueConstraint(fields=["set", "code"], name="indicator_once_per_set")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def cadence_label(self) -> str:
        """The cadence in words: "Theo quý"."""
        return CADENCE_LABELS[Cadence(self.cadence)]


class Target(models.Model):
    """What an indicator must reach by a milestone; without a unit it holds for every unit, a unit's own goes first."""

    indicator_code = models.CharField(max_length=20, db_index=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="targets")
    milestone_on = models.DateField()
    op = models.CharField(max_length=2, choices=[(">=", "≥"), ("<=", "≤"), ("=", "=")])
    # Scaled by the indicator's `scale`; empty for a date indicator, whose target is the milestone itself.
    value_scaled = models.BigIntegerField(null=True)
    baseline_scaled = models.BigIntegerField(null=True)
    baseline_on = models.DateField(null=True)
    set_on = models.DateField()
    document = models.CharField(max_length=300)

    class Meta:
        ordering = ["indicator_code", "milestone_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_code", "unit", "milestone_on"], name="one_target_per_unit_and_milestone"
            ),
            models.UniqueConstraint(
                fields=["indicator_code", "milestone_on"],
                condition=Q(unit=None),
                name="one_inherited_target_per_milestone",
            ),
        ]


class IndicatorQuestion(models.Model):
    """A unit's question on an indicator, answered once for all."""

    indicator_code = models.CharField(max_length=20, db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    question = models.TextField(max_length=2000)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answer_and_its_time_go_together",
            )
        ]

"""Stored verdicts on communes, provinces and the nation, one row per unit and closing."""

from __future__ import annotations

from django.db import models

from xanh.org.models import Unit
from xanh.reporting.models import Round


class UnitVerdict(models.Model):
    """A unit's light at a closing, with the counts behind it; never changed afterwards."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="unit_verdicts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="verdicts")
    level = models.CharField(max_length=20)
    province_code = models.CharField(max_length=24, blank=True)
    green = models.PositiveIntegerField()
    amber = models.PositiveIntegerField()
    red = models.PositiveIntegerField()
    no_data = models.PositiveIntegerField()
    not_applicable = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    overdue_tasks = models.PositiveIntegerField()
    blocks_expected = models.PositiveIntegerField()
    blocks_sent = models.PositiveIntegerField()
    blocks_approved = models.PositiveIntegerField()
    communes = models.PositiveIntegerField(default=0)
    communes_complete = models.PositiveIntegerField(default=0)
    communes_green = models.PositiveIntegerField(default=0)
    light = models.CharField(max_length=5)
    reason = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    next_step = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["round", "unit"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="one_verdict_per_unit_and_closing")]
        indexes = [models.Index(fields=["round", "level", "province_code"], name="verdict_level_province")]

"""What was published: report files, texts kept from period to period, letters that ask for missing reports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xanh.indicators.kinds import Circulation
from xanh.kit.models import StoredFile
from xanh.org.models import Unit
from xanh.publishing.kinds import Template, TextKind
from xanh.reporting.models import Round


class ReportText(models.Model):
    """What a unit wrote for one part of one period's report; the next period starts from it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_texts")
    kind = models.CharField(max_length=12, choices=TextKind.choices)
    period_code = models.CharField(max_length=24)
    period_end = models.DateField()
    text = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-period_end", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "period_code"], name="one_report_text_per_period")
        ]


class PublishedReport(models.Model):
    """One report as it went out; the file is never changed. `as_of` is the instant whose figures it holds."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="published_reports")
    template = models.CharField(max_length=5, choices=Template.choices)
    period_code = models.CharField(max_length=24)
    as_of = models.DateTimeField()
    circulation = models.CharField(max_length=12, choices=Circulation.choices)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=40)
    made_label = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["unit", "-made_at"], name="published_unit_recent")]
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="published_report_has_its_hash")]


class Letter(models.Model):
    """The one letter that a receiving office drafts after a round's closing to those who have not sent."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="letters")
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")
    office_code = models.CharField(max_length=24)
    names_all = models.BooleanField(default=False)
    # [{"commune": code, "blocks": [code, …]}] as it stood when the letter was drafted.
    missing = models.JSONField()
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=40)
    made_label = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "province", "office_code"],
                name="one_letter_per_round_and_office",
                violation_error_message="Kỳ báo cáo này đã có dự thảo công văn đôn đốc.",
            )
        ]

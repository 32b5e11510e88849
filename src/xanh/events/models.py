"""The append-only log: who did what, when, to which subject. Sealed in batches that form a chain of hashes."""

from __future__ import annotations

from django.db import models


class EventBatch(models.Model):
    """Events sealed together: the root covers their digests in order and the root before."""

    previous_root = models.CharField(max_length=64)
    root = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gt=0), name="event_batch_not_empty"),
            models.UniqueConstraint(fields=["previous_root"], name="event_chain_has_no_fork"),
        ]


class Event(models.Model):
    """One recorded act; subjects and people are kept as text, so that nothing here holds a row alive."""

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    unit_code = models.CharField(max_length=24, blank=True, db_index=True)
    by = models.CharField(max_length=40, blank=True)
    by_label = models.CharField(max_length=240, blank=True)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    batch = models.ForeignKey(EventBatch, null=True, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "id"], name="event_batch_id")]


class ReadingLog(models.Model):
    """An inspector opened the trail by a decision: a log of its own, chained row by row, that units never see."""

    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    by_label = models.CharField(max_length=240)
    decision = models.CharField(max_length=120)
    scope = models.CharField(max_length=24)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["previous_digest"], name="reading_chain_has_no_fork"),
            models.CheckConstraint(condition=~models.Q(decision=""), name="reading_names_its_decision"),
        ]

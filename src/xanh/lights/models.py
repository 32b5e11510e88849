"""Changes of lights. The subject is text, so that any package above can own lights."""

from __future__ import annotations

from django.db import models


class LightChange(models.Model):
    """A light turned: old, new, why, when."""

    subject = models.CharField(max_length=80, db_index=True)
    unit_code = models.CharField(max_length=24, db_index=True)
    old = models.CharField(max_length=5, blank=True)
    new = models.CharField(max_length=5)
    reason = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="light_change_changes_something"),
        ]

"""Abstract models shared by the domain packages."""

from __future__ import annotations

from typing import Any

from django.db import models

from xanh.core import text


class Named(models.Model):
    """A thing with a Vietnamese name: a folded column to search in and a stored key to sort by.

    SQLite has no Vietnamese collation, so the order is computed once and stored.
    """

    name = models.CharField(max_length=400)
    name_folded = models.CharField(max_length=400, editable=False, db_index=True)
    name_sort = models.CharField(max_length=1200, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store with derived columns up to date."""
        self.fold_name()
        super().save(*args, **kwargs)

    def fold_name(self) -> None:
        """Recompute both derived columns (also called by bulk loaders, which skip `save`)."""
        self.name_folded = text.fold(self.name)
        self.name_sort = text.sort_key(self.name)[:1200]


class StoredFile(models.Model):
    """A file as it was received, kept under the hash of its content; the same content is kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty")]

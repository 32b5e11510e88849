"""Tỉnh Mẫu as the loader leaves it at a fixed instant, loaded once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from xanh.demo import loader
from xanh.demo.span import Span, span_until
from xanh.org.models import Membership, Unit, UnitGroup
from xanh.reporting.models import Regime

# Friday 20/11/2026, 14:00 in Vietnam: the round of the day is open, and weekly figures are due.
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


class _Undo(Exception):
    """Rolls the loaded rows back."""


def forget_units() -> None:
    """An installation without units: what the test run has loaded for all tests is left out in this transaction."""
    Regime.objects.all().delete()
    Membership.objects.all().delete()
    UnitGroup.objects.all().delete()
    Unit.objects.all().delete()


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[loader.Loaded]:
    """The sample province without its documents."""
    kept, settings.HOME = settings.HOME, Path(tmp_path_factory.mktemp("home"))
    with django_db_blocker.unblock():
        with transaction.atomic():
            forget_units()
            yield loader.load(at=AT, only_sample_province=True, with_documents=False, say=lambda _: None)
            transaction.set_rollback(True)
        settings.HOME = kept


@pytest.fixture
def span(loaded: loader.Loaded) -> Iterator[Span]:
    """The days of the load; what the test changes is undone after it."""
    with transaction.atomic():
        regime = Regime.objects.get(pk=loader.REGIME)
        yield span_until(AT, not_before=date(2026, 1, 1), opens=regime.opens_at, closes=regime.closes_at)
        transaction.set_rollback(True)

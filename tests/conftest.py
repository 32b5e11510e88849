"""Shared fixtures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from tests import factories

# The browser driver keeps an event loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# A test's transaction looks like a forgotten one to Django: the end of a request would drop the connection under it.
BaseDatabaseWrapper.close_if_unusable_or_obsolete = lambda _self: None  # type: ignore[method-assign]


@pytest.fixture
def now() -> datetime:
    """A fixed instant: Friday 20/11/2026, 14:00 in Vietnam."""
    return datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Load the sample nation once into the test database: each test's transaction starts from it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        factories.sample_nation()


@pytest.fixture
def nation(db: None) -> factories.Nation:
    """Tỉnh Mẫu with three communes, the indicators of Resolution 57 and its daily regime."""
    return factories.sample_nation()


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path) -> Iterator[Path]:
    """Each test has its own place for files."""
    kept = settings.UPLOADS
    settings.UPLOADS = tmp_path / "uploads"
    yield tmp_path / "uploads"
    settings.UPLOADS = kept

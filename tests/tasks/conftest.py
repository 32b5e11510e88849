"""Fixtures of the tests of tasks."""

from __future__ import annotations

import pytest

from tests.tasks.cases import Work, make_work


@pytest.fixture
def work(db: None) -> Work:
    """A document in force and the people around one of its tasks."""
    return make_work()

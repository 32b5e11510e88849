"""A round that later rounds have passed is corrected on its own days' figures, never on later ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.reporting import day
from xanh.people.models import User
from xanh.reporting import payload, sheet
from xanh.reporting.actions import drafts, submissions

# Tuesday, Wednesday, Friday: what is reported weekly is due on the Friday only.
TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, number) for number in (17, 18, 20))


@pytest.fixture
def clerk(nation: factories.Nation, now: datetime) -> User:
    """A clerk who has sent three rounds, each with one more case than the one before."""
    who = factories.person("clerk", "99001-UB")
    for shift, of_day in enumerate((TUESDAY, WEDNESDAY, FRIDAY)):
        day.send(nation.round_on(of_day), nation.unit("99001-UB"), who, now, shift=shift)
    return who


@pytest.mark.usefixtures("clerk")
def test_the_last_period_of_a_past_round_is_before_it(nation: factories.Nation, now: datetime) -> None:
    row = sheet.sheet_for(nation.round_on(WEDNESDAY), nation.unit("99001-UB"), now=now).row("UB-01")
    assert row is not None
    assert row.previous is not None
    assert (row.previous.n, row.previous.on) == (2493, TUESDAY)
    assert row.value is not None
    assert row.value.n == 2494


@pytest.mark.usefixtures("clerk")
def test_a_past_round_that_was_never_sent_offers_figures_from_before_it(
    nation: factories.Nation, now: datetime
) -> None:
    thursday = nation.round_on(date(2026, 11, 19))
    row = sheet.sheet_for(thursday, nation.unit("99001-UB"), now=now).row("UB-01")
    assert row is not None
    assert row.carried is not None
    assert (row.carried.n, row.carried.on) == (2494, WEDNESDAY)


def test_a_late_statement_carries_no_figure_of_a_later_day(
    nation: factories.Nation, clerk: User, now: datetime
) -> None:
    thursday, unit, later = nation.round_on(date(2026, 11, 19)), nation.unit("99001-UB"), now + timedelta(minutes=5)
    drafts.confirm_unchanged(of_round=thursday, unit=unit, by=clerk, at=later)
    sent = submissions.submit(of_round=thursday, unit=unit, by=clerk, at=later)
    values = payload.load(submissions.last_revision(sent).payload)
    assert values["UB-01"].n == 2494
    assert "UB-05" not in values  # weekly, first stated on the Friday
    assert max(value.on for value in values.values()) == date(2026, 11, 19)

"""The story of Tỉnh Mẫu holds at any hour of loading."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.demo.conftest import forget_units
from xanh.demo import loader, places
from xanh.demo.people import appoint_all
from xanh.demo.span import span_until
from xanh.indicators import loading as indicator_loading
from xanh.org import loading as org_loading

# In Vietnam: ten past midnight, 08:00, just after the cut-off, the evening; a Sunday; the first Friday of a year.
HOURS = [
    datetime(2026, 11, 19, 17, 10, tzinfo=UTC),
    datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
    datetime(2026, 11, 20, 9, 10, tzinfo=UTC),
    datetime(2026, 11, 20, 13, 0, tzinfo=UTC),
    datetime(2026, 11, 22, 5, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 5, 0, tzinfo=UTC),
]


@pytest.mark.django_db
def test_nobody_acts_after_the_instant_of_loading_and_every_act_follows_the_one_before() -> None:
    forget_units()
    org_loading.load_territories(places.territories(), valid_from=loader.UNITS_SINCE)
    indicator_loading.load_catalogue()
    people = appoint_all(starts_on=date(2026, 1, 1), at=datetime(2026, 1, 1, tzinfo=UTC))
    for at in HOURS:
        span = span_until(at, not_before=date(2026, 1, 1), opens=time(0), closes=time(16))
        for plan in loader.stories(span, people, loader.path_on("NQ57", span.today)).values():
            before = span.starts_at
            assert [day.day for day in plan] == list(span.every)
            for attempt in (attempt for day in plan for attempt in day.attempts):
                decided = attempt.decision.at if attempt.decision else attempt.submitted_at
                instants = [
                    before,
                    attempt.typed_at,
                    attempt.submitted_at or attempt.typed_at,
                    decided or attempt.typed_at,
                ]
                assert instants == sorted(instants)
                before = instants[-1]
            assert before <= at


@pytest.mark.parametrize("at", HOURS)
def test_the_fortnight_has_fourteen_closed_days_before_today(at: datetime) -> None:
    span = span_until(at, not_before=date(2026, 1, 1), opens=time(0), closes=time(16))
    assert len(span.days) == 14
    assert span.days[-1].toordinal() == span.today.toordinal() - 1
    assert list(span.every) == sorted(set(span.every))


def test_the_rounds_before_the_fortnight_are_the_last_due_days() -> None:
    # Saturday 21/11/2026: the fortnight begins on 07/11; before it a Friday, an end of a month, an end of a quarter.
    at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    span = span_until(at, not_before=date(2026, 1, 1), opens=time(0), closes=time(16))
    assert span.history == (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 6))


def test_tinh_mau_has_twenty_communes_of_three_kinds() -> None:
    communes = [row for row in places.territories() if row.province_code]
    kinds = [row.kind for row in communes]
    assert len(communes) == 20
    assert (kinds.count("rural_commune"), kinds.count("ward"), kinds.count("special_zone")) == (13, 6, 1)
    assert [row.code for row in communes if not row.has_council] == ["99020"]
    assert (communes[0].name, communes[1].name, communes[-1].name) == (
        "Xã Tân Mẫu",
        "Phường Hưng Mẫu",
        "Đặc khu Đảo Mẫu",
    )
    assert all(row.is_sample for row in places.territories())

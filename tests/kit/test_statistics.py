"""The planner's statistics are there after a refresh."""

from __future__ import annotations

from django.db import connection

from tests import factories
from xanh.kit import statistics

WHERE = {
    "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'org_unit'",
    "postgresql": "SELECT count(*) FROM pg_class WHERE relname = 'org_unit' AND reltuples > 0",
}


def test_a_refresh_leaves_statistics_of_the_units(nation: factories.Nation) -> None:
    statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute(WHERE[connection.vendor])
        assert cursor.fetchone()[0] > 0

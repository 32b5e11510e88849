"""Rows straight into a table, many at once: Django's bulk_create spends most of its time on objects nobody reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

BATCH = 5000


@lru_cache(maxsize=100_000)
def instant(at: datetime) -> Any:
    """An instant as the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values (JSON as text, instants through `instant`); returns their number.

    Raises ValueError when a column of the table is not named, so that a new field is never silently left out.
    """
    table = model._meta  # noqa: SLF001  Django's documented name
    known = [str(field.column) for field in table.concrete_fields]
    if missing := sorted(set(known) ^ set(columns)):
        raise ValueError(f"{table.db_table}: {', '.join(missing)}")
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({places})"  # noqa: S608  names of our own
    waiting, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def settle_sequences(models: Sequence[type[Model]]) -> None:
    """Let the database count on from the highest key, where it counts apart from the table."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def widen_cache() -> None:
    """Room for the indexes while loading; other connections keep theirs."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-400000")


def empty_log() -> None:
    """Fold the log of a large load back into the database file and give its space back."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA cache_size=-32000")

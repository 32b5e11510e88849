"""Recompute and compare everything inside one document; one entry per distinct fault, at its first place."""

from __future__ import annotations

from xanh.reading import checks_citations, checks_numbers, checks_text, checks_time
from xanh.reading.layout import Layout
from xanh.reading.model import Inconsistency, Reading
from xanh.reading.number_tables import NumberTable
from xanh.reading.sections import Placed


def find(
    layout: Layout, placed: tuple[Placed, ...], tables: list[NumberTable], read: Reading
) -> tuple[Inconsistency, ...]:
    """All faults of a document, in text order."""
    view = layout.view
    found = [
        *checks_citations.check(view, read.citations),
        *checks_time.check(view, read.metadata, read.tasks, read.reporting_regimes, read.figures),
        *checks_numbers.check(view, placed, read.figures, read.targets, tables),
        *checks_text.check(layout, read.metadata, placed, read.sections),
    ]
    unique = {(item.kind, item.start, item.end): item for item in found}
    return tuple(sorted(unique.values(), key=lambda item: (item.start, item.kind)))

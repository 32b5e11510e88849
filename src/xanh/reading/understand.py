"""From a text to everything that is read out of it. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xanh.reading import citations, layout, metadata, sections, tasks
from xanh.reading.blocks import Table
from xanh.reading.model import Citation, Reading, Task


def understand(text: str, *, file: str, tables: tuple[Table, ...] | None = None) -> Reading:
    """Read one document. `tables` come from the file; without them they are looked for in the text."""
    laid = layout.lay_out(text, tables)
    head = metadata.read(laid)
    cited = citations.find(laid, head)
    placed = sections.outline(laid)
    issued_on = date.fromisoformat(head.issued_on) if head.issued_on else None
    scan = blank_citations(laid.view.body, cited)
    walker = tasks.Walker(laid.view, scan, type_code=head.type, issued_on=issued_on)
    found = walker.walk(placed)
    return Reading(file, text, head, cited, sections.sections_of(placed), numbered([item.task for item in found]))


def blank_citations(flat: str, cited: tuple[Citation, ...]) -> str:
    """The text without the mentions of other documents, whose dates are no deadlines; same length."""
    parts, at = [], 0
    for item in cited:
        parts += [flat[at : item.start], " " * (item.end - item.start)]
        at = item.end
    return "".join([*parts, flat[at:]])


def numbered(found: list[Task]) -> tuple[Task, ...]:
    """Tasks in text order with their ids T01, T02 …"""
    ordered = sorted(found, key=lambda task: task.start)
    return tuple(replace(task, id=f"T{index:02d}") for index, task in enumerate(ordered, 1))

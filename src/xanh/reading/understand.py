"""From a text to everything that is read out of it. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xanh.reading import citations, layout, metadata, regimes, sections, tables, tasks
from xanh.reading.blocks import Table
from xanh.reading.model import Citation, Reading, Regime, Section, Task


def understand(text: str, *, file: str, tables_of_file: tuple[Table, ...] | None = None) -> Reading:
    """Read one document. The tables come from the file; without them they are looked for in the text."""
    laid = layout.lay_out(text, tables_of_file)
    view = laid.view
    head = metadata.read(laid)
    cited = citations.find(laid, head)
    placed = sections.outline(laid)
    issued_on = date.fromisoformat(head.issued_on) if head.issued_on else None
    walker = tasks.Walker(view, blank_citations(view.body, cited), type_code=head.type, issued_on=issued_on)
    prose = walker.walk(placed)
    work = [item.task for item in prose]
    duties: list[Regime] = [regime for item in prose for regime in regimes.of_task(view, item)]
    headings = list(sections.sections_of(placed))
    for table in laid.tables:
        grid = tables.understand(view, table)
        if grid.use is tables.Use.TASKS:
            found = tables.read_tasks(laid, grid, placed, issued_on)
            work += found.tasks
            headings += found.groups
            duties += [regime for task in found.tasks for regime in regimes.of_row(view, task)]
    return Reading(file, text, head, cited, _in_order(headings), numbered(work), tuple(sorted(duties, key=lambda item: item.start)))


def _in_order(headings: list[Section]) -> tuple[Section, ...]:
    return tuple(sorted(headings, key=lambda item: item.start))


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

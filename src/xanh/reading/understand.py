"""From a text to everything that is read out of it. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from xanh.reading import (
    citations,
    figures,
    inconsistencies,
    layout,
    metadata,
    number_tables,
    numbers,
    regimes,
    sections,
    sentences,
    tables,
    targets,
    tasks,
)
from xanh.reading.blocks import Table
from xanh.reading.model import Citation, Figure, Metadata, Quote, Reading, Regime, Target, Task
from xanh.reading.sections import Part, Placed
from xanh.reading.view import View

Item = TypeVar("Item", bound=Quote)


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
    number_parts: list[number_tables.NumberTable] = []
    aims, stated = _numbers_in_prose(view, head, cited, placed, work, issued_on=issued_on)
    for table in laid.tables:
        grid = tables.understand(view, table)
        if grid.use is tables.Use.TASKS:
            found = tables.read_tasks(laid, grid, placed, issued_on)
            work += found.tasks
            headings += found.groups
            duties += [regime for task in found.tasks for regime in regimes.of_row(view, task)]
        elif grid.use is tables.Use.FIGURES:
            numbered_table = number_tables.read(view, grid)
            number_parts.append(numbered_table)
            aims += numbered_table.targets
            stated += numbered_table.figures
    read = Reading(
        file,
        text,
        head,
        cited,
        _by_place(headings),
        numbered(work),
        _by_place(duties),
        _by_place(aims),
        _by_place(stated),
    )
    return replace(read, inconsistencies=inconsistencies.find(laid, placed, number_parts, read))


def _numbers_in_prose(
    view: View,
    head: Metadata,
    cited: tuple[Citation, ...],
    placed: tuple[Placed, ...],
    work: list[Task],
    *,
    issued_on: date | None,
) -> tuple[list[Target], list[Figure]]:
    """Targets and figures of running text: a number of a task or a target is no figure."""
    quiet = numbers.blank_dates(blank_citations(view.flat, cited))
    aims: list[Target] = []
    spans = [(task.start, task.end) for task in work]
    for task in work:
        aims += targets.in_prose(view, quiet, task.start, task.end, issued_on=issued_on, bounded_only=True)
    for item in placed:
        start = item.paragraph.end if item.content is None else item.content
        for left, right in sentences.split(view.body, start, item.paragraph.end):
            sets_levels = item.part is Part.AIMS or targets.strives(view, left, right)
            if sets_levels and not any(task.start < right and left < task.end for task in work):
                heading = targets.of_heading(item.path[-1].heading if item.path else "")
                found = targets.in_prose(view, quiet, left, right, issued_on=issued_on, bounded_only=False)
                aims += [
                    replace(aim, by=heading[0], by_date=heading[1]) if heading and not aim.by else aim for aim in found
                ]
                spans.append((left, right))
    return aims, _figures(view, _without(quiet, spans), placed, is_report=head.type == "BC")


def _figures(view: View, quiet: str, placed: tuple[Placed, ...], *, is_report: bool) -> list[Figure]:
    """In a report every number that states a result; elsewhere those of the preamble and of parts that tell results."""
    stated: list[Figure] = []
    for item in placed:
        start = item.paragraph.end if item.content is None else item.content
        tells = item.part is Part.RESULTS or not item.path or (is_report and item.part is Part.UNKNOWN)
        if tells:
            stated += figures.of_paragraph(view, quiet, start, item.paragraph.end)
    return stated


def _without(flat: str, spans: list[tuple[int, int]]) -> str:
    """The flat text with some stretches blank; same length."""
    parts, at = [], 0
    for left, right in sorted(spans):
        if right > at:
            parts += [flat[at : max(at, left)], " " * (right - max(at, left))]
            at = right
    return "".join([*parts, flat[at:]])


def _by_place(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.start))


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

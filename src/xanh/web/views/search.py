"""Tìm kiếm: one box, sections from a list of small functions; each shows only what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from xanh.core import text
from xanh.directives import queries as directives
from xanh.indicators import queries as indicators
from xanh.kit import clock
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.people.roles import Act
from xanh.tasks import queries as tasks
from xanh.web import guards

PER_SECTION = 10
SHORTEST = 2
# Of more hits than these only the first are put in order; whoever gets so many has to narrow his words anyway.
RANKED = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its words, a second line, and where it opens ("" where nothing opens)."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """Hits of one kind; `more` tells that the list was cut."""

    title: str
    hits: tuple[Hit, ...]
    more: bool


Finder = Callable[[Viewer, str], Section]


def _address(name: str, *arguments: object) -> str:
    """Where a thing opens, or "" where this installation has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def find_units(viewer: Viewer, written: str) -> Section:
    """Units whose board the viewer may open; a commune always with its province."""
    found = org.search_units(written, within=viewer.units_where(Act.SEE_OWN_BOARD), limit=PER_SECTION + 1)
    provinces = org.units([unit.province_code for unit in found])
    hits = []
    for unit in found[:PER_SECTION]:
        province = provinces.get(unit.province_code)
        detail = bodies.label_of(province) if province and province.code != unit.code else ""
        name = "boards-commune" if unit.commune_code else "boards-province"
        hits.append(Hit(unit.name, detail, _address(name, unit.commune_code or unit.province_code)))
    return Section("Đơn vị", tuple(hits), len(found) > PER_SECTION)


def find_indicators(viewer: Viewer, written: str) -> Section:
    """Indicators of the dictionary; everybody who has a post reads it."""
    if not viewer.reaches:
        return Section("Chỉ tiêu", (), more=False)
    found = [
        row
        for programme in indicators.programmes()
        for row in indicators.search(programme.code, viewer.day, words=written)
    ]
    hits = tuple(Hit(row.name, row.code, _address("dictionary-indicator", row.code)) for row in found[:PER_SECTION])
    return Section("Chỉ tiêu", hits, len(found) > PER_SECTION)


def _section(title: str, hits: list[Hit], written: str) -> Section:
    """Hits with the right diacritics before the others, cut to what one page shows."""
    exact = text.same_tone_place(written).casefold()
    # The sort is stable: within both halves the order of the list stays.
    ranked = sorted(hits, key=lambda hit: exact not in text.same_tone_place(f"{hit.title} {hit.detail}").casefold())
    return Section(title, tuple(ranked[:PER_SECTION]), len(hits) > PER_SECTION)


def find_tasks(viewer: Viewer, written: str) -> Section:
    """Tasks that the viewer may see, by words of their content."""
    found = tasks.listing(viewer, tasks.TaskFilter(words=written), clock.now())[:RANKED]
    hits = [
        Hit(task.name, f"{task.code} · {task.lead.name}" if task.lead else task.code, _address("tasks-page", task.code))
        for task in found
    ]
    return _section("Nhiệm vụ", hits, written)


def find_directives(viewer: Viewer, written: str) -> Section:
    """Documents that the viewer may read, by number, subject or issuer."""
    found = directives.listing(viewer, words=written)[:RANKED]
    hits = [
        Hit(
            f"{row.symbol} {row.title}".strip() or row.file_name,
            row.issuer,
            _address("directives-page", row.pk),
        )
        for row in found
    ]
    return _section("Văn bản", hits, written)


FINDERS: tuple[Finder, ...] = (find_units, find_indicators, find_tasks, find_directives)


@require_safe
@guards.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Everything the viewer may see that holds the words; without words, how to search."""
    # A NUL ends the pattern inside the database: it would match everything.
    asked = request.GET.get("q", "").replace("\x00", " ")
    written = " ".join(text.nfc(asked).split())[:200]
    long_enough = len(written) >= SHORTEST
    sections = [finder(guards.viewer_of(request), written) for finder in FINDERS] if long_enough else []
    context = {
        "written": written,
        "long_enough": long_enough,
        "sections": [section for section in sections if section.hits],
    }
    return render(request, "search/results.html", context)

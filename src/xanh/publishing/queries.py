"""Reads of publishing: what was published, texts kept from period to period, letters, who signs."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from xanh.core.periods import Period
from xanh.indicators.kinds import Circulation
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.people.roles import Act
from xanh.publishing import wording
from xanh.publishing.kinds import TextKind
from xanh.publishing.models import Letter, PublishedReport, ReportText
from xanh.publishing.scope import Scope
from xanh.reporting.models import Excuse, Round


def texts_of(unit: Unit, period: Period) -> dict[str, ReportText]:
    """The texts shown for a period: its own, else the last ones written for an earlier period."""
    found: dict[str, ReportText] = {}
    for text in ReportText.objects.filter(unit=unit, period_end__lte=period.end).order_by("period_end", "at"):
        found[text.kind] = text
    for text in ReportText.objects.filter(unit=unit, period_code=period.code):
        found[text.kind] = text
    return found


def texts_for(unit: Unit, period: Period) -> dict[str, str]:
    """The words of `texts_of`, "" where nothing was ever written."""
    found = texts_of(unit, period)
    return {kind: found[kind].text if kind in found else "" for kind in TextKind.values}


def unit_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Units whose report a viewer may open, as (code, label): highest level first, then official order."""
    seen = viewer.units_where(Act.SEE_FIGURES)
    levels = {Level.NATION: 0, Level.PROVINCE: 1, Level.COMMUNE: 2, Level.BLOCK: 3}
    central = any(reach.level == Level.NATION and reach.allows(Act.SEE_FIGURES) for reach in viewer.reaches)
    # From the centre 3.321 communes would make no usable list; their reports open from the boards.
    offered = (Level.NATION, Level.PROVINCE) if central else (Level.PROVINCE, Level.COMMUNE)
    found = list(
        Unit.objects.filter(seen, level__in=offered)
        .standing_on(viewer.day)
        .order_by("province_code", "official_order", "code")
    )
    found += list(
        Unit.objects.filter(seen, level=Level.BLOCK, commune_code__in=[r.commune_code for r in viewer.reaches])
        .exclude(commune_code="")
        .order_by("official_order")
    )
    found.sort(key=lambda unit: levels[Level(unit.level)])
    return [(unit.code, wording.upper_first(wording.unit_name(unit))) for unit in found]


def published(unit: Unit, viewer: Viewer, *, limit: int = 20) -> QuerySet[PublishedReport]:
    """Earlier reports of a unit that the viewer may open, newest first."""
    found = PublishedReport.objects.filter(unit=unit)
    if not viewer.may(Act.SEE_RESTRICTED, unit):
        found = found.exclude(circulation=Circulation.RESTRICTED)
    return found.select_related("file", "unit")[:limit]


def published_report(pk: int) -> PublishedReport | None:
    """One published report."""
    return PublishedReport.objects.filter(pk=pk).select_related("file", "unit").first()


def letter(pk: int) -> Letter | None:
    """One letter."""
    return Letter.objects.filter(pk=pk).select_related("file", "province", "round__regime").first()


def letter_of(of_round: Round, province: Unit, office_code: str) -> Letter | None:
    """The letter that an office has drafted for a round."""
    found = Letter.objects.filter(round=of_round, province=province, office_code=office_code)
    return found.select_related("file", "province").first()


def excuses_of(scope: Scope) -> list[Excuse]:
    """Blocks that the office has freed from the closing round, with the reason it accepted."""
    if scope.closing is None:
        return []
    codes = [unit.code for unit in scope.block_units()]
    return list(Excuse.objects.filter(round=scope.closing, unit__in=codes).select_related("unit"))


def signer_name(unit: Unit, territory: Unit, head_of: str, *, day: date) -> str:
    """The head's name, where exactly one leader holds that office on the day; else left open for the signer."""
    posts = org.posts_of([unit.code, territory.code], day=day).filter(role="leader", capacity__istartswith=head_of)
    names = {post.person.full_name for post in posts}
    return names.pop() if len(names) == 1 else ""

"""What a report is about: territory, sides, period, and the instant whose figures it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from xanh.core import dates
from xanh.core.periods import Period
from xanh.indicators.models import Programme
from xanh.org import queries as org
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.publishing import layouts
from xanh.publishing.kinds import Template
from xanh.reporting.models import Round

SIDES = ("party", "council", "committee", "front")
REPORTING_LEVELS = (Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.BLOCK)


class PeriodNotBegun(Exception):
    """The period lies in the future: there is nothing to report."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"Kỳ {period.label} chưa bắt đầu nên chưa có số liệu. Đề nghị chọn kỳ khác.")


@dataclass(frozen=True, slots=True)
class Scope:
    """`unit` was asked for; `territory` is it or the commune of a block; `sides` are the blocks reported on.

    `as_of`: the closing of the period's last round once it was frozen, the end of a period without one, else now.
    """

    unit: Unit
    territory: Unit
    template: Template
    side: str
    sides: tuple[str, ...]
    programme: Programme
    period: Period
    as_of: datetime
    is_live: bool
    closing: Round | None
    issuer: layouts.Issuer

    @property
    def is_commune(self) -> bool:
        """Whether single figures are reported, not sums over communes."""
        return self.territory.level == Level.COMMUNE

    def block_units(self) -> list[Unit]:
        """The block units whose figures count, commune by commune in official order."""
        day = dates.local_date(self.as_of)
        found = Unit.objects.filter(level=Level.BLOCK, block__in=self.sides).exclude(commune_code="").standing_on(day)
        if self.is_commune:
            found = found.filter(commune_code=self.territory.code)
        elif self.territory.level == Level.PROVINCE:
            found = found.filter(province_code=self.territory.code)
        return list(found.order_by("province_code", "official_order", "code"))


def templates_for(unit: Unit) -> list[Template]:
    """Which reports a unit may issue; empty for bodies, hamlets and Party organisations."""
    if unit.level == Level.BLOCK:
        if not unit.commune_code:
            return []
        return [Template.PARTY if unit.block == "party" else Template.STATE]
    if unit.level == Level.NATION:
        return [Template.PARTY]
    return [Template.PARTY, Template.STATE] if unit.level in REPORTING_LEVELS else []


def scope_of(unit: Unit, template: Template, programme: Programme, period: Period, *, now: datetime) -> Scope:
    """The scope of a report; raises layouts.NoIssuer, PeriodNotBegun."""
    if template not in templates_for(unit):
        raise layouts.NoIssuer(template)
    if period.start > dates.local_date(now):
        raise PeriodNotBegun(period)
    side, sides = _sides(unit, template)
    territory = org.unit(unit.commune_code) if unit.level == Level.BLOCK else unit
    closing = _last_closing(programme, period, now)
    as_of = _instant(period, closing, now)
    return Scope(
        unit=unit,
        territory=territory,
        template=template,
        side=side,
        sides=sides,
        programme=programme,
        period=period,
        as_of=as_of,
        is_live=as_of == now,
        closing=closing if closing is not None and closing.closes_at == as_of else None,
        issuer=layouts.report_issuer(territory, side),
    )


def _sides(unit: Unit, template: Template) -> tuple[str, tuple[str, ...]]:
    if unit.level == Level.BLOCK:
        return unit.block, (unit.block,)
    # The committee of a level speaks for its own block only; the Party committee leads all four.
    return ("party", SIDES) if template == Template.PARTY else ("committee", ("committee",))


def _last_closing(programme: Programme, period: Period, now: datetime) -> Round | None:
    """The frozen round that ends the period."""
    return (
        Round.objects.filter(
            regime__programme=programme, period_end=period.end, closes_at__lte=now, closed_at__isnull=False
        )
        .order_by("-closes_at")
        .first()
    )


def _instant(period: Period, closing: Round | None, now: datetime) -> datetime:
    if closing is not None:
        return closing.closes_at
    end = dates.at_local(period.end + timedelta(days=1), time(0, 0)) - timedelta(seconds=1)
    return min(end, now)

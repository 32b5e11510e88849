"""The verdicts of a closing without a row object per block: what `assessment.actions.store_verdicts` would store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from xanh.assessment.models import UnitVerdict
from xanh.core import status
from xanh.core.light import Light, Verdict
from xanh.core.status import LightCounts, UnitThresholds
from xanh.demo import bulk
from xanh.demo.play import Counts
from xanh.kit import policy
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.reporting import computed
from xanh.reporting.models import Round
from xanh.reporting.states import APPROVED_STATES, SENT_STATES

COLUMNS = (
    *("id", "round_id", "unit_id", "level", "province_code", "green", "amber", "red", "no_data", "not_applicable"),
    *("waiting", "overdue_tasks", "blocks_expected", "blocks_sent", "blocks_approved", "communes"),
    *("communes_complete", "communes_green", "light", "reason", "text", "next_step"),
)


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """What a verdict needs of one frozen block."""

    commune_code: str
    province_code: str
    state: str
    is_excused: bool
    counts: Counts


@dataclass(slots=True)
class _Sum:
    counts: Counts = (0, 0, 0, 0, 0, 0)
    overdue: int = 0
    expected: int = 0
    sent: int = 0
    approved: int = 0
    communes: int = 0
    complete: int = 0
    green: int = 0

    def add(self, counts: Counts) -> None:
        a, b = self.counts, counts
        self.counts = (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5])

    def add_block(self, line: ClosedLine) -> None:
        self.add(line.counts)
        self.expected += not line.is_excused
        self.sent += line.state in SENT_STATES
        self.approved += line.state in APPROVED_STATES

    def add_work(self, other: _Sum) -> None:
        self.add(other.counts)
        self.overdue += other.overdue
        self.expected += other.expected
        self.sent += other.sent
        self.approved += other.approved


def store(of_round: Round, lines: Iterable[ClosedLine], *, at: datetime, first_key: int) -> int:
    """Store the verdicts on communes, provinces and the nation; returns how many."""
    communes: dict[str, _Sum] = defaultdict(_Sum)
    province_of: dict[str, str] = {}
    for line in lines:
        communes[line.commune_code].add_block(line)
        province_of[line.commune_code] = line.province_code
    provinces = _overdue(communes, at)
    rows = _rows(of_round, communes, provinces, province_of)
    return bulk.insert(UnitVerdict, COLUMNS, ((first_key + n, *row) for n, row in enumerate(rows)))


def _overdue(communes: dict[str, _Sum], at: datetime) -> dict[str, _Sum]:
    """Spread the overdue tasks over the communes; those of a province's own bodies begin its sum."""
    overdue = computed.overdue_everywhere(at)
    owners = dict(Unit.objects.filter(pk__in=overdue).exclude(commune_code="").values_list("code", "commune_code"))
    provinces: dict[str, _Sum] = defaultdict(_Sum)
    for unit_code, count in overdue.items():
        commune = owners.get(unit_code)
        if commune in communes:
            communes[commune].overdue += count
        elif commune is None:
            provinces[unit_code.split("-", 1)[0]].overdue += count
    return provinces


def _rows(
    of_round: Round, communes: dict[str, _Sum], provinces: dict[str, _Sum], province_of: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    limits = policy.thresholds_on(of_round.period_end).unit
    for code, found in communes.items():
        verdict = _judged(found.counts, found.overdue, limits)
        province = provinces[province_of[code]]
        province.add_work(found)
        province.communes += 1
        province.complete += found.approved >= found.expected
        province.green += verdict.light is Light.GREEN
        yield _row(of_round, code, Level.COMMUNE, found, verdict, province_code=province_of[code])
    nation = _Sum()
    for code, found in provinces.items():
        if not found.communes:
            continue
        yield _row(
            of_round, code, Level.PROVINCE, found, _judged(found.counts, found.overdue, limits), province_code=code
        )
        nation.add_work(found)
        nation.communes += found.communes
        nation.complete += found.complete
        nation.green += found.green
    scope = of_round.regime.scope
    if scope.level == Level.NATION:
        yield _row(of_round, scope.code, Level.NATION, nation, _judged(nation.counts, nation.overdue, limits))


@lru_cache(maxsize=20_000)
def _judged(counts: Counts, overdue: int, limits: UnitThresholds) -> Verdict:
    return status.judge_unit(LightCounts(*counts), overdue, thresholds=limits)


def _row(
    of_round: Round, code: str, level: str, found: _Sum, verdict: Verdict, *, province_code: str = ""
) -> tuple[Any, ...]:
    return (
        *(of_round.pk, code, level, province_code, *found.counts, found.overdue, found.expected, found.sent),
        *(found.approved, found.communes, found.complete, found.green, verdict.light.value, verdict.reason.value),
        *(verdict.text, verdict.next_step),
    )

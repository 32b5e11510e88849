"""Closes a round and stores the verdicts on communes, provinces and the nation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from xanh.assessment.models import UnitVerdict
from xanh.core import status
from xanh.core.light import Light
from xanh.core.status import LightCounts
from xanh.kit import policy
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.reporting import computed
from xanh.reporting.actions import closings
from xanh.reporting.models import ClosedBlock, Closing, Round
from xanh.reporting.states import APPROVED_STATES, SENT_STATES


@dataclass(slots=True)
class _Sum:
    counts: LightCounts = field(default_factory=LightCounts)
    overdue: int = 0
    expected: int = 0
    sent: int = 0
    approved: int = 0
    communes: int = 0
    complete: int = 0
    green: int = 0

    def add_block(self, row: ClosedBlock) -> None:
        self.counts += LightCounts(row.green, row.amber, row.red, row.no_data, row.not_applicable, row.waiting)
        self.expected += not row.is_excused
        self.sent += row.state in SENT_STATES
        self.approved += row.state in APPROVED_STATES

    def add_commune(self, other: _Sum, light: str) -> None:
        self.counts += other.counts
        self.overdue += other.overdue
        self.expected += other.expected
        self.sent += other.sent
        self.approved += other.approved
        self.communes += 1
        self.complete += other.approved >= other.expected
        self.green += light == Light.GREEN


@transaction.atomic
def close(*, round_id: int, at: datetime) -> Closing:
    """Freeze a round and store every unit's verdict with it; raises `closings.AlreadyClosed`."""
    closing = closings.close_round(round_id=round_id, at=at)
    of_round = Round.objects.select_related("regime").get(pk=round_id)
    store_verdicts(of_round, at=at)
    return closing


def close_due(*, at: datetime) -> list[Closing]:
    """Close every round whose cut-off has passed; one that another process closes meanwhile is left to it."""
    made = []
    for round_id in Round.objects.due_to_close(at).values_list("pk", flat=True):
        try:
            made.append(close(round_id=round_id, at=at))
        except closings.AlreadyClosed:
            continue
    return made


def store_verdicts(of_round: Round, *, at: datetime) -> int:
    """Judge communes, provinces and the scope of the regime from the frozen blocks; returns how many units."""
    limits = policy.thresholds_on(of_round.period_end).unit
    overdue = computed.overdue_everywhere(at)
    communes: dict[str, _Sum] = defaultdict(_Sum)
    province_of: dict[str, str] = {}
    rows = ClosedBlock.objects.filter(round=of_round).defer("revision")
    for row in rows.iterator(chunk_size=5000):
        communes[row.commune_code].add_block(row)
        province_of[row.commune_code] = row.province_code
    owners = dict(Unit.objects.filter(pk__in=overdue).exclude(commune_code="").values_list("code", "commune_code"))
    provinces: dict[str, _Sum] = defaultdict(_Sum)
    for unit_code, count in overdue.items():
        commune = owners.get(unit_code)
        if commune in communes:
            communes[commune].overdue += count
        elif commune is None:
            # A body of the province itself.
            provinces[unit_code.split("-", 1)[0]].overdue += count
    verdicts: list[UnitVerdict] = []
    for code, found in communes.items():
        verdict = _verdict(of_round, code, Level.COMMUNE, province_code=province_of[code], found=found, limits=limits)
        verdicts.append(verdict)
        provinces[province_of[code]].add_commune(found, verdict.light)
    nation = _Sum()
    for code, found in provinces.items():
        if not found.communes:
            continue
        verdicts.append(_verdict(of_round, code, Level.PROVINCE, province_code=code, found=found, limits=limits))
        _merge(nation, found)
    if of_round.regime.scope.level == Level.NATION:
        verdicts.append(
            _verdict(of_round, of_round.regime.scope_id, Level.NATION, province_code="", found=nation, limits=limits)
        )
    UnitVerdict.objects.bulk_create(verdicts, batch_size=1000)
    return len(verdicts)


def _merge(into: _Sum, other: _Sum) -> None:
    into.counts += other.counts
    for name in ("overdue", "expected", "sent", "approved", "communes", "complete", "green"):
        setattr(into, name, getattr(into, name) + getattr(other, name))


def _verdict(
    of_round: Round, code: str, level: str, *, province_code: str, found: _Sum, limits: status.UnitThresholds
) -> UnitVerdict:
    judged = status.judge_unit(found.counts, found.overdue, thresholds=limits)
    counts = found.counts
    return UnitVerdict(
        round=of_round,
        unit_id=code,
        level=level,
        province_code=province_code,
        green=counts.green,
        amber=counts.amber,
        red=counts.red,
        no_data=counts.no_data,
        not_applicable=counts.not_applicable,
        waiting=counts.waiting,
        overdue_tasks=found.overdue,
        blocks_expected=found.expected,
        blocks_sent=found.sent,
        blocks_approved=found.approved,
        communes=found.communes,
        communes_complete=found.complete,
        communes_green=found.green,
        light=judged.light.value,
        reason=judged.reason.value,
        text=judged.text,
        next_step=judged.next_step,
    )

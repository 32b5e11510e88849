"""Reads of reporting: who owes, where each report stands, history of a figure, what a block said at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from xanh.core import dates
from xanh.indicators import queries as indicators
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.reporting import cells as cell_rules
from xanh.reporting import payload, state
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import (
    BlockState,
    ClosedBlock,
    Closing,
    Evidence,
    Excuse,
    FigureRequest,
    NationalFigure,
    NationalSheetEntry,
    Regime,
    Revision,
    Round,
    Submission,
)
from xanh.reporting.payload import Value
from xanh.reporting.states import APPROVED_STATES, SENT_STATES, SubmissionState


class RoundUnknown(Exception):
    """No such round."""


def regimes() -> QuerySet[Regime]:
    """All regimes."""
    return Regime.objects.select_related("programme", "scope")


def owing_units(regime: Regime, day: date) -> QuerySet[Unit]:
    """The blocks that owe a report on a day, derived from the roster: in official order."""
    blocks = Unit.objects.filter(level=Level.BLOCK).exclude(commune_code="").standing_on(day)
    scope = regime.scope
    if scope.level == Level.PROVINCE:
        blocks = blocks.filter(province_code=scope.code)
    elif scope.level == Level.COMMUNE:
        blocks = blocks.filter(commune_code=scope.code)
    return blocks.order_by("official_order", "code")


def indicator_counts(programme_code: str, day: date) -> dict[str, int]:
    """How many indicators in a commune's power each block has."""
    rows = indicators.indicators_on(programme_code, day)
    found: dict[str, int] = {}
    for row in rows:
        found[row.block] = found.get(row.block, 0) + row.in_power
    return found


def current_round(regime_code: str, at: datetime) -> Round | None:
    """The round of today (open, or closed since the cut-off); else the last one."""
    rounds = Round.objects.filter(regime_id=regime_code, opens_at__lte=at).select_related("regime__programme")
    return rounds.order_by("-closes_at").first()


def round_of(regime_code: str, period_code: str) -> Round:
    """A round by its period; raises RoundUnknown."""
    found = (
        Round.objects.filter(regime_id=regime_code, period_code=period_code).select_related("regime__programme").first()
    )
    if found is None:
        raise RoundUnknown(period_code)
    return found


def recent_rounds(regime_code: str, *, limit: int = 31) -> QuerySet[Round]:
    """The latest rounds, newest first."""
    return Round.objects.filter(regime_id=regime_code).select_related("closing").order_by("-closes_at")[:limit]


def rounds_before(of_round: Round, *, limit: int) -> QuerySet[Round]:
    """The rounds of the same regime that close before this one, newest first."""
    same = Round.objects.filter(regime_id=of_round.regime_id, closes_at__lt=of_round.closes_at)
    return same.select_related("closing").order_by("-closes_at")[:limit]


def last_closing(regime_code: str, *, before: datetime) -> Closing | None:
    """The last closing made up to an instant."""
    return (
        Closing.objects.filter(round__regime_id=regime_code, round__closes_at__lte=before)
        .select_related("round__regime__programme")
        .order_by("-round__closes_at")
        .first()
    )


def submission_of(of_round: Round, unit: Unit) -> Submission | None:
    """A block's submission in a round."""
    return Submission.objects.filter(round=of_round, unit=unit).select_related("round__regime", "unit").first()


def submission(pk: int) -> Submission | None:
    """A submission by key."""
    return Submission.objects.filter(pk=pk).select_related("round__regime__programme", "unit").first()


def submissions_of(of_round: Round, unit_codes: list[str]) -> dict[str, Submission]:
    """Submissions of some blocks in a round, by unit code."""
    return {s.unit_id: s for s in Submission.objects.filter(round=of_round, unit_id__in=unit_codes)}


def states_of(programme_code: str, *, commune_code: str) -> dict[str, BlockState]:
    """Current states of a commune's blocks, by unit code."""
    rows = BlockState.objects.filter(programme_id=programme_code, commune_code=commune_code).select_related(
        "unit", "revision"
    )
    return {row.unit_id: row for row in rows}


def state_of(programme_code: str, unit_code: str) -> BlockState | None:
    """Current state of a block."""
    return (
        BlockState.objects.filter(programme_id=programme_code, unit_id=unit_code)
        .select_related("unit", "revision__submission__round")
        .first()
    )


def cells_now(held: BlockState | None) -> dict[str, Cell]:
    """Cells of a state."""
    return {} if held is None else cell_rules.load(held.cells)


class SendStatus:
    """Where a block's report of a round stands, in the words of the sending table."""

    ON_TIME = "ON_TIME"
    LATE = "LATE"
    WAITING = "WAITING"
    RETURNED = "RETURNED"
    DRAFT = "DRAFT"
    MISSING = "MISSING"
    EXCUSED = "EXCUSED"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    LABELS: Mapping[str, str] = {
        ON_TIME: "đúng hạn",
        LATE: "gửi chậm",
        WAITING: "chờ duyệt",
        RETURNED: "trả lại",
        DRAFT: "đang nhập",
        MISSING: "chưa gửi",
        EXCUSED: "được miễn",
        NOT_APPLICABLE: "không áp dụng",
    }


def send_status(found: Submission | None, of_round: Round, *, excused: bool) -> str:
    """One of SendStatus for a block that owes a report."""
    if found is None or found.state == SubmissionState.DRAFT:
        if excused:
            return SendStatus.EXCUSED
        return SendStatus.MISSING if found is None or not found.draft else SendStatus.DRAFT
    if found.state == SubmissionState.RETURNED:
        return SendStatus.RETURNED
    if found.first_sent_at is None or found.state == SubmissionState.PROVISIONAL:
        return SendStatus.WAITING
    return SendStatus.ON_TIME if found.first_sent_at <= of_round.closes_at else SendStatus.LATE


@dataclass(frozen=True, slots=True)
class SendLine:
    """One commune in the sending table: a status per block, in the order party, council, committee, front."""

    commune: Unit
    statuses: tuple[str, ...]


BLOCK_ORDER = ("party", "council", "committee", "front")


def sending_table(of_round: Round, communes: list[Unit]) -> list[SendLine]:
    """Who has sent, commune by commune in official order; two queries."""
    codes = [commune.code for commune in communes]
    found = Submission.objects.filter(round=of_round, unit__commune_code__in=codes).select_related("unit")
    by_key = {(s.unit.commune_code, s.unit.block): s for s in found}
    excused = set(Excuse.objects.filter(round=of_round, unit__commune_code__in=codes).values_list("unit_id", flat=True))
    there: dict[str, dict[str, str]] = {}
    for code, commune_code, block in Unit.objects.filter(level=Level.BLOCK, commune_code__in=codes).values_list(
        "code", "commune_code", "block"
    ):
        there.setdefault(commune_code, {})[block] = code
    lines = []
    for commune in communes:
        statuses = []
        for block in BLOCK_ORDER:
            unit_code = there.get(commune.code, {}).get(block)
            if unit_code is None:
                statuses.append(SendStatus.NOT_APPLICABLE)
                continue
            said = by_key.get((commune.code, block))
            statuses.append(send_status(said, of_round, excused=unit_code in excused))
        lines.append(SendLine(commune, tuple(statuses)))
    return lines


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One statement of a figure: the value, its revision, who typed, who approved as what."""

    revision: Revision
    value: Value
    changed: bool


def history_of(unit: Unit, indicator_code: str, *, limit: int = 60) -> list[HistoryLine]:
    """Every statement of one figure, newest first; `changed` marks those that differ from the one before."""
    revisions = (
        Revision.objects.filter(submission__unit=unit)
        .select_related("submission__round")
        .order_by("-submitted_at", "-number")[: limit + 1]
    )
    values = [(revision, payload.load(revision.payload).get(indicator_code)) for revision in revisions]
    lines = []
    for position, (revision, value) in enumerate(values[:limit]):
        if value is None:
            continue
        before = values[position + 1][1] if position + 1 < len(values) else None
        lines.append(HistoryLine(revision, value, changed=not value.same_figure(before)))
    return lines


def evidence_of(unit: Unit, indicator_code: str) -> QuerySet[Evidence]:
    """Evidence behind a figure, newest first."""
    return Evidence.objects.filter(unit=unit, indicator_code=indicator_code).order_by("-id")


def evidence(pk: int) -> Evidence | None:
    """One piece of evidence."""
    return Evidence.objects.filter(pk=pk).select_related("unit", "file").first()


def requests_of(of_round: Round, unit_codes: list[str]) -> QuerySet[FigureRequest]:
    """Figures asked in a round by some blocks."""
    return FigureRequest.objects.filter(round=of_round, unit_id__in=unit_codes).select_related("unit")


def figure_request(pk: int) -> FigureRequest | None:
    """One request."""
    return FigureRequest.objects.filter(pk=pk).select_related("unit", "round__regime").first()


def national_tick(of_round: Round, unit: Unit) -> NationalSheetEntry | None:
    """Whether the national sheet of a block was ticked."""
    return NationalSheetEntry.objects.filter(round=of_round, unit=unit).first()


def national_figures(unit_codes: list[str], *, until: datetime) -> dict[tuple[str, str], NationalFigure]:
    """The newest noted value of the national system by (unit code, indicator code), as known at an instant."""
    rows = NationalFigure.objects.filter(unit_id__in=unit_codes, noted_at__lte=until).order_by("id")
    return {(row.unit_id, row.indicator_code): row for row in rows}


def waiting_for(unit_codes: list[str]) -> QuerySet[Submission]:
    """Reports that wait for approval, oldest first."""
    return (
        Submission.objects.filter(unit_id__in=unit_codes, state__in=("SUBMITTED", "PROVISIONAL"))
        .select_related("round__regime", "unit")
        .order_by("submitted_at")
    )


def closed_before(unit: Unit, at: datetime) -> ClosedBlock | None:
    """What a block stood at in the last closing up to an instant."""
    return (
        ClosedBlock.objects.filter(unit=unit, round__closes_at__lte=at)
        .select_related("revision", "round")
        .order_by("-round__closes_at")
        .first()
    )


def cells_at(programme_code: str, unit: Unit, at: datetime) -> dict[str, Cell]:
    """A block's cells at a past instant: its last revision by then, judged as of that instant.

    Approval counts only if it was given by then; targets and thresholds are those in force on that day.
    """
    revisions = list(
        Revision.objects.filter(submission__unit=unit, submission__round__regime__programme_id=programme_code)
        .filter(submitted_at__lte=at)
        .order_by("-submission__round__period_end", "-number")[:2]
    )
    day = dates.local_date(at)
    basis = state.basis_for(programme_code, unit.block, day, unit_codes=list(state.units_above(unit)))
    if not revisions:
        return state.judge_values(
            basis, {}, {}, unit=unit, standing=Standing(approved=True, waiting_since=None), now=at
        )
    revision = revisions[0]
    approved = revision.approved_at is not None and revision.approved_at <= at
    standing = Standing(approved=approved, waiting_since=None if approved else revision.submitted_at)
    return state.judge_values(basis, payload.load(revision.payload), {}, unit=unit, standing=standing, now=at)


@dataclass(frozen=True, slots=True)
class SentCounts:
    """Approval counts of a round for the head of a board."""

    expected: int
    sent: int
    approved: int
    communes: int
    communes_complete: int


def sent_counts(of_round: Round, *, province_code: str = "", commune_code: str = "") -> SentCounts:
    """How many block reports are expected, sent, approved; how many communes have all their blocks approved."""
    blocks = owing_units(of_round.regime, of_round.period_end)
    said = Submission.objects.filter(round=of_round)
    if province_code:
        blocks, said = blocks.filter(province_code=province_code), said.filter(unit__province_code=province_code)
    if commune_code:
        blocks, said = blocks.filter(commune_code=commune_code), said.filter(unit__commune_code=commune_code)
    per_commune = dict(blocks.order_by().values_list("commune_code").annotate(n=Count("code")))
    approved: dict[str, int] = {}
    sent = 0
    stated = (
        said.exclude(revision_count=0).order_by().values_list("unit__commune_code", "state").annotate(n=Count("pk"))
    )
    for commune, state_code, count in stated:
        sent += count if state_code in SENT_STATES else 0
        if state_code in APPROVED_STATES:
            approved[commune] = approved.get(commune, 0) + count
    excuses = Excuse.objects.filter(round=of_round)
    if province_code:
        excuses = excuses.filter(unit__province_code=province_code)
    if commune_code:
        excuses = excuses.filter(unit__commune_code=commune_code)
    return SentCounts(
        expected=sum(per_commune.values()) - excuses.count(),
        sent=sent,
        approved=sum(approved.values()),
        communes=len(per_commune),
        communes_complete=sum(1 for code, n in per_commune.items() if approved.get(code, 0) >= n),
    )

"""Freezes a round at its cut-off, and judges states again whose time has come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xanh.core import dates
from xanh.events import actions as events
from xanh.lights import actions as lights
from xanh.reporting import queries, state
from xanh.reporting.models import BlockState, ClosedBlock, Closing, Excuse, Revision, Round, Submission
from xanh.reporting.states import APPROVED_STATES, SENT_STATES

BATCH = 500


class AlreadyClosed(Exception):
    """The round was frozen before; a closing is never made twice."""


def line_of(row: ClosedBlock, sha256: str) -> str:
    """One block's line under the closing's hash."""
    counts = f"{row.green},{row.amber},{row.red},{row.no_data},{row.not_applicable},{row.waiting}"
    return f"{row.unit_id}|{sha256}|{row.state}|{row.light}|{counts}\n"


def digest_of(lines: Iterable[str]) -> str:
    """SHA-256 over the lines in the order of unit codes."""
    running = hashlib.sha256()
    for line in lines:
        running.update(line.encode())
    return running.hexdigest()


@transaction.atomic
def close_round(*, round_id: int, at: datetime) -> Closing:
    """Freeze what was sent by the cut-off, each block with its approval state; raises AlreadyClosed.

    What nobody has returned by then counts as accepted; revisions that come later go into the next closing.
    """
    of_round = Round.objects.select_for_update(of=("self",)).select_related("regime").get(pk=round_id)
    if of_round.closed_at is not None:
        raise AlreadyClosed
    rows, shas = _frozen_rows(of_round, at)
    ClosedBlock.objects.bulk_create(rows, batch_size=BATCH * 4)
    ordered = sorted(rows, key=lambda row: row.unit_id)
    closing = Closing.objects.create(
        round=of_round,
        at=at,
        sha256=digest_of(line_of(row, shas.get(row.unit_id, "")) for row in ordered),
        expected=sum(not row.is_excused for row in rows),
        sent=sum(row.state in SENT_STATES for row in rows),
        approved=sum(row.state in APPROVED_STATES for row in rows),
    )
    of_round.closed_at = at
    of_round.save(update_fields=["closed_at"])
    events.record(
        kind="round.closed",
        subject=("round", of_round.pk),
        by=None,
        at=at,
        unit_code=of_round.regime.scope_id,
        facts={
            "period": of_round.period_code,
            "sha256": closing.sha256,
            "expected": closing.expected,
            "sent": closing.sent,
        },
    )
    return closing


def _frozen_rows(of_round: Round, at: datetime) -> tuple[list[ClosedBlock], dict[str, str]]:
    states = {row.unit_id: row for row in _states_without_cells(of_round)}
    sent = {
        row["unit_id"]: row
        for row in Submission.objects.filter(round=of_round, revision_count__gt=0).values("unit_id", "state", "pk")
    }
    last: dict[int, tuple[int, str]] = {}
    revisions = Revision.objects.filter(submission__round=of_round, submitted_at__lte=at)
    for pk, submission_id, sha256 in revisions.order_by("number").values_list("pk", "submission_id", "sha256"):
        last[submission_id] = (pk, sha256)
    excused = set(Excuse.objects.filter(round=of_round).values_list("unit_id", flat=True))
    day = of_round.period_end
    totals = queries.indicator_counts(of_round.regime.programme_id, day)
    rows: list[ClosedBlock] = []
    shas: dict[str, str] = {}
    for unit in queries.owing_units(of_round.regime, day):
        held = states.get(unit.code) or BlockState(no_data=totals.get(unit.block, 0))
        said = sent.get(unit.code)
        revision = last.get(said["pk"]) if said else None
        if revision:
            shas[unit.code] = revision[1]
        rows.append(
            ClosedBlock(
                round=of_round,
                unit_id=unit.code,
                commune_code=unit.commune_code,
                province_code=unit.province_code,
                block=unit.block,
                revision_id=revision[0] if revision else None,
                state=said["state"] if said else "",
                is_excused=unit.code in excused,
                green=held.green,
                amber=held.amber,
                red=held.red,
                no_data=held.no_data,
                not_applicable=held.not_applicable,
                waiting=held.waiting,
                light=held.light,
                reason=held.reason,
            )
        )
    return rows, shas


def _states_without_cells(of_round: Round) -> Iterable[BlockState]:
    return BlockState.objects.filter(programme_id=of_round.regime.programme_id).only(
        "unit_id", "green", "amber", "red", "no_data", "not_applicable", "waiting", "light", "reason"
    )


def verify_closing(closing: Closing) -> bool:
    """Whether the frozen lines still give the hash of the closing."""
    rows = ClosedBlock.objects.filter(round_id=closing.round_id).select_related("revision").order_by("unit_id")
    lines = (line_of(row, row.revision.sha256 if row.revision else "") for row in rows.iterator(chunk_size=2000))
    return digest_of(lines) == closing.sha256


@transaction.atomic
def rejudge_due(*, at: datetime, limit: int = BATCH) -> int:
    """Judge blocks again whose `next_check_at` has come, one batch; returns how many. One event per batch."""
    due = list(
        BlockState.objects.filter(next_check_at__lte=at)
        .select_for_update(of=("self",), skip_locked=False)
        .select_related("unit", "revision")
        .order_by("next_check_at")[:limit]
    )
    if not due:
        return 0
    day = dates.local_date(at)
    bases: dict[tuple[str, str], state.Basis] = {}
    turns: list[lights.Turn] = []
    for held in due:
        key = (held.programme_id, held.block)
        basis = bases.setdefault(key, state.basis_for(held.programme_id, held.block, day))
        turns += state.rejudge(held, basis, at=at)
    BlockState.objects.bulk_update(due, state.JUDGED_FIELDS, batch_size=100)
    turned = lights.record_turns(turns, at=at)
    events.record(
        kind="lights.rejudged",
        subject=("batch", at.isoformat()),
        by=None,
        at=at,
        facts={"blocks": len(due), "turned": turned},
    )
    return len(due)

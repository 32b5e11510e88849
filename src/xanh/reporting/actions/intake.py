"""Reports that a program hands in: one block or all blocks of a commune, everything or nothing, once per key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from xanh.org.models import Unit
from xanh.people import tokens
from xanh.people.models import User
from xanh.reporting.actions import drafts, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import Round


@dataclass(frozen=True, slots=True)
class BlockOrder:
    """What is handed in for one block. `confirm_unchanged`: due figures that are not named stand as they were."""

    unit: Unit
    values: Mapping[str, Entered]
    confirm_unchanged: bool = False
    provisional: bool = False
    base_version: int = 0


class BlockRefused(Exception):
    """One block cannot be taken in, so none was; `reasons` has one sentence per indicator code."""

    def __init__(self, unit: Unit, refused: Exception) -> None:
        super().__init__(f"{unit.name}: {refused}")
        self.unit_code = unit.code
        self.reasons: dict[str, str] = getattr(refused, "reasons", {})


def hand_in(
    *, of_round: Round, orders: Sequence[BlockOrder], key: str, request_digest: str, by: User, at: datetime
) -> Any:
    """Save and submit every block in one transaction and remember the answer under `key`.

    The same key with the same request gives the same answer again. Raises BlockRefused, drafts.DraftConflict,
    tokens.KeyReused; nothing is written then.
    """
    known = tokens.remembered(user=by, key=key, request_digest=request_digest)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            reply = [_take(of_round, order, by=by, at=at) for order in orders]
            tokens.remember(user=by, key=key, request_digest=request_digest, reply=reply, at=at)
    except IntegrityError:
        # The same request came twice at the same moment: the first one's answer is the answer.
        first = tokens.remembered(user=by, key=key, request_digest=request_digest)
        if first is None:
            raise
        return first
    return reply


def _take(of_round: Round, order: BlockOrder, *, by: User, at: datetime) -> dict[str, Any]:
    unit = order.unit
    try:
        drafts.save_draft(
            of_round=of_round, unit=unit, values=order.values, base_version=order.base_version, by=by, at=at
        )
        if order.confirm_unchanged:
            drafts.confirm_unchanged(of_round=of_round, unit=unit, by=by, at=at)
        sent = submissions.submit(of_round=of_round, unit=unit, by=by, at=at, provisional=order.provisional)
    except (drafts.CodeUnknown, submissions.SubmissionRefused) as refused:
        raise BlockRefused(unit, refused) from refused
    return {
        "unit": unit.code,
        "state": sent.state,
        "revision": sent.revision_count,
        "receipt": sent.receipt,
        "received_at": at.isoformat(),
        "late": at > of_round.closes_at,
    }

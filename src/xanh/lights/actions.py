"""Record turned lights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xanh.core import light
from xanh.lights.models import LightChange


@dataclass(frozen=True, slots=True)
class Turn:
    """A light that a caller has just stored: subject as text, old light ("" when new), the verdict now."""

    subject: str
    unit_code: str
    old: str
    verdict: light.Verdict


def record_turns(turns: Iterable[Turn], *, at: datetime) -> int:
    """Store one LightChange per turn that really changed; returns their number."""
    rows = [
        LightChange(
            subject=turn.subject,
            unit_code=turn.unit_code,
            old=turn.old,
            new=turn.verdict.light.value,
            reason=turn.verdict.reason.value,
            text=turn.verdict.text[:400],
            at=at,
        )
        for turn in turns
        if turn.old != turn.verdict.light.value
    ]
    LightChange.objects.bulk_create(rows, batch_size=500)
    return len(rows)

"""Read the log; prove that it was not changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from xanh.core import dates
from xanh.events import actions
from xanh.events.models import Event, EventBatch, ReadingLog


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of a check of the whole chain: counts, and the first fault in words (empty when sound)."""

    events: int
    batches: int
    unsealed: int
    fault: str

    @property
    def sound(self) -> bool:
        """True when every digest and every link holds."""
        return not self.fault


def _fault_of(event: Event) -> str:
    expected = actions.digest_of(
        at=event.at,
        kind=event.kind,
        subject=event.subject,
        unit_code=event.unit_code,
        by=event.by,
        by_label=event.by_label,
        facts=event.facts,
    )
    return "" if expected == event.digest else f"Sự kiện số {event.pk} đã bị thay đổi sau khi ghi."


def verify() -> Verification:
    """Recompute every digest and every root from the beginning."""
    previous_root, checked, batches = actions.GENESIS, 0, 0
    for batch in EventBatch.objects.order_by("id").iterator():
        digests: list[str] = []
        keys: list[int] = []
        for event in Event.objects.filter(batch=batch).order_by("id").iterator():
            fault = _fault_of(event)
            if fault:
                return Verification(checked, batches, 0, fault)
            digests.append(event.digest)
            keys.append(event.pk)
        named = (batch.count, batch.first_event, batch.last_event)
        if batch.previous_root != previous_root or not keys or named != (len(keys), keys[0], keys[-1]):
            return Verification(checked, batches, 0, f"Lô số {batch.pk} thiếu sự kiện hoặc đứt chuỗi.")
        if actions.root_of(previous_root, digests) != batch.root:
            return Verification(checked, batches, 0, f"Mã băm của lô số {batch.pk} không khớp.")
        previous_root, checked, batches = batch.root, checked + len(digests), batches + 1
    loose = Event.objects.filter(batch=None).order_by("id")
    for event in loose.iterator():
        fault = _fault_of(event)
        if fault:
            return Verification(checked, batches, 0, fault)
    return Verification(checked, batches, loose.count(), "")


def events_of_subject(subject_kind: str, subject_key: object) -> QuerySet[Event]:
    """The trail of one subject, oldest first."""
    return Event.objects.filter(subject=f"{subject_kind}:{subject_key}").order_by("id")


def events_of_units(
    unit_codes: list[str] | QuerySet[Any], *, kind: str = "", unit_code: str = "", day: date | None = None
) -> QuerySet[Event]:
    """The trail of some units (codes, or a query of codes), newest first; of one kind, unit or day if named."""
    found = Event.objects.filter(unit_code__in=unit_codes)
    if kind:
        found = found.filter(kind=kind)
    if unit_code:
        found = found.filter(unit_code=unit_code)
    if day is not None:
        start = datetime.combine(day, time.min, dates.TZ)
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found.order_by("-id")


def readings() -> QuerySet[ReadingLog]:
    """Every reading by inspectors, oldest first; shown to nobody but those who check the log itself."""
    return ReadingLog.objects.order_by("id")


def verify_readings() -> str:
    """The first fault of the chain of readings in words; empty when sound."""
    previous = actions.GENESIS
    for reading in readings().iterator():
        expected = actions.reading_digest(
            previous_digest=reading.previous_digest,
            at=reading.at,
            by=reading.by,
            by_label=reading.by_label,
            decision=reading.decision,
            scope=reading.scope,
        )
        if reading.previous_digest != previous or reading.digest != expected:
            return f"Lần đọc số {reading.pk} đã bị thay đổi sau khi ghi, hoặc lần đọc trước đó đã bị xóa."
        previous = reading.digest
    return ""

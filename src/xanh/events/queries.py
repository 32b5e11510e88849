"""Read the log; prove that it was not changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from xanh.events import actions
from xanh.events.models import Event, EventBatch


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
        for event in Event.objects.filter(batch=batch).order_by("id").iterator():
            fault = _fault_of(event)
            if fault:
                return Verification(checked, batches, 0, fault)
            digests.append(event.digest)
        if batch.previous_root != previous_root or len(digests) != batch.count:
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


def events_of_units(unit_codes: list[str], *, kind: str = "") -> QuerySet[Event]:
    """The trail of some units, newest first, of one kind if named."""
    found = Event.objects.filter(unit_code__in=unit_codes)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("-id")

"""Record an act; seal recorded acts into the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import transaction

from xanh.events.kinds import KINDS
from xanh.events.models import Event, EventBatch, ReadingLog

GENESIS = "0" * 64
SEAL_AT_MOST = 5000
LABEL_AT_MOST = 240


class Person(Protocol):
    """Whoever acts: anything with a key and a name."""

    @property
    def pk(self) -> Any:
        """The key."""

    @property
    def full_name(self) -> str:
        """The name as the trail shows it."""


Subject = tuple[str, object]


class UnknownKind(ValueError):
    """The kind is not listed in `xanh.events.kinds`."""


def digest_of(
    *, at: datetime, kind: str, subject: str, unit_code: str, by: str, by_label: str, facts: Mapping[str, Any]
) -> str:
    """SHA-256 over the sorted compact JSON of an event, hex."""
    body = {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "subject": subject,
        "unit": unit_code,
        "by": by,
        "by_label": by_label,
        "facts": facts,
    }
    return hashlib.sha256(
        json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def build(
    *,
    kind: str,
    subject: Subject,
    by: Person | None,
    at: datetime,
    unit_code: str = "",
    facts: Mapping[str, Any] | None = None,
    capacity: str = "",
) -> Event:
    """An unsaved event (bulk loaders insert many at once); raises UnknownKind."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    label = "" if by is None else by.full_name + (f" ({capacity})" if capacity else "")
    fields = {
        "at": at,
        "kind": kind,
        "subject": f"{subject[0]}:{subject[1]}",
        "unit_code": unit_code,
        "by": "" if by is None else str(by.pk),
        # A name and a capacity may each take 200 characters; the digest covers what fits into the column.
        "by_label": label[:LABEL_AT_MOST],
        # Through JSON once, so that the digest covers exactly what is stored.
        "facts": json.loads(json.dumps(dict(facts or {}), ensure_ascii=False, default=str)),
    }
    return Event(**fields, digest=digest_of(**fields))


def record(
    *,
    kind: str,
    subject: Subject,
    by: Person | None,
    at: datetime,
    unit_code: str = "",
    facts: Mapping[str, Any] | None = None,
    capacity: str = "",
) -> Event:
    """Record one act in the running transaction; `by` is None for the clock itself."""
    event = build(kind=kind, subject=subject, by=by, at=at, unit_code=unit_code, facts=facts, capacity=capacity)
    event.save(force_insert=True)
    return event


def root_of(previous_root: str, digests: Iterable[str]) -> str:
    """Root of a batch: SHA-256 over the previous root and the digests in order."""
    running = hashlib.sha256(previous_root.encode())
    for digest in digests:
        running.update(digest.encode())
    return running.hexdigest()


@transaction.atomic
def seal(*, at: datetime) -> EventBatch | None:
    """Link the events that no batch holds yet to the end of the chain; None when there are none.

    Writers never wait for the chain: only the sealer takes its end; a second sealer fails on the unique previous root.
    """
    waiting = list(Event.objects.filter(batch=None).order_by("id").values_list("id", "digest")[:SEAL_AT_MOST])
    if not waiting:
        return None
    last = EventBatch.objects.order_by("-id").first()
    previous_root = last.root if last else GENESIS
    batch = EventBatch.objects.create(
        previous_root=previous_root,
        root=root_of(previous_root, (digest for _, digest in waiting)),
        sealed_at=at,
        first_event=waiting[0][0],
        last_event=waiting[-1][0],
        count=len(waiting),
    )
    # By key, not by range: an event with a lower number may have been committed since the list was read.
    Event.objects.filter(pk__in=[key for key, _ in waiting]).update(batch=batch)
    return batch


def reading_digest(*, previous_digest: str, at: datetime, by: str, by_label: str, decision: str, scope: str) -> str:
    """SHA-256 over the digest of the reading before and the fields of this one, hex."""
    body = [previous_digest, at.astimezone(UTC).isoformat(timespec="microseconds"), by, by_label, decision, scope]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def record_reading(*, decision: str, scope: str, by: Person, capacity: str, at: datetime) -> ReadingLog:
    """Record that an inspector opens the trail of a unit and all below it, by the number of a decision.

    Readings are few, so each takes the end of the chain itself; two at once fail on the unique previous digest.
    """
    last = ReadingLog.objects.order_by("-id").first()
    fields: dict[str, Any] = {
        "previous_digest": last.digest if last else GENESIS,
        "at": at,
        "by": str(by.pk),
        "by_label": f"{by.full_name} ({capacity})"[:LABEL_AT_MOST],
        "decision": decision.strip(),
        "scope": scope,
    }
    return ReadingLog.objects.create(**fields, digest=reading_digest(**fields))

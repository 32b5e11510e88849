"""The real units with invented figures: the patterns stamped onto every commune, straight into the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from xanh.core.periods import Cadence
from xanh.demo import bulk, chance
from xanh.demo.figures import GOOD, MIDDLING, WEAK, Tier
from xanh.demo.patterns import BlockPattern, DayPattern
from xanh.demo.play import Snapshot
from xanh.demo.span import Span, last_due
from xanh.kit import policy
from xanh.org import bodies
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting.models import BlockState, Revision, Round, Submission
from xanh.reporting.states import SubmissionState

PROFILES: tuple[tuple[Tier, int], ...] = ((GOOD, 36), (MIDDLING, 44), (WEAK, 20))
# Per thousand; a report that comes after the cut-off stands in the next closing.
_USUAL = (("approved", 935), ("late", 25), ("missing", 22), ("provisional", 18))
_TODAY = (("approved", 520), ("provisional", 25), ("waiting", 75), ("", 380))
_THOUSAND = 1000
_MORNING, _WORKING_MINUTES = 8 * 60, 7 * 60

SUBMISSION_COLUMNS = (
    *("id", "round_id", "unit_id", "state", "draft", "draft_version", "revision_count", "receipt", "submitted_at"),
    *("first_sent_at", "approved_at", "approved_by", "approved_label", "returned_at", "returned_label"),
    *("return_reasons", "received_at", "received_label", "updated_at"),
)
REVISION_COLUMNS = (
    *("id", "submission_id", "number", "payload", "sha256", "author", "author_label", "submitted_at", "approved_at"),
    *("approved_by", "approved_label", "returned_at"),
)
STATE_COLUMNS = (
    *("id", "programme_id", "unit_id", "block", "commune_code", "province_code", "cells", "approved_cells", "green"),
    *("amber", "red", "no_data", "not_applicable", "waiting", "light", "reason", "reason_text", "next_step"),
    *("revision_id", "is_approved", "next_check_at", "updated_at"),
)


@dataclass(slots=True)
class Place:
    """One real block: its pattern and what became of it so far."""

    unit: Unit
    pattern: BlockPattern
    last: date | None = None
    before: date | None = None
    revision: int = 0
    is_approved: bool = False
    sent_at: datetime | None = None
    touched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a closing holds of a block: its last statement in the round, its state there, how it stood."""

    revision: int | None
    sha256: str
    state: str
    snapshot: Snapshot


@dataclass(slots=True)
class _Rows:
    submissions: list[tuple[Any, ...]] = field(default_factory=list)
    revisions: list[tuple[Any, ...]] = field(default_factory=list)


class Stamping:
    """Stamps the reports of all real blocks, round after round."""

    def __init__(
        self, span: Span, places: Sequence[Place], *, typist: User, approver: User, next_key: Callable[[date], int]
    ) -> None:
        self._span, self._places, self._next_key = span, places, next_key
        self._typist, self._approver = typist, approver

    def stamp(self, of_round: Round) -> dict[str, Frozen]:
        """Insert one round's submissions and revisions; returns what its closing holds, by unit code."""
        day = of_round.period_end
        frozen: dict[str, Frozen] = {}
        rows = _Rows()
        for place in self._places:
            turn_out, sent_at = self._turn_out(place, day)
            if turn_out in ("approved", "provisional", "waiting"):
                self._report(place, of_round, turn_out, sent_at, rows)
                said = place.pattern.days[day]
                at_closing = {"approved": SubmissionState.APPROVED, "provisional": SubmissionState.PROVISIONAL}
                state = at_closing.get(turn_out, SubmissionState.SUBMITTED)
                frozen[place.unit.code] = Frozen(place.revision, said.sha256, state, _snapshot(said, sent_at))
                continue
            if place.last is not None:
                frozen[place.unit.code] = Frozen(None, "", "", _snapshot(place.pattern.days[place.last], sent_at))
            if turn_out == "late":
                self._report(place, of_round, turn_out, sent_at, rows)
        bulk.insert(Submission, SUBMISSION_COLUMNS, rows.submissions)
        bulk.insert(Revision, REVISION_COLUMNS, rows.revisions)
        return frozen

    def _turn_out(self, place: Place, day: date) -> tuple[str, datetime]:
        opens = self._span.opens_at(day)
        lot = chance.whole(0, _THOUSAND - 1, place.unit.code, day)
        minute = _MORNING + (lot * 7919 + place.unit.official_order) % _WORKING_MINUTES
        if day == self._span.today and not self._span.is_today_closed:
            turn_out = _by_lot(_TODAY, lot)
            return turn_out, opens + (self._span.at - opens) * (30 + minute % 60) / 100
        turn_out = "approved" if day in self._span.history else _by_lot(_USUAL, lot)
        if turn_out == "missing" and (last_due(Cadence.WEEKLY, day) == day or _ends_month(day)):
            # The stamped patterns know no gap in the figures that are not daily.
            turn_out = "late"
        if turn_out == "late":
            evening = self._span.closes_at(day) + timedelta(minutes=6 + minute % 80)
            return (turn_out, evening) if evening < self._latest() else ("missing", evening)
        return turn_out, opens + timedelta(minutes=minute)

    def _latest(self) -> datetime:
        return self._span.at - timedelta(minutes=1)

    def _report(
        self,
        place: Place,
        of_round: Round,
        turn_out: str,
        sent_at: datetime,
        rows: _Rows,
    ) -> None:
        day, said = of_round.period_end, place.pattern.days[of_round.period_end]
        submission, revision = self._next_key(day), self._next_key(day)
        approved_at = self._approved_at(turn_out, sent_at, day)
        sent = bulk.instant(sent_at)
        label = _label(self._approver.full_name, place.unit.block) if approved_at else ""
        approval = (bulk.instant(approved_at), str(self._approver.pk), label) if approved_at else (None, "", "")
        state = SubmissionState.PROVISIONAL if turn_out == "provisional" else SubmissionState.SUBMITTED
        first_sent = sent if turn_out == "provisional" else approval[0]
        rows.submissions.append(
            (
                *(submission, of_round.pk, place.unit.code, SubmissionState.APPROVED if approved_at else state),
                *(said.draft_text, int(said.draft_text != "{}"), 1, said.sha256[:4].upper(), sent, first_sent),
                *(*approval, None, "", "{}", None, "", approval[0] or sent),
            )
        )
        rows.revisions.append(
            (
                *(revision, submission, 1, said.payload_text, said.sha256, str(self._typist.pk)),
                *(self._typist.full_name, sent, *approval, None),
            )
        )
        place.before, place.last = place.last, day
        place.revision, place.is_approved = revision, approved_at is not None
        place.sent_at, place.touched_at = sent_at, approved_at or sent_at

    def _approved_at(self, turn_out: str, sent_at: datetime, day: date) -> datetime | None:
        if turn_out == "waiting":
            return None
        if turn_out == "provisional":
            evening = self._span.closes_at(day) + timedelta(minutes=95)
            return evening if evening < self._span.at else None
        soon = min(sent_at + timedelta(minutes=12), self._latest())
        return max(soon, sent_at)

    def store_states(self, programme_code: str, keys: Iterator[int]) -> int:
        """Insert how every block stands now; returns the number."""
        return bulk.insert(BlockState, STATE_COLUMNS, self._state_rows(programme_code, keys))

    def _state_rows(self, programme_code: str, keys: Iterator[int]) -> Iterator[tuple[Any, ...]]:
        for place in self._places:
            if place.last is None or place.sent_at is None or place.touched_at is None:
                continue
            final = place.pattern.final(place.last, place.before)
            next_check = final.next_check_at
            approved_cells = "{}"
            if not place.is_approved:
                waits = policy.thresholds_on(place.last).indicator.approval_wait_days
                waited = place.sent_at + timedelta(days=waits, seconds=1)
                next_check = min(waited, next_check) if next_check else waited
                approved_cells = place.pattern.final(place.before, None).cells_text if place.before else "{}"
            unit = place.unit
            yield (
                *(next(keys), programme_code, unit.code, unit.block, unit.commune_code, unit.province_code),
                *(final.cells_text, approved_cells, *final.counts, final.light, final.reason, final.reason_text),
                *(final.next_step, place.revision, place.is_approved),
                *(bulk.instant(next_check) if next_check else None, bulk.instant(place.touched_at)),
            )


def _snapshot(said: DayPattern, at: datetime) -> Snapshot:
    return Snapshot(at, said.counts, said.light, said.reason)


def _by_lot(table: Sequence[tuple[str, int]], lot: int) -> str:
    for name, weight in table:
        lot -= weight
        if lot < 0:
            return name
    return table[-1][0]


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


@cache
def _label(name: str, block: str) -> str:
    return f"{name}, {bodies.approver_capacities(block)[0]}"


def profile_numbers() -> dict[str, list[int]]:
    """Numbers of the profiles by the code of their tier."""
    found: dict[str, list[int]] = {}
    number = 0
    for tier, count in PROFILES:
        found[tier.code] = list(range(number, number + count))
        number += count
    return found


def tier_of(number: int) -> Tier:
    """The tier of a profile."""
    for tier, count in PROFILES:
        if number < count:
            return tier
        number -= count
    raise IndexError(number)


def profile_of(commune: Unit) -> int:
    """Which profile a real commune borrows; provinces differ a little, at random, and are never ranked by it."""
    tilt = chance.between(-0.18, 0.18, commune.province_code, "tilt")
    lot = chance.draw(commune.code, "tier")
    tier = GOOD if lot < 0.40 + tilt else MIDDLING if lot < 0.82 + tilt / 2 else WEAK
    return chance.pick(profile_numbers()[tier.code], commune.code, "profile")

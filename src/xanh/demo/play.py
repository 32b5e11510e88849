"""Plays the story of a block in memory, with the rules of the real actions, and keeps the rows that they would leave.

This is the one sanctioned way past the actions; tests/demo replays hundreds of its reports through them and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from xanh.core import dates
from xanh.core.periods import Cadence
from xanh.demo.people import BlockPeople
from xanh.demo.story import Attempt, BlockDay, Decision
from xanh.events import actions as events
from xanh.events.models import Event
from xanh.indicators.models import Indicator
from xanh.lights.actions import Turn
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import cells as cell_rules
from xanh.reporting import payload, state
from xanh.reporting.actions.drafts import VERSION_KEY, Entered
from xanh.reporting.cells import Cell, Standing
from xanh.reporting.models import BlockState, Excuse, Revision, Round, Submission
from xanh.reporting.payload import Value
from xanh.reporting.state import Basis
from xanh.reporting.states import SubmissionState

COMPUTED_BY = "Hệ thống tự tính"
COUNT_FIELDS = ("green", "amber", "red", "no_data", "not_applicable", "waiting")
Counts = tuple[int, int, int, int, int, int]
# Done and due tasks of a commune at an instant: what the computed indicator says.
TaskCounts = Callable[[str, date, datetime], tuple[int, int]]
Overdue = Callable[[str, datetime], int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a block stood from an instant on."""

    at: datetime
    counts: Counts
    light: str
    reason: str


@dataclass(slots=True)
class Played:
    """The rows of one block, oldest first; `turns` with the instant of each."""

    submissions: list[Submission] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    excuses: list[Excuse] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    turns: list[tuple[datetime, Turn]] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    # Keys of the revisions that went out before they were approved.
    provisional: set[int] = field(default_factory=set)
    state: BlockState | None = None

    def at(self, instant: datetime) -> Snapshot | None:
        """How the block stood at an instant; None before its first report."""
        return next((shot for shot in reversed(self.snapshots) if shot.at <= instant), None)

    def state_at(self, revision: Revision, instant: datetime) -> str:
        """In which state the submission of a revision stood at an instant, while the revision was its last."""
        if revision.returned_at is not None and revision.returned_at <= instant:
            return SubmissionState.RETURNED
        if revision.approved_at is not None and revision.approved_at <= instant:
            return SubmissionState.APPROVED
        return SubmissionState.PROVISIONAL if revision.pk in self.provisional else SubmissionState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Stage:
    """What playing needs: rounds and keys by day, the basis of judging, the commune's tasks."""

    programme_code: str
    rounds: Mapping[date, Round]
    basis: Callable[[str, date], Basis]
    next_key: Callable[[date], int]
    task_counts: TaskCounts
    overdue: Overdue


def counts_of(held: BlockState) -> Counts:
    """The counts of a state, in the order of COUNT_FIELDS."""
    return (held.green, held.amber, held.red, held.no_data, held.not_applicable, held.waiting)


class BlockPlay:
    """Plays one block. The private steps mirror `xanh.reporting.actions.submissions` line by line."""

    def __init__(self, unit: Unit, people: BlockPeople, stage: Stage) -> None:
        self._unit, self._people, self._stage = unit, people, stage
        self._held: BlockState | None = None
        self._cells: dict[str, Cell] = {}
        self._played = Played()

    def play(self, days: list[BlockDay]) -> Played:
        """Everything that the days leave; the acts of different days must not overlap in time."""
        for day in days:
            self._play_day(day)
        self._played.state = self._held
        return self._played

    def _play_day(self, day: BlockDay) -> None:
        if day.excused is not None:
            self._excuse(day)
        if not day.attempts:
            return
        of_round = self._stage.rounds[day.day]
        submission = Submission(pk=self._stage.next_key(day.day), round=of_round, unit=self._unit)
        self._played.submissions.append(submission)
        for attempt in day.attempts:
            self._type(submission, attempt, day)
            if attempt.submitted_at is not None:
                revision = self._submit(submission, attempt, attempt.submitted_at, day)
                if attempt.decision is not None:
                    self._decide(submission, revision, attempt.decision)

    def _excuse(self, day: BlockDay) -> None:
        excused = day.excused
        assert excused is not None  # noqa: S101  asked by the caller
        of_round = self._stage.rounds[day.day]
        label = f"{excused.by.full_name} ({excused.capacity})"
        self._played.excuses.append(
            Excuse(round=of_round, unit=self._unit, reason=excused.reason, granted_label=label, granted_at=excused.at)
        )
        self._tell(
            "submission.excused",
            ("round", of_round.pk),
            by=excused.by,
            at=excused.at,
            facts={"reason": excused.reason, "period": of_round.period_code},
            capacity=excused.capacity,
        )

    def _type(self, submission: Submission, attempt: Attempt, day: BlockDay) -> None:
        submission.draft_version += 1
        for code, entered in attempt.values.items():
            value = value_of(entered, on=day.day, by=day.clerk)
            submission.draft[code] = value.to_json() | {VERSION_KEY: submission.draft_version}
        submission.updated_at = attempt.typed_at

    def _submit(self, submission: Submission, attempt: Attempt, at: datetime, day: BlockDay) -> Revision:
        of_round = submission.round
        content = payload.dump(self._statement(submission, of_round, at))
        submission.revision_count += 1
        revision = Revision(
            pk=self._stage.next_key(day.day),
            submission=submission,
            number=submission.revision_count,
            payload=content,
            sha256=payload.sha256(content),
            author=str(day.clerk.pk),
            author_label=day.clerk.full_name,
            submitted_at=at,
        )
        self._played.revisions.append(revision)
        submission.receipt = revision.sha256[:4].upper()
        submission.submitted_at = submission.updated_at = at
        submission.approved_at, submission.approved_by, submission.approved_label = None, "", ""
        submission.returned_at, submission.return_reasons = None, {}
        submission.state = SubmissionState.PROVISIONAL if attempt.provisional else SubmissionState.SUBMITTED
        if attempt.provisional and submission.first_sent_at is None:
            submission.first_sent_at = at
        if attempt.provisional:
            self._played.provisional.add(revision.pk)
        self._take(revision, approved=False, at=at)
        facts = {
            "period": of_round.period_code,
            "revision": revision.number,
            "sha256": revision.sha256,
            "late": at > of_round.closes_at,
        }
        kind = "submission.sent_provisional" if attempt.provisional else "submission.submitted"
        self._tell(kind, ("submission", submission.pk), by=day.clerk, at=at, facts=facts)
        return revision

    def _statement(self, submission: Submission, of_round: Round, at: datetime) -> dict[str, Value]:
        day = of_round.period_end
        typed = {code: Value.from_json(row) for code, row in submission.draft.items()}
        found: dict[str, Value] = {}
        for row in self._basis(day).indicators:
            if row.is_computed:
                done, due = self._stage.task_counts(self._unit.commune_code, day, at)
                found[row.code] = Value(n=done, d=due, on=day, provider=COMPUTED_BY)
                continue
            carried = self._cells[row.code].value if row.code in self._cells else None
            value = typed.get(row.code) or carried
            if value is not None:
                found[row.code] = value
        return found

    def _decide(self, submission: Submission, revision: Revision, decision: Decision) -> None:
        person, at = decision.approver.person, decision.at
        label = f"{person.full_name}, {decision.approver.capacity}"
        period = submission.round.period_code
        submission.updated_at = at
        subject = ("submission", submission.pk)
        if decision.reasons:
            revision.returned_at = at
            submission.state = SubmissionState.RETURNED
            submission.returned_at, submission.returned_label = at, label
            submission.return_reasons = dict(decision.reasons)
            facts: dict[str, Any] = {"period": period, "reasons": dict(decision.reasons)}
            kind = "submission.returned"
        else:
            revision.approved_at, revision.approved_by, revision.approved_label = at, str(person.pk), label
            submission.state = SubmissionState.APPROVED
            submission.approved_at, submission.approved_by, submission.approved_label = at, str(person.pk), label
            submission.first_sent_at = submission.first_sent_at or at
            self._take(revision, approved=True, at=at)
            facts = {"period": period, "revision": revision.number, "delegation": None}
            kind = "submission.approved"
        self._tell(kind, subject, by=person, at=at, facts=facts, capacity=decision.approver.capacity)

    def _take(self, revision: Revision, *, approved: bool, at: datetime) -> None:
        held, old_light = self._held, ""
        if held is None:
            held = self._held = BlockState(
                programme_id=self._stage.programme_code,
                unit=self._unit,
                block=self._unit.block,
                commune_code=self._unit.commune_code,
                province_code=self._unit.province_code,
            )
        else:
            old_light = held.light
        basis = self._basis(dates.local_date(at))
        if approved:
            held.approved_cells = {}
        elif held.is_approved:
            held.approved_cells = held.cells
        standing = Standing(approved=approved, waiting_since=None if approved else revision.submitted_at)
        values = payload.load(revision.payload)
        cells = state.judge_values(basis, values, self._cells, unit=self._unit, standing=standing, now=at)
        overdue = self._stage.overdue(self._unit.code, at)
        held.revision, held.is_approved = revision, approved
        state.fill(held, basis, cells, standing=standing, overdue_tasks=overdue, now=at)
        turns = state.turns_of(held, self._cells, old_light)
        self._played.turns += [(at, turn) for turn in turns if turn.old != turn.verdict.light.value]
        self._played.snapshots.append(Snapshot(at, counts_of(held), held.light, held.reason))
        self._cells = cells

    def _basis(self, day: date) -> Basis:
        return self._stage.basis(self._unit.block, day)

    def _tell(
        self,
        kind: str,
        subject: tuple[str, object],
        *,
        by: User,
        at: datetime,
        facts: dict[str, Any],
        capacity: str = "",
    ) -> None:
        event = events.build(
            kind=kind, subject=subject, by=by, at=at, unit_code=self._unit.code, facts=facts, capacity=capacity
        )
        self._played.events.append(event)


def value_of(entered: Entered, *, on: date, by: User) -> Value:
    """What `drafts.save_draft` makes of a typed figure."""
    return Value(
        n=entered.n,
        d=entered.d,
        on=on,
        by=str(by.pk),
        note=entered.note.strip(),
        is_estimate=entered.is_estimate,
        not_applicable=entered.not_applicable,
    )


def next_look(
    basis: Basis, cells: Mapping[str, Cell], *, standing: Standing, unit: Unit, now: datetime
) -> datetime | None:
    """When a block with these cells is judged again by time alone."""
    return cell_rules.next_check(
        basis.indicators,
        cells,
        book=basis.book,
        units=state.units_above(unit),
        standing=standing,
        now=now,
        thresholds=basis.thresholds.indicator,
    )


def due_rows(rows: list[Indicator], is_typed: Callable[[Cadence], bool]) -> list[Indicator]:
    """Rows that a clerk types."""
    return [row for row in rows if not row.is_computed and is_typed(Cadence(row.cadence))]

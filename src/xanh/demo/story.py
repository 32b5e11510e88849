"""What the people of Tỉnh Mẫu do in the fortnight, block by block and day by day: who types what at which instant,
who approves or returns it. The bulk loader and the real actions can both play it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xanh.core.periods import Cadence
from xanh.demo import chance, places, requests
from xanh.demo.figures import Profile
from xanh.demo.people import Approver, BlockPeople
from xanh.demo.span import Span
from xanh.indicators.models import Indicator
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting.actions.drafts import Entered


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver does with a report; `reasons` (by indicator code) make it a return."""

    approver: Approver
    at: datetime
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time of typing, and of submitting (None: the draft stays a draft) and deciding what was typed."""

    values: Mapping[str, Entered]
    typed_at: datetime
    submitted_at: datetime | None
    provisional: bool = False
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Excused:
    """The block was freed from reporting, with a reason."""

    reason: str
    by: User
    capacity: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BlockDay:
    """One block in one round; no attempt and no excuse: it sent nothing."""

    unit: Unit
    day: date
    clerk: User
    attempts: tuple[Attempt, ...] = ()
    excused: Excused | None = None


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A clerk at work: what he types, when he begins, and how long each step takes."""

    unit: Unit
    day: date
    people: BlockPeople
    values: dict[str, Entered]
    typed_at: datetime
    step: timedelta

    @property
    def approver(self) -> Approver:
        """The default approver, now and then the substitute."""
        return self.people.approvers[-1 if chance.draw(self.unit.code, self.day, "substitute") < 1 / 8 else 0]

    def whole(self, low: int, high: int, *words: object) -> int:
        """A whole number that this sitting draws."""
        return chance.whole(low, high, self.unit.code, self.day, *words)


OFFICE_CAPACITY = "Chuyên viên Văn phòng Tỉnh ủy"
# What a day turns out to be; the weights are per thousand.
USUAL = (
    ("approved", 850.0),
    ("late", 40.0),
    ("provisional", 35.0),
    ("returned", 30.0),
    ("missing", 30.0),
    ("waiting", 15.0),
)
TODAY = (
    ("approved", 430.0),
    ("waiting", 90.0),
    ("provisional", 40.0),
    ("returned", 30.0),
    ("draft", 110.0),
    ("", 300.0),
)
# A running total in each block whose denominator is easily typed wrong, and the words with which it comes back.
SLIPS = {"party": "DU-06", "council": "HD-10", "committee": "UB-13", "front": "MT-15"}
SLIP_REASON = "Mẫu số tăng bất thường so với kỳ trước. Đề nghị đối chiếu với sổ văn bản rồi nhập lại."
STORM_COMMUNE = places.SPECIAL_ZONE
STORM_DAYS_AGO = 5
STORM_REASON = "Mất điện và đường truyền do bão, có báo cáo của đơn vị."
_MORNING = 8 * 60
_WORKING_MINUTES = 7 * 60


class Planner:
    """Plans the fortnight of one commune's blocks from its figures."""

    def __init__(self, span: Span, rows: Mapping[str, list[Indicator]]) -> None:
        self._span, self._rows = span, rows

    def plan(self, unit: Unit, profile: Profile, people: BlockPeople, office: User) -> list[BlockDay]:
        """All days of a block, oldest first."""
        return [self._day(unit, day, profile, people, office) for day in self._span.every]

    def typed(self, unit: Unit, profile: Profile, day: date) -> dict[str, Entered]:
        """What is typed on a day: the figures due, and before the fortnight those that are due more rarely."""
        return {
            row.code: profile.figure(row.code, day)
            for row in self._rows[unit.block]
            if not row.is_computed and self._span.is_typed(Cadence(row.cadence), day)
        }

    def _day(self, unit: Unit, day: date, profile: Profile, people: BlockPeople, office: User) -> BlockDay:
        values = self.typed(unit, profile, day)
        is_today = day == self._span.today
        if is_today and unit.commune_code == places.FIRST_COMMUNE:
            return BlockDay(unit, day, people.clerk, self._first_commune(unit, people, values))
        if is_today and not self._span.is_today_closed:
            return self._open_day(unit, people, values)
        if unit.commune_code == STORM_COMMUNE and (self._span.today - day).days == STORM_DAYS_AGO:
            at = self._span.opens_at(day) + timedelta(hours=9)
            return BlockDay(unit, day, people.clerk, excused=Excused(STORM_REASON, office, OFFICE_CAPACITY, at))
        turn_out = "approved" if day in self._span.history else chance.weighted(USUAL, unit.code, day, "day")
        typed_at = self._span.opens_at(day) + timedelta(
            minutes=_MORNING + chance.whole(0, _WORKING_MINUTES - 70, unit.code, day, "hour")
        )
        step = timedelta(minutes=chance.whole(4, 12, unit.code, day, "step"))
        if turn_out == "late":
            typed_at = self._span.closes_at(day) + timedelta(minutes=chance.whole(5, 90, unit.code, day, "late"))
            if typed_at + 2 * step >= self._span.at:
                turn_out = "missing"
        return BlockDay(
            unit, day, people.clerk, self._attempts(turn_out, _Sitting(unit, day, people, values, typed_at, step))
        )

    def _attempts(self, turn_out: str, sitting: _Sitting) -> tuple[Attempt, ...]:
        values, typed_at = sitting.values, sitting.typed_at
        submitted = typed_at + sitting.step
        match turn_out:
            case "" | "missing":
                return ()
            case "draft":
                half = dict(list(values.items())[: max(1, len(values) // 2)])
                return (Attempt(half, typed_at, None),)
            case "waiting":
                return (Attempt(values, typed_at, submitted),)
            case "provisional":
                # The approver is away; the figures go out in time and are approved in the evening.
                evening = self._span.closes_at(sitting.day) + timedelta(minutes=sitting.whole(60, 200, "evening"))
                decision = Decision(sitting.approver, evening) if evening < self._span.at else None
                return (Attempt(values, typed_at, submitted, provisional=True, decision=decision),)
            case "returned":
                return self._returned(sitting)
            case _:
                decision = Decision(sitting.approver, submitted + sitting.step)
                return (Attempt(values, typed_at, submitted, decision=decision),)

    def _returned(self, sitting: _Sitting) -> tuple[Attempt, ...]:
        """A denominator typed twice too large comes back; before today's cut-off it is not put right yet."""
        code, begins, step = SLIPS[sitting.unit.block], sitting.typed_at, sitting.step
        right = sitting.values[code]
        slipped = Entered(right.n, (right.d or 0) * 2)
        returned = Decision(sitting.approver, begins + 2 * step, {code: SLIP_REASON})
        first = Attempt(sitting.values | {code: slipped}, begins, begins + step, decision=returned)
        if sitting.day == self._span.today and not self._span.is_today_closed:
            return (first,)
        approved = Decision(sitting.approver, begins + 5 * step)
        return (first, Attempt({code: right}, begins + 3 * step, begins + 4 * step, decision=approved))

    def _open_day(self, unit: Unit, people: BlockPeople, values: dict[str, Entered]) -> BlockDay:
        """Today before the cut-off: the same share of the day's work is in, whatever the hour of loading."""
        day, since = self._span.today, self._hundredth_of_today()
        turn_out = chance.weighted(TODAY, unit.code, day, "today")
        typed_at = self._span.opens_at(day) + since * chance.whole(40, 85, unit.code, day, "hour")
        sitting = _Sitting(unit, day, people, values, typed_at, since * 3)
        return BlockDay(unit, day, people.clerk, self._attempts(turn_out, sitting))

    def _hundredth_of_today(self) -> timedelta:
        """The part of today's round that has gone by, divided by 100."""
        day = self._span.today
        return (min(self._span.at, self._span.closes_at(day)) - self._span.opens_at(day)) / 100

    def _first_commune(self, unit: Unit, people: BlockPeople, values: dict[str, Entered]) -> tuple[Attempt, ...]:
        """Xã Tân Mẫu: the Party approved, the council waits for approval, two figures of the committee are missing,
        nothing of the front.
        """
        since = self._hundredth_of_today()
        typed_at = self._span.opens_at(self._span.today) + since * 60
        match unit.block:
            case "party":
                decision = Decision(people.approvers[0], typed_at + since * 20)
                return (Attempt(values, typed_at, typed_at + since * 10, decision=decision),)
            case "council":
                return (Attempt(values, typed_at + since * 15, typed_at + since * 25),)
            case "committee":
                typed = {code: entered for code, entered in values.items() if code not in requests.MISSING}
                return (Attempt(typed, typed_at + since * 30, None),)
            case _:
                return ()

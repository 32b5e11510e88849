"""Judging figures, tasks and units: facts in, a verdict with its reason and next step out. No rows, no clock."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from xanh.core import dates, numbers
from xanh.core.light import Light, Reason, Verdict, verdict
from xanh.core.measures import (
    Direction,
    IndicatorFacts,
    Kind,
    Milestone,
    expected_on,
    gap_text,
    shortfall,
    value_of,
    value_text,
)

__all__ = [
    "Direction",
    "IndicatorFacts",
    "IndicatorThresholds",
    "Kind",
    "LightCounts",
    "Milestone",
    "TaskBox",
    "TaskFacts",
    "UnitThresholds",
    "ageing_band",
    "count_verdicts",
    "expected_on",
    "judge_indicator",
    "judge_task",
    "judge_unit",
    "overdue_days",
    "shortfall",
    "task_box",
    "value_of",
]

_ONE_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_BANDS = ((7, "1–7 ngày"), (30, "8–30 ngày"))
_LAST_BAND = "trên 30 ngày"


@dataclass(frozen=True)
class IndicatorThresholds:
    """Shares of the expected value from which a figure is green, amber; days that an approval may wait."""

    green: Fraction = Fraction(1)
    amber: Fraction = Fraction(9, 10)
    approval_wait_days: int = 2


@dataclass(frozen=True)
class TaskFacts:
    """What a task's light hangs on. `due_at`, `warn_at` come from core.deadlines; None where no due is known.

    `ended_at`: a document ended the follow-up before the task was done.
    """

    due_at: datetime | None
    warn_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None = None


class TaskBox(StrEnum):
    """The four boxes in which every official count puts tasks."""

    DONE_ON_TIME = "DONE_ON_TIME"
    DONE_LATE = "DONE_LATE"
    RUNNING = "RUNNING"
    OVERDUE = "OVERDUE"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _BOX_LABELS[self]


_BOX_LABELS = {
    TaskBox.DONE_ON_TIME: "hoàn thành đúng hạn",
    TaskBox.DONE_LATE: "hoàn thành quá hạn",
    TaskBox.RUNNING: "đang thực hiện trong hạn",
    TaskBox.OVERDUE: "quá hạn chưa hoàn thành",
}


@dataclass(frozen=True)
class LightCounts:
    """How many indicators of a unit have which light; grey ones apart by what they lack. Sums with `+`."""

    green: int = 0
    amber: int = 0
    red: int = 0
    no_data: int = 0
    not_applicable: int = 0
    waiting: int = 0

    def __add__(self, other: LightCounts) -> LightCounts:
        return LightCounts(
            self.green + other.green,
            self.amber + other.amber,
            self.red + other.red,
            self.no_data + other.no_data,
            self.not_applicable + other.not_applicable,
            self.waiting + other.waiting,
        )

    @property
    def applicable(self) -> int:
        """All that the unit answers for: the denominator of its share."""
        return self.reported + self.no_data

    @property
    def reported(self) -> int:
        """Those with a figure, approved or not; not the same as achieved."""
        return self.green + self.amber + self.red + self.waiting

    @property
    def achieved(self) -> int:
        """Those that reach what is expected of them."""
        return self.green


@dataclass(frozen=True)
class UnitThresholds:
    """Shares of the applicable indicators: green and amber by those achieved, grey by those reported."""

    green: Fraction = Fraction(8, 10)
    amber: Fraction = Fraction(5, 10)
    reported: Fraction = Fraction(5, 10)


def judge_indicator(facts: IndicatorFacts, *, now: datetime, thresholds: IndicatorThresholds | None = None) -> Verdict:
    """Judge one figure. Ratios, counts and scores are measured against the path on the day they speak of, so that a
    figure does not age between two reports; yes/no and dates are measured against their milestone at `now`.
    """
    limits = thresholds or IndicatorThresholds()
    if not facts.applicable:
        return verdict(Reason.NOT_APPLICABLE)
    if facts.n is None or (facts.kind is Kind.RATIO and facts.d is None):
        return verdict(Reason.NO_FIGURES, next_step="nhập số liệu của kỳ này")
    waiting_since = None if facts.approved else facts.waiting_since
    if waiting_since is not None and now - waiting_since > timedelta(days=limits.approval_wait_days):
        return verdict(
            Reason.WAITING_FOR_APPROVAL,
            next_step="người duyệt xem xét số liệu đã trình",
            since=dates.format_instant(waiting_since),
        )
    if facts.kind is Kind.DATE and facts.milestone is not None:
        return _judge_date(facts.n, facts.milestone, dates.local_date(now))
    value = value_of(facts.kind, facts.n, facts.d, facts.scale)
    if value is None:
        return verdict(
            Reason.ZERO_DENOMINATOR, next_step="kiểm tra lại mẫu số; nếu không có đối tượng thì chọn “không áp dụng”"
        )
    if facts.milestone is None or facts.milestone.value is None:
        return verdict(Reason.NO_TARGET, next_step="giao mục tiêu cho chỉ tiêu này", value=value_text(facts))
    if facts.kind is Kind.YES_NO:
        return _judge_yes_no(value, facts.milestone, dates.local_date(now))
    return _judge_amount(facts, facts.milestone, value, now, limits)


def judge_task(facts: TaskFacts, *, now: datetime) -> Verdict:
    """Judge one task at `now`; done late is green with its mark, overdue begins at the instant `due_at` itself."""
    if facts.done_at is not None:
        done = dates.format_date(dates.local_date(facts.done_at))
        if facts.due_at is None or facts.done_at < facts.due_at:
            return verdict(Reason.TASK_DONE_ON_TIME, done=done)
        return verdict(Reason.TASK_DONE_LATE, done=done, late=_late_text(facts.due_at, facts.done_at))
    if facts.ended_at is not None:
        return verdict(Reason.TASK_ENDED, ended=dates.format_date(dates.local_date(facts.ended_at)))
    if facts.due_at is None:
        return verdict(Reason.TASK_WITHOUT_DUE, next_step="đơn vị chủ trì bổ sung thời hạn")
    if now >= facts.due_at:
        late = _late_text(facts.due_at, now)
        return verdict(Reason.TASK_OVERDUE, next_step="hoàn thành và báo cáo kết quả, nêu nguyên nhân", late=late)
    left = _left_text(facts.due_at, now)
    if facts.warn_at is not None and now >= facts.warn_at:
        return verdict(Reason.TASK_DUE_SOON, next_step="hoàn thành và gửi minh chứng trước hạn", left=left)
    return verdict(Reason.TASK_RUNNING, left=left)


def task_box(facts: TaskFacts, now: datetime) -> TaskBox | None:
    """The box of a task at `now`; None for a task whose follow-up was ended by a document: it is in no count."""
    box: dict[Reason, TaskBox] = {
        Reason.TASK_DONE_ON_TIME: TaskBox.DONE_ON_TIME,
        Reason.TASK_DONE_LATE: TaskBox.DONE_LATE,
        Reason.TASK_RUNNING: TaskBox.RUNNING,
        Reason.TASK_DUE_SOON: TaskBox.RUNNING,
        Reason.TASK_WITHOUT_DUE: TaskBox.RUNNING,
        Reason.TASK_OVERDUE: TaskBox.OVERDUE,
    }
    return box.get(judge_task(facts, now=now).reason)


def overdue_days(due_at: datetime, now: datetime) -> int:
    """Whole calendar days in Vietnam between the last day of the deadline and `now`; 0 before and on that day."""
    return max((dates.local_date(now) - _last_day(due_at)).days, 0)


def ageing_band(due_at: datetime, now: datetime) -> str:
    """How long a task has been overdue, in the bands of the official count; "" while it is not overdue.

    Overdue since an hour of the same day counts in the first band.
    """
    if now < due_at:
        return ""
    days = overdue_days(due_at, now)
    return next((band for longest, band in _BANDS if days <= longest), _LAST_BAND)


def count_verdicts(verdicts: Iterable[Verdict]) -> LightCounts:
    """Count the lights of a unit's indicators. Without a denominator or a target nothing can be achieved, so such
    figures stand outside the share, like those that do not apply.
    """
    counts = LightCounts()
    for each in verdicts:
        counts += _COUNTED_GREY[each.reason] if each.light is Light.GREY else _COUNTED[each.light]
    return counts


def unit_is_green(counts: LightCounts, overdue_tasks: int, *, thresholds: UnitThresholds) -> bool:
    """Whether judge_unit would say green, without writing its sentence: for counting green units by the thousand."""
    total = counts.applicable
    return (
        total > 0
        and overdue_tasks == 0
        and counts.reported >= thresholds.reported * total
        and counts.achieved >= thresholds.green * total
    )


_COUNTED = {
    Light.GREEN: LightCounts(green=1),
    Light.AMBER: LightCounts(amber=1),
    Light.RED: LightCounts(red=1),
}
_COUNTED_GREY = {
    Reason.NO_FIGURES: LightCounts(no_data=1),
    Reason.WAITING_FOR_APPROVAL: LightCounts(waiting=1),
    Reason.NOT_APPLICABLE: LightCounts(not_applicable=1),
    Reason.ZERO_DENOMINATOR: LightCounts(not_applicable=1),
    Reason.NO_TARGET: LightCounts(not_applicable=1),
}


def judge_unit(counts: LightCounts, overdue_tasks: int, *, thresholds: UnitThresholds | None = None) -> Verdict:
    """Judge a block, a commune, a province or the nation by the counts of its indicators and its overdue tasks."""
    limits = thresholds or UnitThresholds()
    total = counts.applicable
    if total == 0:
        return verdict(Reason.UNIT_WITHOUT_INDICATORS)
    if Fraction(counts.reported, total) < limits.reported:
        missing = numbers.format_int(counts.no_data)
        return verdict(
            Reason.UNIT_NOT_REPORTED,
            next_step=f"báo cáo {missing} chỉ tiêu còn thiếu",
            reported=_share_text(counts.reported, total),
        )
    share = Fraction(counts.achieved, total)
    achieved = _share_text(counts.achieved, total)
    if share >= limits.green:
        if overdue_tasks == 0:
            return verdict(Reason.UNIT_ACHIEVED, achieved=achieved)
        overdue = numbers.format_int(overdue_tasks)
        return verdict(
            Reason.UNIT_WITH_OVERDUE_TASKS,
            next_step=f"hoàn thành {overdue} nhiệm vụ quá hạn",
            achieved=achieved,
            overdue=overdue,
        )
    half = share >= limits.amber
    wanted = limits.green if half else limits.amber
    needed = numbers.format_int(math.ceil(wanted * total) - counts.achieved)
    return verdict(
        Reason.UNIT_HALF_ACHIEVED if half else Reason.UNIT_NOT_ACHIEVED,
        next_step=f"cần thêm {needed} chỉ tiêu đạt để chuyển sang {'Xanh' if half else 'Vàng'}",
        achieved=achieved,
        threshold=numbers.format_pct(100 * wanted),
    )


def _judge_date(n: int, milestone: Milestone, today: date) -> Verdict:
    """A date is its running day number (date.toordinal); 0 says: reported, but not done yet."""
    on = dates.format_date(milestone.on)
    if n <= 0:
        if today <= milestone.on:
            return verdict(Reason.NOT_YET_DATED, next_step=f"thực hiện trước khi hết ngày {on}", on=on)
        return verdict(Reason.NOT_DATED, next_step="thực hiện và cập nhật ngày", on=on)
    done = date.fromordinal(n)
    if done <= milestone.on:
        return verdict(Reason.DATED_IN_TIME, value=dates.format_date(done), on=on)
    days = numbers.format_int((done - milestone.on).days)
    return verdict(Reason.DATED_LATE, value=dates.format_date(done), days=days, on=on)


def _judge_yes_no(value: Fraction, milestone: Milestone, today: date) -> Verdict:
    on = dates.format_date(milestone.on)
    if value == milestone.value:
        return verdict(Reason.FULFILLED)
    if today <= milestone.on:
        return verdict(Reason.NOT_YET_FULFILLED, next_step=f"thực hiện trước khi hết ngày {on}", on=on)
    return verdict(Reason.NOT_FULFILLED, next_step="thực hiện và cập nhật kết quả", on=on)


def _judge_amount(
    facts: IndicatorFacts, milestone: Milestone, value: Fraction, now: datetime, limits: IndicatorThresholds
) -> Verdict:
    expected = expected_on(milestone, facts.on, whole=facts.kind is Kind.COUNT)
    assert expected is not None  # noqa: S101  the caller has seen that the milestone has a value
    on_path = milestone.baseline is not None and facts.on < milestone.on
    on = _short_date(facts.on if on_path else milestone.on, facts.on)
    if facts.direction is Direction.HIGHER:
        if value >= expected * limits.green:
            reason = Reason.ABOVE_TARGET if value > expected else Reason.ON_TARGET
            # With a green threshold under 100 % a value below the target may still be green.
            reason = reason if value >= expected else Reason.ON_TARGET
        else:
            reason = Reason.NEAR_TARGET if value >= expected * limits.amber else Reason.BELOW_TARGET
    elif value * limits.green <= expected:
        reason = Reason.WITHIN_LIMIT
    else:
        reason = Reason.NEAR_LIMIT if value * limits.amber <= expected else Reason.OVER_LIMIT
    words = {"value": value_text(facts), "on": on}
    if reason not in (Reason.ON_TARGET, Reason.WITHIN_LIMIT):
        words["gap"] = gap_text(facts.kind, abs(value - expected))
    if facts.direction is Direction.LOWER:
        words["limit"] = gap_text(facts.kind, expected, of_gap=False)
    return verdict(reason, next_step=_amount_step(facts, milestone, now), **words)


def _amount_step(facts: IndicatorFacts, milestone: Milestone, now: datetime) -> str:
    missing = shortfall(facts)
    if missing is None:
        return ""
    verb = "cần thêm" if facts.direction is Direction.HIGHER else "cần giảm"
    amount = f"{verb} {numbers.format_decimal(missing, 0 if missing.denominator == 1 else facts.scale)}"
    noun = "điểm" if facts.kind is Kind.SCORE else facts.noun
    in_time = dates.local_date(now) <= milestone.on
    when = f"trước {_short_date(milestone.on, facts.on)}" if in_time else "để đạt mục tiêu"
    return " ".join(part for part in (amount, noun, when) if part)


def _short_date(day: date, beside: date) -> str:
    return dates.format_day_month(day) if day.year == beside.year else dates.format_date(day)


def _share_text(part: int, total: int) -> str:
    return numbers.format_ratio(part, total)


def _last_day(due_at: datetime) -> date:
    """The day that people call the deadline: the end of the 20th is 21 November 00:00, but "hạn 20/11"."""
    return dates.local_date(due_at - _MOMENT)


def _late_text(due_at: datetime, at: datetime) -> str:
    days = overdue_days(due_at, at)
    if days:
        return f"{numbers.format_int(days)} ngày"
    return f"từ {dates.format_hour(due_at.astimezone(dates.TZ).time())} cùng ngày"


def _left_text(due_at: datetime, now: datetime) -> str:
    days = (_last_day(due_at) - dates.local_date(now)).days
    return f"còn {numbers.format_int(days)} ngày" if days else "hạn trong ngày hôm nay"

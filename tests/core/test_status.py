"""Status: each light with its reason, its words and the next step."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import dates, status
from xanh.core.light import Light, Reason, Verdict
from xanh.core.status import (
    Direction,
    IndicatorFacts,
    IndicatorThresholds,
    Kind,
    LightCounts,
    Milestone,
    TaskBox,
    TaskFacts,
    UnitThresholds,
)

NOVEMBER_19 = date(2026, 11, 19)
NOW = dates.at_local(NOVEMBER_19, time(14, 0))
RATIO = IndicatorFacts(
    kind=Kind.RATIO,
    n=2493,
    d=2889,
    scale=2,
    direction=Direction.HIGHER,
    milestone=Milestone(Decimal(80), date(2026, 11, 30)),
    on=NOVEMBER_19,
    noun="đảng viên",
)


def judge(facts: IndicatorFacts, now: datetime = NOW) -> Verdict:
    return status.judge_indicator(facts, now=now)


# ── figures against their target ──────────────────────────────────────────────────────────────────────────────────────


def test_a_figure_above_its_target_is_green_and_says_by_how_much() -> None:
    assert judge(RATIO) == Verdict(
        Light.GREEN,
        Reason.ABOVE_TARGET,
        "đạt 86,29% (2.493/2.889), cao hơn mục tiêu đến 30/11 là 6,3 điểm",
    )


def test_a_figure_below_its_target_says_how_many_are_missing() -> None:
    # 90 % of 2,889 is 2,600.1, so 2,601 are wanted; 86.29 is 95.9 % of 90.
    facts = replace(RATIO, milestone=Milestone(Decimal(90), date(2026, 12, 31)))
    assert judge(facts) == Verdict(
        Light.AMBER,
        Reason.NEAR_TARGET,
        "đạt 86,29% (2.493/2.889), thấp hơn mục tiêu đến 31/12 là 3,7 điểm",
        "cần thêm 108 đảng viên trước 31/12",
    )


@pytest.mark.parametrize(
    ("n", "light"),
    [(100, Light.GREEN), (80, Light.GREEN), (79, Light.AMBER), (72, Light.AMBER), (71, Light.RED), (0, Light.RED)],
)
def test_green_from_all_of_the_target_and_amber_from_nine_tenths(n: int, light: Light) -> None:
    assert judge(replace(RATIO, n=n, d=100)).light is light


@pytest.mark.parametrize(
    ("n", "light", "reason"),
    [
        (10, Light.GREEN, Reason.WITHIN_LIMIT),
        (18, Light.GREEN, Reason.WITHIN_LIMIT),
        (19, Light.AMBER, Reason.NEAR_LIMIT),
        (20, Light.AMBER, Reason.NEAR_LIMIT),
        (21, Light.RED, Reason.OVER_LIMIT),
    ],
)
def test_where_lower_is_better_the_rule_is_mirrored(n: int, light: Light, reason: Reason) -> None:
    milestone = Milestone(Decimal(18), date(2026, 12, 31), op="<=")
    found = judge(replace(RATIO, n=n, d=100, direction=Direction.LOWER, milestone=milestone))
    assert (found.light, found.reason) == (light, reason)


def test_a_ceiling_of_zero_is_red_with_the_first_case() -> None:
    facts = replace(
        RATIO,
        kind=Kind.COUNT,
        n=3,
        d=None,
        scale=0,
        direction=Direction.LOWER,
        milestone=Milestone(Decimal(0), date(2026, 12, 31), op="<="),
        noun="hồ sơ",
    )
    assert judge(facts) == Verdict(
        Light.RED, Reason.OVER_LIMIT, "ở mức 3, vượt mức 0 đến 31/12 là 3", "cần giảm 3 hồ sơ trước 31/12"
    )
    assert judge(replace(facts, n=0)) == Verdict(
        Light.GREEN, Reason.WITHIN_LIMIT, "ở mức 0, không vượt mức 0 đến 31/12"
    )


def test_a_figure_on_its_path_is_compared_with_the_day_it_speaks_of() -> None:
    # From 84 on 1 January to 100 on 31 December: 364 days, 181 of them by 1 July: 84 + 16·181/364 = 91.956…
    milestone = Milestone(Decimal(100), date(2026, 12, 31), baseline=Decimal(84))
    facts = replace(RATIO, n=92, d=100, on=date(2026, 7, 1), milestone=milestone)
    assert judge(facts) == Verdict(
        Light.GREEN,
        Reason.ABOVE_TARGET,
        "đạt 92% (92/100), cao hơn mục tiêu đến 01/07 là 0,04 điểm",
        "cần thêm 8 đảng viên trước 31/12",
    )
    assert judge(replace(facts, n=91)).reason is Reason.NEAR_TARGET


def test_exactly_on_target_is_said_so() -> None:
    assert judge(replace(RATIO, n=80, d=100)).text == "đạt 80% (80/100), bằng mục tiêu đến 30/11"


def test_a_lower_green_threshold_never_says_above() -> None:
    found = status.judge_indicator(
        replace(RATIO, n=79, d=100), now=NOW, thresholds=IndicatorThresholds(green=Fraction(95, 100))
    )
    assert (found.light, found.reason) == (Light.GREEN, Reason.ON_TARGET)


def test_a_higher_green_threshold_asks_for_more_than_the_target() -> None:
    found = status.judge_indicator(
        replace(RATIO, n=80, d=100), now=NOW, thresholds=IndicatorThresholds(green=Fraction(11, 10))
    )
    assert found.light is Light.AMBER


def test_a_milestone_of_another_year_is_named_with_its_year() -> None:
    found = judge(replace(RATIO, milestone=Milestone(Decimal(100), date(2030, 12, 31))))
    assert found.text.endswith("thấp hơn mục tiêu đến 31/12/2030 là 13,7 điểm")
    assert found.next_step == "cần thêm 396 đảng viên trước 31/12/2030"


def test_after_the_milestone_the_next_step_names_no_past_day() -> None:
    found = judge(replace(RATIO, n=70, d=100, on=date(2026, 12, 1)), dates.at_local(date(2026, 12, 1), time(8)))
    assert found.next_step == "cần thêm 10 đảng viên để đạt mục tiêu"


def test_a_gap_too_small_to_print_is_not_printed_as_zero() -> None:
    facts = replace(RATIO, n=800_001, d=1_000_000)
    assert judge(facts).text.endswith("cao hơn mục tiêu đến 30/11 là chưa đến 0,01 điểm")


def test_scores_are_in_points() -> None:
    facts = replace(
        RATIO, kind=Kind.SCORE, n=8537, d=None, milestone=Milestone(Decimal(90), date(2026, 12, 31)), noun=""
    )
    assert judge(facts) == Verdict(
        Light.AMBER,
        Reason.NEAR_TARGET,
        "đạt 85,37 điểm, thấp hơn mục tiêu đến 31/12 là 4,6 điểm",
        "cần thêm 4,63 điểm trước 31/12",
    )


def test_a_score_over_its_ceiling_names_the_ceiling_in_points() -> None:
    milestone = Milestone(Decimal("4.5"), date(2026, 12, 31), op="<=")
    facts = replace(RATIO, kind=Kind.SCORE, n=600, d=None, milestone=milestone, direction=Direction.LOWER)
    assert judge(facts).text == "ở mức 6,00 điểm, vượt mức 4,50 điểm đến 31/12 là 1,5 điểm"
    whole = replace(facts, milestone=replace(milestone, value=Decimal(4)))
    assert judge(whole).text == "ở mức 6,00 điểm, vượt mức 4 điểm đến 31/12 là 2,0 điểm"


# ── grey ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "reason", "text"),
    [
        (replace(RATIO, applicable=False), Reason.NOT_APPLICABLE, "không áp dụng"),
        (replace(RATIO, n=None), Reason.NO_FIGURES, "chưa có số liệu"),
        (replace(RATIO, d=None), Reason.NO_FIGURES, "chưa có số liệu"),
        (replace(RATIO, n=0, d=0), Reason.ZERO_DENOMINATOR, "chưa tính được vì mẫu số bằng 0"),
        (
            replace(RATIO, milestone=None),
            Reason.NO_TARGET,
            "đạt 86,29% (2.493/2.889), chưa có mục tiêu để so sánh",
        ),
    ],
)
def test_grey_always_says_which(facts: IndicatorFacts, reason: Reason, text: str) -> None:
    found = judge(facts)
    assert (found.light, found.reason, found.text) == (Light.GREY, reason, text)


def test_a_figure_waiting_for_approval_turns_grey_only_after_two_days() -> None:
    waiting = replace(RATIO, approved=False, waiting_since=NOW - timedelta(days=2))
    assert judge(waiting).light is Light.GREEN
    found = judge(waiting, NOW + timedelta(seconds=1))
    assert (found.light, found.text) == (Light.GREY, "chờ duyệt từ 14:00 ngày 17/11/2026")


def test_an_approved_figure_never_waits() -> None:
    assert judge(replace(RATIO, waiting_since=NOW - timedelta(days=9))).light is Light.GREEN
    assert judge(replace(RATIO, approved=False, waiting_since=None)).light is Light.GREEN


# ── yes/no and dates ──────────────────────────────────────────────────────────────────────────────────────────────────

YES_NO = replace(
    RATIO, kind=Kind.YES_NO, n=1, d=None, scale=0, milestone=Milestone(Decimal(1), date(2026, 12, 31), op="=")
)
DATED = replace(
    RATIO,
    kind=Kind.DATE,
    n=date(2026, 1, 31).toordinal(),
    d=None,
    scale=0,
    direction=Direction.LOWER,
    milestone=Milestone(None, date(2026, 1, 31), op="<="),
)


def test_a_yes_no_is_green_when_done_amber_until_its_day_and_red_after_it() -> None:
    assert judge(YES_NO) == Verdict(Light.GREEN, Reason.FULFILLED, "đã thực hiện")
    not_done = replace(YES_NO, n=0)
    last_minute = dates.at_local(date(2026, 12, 31), time(23, 59))
    assert judge(not_done, last_minute) == Verdict(
        Light.AMBER,
        Reason.NOT_YET_FULFILLED,
        "chưa thực hiện, còn trong hạn đến 31/12/2026",
        "thực hiện trước khi hết ngày 31/12/2026",
    )
    assert judge(not_done, last_minute + timedelta(minutes=1)).reason is Reason.NOT_FULFILLED


def test_a_date_is_green_in_time_and_amber_when_late() -> None:
    assert judge(DATED).text == "thực hiện ngày 31/01/2026, kịp mốc 31/01/2026"
    late = judge(replace(DATED, n=date(2026, 2, 5).toordinal()))
    assert (late.light, late.text) == (
        Light.AMBER,
        "thực hiện ngày 05/02/2026, chậm 5 ngày so với mốc 31/01/2026",
    )


def test_a_date_not_yet_there_is_amber_until_its_day_and_red_after_it() -> None:
    none_yet = replace(DATED, n=0)
    assert judge(none_yet, dates.at_local(date(2026, 1, 31), time(12))).reason is Reason.NOT_YET_DATED
    assert judge(none_yet, dates.at_local(date(2026, 2, 1), time(0))).reason is Reason.NOT_DATED
    assert judge(replace(DATED, n=None)).reason is Reason.NO_FIGURES
    assert judge(replace(DATED, milestone=None)).text == "đạt 31/01/2026, chưa có mục tiêu để so sánh"
    assert judge(replace(none_yet, milestone=None)).text == "đạt chưa có, chưa có mục tiêu để so sánh"
    assert judge(replace(YES_NO, n=0, milestone=None)).text == "đạt không, chưa có mục tiêu để so sánh"


# ── values, paths, what is missing ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "n", "d", "scale", "value"),
    [
        (Kind.RATIO, 1, 3, 2, Fraction(100, 3)),
        (Kind.RATIO, 1, 0, 2, None),
        (Kind.RATIO, 1, None, 2, None),
        (Kind.RATIO, None, 3, 2, None),
        (Kind.COUNT, 7, None, 0, Fraction(7)),
        (Kind.COUNT, 75, None, 1, Fraction(15, 2)),
        (Kind.SCORE, 8537, 100, 2, Fraction(8537, 100)),
        (Kind.YES_NO, 1, None, 0, Fraction(1)),
        (Kind.DATE, 739_000, None, 0, Fraction(739_000)),
    ],
)
def test_the_value_follows_the_kind(
    kind: Kind, n: int | None, d: int | None, scale: int, value: Fraction | None
) -> None:
    assert status.value_of(kind, n, d, scale) == value


def test_the_path_runs_straight_from_the_baseline_to_the_target() -> None:
    path = Milestone(Decimal(30), date(2026, 1, 31), baseline=Decimal(0))
    assert status.expected_on(path, date(2025, 12, 1)) == 0
    assert status.expected_on(path, date(2026, 1, 1)) == 0
    assert status.expected_on(path, date(2026, 1, 11)) == 10
    assert status.expected_on(path, date(2026, 1, 31)) == 30
    assert status.expected_on(path, date(2026, 5, 1)) == 30
    later_start = replace(path, baseline_on=date(2026, 1, 21))
    assert status.expected_on(later_start, date(2026, 1, 26)) == 15


def test_counts_expect_whole_numbers_rounded_down() -> None:
    meetings = Milestone(Decimal(4), date(2026, 12, 31), baseline=Decimal(0))
    # 312 of 364 days by 9 November: 3.43 meetings.
    assert status.expected_on(meetings, date(2026, 11, 9), whole=True) == 3
    assert status.expected_on(meetings, date(2026, 11, 9)) == Fraction(4 * 312, 364)


def test_without_a_baseline_the_target_holds_all_year() -> None:
    assert status.expected_on(Milestone(Decimal(100), date(2026, 12, 31)), date(2026, 1, 2)) == 100
    assert status.expected_on(Milestone(None, date(2026, 12, 31)), date(2026, 1, 2)) is None
    assert status.expected_on(None, date(2026, 1, 2)) is None


def test_the_shortfall_is_what_the_numerator_still_needs() -> None:
    to_all = Milestone(Decimal(100), date(2026, 12, 31))
    assert status.shortfall(replace(RATIO, milestone=to_all)) == 396
    assert status.shortfall(replace(RATIO, n=2889, milestone=to_all)) is None
    assert status.shortfall(replace(RATIO, d=0)) is None
    assert status.shortfall(replace(RATIO, milestone=None)) is None
    assert status.shortfall(replace(RATIO, milestone=Milestone(Decimal(101), date(2026, 12, 31)))) is None
    assert status.shortfall(YES_NO) is None
    lower = replace(RATIO, direction=Direction.LOWER, n=21, d=100, milestone=Milestone(Decimal(18), NOVEMBER_19, "<="))
    assert status.shortfall(lower) == 3


@given(n=st.integers(0, 5000), d=st.integers(1, 5000), target=st.integers(0, 100))
def test_adding_the_shortfall_reaches_the_target(n: int, d: int, target: int) -> None:
    facts = replace(RATIO, n=min(n, d), d=d, milestone=Milestone(Decimal(target), NOVEMBER_19))
    missing = status.shortfall(facts)
    assert (missing is None) == (judge(facts).light is Light.GREEN)
    if missing is not None:
        assert facts.n is not None
        reached = replace(facts, n=facts.n + int(missing))
        assert judge(reached).light is Light.GREEN
        assert judge(replace(reached, n=facts.n + int(missing) - 1)).light is not Light.GREEN


# ── tasks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

END_OF_20 = dates.at_local(date(2026, 11, 21), time(0))
TASK = TaskFacts(due_at=END_OF_20, warn_at=dates.at_local(date(2026, 11, 17), time(0)), done_at=None)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return dates.at_local(date(2026, 11, day), time(hour, minute))


@pytest.mark.parametrize(
    ("now", "light", "text", "box"),
    [
        (at(16, 23, 59), Light.GREEN, "đang thực hiện trong hạn, còn 4 ngày", TaskBox.RUNNING),
        (at(17, 0), Light.AMBER, "sắp đến hạn, còn 3 ngày", TaskBox.RUNNING),
        (at(20, 23, 59), Light.AMBER, "sắp đến hạn, hạn trong ngày hôm nay", TaskBox.RUNNING),
        (at(21, 0), Light.RED, "quá hạn 1 ngày", TaskBox.OVERDUE),
        (at(22), Light.RED, "quá hạn 2 ngày", TaskBox.OVERDUE),
    ],
)
def test_a_running_task_turns_amber_then_red(now: datetime, light: Light, text: str, box: TaskBox) -> None:
    found = status.judge_task(TASK, now=now)
    assert (found.light, found.text) == (light, text)
    assert status.task_box(TASK, now) is box


def test_a_task_due_at_an_hour_is_late_from_that_hour() -> None:
    facts = replace(TASK, due_at=at(20, 16))
    assert status.judge_task(facts, now=at(20, 15, 59)).light is Light.AMBER
    late = status.judge_task(facts, now=at(20, 16))
    assert (late.light, late.text) == (Light.RED, "quá hạn từ 16:00 cùng ngày")


def test_done_late_is_green_with_its_mark() -> None:
    late = replace(TASK, done_at=at(23))
    assert status.judge_task(late, now=at(30)) == Verdict(
        Light.GREEN, Reason.TASK_DONE_LATE, "hoàn thành ngày 23/11/2026, quá hạn 3 ngày"
    )
    assert status.task_box(late, at(30)) is TaskBox.DONE_LATE
    in_time = replace(TASK, done_at=at(20, 23, 59))
    assert status.judge_task(in_time, now=at(30)).text == "hoàn thành đúng hạn ngày 20/11/2026"
    assert status.task_box(in_time, at(30)) is TaskBox.DONE_ON_TIME


def test_a_task_ended_by_a_document_is_in_no_box() -> None:
    ended = replace(TASK, ended_at=at(19))
    assert status.judge_task(ended, now=at(25)).text == "đã kết thúc theo dõi ngày 19/11/2026"
    assert status.task_box(ended, at(25)) is None


def test_a_task_without_a_due_runs_and_asks_for_one() -> None:
    undated = TaskFacts(None, None, None)
    found = status.judge_task(undated, now=at(19))
    assert (found.light, found.next_step) == (Light.GREY, "đơn vị chủ trì bổ sung thời hạn")
    assert status.task_box(undated, at(19)) is TaskBox.RUNNING
    assert status.task_box(replace(undated, done_at=at(18)), at(19)) is TaskBox.DONE_ON_TIME


@pytest.mark.parametrize(
    ("days_after_the_20th", "band"),
    [(0, ""), (1, "1–7 ngày"), (7, "1–7 ngày"), (8, "8–30 ngày"), (30, "8–30 ngày"), (31, "trên 30 ngày")],
)
def test_overdue_tasks_age_in_three_bands(days_after_the_20th: int, band: str) -> None:
    now = at(20) + timedelta(days=days_after_the_20th)
    assert status.ageing_band(END_OF_20, now) == band
    assert status.overdue_days(END_OF_20, now) == days_after_the_20th


def test_a_task_late_since_an_hour_ago_is_in_the_first_band() -> None:
    assert status.ageing_band(at(20, 16), at(20, 17)) == "1–7 ngày"


def test_every_box_has_its_words() -> None:
    assert [box.label for box in TaskBox] == [
        "hoàn thành đúng hạn",
        "hoàn thành quá hạn",
        "đang thực hiện trong hạn",
        "quá hạn chưa hoàn thành",
    ]


# ── units ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("counts", "overdue", "light", "text", "next_step"),
    [
        (LightCounts(green=8, red=2), 0, Light.GREEN, "đạt 80% (8/10) chỉ tiêu, không có nhiệm vụ quá hạn", ""),
        (
            LightCounts(green=9, amber=1),
            2,
            Light.AMBER,
            "đạt 90% (9/10) chỉ tiêu, còn 2 nhiệm vụ quá hạn",
            "hoàn thành 2 nhiệm vụ quá hạn",
        ),
        (
            LightCounts(green=7, red=3),
            0,
            Light.AMBER,
            "đạt 70% (7/10) chỉ tiêu, dưới mức 80%",
            "cần thêm 1 chỉ tiêu đạt để chuyển sang Xanh",
        ),
        (
            LightCounts(green=4, red=5, waiting=1),
            0,
            Light.RED,
            "đạt 40% (4/10) chỉ tiêu, dưới mức 50%",
            "cần thêm 1 chỉ tiêu đạt để chuyển sang Vàng",
        ),
        (
            LightCounts(green=4, no_data=6),
            0,
            Light.GREY,
            "mới báo cáo 40% (4/10) chỉ tiêu, chưa đủ để đánh giá",
            "báo cáo 6 chỉ tiêu còn thiếu",
        ),
        (LightCounts(not_applicable=3), 5, Light.GREY, "không có chỉ tiêu áp dụng", ""),
    ],
)
def test_a_unit_is_judged_by_its_shares(
    counts: LightCounts, overdue: int, light: Light, text: str, next_step: str
) -> None:
    found = status.judge_unit(counts, overdue)
    assert (found.light, found.text, found.next_step) == (light, text, next_step)


def test_half_achieved_and_half_reported_are_enough() -> None:
    assert status.judge_unit(LightCounts(green=5, red=5), 0).light is Light.AMBER
    assert status.judge_unit(LightCounts(green=5, no_data=5), 0).light is Light.AMBER
    assert status.judge_unit(LightCounts(green=5, no_data=6), 0).light is Light.GREY
    assert status.judge_unit(LightCounts(green=49, red=51), 0).light is Light.RED
    assert status.judge_unit(LightCounts(green=79, red=21), 0).light is Light.AMBER
    strict = UnitThresholds(reported=Fraction(6, 10))
    assert status.judge_unit(LightCounts(green=5, no_data=5), 0, thresholds=strict).light is Light.GREY


def test_reported_and_achieved_are_two_numbers() -> None:
    counts = LightCounts(1, 2, 3, 4, 5, 6)
    assert (counts.reported, counts.achieved, counts.applicable) == (12, 1, 16)
    assert counts + LightCounts(10, 20, 30, 40, 50, 60) == LightCounts(11, 22, 33, 44, 55, 66)


def test_verdicts_are_counted_by_light_and_grey_by_its_reason() -> None:
    verdicts = [
        judge(RATIO),
        judge(replace(RATIO, n=75, d=100)),
        judge(replace(RATIO, n=1, d=100)),
        judge(replace(RATIO, n=None)),
        judge(replace(RATIO, applicable=False)),
        judge(replace(RATIO, d=0)),
        judge(replace(RATIO, milestone=None)),
        judge(replace(RATIO, approved=False, waiting_since=NOW - timedelta(days=3))),
    ]
    assert status.count_verdicts(verdicts) == LightCounts(1, 1, 1, 1, 3, 1)


@given(
    counts=st.builds(status.LightCounts, *[st.integers(0, 30)] * 6),
    overdue=st.integers(0, 2),
)
def test_counting_green_units_agrees_with_judging_them(counts: status.LightCounts, overdue: int) -> None:
    limits = status.UnitThresholds()
    judged = status.judge_unit(counts, overdue, thresholds=limits)
    assert status.unit_is_green(counts, overdue, thresholds=limits) == (judged.light.value == "GREEN")

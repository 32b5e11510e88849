"""Lights and the reasons for them. A light never stands without its word, its shape and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """The status of a figure, a task or a unit. Grey means: nothing can be said, and the reason says why."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
    GREY = "GREY"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return _LABELS[self]

    @property
    def shape(self) -> str:
        """The shape that stands beside the colour, for those who do not see it."""
        return _SHAPES[self]


_LABELS = {Light.GREEN: "Xanh", Light.AMBER: "Vàng", Light.RED: "Đỏ", Light.GREY: "Xám"}
_SHAPES = {Light.GREEN: "●", Light.AMBER: "▲", Light.RED: "■", Light.GREY: "◇"}


class Reason(StrEnum):
    """Why a light is what it is; each reason belongs to one light and has one sentence (docs/status-reasons.md)."""

    ABOVE_TARGET = "ABOVE_TARGET"
    ON_TARGET = "ON_TARGET"
    NEAR_TARGET = "NEAR_TARGET"
    BELOW_TARGET = "BELOW_TARGET"
    WITHIN_LIMIT = "WITHIN_LIMIT"
    NEAR_LIMIT = "NEAR_LIMIT"
    OVER_LIMIT = "OVER_LIMIT"
    FULFILLED = "FULFILLED"
    NOT_YET_FULFILLED = "NOT_YET_FULFILLED"
    NOT_FULFILLED = "NOT_FULFILLED"
    DATED_IN_TIME = "DATED_IN_TIME"
    DATED_LATE = "DATED_LATE"
    NOT_YET_DATED = "NOT_YET_DATED"
    NOT_DATED = "NOT_DATED"
    NO_FIGURES = "NO_FIGURES"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    WAITING_FOR_APPROVAL = "WAITING_FOR_APPROVAL"
    ZERO_DENOMINATOR = "ZERO_DENOMINATOR"
    NO_TARGET = "NO_TARGET"
    TASK_DONE_ON_TIME = "TASK_DONE_ON_TIME"
    TASK_DONE_LATE = "TASK_DONE_LATE"
    TASK_RUNNING = "TASK_RUNNING"
    TASK_DUE_SOON = "TASK_DUE_SOON"
    TASK_OVERDUE = "TASK_OVERDUE"
    TASK_WITHOUT_DUE = "TASK_WITHOUT_DUE"
    TASK_ENDED = "TASK_ENDED"
    UNIT_ACHIEVED = "UNIT_ACHIEVED"
    UNIT_WITH_OVERDUE_TASKS = "UNIT_WITH_OVERDUE_TASKS"
    UNIT_HALF_ACHIEVED = "UNIT_HALF_ACHIEVED"
    UNIT_NOT_ACHIEVED = "UNIT_NOT_ACHIEVED"
    UNIT_NOT_REPORTED = "UNIT_NOT_REPORTED"
    UNIT_WITHOUT_INDICATORS = "UNIT_WITHOUT_INDICATORS"

    @property
    def light(self) -> Light:
        """The light that this reason gives."""
        return _MEANINGS[self][0]

    @property
    def template(self) -> str:
        """The Vietnamese sentence, with named places to be filled."""
        return _MEANINGS[self][1]


_MEANINGS: dict[Reason, tuple[Light, str]] = {
    Reason.ABOVE_TARGET: (Light.GREEN, "đạt {value}, cao hơn mục tiêu đến {on} là {gap}"),
    Reason.ON_TARGET: (Light.GREEN, "đạt {value}, bằng mục tiêu đến {on}"),
    Reason.NEAR_TARGET: (Light.AMBER, "đạt {value}, thấp hơn mục tiêu đến {on} là {gap}"),
    Reason.BELOW_TARGET: (Light.RED, "đạt {value}, thấp hơn mục tiêu đến {on} là {gap}"),
    Reason.WITHIN_LIMIT: (Light.GREEN, "ở mức {value}, không vượt mức {limit} đến {on}"),
    Reason.NEAR_LIMIT: (Light.AMBER, "ở mức {value}, vượt mức {limit} đến {on} là {gap}"),
    Reason.OVER_LIMIT: (Light.RED, "ở mức {value}, vượt mức {limit} đến {on} là {gap}"),
    Reason.FULFILLED: (Light.GREEN, "đã thực hiện"),
    Reason.NOT_YET_FULFILLED: (Light.AMBER, "chưa thực hiện, còn trong hạn đến {on}"),
    Reason.NOT_FULFILLED: (Light.RED, "chưa thực hiện, đã quá hạn {on}"),
    Reason.DATED_IN_TIME: (Light.GREEN, "thực hiện ngày {value}, kịp mốc {on}"),
    Reason.DATED_LATE: (Light.AMBER, "thực hiện ngày {value}, chậm {days} ngày so với mốc {on}"),
    Reason.NOT_YET_DATED: (Light.AMBER, "chưa thực hiện, còn trong hạn đến {on}"),
    Reason.NOT_DATED: (Light.RED, "chưa thực hiện, đã quá mốc {on}"),
    Reason.NO_FIGURES: (Light.GREY, "chưa có số liệu"),
    Reason.NOT_APPLICABLE: (Light.GREY, "không áp dụng"),
    Reason.WAITING_FOR_APPROVAL: (Light.GREY, "chờ duyệt từ {since}"),
    Reason.ZERO_DENOMINATOR: (Light.GREY, "chưa tính được vì mẫu số bằng 0"),
    Reason.NO_TARGET: (Light.GREY, "đạt {value}, chưa có mục tiêu để so sánh"),
    Reason.TASK_DONE_ON_TIME: (Light.GREEN, "hoàn thành đúng hạn ngày {done}"),
    Reason.TASK_DONE_LATE: (Light.GREEN, "hoàn thành ngày {done}, quá hạn {late}"),
    Reason.TASK_RUNNING: (Light.GREEN, "đang thực hiện trong hạn, {left}"),
    Reason.TASK_DUE_SOON: (Light.AMBER, "sắp đến hạn, {left}"),
    Reason.TASK_OVERDUE: (Light.RED, "quá hạn {late}"),
    Reason.TASK_WITHOUT_DUE: (Light.GREY, "đang thực hiện, chưa rõ thời hạn"),
    Reason.TASK_ENDED: (Light.GREY, "đã kết thúc theo dõi ngày {ended}"),
    Reason.UNIT_ACHIEVED: (Light.GREEN, "đạt {achieved} chỉ tiêu, không có nhiệm vụ quá hạn"),
    Reason.UNIT_WITH_OVERDUE_TASKS: (Light.AMBER, "đạt {achieved} chỉ tiêu, còn {overdue} nhiệm vụ quá hạn"),
    Reason.UNIT_HALF_ACHIEVED: (Light.AMBER, "đạt {achieved} chỉ tiêu, dưới mức {threshold}"),
    Reason.UNIT_NOT_ACHIEVED: (Light.RED, "đạt {achieved} chỉ tiêu, dưới mức {threshold}"),
    Reason.UNIT_NOT_REPORTED: (Light.GREY, "mới báo cáo {reported} chỉ tiêu, chưa đủ để đánh giá"),
    Reason.UNIT_WITHOUT_INDICATORS: (Light.GREY, "không có chỉ tiêu áp dụng"),
}


@dataclass(frozen=True)
class Verdict:
    """A light with its reason in words, and what to do next ("" where nothing needs to be done)."""

    light: Light
    reason: Reason
    text: str
    next_step: str = ""


def verdict(reason: Reason, *, next_step: str = "", **words: str) -> Verdict:
    """The verdict of `reason`, its sentence filled with `words`."""
    return Verdict(reason.light, reason, reason.template.format(**words), next_step)

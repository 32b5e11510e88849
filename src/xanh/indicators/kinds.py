"""Circulation and accumulation of indicators, and the words for cadences."""

from __future__ import annotations

from django.db import models

from xanh.core.periods import Cadence


class Circulation(models.TextChoices):
    """Who may read a figure."""

    PUBLIC = "public", "công khai"
    INTERNAL = "internal", "nội bộ"
    RESTRICTED = "restricted", "hạn chế"


class Accumulation(models.TextChoices):
    """What span a numerator covers; every check names it."""

    CUMULATIVE_YEAR = "cumulative_year", "lũy kế từ đầu năm"
    CUMULATIVE_TERM = "cumulative_term", "lũy kế từ đầu nhiệm kỳ"
    IN_PERIOD = "in_period", "trong kỳ"
    POINT_IN_TIME = "point_in_time", "thời điểm"


CADENCE_LABELS = {
    Cadence.DAILY: "Hằng ngày",
    Cadence.WEEKLY: "Hằng tuần",
    Cadence.MONTHLY: "Hằng tháng",
    Cadence.QUARTERLY: "Theo quý",
    Cadence.HALF_YEARLY: "6 tháng",
    Cadence.NINE_MONTHLY: "9 tháng",
    Cadence.YEARLY: "Hằng năm",
    Cadence.AD_HOC: "Đột xuất",
}

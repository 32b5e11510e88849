"""Cadences and the cut-offs that repeat with them."""

from __future__ import annotations

import pytest

from xanh.reading import recurrence, view

Row = tuple[str | None, str | None, int | None, int | None, str | None]


def found(text: str) -> list[tuple[str, str | None, list[Row]]]:
    hits = recurrence.find(text, view.flatten(text), 0, len(text))
    return [
        (hit.text, hit.cutoff, [(i.freq, i.byday, i.bymonthday, i.bymonth, i.time) for i in hit.items]) for hit in hits
    ]


@pytest.mark.parametrize(
    ("text", "cutoff", "items"),
    [
        ("Hằng tuần, gửi trước 10 giờ thứ Năm", "trước 10 giờ thứ Năm", [("WEEKLY", "TH", None, None, "10:00")]),
        ("trước 11 giờ ngày thứ 6 hằng tuần", "trước 11 giờ ngày thứ 6", [("WEEKLY", "FR", None, None, "11:00")]),
        ("Chủ nhật hằng tuần", "Chủ nhật", [("WEEKLY", "SU", None, None, None)]),
        ("Trước ngày 18 hằng tháng", "Trước ngày 18", [("MONTHLY", None, 18, None, None)]),
        ("Trước 16 giờ hằng ngày", "Trước 16 giờ", [("DAILY", None, None, None, "16:00")]),
        (
            "ngày 03 và ngày 17 hằng tháng",
            "ngày 03 và ngày 17",
            [("MONTHLY", None, 3, None, None), ("MONTHLY", None, 17, None, None)],
        ),
        (
            "Hằng quý, chậm nhất ngày 20 của tháng cuối quý",
            "chậm nhất ngày 20 của tháng cuối quý",
            [("QUARTERLY", None, 20, 3, None)],
        ),
        ("01 lần/quý", None, [("QUARTERLY", None, None, None, None)]),
        ("03 tháng/lần", None, [("QUARTERLY", None, None, None, None)]),
        ("6 tháng một lần", None, [("HALF_YEARLY", None, None, None, None)]),
        ("mỗi tháng một lần", None, [("MONTHLY", None, None, None, None)]),
        ("03 tin mỗi tuần", None, [("WEEKLY", None, None, None, None)]),
        ("định kỳ hoặc đột xuất", None, [(None, None, None, None, None)]),
        ("mỗi học kỳ", None, [("HALF_YEARLY", None, None, None, None)]),
    ],
)
def test_printed_cadences(text: str, cutoff: str | None, items: list[Row]) -> None:
    ((_, printed, rows),) = found(text)
    assert (printed, rows) == (cutoff, items)


def test_a_list_of_periods_gives_one_object_each() -> None:
    ((text, _, rows),) = found("báo cáo theo quý, 6 tháng, 9 tháng, cuối năm")
    assert text == "theo quý, 6 tháng, 9 tháng, cuối năm"
    assert [row[0] for row in rows] == ["QUARTERLY", "HALF_YEARLY", "NINE_MONTHLY", "YEARLY"]


def test_two_fixed_dates_a_year_are_half_yearly_and_yearly() -> None:
    ((_, _, rows),) = found("báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 12/12")
    assert rows == [("HALF_YEARLY", None, 12, 6, None), ("YEARLY", None, 12, 12, None)]


def test_a_yearly_plan_is_no_cadence() -> None:
    assert found("đưa vào kế hoạch hằng năm") == []
    assert found("chương trình công tác toàn khóa, hằng năm, kế hoạch phát triển") == []
    assert found("thường xuyên, liên tục") == []


def test_periods_after_a_system_go_on_with_the_cadence_before_it() -> None:
    hits = found("báo cáo hằng ngày trên Hệ thống A và tháng, quý, năm")
    assert [row[0] for _, _, rows in hits for row in rows] == ["DAILY", "MONTHLY", "QUARTERLY", "YEARLY"]
    assert found("lập sổ và tháng, quý, năm") == []


def test_the_same_day_takes_over_the_weekday_of_the_step_before() -> None:
    text = "Hằng tuần gửi trước 9 giờ thứ Tư"
    (first,) = recurrence.find(text, view.flatten(text), 0, len(text))
    later = "trước 16 giờ cùng ngày"
    step = recurrence.cutoff_alone(later, view.flatten(later), 0, len(later), first)
    (item,) = recurrence.share_weekday([first], step.items, same_day=True)
    assert (item.freq, item.byday, item.time) == ("WEEKLY", "WE", "16:00")


def test_a_step_without_a_cut_off_keeps_only_the_cadence() -> None:
    text = "Hằng tuần gửi trước 9 giờ thứ Tư"
    (first,) = recurrence.find(text, view.flatten(text), 0, len(text))
    step = recurrence.cutoff_alone("tổng hợp", "tổng hợp", 0, 8, first)
    assert step.cutoff is None
    assert [(item.freq, item.byday, item.time) for item in step.items] == [("WEEKLY", None, None)]

"""Dates, hours and instants as Vietnamese offices write them. The time zone of the law is Asia/Ho_Chi_Minh."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_PADDED_MONTHS = (1, 2)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class DateUnreadable(ValueError):
    """The text is not a date; `str()` is the message for the person who typed it."""


def format_date(d: date) -> str:
    """20/11/2026"""
    return f"{d.day:02d}/{d.month:02d}/{d.year:04d}"


def format_day_month(d: date) -> str:
    """20/11, for places where the year is plain from the context."""
    return f"{d.day:02d}/{d.month:02d}"


def format_day(d: date) -> str:
    """thứ Sáu, 20/11/2026"""
    return f"{WEEKDAYS[d.weekday()]}, {format_date(d)}"


def format_hour(t: time) -> str:
    """16:00, as on screens."""
    return f"{t.hour:02d}:{t.minute:02d}"


def format_hour_document(t: time) -> str:
    """16 giờ 00, as in documents."""
    return f"{t.hour:02d} giờ {t.minute:02d}"


def format_instant(dt: datetime) -> str:
    """16:00 ngày 20/11/2026, in Vietnamese time. Raises ValueError for an instant without a time zone."""
    local = _local(dt)
    return f"{format_hour(local.time())} ngày {format_date(local.date())}"


def format_date_document(d: date) -> str:
    """ngày 20 tháng 11 năm 2026; days below 10 and the months 1 and 2 take a leading 0 (Decree 30/2020/NĐ-CP)."""
    month = f"{d.month:02d}" if d.month in _PADDED_MONTHS else str(d.month)
    return f"ngày {d.day:02d} tháng {month} năm {d.year}"


def parse_date(s: str) -> date:
    """The date that `s` writes: dd/MM/yyyy, d/M/yyyy (also with - or .), or yyyy-MM-dd. Raises DateUnreadable."""
    text = s.strip()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise DateUnreadable(
            f"“{text}” chưa đúng cách viết ngày. Đề nghị nhập theo ngày/tháng/năm, ví dụ 05/09/2026."
            if text
            else "Ô ngày đang để trống. Đề nghị nhập theo ngày/tháng/năm, ví dụ 05/09/2026."
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateUnreadable(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. Đề nghị kiểm tra lại năm đã nhập.")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateUnreadable(
            f"Không có ngày {day} tháng {month} năm {year} trong lịch. Đề nghị kiểm tra lại ngày đã nhập."
        ) from None


def at_local(d: date, t: time) -> datetime:
    """The instant of hour `t` on day `d` in Vietnam."""
    return datetime.combine(d, t.replace(tzinfo=None), TZ)


def local_date(dt: datetime) -> date:
    """The day in Vietnam at instant `dt`. Raises ValueError for an instant without a time zone."""
    return _local(dt).date()


def _local(dt: datetime) -> datetime:
    if dt.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return dt.astimezone(TZ)

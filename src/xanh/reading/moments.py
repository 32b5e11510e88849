"""Days, hours and periods as documents print them; nothing here knows what they are for."""

from __future__ import annotations

import calendar
import re
from datetime import date

DAY = (
    r"(?P<d>\d{1,2})(?: ?[/.-] ?(?P<m>\d{1,2})(?: ?[/.-] ?(?P<y>\d{4}))?(?![/.]\d)| tháng "
    r"(?P<m2>\d{1,2})(?: năm (?P<y2>\d{4}))?)(?!\d)"
)
HOUR = r"(?P<h>\d{1,2}) ?(?:giờ|h|g|:(?=\d\d))(?: ?(?P<min>\d{2}))?(?: phút)?(?!\w)(?: (?:sáng|chiều|trưa|tối))?"
YEAR = r"(?:(?: ?/ ?| năm )(?P<year>\d{4}))"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}
_WEEKDAY_NUMBERS = ("MO", "TU", "WE", "TH", "FR", "SA")
WEEKDAY = r"(?:[Tt]hứ (?P<wd>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])(?![\w/])|(?P<sunday>[Cc]hủ nhật))"
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def make_date(year: int | None, month: int, day: int, *, near: date | None) -> date | None:
    """A date; where no year is printed, the year of `near`, or the next one if that day lies before it. None if
    unreal."""
    if year is None:
        if near is None:
            return None
        found = _real(near.year, month, day)
        return found if found is None or found >= near else _real(near.year + 1, month, day)
    return _real(year, month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of(hit: re.Match[str], *, near: date | None) -> date | None:
    """The date of a match of `DAY`."""
    found = hit.groupdict()
    year, month = found.get("y") or found.get("y2"), found.get("m") or found.get("m2")
    return make_date(int(year) if year else None, int(month or 0), int(found["d"]), near=near)


def hour_of(hit: re.Match[str]) -> str | None:
    """The hour of a match of `HOUR`, as HH:MM; None where no hour is printed or there is no such hour."""
    found = hit.groupdict()
    if not found.get("h"):
        return None
    hour, minute = int(found["h"]), int(found.get("min") or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None  # noqa: PLR2004


def weekday_of(hit: re.Match[str]) -> str | None:
    """The weekday of a match of `WEEKDAY` as a two-letter code."""
    found = hit.groupdict()
    if found.get("sunday"):
        return "SU"
    name = (found.get("wd") or "").lower()
    if name.isdigit():
        return _WEEKDAY_NUMBERS[int(name) - 2]
    return _WEEKDAYS.get(name)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def quarter_number(printed: str) -> int:
    """1 to 4 out of "III" or "3"."""
    return _ROMAN.get(printed.upper()) or int(printed)


def last_iso_date(text: str) -> date | None:
    """The latest full date printed in a stretch of text."""
    from xanh.reading.view import words

    days = [day_of(hit, near=None) for hit in words(DAY).finditer(text)]
    return max((day for day in days if day is not None), default=None)

"""The instant that a board looks at: now, or "Xem tại thời điểm" from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpRequest

from xanh.core import dates
from xanh.kit import clock

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is None for the live board; `problem` says in Vietnamese why an asked instant was not taken."""

    now: datetime
    at: datetime | None
    day_text: str
    hour_text: str
    problem: str

    @property
    def query(self) -> str:
        """The same instant for links to other boards, "" when live."""
        if self.at is None:
            return ""
        local = self.at.astimezone(dates.TZ)
        return f"?ngay={local:%d/%m/%Y}&gio={local:%H:%M}"


def asked(request: HttpRequest) -> Moment:
    """Read ?ngay=20/11/2026&gio=16:00; a day without an hour means its end."""
    now = clock.now()
    day_text, hour_text = request.GET.get("ngay", "").strip(), request.GET.get("gio", "").strip()
    if not day_text:
        return Moment(now, None, "", "", "")
    try:
        day = dates.parse_date(day_text)
        hour = time.fromisoformat(hour_text) if hour_text else END_OF_DAY
    except ValueError:
        problem = (
            f"Chưa đọc được thời điểm “{day_text} {hour_text}”. Đề nghị nhập ngày dạng 20/11/2026, giờ dạng 16:00."
        )
        return Moment(now, None, day_text, hour_text, problem)
    at = dates.at_local(day, hour) + (timedelta(seconds=59) if hour == END_OF_DAY else timedelta())
    if at > now and day > dates.local_date(now):
        problem = f"Ngày {dates.format_date(day)} chưa đến nên chưa có số liệu; bảng dưới đây là số liệu hiện nay."
        return Moment(now, None, day_text, hour_text, problem)
    if at >= now:
        return Moment(now, None, day_text, hour_text, "")
    return Moment(now, at, day_text, hour_text, "")

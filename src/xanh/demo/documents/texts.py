"""The sample documents, written for a province that does not exist, with their days set from the day of loading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

from xanh.core import dates

# In the order in which they were issued: file, and how many days ago.
ISSUED = (("21-KH-TU.txt", 45), ("45-QD-TU.txt", 30), ("09-TB-BCD.txt", 13), ("112-CV-VPTU.txt", 7))
_PLACEHOLDER = re.compile(r"\{(\w+):(-?\d+)\}")


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A document as its file reads on a day."""

    name: str
    issued_on: date
    text: str


def documents_on(day: date) -> tuple[SampleDocument, ...]:
    """All sample documents as if loaded on `day`, oldest first."""
    return tuple(SampleDocument(name, day - timedelta(days=ago), render(_source(name), day)) for name, ago in ISSUED)


def render(source: str, day: date) -> str:
    """Fill the days in: {ngay:-3} → 17/11/2026, {ngay_van_ban:-3} → ngày 17 tháng 11 năm 2026, {ngay_dau:-3} → the
    same shorter at the head of a sentence, {thang:20} → 12/2026. Raises KeyError for an unknown placeholder.
    """
    return _PLACEHOLDER.sub(lambda match: _WRITTEN[match[1]](day + timedelta(days=int(match[2]))), source)


_WRITTEN: dict[str, Callable[[date], str]] = {
    "ngay": dates.format_date,
    "ngay_van_ban": dates.format_date_document,
    "ngay_dau": lambda day: f"Ngày {dates.format_date(day)}",
    "thang": lambda day: f"{day.month}/{day.year}",
}


def _source(name: str) -> str:
    return resources.files("xanh.demo.documents").joinpath(name).read_text(encoding="utf-8")

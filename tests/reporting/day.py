"""Helpers of the reporting tests: fill a block's sheet with figures that break no check."""

from __future__ import annotations

from datetime import datetime

from xanh.core.measures import Kind
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import sheet
from xanh.reporting.actions import drafts, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import Round, Submission

# One consistent commune: every pair keeps n ≤ d and the identities between rows.
FIGURES: dict[str, tuple[int, int]] = {
    "DU-01": (700, 800), "DU-03": (810, 850), "DU-06": (450, 500), "DU-07": (300, 320), "DU-18": (9, 10),
    "HD-06": (40, 50), "HD-07": (20, 25), "HD-10": (60, 60), "HD-11": (80, 90),
    "UB-01": (2493, 2889), "UB-02": (1939, 2335), "UB-03": (2700, 2750), "UB-05": (2400, 2700), "UB-08": (900, 1000),
    "UB-10": (12, 12), "UB-13": (400, 410), "UB-14": (600, 620), "UB-24": (2, 2),
    "MT-01": (5000, 6000), "MT-02": (1000, 1200), "MT-03": (1100, 1300), "MT-04": (900, 1000), "MT-05": (800, 900),
    "MT-07": (46, 47), "MT-08": (20, 20), "MT-09": (7, 8), "MT-15": (50, 50), "MT-16": (70, 75),
}  # fmt: skip
SINGLE = {Kind.COUNT: 0, Kind.SCORE: 8550, Kind.YES_NO: 1, Kind.DATE: 739_600}


def entered_for(row: sheet.SheetRow, shift: int = 0) -> Entered:
    """A sound figure for a row."""
    indicator = row.indicator
    if indicator.kind == Kind.RATIO:
        n, d = FIGURES.get(indicator.code, (18, 20))
        return Entered(n=n + shift, d=d + shift)
    return Entered(n=SINGLE[Kind(indicator.kind)])


def fill(of_round: Round, unit: Unit, by: User, at: datetime, *, shift: int = 0) -> Submission:
    """Type every due figure of a block."""
    found = sheet.sheet_for(of_round, unit, now=at)
    values = {row.indicator.code: entered_for(row, shift) for row in found.due if not row.indicator.is_computed}
    return drafts.save_draft(of_round=of_round, unit=unit, values=values, base_version=found.version, by=by, at=at)


def send(
    of_round: Round, unit: Unit, by: User, at: datetime, *, shift: int = 0, provisional: bool = False
) -> Submission:
    """Type and submit a block's report."""
    fill(of_round, unit, by, at, shift=shift)
    return submissions.submit(of_round=of_round, unit=unit, by=by, at=at, provisional=provisional)

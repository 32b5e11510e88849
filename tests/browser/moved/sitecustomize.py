"""Moves the clock of every Python process that is started with this directory on PYTHONPATH and XANH_MOVED_CLOCK set.

The file named there holds seconds to add to the real time: the stories of the browser tests and the pictures of the
guide happen on Friday 20/11/2026, whatever the day on which they are run. The product itself has no such switch.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path


def _move(offset: Path) -> None:
    from django.utils import timezone

    real = timezone.now

    def moved() -> datetime:
        return real() + timedelta(seconds=float(offset.read_text(encoding="ascii")))

    timezone.now = moved


if os.environ.get("XANH_MOVED_CLOCK"):
    _move(Path(os.environ["XANH_MOVED_CLOCK"]))

"""Whether this installation shows the sample nation: a marker file in XANH_HOME, written by the bulk loader alone."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

MARKER = "du-lieu-mau"


def marker() -> Path:
    """Where the marker lies."""
    return Path(settings.HOME) / MARKER


def is_on() -> bool:
    """True where the database holds invented figures."""
    return marker().exists()


def switch_on() -> None:
    """Mark this installation as one with invented figures; there is no way back but a new XANH_HOME."""
    marker().touch()

"""One way to write down a fault."""

from __future__ import annotations

from collections.abc import Iterable

from xanh.reading.model import Inconsistency, Quote

_SURE = {"high": 0.9, "medium": 0.85, "low": 0.75}


def finding(kind: str, severity: str, place: Quote, why: str, also: Iterable[Quote] = ()) -> Inconsistency:
    """An inconsistency at its first place; `why` is Vietnamese and says what was compared."""
    others = tuple(Quote(item.quote, item.start, item.end) for item in also)
    return Inconsistency(
        place.quote,
        place.start,
        place.end,
        kind,
        severity,
        others,
        " ".join(why.split()),
        _SURE[severity],
        f"check.{kind}",
    )

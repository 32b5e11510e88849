"""Words that several parts of a report share."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction

from xanh.core import dates, numbers
from xanh.core.measures import Kind, Milestone
from xanh.directives.models import Directive
from xanh.indicators.models import Indicator, Programme
from xanh.kit import catalogue
from xanh.org import bodies
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.publishing.figures import BLOCK_LABELS
from xanh.publishing.layouts import BLANK


def two_digits(count: int) -> str:
    """Counts below 10 take a leading 0 in official documents: 3 → "03"."""
    return f"0{count}" if 0 < count < 10 else numbers.format_int(count)  # noqa: PLR2004  the rule itself


def counted(count: int, total: int) -> str:
    """ "61/92 (66,3%)"; without a share where there is nothing to divide by."""
    parts = f"{numbers.format_int(count)}/{numbers.format_int(total)}"
    return f"{parts} ({numbers.format_pct(Fraction(100 * count, total), 1)})" if total else parts


def instant_words(at: datetime) -> str:
    """16 giờ 00 ngày 20/11/2026, as in documents."""
    local = at.astimezone(dates.TZ)
    return f"{dates.format_hour_document(local.time())} ngày {dates.format_date(local.date())}"


def open_day(place: str, day: date) -> str:
    """Place and date with the day left open for the signing: "Tân Mẫu, ngày      tháng 11 năm 2026"."""
    month = dates.format_date_document(day).split(" tháng ")[1]
    return f"{place}, ngày {BLANK}tháng {month}"


def target_text(milestone: Milestone | None, row: Indicator) -> str:
    """ "≥ 80% đến 31/12/2026", "trước 31/01/2026", "chưa giao"."""
    if milestone is None:
        return "chưa giao"
    on = dates.format_date(milestone.on)
    if milestone.value is None:
        return f"trước {on}"
    if row.kind == Kind.YES_NO:
        return f"có, đến {on}"
    amount = f"{milestone.value.normalize():f}".replace(".", ",")
    if row.kind == Kind.RATIO and milestone.value == WHOLE and milestone.op == ">=":
        return f"100% đến {on}"
    words = {">=": "≥", "<=": "≤", "=": "="}[milestone.op]
    return f"{words} {amount}{'%' if row.kind == Kind.RATIO else ''} đến {on}"


def programme_citation(programme: Programme, *, is_party: bool) -> str:
    """First citation: the Party puts a comma before the date, the State does not."""
    comma = "," if is_party else ""
    dated = f"{programme.symbol}{comma} ngày {dates.format_date(programme.issued_on)} của {programme.issuer}"
    return programme.name.replace(programme.symbol, dated, 1)


def document_words(document: Directive, *, is_party: bool) -> str:
    """ "số 05-KH/ĐU, ngày 12/11/2026 của Đảng ủy xã Tân Mẫu về …"."""
    comma = "," if is_party else ""
    day = f"{comma} ngày {dates.format_date(document.issued_on)}" if document.issued_on else ""
    issuer = f" của {sentence_case(document.issuer)}" if document.issuer else ""
    title = f": {sentence_case(document.title.rstrip(' .'))}" if document.title else ""
    return f"{document.label}{day}{issuer}{title}"


def block_name(unit: Unit) -> str:
    """ "khối UBND"."""
    return f"khối {BLOCK_LABELS[unit.block]}"


def unit_name(unit: Unit) -> str:
    """A unit as it is named inside a sentence: "xã Tân Mẫu", "tỉnh Mẫu"."""
    return "cả nước" if unit.level == Level.NATION else bodies.label_of(unit)


def sentence_case(text: str) -> str:
    """A title printed in capitals as it is cited inside a sentence; names in the catalogue keep their capitals."""
    if not text.isupper():
        return text
    found = text.lower()
    for name in catalogue.read_yaml("layouts/citing.yaml")["names"]:
        found = re.sub(rf"\b{re.escape(name.lower())}\b", name, found)
    # What follows "xã", "tỉnh" … is a name of its own, up to the next word that is none.
    return upper_first(PLACE.sub(lambda match: match[1] + match[2].title(), found))


PLACE = re.compile(r"\b((?:xã|phường|đặc khu|tỉnh|thành phố|tỉnh ủy|thành ủy) )((?:\w+)(?: \w+)?)$", re.IGNORECASE)
WHOLE = 100


def upper_first(text: str) -> str:
    """The first letter as a capital, the rest as it stands."""
    return text[:1].upper() + text[1:]

"""What is read out of a document: a frozen tree of plain values, in the shape that `xanh read --json` prints.

Every item points into `Reading.text` by code-point offsets, end exclusive: `text[start:end] == quote`. `confidence`
(0 to 1)
says how sure the rule is; `rule` names the rule that found the item (docs/reading.md lists them).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

SCHEMA = 1


@dataclass(frozen=True)
class Span:
    """A stretch of the text without a meaning of its own."""

    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """A stretch of the text with its exact wording."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Metadata:
    """The head and the foot of the document; None where nothing is printed."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    parent_body: str | None = None
    place: str | None = None
    issued_on: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True)
class Citation(Quote):
    """One mention of another document; `form` is "numbered" or "named"."""

    form: str
    type: str | None
    number: str | None
    symbol: str | None
    issued_on: str | None
    issuer: str | None
    subject: str | None
    resolves_to: str | None
    confidence: float
    rule: str


@dataclass(frozen=True)
class Section(Quote):
    """A labelled heading or paragraph; `level` is its depth in the tree, 1 at the top."""

    heading: str
    label: str
    level: int
    confidence: float
    rule: str
    borderline: bool = False


@dataclass(frozen=True)
class Due:
    """A printed deadline: `date` and `from_` ISO dates, `time` HH:MM, `qualifier` before | on | by_end_of."""

    text: str
    date: str | None
    time: str | None
    qualifier: str
    from_: str | None = None


@dataclass(frozen=True)
class Recurrence:
    """One cadence: `freq` as in RFC 5545 plus QUARTERLY, HALF_YEARLY, NINE_MONTHLY; `bymonth` counts inside the
    period."""

    text: str
    freq: str | None
    byday: str | None = None
    bymonthday: int | None = None
    bymonth: int | None = None
    time: str | None = None
    cutoff_text: str | None = None


@dataclass(frozen=True)
class Task(Quote):
    """One piece of work asked for; `kind` is one_off, recurring or standing."""

    id: str
    continuation: Quote | None
    row: Span | None
    kind: str
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    report_to: tuple[str, ...]
    content: str
    due: Due | None
    recurrence: tuple[Recurrence, ...] | None
    product: str | None
    source: str
    confidence: float
    rule: str
    borderline: bool = False


@dataclass(frozen=True)
class Regime(Quote):
    """A duty to report, inform or supply data repeatedly or on a trigger."""

    who: tuple[str, ...]
    to_whom: tuple[str, ...]
    cadence: str | None
    cutoff: str | None
    recurrence: tuple[Recurrence, ...] | None
    confidence: float
    rule: str
    borderline: bool = False


@dataclass(frozen=True)
class Target(Quote):
    """A level that must be reached; `value` is a number, or a pair for `between`."""

    indicator: str
    column: str | None
    operator: str
    value: float | tuple[float, float]
    unit: str | None
    by: str | None
    by_date: str | None
    confidence: float
    rule: str
    borderline: bool = False


@dataclass(frozen=True)
class Figure(Quote):
    """A number stated as a result; `unit` as printed, "%" for a share, "hạng" for a rank."""

    indicator: str
    column: str | None
    operator: str | None
    value: float
    unit: str | None
    numerator: float | None
    denominator: float | None
    as_of: str | None
    confidence: float
    rule: str
    borderline: bool = False


@dataclass(frozen=True)
class Inconsistency(Quote):
    """Two places of one document that do not agree, or one that cannot be right."""

    kind: str
    severity: str
    also: tuple[Quote, ...]
    why: str
    confidence: float
    rule: str


@dataclass(frozen=True)
class Reading:
    """Everything read out of one document."""

    file: str
    text: str
    metadata: Metadata
    citations: tuple[Citation, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    reporting_regimes: tuple[Regime, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that `xanh read --json` prints: all keys always present, numbers as JSON numbers."""
        return {"schema": SCHEMA, **{field.name: _plain(getattr(self, field.name)) for field in fields(self)}}


def _plain(value: object) -> Any:
    if is_dataclass(value):
        pairs = ((field.name.rstrip("_"), getattr(value, field.name)) for field in fields(value))
        # `borderline` is an extra key: printed only where the reader itself holds the item for a matter of taste.
        return {name: _plain(item) for name, item in pairs if name != "borderline" or item}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

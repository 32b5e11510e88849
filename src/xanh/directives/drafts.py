"""What people settle about a read item, as plain values kept in `ReadItem.settled`.

Bodies are references of `directives.matching` ("unit:…", "group:…", "body:…"), "" while nobody has been named.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from xanh.core import dates
from xanh.core.deadlines import Qualifier

QUALIFIER_WORDS = {Qualifier.BEFORE: "trước ngày", Qualifier.ON: "chậm nhất ngày", Qualifier.BY_END_OF: "đến hết ngày"}


def _plain(draft: Any) -> dict[str, Any]:
    """JSON form: dates and hours as ISO text."""
    return {key: value.isoformat() if isinstance(value, date | time) else value for key, value in asdict(draft).items()}


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task before it is put into force; `cooperate_words` holds bodies that stay as printed."""

    content: str = ""
    lead: str = ""
    cooperate: tuple[str, ...] = ()
    cooperate_words: str = ""
    due_on: date | None = None
    due_time: time | None = None
    qualifier: str = Qualifier.ON.value
    recurrence: str = ""
    product: str = ""
    report_to: str = ""

    def to_json(self) -> dict[str, Any]:
        """For `ReadItem.settled`."""
        return {**_plain(self), "cooperate": list(self.cooperate)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> TaskDraft:
        """The inverse of `to_json`; unknown keys are left out, missing ones are empty."""
        known = {key: value[key] for key in cls.__dataclass_fields__ if key in value}
        known["cooperate"] = tuple(known.get("cooperate", ()))
        known["due_on"] = _date(known.get("due_on"))
        known["due_time"] = time.fromisoformat(known["due_time"]) if known.get("due_time") else None
        return cls(**known)

    @property
    def time_words(self) -> str:
        """ "chậm nhất ngày 20/11/2026", or the cadence, or "" while the time is not clear."""
        return due_words(self.due_on, self.due_time, self.qualifier) or self.recurrence


def due_words(due_on: date | None, due_time: time | None, qualifier: str) -> str:
    """ "trước 16:00 ngày 20/11/2026", "chậm nhất ngày 20/11/2026"; "" without a day."""
    if due_on is None:
        return ""
    if due_time is not None:
        return f"trước {dates.format_hour(due_time)} ngày {dates.format_date(due_on)}"
    return f"{QUALIFIER_WORDS[Qualifier(qualifier)]} {dates.format_date(due_on)}"


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A reporting duty before it is put into force."""

    who: str = ""
    who_words: str = ""
    to_words: str = ""
    cadence: str = ""
    cadence_words: str = ""
    cutoff_words: str = ""

    def to_json(self) -> dict[str, Any]:
        """For `ReadItem.settled`."""
        return _plain(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> DutyDraft:
        """The inverse of `to_json`."""
        return cls(**{key: value[key] for key in cls.__dataclass_fields__ if key in value})


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target before it is put into force; `value` is a number in Vietnamese writing ("86,5")."""

    indicator_code: str = ""
    indicator_words: str = ""
    op: str = ">="
    value: str = ""
    unit_words: str = ""
    milestone_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """For `ReadItem.settled`."""
        return _plain(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> TargetDraft:
        """The inverse of `to_json`."""
        known = {key: value[key] for key in cls.__dataclass_fields__ if key in value}
        known["milestone_on"] = _date(known.get("milestone_on"))
        return cls(**known)


Draft = TaskDraft | DutyDraft | TargetDraft

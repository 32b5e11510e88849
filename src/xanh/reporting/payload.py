"""The content of a revision: values as scaled integers in one canonical JSON, and its SHA-256.

Shape: `{"v": 1, "values": {"UB-01": {"n": 2493, "d": 2889, "on": "2026-11-20", "by": "12"}}}`; parts that say nothing
(no note, no estimate …) are left out, so that the same statement has one form only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Value:
    """One figure as stated: whole numbers scaled by the indicator's `scale`, the day it speaks of, who typed it.

    `by` is the key of the author, `provider` the label of the body that gave the figure by link; `unchanged` records
    the act of confirming the last value; `not_applicable` needs a note.
    """

    n: int | None
    d: int | None
    on: date
    by: str = ""
    provider: str = ""
    note: str = ""
    is_estimate: bool = False
    unchanged: bool = False
    not_applicable: bool = False
    evidence: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Compact form; silent parts left out."""
        found: dict[str, Any] = {"on": self.on.isoformat()}
        found |= {key: value for key, value in (("n", self.n), ("d", self.d)) if value is not None}
        found |= {key: said for key, said in (("by", self.by), ("pv", self.provider), ("note", self.note)) if said}
        for key, flag in (("est", self.is_estimate), ("same", self.unchanged), ("na", self.not_applicable)):
            if flag:
                found[key] = True
        if self.evidence:
            found["ev"] = list(self.evidence)
        return found

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Value:
        """The inverse of `to_json`."""
        return cls(
            n=row.get("n"),
            d=row.get("d"),
            on=date.fromisoformat(row["on"]),
            by=row.get("by", ""),
            provider=row.get("pv", ""),
            note=row.get("note", ""),
            is_estimate=row.get("est", False),
            unchanged=row.get("same", False),
            not_applicable=row.get("na", False),
            evidence=tuple(row.get("ev", ())),
        )

    def same_figure(self, other: Value | None) -> bool:
        """Whether both state the same numbers, whatever their day and notes."""
        return other is not None and (self.n, self.d, self.not_applicable) == (other.n, other.d, other.not_applicable)

    def with_day(self, on: date) -> Value:
        """The same value, speaking of another day."""
        return replace(self, on=on)


def dump(values: Mapping[str, Value]) -> dict[str, Any]:
    """The payload of some values."""
    return {"v": VERSION, "values": {code: values[code].to_json() for code in sorted(values)}}


def load(payload: Mapping[str, Any]) -> dict[str, Value]:
    """The values of a payload."""
    return {code: Value.from_json(row) for code, row in payload.get("values", {}).items()}


def sha256(payload: Mapping[str, Any]) -> str:
    """Hex digest over the sorted compact UTF-8 form."""
    compact = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(compact.encode()).hexdigest()

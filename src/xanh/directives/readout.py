"""From a reading (`xanh.reading`) to rows: the document, its citations, its items with a first proposal each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any

from xanh.core import numbers, symbols, text
from xanh.core.deadlines import Qualifier
from xanh.core.periods import Cadence
from xanh.directives import known, matching
from xanh.directives.drafts import DutyDraft, TargetDraft, TaskDraft
from xanh.directives.models import Citation, Directive, ItemKind, ReadItem
from xanh.org.models import Unit

Payload = dict[str, Any]
CADENCES = {
    "DAILY": Cadence.DAILY,
    "WEEKLY": Cadence.WEEKLY,
    "MONTHLY": Cadence.MONTHLY,
    "QUARTERLY": Cadence.QUARTERLY,
    "HALF_YEARLY": Cadence.HALF_YEARLY,
    "NINE_MONTHLY": Cadence.NINE_MONTHLY,
    "YEARLY": Cadence.YEARLY,
}
OPERATORS = {">=": ">=", ">": ">=", "<=": "<=", "<": "<=", "=": "="}


def day_of(value: str | None) -> date | None:
    """An ISO day of a reading, None where it is missing or no day of the calendar."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def repaired(symbol: str | None) -> str:
    """A symbol in one spelling, so that two mentions of a document meet; what is no symbol stays as printed."""
    printed = " ".join((symbol or "").split())
    return symbols.repair(printed)[:60] if printed else ""


def describe(directive: Directive, metadata: Payload) -> None:
    """Fill the head of a document from what was read."""
    directive.type_code = (metadata["type"] or "")[:12]
    directive.symbol = repaired(metadata["symbol"])
    directive.issuer = " ".join((metadata["issuer"] or "").split())[:300]
    directive.issued_on = day_of(metadata["issued_on"])
    directive.title = " ".join((metadata["title"] or "").replace("*", " ").split())[:1000]
    directive.signer = (metadata["signer"] or "")[:200]
    directive.signer_title = " ".join((metadata["signer_title"] or "").split())[:300]
    directive.fold()


def citations_of(directive: Directive, rows: Iterable[Payload]) -> list[Citation]:
    """Unsaved citations; each linked to the document registered by the same owner, if there is one."""
    found = [
        Citation(
            directive=directive,
            quote=row["quote"],
            start=row["start"],
            end=row["end"],
            symbol=repaired(row["resolves_to"] or row["symbol"]),
            issued_on=day_of(row["issued_on"]),
            issuer=(row["issuer"] or "")[:300],
            subject=row["subject"] or "",
        )
        for row in rows
        if row["end"] > row["start"]
    ]
    registered = Directive.objects.filter(
        owner=directive.owner, symbol__in={citation.symbol for citation in found if citation.symbol}
    ).exclude(pk=directive.pk)
    by_symbol: dict[str, list[Directive]] = {}
    for each in registered:
        by_symbol.setdefault(each.symbol, []).append(each)
    for citation in found:
        citation.cited = _same(by_symbol.get(citation.symbol, []), citation.issued_on)
    return found


def _same(candidates: list[Directive], issued_on: date | None) -> Directive | None:
    """The one document meant; where numbers recur and no day is printed, none."""
    agreeing = [each for each in candidates if issued_on in (None, each.issued_on)]
    return agreeing[0] if len(agreeing) == 1 else None


def programme_of(citations: Iterable[Citation]) -> str:
    """The programme whose founding document is cited, first mention first; "" when none is."""
    for citation in citations:
        document = known.find(citation.symbol, citation.issued_on)
        if document and document.programme:
            return document.programme
    return ""


def items_of(directive: Directive, reading: Payload) -> list[ReadItem]:
    """Unsaved items of a reading, each with the proposal that a person only needs to confirm."""
    matcher = _Matcher(directive.owner)
    plans: tuple[tuple[ItemKind, list[Payload], Callable[[Payload, _Matcher], Payload]], ...] = (
        (ItemKind.TASK, reading["tasks"], propose_task),
        (ItemKind.REGIME, reading["reporting_regimes"], propose_duty),
        (ItemKind.TARGET, reading["targets"], propose_target),
    )
    return [
        ReadItem(
            directive=directive,
            kind=kind,
            quote=row["quote"],
            start=row["start"],
            end=row["end"],
            payload=row,
            settled=propose(row, matcher),
            confidence=row["confidence"],
            rule=row["rule"][:80],
        )
        for kind, rows, propose in plans
        for row in rows
        if row["end"] > row["start"]
    ]


class _Matcher:
    """Remembers what a printed name means, because a document repeats its bodies on every line."""

    def __init__(self, owner: Unit) -> None:
        self._find = partial(matching.certain_ref, owner=owner)
        self._known: dict[str, str] = {}

    def ref(self, written: str) -> str:
        if written not in self._known:
            self._known[written] = self._find(written)
        return self._known[written]

    def only(self, written: list[str]) -> str:
        """The reference of a single printed body; "" for several, because one task has one lead."""
        if len(written) == 1:
            return self.ref(written[0])
        # "UBND các xã, phường" is one group, though its name holds a comma.
        together = self.ref(", ".join(written))
        return together if together.startswith("group:") else ""

    def split(self, written: list[str]) -> tuple[tuple[str, ...], str]:
        """References of those that are certain, and the others as printed."""
        refs = {name: self.ref(name) for name in written}
        return tuple(dict.fromkeys(filter(None, refs.values()))), "; ".join(name for name in written if not refs[name])


def propose_task(row: Payload, matcher: _Matcher) -> Payload:
    """First proposal of a task."""
    due = row["due"] or {}
    cooperate, words = matcher.split(row["cooperate"])
    lead = matcher.only(row["lead"])
    return TaskDraft(
        content=_line(row["content"] or row["quote"]),
        lead=lead,
        cooperate=tuple(ref for ref in cooperate if ref != lead),
        cooperate_words=words,
        due_on=day_of(due.get("date")),
        due_time=time.fromisoformat(due["time"]) if due.get("time") else None,
        qualifier=Qualifier[(due.get("qualifier") or "on").upper()].value,
        recurrence=_words_of(row["recurrence"])[:300],
        product=_line(row["product"] or "")[:1000],
        report_to="; ".join(row["report_to"])[:600],
    ).to_json()


def propose_duty(row: Payload, matcher: _Matcher) -> Payload:
    """First proposal of a reporting duty."""
    cadences = [CADENCES.get(each["freq"] or "") for each in row["recurrence"] or []]
    return DutyDraft(
        who=matcher.only(row["who"]),
        who_words="; ".join(row["who"]),
        to_words="; ".join(row["to_whom"]),
        cadence=next((cadence.value for cadence in cadences if cadence), ""),
        cadence_words=row["cadence"] or "",
        cutoff_words=row["cutoff"] or "",
    ).to_json()


def propose_target(row: Payload, matcher: _Matcher) -> Payload:  # noqa: ARG001  one shape for all three proposals
    """First proposal of a target; the indicator is chosen by a person, never guessed from its words."""
    value = row["value"][0] if isinstance(row["value"], list) else row["value"]
    places = max(-int(Decimal(str(value)).normalize().as_tuple().exponent), 0)
    return TargetDraft(
        indicator_words=_line(row["indicator"]),
        op=OPERATORS.get(row["operator"], ">="),
        value=numbers.format_decimal(Decimal(str(value)), places),
        unit_words=row["unit"] or "",
        milestone_on=day_of(row["by_date"]),
    ).to_json()


def _line(words: str) -> str:
    return " ".join(re.sub(r"[*_`]", " ", text.nfc(words)).split())


def _words_of(recurrences: list[Payload] | None) -> str:
    """Each cadence with its cut-off as printed: "Hằng tuần, trước 11 giờ 00 thứ Sáu"."""
    printed = (", ".join(filter(None, (each["text"], each["cutoff_text"]))) for each in recurrences or [])
    return "; ".join(dict.fromkeys(printed))

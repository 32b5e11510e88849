"""Central documents of the catalogue, so that a citation shows its title before anybody uploads the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xanh.core import dates
from xanh.kit import catalogue

FILE = "directives/known.yaml"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """One document of the catalogue; `programme` is the code of the programme it founds, else ""."""

    symbol: str
    type: str
    issued_on: date
    issuer: str
    title: str
    programme: str

    @property
    def label(self) -> str:
        """ "57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"."""
        return f"{self.symbol} ngày {dates.format_date(self.issued_on)} của {self.issuer}"


def documents() -> tuple[KnownDocument, ...]:
    """All known documents, in the order of the catalogue."""
    rows = catalogue.read_yaml(FILE)["documents"]
    return tuple(KnownDocument(**{**row, "issued_on": date.fromisoformat(row["issued_on"])}) for row in rows)


def find(symbol: str, issued_on: date | None) -> KnownDocument | None:
    """The document with a symbol; a printed date must agree, because numbers recur in every term."""
    if not symbol:
        return None
    for document in documents():
        if document.symbol == symbol and issued_on in (None, document.issued_on):
            return document
    return None

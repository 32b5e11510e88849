"""Forms of official documents as dated data, and who stands in their heads and feet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from xanh.kit import catalogue
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.kinds import Kind, Level
from xanh.org.models import Unit

ISSUERS = "layouts/issuers.yaml"
FAMILIES = ("party", "state")
BLANK = "      "


class NoIssuer(Exception):
    """Nobody issues such a report: this side has no body at this level."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: lengths in mm, sizes in points; `rules` is the file as it stands in the catalogue."""

    code: str
    family: str
    valid_from: date
    source: str
    rules: dict[str, Any]


@cache
def layouts() -> tuple[Layout, ...]:
    """All forms, oldest first."""
    found = []
    for entry in resources.files("xanh.catalogue").joinpath("layouts").iterdir():
        if entry.name.startswith(FAMILIES):
            row = catalogue.read_yaml(f"layouts/{entry.name}")
            day = date.fromisoformat(row["valid_from"])
            found.append(Layout(row["code"], row["family"], day, row["source"], row))
    return tuple(sorted(found, key=lambda layout: layout.valid_from))


def layout_on(family: str, day: date) -> Layout:
    """The form that holds for Party or State documents on a day; before the first one, the first."""
    known = [layout for layout in layouts() if layout.family == family]
    return next((layout for layout in reversed(known) if layout.valid_from <= day), known[0])


def layout(code: str) -> Layout:
    """A form by its code."""
    return next(found for found in layouts() if found.code == code)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: names as they are printed in the head, symbol, place, signature, recipients."""

    family: str
    self_name: str
    parent: str
    issuer: str
    body: str
    place: str
    behalf: str
    title: str
    head_of: str
    recipients: tuple[str, ...]
    row: dict[str, Any]


def words_of(unit: Unit, province: Unit | None) -> dict[str, str]:
    """What the templates of the catalogue are filled with."""
    city = province is not None and province.kind == Kind.CITY
    commune = unit if unit.level == Level.COMMUNE else None
    return {
        "uy": "Thành ủy" if city else "Tỉnh ủy",
        "tinh": "thành phố" if city else "tỉnh",
        "ten_tinh": province.short_name if province else "",
        "xa": bodies.KIND_WORDS.get(Kind(commune.kind), "xã") if commune else "",
        "ten": commune.short_name if commune else "",
    }


def _province_of(unit: Unit) -> Unit | None:
    if unit.level == Level.PROVINCE:
        return unit
    return org.unit(unit.province_code) if unit.province_code else None


def _filled(row: dict[str, Any], family: str, filling: dict[str, str], self_name: str) -> Issuer:
    return Issuer(
        family=family,
        self_name=self_name,
        parent=row["parent"].format(**filling).upper(),
        issuer=row["issuer"].format(**filling).upper(),
        body=row["body"],
        place=row["place"].format(**filling),
        behalf=row["behalf"],
        title=row["title"],
        head_of=row["head_of"].format(**filling),
        recipients=tuple(line.format(**filling) for line in row["recipients"]),
        row=row,
    )


def report_issuer(territory: Unit, side: str) -> Issuer:
    """Who issues the report of a territory on one side (party, council, committee, front); raises NoIssuer."""
    for row in catalogue.read_yaml(ISSUERS)["reports"]:
        if row["side"] == side and row["level"] == territory.level:
            filling = words_of(territory, _province_of(territory))
            family = "party" if side == "party" else "state"
            return _filled(row, family, filling, row["self"].format(**filling))
    raise NoIssuer(side)


def office(province: Unit, office_code: str) -> Issuer:
    """The receiving office of a province as the writer of letters; raises NoIssuer."""
    row = catalogue.read_yaml(ISSUERS)["offices"].get(office_code)
    if row is None:
        raise NoIssuer(office_code)
    filling = words_of(province, province)
    return _filled(row, row["family"], filling, row["self"].format(**filling))


def addressee_words(row: dict[str, Any], key: str, commune: Unit, province: Unit) -> str:
    """A template of an office about one commune: "addressee", "request"."""
    return str(row[key]).format(**words_of(commune, province))

"""Puts the catalogue of units into the database: territories, their four blocks, trees, names, groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from xanh.core import text
from xanh.kit import catalogue
from xanh.org import bodies
from xanh.org.kinds import Kind, Level, Tree
from xanh.org.models import GroupMember, Membership, Unit, UnitAlias, UnitGroup, UnitName

NATION = "VN"
BLOCK_TREES = {"party": Tree.PARTY, "council": Tree.COUNCIL, "committee": Tree.COMMITTEE, "front": Tree.FRONT}


@dataclass(frozen=True, slots=True)
class Territory:
    """A province or commune to be loaded: code, name with kind, kind, province's code ("" for a province)."""

    code: str
    name: str
    kind: str
    province_code: str = ""
    has_council: bool = True
    is_sample: bool = False


@dataclass(slots=True)
class _Rows:
    units: list[Unit] = field(default_factory=list)
    names: list[UnitName] = field(default_factory=list)
    aliases: list[UnitAlias] = field(default_factory=list)
    links: list[Membership] = field(default_factory=list)
    groups: list[UnitGroup] = field(default_factory=list)
    members: list[GroupMember] = field(default_factory=list)


def territories_of_catalogue() -> list[Territory]:
    """The real list: 34 provinces and 3,321 communes (Quyết định 19/2025/QĐ-TTg)."""
    without = set(catalogue.read_yaml("units/notes.yaml")["without_council"])
    return [
        Territory(row["code"], row["name"], row["kind"], row["province_code"], has_council=row["code"] not in without)
        for row in catalogue.read_csv("units/units.csv")
    ]


def load_catalogue() -> int:
    """Load the real units; existing ones are left as they are. Returns how many units were added."""
    start = date.fromisoformat(catalogue.read_yaml("units/notes.yaml")["valid_from"])
    return load_territories(territories_of_catalogue(), valid_from=start)


@transaction.atomic
def load_territories(territories: Sequence[Territory], *, valid_from: date) -> int:
    """Add territories with their blocks, trees, names and groups; units already there are skipped."""
    there = set(Unit.objects.values_list("code", flat=True))
    rows = _Rows()
    if NATION not in there:
        rows.units.append(_unit(NATION, "Cả nước", Level.NATION, Kind.NATION, short="Cả nước"))
    for order, row in enumerate(territories, start=1):
        if row.code in there:
            continue
        if row.province_code:
            _add_commune(rows, row, order, valid_from)
        else:
            _add_province(rows, row, order, valid_from)
            _add_groups(rows, row, [c for c in territories if c.province_code == row.code], valid_from)
    _add_notes(rows, {unit.code for unit in rows.units})
    _store(rows)
    return len(rows.units)


def _unit(code: str, name: str, level: Level, kind: str, *, short: str = "", **fields: object) -> Unit:
    unit = Unit(code=code, name=name, level=level, kind=kind, short_name=short or bodies.short_name(name), **fields)
    unit.fold_name()
    return unit


def _link(rows: _Rows, tree: Tree, unit: str, parent: str, start: date) -> None:
    rows.links.append(Membership(tree=tree, unit_id=unit, parent_id=parent, valid_from=start))


def _add_name(rows: _Rows, row: Territory, start: date) -> None:
    name = UnitName(unit_id=row.code, name=row.name, kind=row.kind, valid_from=start, source="19/2025/QĐ-TTg")
    name.fold_name()
    rows.names.append(name)


def _add_blocks(rows: _Rows, row: Territory, level: Level, order: int, start: date) -> None:
    short = bodies.short_name(row.name)
    for template in bodies.blocks():
        if template.block == "council" and not row.has_council:
            continue
        name = template.province if level == Level.PROVINCE else template.commune
        code = f"{row.code}-{template.suffix}"
        rows.units.append(
            _unit(
                code,
                bodies.fill(name, kind=row.kind, short=short),
                Level.BLOCK,
                Kind.BLOCK,
                short=f"{short}",
                block=template.block,
                province_code=row.province_code or row.code,
                commune_code=row.code if level == Level.COMMUNE else "",
                official_order=order * 10 + template.order,
                is_sample=row.is_sample,
                valid_from=start,
            )
        )
        _link(rows, Tree.TERRITORY, code, row.code, start)
        if level == Level.COMMUNE:
            _link(rows, BLOCK_TREES[template.block], code, f"{row.province_code}-{template.suffix}", start)


def _add_province(rows: _Rows, row: Territory, order: int, start: date) -> None:
    rows.units.append(
        _unit(
            row.code,
            row.name if row.kind == Kind.CITY else f"Tỉnh {bodies.short_name(row.name)}",
            Level.PROVINCE,
            row.kind,
            province_code=row.code,
            official_order=order,
            is_sample=row.is_sample,
            valid_from=start,
        )
    )
    _add_name(rows, row, start)
    _link(rows, Tree.TERRITORY, row.code, NATION, start)
    _add_blocks(rows, row, Level.PROVINCE, order, start)


def _add_commune(rows: _Rows, row: Territory, order: int, start: date) -> None:
    rows.units.append(
        _unit(
            row.code,
            row.name,
            Level.COMMUNE,
            row.kind,
            province_code=row.province_code,
            commune_code=row.code,
            official_order=order,
            is_sample=row.is_sample,
            valid_from=start,
        )
    )
    _add_name(rows, row, start)
    _link(rows, Tree.TERRITORY, row.code, row.province_code, start)
    _add_blocks(rows, row, Level.COMMUNE, order, start)


GROUPS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("XA", "Các xã, phường, đặc khu", ("các xã, phường", "các xã, phường, đặc khu", "cấp xã", "các địa phương"), ""),
    (
        "DUXA",
        "Đảng ủy các xã, phường, đặc khu",
        ("đảng ủy các xã, phường", "các đảng ủy xã, phường", "đảng ủy cấp xã"),
        "DU",
    ),
    (
        "HDXA",
        "HĐND các xã, phường, đặc khu",
        ("hội đồng nhân dân các xã, phường", "hđnd các xã, phường", "hđnd cấp xã"),
        "HD",
    ),
    (
        "UBXA",
        "UBND các xã, phường, đặc khu",
        ("ủy ban nhân dân các xã, phường", "ubnd các xã, phường", "ubnd cấp xã", "ubnd các xã, phường, đặc khu"),
        "UB",
    ),
    ("MTXA", "Ủy ban MTTQ các xã, phường, đặc khu", ("ủy ban mttq các xã, phường", "mttq các xã, phường"), "MT"),
)


def _add_groups(rows: _Rows, province: Territory, communes: Sequence[Territory], start: date) -> None:
    for suffix, name, aliases, block in GROUPS:
        group = UnitGroup(code=f"{province.code}-{suffix}", name=name, scope_id=province.code, aliases=list(aliases))
        group.fold_name()
        rows.groups.append(group)
        for commune in communes:
            if block == "HD" and not commune.has_council:
                continue
            code = f"{commune.code}-{block}" if block else commune.code
            rows.members.append(GroupMember(group_id=group.code, unit_id=code, valid_from=start))


def _add_notes(rows: _Rows, added: set[str]) -> None:
    notes = catalogue.read_yaml("units/notes.yaml")
    for change in notes["kinds"]:
        if change["unit"] not in added:
            continue
        start = date.fromisoformat(change["valid_from"])
        for name in rows.names:
            if name.unit_id == change["unit"]:
                name.valid_to = start
        dated = UnitName(
            unit_id=change["unit"],
            name=change["name"],
            kind=change["kind"],
            valid_from=start,
            source=change["source"],
            note=change["note"],
        )
        dated.fold_name()
        rows.names.append(dated)
    for code, aliases in notes["aliases"].items():
        if code in added:
            rows.aliases += [
                UnitAlias(unit_id=code, alias=a, alias_folded=text.fold(a)) for a in dict.fromkeys(aliases)
            ]


def _store(rows: _Rows) -> None:
    Unit.objects.bulk_create(rows.units, batch_size=2000)
    UnitName.objects.bulk_create(rows.names, batch_size=2000)
    UnitAlias.objects.bulk_create(rows.aliases, batch_size=2000)
    Membership.objects.bulk_create(rows.links, batch_size=2000)
    UnitGroup.objects.bulk_create(rows.groups, batch_size=2000)
    GroupMember.objects.bulk_create(rows.members, batch_size=2000)

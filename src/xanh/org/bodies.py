"""Names of blocks and bodies, made from the templates of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from xanh.kit import catalogue
from xanh.org.kinds import Kind, Level
from xanh.org.models import Unit

FILE = "bodies/bodies.yaml"
PREFIXES = ("Thành phố ", "Tỉnh ", "Xã ", "Phường ", "Đặc khu ")
KIND_WORDS = {Kind.RURAL_COMMUNE: "xã", Kind.WARD: "phường", Kind.SPECIAL_ZONE: "đặc khu"}


@dataclass(frozen=True, slots=True)
class BlockTemplate:
    """One of the four blocks: suffix of its code, block, order, name templates."""

    suffix: str
    block: str
    order: int
    province: str
    commune: str


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """One helping body of a province or a commune."""

    code: str
    block: str
    name: str
    aliases: tuple[str, ...]


def blocks() -> tuple[BlockTemplate, ...]:
    """The four blocks in official order."""
    return tuple(BlockTemplate(**row) for row in catalogue.read_yaml(FILE)["blocks"])


def bodies(level: str) -> tuple[BodyTemplate, ...]:
    """The bodies of `Level.PROVINCE` or `Level.COMMUNE`."""
    rows = catalogue.read_yaml(FILE)["province" if level == Level.PROVINCE else "commune"]
    return tuple(BodyTemplate(row["code"], row["block"], row["name"], tuple(row["aliases"])) for row in rows)


def approver_capacities(block: str) -> tuple[str, ...]:
    """Capacities that approve a block, default first, substitutes after."""
    return tuple(catalogue.read_yaml(FILE)["approvers"][block])


def receiver_of(block: str) -> str:
    """Code of the provincial body that receives the block's report."""
    return str(catalogue.read_yaml(FILE)["receivers"][block])


def short_name(name: str) -> str:
    """A territorial unit's name without its kind: "Xã Tân Mẫu" → "Tân Mẫu"."""
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def fill(template: str, *, kind: str, short: str) -> str:
    """Put a unit's words into a template."""
    city = kind == Kind.CITY
    return template.format(
        uy="Thành ủy" if city else "Tỉnh ủy",
        tinh="thành phố" if city else "tỉnh",
        xa=KIND_WORDS.get(Kind(kind), "xã"),
        ten=short,
    )


def label_of(unit: Unit) -> str:
    """How a screen names a unit with its kind: "xã Tân Mẫu", "tỉnh Mẫu", "Đảng ủy xã Tân Mẫu"."""
    if unit.level == Level.PROVINCE:
        return f"{'thành phố' if unit.kind == Kind.CITY else 'tỉnh'} {unit.short_name}"
    if unit.level == Level.COMMUNE:
        return f"{KIND_WORDS[Kind(unit.kind)]} {unit.short_name}"
    return unit.name

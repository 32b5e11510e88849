"""Places of the tiles in the scheme of provinces (not a map), which always shows Hoàng Sa and Trường Sa."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from xanh.assessment.lines import UnitLine
from xanh.core import numbers

# (column, row) by province code.
PLACES: dict[str, tuple[int, int]] = {
    "12": (1, 0), "15": (2, 0), "08": (3, 0), "04": (4, 0),
    "11": (0, 1), "14": (1, 1), "25": (2, 1), "19": (3, 1), "20": (4, 1),
    "01": (2, 2), "24": (3, 2), "22": (4, 2),
    "37": (2, 3), "33": (3, 3), "31": (4, 3),
    "38": (1, 4), "40": (1, 5), "42": (2, 6), "44": (2, 7), "46": (3, 8), "48": (3, 9),
    "51": (4, 10), "52": (4, 11), "66": (4, 12), "68": (3, 13), "56": (4, 13),
    "80": (1, 14), "75": (2, 14), "79": (3, 14),
    "91": (0, 15), "82": (1, 15), "86": (2, 15), "96": (0, 16), "92": (1, 16),
}  # fmt: skip


# Sovereignty: the two island zones are always drawn, beside the province that they belong to.
@dataclass(frozen=True, slots=True)
class Island:
    """One island zone: its words on the tile, its province, its code, its place."""

    name: str
    province: str
    code: str
    column: int
    row: int


ISLANDS = (
    Island("Đặc khu Hoàng Sa (TP Đà Nẵng)", "48", "20333", 6, 9),
    Island("Đặc khu Trường Sa (Khánh Hòa)", "56", "22736", 6, 13),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: short name, light, share of green communes, where it leads."""

    name: str
    light: str
    label: str
    share: str
    column: int
    row: int
    url: str


def tiles_of(lines: list[UnitLine], islands: dict[str, UnitLine]) -> list[Tile]:
    """The 34 provinces and the two island zones; `islands` by commune code, those without figures stay grey."""
    by_code = {line.unit.code: line for line in lines}
    found = []
    for code, (column, row) in PLACES.items():
        line = by_code.get(code)
        if line is None:
            continue
        found.append(
            Tile(
                name=line.unit.short_name,
                light=line.verdict.light.value,
                label=line.verdict.light.label,
                share=green_share(line),
                column=column,
                row=row,
                url=reverse("boards-province", args=[code]),
            )
        )
    for island in ISLANDS:
        line = islands.get(island.code)
        found.append(
            Tile(
                name=island.name,
                light=line.verdict.light.value if line else "GREY",
                label=line.verdict.light.label if line else "Xám: chưa có số liệu",
                share="",
                column=island.column,
                row=island.row,
                url=reverse("boards-commune", args=[island.code]) if line else "",
            )
        )
    return found


def green_share(line: UnitLine) -> str:
    """Share of green communes: "61,8%"; empty where the province has none."""
    if not line.communes:
        return ""
    return numbers.format_ratio(line.communes_green, line.communes, 1).split(" ")[0]

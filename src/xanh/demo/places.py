"""Tỉnh Mẫu: a province that does not exist, with twenty communes of invented names."""

from __future__ import annotations

from xanh.org.kinds import Kind
from xanh.org.loading import Territory

PROVINCE = "00"
FIRST_COMMUNE = "99001"
SPECIAL_ZONE = "99020"

_NAMES = (
    "Xã Tân Mẫu",
    "Phường Hưng Mẫu",
    "Xã Mẫu Sơn",
    "Xã Mẫu Thủy",
    "Phường Mẫu Đông",
    "Xã Mẫu Lâm",
    "Xã Phú Mẫu",
    "Phường Mẫu Tây",
    "Xã An Mẫu",
    "Xã Mẫu Hòa",
    "Xã Mẫu Khê",
    "Phường Mẫu Nam",
    "Xã Bình Mẫu",
    "Xã Mẫu Điền",
    "Phường Mẫu Bắc",
    "Xã Mẫu Giang",
    "Xã Vĩnh Mẫu",
    "Phường Mẫu Trung",
    "Xã Mẫu Thượng",
    "Đặc khu Đảo Mẫu",
)


def _kind(name: str) -> Kind:
    if name.startswith("Phường"):
        return Kind.WARD
    return Kind.SPECIAL_ZONE if name.startswith("Đặc khu") else Kind.RURAL_COMMUNE


def territories() -> tuple[Territory, ...]:
    """Tỉnh Mẫu (code 00) and its communes 99001 to 99020; the special zone is too small for a People's Council."""
    communes = tuple(
        Territory(
            code=str(99000 + number),
            name=name,
            kind=_kind(name),
            province_code=PROVINCE,
            has_council=not name.startswith("Đặc khu"),
            is_sample=True,
        )
        for number, name in enumerate(_NAMES, start=1)
    )
    return (Territory(PROVINCE, "Tỉnh Mẫu", Kind.PROVINCE, is_sample=True), *communes)


def commune_codes() -> tuple[str, ...]:
    """Codes of the communes of Tỉnh Mẫu, in official order."""
    return tuple(row.code for row in territories() if row.province_code)

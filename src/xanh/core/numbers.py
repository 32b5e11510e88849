"""Vietnamese numbers: 1.250 is one thousand two hundred and fifty, 86,29 has two decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

LONGEST = 30
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_SPACE_GROUPED = re.compile(r"[0-9]{1,3}(?:[\s\u00a0\u202f\u2009][0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
# What Excel writes under an English setting, where it cannot be mistaken for thousands: 86.29, 86.2, 0.1234.
_DECIMAL_POINT = re.compile(r"(?:0|[1-9][0-9]*)\.(?:[0-9]{1,2}|[0-9]{4,})")
_POINT_AND_THREE = re.compile(r"[0-9]+\.[0-9]{3}")
_ENGLISH_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")

Number = int | Decimal | Fraction


class NumberUnreadable(ValueError):
    """The text is not a number in Vietnamese writing; `str()` is the message for the person who typed it.

    `ambiguous` is true where the text could be read as two different numbers and nothing was guessed.
    """

    def __init__(self, message: str, *, ambiguous: bool = False) -> None:
        super().__init__(message)
        self.ambiguous = ambiguous


def parse_int(s: str) -> int:
    """The whole number that `s` writes: "1.250" and "1 250" are 1250. Raises NumberUnreadable."""
    text = s.strip()
    if re.search(r",[0-9]{3}$", text):
        raise NumberUnreadable(
            f"Số “{text}” có thể hiểu theo hai cách vì dấu phẩy là dấu thập phân. "
            "Đề nghị dùng dấu chấm để tách hàng nghìn, ví dụ 1.250.",
            ambiguous=True,
        )
    value = parse_decimal(text)
    if value != value.to_integral_value():
        raise NumberUnreadable(f"Số “{text}” có phần lẻ, ô này cần số nguyên. Đề nghị nhập số nguyên, ví dụ 1.250.")
    return int(value)


def parse_decimal(s: str) -> Decimal:
    """The number that `s` writes: "86,29", "1.250,5", "86.29" (a point before other than three digits is decimal).

    Raises NumberUnreadable, with `ambiguous` set where two readings are possible ("0.125", "1,250.5").
    """
    text = s.strip()
    if not text:
        raise NumberUnreadable("Ô số đang để trống. Đề nghị nhập một số, ví dụ 1.250.")
    if len(text) > LONGEST:
        raise NumberUnreadable(f"Số dài quá {LONGEST} ký tự. Đề nghị kiểm tra lại số đã nhập.")
    sign, digits = _without_sign(text)
    if _PLAIN.fullmatch(digits):
        return sign * Decimal(digits.replace(",", "."))
    if _GROUPED.fullmatch(digits):
        return sign * Decimal(digits.replace(".", "").replace(",", "."))
    if _SPACE_GROUPED.fullmatch(digits):
        return sign * Decimal(_SPACES.sub("", digits).replace(",", "."))
    if _DECIMAL_POINT.fullmatch(digits):
        return sign * Decimal(digits)
    if _POINT_AND_THREE.fullmatch(digits) or _ENGLISH_GROUPED.fullmatch(digits):
        raise NumberUnreadable(
            f"Số “{text}” có thể hiểu theo hai cách. "
            "Đề nghị dùng dấu chấm để tách hàng nghìn và dấu phẩy cho phần lẻ, ví dụ 1.250 hoặc 86,29.",
            ambiguous=True,
        )
    raise NumberUnreadable(f"“{text}” không phải là số. Đề nghị nhập số theo cách viết 1.250 hoặc 86,29.")


def round_half_up(value: Number, places: int) -> Decimal:
    """`value` to `places` decimals, halves away from zero; exact for fractions (no binary rounding on the way)."""
    return Decimal(_rounded_units(value, places)).scaleb(-places)


def format_int(value: int) -> str:
    """1250 → "1.250"."""
    return f"{value:,}".replace(",", ".")


def format_decimal(value: Number, places: int) -> str:
    """Exactly `places` decimals: (Decimal("1234.5"), 1) → "1.234,5"."""
    units = _rounded_units(value, places)
    whole, part = divmod(abs(units), 10**places)
    written = format_int(whole) + (f",{part:0{places}d}" if places else "")
    return f"-{written}" if units < 0 else written


def format_pct(value: Number, places: int = 2) -> str:
    """A value that already is in per cent: Fraction(249300, 2889) → "86,29%"; whole per cents stay whole: "100%"."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    return f"{format_decimal(exact, 0 if exact.denominator == 1 else places)}%"


def format_ratio(n: int, d: int, places: int = 2) -> str:
    """The ratio with its two numbers: (2493, 2889) → "86,29% (2.493/2.889)"; nothing is divided by 0."""
    parts = f"({format_int(n)}/{format_int(d)})"
    return f"chưa tính được {parts}" if d == 0 else f"{format_pct(Fraction(100 * n, d), places)} {parts}"


def _rounded_units(value: Number, places: int) -> int:
    """The value in units of its last decimal; in whole numbers, because a night's closing writes very many figures."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    scale: int = 10**places
    units = (2 * abs(exact.numerator) * scale + exact.denominator) // (2 * exact.denominator)
    return -units if exact.numerator < 0 else units


def _without_sign(text: str) -> tuple[int, str]:
    if text[0] in "-−–":
        return -1, text[1:].lstrip()
    return 1, text[1:].lstrip() if text[0] == "+" else text

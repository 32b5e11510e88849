"""Template filters and tags of the visual language: Vietnamese figures and dates, lights, form controls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xanh.core import dates, numbers
from xanh.core.light import Light

register = template.Library()

BAR_WIDTH = 1000
_SHAPES = {
    Light.GREEN: '<circle class="shape-green" cx="8" cy="8" r="7"/>',
    Light.AMBER: '<path class="shape-amber" d="M8 1.5 15.2 14.5H.8Z"/>',
    Light.RED: '<rect class="shape-red" x="1.5" y="1.5" width="13" height="13"/>',
    Light.GREY: '<path class="shape-grey" d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
}


@dataclass(frozen=True, slots=True)
class WrittenRatio:
    """A ratio in two parts, so that a template can set the numbers apart: "86,29%" and "(2.493/2.889)"."""

    share: str
    parts: str


@register.filter
def vi_int(value: int) -> str:
    """1250 → "1.250"."""
    return numbers.format_int(value)


@register.filter
def vi_decimal(value: int | Decimal | Fraction, places: int = 2) -> str:
    """(Decimal("1234.5"), 1) → "1.234,5"."""
    return numbers.format_decimal(value, places)


@register.filter
def vi_pct(value: int | Decimal | Fraction, places: int = 2) -> str:
    """A value in per cent: Decimal("86.29") → "86,29%"."""
    return numbers.format_pct(value, places)


@register.filter
def share_of(count: int, total: int) -> str:
    """The share of `count` in `total` with one decimal: (4, 112) → "3,6%". Nothing is divided by 0: ""."""
    return numbers.format_pct(Fraction(100 * count, total), 1) if total else ""


@register.filter("ratio")
def ratio_text(n: int, d: int) -> str:
    """(2493, 2889) → "86,29% (2.493/2.889)"."""
    return numbers.format_ratio(n, d)


@register.simple_tag
def ratio(n: int, d: int) -> WrittenRatio:
    """`{% ratio n d as written %}`: the two parts of a ratio, see WrittenRatio."""
    share, parts = numbers.format_ratio(n, d).rsplit(" ", 1)
    return WrittenRatio(share, parts)


@register.filter
def vi_date(value: date) -> str:
    """20/11/2026"""
    return dates.format_date(value)


@register.filter
def vi_day(value: date) -> str:
    """thứ Sáu, 20/11/2026"""
    return dates.format_day(value)


@register.filter
def vi_hour(value: time | datetime) -> str:
    """16:00; an instant is told in Vietnamese time."""
    return dates.format_hour(value.astimezone(dates.TZ).time() if isinstance(value, datetime) else value)


@register.filter
def vi_instant(value: datetime) -> str:
    """16:00 ngày 20/11/2026"""
    return dates.format_instant(value)


@register.filter
def iso(value: date | datetime) -> str:
    """For the attribute `datetime` of <time>."""
    return value.isoformat()


@register.filter
def at(texts: Mapping[str, str], key: str) -> str:
    """The text under `key`, "" where there is none: messages by field of the entry table."""
    return texts.get(key, "")


@register.simple_tag
def light_icon(light: str) -> SafeString:
    """The shape of a light as inline SVG; a word must stand beside it. Raises ValueError for an unknown light."""
    return format_html(
        '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', SafeString(_SHAPES[Light(light)])
    )


@register.filter
def box_class(kind: str) -> str:
    """DONE_ON_TIME → "box-done-on-time", the colour of one of the four boxes."""
    return "box-" + kind.lower().replace("_", "-")


@register.simple_tag
def boxes_bar(boxes: Iterable[Mapping[str, Any]], total: int) -> SafeString:
    """The bar above the four numbers. Widths are SVG attributes, as style attributes are not allowed by the policy."""
    shapes: list[tuple[str, str, str]] = []
    start = 0
    done = 0
    for box in boxes:
        done += int(box["count"])
        # Rounded on the running sum, so that four rounded parts still fill the bar exactly.
        end = round(BAR_WIDTH * done / total) if total else 0
        shapes.append((box_class(str(box["kind"])), str(start), str(end - start)))
        start = end
    return format_html(
        '<svg class="boxes-bar" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        str(BAR_WIDTH),
        format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="10"/>', shapes),
    )


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is a group of choices that needs a legend."""
    return bool(field.field.widget.use_fieldset)


@register.filter
def control(field: BoundField) -> SafeString:
    """The widget with the class of the visual language; Django links help and error by aria-describedby itself."""
    widget = field.field.widget
    look = "select" if isinstance(widget, Select) else "form-control"
    if is_check(field) or is_group(field):
        look = ""
    classes = f"{look} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": classes} if classes else None)

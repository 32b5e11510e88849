"""The built assets and the shared templates: bytes, old browsers, the content security policy, readable colours."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Engine

from xanh import web
from xanh.web.templatetags import xanh_ui

ROOT = Path(__file__).parents[2]
WEB = Path(web.__file__).parent
BUILT = WEB / "static/xanh"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# The clerk's first page may weigh 150 kB; the page itself takes up to 30 of them (docs/design-language.md).
FIRST_VISIT = ("xanh.css", "xanh.js", "grid.js")


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    assert (BUILT / "xanh.css").exists(), "the assets are not built: npm ci && npm run build"


def gzipped(name: str) -> int:
    return len(gzip.compress((BUILT / name).read_bytes(), 9))


def token(name: str) -> str:
    scss = (WEB / "assets/scss/_tokens.scss").read_text(encoding="utf-8")
    found = re.search(rf"^\${name}: #([0-9a-f]+);", scss, re.MULTILINE)
    assert found
    return found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(token(first)), luminance(token(second))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_style_sheet_stays_under_25_kilobytes() -> None:
    assert gzipped("xanh.css") <= 25_000


def test_what_the_entry_page_fetches_leaves_room_for_the_page_within_150_kilobytes() -> None:
    fonts = sum(file.stat().st_size for file in (BUILT / "fonts").glob("*.woff2"))
    assert sum(gzipped(name) for name in FIRST_VISIT) + fonts <= 120_000


def test_the_face_comes_in_the_subsets_and_weights_that_are_used_and_no_others() -> None:
    names = {file.name for file in (BUILT / "fonts").glob("*.woff2")}
    wanted = itertools.product(("latin", "vietnamese"), (400, 600))
    assert names == {f"noto-sans-{subset}-{weight}-normal.woff2" for subset, weight in wanted}


@pytest.mark.parametrize("too_new", ["color-mix(", "light-dark(", ":has(", "@layer", "@container", "&:"])
def test_the_style_sheet_holds_nothing_that_chrome_109_lacks(too_new: str) -> None:
    assert too_new not in (BUILT / "xanh.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["xanh.css", "xanh.js", "grid.js", "chart.js"])
def test_an_asset_fetches_nothing_from_other_hosts(name: str) -> None:
    text = (BUILT / name).read_text(encoding="utf-8")
    assert not re.search(r"""(?:url\(|import\(|fetch\(|src=)["']?https?://""", text)
    assert "sourceMappingURL" not in text


def test_the_lock_file_names_no_download_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_a_template_keeps_the_strict_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>{]*\sstyle=", text), "style attributes are refused by the policy"
    assert not re.search(r"<[^>{]*\son[a-z]+=", text), "inline handlers are refused by the policy"
    for opening in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in opening or 'type="application/json"' in opening, "inline scripts are refused by the policy"


@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "green", "amber", "red", "grey"])
@pytest.mark.parametrize("ground", ["paper", "surface", "accent-tint", "amber-tint", "red-tint"])
def test_text_can_be_read_on_every_ground_it_stands_on(ink: str, ground: str) -> None:
    # WCAG 2.1 AA: 4,5 to 1 for text of normal size.
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("line", ["line-strong", "focus", "green", "red", "grey", "amber"])
def test_shapes_and_borders_of_controls_stand_out_from_the_paper(line: str) -> None:
    # WCAG 2.1 AA: 3 to 1 for what is not text.
    assert contrast(line, "paper") >= 3
    assert contrast(line, "surface") >= 3


def rendered(source: str, **context: Any) -> str:
    libraries = {"xanh_ui": "xanh.web.templatetags.xanh_ui"}
    engine = Engine(dirs=[str(WEB / "templates")], libraries=libraries, string_if_invalid="UNDEFINED")
    return str(engine.from_string("{% load xanh_ui %}" + source).render(Context(context)))


def test_figures_and_dates_are_written_the_vietnamese_way() -> None:
    written = rendered(
        "{{ n|vi_int }} {{ x|vi_decimal:1 }} {{ day|vi_date }} · {{ day|vi_day }} · {{ hour|vi_hour }} · "
        "{{ at|vi_instant }}",
        n=1250,
        x=Decimal("1234.56"),
        day=date(2026, 11, 20),
        hour=time(16, 0),
        at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    )
    assert written == "1.250 1.234,6 20/11/2026 · thứ Sáu, 20/11/2026 · 16:00 · 16:00 ngày 20/11/2026"


def test_an_instant_of_another_zone_is_told_in_vietnamese_time() -> None:
    assert xanh_ui.vi_hour(datetime(2026, 11, 20, 9, 5, tzinfo=UTC)) == "16:05"


def test_a_percentage_never_stands_without_its_two_numbers() -> None:
    # 2493 / 2889 = 0,86292…
    text = rendered('{% include "components/figure.html" with n=2493 d=2889 only %}')
    assert re.sub(r"<[^>]+>", "", text).strip().endswith("86,29% (2.493/2.889)")


@pytest.mark.parametrize(
    ("light", "shape"), [("GREEN", "<circle"), ("AMBER", "<path"), ("RED", "<rect"), ("GREY", "<path")]
)
def test_a_light_is_a_shape_a_word_and_a_reason(light: str, shape: str) -> None:
    source = '{% include "components/light.html" with light=light label="Chữ" reason="vì sao" only %}'
    text = rendered(source, light=light)
    assert shape in text
    assert "Chữ" in text
    assert ": vì sao" in text


def test_the_four_shapes_of_lights_differ() -> None:
    assert len({str(xanh_ui.light_icon(light)) for light in ("GREEN", "AMBER", "RED", "GREY")}) == 4


def test_an_unknown_light_is_refused() -> None:
    with pytest.raises(ValueError, match="BLUE"):
        xanh_ui.light_icon("BLUE")


def test_the_bar_of_four_boxes_is_filled_exactly() -> None:
    kinds = ("DONE_ON_TIME", "DONE_LATE", "RUNNING", "OVERDUE")
    bar = str(
        xanh_ui.boxes_bar([{"kind": kind, "count": 1} for kind in kinds[:3]] + [{"kind": kinds[3], "count": 0}], 3)
    )
    # Thirds of 1000: 333, 667 and 1000 on the running sum.
    assert re.findall(r'x="(\d+)" y="0" width="(\d+)"', bar) == [
        ("0", "333"),
        ("333", "334"),
        ("667", "333"),
        ("1000", "0"),
    ]


def test_a_bar_of_no_tasks_divides_nothing_by_nought() -> None:
    assert 'width="0"' in str(xanh_ui.boxes_bar([{"kind": "RUNNING", "count": 0}], 0))
    assert xanh_ui.share_of(0, 0) == ""


class SampleForm(forms.Form):
    """One field of each look."""

    name = forms.CharField(label="Tên", help_text="Tên đầy đủ.")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], required=False)
    sure = forms.BooleanField(label="Tôi xác nhận")


def test_a_field_shows_its_error_where_it_was_typed_and_links_it_for_screen_readers() -> None:
    form = SampleForm({"name": ""})
    text = rendered('{% include "components/field.html" with field=field only %}', field=form["name"])
    assert 'class="field has-error"' in text
    assert 'aria-invalid="true"' in text
    described = re.search(r'aria-describedby="([^"]+)"', text)
    assert described
    for name in described[1].split():
        assert f'id="{name}"' in text


def test_an_optional_field_says_so_and_a_tick_stands_before_its_words() -> None:
    form = SampleForm()
    assert "(không bắt buộc)" in rendered(
        '{% include "components/field.html" with field=field only %}', field=form["kind"]
    )
    tick = rendered('{% include "components/field.html" with field=field only %}', field=form["sure"])
    assert tick.index("<input") < tick.index("Tôi xác nhận")


def test_what_a_person_writes_is_escaped() -> None:
    source = '{% include "components/light.html" with light="RED" label="Đỏ" reason=reason only %}'
    assert "<b>" not in rendered(source, reason="<b>")


def test_grey_without_data_in_a_tile_still_says_its_word() -> None:
    tile = SimpleNamespace(name="Đặc khu Trường Sa (Khánh Hòa)", label="Xám: chưa có số liệu")
    place = 'share="" column=6 row=13 url=""'
    text = rendered(
        f'{{% include "components/tile.html" with name=t.name light="GREY" label=t.label {place} only %}}', t=tile
    )
    assert "Xám: chưa có số liệu" in text
    assert "tile-c6 tile-r13" in text


# Newer than Chromium 109 or Firefox ESR 115, and unknown to the linters that we use.
TOO_NEW_CSS = (
    "color-mix(",
    "light-dark(",
    "oklch(",
    "oklab(",
    "@starting-style",
    "@scope",
    "anchor-name",
    "text-wrap:",
)
TOO_NEW_JS = (
    "Object.groupBy",
    "Map.groupBy",
    "Promise.withResolvers",
    "Promise.try",
    "Array.fromAsync",
    "URL.canParse",
    ".isSubsetOf(",
    ".intersection(",
    "startViewTransition",
    "navigator.gpu",
)


@pytest.mark.parametrize("feature", TOO_NEW_CSS)
def test_the_styles_use_nothing_that_old_windows_lacks(feature: str) -> None:
    assert feature not in (BUILT / "xanh.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("feature", TOO_NEW_JS)
def test_the_scripts_use_nothing_that_old_windows_lacks(feature: str) -> None:
    sources = [path for path in (WEB / "assets/js").rglob("*.js") if "test" not in path.parts]
    assert [str(path) for path in sources if feature in path.read_text(encoding="utf-8")] == []

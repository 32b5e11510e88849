"""Forms of documents as catalogue data: complete, inside the ranges of the rules, chosen by issuer and day."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from xanh.kit import catalogue
from xanh.publishing import layouts, wording

NUMBER = {"type": "number"}
SIZES = {"type": "object", "required": ["size", "line_pt"], "properties": {"size": NUMBER, "line_pt": NUMBER}}
SHAPE = {
    "type": "object",
    "required": [
        *("code", "family", "valid_from", "source", "font", "margins_mm", "page_number", "body", "table", "head"),
        *("title", "letter_subject", "sections", "signature", "recipients", "end_mark"),
    ],
    "properties": {
        "family": {"enum": list(layouts.FAMILIES)},
        "valid_from": {"type": "string", "format": "date"},
        "source": {"type": "string", "minLength": 20},
        "margins_mm": {"type": "object", "required": ["top", "bottom", "left", "right"]},
        "body": SIZES,
        "table": SIZES,
    },
}


@pytest.mark.parametrize("layout", layouts.layouts(), ids=lambda layout: layout.code)
def test_a_form_is_complete_and_inside_the_ranges_of_both_rules(layout: layouts.Layout) -> None:
    jsonschema.validate(layout.rules, SHAPE)
    margins, body = layout.rules["margins_mm"], layout.rules["body"]
    assert (margins["top"], margins["bottom"], margins["left"], margins["right"]) == (20, 20, 30, 15)
    assert 14 <= body["size"] <= 15 or layout.family == "state"
    assert 18 <= body["line_pt"] <= 22
    assert body["first_line_mm"] == 10
    assert body["before_pt"] >= 6
    assert layout.rules["font"] == "Times New Roman"
    assert layout.rules["head"]["left_mm"] + layout.rules["head"]["right_mm"] == 165


def test_the_party_form_changes_on_the_day_of_the_new_guide() -> None:
    assert layouts.layout_on("party", date(2026, 5, 26)).code == "party-hd36"
    assert layouts.layout_on("party", date(2026, 5, 27)).code == "party-hd05"
    assert layouts.layout_on("state", date(2026, 5, 27)).code == "state-nd30"


def test_recipients_end_with_commas_under_the_old_guide_and_semicolons_under_the_new() -> None:
    assert layouts.layout("party-hd36").rules["recipients"]["separator"] == ","
    assert layouts.layout("party-hd05").rules["recipients"]["separator"] == ";"


def test_every_receiving_office_has_a_letterhead() -> None:
    receivers = set(catalogue.read_yaml("bodies/bodies.yaml")["receivers"].values())
    assert receivers == set(catalogue.read_yaml(layouts.ISSUERS)["offices"])


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("KẾT LUẬN PHIÊN HỌP CỦA BAN CHỈ ĐẠO", "Kết luận phiên họp của Ban Chỉ đạo"),
        ("ĐẢNG ỦY XÃ TÂN MẪU", "Đảng ủy xã Tân Mẫu"),
        ("về quy hoạch cán bộ", "về quy hoạch cán bộ"),
    ],
)
def test_a_title_in_capitals_is_cited_in_sentence_case(printed: str, cited: str) -> None:
    assert wording.sentence_case(printed) == cited


def test_counts_below_ten_take_a_leading_zero() -> None:
    assert [wording.two_digits(n) for n in (0, 3, 10, 1250)] == ["0", "03", "10", "1.250"]


def test_the_day_of_signing_stays_open() -> None:
    assert wording.open_day("Tân Mẫu", date(2026, 11, 20)) == "Tân Mẫu, ngày       tháng 11 năm 2026"
    assert wording.open_day("Tân Mẫu", date(2026, 2, 1)) == "Tân Mẫu, ngày       tháng 02 năm 2026"

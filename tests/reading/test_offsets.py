"""Whatever the text: every item is a stretch of it, the JSON has all keys, and nothing raises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xanh import reading

DOCUMENTS = sorted((Path(__file__).parents[1] / "documents").glob("*.txt"))
PIECES = [
    "I. NHIỆM VỤ",
    "1. ",
    "- ",
    "+ ",
    "a) ",
    "Giao ",
    "Văn phòng Đảng ủy",
    "các chi bộ, các phòng",
    " lập ",
    "báo cáo ",
    "trước ngày 20/3/2026",
    " hằng tháng",
    "; ",
    ". ",
    ", ",
    ":\n",
    "\n",
    "\n\n",
    " | ",
    "¹ ",
    "**",
    "(qua ",
    ")",
    "“",
    "”",
    "Kế hoạch số 22-KH/TU ngày 10/01/2026",
    "85/100 điểm",
    "đạt 75,5%",
    "trên 60% hộ",
    "KẾ HOẠCH\n",
    "Nơi nhận:\n- Lưu.",
    "PHỤ LỤC I\n",
    "TT | Nội dung | Chủ trì | Thời gian\n",
    "Số 05-KH/ĐU\n",
    "Tân Mẫu, ngày 03 tháng 3 năm 2026\n",
    "thứ Ba, ngày 11/02/2026",
    "II. MỤC TIÊU\n",
    "kiêm\n",
    "1.250 hồ sơ, trong đó",
    "MẬT",
    "\u00ad",
    "uỷ",
    "…",
    "./.",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)
KEYS = {
    "schema",
    "file",
    "text",
    "metadata",
    "citations",
    "sections",
    "tasks",
    "reporting_regimes",
    "targets",
    "figures",
    "inconsistencies",
}


def places(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"quote", "start", "end"} <= set(value):
            yield value
        for inner in value.values():
            yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


def check(found: reading.Reading) -> None:
    printed = found.to_json()
    assert set(printed) == KEYS
    assert json.loads(json.dumps(printed, ensure_ascii=False)) == printed
    for item in places(printed):
        assert found.text[item["start"] : item["end"]] == item["quote"]
    for task in found.tasks:
        assert task.quote.strip() == task.quote != ""
        assert 0 <= task.confidence <= 1
        assert task.rule.startswith("task.")
    assert [task.start for task in found.tasks] == sorted(task.start for task in found.tasks)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_error_and_quotes_are_exact(text: str) -> None:
    check(reading.read_text(text, file="a.txt"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_our_documents_have_exact_quotes(path: Path) -> None:
    check(reading.read_file(path))


def test_the_json_has_every_field_of_every_item() -> None:
    printed = reading.read_file(Path(__file__).parents[1] / "documents" / "ket_luan_hop.txt").to_json()
    assert printed["schema"] == 1
    assert set(printed["tasks"][0]) == {
        "id",
        "quote",
        "start",
        "end",
        "continuation",
        "row",
        "kind",
        "lead",
        "cooperate",
        "report_to",
        "content",
        "due",
        "recurrence",
        "product",
        "source",
        "confidence",
        "rule",
    }
    assert set(printed["tasks"][0]["due"]) == {"text", "date", "time", "qualifier", "from"}
    assert set(printed["citations"][0]) == {
        "quote",
        "start",
        "end",
        "form",
        "type",
        "number",
        "symbol",
        "issued_on",
        "issuer",
        "subject",
        "resolves_to",
        "confidence",
        "rule",
    }
    assert isinstance(printed["metadata"]["recipients"], list)


@pytest.mark.parametrize(
    "text", ["", "\n", "x", "Một câu chuyện không phải văn bản.", "Hello, this is not Vietnamese."]
)
def test_a_text_of_another_kind_gives_empty_lists(text: str) -> None:
    found = reading.read_text(text, file="a.txt")
    assert (found.tasks, found.citations, found.sections, found.figures) == ((), (), (), ())

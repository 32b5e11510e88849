"""Lights and reasons, and the page that documents them."""

import re
from pathlib import Path

from xanh.core.light import Light, Reason, verdict

PAGE = Path(__file__).parents[2] / "docs" / "status-reasons.md"


def test_every_light_has_a_word_and_a_shape() -> None:
    assert [(light.label, light.shape) for light in Light] == [("Xanh", "●"), ("Vàng", "▲"), ("Đỏ", "■"), ("Xám", "◇")]


def test_every_reason_stands_on_its_page_with_its_light_and_its_sentence() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S) (\S+) \| (.+?) \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(each.value, each.light.shape, each.light.label, each.template) for each in Reason]


def test_a_verdict_carries_the_light_of_its_reason() -> None:
    found = verdict(Reason.TASK_OVERDUE, late="2 ngày", next_step="báo cáo")
    assert (found.light, found.text, found.next_step) == (Light.RED, "quá hạn 2 ngày", "báo cáo")

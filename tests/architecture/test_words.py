"""Every event kind, setting and model is documented; every kind that the code records is listed."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from xanh.events.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xanh"


def source_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))


def test_the_page_of_events_lists_exactly_the_kinds_with_their_words() -> None:
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+) \|$", page, re.MULTILINE))
    assert listed == KINDS


def test_every_listed_kind_is_recorded_somewhere() -> None:
    text = source_text()
    # Once in the list itself, and at least once where it happens.
    assert [kind for kind in KINDS if text.count(f'"{kind}"') < 2] == []


def test_every_variable_of_the_environment_is_documented() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    read = set(re.findall(r"environ\.(?:get\(|setdefault\(|\[)?[\"'](XANH_[A-Z_]+|DATABASE_URL)", source_text()))
    shell = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("run", "test", "scripts/common.sh"))
    read |= set(re.findall(r"\$\{(XANH_[A-Z_]+)", shell))
    listed = set(re.findall(r"`(XANH_[A-Z_]+|DATABASE_URL)`", page))
    assert read == listed


def test_the_glossary_names_every_model() -> None:
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([A-Z][A-Za-z]+)`", page))
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("xanh.")}
    assert models - listed == set()
    assert {name for name in listed if name not in models} == set()

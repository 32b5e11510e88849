"""What the documents promise exists: commands, decisions, pictures, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from xanh.cli import main

ROOT = Path(__file__).parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDE = sorted((ROOT / "docs/guide").glob("*.md"))
ADRS = sorted((ROOT / "docs/adr").glob("*.md"))
PICTURES = sorted((ROOT / "docs").rglob("*.png"))
LIMIT = 150_000
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:`|bin/|^)xanh ([a-z][a-z-]+)", re.MULTILINE)
NAMES = tuple(name.replace("_", "-") for name in main.COMMANDS)
STATUSES = ("proposed", "accepted", "superseded by")


@pytest.mark.parametrize("adr", ADRS, ids=lambda path: path.stem)
def test_every_decision_has_a_number_a_status_and_a_date(adr: Path) -> None:
    text = adr.read_text(encoding="utf-8")
    assert text.startswith(f"# {adr.stem[:4]} · ")
    status = re.search(r"^- Status: (.+)$", text, re.MULTILINE)
    assert status
    assert status.group(1).startswith(STATUSES)
    assert re.search(r"^- Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(adr.stem[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_small_and_stands_in_some_document(picture: Path) -> None:
    assert picture.stat().st_size <= LIMIT
    assert any(f"/{picture.name})" in page.read_text(encoding="utf-8") for page in DOCS)


@pytest.mark.parametrize("page", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_named_command_exists(page: Path) -> None:
    named = set(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert named - set(NAMES) == set()


def test_every_command_is_described() -> None:
    described = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`xanh {name}" not in described] == []


def test_the_readmes_name_only_scripts_that_exist() -> None:
    for name in ("README.md", "README.vi.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        scripts = set(re.findall(r"(?:^|\s|`)\./([a-z]+)", text)) | set(re.findall(r"(scripts/[a-z_]+\.py)", text))
        assert [script for script in scripts - {"var"} if not (ROOT / script).exists()] == []


def test_the_guide_has_a_page_for_each_kind_of_person() -> None:
    assert {page.stem for page in GUIDE} == {"index", "nhap-lieu", "duyet", "van-phong", "lanh-dao", "quan-tri"}
    index = (ROOT / "docs/guide/index.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in index for page in GUIDE if page.stem != "index")


def test_every_variable_of_the_environment_is_described() -> None:
    read = (ROOT / "src/xanh/config/settings.py").read_text(encoding="utf-8")
    described = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    asked = set(re.findall(r'environ\.get\("([A-Z_]+)"', read))
    assert [name for name in sorted(asked) if f"`{name}`" not in described] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_line_that_is_shown_is_understood(page: Path) -> None:
    shown = re.findall(r"^(?:\.venv/bin/)?xanh (.+?)(?:\s+#.*)?$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for line in shown:
        main.parser().parse_args(shlex.split(line))

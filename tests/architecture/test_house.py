"""The shape of the house, checked by machine: foreign keys, sizes, no signals, no forgotten template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xanh"
TEMPLATES = SOURCE / "web" / "templates"
# From the bottom of the house to its top; a package may point at itself and at anything before it.
FLOORS = (
    "kit",
    "events",
    "people",
    "lights",
    "org",
    "directives",
    "indicators",
    "tasks",
    "reporting",
    "assessment",
    "publishing",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and path.read_text().strip()]


def docstring_lines(node: ast.AST) -> int:
    body = getattr(node, "body", [])
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return (first.end_lineno or first.lineno) - first.lineno + 1
    return 0


def functions() -> Iterator[tuple[str, int]]:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def file_lines(path: Path) -> int:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    inside = sum(docstring_lines(node) for node in ast.walk(tree) if isinstance(node, kinds))
    return len(path.read_text(encoding="utf-8").splitlines()) - docstring_lines(tree) - inside


def percentile_95(values: list[int]) -> int:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def test_functions_stay_small() -> None:
    found = list(functions())
    assert [name for name, lines in found if lines > 60] == []
    assert percentile_95([lines for _, lines in found]) <= 40


def test_files_stay_small() -> None:
    sizes = {path: file_lines(path) for path in python_files()}
    assert [str(path) for path, lines in sizes.items() if lines > 500] == []
    assert percentile_95(list(sizes.values())) <= 350


def own_models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("xanh.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_foreign_keys_obey_the_order_of_the_floors(model: type) -> None:
    floor = FLOORS.index(model.__module__.split(".")[1])
    for field in model._meta.get_fields():  # type: ignore[attr-defined]
        target = getattr(field, "remote_field", None) and field.related_model
        if not target or field.auto_created or not target.__module__.startswith("xanh."):
            continue
        assert FLOORS.index(target.__module__.split(".")[1]) <= floor, f"{model.__name__}.{field.name} points upward"


def test_no_model_is_reached_by_name_past_the_import_contracts() -> None:
    """import-linter sees neither `apps.get_model` nor string foreign keys; strings may only say "self"."""
    strings = re.compile(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"']([^\"']+)[\"']")
    for path in python_files():
        text = path.read_text(encoding="utf-8")
        assert "apps.get_model" not in text, path
        assert [name for name in strings.findall(text) if name != "self"] == [], path


def test_no_signals() -> None:
    users = ("post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "@receiver")
    offenders = [
        str(path) for path in python_files() if any(word in path.read_text(encoding="utf-8") for word in users)
    ]
    assert offenders == []


def test_pages_filter_no_rows_themselves() -> None:
    """A filter in an edge is a query in the wrong room (a history of changes sliced in the page is shown as found)."""
    offenders = []
    for place in ("web", "api"):
        for path in (SOURCE / place).rglob("*.py"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if ".objects." in line:
                    offenders.append(f"{path.relative_to(ROOT)}:{number}")
    assert offenders == []


def template_names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


# Templates that a library names itself.
NAMED_BY_LIBRARIES = re.compile(r"^(account|mfa|allauth)/|^(403|403_csrf|404|429|500)\.html$")


def test_every_template_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*SOURCE.rglob("*.py"), *TEMPLATES.rglob("*.html")]]
    pages = list((ROOT / "tests").rglob("*.html"))
    texts += [path.read_text(encoding="utf-8") for path in pages]
    unused = [
        name
        for name in template_names()
        if not NAMED_BY_LIBRARIES.match(name) and not any(f'"{name}"' in text or f"'{name}'" in text for text in texts)
    ]
    assert unused == []


@pytest.mark.parametrize("name", template_names())
def test_every_template_compiles_and_keeps_to_the_policy(name: str) -> None:
    get_template(name)
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", text), "scripts come from files only"
    assert not re.search(r"\son(click|change|submit|load)=", text)


def url_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_patterns(pattern)
        else:
            yield pattern


def test_every_address_has_a_name() -> None:
    assert [str(pattern.pattern) for pattern in url_patterns() if not pattern.name] == []

"""Reads the catalogue: dated, sourced data files inside the package."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from io import StringIO
from typing import Any

import yaml


def _text(path: str) -> str:
    return resources.files("xanh.catalogue").joinpath(path).read_text(encoding="utf-8")


@cache
def read_yaml(path: str) -> dict[str, Any]:
    """One YAML file of the catalogue, by its path inside it; treat the result as read-only."""
    content = yaml.safe_load(_text(path))
    if not isinstance(content, dict):
        raise TypeError(f"catalogue/{path} must be a mapping")
    return content


@cache
def read_csv(path: str) -> tuple[dict[str, str], ...]:
    """One CSV file of the catalogue as rows of text."""
    return tuple(csv.DictReader(StringIO(_text(path))))

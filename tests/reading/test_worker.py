"""The other end of the pipe, run in this process: the limits themselves are left out, they would stop the tests."""

from __future__ import annotations

import io
import json
import struct
import sys
from types import SimpleNamespace

import pytest

from tests.reading import build
from xanh.reading import worker


def served(content: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    order = json.dumps({"kind": kind, "cpu": 30, "memory": 1 << 30, "pages": 500}).encode()
    out = io.StringIO()
    monkeypatch.setattr(worker, "_limit", lambda cpu, memory: None)
    monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(struct.pack(">I", len(order)) + order + content))
    )
    monkeypatch.setattr(sys, "stdout", out)
    worker.serve()
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_the_worker_answers_with_text_media_type_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = served(
        build.word(lambda document: document.add_table(1, 2).rows[0].cells[0].paragraphs[0].add_run("Sổ") and None),
        "DOCX",
        monkeypatch,
    )
    assert answer["text"] == "Sổ | \n"
    assert answer["tables"] == [[[0, 5, [[0, 2, 0, 1, False], [5, 5, 1, 1, False]]]]]


def test_the_worker_answers_a_refusal_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served(b"12", "TEXT", monkeypatch) == {"refusal": "NO_TEXT"}


def test_limits_are_set_before_the_file_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: asked.append((kind, pair)))
    worker._limit(3, 4096)
    assert asked == [(resource.RLIMIT_CPU, (3, 4)), (resource.RLIMIT_AS, (4096, 4096)), (resource.RLIMIT_FSIZE, (0, 0))]


def test_without_resource_limits_the_wall_clock_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    worker._limit(3, 4096)

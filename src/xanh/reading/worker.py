"""Runs in a process of its own with limits on CPU, memory and time: bytes in, text and tables out, over pipes."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from typing import Any

from xanh.reading.blocks import Cell, Extracted, Row, Table
from xanh.reading.refusal import DEFAULT_LIMITS, Limits, Refusal, RefusalCode
from xanh.reading.screening import Kind

_COMMAND = "from xanh.reading import worker; worker.serve()"


def parse_limited(content: bytes, kind: Kind, limits: Limits) -> Extracted:
    """Parse a screened file in a limited process; no file is written.

    Raises:
        Refusal: what the parser found, or TIMEOUT when a limit was reached.
    """
    order = json.dumps(
        {"kind": kind, "cpu": limits.cpu_seconds, "memory": limits.memory_bytes, "pages": limits.pages}
    ).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _COMMAND] if _is_installed() else [sys.executable, "-c", _COMMAND],
            input=struct.pack(">I", len(order)) + order + content,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refusal(RefusalCode.TIMEOUT) from fault
    if done.returncode != 0:
        raise Refusal(RefusalCode.TIMEOUT)
    return _extracted(json.loads(done.stdout))


def _is_installed() -> bool:
    """Isolated mode ignores PYTHONPATH, so it is used only where the package is found without it."""
    import importlib.metadata

    try:
        importlib.metadata.version("xanh")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def parse(content: bytes, kind: Kind, limits: Limits) -> Extracted:
    """Parse in this process.

    Raises:
        Refusal: what the parser found.
    """
    from xanh.reading import files_docx, files_pdf, files_text

    if kind is Kind.DOCX:
        return files_docx.extract(content)
    if kind is Kind.PDF:
        return files_pdf.extract(content, limits)
    return files_text.extract(content)


def serve() -> None:
    """The other end of `parse_limited`: set the limits, parse, print JSON."""
    received = sys.stdin.buffer.read()
    (length,) = struct.unpack(">I", received[:4])
    order = json.loads(received[4 : 4 + length])
    _limit(order["cpu"], order["memory"])
    limits = Limits(pages=order["pages"], cpu_seconds=DEFAULT_LIMITS.cpu_seconds)
    try:
        answer = _plain(parse(received[4 + length :], Kind(order["kind"]), limits))
    except Refusal as refusal:
        answer = {"refusal": refusal.code}
    sys.stdout.write(json.dumps(answer))


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # a system without resource limits: the wall clock of the caller still holds
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _plain(found: Extracted) -> dict[str, Any]:
    tables = [
        [
            [row.start, row.end, [[cell.start, cell.end, cell.column, cell.span, cell.continues] for cell in row.cells]]
            for row in table.rows
        ]
        for table in found.blocks
    ]
    return {"text": found.text, "media_type": found.media_type, "tables": tables}


def _extracted(answer: dict[str, Any]) -> Extracted:
    if "refusal" in answer:
        raise Refusal(RefusalCode(answer["refusal"]))
    tables = tuple(
        Table(tuple(Row(start, end, tuple(Cell(*cell) for cell in cells)) for start, end, cells in rows))
        for rows in answer["tables"]
    )
    return Extracted(answer["text"], answer["media_type"], tables)

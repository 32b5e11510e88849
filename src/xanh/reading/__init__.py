"""Read a directive: file → text → metadata, citations, sections, tasks, regimes, targets, figures, inconsistencies.

Pure Python: no Django, no database, no clock. The developer page is docs/reading.md.
"""

from __future__ import annotations

from pathlib import Path

from xanh.reading import screening, worker
from xanh.reading.blocks import Extracted
from xanh.reading.model import (
    Citation,
    Due,
    Figure,
    Inconsistency,
    Metadata,
    Quote,
    Reading,
    Recurrence,
    Regime,
    Section,
    Span,
    Target,
    Task,
)
from xanh.reading.refusal import DEFAULT_LIMITS, Limits, Refusal, RefusalCode
from xanh.reading.understand import understand

__all__ = [
    "DEFAULT_LIMITS",
    "Citation",
    "Due",
    "Extracted",
    "Figure",
    "Inconsistency",
    "Limits",
    "Metadata",
    "Quote",
    "Reading",
    "Recurrence",
    "Refusal",
    "RefusalCode",
    "Regime",
    "Section",
    "Span",
    "Target",
    "Task",
    "extract",
    "extract_bytes",
    "read_bytes",
    "read_file",
    "read_text",
    "screen_upload",
]


def screen_upload(content: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Judge an upload in memory before anything is stored; a PDF is opened in the limited process to see its head.

    Raises:
        Refusal: the file must not be stored. A PDF of pictures alone passes: it may be kept, though not read.
    """
    screening.screen_upload(content, name, limits=limits)
    kind = screening.kind_of(content, name, limits=limits)
    if kind is screening.Kind.PDF:
        try:
            worker.parse_limited(content, kind, limits)
        except Refusal as refusal:
            if refusal.code is not RefusalCode.NO_TEXT:
                raise


def read_text(text: str, *, file: str) -> Reading:
    """Understand a text; `file` is the name shown with the result."""
    return understand(text, file=file)


def read_bytes(content: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Screen an upload in memory, parse it in a limited process, understand it. Nothing is written to disk.

    Raises:
        Refusal: the file is not taken; `message` says what happened, why and what to do.
    """
    found = extract_bytes(content, name=name, limits=limits)
    return understand(found.text, file=name, tables_of_file=found.blocks or None)


def read_file(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a file from disk, with the same care as an upload.

    Raises:
        Refusal: the file is not taken.
        OSError: there is no such file, or it may not be opened.
    """
    return read_bytes(_content(path, limits), name=path.name, limits=limits)


def extract(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """The text, media type and tables of a file.

    Raises:
        Refusal: the file is not taken.
    """
    return extract_bytes(_content(path, limits), name=path.name, limits=limits)


def extract_bytes(content: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """The text, media type and tables of an upload.

    Raises:
        Refusal: the file is not taken.
    """
    screening.screen_upload(content, name, limits=limits)
    kind = screening.kind_of(content, name, limits=limits)
    if kind is screening.Kind.TEXT:  # decoding plain text costs nothing that needs a limit
        return worker.parse(content, kind, limits)
    return worker.parse_limited(content, kind, limits)


def _content(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        return file.read(limits.file_bytes + 1)

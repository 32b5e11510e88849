"""The first look at an upload, on bytes in memory, before anything is stored: size, kind, locks, bombs."""

from __future__ import annotations

import html
import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from xanh.reading import secrecy
from xanh.reading.refusal import DEFAULT_LIMITS, Limits, Refusal, RefusalCode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_PART = "word/document.xml"
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_CHUNK = 1 << 16
_TEXT_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PEEK_BYTES = 20_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """The kinds of file that are read."""

    DOCX = "DOCX"
    PDF = "PDF"
    TEXT = "TEXT"


MEDIA_TYPES = {
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.TEXT: "text/plain",
}
_SUFFIXES = {".docx": Kind.DOCX, ".pdf": Kind.PDF, ".txt": Kind.TEXT, ".md": Kind.TEXT}


def screen_upload(content: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Turn away what must not be stored, as far as it shows without parsing (the head of a PDF is seen in the worker).

    Raises:
        Refusal: with the reason; nothing has been written anywhere.
    """
    kind = kind_of(content, name, limits=limits)
    head = _peek(content, kind)
    if head is not None and secrecy.looks_secret(head):
        raise Refusal(RefusalCode.SECRET)


def kind_of(content: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """The kind of a file by its bytes, which must agree with its suffix.

    Raises:
        Refusal: empty, too large, locked, broken, a bomb, or of a kind that is not read.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refusal(RefusalCode.EMPTY)
    if len(content) > limits.file_bytes:
        raise Refusal(RefusalCode.TOO_LARGE, limit_mb=limits.file_bytes // (1024 * 1024))
    kind = _SUFFIXES.get(PurePath(name).suffix.lower())
    if kind is None:
        raise Refusal(RefusalCode.UNSUPPORTED)
    if kind is Kind.DOCX:
        _check_docx(content, limits)
    elif kind is Kind.PDF:
        _check_pdf(content)
    else:
        _check_text(content)
    return kind


def _check_docx(content: bytes, limits: Limits) -> None:
    if content.startswith(_OLE):
        locked = _ENCRYPTED_PACKAGE in content
        raise Refusal(RefusalCode.PASSWORD_PROTECTED if locked else RefusalCode.UNSUPPORTED)
    if not content.startswith(b"PK"):
        raise Refusal(RefusalCode.UNSUPPORTED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, len(content), limits)
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise Refusal(RefusalCode.CORRUPT) from fault


def _check_archive(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise Refusal(RefusalCode.BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal(RefusalCode.PASSWORD_PROTECTED)
    if not any(entry.filename == _WORD_PART for entry in entries):
        raise Refusal(RefusalCode.UNSUPPORTED)
    unpacked = 0
    for entry in entries:
        if entry.filename.lower().endswith((".zip", ".docx", ".jar", ".gz", ".7z", ".rar")):
            raise Refusal(RefusalCode.BOMB)
        unpacked = _unpack(archive, entry, unpacked, packed, limits)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int, packed: int, limits: Limits) -> int:
    """Count what an entry really unpacks to (the sizes in its header may lie); look for entities in XML parts."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    total = before
    with archive.open(entry) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            total += len(chunk)
            if total > limits.unpacked_bytes or total > max(limits.unpacking_ratio * packed, _CHUNK * 16):
                raise Refusal(RefusalCode.BOMB)
            if is_xml and _ENTITY.search(tail + chunk):
                raise Refusal(RefusalCode.BOMB)
            tail = chunk[-16:]
    return total


def _check_pdf(content: bytes) -> None:
    if b"%PDF-" not in content[:1024]:
        raise Refusal(RefusalCode.UNSUPPORTED)
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content) or re.search(rb"/Encrypt\s*<<", content):
        raise Refusal(RefusalCode.PASSWORD_PROTECTED)


def _check_text(content: bytes) -> None:
    other = content.startswith((b"PK\x03\x04", b"%PDF-", _OLE, b"MZ", b"\x7fELF"))
    # UTF-16 is full of zero bytes; its mark says that they are letters.
    if other or (not content.startswith(_UTF16_MARKS) and _TEXT_CONTROL.search(content[:_PEEK_BYTES])):
        raise Refusal(RefusalCode.UNSUPPORTED)


def _peek(content: bytes, kind: Kind) -> str | None:
    """The first words of a file as far as they can be had without parsing it in full; None for PDF (read in the
    worker)."""
    if kind is Kind.TEXT:
        encoding = "utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig"
        return content[:_PEEK_BYTES].decode(encoding, errors="replace").replace("\r\n", "\n")
    if kind is Kind.PDF:
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # A stamp may stand in a running head or a text box as well as in the first paragraphs.
        heads = sorted(entry for entry in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", entry))
        return "\n".join(_lines_of(archive, part) for part in [*heads[:3], _WORD_PART])


def _lines_of(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        xml = part.read(_PEEK_BYTES * 20).decode("utf-8", errors="replace")
    lines = re.sub(r"</w:p>|</w:tc>|<w:br\b[^>]*>", "\n", xml)
    return html.unescape(re.sub(r"<[^>]+>", "", lines))

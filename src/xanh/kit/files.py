"""Keep and read files by the hash of their content."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xanh.kit.models import StoredFile


def path_of(stored: StoredFile) -> Path:
    """Where the content lies."""
    return Path(settings.UPLOADS) / stored.sha256[:2] / stored.sha256


def digest_of(content: bytes) -> str:
    """SHA-256 of a content, hex."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Store a content once; the file is complete on disk before the row is written."""
    digest = digest_of(content)
    found = StoredFile.objects.filter(sha256=digest).first()
    target = Path(settings.UPLOADS) / digest[:2] / digest
    # A row whose file was lost on disk gets its content back.
    if found is not None and target.exists():
        return found
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)
    return found or StoredFile.objects.create(sha256=digest, size=len(content), media_type=media_type, stored_at=at)


def read(stored: StoredFile) -> bytes:
    """The content of a stored file."""
    return path_of(stored).read_bytes()

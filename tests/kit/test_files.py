"""Files lie under the hash of their content; the same content is kept once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from xanh.kit import files
from xanh.kit.models import StoredFile

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
# The published SHA-256 of the three letters "abc" (FIPS 180-2, appendix B.1).
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_file_lies_under_the_hash_of_its_content(uploads: Path) -> None:
    stored = files.keep(b"abc", media_type="text/plain", at=AT)
    assert (stored.sha256, stored.size, stored.media_type, stored.stored_at) == (ABC, 3, "text/plain", AT)
    assert files.path_of(stored) == uploads / "ba" / ABC
    assert files.read(stored) == b"abc"


def test_the_same_content_is_kept_once(uploads: Path) -> None:
    first = files.keep(b"abc", media_type="text/plain", at=AT)
    again = files.keep(b"abc", media_type="application/pdf", at=AT + timedelta(days=1))
    assert again.pk == first.pk
    assert StoredFile.objects.filter(sha256=ABC).count() == 1
    assert (again.media_type, again.stored_at) == ("text/plain", AT)


def test_other_content_is_another_file(uploads: Path) -> None:
    kept = [files.keep(content, media_type="text/plain", at=AT) for content in (b"abc", b"abd")]
    assert [files.read(stored) for stored in kept] == [b"abc", b"abd"]


def test_no_half_written_file_stays_behind(uploads: Path) -> None:
    files.keep(b"abc", media_type="text/plain", at=AT)
    assert [path.name for path in uploads.rglob("*") if path.is_file()] == [ABC]


def test_content_that_was_lost_on_disk_is_laid_down_again(uploads: Path) -> None:
    stored = files.keep(b"abc", media_type="text/plain", at=AT)
    files.path_of(stored).unlink()
    assert files.read(files.keep(b"abc", media_type="text/plain", at=AT)) == b"abc"


def test_the_database_refuses_an_empty_file() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(sha256="0" * 64, size=0, media_type="text/plain", stored_at=AT)

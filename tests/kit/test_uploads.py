"""Uploads stay in memory and are bounded."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory
from pytest_django import Settings

from xanh.kit.uploads import TooLargeMarker

# Two chunks of Django's 64 KiB and a bit, so that the limit falls into the middle of a file.
LIMIT = 150_000


@pytest.fixture
def temporary(tmp_path: Path, settings: Settings) -> Path:
    """Where Django would put temporary files, with the limit turned down."""
    place = tmp_path / "temporary"
    place.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(place)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    settings.UPLOAD_MAX_BYTES = LIMIT
    return place


def _sent(*contents: bytes) -> list[InMemoryUploadedFile]:
    files = [SimpleUploadedFile(f"tep-{number}.pdf", content) for number, content in enumerate(contents)]
    request = RequestFactory().post("/", {"files": files})
    return list(request.FILES.getlist("files"))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [LIMIT + 1, 400_000])
def test_a_file_over_the_limit_arrives_empty_with_its_true_size(temporary: Path, size: int) -> None:
    (file,) = _sent(b"x" * size)
    assert isinstance(file, TooLargeMarker)
    assert (file.read(), file.size, file.name) == (b"", size, "tep-0.pdf")


@pytest.mark.parametrize("size", [1, 65_537, LIMIT])
def test_a_file_up_to_the_limit_is_kept_whole_in_memory(temporary: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    (file,) = _sent(content)
    assert not isinstance(file, TooLargeMarker)
    assert (file.read(), file.size) == (content, size)
    assert isinstance(file.file, BytesIO)


def test_each_file_of_a_request_is_judged_by_itself(temporary: Path) -> None:
    large, small = _sent(b"x" * (LIMIT + 1), b"nho")
    assert (type(large), type(small)) == (TooLargeMarker, InMemoryUploadedFile)
    assert small.read() == b"nho"


def test_nothing_touches_the_disk(temporary: Path, uploads: Path) -> None:
    files = _sent(b"x" * (LIMIT + 1), b"y" * LIMIT)
    assert [hasattr(file, "temporary_file_path") for file in files] == [False, False]
    assert list(temporary.iterdir()) == []
    assert not uploads.exists()

"""Uploads stay in memory and are bounded, so that nothing touches the disk before it has been judged."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TooLargeMarker(InMemoryUploadedFile):
    """Stands for a file over the limit: its content was thrown away while it came in."""


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keep at most `UPLOAD_MAX_BYTES` of a file; a larger one arrives empty, as `TooLargeMarker`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start one file of the request."""
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django's signature
        """Keep the chunk, or drop everything once the file has grown past the limit."""
        if self.too_large:
            return None
        self.kept.write(raw_data)
        if self.kept.tell() > settings.UPLOAD_MAX_BYTES:
            self.too_large = True
            self.kept = BytesIO()
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand over what was kept; `size` is the true size, also of a dropped file."""
        kind = TooLargeMarker if self.too_large else InMemoryUploadedFile
        self.kept.seek(0)
        return kind(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

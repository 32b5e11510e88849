"""TXT and MD: the file as it is, as Unicode (NFC) with line feeds only."""

from __future__ import annotations

import unicodedata

from xanh.reading.blocks import Extracted
from xanh.reading.refusal import Refusal, RefusalCode

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def extract(content: bytes) -> Extracted:
    """The text of a plain file; other encodings than UTF-8 are tried because old office tools still write them.

    Raises:
        Refusal: the bytes are no text.
    """
    text = _decode(content)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(letter.isalpha() for letter in text):
        raise Refusal(RefusalCode.NO_TEXT)
    return Extracted(text, "text/plain")


def _decode(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith(_UTF16_MARKS):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(RefusalCode.CORRUPT)

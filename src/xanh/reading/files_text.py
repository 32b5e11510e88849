"""TXT and MD: the file as it is, as Unicode (NFC) with line feeds only."""

from __future__ import annotations

import unicodedata

from xanh.reading.blocks import Extracted
from xanh.reading.refusal import Refusal, RefusalCode

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def extract(content: bytes) -> Extracted:
    """The text of a plain file in UTF-8, or in UTF-16 with its mark (as older office tools write it).

    Raises:
        Refusal: the bytes are no text, or there is no word in it.
    """
    text = _decode(content)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(letter.isalpha() for letter in text):
        raise Refusal(RefusalCode.NO_TEXT)
    return Extracted(text, "text/plain")


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(RefusalCode.CORRUPT) from fault

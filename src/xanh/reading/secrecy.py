"""Whether a document is a State secret, judged by the stamp and the symbol in its head, never by a word in running
text.

Source: Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 (the degree is stamped: Tuyệt mật, Tối mật, Mật) and the rules on
the
presentation of documents (the stamp stands in the head; offices mark the symbol of a secret document with "/M", "(M)").
"""

from __future__ import annotations

import re

_HEAD_LINES = 40
_STAMP = re.compile(r"[\W_]*(?:ĐỘ\s+MẬT\s*:?\s*)?(?:TUYỆT\s+MẬT|TỐI\s+MẬT|M[ẬÂ]T|Tuyệt\s+mật|Tối\s+mật|Mật)[\W_]*")
_SECRET_SYMBOL = re.compile(
    r"[Ss]ố\s*:?\s*\d{0,5}\s*[-/][A-Za-zĐđ\d/&-]+?(?:/\s*(?:M|TM|ToM|TuM)(?![\w-])|\s*\((?:M|TM|ToM|TuM)\))"
)
_BODY_BEGINS = re.compile(r"\s*(?:Căn\s+cứ|Kính\s+(?:gửi|trình)|I[.-]\s|Điều\s+1|1\.\s)")


def looks_secret(text: str) -> bool:
    """Whether the head carries a stamp of secrecy standing alone, or a symbol of a secret document."""
    for line in _head(text):
        for cell in line.split("|"):
            if _STAMP.fullmatch(cell) or _SECRET_SYMBOL.search(cell):
                return True
    return False


def _head(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()][:_HEAD_LINES]
    for index, line in enumerate(lines):
        if _BODY_BEGINS.match(line):
            return lines[:index]
    return lines

"""Sentences that may be tasks and were not read as such: a second look at whether all that binds us is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Words by which documents bind somebody to do something; a sentence with none of them is not shown.
CUES = re.compile(
    r"(?<!\w)(?:giao|đề nghị|yêu cầu|chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|phải|khẩn trương|hoàn thành|"
    r"xây dựng|ban hành|tham mưu|tổng hợp|báo cáo|rà soát|triển khai|tổ chức|gửi về)(?!\w)",
    re.IGNORECASE,
)
# Words of results and of the past; such sentences report, they do not assign.
PAST = re.compile(r"(?<!\w)(?:đã|đạt được|kết quả|tuy nhiên|còn hạn chế|căn cứ|kính gửi|nơi nhận)(?!\w)", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n+")
SHORTEST = 40
MOST = 40


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of the text: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


def leftovers(text: str, taken: Iterable[tuple[int, int]]) -> list[Leftover]:
    """Up to 40 sentences with a binding word that no item covers, in the order of the text."""
    covered = sorted(taken)
    found = []
    for start, end in _sentences(text):
        quote = text[start:end]
        if len(quote) < SHORTEST or quote.endswith(":") or not CUES.search(quote) or PAST.search(quote):
            continue
        if any(start < there_end and there_start < end for there_start, there_end in covered):
            continue
        found.append(Leftover(quote, start, end))
    return found[:MOST]


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for cut in [*SENTENCE_END.finditer(text), None]:
        start, end = at, cut.start() if cut else len(text)
        at = cut.end() if cut else at
        while start < end and text[start] in " \t-+*•":
            start += 1
        while end > start and text[end - 1] in " \t*":
            end -= 1
        if start < end:
            yield start, end

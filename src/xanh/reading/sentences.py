"""Sentences and their clauses, found on the flat copy of the text."""

from __future__ import annotations

import re

from xanh.reading.view import letters

_STOP = re.compile(letters(r"(?:\.{1,3}|[!?…])[”\")\]]?\s+(?=[A-ZĐÀ-Ỹ“\"(\d+-])"))
_SHORT = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TS|ThS|PGS|GS|BS|KS|CN|tr|đ/c|TX|TT|Mr|St|Q|P|H|X|No|v\.v|TM|KT|TL|TUQ|[A-ZĐ])\.$"
)
_OPENERS, _CLOSERS = "([“", ")]”"


def _depth_ok(flat: str, start: int, at: int) -> bool:
    """Whether no bracket or quotation mark opened in the sentence is still open."""
    return all(
        flat.count(left, start, at) <= flat.count(right, start, at)
        for left, right in zip(_OPENERS, _CLOSERS, strict=True)
    )


def split(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph, as (start, end)."""
    parts: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(flat, start, end):
        before = flat[max(begin, stop.start() - 6) : stop.start() + 1]
        label_only = re.fullmatch(r"\s*[-+(]?\s*[\dIVXLCa-zđ.]{1,8}", flat[begin : stop.start()])
        if label_only or _SHORT.search(before) or not _depth_ok(flat, begin, stop.start() + 1):
            continue
        following = flat[stop.end()]
        if not (following.isupper() or following in '“"(' or following.isdigit()):
            continue
        parts.append((begin, stop.end()))
        begin = stop.end()
    parts.append((begin, end))
    return [(left, right) for left, right in parts if flat[left:right].strip(" .;,")]


def clauses(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between the semicolons of a sentence that stand outside brackets and quotation marks."""
    parts: list[tuple[int, int]] = []
    begin = start
    for at in range(start, end):
        if flat[at] == ";" and _depth_ok(flat, start, at):
            parts.append((begin, at))
            begin = at + 1
    parts.append((begin, end))
    return [(left, right) for left, right in parts if flat[left:right].strip(" .,")]

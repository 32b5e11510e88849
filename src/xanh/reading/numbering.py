"""The numbers and bullets that Word sets in front of paragraphs, written out as they are seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts and what is printed around the number."""

    start: int
    form: str
    template: str


def _value(element: Any, path: str, default: str = "") -> str:
    found = element.find(path)
    return default if found is None else str(found.get(f"{W}val", default))


def roman(number: int) -> str:
    """4 → IV."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        while number >= value:
            written, number = written + sign, number - value
    return written


def written(number: int, form: str) -> str:
    """A number in one of Word's forms."""
    if form in {"upperRoman", "lowerRoman"}:
        sign = roman(number)
        return sign if form == "upperRoman" else sign.lower()
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


class Numbering:
    """Counts paragraphs in reading order; `label` must be called once for each numbered paragraph."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """Take the parsed parts numbering.xml and styles.xml (each may be None)."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)
        self._started: set[str] = set()
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_numbering(self, numbering: Any) -> None:
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            levels = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in abstract.iterfind(f"{W}lvl")}
            self._levels[str(abstract.get(f"{W}abstractNumId"))] = levels
        for number in numbering.iterfind(f"{W}num"):
            key = str(number.get(f"{W}numId"))
            self._abstract_of[key] = _value(number, f"{W}abstractNumId")
            for override in number.iterfind(f"{W}lvlOverride"):
                start = _value(override, f"{W}startOverride")
                if start:
                    self._overrides[key, int(override.get(f"{W}ilvl", "0"))] = int(start)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iterfind(f"{W}style"):
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                level = int(_value(numbered, f"{W}ilvl", "0"))
                self._by_style[str(style.get(f"{W}styleId"))] = (_value(numbered, f"{W}numId"), level)

    def label(self, paragraph: Any) -> str:
        """The printed label of a paragraph ("1.", "a)", "-"), or "" when it has none."""
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph, f"{W}pPr/{W}pStyle")
        number, level = self._by_style.get(style, ("", 0))
        if numbered is not None:
            number = _value(numbered, f"{W}numId", number)
            level = int(_value(numbered, f"{W}ilvl", str(level)))
        levels = self._levels.get(self._abstract_of.get(number, ""), {})
        if level not in levels:
            return ""
        return self._count(number, level, levels)

    def _count(self, number: str, level: int, levels: dict[int, Level]) -> str:
        abstract = self._abstract_of[number]
        counts = self._counts[abstract]
        if number not in self._started:
            self._started.add(number)
            for (key, at), start in self._overrides.items():
                if key == number:
                    counts[at] = start - 1
        if counts[level] == 0:
            counts[level] = levels[level].start - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].form == "bullet":
            return "+" if levels[level].template.strip() == "+" else "-"
        if levels[level].form == "none":
            return levels[level].template.strip()
        printed = levels[level].template
        for index in range(level + 1):
            shown = levels.get(index, levels[level])
            printed = printed.replace(f"%{index + 1}", written(counts[index] or shown.start, shown.form))
        return printed.strip()


def _level(level: Any) -> Level:
    start = int(_value(level, f"{W}start", "1"))
    return Level(start, _value(level, f"{W}numFmt", "decimal"), _value(level, f"{W}lvlText"))

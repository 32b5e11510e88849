"""The text and two equally long copies of it on which the rules look: noise becomes blanks, spelling becomes one.

Because every copy has the same length, a place found in a copy is the place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from xanh.core.text import same_tone_place
from xanh.reading.model import Quote

_FLAT = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "Ð": "Đ",
        "\xa0": " ",
        "\n": " ",
        "\t": " ",
        "*": " ",
        "_": " ",
        "`": " ",
        "\xad": " ",
        "\u200b": " ",
        "\u200c": " ",
        "\u200d": " ",
        "\ufeff": " ",
        "’": "'",
        "‘": "'",
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),
    }
)
_EDGE_LEFT = " \n\t*_`-+•–—,;:.⁰¹²³⁴⁵⁶⁷⁸⁹\xa0"
_EDGE_RIGHT = " \n\t*_`,;:⁰¹²³⁴⁵⁶⁷⁸⁹\xa0"


def flatten(text: str) -> str:
    """Equally long copy: one kind of dash and blank, emphasis and footnote marks blank, one place for tone marks."""
    # Only composed letters keep their number when a tone mark moves; a decomposed text is left as it is.
    toned = same_tone_place(text) if unicodedata.is_normalized("NFC", text) else text
    return re.sub(r"\[\^?\d+\]", lambda hit: " " * len(hit[0]), toned).translate(_FLAT)


# In Unicode the Vietnamese capitals stand between the small letters: the ranges "À-Ỹ" and "à-ỹ" of a pattern mean
# these.
CAPITALS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"


def letters(pattern: str) -> str:
    """A pattern in which "À-Ỹ" stands for the Vietnamese capitals and "à-ỹ" for the small letters."""
    return pattern.replace("À-Ỹ", CAPITALS).replace("à-ỹ", CAPITALS.lower())


@lru_cache(maxsize=1024)
def words(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern in which a single blank stands for any run of white space (line breaks become blanks)."""
    loose = re.sub(" [?*]", "<any>", letters(pattern)).replace(" ", r"\s+").replace("<any>", r"\s*")
    return re.compile(loose, flags)


def one_of(block: str) -> str:
    """An alternation out of a list of phrases parted by line ends or " | "; longer ones first, blanks stand for any
    run."""
    phrases = [phrase.strip() for line in block.splitlines() for phrase in line.split(" | ") if phrase.strip()]
    plain = {
        phrase: len(re.split(r"\(\?[!=]", phrase.replace("(?-i:", "("))[0]) for phrase in phrases
    }  # a look-ahead adds no length
    return "(?:" + "|".join(sorted(phrases, key=plain.__getitem__, reverse=True)) + r")(?!\w)"


@dataclass(frozen=True)
class View:
    """`text` as printed, `flat` its copy for rules, `body` the same with footnotes, head-lines and page numbers
    blank."""

    text: str
    flat: str
    body: str

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Move the edges of a quote inside: no bullet, emphasis, footnote mark, closing `. ; , :`."""
        while start < end and self.text[start] in _EDGE_LEFT:
            start += 1
        while start < end:
            last = self.text[end - 1]
            single_stop = last == "." and self.text[max(start, end - 3) : end] != "..."
            if last in _EDGE_RIGHT or single_stop or self.text[start:end].endswith("./"):
                end -= 1
            else:
                break
        return start, end

    def quote(self, start: int, end: int) -> Quote:
        """The trimmed quote of a stretch."""
        start, end = self.trim(start, end)
        return Quote(self.text[start:end], start, end)

    def broken_quote(self, start: int, end: int) -> tuple[Quote, Quote | None]:
        """The quote of a stretch, and what follows a footnote or running head that stands in its middle."""
        start, end = self.trim(start, end)
        hidden = [at for at in range(start, end) if self.body[at] == " " and self.flat[at] != " "]
        if not hidden:
            return Quote(self.text[start:end], start, end), None
        first = self.quote(start, hidden[0])
        return first, self.quote(hidden[-1] + 1, end)

    def words_of(self, start: int, end: int) -> str:
        """The stretch as one line, without emphasis, footnotes and doubled blanks (for content lines and headings)."""
        kept = "".join(" " if self.body[at] == " " else self.text[at] for at in range(start, end))
        return " ".join(kept.split())

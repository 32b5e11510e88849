"""Vietnamese text: one spelling for searching, one for comparing, one for sorting."""

from __future__ import annotations

import re
import unicodedata

_HUYEN, _HOI, _NGA, _SAC, _NANG = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
# The order of the tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE_RANKS = {_HUYEN: 1, _HOI: 2, _NGA: 3, _SAC: 4, _NANG: 5}
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
# "~" stands behind every letter and digit of ASCII, so "a" < "a~" (ă) < "a~~" (â) < "b" byte by byte.
_LETTER_MARKS = {
    ("a", _BREVE): "a~",
    ("a", _CIRCUMFLEX): "a~~",
    ("e", _CIRCUMFLEX): "e~",
    ("o", _CIRCUMFLEX): "o~",
    ("o", _HORN): "o~~",
    ("u", _HORN): "u~",
}
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
_LETTER = r"[^\W\d_]"
_TONED = {
    letter: "".join(unicodedata.normalize("NFC", letter + tone) for tone in _TONE_RANKS) for letter in "oaeuyOAEUY"
}
_TONED_O, _TONED_U = _TONED["o"] + _TONED["O"], _TONED["u"] + _TONED["U"]
_TONED_AE = _TONED["a"] + _TONED["A"] + _TONED["e"] + _TONED["E"]
_TONED_Y = _TONED["y"] + _TONED["Y"]
# Open syllables carry the tone on the first vowel ("hòa", "thủy"), closed ones on the second ("hoàn", "huỳnh").
_OPEN_LATE = re.compile(rf"([oO])([{_TONED_AE}])(?!{_LETTER})|(?<![qQ])([uU])([{_TONED_Y}])(?!{_LETTER})")
_CLOSED_EARLY = re.compile(rf"([{_TONED_O}])([aeAE])(?={_LETTER})|([{_TONED_U}])([yY])(?={_LETTER})")
# In "quý" the u belongs to the consonant "qu" and never carries the tone.
_QU_EARLY = re.compile(rf"(?<=[qQ])([{_TONED_U}])([yY])(?!{_LETTER})")


def nfc(s: str) -> str:
    """The composed form (NFC) of `s`: the only form that is stored and compared."""
    return unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """`s` for searching: no marks, đ as d, lower case, runs of white space as one space, none at the ends."""
    bare = "".join(ch for ch in unicodedata.normalize("NFD", nfc(s)) if not unicodedata.combining(ch))
    folded = bare.replace("đ", "d").replace("Đ", "d").replace("\u2019", "'").casefold()
    return " ".join(folded.split())


def same_tone_place(s: str) -> str:
    """`s` in NFC with every tone mark on one canonical vowel: hoà → hòa, thuỷ → thủy, hòan → hoàn, qúy → quý."""
    composed = nfc(s)
    early = _OPEN_LATE.sub(lambda m: _tone_to_first(m[1] or m[3], m[2] or m[4]), composed)
    late = _CLOSED_EARLY.sub(lambda m: _tone_to_second(m[1] or m[3], m[2] or m[4]), early)
    return _QU_EARLY.sub(lambda m: _tone_to_second(m[1], m[2]), late)


def sort_key(s: str) -> str:
    """A storable key whose byte order is Vietnamese alphabetical order, the same on SQLite and on PostgreSQL ("C").

    ASCII only. Words are compared one after the other as dictionaries do: first the letters (a ă â b … d đ e ê …),
    then the tone (ngang huyền hỏi ngã sắc nặng). Numbers are compared as numbers ("Phường 2" before "Phường 10").
    Case, punctuation and the place of the tone mark make no difference.
    """
    return " ".join(_word_key(word) for word in _WORDS.findall(nfc(s)))


def _word_key(word: str) -> str:
    if word[0] in "0123456789":
        digits = word.lstrip("0") or "0"
        # The length goes first, so that 9 stands before 10; digits stand before every letter.
        return f"{len(digits):03d}{digits}"
    letters: list[str] = []
    tone = 0
    for ch in unicodedata.normalize("NFD", word.casefold()):
        if ch in _TONE_RANKS:
            tone = _TONE_RANKS[ch]
        elif ch == "đ":
            letters.append("d~")
        elif unicodedata.combining(ch):
            if letters:
                letters[-1] = _LETTER_MARKS.get((letters[-1], ch), letters[-1])
        else:
            letters.append(ch if ch.isascii() else f"~~~{ord(ch):06x}")
    return f"{''.join(letters)}{tone}"


def _tone_of(vowel: str) -> tuple[str, str]:
    """The vowel without its tone, and the tone."""
    decomposed = unicodedata.normalize("NFD", vowel)
    tone = next(ch for ch in decomposed if ch in _TONE_RANKS)
    return nfc(decomposed.replace(tone, "")), tone


def _tone_to_first(first: str, toned: str) -> str:
    bare, tone = _tone_of(toned)
    return nfc(first + tone) + bare


def _tone_to_second(toned: str, second: str) -> str:
    bare, tone = _tone_of(toned)
    return bare + nfc(second + tone)

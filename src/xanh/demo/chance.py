"""Chance that always falls the same way: drawn from words, never from a generator with a memory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_SPAN = float(1 << 64)


def draw(*words: object) -> float:
    """A number from 0 up to (not including) 1, the same for the same words on every machine."""
    said = "|".join(str(word) for word in words)
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), "big") / _SPAN


def between(low: float, high: float, *words: object) -> float:
    """A number from `low` to `high`."""
    return low + (high - low) * draw(*words)


def whole(low: int, high: int, *words: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + int((high - low + 1) * draw(*words))


def pick(options: Sequence[T], *words: object) -> T:
    """One of some options."""
    return options[int(len(options) * draw(*words))]


def weighted(options: Sequence[tuple[T, float]], *words: object) -> T:
    """One of some options by their weights, which need not add up to 1."""
    rest = sum(weight for _, weight in options) * draw(*words)
    for option, weight in options:
        rest -= weight
        if rest < 0:
            return option
    return options[-1][0]

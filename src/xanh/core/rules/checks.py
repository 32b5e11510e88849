"""The checks of an indicator as they stand in a set: expressions, messages and levels side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xanh.core.rules import syntax

_SEPARATOR = "; "


class Level(StrEnum):
    """HARD must be put right before sending; SOFT is lifted by a note ("thuyết minh")."""

    HARD = "HARD"
    SOFT = "SOFT"


@dataclass(frozen=True)
class Check:
    """A rule, the sentence for the person whose figures break it, and how much it binds."""

    rule: syntax.Rule
    message: str
    level: Level


def split_checks(checks_expr: str, messages: str, levels: str) -> tuple[Check, ...]:
    """The checks of one indicator; the three texts hold the same number of parts, split by "; ".

    Raises RuleError where a part is not a rule, a level is unknown, or the numbers of parts differ.
    """
    expressions = _split(checks_expr)
    sentences, words = _split(messages), _split(levels)
    if not len(expressions) == len(sentences) == len(words):
        raise syntax.RuleError(
            f"có {len(expressions)} biểu thức, {len(sentences)} thông báo, {len(words)} mức; ba số phải bằng nhau.",
            expression=checks_expr,
            place=1,
        )
    return tuple(
        Check(syntax.parse(expression), sentence, _level(word, expression))
        for expression, sentence, word in zip(expressions, sentences, words, strict=True)
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(_SEPARATOR)] if text.strip() else []


def _level(word: str, expression: str) -> Level:
    try:
        return Level(word.upper())
    except ValueError:
        raise syntax.RuleError(
            f"mức “{word}” chưa đúng; chỉ dùng hard hoặc soft.", expression=expression, place=1
        ) from None

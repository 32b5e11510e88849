"""The "6 rõ" of a piece of work, in the order of Kết luận 226-KL/TW.

Người, việc, thời gian, trách nhiệm, thẩm quyền, sản phẩm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """One of the six points; the value is the code, `label` the word on the screen."""

    PERSON = "person"
    WORK = "work"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    AUTHORITY = "authority"
    PRODUCT = "product"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return LABELS[self]


LABELS = {
    Point.PERSON: "người",
    Point.WORK: "việc",
    Point.TIME: "thời gian",
    Point.RESPONSIBILITY: "trách nhiệm",
    Point.AUTHORITY: "thẩm quyền",
    Point.PRODUCT: "sản phẩm",
}
# Without these two nothing can be assigned; the rest is shown as "Chưa rõ" and asked from the leading unit.
STOPPING = (Point.RESPONSIBILITY, Point.WORK)
STOP_WORDS = {Point.RESPONSIBILITY: "chủ trì", Point.WORK: "nội dung"}


@dataclass(frozen=True, slots=True)
class Dot:
    """One point with its state and what it rests on, for the six dots of a screen."""

    point: Point
    clear: bool
    basis: str

    @property
    def label(self) -> str:
        """The word beside the dot."""
        return self.point.label


def dots(*, lead: str, content: str, time: str, authority: str, product: str, person: str = "") -> tuple[Dot, ...]:
    """The six dots from the words that stand for each point ("" = not clear).

    Defaults of design §4: the person is the head of the leading unit, the responsibility is the lead's, the authority
    is the issuing document's.
    """
    head = person or (f"người đứng đầu {lead}" if lead else "")
    basis: Mapping[Point, str] = {
        Point.PERSON: head,
        Point.WORK: content,
        Point.TIME: time,
        Point.RESPONSIBILITY: lead,
        Point.AUTHORITY: authority,
        Point.PRODUCT: product,
    }
    return tuple(Dot(point, bool(basis[point].strip()), basis[point]) for point in Point)


def unclear(six: tuple[Dot, ...]) -> str:
    """ "thời gian, sản phẩm": the points that are not clear, "" when all are."""
    return ", ".join(dot.label for dot in six if not dot.clear)


def stops(six: tuple[Dot, ...]) -> str:
    """ "chủ trì, nội dung": what is missing of the two points without which nothing can be assigned."""
    return ", ".join(STOP_WORDS[dot.point] for dot in six if dot.point in STOPPING and not dot.clear)

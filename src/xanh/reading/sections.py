"""The tree of labelled headings and paragraphs, and for each paragraph the headings above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from xanh.reading import bodies, due
from xanh.reading.layout import Layout, Paragraph, Zone
from xanh.reading.model import Section
from xanh.reading.view import View, one_of, words

_LABELS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 1, words(r"(?P<label>(?:Phần|PHẦN) (?:thứ \w+|[IVX]+|\d+|[A-ZĐ]+(?= |$)))[.:-]?(?: |$)")),
    ("chapter", 2, words(r"(?P<label>(?:Chương|CHƯƠNG) [IVX\d]+)[.:-]?(?: |$)")),
    ("division", 3, words(r"(?P<label>(?:Mục|MỤC) [IVX\d]+)[.:-]?(?: |$)")),
    ("letter", 4, words(r"(?P<label>[A-HĐ])[.-] ?(?=[A-ZĐÀ-Ỹ])(?![A-ZĐ]\.)")),
    ("roman", 5, words(r"(?P<label>[IVX]{1,5})(?: ?[.)/-]-? ?| (?=[A-ZĐÀ-Ỹ]{2}))(?=\S)")),
    ("article", 6, words(r"(?P<label>Điều \d+[a-z]?)[.:]?(?: |$)")),
    ("decimal", 8, words(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?-? (?=\S)")),
    ("number", 7, words(r"(?P<label>\d{1,2})(?:[.)]-?|-|/-?|\.-) ?(?=[^\d\s%])")),
    ("alpha", 12, words(r"(?P<label>[a-zđ]\))\.? ?(?=\S)")),
    ("alpha", 12, words(r"(?P<label>[a-zđ])\.\s(?=[A-ZĐÀ-Ỹ])")),
    ("paren", 13, words(r"(?P<label>\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)) ?(?=\S)")),
)
BULLET = re.compile(r"\s*(?P<mark>[-+•–▪●])\s+")
_BULLET_RANK = 15
_DIVISION_RANK = 3
_ANNEX = words(r"\W*(?P<label>(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu)(?: (?:số )?[IVXLC\d]{1,4})?)")
_ENDS_SENTENCE = re.compile(r"[.;!?…]\s*$")
_VERB_IN_HEADING = words(
    r"(?:phải|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp với|(?<!được\s)giao(?! thông| ban| "
    r"dịch)|đề nghị|yêu cầu)(?!\w)"
)
_LONGEST_HEADING = 260
_LONGEST_RUN_IN = 90


class Part(StrEnum):
    """What a part of the document is for."""

    TASKS = "TASKS"
    VIEWS = "VIEWS"  # quan điểm, phương hướng: work only where an actor is named
    AIMS = "AIMS"  # mục đích, mục tiêu, chỉ tiêu
    RESULTS = "RESULTS"
    REQUESTS = "REQUESTS"  # đề xuất, kiến nghị
    FUNDING = "FUNDING"
    UNKNOWN = "UNKNOWN"


_FIRST_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        Part.REQUESTS,
        words(
            r"(?:một số |những |các )?(?:đề xuất|kiến nghị|đề nghị)(?:(?:,| và| -) (?:kiến nghị|đề "
            r"xuất))?(?!\w)(?! (?:các|ủy|ubnd))",
            re.IGNORECASE,
        ),
    ),
    (
        Part.AIMS,
        words(
            r"(?:mục đích|yêu cầu|mục tiêu|chỉ tiêu|căn cứ|phạm vi|đối tượng|sự cần thiết|cơ sở)(?!\w)(?! "
            r"giáo)",
            re.IGNORECASE,
        ),
    ),
    (Part.VIEWS, words(r"(?:\w+ \w+ về )?(?:quan điểm|phương hướng|phương châm|nguyên tắc)(?!\w)", re.IGNORECASE)),
    (
        Part.RESULTS,
        words(
            one_of("""
(?:một số |những |các )?kết quả | (?:khái quát |đánh giá )?tình hình | đánh giá | ưu điểm
(?:một số |những )?(?:tồn tại|hạn chế|khó khăn|nguyên nhân) | thực trạng | bài học | nhận xét | số liệu
công tác lãnh đạo, chỉ đạo, điều hành và kết quả | về tình hình | về kết quả
"""),
            re.IGNORECASE,
        ),
    ),
    (Part.FUNDING, words(r"(?:kinh phí|nguồn kinh phí|nguồn lực|dự toán)(?!\w)", re.IGNORECASE)),
    (
        Part.TASKS,
        words(
            one_of("""
(?:một số |những |các )?(?:nhóm )?nhiệm vụ | (?:một số |các )?giải pháp | tổ chức thực hiện | phân công
trách nhiệm | chế độ (?:thông tin|báo cáo) | nội dung (?:thực hiện|triển khai|nhiệm vụ|công việc)
(?:danh mục )?(?:nhiệm vụ|công việc) | chương trình công tác
"""),
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True)
class Node:
    """A section with what the rules for tasks need: its part, its bodies, its place among the others."""

    section: Section
    rank: int
    part: Part
    names: tuple[bodies.Name, ...]

    @property
    def heading(self) -> str:
        """Label and text on one line."""
        return self.section.heading


@dataclass(frozen=True)
class Placed:
    """A paragraph under its headings; `content` is where its text begins (after the label); a pure heading has none."""

    paragraph: Paragraph
    path: tuple[Node, ...]
    content: int | None
    mark: str
    bullet_rank: int

    @property
    def part(self) -> Part:
        """The part that the nearest telling heading opens."""
        return next((node.part for node in reversed(self.path) if node.part is not Part.UNKNOWN), Part.UNKNOWN)

    @property
    def source(self) -> str:
        """The headings from the top joined by " > "."""
        return " > ".join(node.heading for node in self.path)


def outline(layout: Layout) -> tuple[Placed, ...]:
    """Every paragraph of the body (and of annexes) with the headings above it, in order."""
    view, stack, placed = layout.view, list[Node](), list[Placed]()
    content = layout.of(Zone.BODY, Zone.ANNEX_HEAD)
    index = 0
    while index < len(content):
        paragraph = content[index]
        following = content[index + 1] if index + 1 < len(content) else None
        if paragraph.zone is Zone.ANNEX_HEAD:
            node, index = _annex(view, content, index)
            stack = [node]
            placed.append(Placed(paragraph, tuple(stack), None, "", 0))
            continue
        if stack and stack[-1].section.end == paragraph.end:  # the title line of a part or chapter
            placed.append(Placed(paragraph, tuple(stack), None, "", 0))
            index += 1
            continue
        found = _labelled(view, paragraph, following) or _bulleted(view, paragraph, following)
        if found is None:
            stack = _leave_bullets(view, stack, paragraph)
            mark = BULLET.match(view.flat, paragraph.start, paragraph.end)
            at = mark.end() if mark else paragraph.start
            placed.append(Placed(paragraph, tuple(stack), at, mark["mark"] if mark else "", 0))
        else:
            node, begins = found
            while stack and stack[-1].rank >= node.rank:
                stack.pop()
            stack.append(_with_level(node, len(stack) + 1))
            placed.append(Placed(paragraph, tuple(stack), begins, "", node.rank))
        index += 1
    return tuple(placed)


def sections_of(placed: tuple[Placed, ...]) -> tuple[Section, ...]:
    """The sections of an outline, each once."""
    seen: dict[int, Section] = {}
    for item in placed:
        for node in item.path:
            seen.setdefault(node.section.start, node.section)
    return tuple(seen[start] for start in sorted(seen))


def _with_level(node: Node, level: int) -> Node:
    section = node.section
    return Node(
        Section(
            section.quote,
            section.start,
            section.end,
            section.heading,
            section.label,
            level,
            section.confidence,
            section.rule,
        ),
        node.rank,
        node.part,
        node.names,
    )


def _leave_bullets(view: View, stack: list[Node], paragraph: Paragraph) -> list[Node]:
    """A content bullet on the level of a bulleted heading ends that heading's reach; `+` lines and plain text stay
    under it."""
    mark = BULLET.match(view.flat, paragraph.start, paragraph.end)
    if stack and stack[-1].rank == _BULLET_RANK and mark and mark["mark"] != "+":
        return stack[:-1]
    return stack


def _labelled(view: View, paragraph: Paragraph, following: Paragraph | None) -> tuple[Node, int | None] | None:
    start = (
        paragraph.start
        + len(view.flat[paragraph.start : paragraph.end])
        - len(view.flat[paragraph.start : paragraph.end].lstrip())
    )
    for rule, rank, pattern in _LABELS:
        hit = pattern.match(view.flat, start, paragraph.end)
        if hit is None:
            continue
        if not view.flat[hit.end() : paragraph.end].strip():
            if rank > _DIVISION_RANK:
                continue
            return _titled(view, paragraph, following, hit, rank=rank, rule=rule), None
        label = " ".join(hit["label"].split())
        if rule == "decimal":
            rank += label.count(".") - 1  # noqa: PLW2901
        if rule == "alpha" and not label.endswith(")"):
            label += ")"
        end = _heading_end(view, hit.end(), paragraph.end)
        titled = (
            rule in {"part", "chapter"}
            and following
            and view.text[following.start : following.end].strip(" *").isupper()
        )
        begins = None if end == paragraph.end else max(hit.end(), end)
        if end > hit.end():
            quote = view.quote(start, end)
            heading = view.words_of(quote.start, quote.end)
        else:
            left = start
            right = start + len(view.text[start : hit.end()].rstrip(" *_\n"))
            quote = type(view.quote(0, 0))(view.text[left:right], left, right)
            heading = quote.quote
        confidence = 0.95 if titled or end > hit.end() else 0.9
        section = Section(quote.quote, quote.start, quote.end, heading, label, 1, confidence, f"section.{rule}")
        names = bodies.names_at(view.flat, hit.end(), end) if end > hit.end() else []
        named = _heading_names(view, names, hit.end(), end)
        part = Part.TASKS if named else _part(view, hit.end(), end)
        return Node(section, rank, part, named), begins
    return None


def _titled(
    view: View, paragraph: Paragraph, following: Paragraph | None, hit: re.Match[str], *, rank: int, rule: str
) -> Node:
    """«Phần thứ nhất», «Chương I» with the title on the next line."""
    upper = following is not None and view.text[following.start : following.end].strip(" *").isupper()
    quote = view.quote(paragraph.start, following.end if following and upper else paragraph.end)
    part = _part(view, following.start, following.end) if following and upper else Part.UNKNOWN
    heading = view.words_of(quote.start, quote.end)
    label = " ".join(hit["label"].split())
    section = Section(quote.quote, quote.start, quote.end, heading, label, 1, 0.9, f"section.{rule}")
    return Node(section, rank, part, ())


def _heading_names(view: View, names: list[bodies.Name], start: int, end: int) -> tuple[bodies.Name, ...]:
    """The bodies that a heading names; "A lãnh đạo B" names both."""
    if not names:
        lead = words(
            r"(?:Đối với|(?:Trách nhiệm|Nhiệm vụ|Nhiệm vụ, quyền hạn|Quyền hạn|Phân công nhiệm vụ) "
            r"của|Giao|Đề nghị|Yêu cầu|Về phía|Đề nghị các đồng chí) ",
            re.IGNORECASE,
        ).match(view.flat, start, end)
        names = bodies.names_at(view.flat, lead.end(), end) if lead else []
        if not names:
            return ()
    over = words(r" (?:lãnh đạo|chỉ đạo|và) ").match(view.flat, names[-1].mention_end, end)
    if over:
        names = [*names, *bodies.names_at(view.flat, over.end(), end)]
    rest = view.flat[names[-1].mention_end : end].strip(" .:;,")
    return tuple(names) if not rest or rest.startswith(("(", "-")) else ()


def _heading_end(view: View, start: int, end: int) -> int:
    """Where the heading text of a labelled paragraph ends; `start` when the label stands before running text."""
    flat = view.flat[start:end].rstrip()
    remark = words(r"[^(.;:]{10,}?(?P<remark> \((?:[Cc]ó|[Cc]hi tiết|[Kk]èm|[Tt]heo)[^()]*\)[.;]?)$").match(flat)
    if remark:
        flat = flat[: remark.start("remark")]
        end = start + len(flat)
    line = flat.strip()
    if not line[:1].isupper() and line[:1] not in '“"(':
        return start
    colon = flat.find(":")
    if 0 < colon <= _LONGEST_RUN_IN and not _VERB_IN_HEADING.search(flat[:colon]):
        opens = flat[colon + 1 :].lstrip()[:1]
        if not opens or opens.isupper():
            return start + colon
    if _ENDS_SENTENCE.search(line) or len(line) > _LONGEST_HEADING or ";" in line or line.endswith(":"):
        return start
    if _VERB_IN_HEADING.search(line) and not bodies.is_only_names(view.flat, start, end):
        return start
    dated = due.find(view.text, view.flat, start, end, issued_on=None)
    if any(hit.due.qualifier != "by_end_of" for hit in dated) and not line.isupper():
        return start
    return end


def _bulleted(view: View, paragraph: Paragraph, following: Paragraph | None) -> tuple[Node, int | None] | None:
    """A bullet that stands alone and names the body for the lines under it."""
    mark = BULLET.match(view.flat, paragraph.start, paragraph.end)
    if mark is None or following is None or mark["mark"] == "+":
        return None
    next_mark = BULLET.match(view.flat, following.start, following.end)
    if next_mark and next_mark["mark"] == mark["mark"]:
        return None
    line = view.flat[mark.end() : paragraph.end].rstrip(" :")
    if _ENDS_SENTENCE.search(line) or not bodies.is_only_names(view.flat, mark.end(), paragraph.end):
        return None
    start, end = mark.start("mark"), view.trim(mark.end(), paragraph.end)[1]
    text = view.text[start:end]
    names = tuple(bodies.names_at(view.flat, mark.end(), paragraph.end))
    section = Section(text, start, end, " ".join(text.split()), mark["mark"], 1, 0.85, "section.bullet")
    return Node(section, _BULLET_RANK, Part.TASKS, names), None


def _annex(view: View, content: list[Paragraph], index: int) -> tuple[Node, int]:
    """The head of an annex: its label and the title on the next lines."""
    first = content[index]
    last = index
    while last + 1 < len(content) and content[last + 1].zone is Zone.ANNEX_HEAD:
        last += 1
    titled = [
        part for part in content[index : last + 1] if not view.text[part.start : part.end].strip(" *_").startswith("(")
    ]
    quote = view.quote(first.start, titled[-1].end if titled else first.end)
    hit = _ANNEX.match(view.flat, first.start)
    label = " ".join(hit["label"].split()) if hit else quote.quote
    section = Section(
        quote.quote, quote.start, quote.end, view.words_of(quote.start, quote.end), label, 1, 0.9, "section.annex"
    )
    return Node(section, 0, Part.TASKS, ()), last + 1


def _part(view: View, start: int, end: int) -> Part:
    heading = view.flat[start:end].strip(" *:.")
    if not heading:
        return Part.UNKNOWN
    for part, pattern in _FIRST_WORDS:
        if pattern.match(heading):
            return part
    if bodies.is_only_names(view.flat, start, end):
        return Part.TASKS
    return Part.UNKNOWN

"""Who does it, with whom, for whom: the roles that a sentence or clause prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xanh.reading import bodies, recurrence, wording
from xanh.reading.bodies import Name
from xanh.reading.view import View, words

_WITH = words(
    r"(?:[Pp]hối hợp(?: chặt chẽ)?(?: (?:với|cùng(?: với)?))?|[Cc]ùng(?: với)?|[Tt]ham khảo ý kiến(?: "
    r"của)?|[Ll]ấy ý kiến(?: của)?|[Xx]in ý kiến(?: của)?) "
)
_TO = words(
    r"(?:[Bb]áo cáo(?: (?:về|với|cho|lên|kết quả (?:về|cho|lên|đến)))?|[Tt]rình(?: (?:lên|cấp))?|"
    r"[Gg]ửi(?: (?:về|đến|tới|cho|lên))?|[Bb]áo(?: ngay| kịp thời)?(?: (?:cho|với|về))?|[Tt]ham "
    r"mưu(?: (?:cho|giúp|với))?(?:,? (?:báo cáo|đề xuất|trình)(?: (?:với|cho))?)?"
    r"|[Đđ]ề xuất với|[Kk]iến nghị(?: với)?|[Tt]rực tiếp báo cáo|[Cc]ung cấp(?: (?:cho|lên))|"
    r"[Nn]ộp(?: (?:về|cho))?|[Cc]huyển(?: (?:đến|cho|về)))(?: (?:đồng chí|đ/c))? "
)
_TO_LATER = words(
    r"(?:[Gg]ửi|[Cc]ung cấp|[Bb]áo cáo|[Pp]hản ánh|[Kk]iến nghị|[Cc]huyển|[Nn]ộp|[Tt]hông tin|[Đđ]ề "
    r"xuất|[Tt]ổng hợp)(?!\w)"
)
_TOWARDS = words(r" (?:cho|về|lên|với|đến|tới|trên) ")
_VIA = words(r"\( ?(?:gửi )?(?:qua|thông qua) ")
_BRACKET = words(r"\((?P<inside>[^()]{4,260})\)")
_PRESIDES = words(r" (?:làm )?(?:là )?(?:cơ quan |đơn vị )?chủ trì(?!\w)")
_LABELLED_LEAD = words(r"(?:[Cc]hủ trì|[Cc]ơ quan chủ trì|[Đđ]ơn vị chủ trì|CT) ?: ?")
_LABELLED_WITH = words(r"(?:[Pp]hối hợp|[Cc]ơ quan phối hợp|[Đđ]ơn vị phối hợp|PH) ?: ?")
_NO_SUBJECT_BEFORE = frozenset(
    [
        "của",
        "thuộc",
        "trong",
        "tại",
        "với",
        "cùng",
        "về",
        "là",
        "như",
        "gồm",
        "và",
        ",",
        ";",
        ":",
        ".",
        ")",
        "(",
        "nói",
        "chung",
    ]
)
_IS_IN_CHARGE = words(r"là (?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối|chủ trì|chuyên môn)[^,;.]{0,40}[,;] ")
_LONGEST_NAME = 120
_COMMAND_OVER = words(r" (?:lãnh đạo|chỉ đạo)(?:,? (?:hướng dẫn|đôn đốc))? ")


@dataclass(frozen=True)
class Subject:
    """The named actor of a clause: bodies, where its verb begins, and by which pattern it was found."""

    names: tuple[Name, ...]
    start: int
    verb: int
    rule: str


def printed(view: View, names: tuple[Name, ...] | list[Name]) -> tuple[str, ...]:
    """The names as printed, each once."""
    return tuple(dict.fromkeys(view.text[name.start : name.end].strip(" *_") for name in names))


def subject(view: View, start: int, end: int) -> Subject | None:
    """The actor that a sentence or clause names, or None."""
    flat = view.body
    assigned = _assigned(view, start, end)
    if assigned:
        return assigned
    for at in _candidates(view, start, end):
        names = bodies.names_at(flat, at, end)
        if not names:
            continue
        verb = _skip(flat, names[-1].mention_end)
        office = _IS_IN_CHARGE.match(flat, verb, end)
        if office:
            return Subject(tuple(names), at, _skip(flat, office.end()), "subject_verb")
        following = re.match(r"\S+", flat[verb:end])
        if (
            following
            and following[0][0].islower()
            and following[0] not in _NO_SUBJECT_BEFORE
            and following[0].strip(",;:.") == following[0]
        ):
            return Subject(tuple(names), at, verb, "subject_verb")
        if following and re.match(r"(?:Chủ|chủ)\s+trì|phối", flat[verb:end]):
            return Subject(tuple(names), at, verb, "subject_verb")
    return None


def _assigned(view: View, start: int, end: int) -> Subject | None:
    flat = view.body
    for hit in wording.ASSIGNING.finditer(flat, start, end):
        before = flat[start : hit.start()].rstrip()
        opens = not before or before.endswith((",", "và", "thời", ":")) or _is_said_by_a_body(view, start, hit.start())
        names = bodies.names_at(flat, hit.end(), end) if opens else []
        if names and flat[names[-1].mention_end : end].strip(" .;,"):
            return Subject(tuple(names), hit.start(), _skip(flat, names[-1].mention_end), "assigned_verb")
    return None


def _is_said_by_a_body(view: View, start: int, verb: int) -> bool:
    """Whether the words right before «yêu cầu» are a body that speaks."""
    for at in range(max(start, verb - _LONGEST_NAME), verb):
        if at == start or not view.body[at - 1].isalnum():
            names = bodies.names_at(view.body, at, verb)
            if names and not view.body[names[-1].mention_end : verb].strip():
                return True
    return False


def _skip(flat: str, at: int) -> int:
    while at < len(flat) and flat[at] == " ":
        at += 1
    return at


def _candidates(view: View, start: int, end: int) -> list[int]:
    """Where the actor may stand: at the start, or after openers, cadences and circumstances."""
    flat, at = view.body, _skip(view.body, start)
    places = [at]
    for _ in range(4):
        opener = wording.OPENER.match(flat, at, end)
        cadence = recurrence.CADENCE.match(flat, at, end)
        circumstance = wording.CIRCUMSTANCE.match(flat, at, end)
        towards = words(r"[ĐđOo]\w+ với ").match(flat, at, end)
        if opener or cadence:
            at = _skip(flat, (opener or cadence).end())  # type: ignore[union-attr]
        elif towards:
            places.append(_skip(flat, towards.end()))
            comma = flat.find(",", towards.end(), end)
            at = _skip(flat, comma + 1) if comma > 0 else end
        elif circumstance and (comma := _comma_outside(flat, at, end)) > 0:
            at = _skip(flat, comma + 1)
        else:
            break
        while at < end and flat[at] in ",: ":
            at += 1
        if at >= end:
            break
        places.append(at)
    return places


def _comma_outside(flat: str, start: int, end: int) -> int:
    depth = 0
    for at in range(start, end):
        depth += (flat[at] in "(“") - (flat[at] in ")”")
        if flat[at] == "," and depth <= 0:
            return at
    return -1


def addressed_subject(view: View, start: int, end: int) -> Subject | None:
    """«Đối với X, thành lập …»: the bodies spoken to, when nobody else is named."""
    flat = view.body
    hit = words(r"[ĐđOo]\w+ với ").match(flat, _skip(flat, start), end)
    names = bodies.names_at(flat, hit.end(), end) if hit else []
    if not hit or not names or not flat[names[-1].mention_end :].lstrip().startswith((",", ":")):
        return None
    verb = _skip(flat, flat.find(flat[names[-1].mention_end :].lstrip()[0], names[-1].mention_end) + 1)
    return Subject(tuple(names), hit.start(), verb, "addressed")


def cooperating(view: View, start: int, end: int) -> list[Name]:
    """Bodies after «phối hợp (với)», «cùng với» or to be consulted."""
    found: list[Name] = []
    for hit in _WITH.finditer(view.body, start, end):
        found += bodies.names_at(view.body, hit.end(), end)
    return found


def addressees(view: View, start: int, end: int) -> list[Name]:
    """Bodies to which something is reported, submitted, sent or advised; «(qua W)» follows its addressee."""
    flat = view.body
    found: list[Name] = []
    for hit in _TO.finditer(flat, start, end):
        if not _is_word_start(flat, hit.start()):
            continue
        heard = bodies.names_at(flat, hit.end(), end)
        found += _with_via(flat, heard, end)
    for hit in _TO_LATER.finditer(flat, start, end):
        if not _is_word_start(flat, hit.start()):
            continue
        stop = min((at for mark in ";." if (at := flat.find(mark, hit.end(), end)) >= 0), default=end)
        for towards in _TOWARDS.finditer(flat, hit.end(), stop):
            here = towards.end()
            if flat[max(0, towards.start() - 8) : towards.start()] == "phối hợp":
                continue
            if flat[here].isupper() or flat.startswith(("các ", "cấp "), here):
                names = bodies.names_at(flat, here, end)
                on_system = towards[0].strip() == "trên" and not flat.startswith(("Hệ thống", "hệ thống", "Cổng"), here)
                if names and not on_system and not _is_place(flat, names, towards[0]):
                    found += _with_via(flat, names, end)
                    break
    unique = {name.start: name for name in found}
    return [unique[start] for start in sorted(unique)]


def _is_place(flat: str, names: list[Name], towards: str) -> bool:
    plain = re.match(r"(?:các\s+)?(?:thôn|xã|phường|tỉnh|ấp|bản|doanh)(?!\w)", flat[names[0].start :], re.IGNORECASE)
    return bool(plain) and towards.strip() in {"đến", "trên", "tới", "về"}


def _is_word_start(flat: str, at: int) -> bool:
    return at == 0 or not flat[at - 1].isalnum()


def _with_via(flat: str, names: list[Name], end: int) -> list[Name]:
    if not names:
        return names
    via = _VIA.match(flat, _skip(flat, names[-1].mention_end), end)
    return [*names, *bodies.names_at(flat, via.end(), end)] if via else names


@dataclass(frozen=True)
class Bracket:
    """An assignment in brackets behind the work: «(A chủ trì, phối hợp với B; xong trong tháng 6/2026)»."""

    lead: tuple[Name, ...]
    cooperate: tuple[Name, ...]
    start: int
    end: int


def bracketed(view: View, start: int, end: int) -> Bracket | None:
    """The assignment that a sentence carries in brackets, or None."""
    for hit in _BRACKET.finditer(view.body, start, end):
        found = roles_in_cell(view, hit.start("inside"), hit.end("inside"))
        if found.lead:
            return found
    return None


def roles_in_cell(view: View, start: int, end: int) -> Bracket:
    """Leading and cooperating bodies of one stretch: «A chủ trì, phối hợp với B» or «Chủ trì: A; phối hợp: B»."""
    flat = view.body
    labelled = _LABELLED_LEAD.search(flat, start, end)
    with_label = _LABELLED_WITH.search(flat, start, end)
    if labelled:
        lead = bodies.names_at(
            flat, labelled.end(), with_label.start() if with_label and with_label.start() > labelled.end() else end
        )
        cooperate = (
            bodies.names_at(flat, with_label.end(), end) if with_label else cooperating(view, labelled.end(), end)
        )
        return Bracket(tuple(lead), tuple(cooperate), start, end)
    names = bodies.names_at(flat, start, end)
    if names and _PRESIDES.match(flat, names[-1].mention_end, end):
        return Bracket(tuple(names), tuple(cooperating(view, names[-1].mention_end, end)), start, end)
    return Bracket((), (), start, end)


def heard(view: View, start: int, end: int) -> list[Name]:
    """«định kỳ nghe X báo cáo»: who reports."""
    hit = words(r"nghe ").search(view.body, start, end)
    names = bodies.names_at(view.body, hit.end(), end) if hit else []
    return names if names and words(r" báo cáo").match(view.body, names[-1].mention_end) else []


def commanded(view: View, names: tuple[Name, ...], end: int) -> list[Name]:
    """«A chỉ đạo, hướng dẫn B thực hiện» closing a paragraph: B."""
    hit = _COMMAND_OVER.match(view.body, names[-1].mention_end, end) if names else None
    below = bodies.names_at(view.body, hit.end(), end) if hit else []
    closes = below and re.fullmatch(
        r"\s*(?:tổ\s+chức\s+|triển\s+khai\s+)?thực\s+hiện\W*", view.body[below[-1].mention_end : end]
    )
    return below if closes else []

"""The letter that asks for reports which have not come: after the closing, in the words of the right office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xanh.core import dates
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.org.models import Unit
from xanh.people.roles import Act
from xanh.publishing import layouts, wording
from xanh.publishing.content import Foot, Head, LetterContent, LetterPage, Paragraph, words
from xanh.publishing.figures import BLOCK_LABELS
from xanh.publishing.queries import signer_name
from xanh.reporting import queries as reporting
from xanh.reporting import sheet
from xanh.reporting.models import Round
from xanh.reporting.queries import SendStatus

NOT_SENT = (SendStatus.MISSING, SendStatus.DRAFT, SendStatus.RETURNED)


class RoundStillOpen(Exception):
    """Before the closing one reminds; only afterwards one urges."""

    def __init__(self, of_round: Round) -> None:
        super().__init__(
            f"Kỳ báo cáo chưa chốt (giờ chốt {wording.instant_words(of_round.closes_at)}) nên chưa dự thảo công văn "
            "đôn đốc. Trước giờ chốt, đề nghị dùng “Nhắc việc”."
        )


class NothingMissing(Exception):
    """Everybody who owes this office a report has sent it."""

    def __init__(self) -> None:
        super().__init__("Các đơn vị đã gửi đủ báo cáo thuộc phần cơ quan tiếp nhận, không cần công văn đôn đốc.")


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A commune and the blocks from which nothing came."""

    commune: Unit
    blocks: tuple[str, ...]

    @property
    def block_words(self) -> str:
        """ "khối HĐND, khối MTTQ"."""
        return ", ".join(f"khối {BLOCK_LABELS[block]}" for block in self.blocks)


def offices_for(viewer: Viewer, province: Unit) -> list[str]:
    """The receiving offices in whose name a viewer may urge: that of his post, else the Party office's."""
    found: dict[str, None] = {}
    posts = {reach.unit_code: None for reach in viewer.reaches if reach.covers(province, Act.URGE)}
    units = org.units(list(posts))
    for code in posts:
        unit = units.get(code)
        if unit is None or unit.commune_code:
            continue
        found["SKHCN" if unit.body_code == "SKHCN" else "VPTU"] = None
    return list(found)


def missing_lines(of_round: Round, province: Unit, office_code: str) -> list[MissingLine]:
    """Blocks that owe this office a report and have not sent it, in official order of communes."""
    communes = list(org.communes_of(province.code, day=of_round.period_end))
    found = []
    for line in reporting.sending_table(of_round, communes):
        lacking = tuple(
            block
            for block, status in zip(reporting.BLOCK_ORDER, line.statuses, strict=True)
            if status in NOT_SENT and bodies.receiver_of(block) == office_code
        )
        if lacking:
            found.append(MissingLine(line.commune, lacking))
    return found


def build(
    of_round: Round, province: Unit, office_code: str, *, names_all: bool, is_sample: bool, now: datetime
) -> LetterContent:
    """The letter: a copy per addressee with only his own line, or with `names_all` one that names every unit.

    Raises RoundStillOpen, NothingMissing, layouts.NoIssuer.
    """
    if of_round.closed_at is None or now < of_round.closes_at:
        raise RoundStillOpen(of_round)
    issuer = layouts.office(province, office_code)
    lines = missing_lines(of_round, province, office_code)
    if not lines:
        raise NothingMissing
    day = dates.local_date(now)
    layout = layouts.layout_on(issuer.family, day)
    office_unit = org.units([f"{province.code}-{office_code}"]).get(f"{province.code}-{office_code}", province)
    return LetterContent(
        layout=layout.code,
        day=day,
        head=Head(
            parent=issuer.parent,
            issuer=issuer.issuer,
            number=layout.rules["head"]["letter_number"].format(blank=layouts.BLANK, body=issuer.body),
            place_and_day=wording.open_day(issuer.place, day),
        ),
        subject=f"đôn đốc gửi báo cáo {sheet.period_label(of_round)}",
        pages=_pages(of_round, province, issuer, lines, names_all=names_all, now=now),
        foot=Foot(
            issuer.behalf,
            issuer.title,
            signer_name(office_unit, office_unit, issuer.head_of, day=day),
            issuer.recipients,
        ),
        is_sample=is_sample,
        missing=tuple((line.commune.code, line.blocks) for line in lines),
    )


def _pages(
    of_round: Round, province: Unit, issuer: layouts.Issuer, lines: list[MissingLine], *, names_all: bool, now: datetime
) -> tuple[LetterPage, ...]:
    what = f"báo cáo {sheet.period_label(of_round)}"
    until = wording.instant_words(now)

    def said(key: str, line: MissingLine) -> str:
        return layouts.addressee_words(issuer.row, key, line.commune, province)

    if not names_all:
        return tuple(
            LetterPage(
                (said("addressee", line),),
                (words(f"Đến {until} chưa nhận được {what} {line.block_words}. {said('request', line)}"),),
            )
            for line in lines
        )
    listed: list[Paragraph] = [words(f"Đến {until} chưa nhận được {what} của các đơn vị sau:")]
    for position, line in enumerate(lines, start=1):
        end = "." if position == len(lines) else ";"
        listed.append(words(f"- {wording.upper_first(bodies.label_of(line.commune))}: {line.block_words}{end}"))
    listed.append(words(said("request_all", lines[0])))
    return (LetterPage(tuple(said("addressee", line) for line in lines), tuple(listed)),)

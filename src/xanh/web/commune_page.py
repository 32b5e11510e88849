"""What a viewer may see of a commune's board, and from when: the own block live, the others after closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xanh.assessment import queries as assessment
from xanh.assessment.lines import BoardHead
from xanh.assessment.queries import BlockBoard, CellLine
from xanh.core import numbers
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.people.roles import Act
from xanh.reporting import queries as reporting
from xanh.web.moments import Moment

if TYPE_CHECKING:
    from xanh.org.models import Unit


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as this viewer may see it: whole or only whether it has sent; figures may open or not."""

    board: BlockBoard
    label: str
    whole: bool
    may_open: bool
    rows: tuple[CellLine, ...]
    hidden: int
    send_label: str
    vacancy: str


def commune_context(viewer: Viewer, unit: Unit, programme: str, moment: Moment) -> dict[str, Any]:
    """Template context of the commune board and of the sheet of what is not achieved."""
    head = assessment.head(programme, unit, now=moment.now, at=moment.at)
    sees_all = viewer.may(Act.SEE_FIGURES, unit)
    at = moment.at
    if at is None and not sees_all and head is not None:
        # Members of one block see the whole commune as it stood at the last closing.
        closing = reporting.last_closing(head.regime_code, before=moment.now)
        at = closing.round.closes_at if closing else None
    board = assessment.commune_board(programme, unit, now=moment.now, at=at)
    live = assessment.commune_board(programme, unit, now=moment.now) if at is not moment.at else board
    # Before the first closing nobody sees another block.
    insider = at is not None and any(reach.commune_code == unit.code for reach in viewer.reaches)
    blocks = []
    for shown, now_board in zip(board.blocks, live.blocks, strict=True):
        own = viewer.may(Act.SEE_FIGURES, shown.unit)
        blocks.append(
            _shown(viewer, now_board if own else shown, whole=own or insider or sees_all, moment=moment, head=head)
        )
    bad = [line for block in blocks if block.whole for line in block.rows if line.cell.light.value in ("RED", "AMBER")]
    return {
        "unit": unit,
        "unit_label": bodies.label_of(unit),
        "province": org.unit(unit.province_code),
        "head": head,
        "moment": moment,
        "board": board,
        "blocks": blocks,
        "not_achieved": sorted((line for line in bad if line.indicator.in_power), key=lambda line: line.badness),
        "may_open": {block.board.unit.code for block in blocks if block.may_open},
        "after_closing": at is not None and moment.at is None,
        "rank_text": rank_text(board),
        "may_see_province": viewer.may(Act.SEE_OWN_BOARD, org.unit(unit.province_code)),
        "circulation": "nội bộ",
    }


def rank_text(board: assessment.CommuneBoard) -> str:
    """ "Thứ tự của đơn vị: 41/102 · trung vị 74,6%", or why there is none."""
    if board.rank is None:
        return ""
    median = numbers.format_pct(100 * board.rank.median, 1)
    lower, upper = (numbers.format_pct(100 * q, 1) for q in (board.rank.lower_quartile, board.rank.upper_quartile))
    return f"Thứ tự của đơn vị: {board.rank.place}/{board.rank.of} · trung vị {median} · tứ phân vị {lower} – {upper}"


def _shown(viewer: Viewer, board: BlockBoard, *, whole: bool, moment: Moment, head: BoardHead | None) -> ShownBlock:
    open_rows = viewer.may(Act.SEE_RESTRICTED, board.unit)
    rows = tuple(
        row for row in board.in_power + board.out_of_power if open_rows or row.indicator.circulation != "restricted"
    )
    label = ""
    if head is not None:
        of_round = reporting.round_of(head.regime_code, head.period_code)
        status = reporting.send_status(reporting.submission_of(of_round, board.unit), of_round, excused=False)
        label = reporting.SendStatus.LABELS[status]
    return ShownBlock(
        board=board,
        label={"party": "Đảng ủy", "council": "HĐND", "committee": "UBND", "front": "MTTQ"}[board.unit.block],
        whole=whole,
        may_open=viewer.may(Act.SEE_FIGURES, board.unit),
        rows=rows if whole else (),
        hidden=len(board.in_power) + len(board.out_of_power) - len(rows),
        send_label=label,
        vacancy=org.vacancy_label(board.unit, day=viewer.day) if moment.at is None else "",
    )

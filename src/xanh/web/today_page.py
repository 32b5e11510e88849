"""The parts of the start page; each part is empty for whoever it does not concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from xanh.assessment import queries as assessment
from xanh.core import dates, numbers
from xanh.core.light import Light
from xanh.directives import queries as directives
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.people.roles import Act
from xanh.reporting import queries as reporting
from xanh.reporting import sheet as sheets
from xanh.reporting.states import SubmissionState

if TYPE_CHECKING:
    from xanh.directives.models import Directive
    from xanh.org.models import Unit
    from xanh.reporting.models import Round, Submission

PROGRAMME = "NQ57"
BLOCK_LABELS = {"party": "Đảng ủy", "council": "HĐND", "committee": "UBND", "front": "MTTQ"}
STATE_LIGHTS = {
    SubmissionState.APPROVED: Light.GREEN,
    SubmissionState.RECEIVED: Light.GREEN,
    SubmissionState.SUBMITTED: Light.AMBER,
    SubmissionState.PROVISIONAL: Light.AMBER,
    SubmissionState.RETURNED: Light.RED,
    SubmissionState.DRAFT: Light.GREY,
}


def current_round(now: datetime) -> Round | None:
    """Today's round of the daily regime."""
    regime = assessment.daily_regime(PROGRAMME)
    return None if regime is None else reporting.current_round(regime.code, now)


def left_text(until: datetime, now: datetime) -> str:
    """ "2 giờ 14 phút"."""
    minutes = max(int((until - now) / timedelta(minutes=1)), 0)
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest:02d} phút" if hours else f"{rest} phút"


def closing_line(now: datetime) -> str:
    """ "còn 2 giờ 14 phút đến giờ chốt 16:00", or when the last closing was."""
    of_round = current_round(now)
    if of_round is None:
        return "chưa có kỳ báo cáo nào được mở"
    if of_round.closes_at > now:
        hour = dates.format_hour(of_round.closes_at.astimezone(dates.TZ).time())
        return f"còn {left_text(of_round.closes_at, now)} đến giờ chốt {hour}"
    return f"đã chốt số liệu lúc {dates.format_instant(of_round.closes_at)}"


@dataclass(frozen=True, slots=True)
class BlockTodo:
    """One block's report of today on the start page."""

    label: str
    unit: Unit
    due: int
    filled: int
    light: Light
    state_label: str
    entry_url: str
    act: str


def own_blocks(viewer: Viewer, act: Act) -> list[Unit]:
    """Blocks of the viewer's communes on which he may do something, in official order."""
    communes = dict.fromkeys(reach.commune_code for reach in viewer.reaches if reach.commune_code and reach.allows(act))
    return [unit for code in communes for unit in org.blocks_of(code) if viewer.may(act, unit)]


def block_lines(viewer: Viewer, now: datetime) -> list[BlockTodo]:
    """ "BÁO CÁO GỬI HÔM NAY": for each own block what is due, what is filled, where the report stands.

    Who approves a block without entering for it follows the same line and may only look.
    """
    of_round = current_round(now)
    if of_round is None:
        return []
    found = []
    entered = own_blocks(viewer, Act.ENTER_FIGURES)
    for unit in entered + [unit for unit in own_blocks(viewer, Act.APPROVE) if unit not in entered]:
        sheet = sheets.sheet_for(of_round, unit, now=now)
        submission = sheet.submission
        state = SubmissionState(submission.state) if submission else SubmissionState.DRAFT
        left = len(sheet.missing)
        if state == SubmissionState.DRAFT:
            label = f"còn {left} số" if left else "đã đủ số, chưa trình"
        else:
            label = str(state.label)
        act = {
            SubmissionState.RETURNED: "Sửa",
            SubmissionState.DRAFT: "Nhập tiếp" if sheet.filled_due else "Nhập số liệu",
        }
        found.append(
            BlockTodo(
                label=BLOCK_LABELS[unit.block],
                unit=unit,
                due=len(sheet.due),
                filled=sheet.filled_due,
                light=STATE_LIGHTS[state],
                state_label=label,
                entry_url=reverse("reports-entry", args=[of_round.regime_id, of_round.period_code, unit.code]),
                act=act.get(state, "Xem") if unit in entered else "Xem",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A report that waits for the viewer's approval."""

    label: str
    period_label: str
    since: datetime
    url: str


def waiting_lines(viewer: Viewer) -> list[WaitingLine]:
    """Reports that the viewer may approve now."""
    units = own_blocks(viewer, Act.APPROVE)
    lent = [unit for unit in org.delegated_blocks(viewer.user, day=viewer.day) if unit not in units]
    by_code = {unit.code: unit for unit in [*units, *lent]}
    return [
        WaitingLine(
            label=bodies.label_of(by_code[s.unit_id]),
            period_label=sheets.period_label(s.round),
            since=s.submitted_at or s.updated_at,
            url=reverse("reports-approve", args=[s.pk]),
        )
        for s in reporting.waiting_for(list(by_code))
    ]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A returned report, or one that the standing office asked to look at again: reason at the cell."""

    label: str
    code: str
    reason: str
    who: str
    url: str


def review_lines(viewer: Viewer, now: datetime) -> list[ReviewLine]:
    """ "CẦN RÀ SOÁT LẠI": each reason on its own line."""
    of_round = current_round(now)
    units = {unit.code: unit for unit in own_blocks(viewer, Act.ENTER_FIGURES)}
    if of_round is None or not units:
        return []
    found = []
    for code, submission in reporting.submissions_of(of_round, list(units)).items():
        url = reverse("reports-entry", args=[of_round.regime_id, of_round.period_code, code])
        found += [
            ReviewLine(
                BLOCK_LABELS[units[code].block], key if key not in ("", "*") else "", reason, _who(submission, key), url
            )
            for key, reason in submission.return_reasons.items()
        ]
    return found


def _who(submission: Submission, key: str) -> str:
    return "Đề nghị rà soát" if key == "*" else submission.returned_label


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Figures asked from a provider."""

    provider: str
    given: int
    asked: int
    state_label: str
    url: str


def asked_lines(viewer: Viewer, now: datetime) -> list[AskedLine]:
    """ "XIN SỐ LIỆU": who has given how many."""
    of_round = current_round(now)
    units = [unit.code for unit in own_blocks(viewer, Act.ASK_FIGURES)]
    if of_round is None or not units:
        return []
    return [
        AskedLine(
            provider=request.provider,
            given=len(request.provided_values),
            asked=len(request.indicator_codes),
            state_label=str(request.get_state_display()),
            url=reverse("reports-entry", args=[of_round.regime_id, of_round.period_code, request.unit_id])
            + "#xin-so-lieu",
        )
        for request in reporting.requests_of(of_round, units)
    ]


def not_achieved(viewer: Viewer, now: datetime, *, limit: int = 5) -> list[assessment.CellLine]:
    """ "CHỈ TIÊU CHƯA ĐẠT VÀ VIỆC CẦN LÀM" of the viewer's own commune, in its power, worst first."""
    commune = next((r.commune_code for r in viewer.reaches if r.commune_code and r.allows(Act.SEE_FIGURES)), "")
    if not commune:
        return []
    board = assessment.commune_board(PROGRAMME, org.unit(commune), now=now)
    by_unit = {b.unit.code: b.unit for b in board.blocks}
    return [line for line in board.not_achieved if viewer.may(Act.SEE_FIGURES, by_unit[line.unit_code])][:limit]


@dataclass(frozen=True, slots=True)
class LeaderSummary:
    """Three figures for a leader on a phone, the text to copy, whom to call."""

    unit_label: str
    things: int
    not_achieved: int
    applicable: int
    overdue: int
    board_url: str
    sheet_url: str
    paragraph: str
    contacts: tuple[tuple[str, str, str], ...]


def office_text(capacity: str, unit_label: str) -> str:
    """ "Cán bộ nhập liệu, Đảng ủy xã Tân Mẫu": the unit is named once, also where the capacity already names it."""
    return capacity if unit_label.casefold() in capacity.casefold() else f"{capacity}, {unit_label}"


def leader_summary(viewer: Viewer, now: datetime) -> LeaderSummary | None:
    """What a leader sees first; None for everybody else."""
    reach = next((r for r in viewer.reaches if r.role == "leader"), None)
    if reach is None or not reach.commune_code:
        return None
    unit = org.unit(reach.commune_code)
    board = assessment.commune_board(PROGRAMME, unit, now=now)
    counts = board.line.counts
    bad = len(board.not_achieved)
    overdue = board.line.overdue_tasks
    label = bodies.label_of(unit)
    light = board.line.verdict.light.label
    paragraph = (
        f"{label[:1].upper()}{label[1:]}, {dates.format_date(viewer.day)}: trạng thái {light}. "
        f"Đạt {numbers.format_int(counts.achieved)}/{numbers.format_int(counts.applicable)} chỉ tiêu áp dụng, "
        f"đã báo cáo {numbers.format_int(counts.reported)}. Chưa đạt {bad} chỉ tiêu. Nhiệm vụ quá hạn: {overdue}."
    )
    posts = org.posts_of([f"{unit.code}", *[b.unit.code for b in board.blocks]], day=viewer.day)
    contacts = tuple(
        (post.person.full_name, office_text(post.capacity, bodies.label_of(post.unit)), post.person.phone)
        for post in posts
        if post.role in ("clerk", "consolidator")
    )
    return LeaderSummary(
        unit_label=label,
        things=bad + overdue + len(waiting_lines(viewer)),
        not_achieved=bad,
        applicable=counts.applicable,
        overdue=overdue,
        board_url=reverse("boards-commune", args=[unit.code]),
        sheet_url=reverse("boards-not-achieved", args=[unit.code]),
        paragraph=paragraph,
        contacts=contacts,
    )


@dataclass(frozen=True, slots=True)
class SendingSummary:
    """The standing office's day: who has not sent."""

    unit_label: str
    expected: int
    sent: int
    approved: int
    communes: int
    complete: int
    url: str


def sending_summary(viewer: Viewer, now: datetime) -> SendingSummary | None:
    """For offices that watch a province's or a commune's reports."""
    of_round = current_round(now)
    reach = next((r for r in viewer.reaches if r.allows(Act.SEE_SENT_STATE) and r.level != Level.NATION), None)
    if of_round is None or reach is None:
        return None
    unit = org.unit(reach.commune_code or reach.province_code)
    counts = reporting.sent_counts(
        of_round, province_code=unit.code if unit.level == Level.PROVINCE else "", commune_code=reach.commune_code
    )
    url = reverse("reports-sending", args=[unit.province_code])
    return SendingSummary(
        bodies.label_of(unit),
        counts.expected,
        counts.sent,
        counts.approved,
        counts.communes,
        counts.communes_complete,
        url,
    )


def directives_to_confirm(viewer: Viewer) -> list[Directive]:
    """Documents whose review waits for a second person."""
    return list(directives.waiting_for(viewer)[:8]) if viewer.may_somewhere(Act.PUT_IN_FORCE) else []

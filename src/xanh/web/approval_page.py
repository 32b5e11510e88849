"""What an approver reads, ordered by doubt; what the receiving office reads; the rows of a provider's page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from xanh.core import dates
from xanh.core.measures import Kind
from xanh.indicators import queries as indicators
from xanh.indicators.kinds import Accumulation
from xanh.org import bodies
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.people.roles import Act
from xanh.reporting import cells as cell_rules
from xanh.reporting import checks, payload, queries, sheet, state
from xanh.reporting.actions import submissions
from xanh.reporting.payload import Value
from xanh.reporting.states import SubmissionState
from xanh.web import today_page
from xanh.web.cell_page import value_text
from xanh.web.entry_page import figure_text

if TYPE_CHECKING:
    from xanh.indicators.models import Indicator
    from xanh.reporting.models import FigureRequest, Revision, Round, Submission

WAITING = (SubmissionState.SUBMITTED, SubmissionState.PROVISIONAL)


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One figure as the approver sees it."""

    indicator: Indicator
    now_text: str
    before_text: str
    before_day: str
    value: Value
    cell: cell_rules.Cell
    breaches: tuple[checks.Breach, ...]
    changed: bool
    author: str
    is_own: bool
    marks: str

    @property
    def doubt(self) -> int:
        """0 broken checks first, 1 changes, 2 confirmed or carried over."""
        if self.breaches:
            return 0
        return 1 if self.changed else 2


def context(viewer: Viewer, found: Submission) -> dict[str, Any]:
    """Template context of the approval page and of a sent report."""
    revision = submissions.last_revision(found) if found.revision_count else None
    rows = approval_rows(viewer, found, revision) if revision else []
    rights = org.approval_rights(viewer.user, found.unit, day=viewer.day)
    own = submissions.own_values(revision, viewer.user) if revision else []
    blocked = bool(own) or (revision is not None and revision.author == str(viewer.user.pk))
    return {
        "submission": found,
        "unit": found.unit,
        "unit_label": bodies.label_of(found.unit),
        "block_label": today_page.BLOCK_LABELS[found.unit.block],
        "period_label": sheet.period_label(found.round),
        "revision": revision,
        "doubtful": [row for row in rows if row.doubt == 0],
        "changed": [row for row in rows if row.doubt == 1],
        "unchanged": [row for row in rows if row.doubt == 2],  # noqa: PLR2004  the scale is explained at `doubt`
        "rights": rights,
        "is_waiting": found.state in WAITING,
        "blocked": blocked and bool(rights),
        "own_codes": ", ".join(own[:6]),
        "substitutes": [p for p in org.approvers_of(found.unit, day=viewer.day) if p.person_id != viewer.user.pk],
        "problem": "",
        "posted": {},
        "next_url": next_url(viewer, after=found.pk),
    }


def approval_rows(viewer: Viewer, found: Submission, revision: Revision) -> list[ApprovalRow]:
    """The figures of a revision that this round states anew, most doubtful first, then carried ones."""
    programme = found.round.regime.programme_id
    day = found.round.period_end
    basis = state.basis_for(programme, found.unit.block, day, unit_codes=list(state.units_above(found.unit)))
    held = queries.state_of(programme, found.unit_id)
    cells = queries.cells_now(held)
    values = payload.load(revision.payload)
    others = {row.code: checks.values_of(row, values.get(row.code)) for row in basis.indicators}
    others |= {
        row.code: checks.values_of(row, value)
        for row, value in sheet.sibling_values(programme, found.unit, basis.indicators, day)
    }
    names = {str(viewer.user.pk): viewer.user.full_name, revision.author: revision.author_label}
    rows = []
    for row in basis.indicators:
        value = values.get(row.code)
        if value is None or row.code not in cells:
            continue
        previous = cells[row.code].previous
        rows.append(
            _row(row, value, previous, cell=cells[row.code], others=others, names=names, viewer=viewer, day=day)
        )
    return sorted(rows, key=lambda r: (r.doubt, r.indicator.order))


def _row(
    row: Indicator,
    value: Value,
    previous: Value | None,
    *,
    cell: cell_rules.Cell,
    others: dict[str, Any],
    names: dict[str, str],
    viewer: Viewer,
    day: date,
) -> ApprovalRow:
    stated_now = value.on == day
    marks = [
        mark
        for mark, on in (
            ("ước TH", value.is_estimate),
            ("xác nhận không thay đổi", value.unchanged),
            ("chưa đến kỳ", not stated_now),
        )
        if on
    ]
    return ApprovalRow(
        indicator=row,
        now_text=value_text(row, value),
        before_text=value_text(row, previous),
        before_day=dates.format_day_month(previous.on) if previous else "",
        value=value,
        cell=cell,
        breaches=tuple(checks.breaches(row, value, previous, others)) if stated_now else (),
        changed=stated_now and not value.same_figure(previous),
        author=value.provider or names.get(value.by, ""),
        is_own=value.by == str(viewer.user.pk),
        marks=", ".join(marks),
    )


def next_url(viewer: Viewer, *, after: int) -> str:
    """The next report that waits for this approver, else the start page."""
    lines = [line for line in today_page.waiting_lines(viewer) if line.url != reverse("reports-approve", args=[after])]
    return lines[0].url if lines else reverse("reports")


@dataclass(frozen=True, slots=True)
class SendingCell:
    """One block of a commune in the sending table."""

    status: str
    label: str
    url: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class SendingRow:
    """One commune in the sending table."""

    name: str
    code: str
    cells: tuple[SendingCell, ...]


def sending_rows(lines: list[queries.SendLine], of_round: Round, viewer: Viewer) -> list[SendingRow]:
    """Rows with links to the reports that the viewer may read."""
    codes = [f"{line.commune.code}-{suffix}" for line in lines for suffix in ("DU", "HD", "UB", "MT")]
    found = queries.submissions_of(of_round, codes)
    units = org.units(codes)
    rows = []
    for line in lines:
        cells = []
        for suffix, status in zip(("DU", "HD", "UB", "MT"), line.statuses, strict=True):
            code = f"{line.commune.code}-{suffix}"
            said = found.get(code)
            readable = said is not None and said.revision_count > 0 and viewer.may(Act.SEE_FIGURES, units[code])
            url = reverse("reports-show", args=[said.pk]) if said is not None and readable else ""
            cells.append(SendingCell(status, queries.SendStatus.LABELS[status], url, code))
        rows.append(SendingRow(line.commune.name, line.commune.code, tuple(cells)))
    return rows


def sending_totals(lines: list[queries.SendLine]) -> list[tuple[str, int]]:
    """How many block reports stand in which state, in the fixed order of states."""
    counted = Counter(status for line in lines for status in line.statuses)
    return [(label, counted[status]) for status, label in queries.SendStatus.LABELS.items() if counted[status]]


def provider_rows(
    rows: list[Indicator], asked: FigureRequest, posted: Any, *, errors: dict[str, dict[str, str]] | None = None
) -> list[dict[str, Any]]:
    """Rows of the provider's page; after an error exactly what was typed stands there again."""
    book = indicators.target_book(asked.round.period_end, unit_codes=[])
    given = {code: Value.from_json(row) for code, row in asked.provided_values.items()}
    return [
        {
            "code": row.code,
            "name": row.name,
            "numerator": row.numerator or row.name,
            "denominator": row.denominator if row.kind == Kind.RATIO else "",
            "base": Accumulation(row.accumulation).label,
            "n_text": posted.get(f"n-{row.code}") or figure_text(row, given.get(row.code), "n"),
            "d_text": posted.get(f"d-{row.code}") or figure_text(row, given.get(row.code), "d"),
            "n_error": (errors or {}).get(row.code, {}).get("n", ""),
            "d_error": (errors or {}).get(row.code, {}).get("d", ""),
            "target": sheet.target_text(book.milestone(row), row),
        }
        for row in rows
    ]

"""What a person should know before putting a name to a report: gaps by name, provisional and outdated figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from xanh.core import dates
from xanh.core.light import Reason
from xanh.core.periods import Cadence, DueRules, last_due_on, period_containing
from xanh.directives.models import Directive, DirectiveState
from xanh.kit import policy
from xanh.publishing.content import Caution
from xanh.publishing.figures import FigureSet
from xanh.publishing.kinds import TextKind
from xanh.publishing.scope import Scope


def cautions(
    scope: Scope,
    figures: FigureSet,
    *,
    issued: list[Directive],
    unexplained: list[str],
    texts: Mapping[str, str],
) -> tuple[Caution, ...]:
    """All cautions that apply, the gravest first."""
    found = [
        _caution("báo cáo khối chưa gửi lần nào", _silent(figures)),
        _caution("số liệu còn thiếu", _missing(scope, figures)),
        _caution("báo cáo khối là số tạm tính, chờ duyệt", _provisional(figures)),
        _caution("số liệu đã quá kỳ, chưa cập nhật", _outdated(scope, figures)),
        _caution("chỉ tiêu chưa đạt nhưng chưa có thuyết minh", unexplained),
        _caution(
            "văn bản trong kỳ chưa rà soát xong, số và ngày có thể còn thay đổi",
            [each.label for each in issued if each.state == DirectiveState.REVIEWING],
        ),
        _caution(
            "phần chưa có nội dung, báo cáo sẽ ghi “Không có.”",
            [TextKind(kind).label for kind in TextKind.values if not texts.get(kind, "").strip()],
        ),
    ]
    if figures.hidden:
        found.append(Caution(f"{figures.hidden} chỉ tiêu phạm vi hạn chế không thể hiện trong bản này", ()))
    if scope.closing is None:
        found.append(Caution("Kỳ báo cáo chưa chốt: số liệu còn thay đổi đến giờ chốt", ()))
    return tuple(caution for caution in found if caution is not None)


def _caution(what: str, names: list[str]) -> Caution | None:
    return Caution(f"{len(names)} {what}", tuple(names)) if names else None


def _silent(figures: FigureSet) -> list[str]:
    return [block.unit.name for block in figures.blocks if not block.has_reported]


def _missing(scope: Scope, figures: FigureSet) -> list[str]:
    """In a commune by indicator; above, by block report with how many lack."""
    found = []
    for block in figures.blocks:
        lacking = [row for row in block.rows if row.in_power and block.cells[row.code].reason is Reason.NO_FIGURES]
        if not block.has_reported or not lacking:
            continue
        if scope.is_commune:
            found += [f"{row.code} {row.name}" for row in lacking]
        else:
            found.append(f"{block.unit.name}: {', '.join(row.code for row in lacking)}")
    return found


def _provisional(figures: FigureSet) -> list[str]:
    return [block.unit.name for block in figures.blocks if block.has_reported and not block.is_approved]


def _outdated(scope: Scope, figures: FigureSet) -> list[str]:
    """Figures older than the last period of theirs that was due by the instant of the report."""
    day = dates.local_date(scope.as_of)
    if scope.closing is None:
        # Before the closing nobody is late with the day's own figures.
        day -= timedelta(days=1)
    calendar = policy.working_calendar()
    oldest = {}
    for cadence in Cadence:
        due = last_due_on(cadence, day, DueRules(), calendar)
        oldest[cadence] = None if due is None else period_containing(due, cadence).start
    found = []
    for block in figures.blocks:
        for row in block.rows:
            value, start = block.cells[row.code].value, oldest[Cadence(row.cadence)]
            if value is not None and start is not None and value.on < start and row.in_power:
                where = "" if scope.is_commune else f"{block.unit.name}: "
                found.append(f"{where}{row.code} {row.name} (số ngày {dates.format_date(value.on)})")
    return found

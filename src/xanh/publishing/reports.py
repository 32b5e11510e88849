"""Builds a report: facts are read once, every part is made from them, and the result is a plain tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xanh.core import dates
from xanh.core.status import LightCounts
from xanh.indicators.kinds import Circulation
from xanh.org import queries as org
from xanh.org.access import Viewer
from xanh.org.kinds import Level
from xanh.org.models import Unit
from xanh.people.roles import Act
from xanh.publishing import annexes, area_parts, cautions, common_parts, commune_parts, layouts, queries, wording, work
from xanh.publishing import figures as figure_rules
from xanh.publishing.content import (
    Block,
    Foot,
    Head,
    Paragraph,
    ReportContent,
    Run,
    Section,
    Source,
    SourceKind,
    paragraphs,
    words,
)
from xanh.publishing.figures import FigureSet
from xanh.publishing.kinds import TextKind
from xanh.publishing.scope import Scope
from xanh.publishing.work import Workload


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything that a report is made from."""

    scope: Scope
    figures: FigureSet
    load: Workload
    lines: list[area_parts.UnitLine]
    texts: Mapping[str, str]


def build(scope: Scope, viewer: Viewer, *, is_sample: bool) -> ReportContent:
    """The report of a scope as this viewer may see it; `is_sample` marks every page of invented figures."""
    may_see_restricted = viewer.may(Act.SEE_RESTRICTED, scope.unit)
    figures = figure_rules.load(
        scope.programme.code,
        scope.block_units(),
        as_of=scope.as_of,
        is_live=scope.is_live,
        may_see_restricted=may_see_restricted,
    )
    load = work.workload(viewer, scope.territory, scope.sides, at=scope.as_of)
    facts = _Facts(scope, figures, load, _lines(scope, figures, load), queries.texts_for(scope.unit, scope.period))
    issued = work.documents(viewer, scope.territory, scope.period, may_see_restricted=may_see_restricted)
    results, reasons, unexplained = _results(facts)
    sections = (
        Section("Công tác lãnh đạo, chỉ đạo", tuple(common_parts.leadership(scope, issued))),
        Section("Kết quả thực hiện", (*_summary(facts), *results)),
        Section("Tình hình thực hiện nhiệm vụ được giao", tuple(common_parts.work(scope, load))),
        Section("Chỉ tiêu chưa đạt, nguyên nhân và việc cần làm", tuple(reasons)),
        _text_section(TextKind.DIFFICULTIES, facts.texts),
        _text_section(TextKind.PROPOSALS, facts.texts),
        Section("Nhiệm vụ trọng tâm kỳ tới", tuple(common_parts.next_period(load, *work.next_span(scope.period)))),
    )
    stated = tuple(block for section in sections for block in section.blocks)
    circulation = Circulation.RESTRICTED if figures.shows_restricted else Circulation.INTERNAL
    layout = layouts.layout_on(scope.issuer.family, dates.local_date(scope.as_of))
    return ReportContent(
        layout=layout.code,
        day=dates.local_date(scope.as_of),
        as_of=scope.as_of,
        head=_head(scope, layout),
        type_name="BÁO CÁO",
        subject=f"kết quả thực hiện Nghị quyết số {scope.programme.symbol} {scope.period.label}",
        opening=(_opening(scope),),
        sections=sections,
        closing=words(f"Trên đây là báo cáo {scope.period.label} của {scope.issuer.self_name}{_end(layout)}"),
        foot=_foot(scope),
        annexes=(
            *([common_parts.overdue_annex(load)] if load.overdue else []),
            annexes.sources_annex(scope, figures, stated),
        ),
        circulation=circulation.value,
        circulation_label=f"Phạm vi lưu hành: {circulation.label}",
        is_sample=is_sample,
        warnings=cautions.cautions(scope, figures, issued=issued, unexplained=unexplained, texts=facts.texts),
    )


def _lines(scope: Scope, figures: FigureSet, load: Workload) -> list[area_parts.UnitLine]:
    """Units below with what they add up to; none for a commune."""
    if scope.is_commune:
        return []
    day = dates.local_date(scope.as_of)
    by_province = scope.territory.level == Level.NATION
    below: list[Unit] = list(org.provinces() if by_province else org.communes_of(scope.territory.code, day=day))
    overdue: dict[str, int] = {}
    for each in load.overdue:
        lead = each.task.lead
        if lead is not None:
            code = lead.province_code if by_province else lead.commune_code
            overdue[code] = overdue.get(code, 0) + 1
    return area_parts.unit_lines(scope, figures, below, overdue)


def _results(facts: _Facts) -> tuple[list[Block], list[Block], list[str]]:
    if facts.scope.is_commune:
        reasons, unexplained = commune_parts.not_achieved(facts.figures)
        return commune_parts.result_blocks(facts.figures), reasons, unexplained
    reasons, unexplained = area_parts.not_achieved(facts.scope, facts.figures)
    return area_parts.result_blocks(facts.scope, facts.figures, facts.lines), reasons, unexplained


def _summary(facts: _Facts) -> tuple[Block, ...]:
    """Reported and achieved apart, then how much of it is approved."""
    scope, blocks = facts.scope, facts.figures.blocks
    source = Source(SourceKind.BLOCKS, scope.territory.code)
    counts = sum((block.counts() for block in blocks), LightCounts())
    approved = sum(block.is_approved for block in blocks)
    when = "chốt" if scope.closing is not None else "tính đến"
    first = Paragraph(
        (
            Run(f"Số liệu {when} {wording.instant_words(scope.as_of)}. Đã báo cáo "),
            Run(wording.counted(counts.reported, counts.applicable), source),
            Run(" chỉ tiêu; đã đạt "),
            Run(wording.counted(counts.achieved, counts.applicable), source),
            Run(" chỉ tiêu. Đã báo cáo và đã đạt là hai số riêng."),
        )
    )
    rest = "; phần còn lại là số tạm tính hoặc chưa gửi." if approved < len(blocks) else "."
    second = [
        Run("Đã duyệt "),
        Run(f"{approved}/{len(blocks)}", source),
        Run(f" báo cáo khối{rest}"),
    ]
    if not scope.is_commune:
        complete = sum(line.approved == line.expected > 0 for line in facts.lines)
        second += [
            Run(" "),
            Run(f"{complete}/{len(facts.lines)}", source),
            Run(" đơn vị đã duyệt đủ các khối. Số tổng hợp tính trên số liệu đã duyệt."),
        ]
    excuses = queries.excuses_of(scope)
    notes = tuple(
        words(f"Được miễn báo cáo: {excuse.unit.name}, lý do: {excuse.reason.rstrip('.')} ({excuse.granted_label}).")
        for excuse in excuses
    )
    return (first, Paragraph(tuple(second)), *notes)


def _text_section(kind: TextKind, texts: Mapping[str, str]) -> Section:
    written = paragraphs(texts.get(kind.value, ""))
    return Section(kind.label, written or (words("Không có."),), text_kind=kind.value)


def _opening(scope: Scope) -> Paragraph:
    is_party = scope.side == "party"
    cited = wording.programme_citation(scope.programme, is_party=is_party)
    return words(f"Thực hiện {cited}, {scope.issuer.self_name} báo cáo kết quả {scope.period.label} như sau:")


def _end(layout: layouts.Layout) -> str:
    return str(layout.rules["end_mark"])


def _head(scope: Scope, layout: layouts.Layout) -> Head:
    issuer, rules = scope.issuer, layout.rules["head"]
    return Head(
        parent=issuer.parent,
        issuer=issuer.issuer,
        number=rules["number"].format(blank=layouts.BLANK, type="BC", body=issuer.body),
        place_and_day=wording.open_day(issuer.place, dates.local_date(scope.as_of)),
    )


def _foot(scope: Scope) -> Foot:
    signer = queries.signer_name(scope.unit, scope.territory, scope.issuer.head_of, day=dates.local_date(scope.as_of))
    return Foot(scope.issuer.behalf, scope.issuer.title, signer, scope.issuer.recipients)

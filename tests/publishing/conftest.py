"""A day of xã Tân Mẫu: four blocks sent, three approved, a document and its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.directives import samples
from tests.reporting import day
from xanh.core.periods import Period, parse_code
from xanh.directives.models import Directive
from xanh.indicators.models import Programme
from xanh.org.access import Viewer, viewer_of
from xanh.people.models import User
from xanh.publishing.kinds import Template
from xanh.publishing.scope import Scope, scope_of
from xanh.reporting import sheet
from xanh.reporting.actions import drafts, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import Round

BLOCKS = ("99001-DU", "99001-HD", "99001-UB", "99001-MT")
PERIOD = "2026-11"


@dataclass
class Office:
    """The standing office of xã Tân Mẫu on Friday 20/11/2026, 14:00."""

    nation: factories.Nation
    round: Round
    now: datetime
    secretary: User
    leader: User
    directive: Directive

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.secretary, day=date(2026, 11, 20))

    @property
    def programme(self) -> Programme:
        return self.nation.programme

    def scope(
        self,
        unit: str = "99001",
        *,
        template: Template = Template.PARTY,
        period: str = PERIOD,
        now: datetime | None = None,
    ) -> Scope:
        span: Period = parse_code(period)
        return scope_of(self.nation.unit(unit), template, self.programme, span, now=now or self.now)


CAPACITIES = {
    "99001-DU": "Phó Bí thư Thường trực Đảng ủy",
    "99001-HD": "Phó Chủ tịch HĐND",
    "99001-UB": "Phó Chủ tịch UBND",
}


@pytest.fixture
def office(nation: factories.Nation, now: datetime) -> Office:
    of_round = nation.round_on(date(2026, 11, 20))
    at = now - timedelta(hours=3)
    for number, code in enumerate(BLOCKS):
        unit = nation.unit(code)
        clerk = factories.person("clerk", code, name=f"Lê Thị Mẫu {['An', 'Bình', 'Châu', 'Dung'][number]}")
        day.fill(of_round, unit, clerk, at)
        if code == "99001-DU":
            version = sheet.sheet_for(of_round, unit, now=at).version
            low = {"DU-01": Entered(n=257, d=803, note="Đảng viên cao tuổi chưa có điện thoại thông minh <b>")}
            drafts.save_draft(of_round=of_round, unit=unit, values=low, base_version=version, by=clerk, at=at)
        sent = submissions.submit(of_round=of_round, unit=unit, by=clerk, at=at, provisional=code == "99001-MT")
        if code == "99001-MT":
            continue
        capacity = CAPACITIES[code]
        approver = factories.person("approver", code, name=f"Trần Văn Mẫu {number}", capacity=capacity)
        submissions.approve(
            submission_id=sent.pk, revision_number=1, capacity=capacity, by=approver, at=at + timedelta(hours=1)
        )
    province = nation.unit("00")
    giver = factories.person("consolidator", "00-DU")
    judge = factories.person("leader", "00", capacity="Bí thư Tỉnh ủy", name="Hoàng Văn Mẫu")
    return Office(
        nation,
        of_round,
        now,
        factories.person("consolidator", "99001", name="Phạm Thị Mẫu Em", capacity="Chánh Văn phòng Đảng ủy"),
        factories.person("leader", "99001", name="Nguyễn Văn Mẫu", capacity="Bí thư Đảng ủy"),
        samples.in_force(province, giver, judge),
    )

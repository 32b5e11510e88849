"""A clerk of two blocks of xã Tân Mẫu with a key, on Friday 20/11/2026, 14:00."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.reporting import day
from xanh.kit import clock
from xanh.people import tokens
from xanh.people.models import User
from xanh.reporting import sheet
from xanh.reporting.models import Round

BASE = "/api/v1"


@dataclass
class Program:
    """A program that calls with a key."""

    secret: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"{BASE}{path}", query, headers={"Authorization": f"Bearer {self.secret}"})

    def put(self, path: str, body: Any, *, key: str = "khoa-0001") -> Any:
        headers = {"Authorization": f"Bearer {self.secret}", "Idempotency-Key": key}
        return self.client.put(f"{BASE}{path}", body, content_type="application/json", headers=headers)


@dataclass
class Desk:
    nation: factories.Nation
    round: Round
    clerk: User
    program: Program
    now: datetime

    def path(self, unit: str) -> str:
        return f"/submissions/NQ57-NGAY/{self.round.period_code}/{unit}"

    def key(self, *scopes: str, user: User | None = None) -> Program:
        owner = user or self.clerk
        _, secret = tokens.issue_token(user=owner, name="Phần mềm thử", scopes=scopes, days=30, by=owner, at=self.now)
        return Program(secret)

    def values(self, unit_code: str) -> dict[str, Any]:
        """A sound figure for every due row of a block."""
        rows = sheet.sheet_for(self.round, self.nation.unit(unit_code), now=self.now).due
        found = {}
        for row in rows:
            if not row.indicator.is_computed:
                entered = day.entered_for(row)
                found[row.indicator.code] = {"n": entered.n, "d": entered.d}
        return found


@pytest.fixture
def desk(nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    clerk = factories.person("clerk", "99001-UB", name="Lê Thị Mẫu An")
    factories.appoint(clerk, "clerk", "99001-DU")
    found = Desk(nation, nation.round_on(date(2026, 11, 20)), clerk, Program(""), now)
    found.program = found.key("read", "submit")
    return found

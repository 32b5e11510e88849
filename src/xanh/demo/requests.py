"""The figures that xã Tân Mẫu has asked from those who hold them, today: through the real actions."""

from __future__ import annotations

from datetime import datetime

from xanh.demo import places
from xanh.demo.figures import Profile
from xanh.demo.people import BlockPeople
from xanh.demo.span import Span
from xanh.org.models import Unit
from xanh.reporting.actions import requests
from xanh.reporting.models import Round

UNIT = f"{places.FIRST_COMMUNE}-UB"
SERVICE_CENTRE, POLICE = "Trung tâm Phục vụ hành chính công", "Công an xã"
# The service centre has given two of its three figures; the police has not answered yet.
ASKED = {SERVICE_CENTRE: ["UB-01", "UB-03", "UB-04"], POLICE: ["UB-34"]}
GIVEN = ("UB-01", "UB-03")
# What the clerk therefore has not typed yet.
MISSING = ("UB-04", "UB-34")
GIVEN_BY = "Tạ Mẫu Thu"


def ask_today(*, span: Span, of_round: Round, people: BlockPeople, profile: Profile) -> None:
    """Ask both, and let the service centre answer in part."""
    unit = Unit.objects.get(pk=UNIT)
    for provider, codes in ASKED.items():
        _, token = requests.ask_figures(
            of_round=of_round,
            unit=unit,
            provider=provider,
            codes=codes,
            due_at=of_round.closes_at,
            by=people.clerk,
            at=_at(span, 20),
        )
        if provider == SERVICE_CENTRE:
            values = {code: profile.figure(code, span.today) for code in GIVEN}
            requests.provide_figures(token=token, values=values, given_by=GIVEN_BY, at=_at(span, 45))


def _at(span: Span, per_cent: int) -> datetime:
    """An instant of today's round, by the share of it that has gone by."""
    opens = span.opens_at(span.today)
    return opens + (min(span.at, span.closes_at(span.today)) - opens) * per_cent / 100

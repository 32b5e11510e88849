"""Ask the bodies that hold figures; take their figures as drafts under their name; tick the national sheet."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from xanh.events import actions as events
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting.actions import drafts
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import FigureRequest, NationalFigure, NationalSheetEntry, Round
from xanh.reporting.payload import Value
from xanh.reporting.states import FigureRequestState


class RequestInvalid(Exception):
    """The link was never made, or its round has closed."""

    def __init__(self) -> None:
        super().__init__(
            "Liên kết xin số liệu không còn hiệu lực (đã hết kỳ hoặc không đúng). "
            "Đề nghị liên hệ đơn vị đã gửi liên kết."
        )


@dataclass(frozen=True, slots=True)
class Provider:
    """Whoever fills the page of a request: no account, only the name he gives."""

    full_name: str
    pk: str = ""


def digest_of(token: str) -> str:
    """What is stored of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask_figures(
    *, of_round: Round, unit: Unit, provider: str, codes: list[str], due_at: datetime, by: User, at: datetime
) -> tuple[FigureRequest, str]:
    """Make a request for some figures; returns it with the token of its link, which is shown once."""
    token = secrets.token_urlsafe(18)
    request = FigureRequest.objects.create(
        round=of_round,
        unit=unit,
        provider=provider,
        indicator_codes=codes,
        token_digest=digest_of(token),
        due_at=due_at,
        asked_label=by.full_name,
        asked_at=at,
    )
    facts = {"provider": provider, "codes": codes, "due_at": due_at}
    events.record(
        kind="figure.asked", subject=("figure_request", request.pk), by=by, at=at, unit_code=unit.code, facts=facts
    )
    return request, token


def request_by_token(token: str, *, at: datetime) -> FigureRequest:
    """The request behind a link while its round is open; raises RequestInvalid."""
    found = FigureRequest.objects.filter(token_digest=digest_of(token)).select_related("round__regime", "unit").first()
    if found is None or found.round.closes_at <= at:
        raise RequestInvalid
    return found


@transaction.atomic
def provide_figures(*, token: str, values: Mapping[str, Entered], given_by: str, at: datetime) -> FigureRequest:
    """Keep what a provider gave; raises RequestInvalid. It is not in the report until the clerk uses it."""
    request = request_by_token(token, at=at)
    request = FigureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    allowed = {code: values[code] for code in request.indicator_codes if code in values}
    request.provided_values = {
        code: Value(n=v.n, d=v.d, on=request.round.period_end, note=v.note.strip(), is_estimate=v.is_estimate).to_json()
        for code, v in allowed.items()
        if not v.is_empty
    }
    request.provided_label = f"{given_by.strip()} ({request.provider})"
    request.provided_at = at
    request.state = FigureRequestState.PROVIDED
    request.save()
    events.record(
        kind="figure.provided",
        subject=("figure_request", request.pk),
        by=Provider(request.provided_label),
        at=at,
        unit_code=request.unit_id,
        facts={"codes": sorted(request.provided_values)},
    )
    return request


@transaction.atomic
def use_figures(*, request_id: int, base_version: int, by: User, at: datetime) -> FigureRequest:
    """Put provided figures into the draft under the provider's name; raises RequestInvalid, DraftConflict."""
    request = (
        FigureRequest.objects.select_for_update(of=("self",)).select_related("round__regime", "unit").get(pk=request_id)
    )
    if request.state == FigureRequestState.ASKED:
        raise RequestInvalid
    values = {
        code: Entered(n=v.n, d=v.d, is_estimate=v.is_estimate, note=v.note)
        for code, v in ((code, Value.from_json(row)) for code, row in request.provided_values.items())
    }
    drafts.save_draft(
        of_round=request.round,
        unit=request.unit,
        values=values,
        base_version=base_version,
        by=by,
        at=at,
        provider=request.provided_label,
    )
    request.state = FigureRequestState.USED
    request.save(update_fields=["state"])
    events.record(kind="figure.used", subject=("figure_request", request.pk), by=by, at=at, unit_code=request.unit_id)
    return request


@transaction.atomic
def tick_national_sheet(*, of_round: Round, unit: Unit, by: User, at: datetime) -> NationalSheetEntry:
    """Record that the figures were typed into the national system; a second tick keeps the first time."""
    entry, created = NationalSheetEntry.objects.get_or_create(
        round=of_round, unit=unit, defaults={"entered_label": by.full_name, "entered_at": at}
    )
    if created:
        events.record(
            kind="national_sheet.entered",
            subject=("round", of_round.pk),
            by=by,
            at=at,
            unit_code=unit.code,
            facts={"period": of_round.period_code},
        )
    return entry


@transaction.atomic
def note_national_figure(
    *, unit: Unit, indicator_code: str, value_scaled: int, seen_on: date, by: User, at: datetime
) -> NationalFigure:
    """Note what the national system shows for a figure, for comparison only; it never enters a report."""
    noted = NationalFigure.objects.create(
        unit=unit,
        indicator_code=indicator_code,
        value_scaled=value_scaled,
        seen_on=seen_on,
        noted_label=by.full_name,
        noted_at=at,
    )
    events.record(
        kind="national_figure.noted",
        subject=("cell", f"{unit.code}:{indicator_code}"),
        by=by,
        at=at,
        unit_code=unit.code,
        facts={"value": value_scaled, "seen_on": seen_on},
    )
    return noted

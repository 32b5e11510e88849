"""The operations: who am I to report for, units, figures, hand a report in."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from xanh.api import auth, schemas
from xanh.core.measures import Kind
from xanh.indicators import queries as indicators
from xanh.kit import clock
from xanh.org import queries as org
from xanh.org.kinds import Level
from xanh.people import tokens
from xanh.people.roles import Act
from xanh.publishing import figures
from xanh.reporting import queries, sheet
from xanh.reporting.actions import drafts, intake
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.states import SubmissionState

if TYPE_CHECKING:
    from xanh.org.access import Viewer
    from xanh.org.models import Unit
    from xanh.reporting.models import Round

api = NinjaAPI(
    title="Xanh",
    version="1",
    description="Giao diện cho phần mềm của các đơn vị: việc phải báo cáo, đơn vị, số liệu, gửi báo cáo.",
    docs_url=None,
    docs_decorator=auth.signed_in,
    urls_namespace="api-v1",
)
IdempotencyKey = Annotated[str, Field(min_length=8, max_length=100, pattern=r"^[!-~]+$")]
READ_ERRORS = {
    401: schemas.Problem,
    403: schemas.Problem,
    404: schemas.Problem,
    413: schemas.Problem,
    422: schemas.Problem,
}
WRITE_ERRORS = {400: schemas.Problem, 409: schemas.Problem, **READ_ERRORS}
WORDS = {
    "missing": "Thiếu nội dung này.",
    "int_type": "Phải là số nguyên.",
    "int_parsing": "Phải là số nguyên.",
    "greater_than_equal": "Nhỏ hơn mức cho phép.",
    "less_than_equal": "Lớn hơn mức cho phép.",
    "string_too_long": "Dài quá mức cho phép.",
    "string_too_short": "Ngắn hơn mức cho phép.",
}


def _problem(request: HttpRequest, status: int, detail: str, reasons: dict[str, str] | None = None) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "reasons": reasons or {}}, status=status)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = {
        ".".join(str(part) for part in row["loc"]): WORDS.get(row["type"], "Chưa đúng mẫu.") for row in error.errors
    }
    return _problem(request, 422, "Nội dung gửi chưa đúng mẫu nên không ghi gì. Đề nghị sửa các mục đã nêu.", reasons)


@api.exception_handler(AuthenticationError)
def _signed_out(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return _problem(request, 401, auth.SIGNED_OUT)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _problem(request, 404, auth.NOT_FOUND)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    known = {
        "Cannot parse request body": "Không đọc được nội dung gửi vì không phải JSON. Đề nghị kiểm tra lại.",
        "CSRF check Failed": "Thiếu mã xác nhận của trang. Đề nghị tải lại trang, hoặc dùng khóa của phần mềm.",
    }
    return _problem(request, error.status_code, known.get(error.message, error.message))


@api.post(
    "/session/token", auth=auth.BrowserAuth(), response={201: schemas.TokenOut, **WRITE_ERRORS}, summary="Tạo khóa"
)
def make_token(request: HttpRequest, wanted: schemas.TokenIn) -> Any:
    """Make a key for the signed-in person; the secret is in this answer only."""
    user = auth.caller(request).user
    try:
        token, secret = tokens.issue_token(
            user=user, name=wanted.name, scopes=wanted.scopes, days=wanted.days, by=user, at=clock.now()
        )
    except (tokens.ScopeUnknown, tokens.LifeTooLong) as refused:
        raise HttpError(422, str(refused)) from refused
    made = {"token": secret, "name": token.name, "scopes": token.scopes, "expires_at": token.expires_at}
    return Status(201, made)


@api.get("/units", auth=auth.may("read"), response={200: list[schemas.UnitOut], **READ_ERRORS}, summary="Tìm đơn vị")
def units(
    request: HttpRequest,  # noqa: ARG001  every operation gets it
    query: Annotated[str, Query(), Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")],
    province: Annotated[str, Query(), Field(pattern=r"^[0-9A-Za-z]{0,24}$")] = "",
) -> Any:
    """Units whose name, short name or alias is `query`, best first; a commune is certain only within its province."""
    return [
        {
            "code": match.unit.code,
            "name": match.unit.name,
            "level": match.unit.level,
            "block": match.unit.block,
            "province_code": match.unit.province_code,
            "commune_code": match.unit.commune_code,
            "certain": match.certain,
        }
        for match in org.find_units(query, province_code=province)
    ]


@api.get(
    "/my-duties",
    auth=auth.may("read"),
    response={200: list[schemas.DutyOut], **READ_ERRORS},
    summary="Việc phải báo cáo",
)
def my_duties(request: HttpRequest) -> Any:
    """Reports that the caller's blocks owe in the rounds of now, with what is still missing."""
    viewer, now = auth.caller(request), clock.now()
    blocks = _own_blocks(viewer)
    found = []
    for regime in queries.regimes():
        of_round = queries.current_round(regime.code, now)
        if of_round is None:
            continue
        reached = [unit for unit in blocks if regime.scope.level == Level.NATION or _lies_in(unit, regime.scope.code)]
        found += [_duty(of_round, unit, now) for unit in reached]
    return found


def _own_blocks(viewer: Viewer) -> list[Unit]:
    communes = dict.fromkeys(reach.commune_code for reach in viewer.reaches if reach.commune_code)
    return [unit for code in communes for unit in org.blocks_of(code) if viewer.may(Act.ENTER_FIGURES, unit)]


def _lies_in(unit: Unit, scope_code: str) -> bool:
    return scope_code in (unit.province_code, unit.commune_code, unit.code)


def _duty(of_round: Round, unit: Unit, now: datetime) -> dict[str, Any]:
    rows = sheet.sheet_for(of_round, unit, now=now)
    state = rows.submission.state if rows.submission else SubmissionState.DRAFT.value
    return {
        "regime": of_round.regime_id,
        "regime_name": of_round.regime.name,
        "period": of_round.period_code,
        "unit": unit.code,
        "unit_name": unit.name,
        "opens_at": of_round.opens_at,
        "closes_at": of_round.closes_at,
        "state": state,
        "state_label": SubmissionState(state).label,
        "due": len(rows.due),
        "filled": rows.filled_due,
        "missing": [row.indicator.code for row in rows.missing],
        "version": rows.version,
    }


@api.get(
    "/cells/{unit}", auth=auth.may("read"), response={200: list[schemas.CellOut], **READ_ERRORS}, summary="Số liệu"
)
def cells(
    request: HttpRequest,
    unit: Annotated[schemas.UnitCode, Path()],
    programme: Annotated[str, Query(), Field(pattern=r"^[0-9A-Za-z-]{1,20}$")] = "NQ57",
) -> Any:
    """The figures of a block, or of all blocks of a commune, as they stand now."""
    viewer, found = auth.caller(request), auth.unit_or_404(unit)
    auth.require(viewer, Act.SEE_FIGURES, found)
    if indicators.programme(programme) is None or found.level not in (Level.COMMUNE, Level.BLOCK):
        raise HttpError(404, auth.NOT_FOUND)
    blocks = [found] if found.level == Level.BLOCK else list(org.blocks_of(found.code))
    return [line for block in blocks for line in _cells(viewer, block, programme)]


def _cells(viewer: Viewer, block: Unit, programme: str) -> list[dict[str, Any]]:
    held = queries.state_of(programme, block.code)
    standing = queries.cells_now(held)
    sees_restricted = viewer.may(Act.SEE_RESTRICTED, block)
    rows = indicators.indicators_on(programme, clock.today(), block=block.block)
    return [
        {
            "unit": block.code,
            "indicator": row.code,
            "name": row.name,
            "kind": row.kind,
            "scale": row.scale,
            "n": cell.value.n if cell.value else None,
            "d": cell.value.d if cell.value else None,
            "on": cell.value.on if cell.value else None,
            "text": figures.value_text(row, cell.value),
            "status": cell.light.value,
            "reason": cell.text,
            "next_step": cell.next_step,
            "approved": bool(held and held.is_approved),
            "circulation": row.circulation,
        }
        for row in rows
        if (cell := standing.get(row.code)) is not None and (sees_restricted or row.circulation != "restricted")
    ]


@api.put(
    "/submissions/{regime}/{period}/{unit}",
    auth=auth.may("submit"),
    response={200: list[schemas.ReceiptOut], **WRITE_ERRORS},
    summary="Gửi báo cáo",
)
def submit(
    request: HttpRequest,
    where: Path[schemas.RoundAddress],
    handed_in: schemas.SubmissionIn,
    key: Annotated[IdempotencyKey, Header(alias="Idempotency-Key")],
) -> Any:
    """Hand in one block (`values`) or blocks of a commune (`blocks`): all of it is taken in, or nothing.

    The same key with the same content gives the same answer again; with other content it is refused (409).
    """
    viewer, found, now = auth.caller(request), auth.unit_or_404(where.unit), clock.now()
    blocks = _blocks(found, handed_in)
    for block in blocks:
        auth.require(viewer, Act.ENTER_FIGURES, block)
    try:
        of_round = queries.round_of(where.regime, where.period)
    except queries.RoundUnknown as unknown:
        raise HttpError(404, auth.NOT_FOUND) from unknown
    if now < of_round.opens_at:
        raise HttpError(409, "Kỳ báo cáo chưa mở nên chưa nhận số liệu. Đề nghị gửi lại khi kỳ đã mở.")
    orders = [_order(of_round, block, blocks[block]) for block in blocks]
    try:
        return intake.hand_in(
            of_round=of_round,
            orders=orders,
            key=key,
            request_digest=_digest(where, handed_in),
            by=viewer.user,
            at=now,
        )
    except (drafts.DraftConflict, tokens.KeyReused) as conflict:
        raise HttpError(409, str(conflict)) from conflict
    except intake.BlockRefused as refused:
        return Status(422, {"detail": str(refused), "reasons": refused.reasons})


def _blocks(found: Unit, handed_in: schemas.SubmissionIn) -> dict[Unit, schemas.BlockIn]:
    """Which block hands in what; 422 where the body does not fit the unit of the address."""
    if found.level == Level.BLOCK and found.commune_code and not handed_in.blocks:
        return {found: handed_in}
    if found.level != Level.COMMUNE or handed_in.values or not handed_in.blocks:
        raise HttpError(422, "Địa chỉ là khối thì gửi “values”, là xã thì gửi “blocks” theo mã từng khối.")
    known = {block.code: block for block in org.blocks_of(found.code)}
    strangers = sorted(set(handed_in.blocks) - set(known))
    if strangers:
        raise HttpError(422, f"Đơn vị {found.name} không có khối {', '.join(strangers)}. Đề nghị kiểm tra lại mã.")
    return {known[code]: block for code, block in sorted(handed_in.blocks.items())}


def _order(of_round: Round, block: Unit, handed_in: schemas.BlockIn) -> intake.BlockOrder:
    rows = indicators.indicators_on(of_round.regime.programme_id, of_round.period_end, block=block.block)
    kinds = {row.code: row.kind for row in rows}
    return intake.BlockOrder(
        unit=block,
        values={code: _entered(code, kinds.get(code, ""), figure) for code, figure in handed_in.values.items()},
        confirm_unchanged=handed_in.confirm_unchanged,
        provisional=handed_in.provisional,
        base_version=handed_in.version,
    )


def _entered(code: str, kind: str, figure: schemas.FigureIn) -> Entered:
    if kind and (kind == Kind.DATE) != (figure.on is not None) and not figure.not_applicable:
        raise HttpError(422, f"{code}: chỉ tiêu ngày thì gửi “on”, chỉ tiêu khác thì gửi “n” (và “d” nếu là tỷ lệ).")
    if figure.not_applicable and not figure.note.strip():
        raise HttpError(422, f"{code}: không áp dụng thì phải ghi lý do ở “note”.")
    return Entered(
        n=figure.n if figure.on is None else figure.on.toordinal(),
        d=figure.d,
        is_estimate=figure.estimate,
        note=figure.note,
        not_applicable=figure.not_applicable,
    )


def _digest(where: schemas.RoundAddress, handed_in: schemas.SubmissionIn) -> str:
    """The same request has the same digest, however its JSON was laid out."""
    content = {"to": where.model_dump(), "body": handed_in.model_dump(mode="json")}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

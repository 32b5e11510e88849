"""What goes in and comes out. Figures are whole numbers, scaled by the indicator's `scale` (scores: 8550 is 85,50)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

BIGGEST = 10**12
NOTE_LENGTH = 2000
# No control characters: a database may be unable to hold them.
Words = Annotated[str, Field(max_length=NOTE_LENGTH, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]
UnitCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,24}$")]
IndicatorCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,20}$")]


class Problem(Schema):
    """Why a request was not carried out: what happened, why, what to do next; `reasons` by field or indicator."""

    detail: str
    reasons: dict[str, str] = {}


class TokenIn(Schema):
    """A key to be made for the signed-in person."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
    scopes: Annotated[list[str], Field(min_length=1, max_length=4)]
    days: Annotated[int, Field(ge=1, le=366)] = 90


class TokenOut(Schema):
    """The key, shown this once only."""

    token: str
    name: str
    scopes: list[str]
    expires_at: datetime


class UnitOut(Schema):
    """A unit. `certain`: the name is meant beyond doubt; else it is a suggestion."""

    code: str
    name: str
    level: str
    block: str
    province_code: str
    commune_code: str
    certain: bool


class DutyOut(Schema):
    """One report that is owed now. `missing`: due indicators without a figure of this period."""

    regime: str
    regime_name: str
    period: str
    unit: str
    unit_name: str
    opens_at: datetime
    closes_at: datetime
    state: str
    state_label: str
    due: int
    filled: int
    missing: list[str]
    version: int


class CellOut(Schema):
    """One figure as it stands. `text` is the value in words, `reason` why its status is what it is."""

    unit: str
    indicator: str
    name: str
    kind: str
    scale: int
    n: int | None
    d: int | None
    on: date | None
    text: str
    status: str
    reason: str
    next_step: str
    approved: bool
    circulation: str


class FigureIn(Schema):
    """One figure. Ratios take `n` and `d`; dates take `on` alone; `not_applicable` needs a note."""

    n: Annotated[int, Field(ge=0, le=BIGGEST)] | None = None
    d: Annotated[int, Field(ge=0, le=BIGGEST)] | None = None
    on: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))] | None = None
    estimate: bool = False
    not_applicable: bool = False
    note: Words = ""


class BlockIn(Schema):
    """What one block hands in. `version`: the version of the draft that was read before (see my-duties)."""

    values: Annotated[dict[IndicatorCode, FigureIn], Field(max_length=200)] = {}
    confirm_unchanged: bool = False
    provisional: bool = False
    version: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class SubmissionIn(BlockIn):
    """One block's report (`values`), or those of several blocks of a commune (`blocks` by unit code)."""

    blocks: Annotated[dict[UnitCode, BlockIn], Field(max_length=8)] = {}


class RoundAddress(Schema):
    """Regime, period and unit as they stand in the address."""

    regime: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$")]
    period: Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{4,24}$")]
    unit: UnitCode


class ReceiptOut(Schema):
    """A report that was taken in."""

    unit: str
    state: str
    revision: int
    receipt: str
    received_at: datetime
    late: bool

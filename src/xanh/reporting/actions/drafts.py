"""What a clerk types: saved again and again, cell by cell, without losing anybody else's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from xanh.events import actions as events
from xanh.indicators import queries as indicators
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import sheet as sheets
from xanh.reporting.models import Round, Submission
from xanh.reporting.payload import Value

VERSION_KEY = "ver"


class DraftConflict(Exception):
    """Somebody else changed the same cells since this page was loaded; nothing was saved."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(
            "Có người vừa sửa cùng ô số liệu: " + ", ".join(codes) + ". Số của đồng chí chưa được lưu. "
            "Đề nghị tải lại trang, đối chiếu rồi nhập lại."
        )
        self.codes = codes


class CodeUnknown(Exception):
    """A value names an indicator that this block does not have, or that nobody types."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__("Không có chỉ tiêu " + ", ".join(codes) + " trong biểu nhập của khối này.")


@dataclass(frozen=True, slots=True)
class Entered:
    """One typed figure: scaled integers; None in both clears the cell."""

    n: int | None
    d: int | None = None
    is_estimate: bool = False
    note: str = ""
    not_applicable: bool = False
    evidence: tuple[int, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing typed at all."""
        return self.n is None and self.d is None and not self.note and not self.not_applicable


def locked(of_round: Round, unit: Unit, *, at: datetime) -> Submission:
    """The submission of a block in a round, locked until the transaction ends; made when first written."""
    Submission.objects.get_or_create(round=of_round, unit=unit, defaults={"updated_at": at})
    return Submission.objects.select_for_update(of=("self",)).get(round=of_round, unit=unit)


@transaction.atomic
def save_draft(
    *,
    of_round: Round,
    unit: Unit,
    values: Mapping[str, Entered],
    base_version: int,
    by: User,
    at: datetime,
    provider: str = "",
) -> Submission:
    """Merge typed figures into the draft; raises DraftConflict, CodeUnknown. Drafts leave no event: the trail begins
    with what is submitted, and every submitted value names its author.
    """
    known = {
        row.code: row
        for row in indicators.indicators_on(of_round.regime.programme_id, of_round.period_end, block=unit.block)
        if not row.is_computed
    }
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise CodeUnknown(unknown)
    submission = locked(of_round, unit, at=at)
    draft: dict[str, Any] = dict(submission.draft)
    changed = {code: entered for code, entered in values.items() if _differs(draft.get(code), entered)}
    conflicts = sorted(
        code
        for code in changed
        if draft.get(code, {}).get(VERSION_KEY, 0) > base_version and draft.get(code, {}).get("by") != str(by.pk)
    )
    if conflicts:
        raise DraftConflict(conflicts)
    if not changed:
        return submission
    submission.draft_version += 1
    for code, entered in changed.items():
        if entered.is_empty:
            draft.pop(code, None)
            continue
        row = _value(entered, draft.get(code), of_round, by=by, provider=provider).to_json()
        draft[code] = row | {VERSION_KEY: submission.draft_version}
    submission.draft = draft
    submission.updated_at = at
    submission.save(update_fields=["draft", "draft_version", "updated_at"])
    return submission


def _differs(row: dict[str, Any] | None, entered: Entered) -> bool:
    if row is None:
        return not entered.is_empty
    old = Value.from_json(row)
    same_evidence = entered.evidence is None or entered.evidence == old.evidence
    return not same_evidence or (old.n, old.d, old.is_estimate, old.note, old.not_applicable) != (
        entered.n,
        entered.d,
        entered.is_estimate,
        entered.note.strip(),
        entered.not_applicable,
    )


def _value(entered: Entered, row: dict[str, Any] | None, of_round: Round, *, by: User, provider: str) -> Value:
    old = Value.from_json(row) if row else None
    # A note or an estimate mark added to somebody's figure leaves the figure his.
    same_figure = old is not None and (old.n, old.d) == (entered.n, entered.d)
    return Value(
        n=entered.n,
        d=entered.d,
        on=of_round.period_end,
        by=old.by if old and same_figure else str(by.pk),
        provider=old.provider if old and same_figure else provider,
        note=entered.note.strip(),
        is_estimate=entered.is_estimate,
        unchanged=bool(old and same_figure and old.unchanged),
        not_applicable=entered.not_applicable,
        evidence=entered.evidence if entered.evidence is not None else (old.evidence if old else ()),
    )


@transaction.atomic
def confirm_unchanged(
    *, of_round: Round, unit: Unit, by: User, at: datetime, codes: list[str] | None = None
) -> tuple[Submission, int]:
    """Record that the due figures not typed yet stand as they were; returns how many were confirmed.

    A recorded act: each value keeps the mark and names who confirmed it.
    """
    submission = locked(of_round, unit, at=at)
    sheet = sheets.sheet_for(of_round, unit, now=at)
    chosen = [
        (row.indicator.code, row.carried)
        for row in sheet.confirmable
        if row.carried is not None and (codes is None or row.indicator.code in codes)
    ]
    if not chosen:
        return submission, 0
    draft = dict(submission.draft)
    submission.draft_version += 1
    for code, carried in chosen:
        value = replace(
            carried.with_day(of_round.period_end), by=str(by.pk), unchanged=True, note="", evidence=(), provider=""
        )
        draft[code] = value.to_json() | {VERSION_KEY: submission.draft_version}
    submission.draft = draft
    submission.updated_at = at
    submission.save(update_fields=["draft", "draft_version", "updated_at"])
    return submission, len(chosen)


@transaction.atomic
def attach_evidence(
    *,
    of_round: Round,
    unit: Unit,
    indicator_code: str,
    label: str,
    link: str,
    stored_id: int | None,
    file_name: str,
    by: User,
    at: datetime,
) -> int:
    """Put a file or a link behind a value of this round; returns the key of the evidence. The figure itself stays."""
    from xanh.reporting.models import Evidence

    submission = locked(of_round, unit, at=at)
    evidence = Evidence(
        unit=unit,
        round=of_round,
        indicator_code=indicator_code,
        label=label,
        link=link,
        file_id=stored_id,
        file_name=file_name,
        attached_by=by.full_name,
        attached_at=at,
    )
    evidence.full_clean(exclude=["file"])
    evidence.save(force_insert=True)
    draft = dict(submission.draft)
    row = draft.get(indicator_code)
    if row is None:
        stood = sheets.sheet_for(of_round, unit, now=at).row(indicator_code)
        carried = None if stood is None else stood.carried
        row = None if carried is None else replace(carried, evidence=()).to_json()
    if row is not None:
        value = Value.from_json(row)
        submission.draft_version += 1
        draft[indicator_code] = replace(value, evidence=(*value.evidence, evidence.pk)).to_json() | {
            VERSION_KEY: submission.draft_version
        }
        submission.draft = draft
        submission.save(update_fields=["draft", "draft_version"])
    events.record(
        kind="evidence.attached",
        subject=("submission", submission.pk),
        by=by,
        at=at,
        unit_code=unit.code,
        facts={"indicator": indicator_code, "label": label},
    )
    return evidence.pk


@transaction.atomic
def mark_unchanged(*, of_round: Round, unit: Unit, codes: list[str], by: User, at: datetime) -> Submission | None:
    """Put the mark "không thay đổi" on typed figures that equal the last value; others are left alone."""
    if not codes:
        return None
    submission = locked(of_round, unit, at=at)
    sheet = sheets.sheet_for(of_round, unit, now=at)
    draft = dict(submission.draft)
    marked = False
    for code in codes:
        row = sheet.row(code)
        if row is None or row.draft is None or row.draft.unchanged or not row.draft.same_figure(row.previous):
            continue
        draft[code] = replace(row.draft, unchanged=True, by=str(by.pk)).to_json() | {
            VERSION_KEY: submission.draft_version
        }
        marked = True
    if marked:
        submission.draft = draft
        submission.updated_at = at
        submission.save(update_fields=["draft", "updated_at"])
    return submission

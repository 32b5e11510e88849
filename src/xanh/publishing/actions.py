"""Writes of publishing: keep a text, publish a report, draft the one letter of a round and office."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from xanh.core import dates, numbers
from xanh.core.periods import Period
from xanh.events import actions as events
from xanh.kit import files
from xanh.org.access import Viewer
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.publishing import document, letters, queries, reports
from xanh.publishing.kinds import TextKind
from xanh.publishing.models import Letter, PublishedReport, ReportText
from xanh.publishing.scope import Scope
from xanh.reporting.models import Round


class TextKindUnknown(Exception):
    """A report has no such part that people write."""


@transaction.atomic
def keep_text(*, unit: Unit, kind: str, period: Period, text: str, by: User, at: datetime) -> ReportText:
    """Keep what was written for one part of a period's report; raises TextKindUnknown. A draft, so no event."""
    if kind not in TextKind.values:
        raise TextKindUnknown(kind)
    kept, _ = ReportText.objects.update_or_create(
        unit=unit,
        kind=kind,
        period_code=period.code,
        defaults={
            "period_end": period.end,
            "text": text.strip(),
            "by": str(by.pk),
            "by_label": by.full_name,
            "at": at,
        },
    )
    return kept


@transaction.atomic
def publish_report(*, scope: Scope, viewer: Viewer, is_sample: bool, by: User, at: datetime) -> PublishedReport:
    """Write the report as a Word file, keep it under its hash, record who let it out."""
    content = reports.build(scope, viewer, is_sample=is_sample)
    written = document.report_bytes(content, at=at)
    stored = files.keep(written, media_type=document.MEDIA_TYPE, at=at)
    made = PublishedReport.objects.create(
        unit=scope.unit,
        template=scope.template,
        period_code=scope.period.code,
        as_of=scope.as_of,
        circulation=content.circulation,
        sha256=stored.sha256,
        file=stored,
        made_by=str(by.pk),
        made_label=by.full_name,
        made_at=at,
    )
    events.record(
        kind="report.published",
        subject=("report", made.pk),
        by=by,
        at=at,
        unit_code=scope.unit.code,
        facts={"period": scope.period.code, "template": scope.template.value, "sha256": stored.sha256},
    )
    return made


@transaction.atomic
def draft_letter(
    *, of_round: Round, province: Unit, office_code: str, names_all: bool, is_sample: bool, by: User, at: datetime
) -> tuple[Letter, bool]:
    """Draft the letter of a closed round, or return the one that stands (second value: whether it is new).

    Raises letters.RoundStillOpen, letters.NothingMissing.
    """
    standing = queries.letter_of(of_round, province, office_code)
    if standing is not None:
        return standing, False
    content = letters.build(of_round, province, office_code, names_all=names_all, is_sample=is_sample, now=at)
    stored = files.keep(document.letter_bytes(content, at=at), media_type=document.MEDIA_TYPE, at=at)
    try:
        with transaction.atomic():
            made = Letter.objects.create(
                round=of_round,
                province=province,
                office_code=office_code,
                names_all=names_all,
                missing=[{"commune": commune, "blocks": list(blocks)} for commune, blocks in content.missing],
                sha256=stored.sha256,
                file=stored,
                made_by=str(by.pk),
                made_label=by.full_name,
                made_at=at,
            )
    except IntegrityError:
        # Somebody of the same office was faster by a moment.
        first = queries.letter_of(of_round, province, office_code)
        if first is None:
            raise
        return first, False
    facts = {
        "period": of_round.period_code,
        "office": office_code,
        "units": numbers.format_int(len(content.missing)),
        "day": dates.format_date(dates.local_date(at)),
    }
    events.record(
        kind="letter.drafted", subject=("letter", made.pk), by=by, at=at, unit_code=province.code, facts=facts
    )
    return made, True

"""The sample documents go the real way: read, reviewed, put into force by a second person, worked on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.demo.conftest import AT, forget_units
from xanh import reading
from xanh.core.status import TaskBox
from xanh.demo import loader, places
from xanh.demo.documents import registering, texts
from xanh.demo.people import appoint_all
from xanh.demo.span import Span, span_until
from xanh.demo.tasks import TaskHistory
from xanh.directives.models import Directive
from xanh.indicators import loading as indicator_loading
from xanh.org import loading as org_loading
from xanh.org.models import Unit
from xanh.reporting import computed
from xanh.reporting import loading as regime_loading
from xanh.reporting.models import Regime, ReportingDuty
from xanh.tasks import queries
from xanh.tasks.models import Extension, Task, TaskEvidence
from xanh.tasks.queries import TaskFilter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def span(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Span]:
    """The days of a load in which all documents have come in."""
    kept, settings.UPLOADS = settings.UPLOADS, Path(tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), transaction.atomic():
        forget_units()
        org_loading.load_territories(places.territories(), valid_from=loader.UNITS_SINCE)
        indicator_loading.load_catalogue()
        regime_loading.load_catalogue()
        regime = Regime.objects.get(pk=loader.REGIME)
        found = span_until(AT, not_before=regime.valid_from, opens=regime.opens_at, closes=regime.closes_at)
        begins = found.starts_at - timedelta(days=30)
        registering.load(span=found, people=appoint_all(starts_on=begins.date(), at=begins))
        yield found
        transaction.set_rollback(True)
    settings.UPLOADS = kept


def test_a_placeholder_becomes_a_day_in_official_form() -> None:
    source = "Mẫu, {ngay_van_ban:-13}; trước ngày {ngay:1}; {ngay_dau:0}; trong tháng {thang:25}"
    written = texts.render(source, date(2026, 11, 21))
    assert written == "Mẫu, ngày 08 tháng 11 năm 2026; trước ngày 22/11/2026; Ngày 21/11/2026; trong tháng 12/2026"


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 11, 21), date(2027, 3, 31)])
def test_each_document_reads_as_issued_on_its_day(day: date) -> None:
    for document in texts.documents_on(day):
        found = reading.read_text(document.text, file=document.name)
        assert found.metadata.issued_on == document.issued_on.isoformat()
        assert (found.metadata.symbol or "").replace("/", "-").replace("Đ", "D") == document.name.removesuffix(".txt")
        assert len(found.tasks) >= 2


def test_all_documents_are_in_force_under_the_programme(span: Span) -> None:
    found = Directive.objects.order_by("issued_on")
    assert [row.symbol for row in found] == ["21-KH/TU", "45-QĐ/TU", "09-TB/BCĐ", "112-CV/VPTU"]
    assert {row.state for row in found} == {"IN_FORCE"}
    assert all(row.reviewed_by != row.in_force_by for row in found)
    assert ReportingDuty.objects.filter(cadence="WEEKLY").exists()


def test_a_group_task_reaches_every_commune_that_has_the_block(span: Span) -> None:
    # Three tasks of the Party, two of the committee, one of the front in 20 communes; the council's in 19.
    children = Task.objects.filter(parent__isnull=False)
    assert children.count() == 3 * 20 + 2 * 20 + 20 + 19


def test_tasks_stand_in_all_four_boxes(span: Span) -> None:
    boxes = dict(queries.boxes(TaskFilter(), AT).counts())
    assert all(boxes[box] > 0 for box in TaskBox)
    assert Extension.objects.filter(state="ASKED").exists()
    assert TaskEvidence.objects.exists()
    assert queries.boxes(TaskFilter(lead="99001"), AT).overdue == 1


def test_nothing_happens_after_the_instant_of_loading(span: Span) -> None:
    for task in Task.objects.all():
        for instant in (task.assigned_at, task.reported_done_at, task.done_at, task.accepted_at):
            assert instant is None or instant <= AT
        if task.accepted_at and task.done_at:
            assert task.assigned_at <= task.done_at <= task.accepted_at


def test_the_computed_indicator_is_what_the_system_counts(span: Span) -> None:
    history = TaskHistory()
    for code in ("99001", "99004", "99015"):
        counted = computed.tasks_done(Unit.objects.get(pk=f"{code}-DU"), day=span.today, now=AT)
        assert history.done_and_due(code, span.today, AT) == (counted.n, counted.d)

"""The stamped figures of the real units are what the actions would have left, though nobody typed them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.forms.models import model_to_dict
from pytest_django.plugin import DjangoDbBlocker

from tests import factories
from tests.demo.conftest import AT, forget_units
from tests.demo.test_loader import forget_reports
from xanh.assessment import actions as assessment
from xanh.assessment.models import UnitVerdict
from xanh.core.periods import Cadence
from xanh.demo import loader, nation
from xanh.demo.figures import Profile
from xanh.demo.span import span_until
from xanh.org import bodies
from xanh.org import loading as org_loading
from xanh.org.loading import Territory
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import payload
from xanh.reporting.actions import closings, drafts, submissions
from xanh.reporting.models import BlockState, Closing, Regime, Revision, Round, Submission

pytestmark = pytest.mark.django_db

# Two provinces that stand for the real ones; 88003 has no People's Council.
REAL = (
    Territory("88", "Tỉnh Thử", "province"),
    Territory("88001", "Xã Thử Một", "rural_commune", "88"),
    Territory("88002", "Phường Thử Hai", "ward", "88"),
    Territory("88003", "Đặc khu Thử Ba", "special_zone", "88", has_council=False),
    Territory("87", "Tỉnh Thử Khác", "province"),
    *(Territory(f"87{n:03d}", f"Xã Thử {n}", "rural_commune", "87") for n in range(1, 25)),
)


@pytest.fixture(scope="module")
def small_nation(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[loader.Loaded]:
    """Tỉnh Mẫu and 27 communes with stamped figures."""
    patch = pytest.MonkeyPatch()
    patch.setattr(org_loading, "territories_of_catalogue", lambda: list(REAL))
    patch.setattr(settings, "HOME", Path(tmp_path_factory.mktemp("home")))
    with django_db_blocker.unblock(), transaction.atomic():
        forget_units()
        yield loader.load(at=AT, with_documents=False, say=lambda _: None)
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def undone(small_nation: loader.Loaded) -> Iterator[None]:
    """What the test changes is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_commune_has_figures(small_nation: loader.Loaded) -> None:
    assert small_nation.communes == 20 + 27
    # 27 communes with four blocks, but for the special zone's council.
    assert BlockState.objects.exclude(province_code="00").count() == 107


def test_every_revision_hashes_to_what_it_says(undone: None) -> None:
    rows = Revision.objects.exclude(submission__unit__province_code="00")
    assert rows.count() > 500
    assert all(row.sha256 == payload.sha256(row.payload) for row in rows)


def test_every_state_is_that_of_the_last_revision(undone: None) -> None:
    for held in BlockState.objects.exclude(province_code="00").select_related("revision"):
        last = Revision.objects.filter(submission__unit=held.unit).order_by("-submission__round__period_end").first()
        assert held.revision == last
        assert held.is_approved == (last is not None and last.approved_at is not None)


def test_closings_hold_the_right_hash_and_the_roster(undone: None) -> None:
    for closing in Closing.objects.select_related("round"):
        assert closings.verify_closing(closing)
        # 107 stamped blocks and the 79 of Tỉnh Mẫu; the storm frees three of one day.
        assert closing.expected in (186, 183)


def test_verdicts_are_those_of_the_assessment(undone: None) -> None:
    of_round = Round.objects.exclude(closed_at=None).select_related("regime__scope").order_by("-period_end")[0]
    mine = {row.unit_id: model_to_dict(row, exclude=["id"]) for row in UnitVerdict.objects.filter(round=of_round)}
    UnitVerdict.objects.filter(round=of_round).delete()
    assessment.store_verdicts(of_round, at=of_round.closes_at)
    theirs = {row.unit_id: model_to_dict(row, exclude=["id"]) for row in UnitVerdict.objects.filter(round=of_round)}
    assert mine == theirs
    assert len(mine) == 47 + 3 + 1


def _in_post(username: str, role: str, unit: Unit, capacity: str) -> User:
    person = User.objects.get(username=username)
    post = factories.appoint(person, role, unit.code, capacity=capacity)
    post.starts_on = date(2026, 1, 1)
    post.save()
    return person


def _with_a_gap() -> str:
    """A real block that sent nothing in the round before its last report."""
    days = list(Round.objects.order_by("-period_end").values_list("period_end", flat=True))
    for unit in Unit.objects.filter(level="BLOCK", province_code="87").exclude(commune_code=""):
        sent = list(
            Submission.objects.filter(unit=unit)
            .order_by("-round__period_end")
            .values_list("round__period_end", flat=True)
        )
        if days.index(sent[1]) - days.index(sent[0]) > 1:
            return unit.code
    raise AssertionError("no block has a gap; let the story have more of them")


def _not_approved() -> str:
    """A real block whose last report waits, beside values approved before."""
    return BlockState.objects.exclude(province_code="00").filter(is_approved=False)[0].unit_id


@pytest.mark.parametrize(
    "choose", [lambda: "88001-UB", lambda: "88003-DU", lambda: "87004-HD", _with_a_gap, _not_approved]
)
def test_the_stamped_reports_are_what_the_actions_leave(undone: None, choose: Callable[[], str]) -> None:
    unit = Unit.objects.get(pk=choose())
    regime = Regime.objects.get(pk=loader.REGIME)
    span = span_until(AT, not_before=date(2026, 1, 1), opens=regime.opens_at, closes=regime.closes_at)
    path = loader.path_on("NQ57", span.today)
    number = nation.profile_of(Unit.objects.get(pk=unit.commune_code))
    profile = Profile(f"profile {number}", nation.tier_of(number), path, turns_from=span.every[0])
    stamped = list(Submission.objects.filter(unit=unit).select_related("round__regime").order_by("round__period_end"))
    revisions = {row.submission_id: row for row in Revision.objects.filter(submission__unit=unit)}
    held = model_to_dict(BlockState.objects.get(unit=unit), exclude=["id", "revision"])
    forget_reports()
    capacity = bodies.approver_capacities(unit.block)[0]
    typist = _in_post("mau-nhap", "clerk", unit, "Cán bộ nhập liệu")
    approver = _in_post("mau-duyet", "approver", unit, capacity)
    for old in stamped:
        day, revision = old.round.period_end, revisions[old.pk]
        values = {
            code: profile.figure(code, day)
            for code, row in path.indicators.items()
            if row.block == unit.block and not row.is_computed and span.is_typed(Cadence(row.cadence), day)
        }
        was_provisional = old.first_sent_at == revision.submitted_at and old.approved_at != revision.submitted_at
        at = revision.submitted_at
        drafts.save_draft(of_round=old.round, unit=unit, values=values, base_version=0, by=typist, at=at)
        new = submissions.submit(of_round=old.round, unit=unit, by=typist, at=at, provisional=was_provisional)
        if revision.approved_at is not None:
            new = submissions.approve(
                submission_id=new.pk, revision_number=1, capacity=capacity, by=approver, at=revision.approved_at
            )
        said = new.revisions.get()
        assert (said.payload, said.sha256) == (revision.payload, revision.sha256)
        assert _decided(new) == _decided(old)
        if old.draft:
            assert new.draft == old.draft
    again = model_to_dict(BlockState.objects.get(unit=unit), exclude=["id", "revision"])
    assert again == held


def _decided(row: Submission) -> tuple[object, ...]:
    return (
        row.state,
        row.receipt,
        row.submitted_at,
        row.first_sent_at,
        row.approved_at,
        row.approved_by,
        row.approved_label,
    )

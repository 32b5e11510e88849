"""Closing a round, verdicts on units, boards of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.reporting import day
from xanh.assessment import actions as assessment
from xanh.assessment import queries as boards
from xanh.assessment.models import UnitVerdict
from xanh.core.light import Light
from xanh.events.models import Event
from xanh.people.models import User
from xanh.reporting import queries
from xanh.reporting.actions import closings, drafts, rounds, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import BlockState, ClosedBlock, Closing, Round

CAPACITY = "Phó Chủ tịch UBND"
CUTOFF = timedelta(hours=2)  # the fixture `now` is 14:00, the round closes at 16:00


@dataclass
class Desk:
    nation: factories.Nation
    round: Round
    clerk: User
    approver: User

    def send(self, unit_code: str, at: datetime, **how: object):
        return day.send(self.round, self.nation.unit(unit_code), self.clerk, at, **how)  # type: ignore[arg-type]


@pytest.fixture
def desk(nation: factories.Nation) -> Desk:
    return Desk(
        nation,
        nation.round_on(date(2026, 11, 20)),
        factories.person("clerk", "99001"),
        factories.person("approver", "99001", capacity=CAPACITY),
    )


def test_a_round_closes_at_16_00_in_viet_nam(desk: Desk, now: datetime) -> None:
    assert desk.round.closes_at == now + CUTOFF
    assert not assessment.close_due(at=now + CUTOFF - timedelta(seconds=1))
    assert [c.round_id for c in assessment.close_due(at=now + CUTOFF)] == [desk.round.pk]


def test_a_small_special_zone_without_council_owes_three_reports(desk: Desk) -> None:
    owing = [u.code for u in queries.owing_units(desk.nation.regime, date(2026, 11, 20)) if u.commune_code == "99020"]
    assert owing == ["99020-DU", "99020-UB", "99020-MT"]


def test_a_closing_freezes_each_block_with_its_approval_state(desk: Desk, now: datetime) -> None:
    sent = desk.send("99001-UB", now)
    submissions.approve(submission_id=sent.pk, revision_number=1, capacity=CAPACITY, by=desk.approver, at=now)
    desk.send("99001-MT", now, provisional=True)
    closing = assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    states = dict(ClosedBlock.objects.filter(commune_code="99001").values_list("unit_id", "state"))
    assert states == {"99001-DU": "", "99001-HD": "", "99001-UB": "APPROVED", "99001-MT": "PROVISIONAL"}
    assert (closing.sent, closing.approved) == (2, 1)


def test_a_round_is_closed_once(desk: Desk, now: datetime) -> None:
    assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    with pytest.raises(closings.AlreadyClosed):
        assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    assert Closing.objects.count() == 1
    assert Event.objects.filter(kind="round.closed").count() == 1


def test_a_closing_is_byte_equal_after_a_later_correction(desk: Desk, now: datetime) -> None:
    desk.send("99001-UB", now)
    closing = assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    desk.send("99001-UB", now + timedelta(hours=3), shift=30)
    assert closings.verify_closing(Closing.objects.get(pk=closing.pk))
    assert BlockState.objects.get(unit_id="99001-UB").cells["UB-01"]["v"]["n"] == 2493 + 30


def test_a_changed_line_breaks_the_hash_of_the_closing(desk: Desk, now: datetime) -> None:
    desk.send("99001-UB", now)
    closing = assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    ClosedBlock.objects.filter(unit_id="99001-UB").update(green=34)
    assert not closings.verify_closing(closing)


def test_an_excused_block_is_not_expected(desk: Desk, now: datetime) -> None:
    before = queries.sent_counts(desk.round, commune_code="99001").expected
    rounds.excuse_block(
        of_round=desk.round,
        unit=desk.nation.unit("99001-HD"),
        reason="Mất điện do bão",
        by=desk.clerk,
        capacity="",
        at=now,
    )
    assert queries.sent_counts(desk.round, commune_code="99001").expected == before - 1
    closing = assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    assert ClosedBlock.objects.get(unit_id="99001-HD").is_excused
    assert closing.expected == ClosedBlock.objects.count() - 1


def test_a_late_report_is_marked_late(desk: Desk, now: datetime) -> None:
    sent = desk.send("99001-UB", now + timedelta(hours=3), provisional=True)
    submissions.approve(
        submission_id=sent.pk, revision_number=1, capacity=CAPACITY, by=desk.approver, at=now + timedelta(hours=4)
    )
    sent.refresh_from_db()
    assert queries.send_status(sent, desk.round, excused=False) == queries.SendStatus.LATE


def test_a_commune_with_less_than_half_reported_is_grey(desk: Desk, now: datetime) -> None:
    desk.send("99001-MT", now)
    line = boards.commune_board("NQ57", desk.nation.unit("99001"), now=now).line
    assert line.verdict.light is Light.GREY
    assert "chưa đủ để đánh giá" in line.verdict.text


def test_verdicts_are_stored_for_communes_provinces_and_nation(desk: Desk, now: datetime) -> None:
    assessment.close(round_id=desk.round.pk, at=now + CUTOFF)
    levels = sorted(UnitVerdict.objects.filter(round=desk.round).values_list("level", flat=True))
    assert levels.count("NATION") == 1
    assert levels.count("PROVINCE") == 2
    assert levels.count("COMMUNE") == 4


def test_an_approval_that_waits_over_two_days_turns_grey(desk: Desk, now: datetime) -> None:
    desk.send("99001-UB", now)
    held = BlockState.objects.get(unit_id="99001-UB")
    assert held.cells["UB-01"]["l"] == "GREEN"
    later = now + timedelta(days=2, seconds=1)
    assert held.next_check_at == later
    assert closings.rejudge_due(at=later) == 1
    held.refresh_from_db()
    assert (held.cells["UB-01"]["l"], held.cells["UB-01"]["r"]) == ("GREY", "WAITING_FOR_APPROVAL")
    assert held.waiting > 0


def test_a_past_instant_shows_the_figures_of_that_instant(desk: Desk, now: datetime) -> None:
    desk.send("99001-UB", now)
    desk.send("99001-UB", now + timedelta(minutes=30), shift=30)
    before = queries.cells_at("NQ57", desk.nation.unit("99001-UB"), now + timedelta(minutes=10))
    after = queries.cells_at("NQ57", desk.nation.unit("99001-UB"), now + timedelta(minutes=40))
    assert before["UB-01"].value.n == 2493  # type: ignore[union-attr]
    assert after["UB-01"].value.n == 2523  # type: ignore[union-attr]


def test_what_is_out_of_the_communes_power_is_shown_but_not_counted(desk: Desk, now: datetime) -> None:
    board = boards.commune_board("NQ57", desk.nation.unit("99001"), now=now)
    committee = next(b for b in board.blocks if b.unit.block == "committee")
    assert [c.indicator.code for c in committee.out_of_power] == ["UB-20", "UB-21", "UB-22"]
    assert committee.line.counts.applicable == 31


def test_checks_of_another_block_see_public_rows_only(desk: Desk, now: datetime) -> None:
    from xanh.reporting import sheet

    front = sheet.sheet_for(desk.round, desk.nation.unit("99001-MT"), now=now)
    assert set(front.outside) <= {"UB-22", "UB-27"}


def test_clearing_a_cell_takes_it_out_of_the_draft(desk: Desk, now: datetime) -> None:
    unit = desk.nation.unit("99001-UB")
    for version, entered in enumerate((Entered(n=1, d=2), Entered(n=None, d=None))):
        saved = drafts.save_draft(
            of_round=desk.round, unit=unit, values={"UB-01": entered}, base_version=version, by=desk.clerk, at=now
        )
    assert "UB-01" not in saved.draft

"""The sanctioned bulk loader leaves what the real actions would leave, and never touches real figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.forms.models import model_to_dict

from tests.demo.conftest import AT
from xanh.demo import loader, mode, people, places
from xanh.demo.people import BlockPeople, People
from xanh.demo.span import Span
from xanh.demo.story import Attempt, BlockDay
from xanh.events import queries as events
from xanh.events.models import Event
from xanh.lights.models import LightChange
from xanh.org import queries as org
from xanh.people.models import User
from xanh.reporting.actions import closings, drafts, rounds, submissions
from xanh.reporting.models import BlockState, ClosedBlock, Closing, Excuse, FigureRequest, Revision, Round, Submission

pytestmark = pytest.mark.django_db
# Three communes with four blocks and one with three, in eighteen rounds: well over 200 reports.
COMMUNES = ("99001", "99006", "99009", "99020")


def story_people() -> People:
    """The people of the story, found again by their posts."""
    found = People()
    day = AT.date()
    for commune in places.commune_codes():
        for block in org.blocks_of(commune):
            clerk = org.posts_of([block.code], day=day).filter(role="clerk").get().person
            approvers = tuple(
                people.Approver(post.person, post.capacity)
                for post in sorted(org.approvers_of(block, day=day), key=lambda post: post.is_substitute)
                if post.unit_id == block.code
            )
            found.blocks[block.code] = BlockPeople(clerk, approvers)
    office = [post.person for post in org.posts_of(["00-VPTU"], day=day)]
    found.province = people.ProvincePeople((office[0], office[1]), User.objects.get(username="00-lanh-dao"))
    return found


@dataclass(frozen=True)
class Left:
    """What reports leave in the tables, by natural keys."""

    submissions: dict[tuple[str, date], dict[str, Any]]
    revisions: dict[tuple[str, date, int], dict[str, Any]]
    states: dict[str, dict[str, Any]]
    turns: list[tuple[Any, ...]]
    events: list[tuple[Any, ...]]
    excuses: list[tuple[Any, ...]]


def _plain(row: Any, *without: str) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name not in ("id", *without)}


def what_is_left(codes: list[str]) -> Left:
    sent = Submission.objects.filter(unit__in=codes).select_related("round")
    revisions = Revision.objects.filter(submission__in=sent).select_related("submission__round")
    said = {str(pk): f"{unit} {day}" for pk, unit, day in sent.values_list("pk", "unit_id", "round__period_end")}
    trail = Event.objects.filter(unit_code__in=codes, kind__startswith="submission.").order_by(
        "at", "unit_code", "kind"
    )
    turns = LightChange.objects.filter(unit_code__in=codes).order_by("at", "subject")
    return Left(
        {(row.unit_id, row.round.period_end): _plain(row) for row in sent},
        {
            (row.submission.unit_id, row.submission.round.period_end, row.number): _plain(row, "submission")
            for row in revisions
        },
        {
            row.unit_id: _plain(row, "revision") | {"sha256": row.revision.sha256 if row.revision else ""}
            for row in BlockState.objects.filter(unit__in=codes).select_related("revision")
        },
        [(t.subject, t.unit_code, t.old, t.new, t.reason, t.text, t.at) for t in turns],
        [(e.at, e.kind, said.get(e.subject.split(":")[1], ""), e.unit_code, e.by, e.by_label, e.facts) for e in trail],
        [tuple(_plain(row).items()) for row in Excuse.objects.filter(unit__in=codes).order_by("round", "unit")],
    )


def forget_reports() -> None:
    """Empty the tables of reporting, so that the same days can be lived through again."""
    LightChange.objects.all().delete()
    Event.objects.filter(kind__startswith="submission.").delete()
    ClosedBlock.objects.all().delete()
    BlockState.objects.all().delete()
    Revision.objects.all().delete()
    Submission.objects.all().delete()
    Excuse.objects.all().delete()


def live_through(day: BlockDay, of_round: Round) -> int:
    """Do through the real actions what the people of a block did on a day; returns how many reports were sent."""
    if day.excused is not None:
        rounds.excuse_block(
            of_round=of_round,
            unit=day.unit,
            reason=day.excused.reason,
            by=day.excused.by,
            capacity=day.excused.capacity,
            at=day.excused.at,
        )
    return sum(_attempt(attempt, day, of_round) for attempt in day.attempts)


def _attempt(attempt: Attempt, day: BlockDay, of_round: Round) -> bool:
    typed = Submission.objects.filter(round=of_round, unit=day.unit).first()
    submission = drafts.save_draft(
        of_round=of_round,
        unit=day.unit,
        values=attempt.values,
        base_version=typed.draft_version if typed else 0,
        by=day.clerk,
        at=attempt.typed_at,
    )
    if attempt.submitted_at is None:
        return False
    submission = submissions.submit(
        of_round=of_round, unit=day.unit, by=day.clerk, at=attempt.submitted_at, provisional=attempt.provisional
    )
    decision = attempt.decision
    if decision is not None and decision.reasons:
        submissions.return_for_review(
            submission_id=submission.pk,
            reasons=decision.reasons,
            general="",
            capacity=decision.approver.capacity,
            by=decision.approver.person,
            at=decision.at,
        )
    elif decision is not None:
        submissions.approve(
            submission_id=submission.pk,
            revision_number=submission.revision_count,
            capacity=decision.approver.capacity,
            by=decision.approver.person,
            at=decision.at,
        )
    return True


def test_replaying_200_reports_through_the_actions_leaves_the_same_rows(loaded: loader.Loaded, span: Span) -> None:
    stories = loader.stories(span, story_people(), loader.path_on("NQ57", span.today))
    codes = [code for code in stories if code.split("-")[0] in COMMUNES]
    by_loader = what_is_left(codes)
    forget_reports()
    sent = 0
    for number, day in enumerate(span.every):
        of_round = Round.objects.select_related("regime").get(period_end=day)
        sent += sum(live_through(stories[code][number], of_round) for code in codes)
    by_actions = what_is_left(codes)
    assert sent >= 200
    assert by_actions.submissions == by_loader.submissions
    assert by_actions.revisions == by_loader.revisions
    assert by_actions.states == by_loader.states
    assert by_actions.turns == by_loader.turns
    assert by_actions.events == by_loader.events
    assert by_actions.excuses == by_loader.excuses


def test_the_story_has_reports_of_every_kind(span: Span) -> None:
    stories = loader.stories(span, story_people(), loader.path_on("NQ57", span.today))
    days = [day for plan in stories.values() for day in plan]
    attempts = [attempt for day in days for attempt in day.attempts]
    assert any(not day.attempts and day.excused is None for day in days), "missing"
    assert any(day.excused for day in days), "excused"
    assert any(attempt.provisional for attempt in attempts), "provisional"
    assert any(attempt.decision and attempt.decision.reasons for attempt in attempts), "returned"
    assert any(attempt.submitted_at and attempt.decision is None for attempt in attempts), "waiting"
    assert any(
        attempt.submitted_at and attempt.submitted_at > span.closes_at(day.day)
        for day in days
        for attempt in day.attempts
    ), "late"


def test_xa_tan_mau_stands_as_on_the_first_screen(span: Span) -> None:
    today = {
        row.unit_id: row for row in Submission.objects.filter(round__period_end=span.today, unit__commune_code="99001")
    }
    assert today["99001-DU"].state == "APPROVED"
    assert today["99001-HD"].state == "SUBMITTED"
    committee = today["99001-UB"]
    assert (committee.state, committee.revision_count) == ("DRAFT", 0)
    # Friday: 8 daily and 4 weekly figures of the committee are due, two of them are not typed yet.
    assert len(committee.draft) == 10
    asked = {
        row.provider: (row.state, len(row.provided_values)) for row in FigureRequest.objects.filter(unit="99001-UB")
    }
    assert asked == {"Trung tâm Phục vụ hành chính công": ("PROVIDED", 2), "Công an xã": ("ASKED", 0)}
    assert "99001-MT" not in today


def test_every_closing_can_be_verified(span: Span) -> None:
    assert Closing.objects.count() == len(span.past)
    assert all(closings.verify_closing(closing) for closing in Closing.objects.select_related("round"))


def test_a_closing_made_by_the_clock_freezes_the_same_lines(span: Span) -> None:
    # The last closed round is the only one whose states nobody has written over since: play its closing again.
    day = span.past[-1]
    codes = [
        state.unit_id
        for state in BlockState.objects.select_related("revision__submission__round")
        if state.updated_at <= span.closes_at(day)
    ]
    assert codes
    of_round = Round.objects.get(period_end=day)
    made = {row.unit_id: _plain(row, "round") for row in ClosedBlock.objects.filter(round=of_round, unit__in=codes)}
    ClosedBlock.objects.filter(round=of_round).delete()
    Closing.objects.filter(round=of_round).delete()
    Round.objects.filter(pk=of_round.pk).update(closed_at=None)
    closings.close_round(round_id=of_round.pk, at=of_round.closes_at)
    again = {row.unit_id: _plain(row, "round") for row in ClosedBlock.objects.filter(round=of_round, unit__in=codes)}
    assert again == made


def test_the_log_is_sealed_and_sound(span: Span) -> None:
    found = events.verify()
    assert found.sound
    assert found.unsealed == 0
    assert Event.objects.filter(kind="demo.loaded").count() == 1


def test_loading_again_says_that_it_is_there_and_writes_nothing(span: Span) -> None:
    before = Submission.objects.count()
    with pytest.raises(loader.AlreadyLoaded):
        loader.load(at=AT, only_sample_province=True)
    assert Submission.objects.count() == before


def test_the_installation_is_marked_as_sample(loaded: loader.Loaded) -> None:
    assert mode.is_on()


def test_nobody_of_the_sample_has_a_password(span: Span) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_name_carries_the_word_for_sample(span: Span) -> None:
    names = list(User.objects.values_list("full_name", flat=True))
    assert all("mẫu" in name.lower().split() for name in names)
    assert len(names) == len(set(names))

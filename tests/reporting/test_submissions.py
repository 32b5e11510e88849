"""The life of a block's report: typed, submitted, approved by another person, returned, sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.reporting import day
from xanh.events.models import Event
from xanh.lights.models import LightChange
from xanh.org import actions as org_actions
from xanh.org.models import Post
from xanh.people.models import User
from xanh.reporting import payload, queries, sheet
from xanh.reporting.actions import drafts, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import BlockState, Revision, Round, Submission

CAPACITY = "Phó Chủ tịch UBND"


@dataclass
class Desk:
    nation: factories.Nation
    round: Round
    clerk: User
    approver: User

    @property
    def unit(self):
        return self.nation.unit("99001-UB")


@pytest.fixture
def desk(nation: factories.Nation) -> Desk:
    return Desk(
        nation,
        nation.round_on(date(2026, 11, 20)),
        factories.person("clerk", "99001-UB", name="Lê Thị Mẫu An"),
        factories.person("approver", "99001-UB", name="Trần Văn Mẫu Bình", capacity=CAPACITY),
    )


def approve(desk: Desk, submission: Submission, at: datetime, *, by: User | None = None, number: int = 1) -> Submission:
    return submissions.approve(
        submission_id=submission.pk, revision_number=number, capacity=CAPACITY, by=by or desk.approver, at=at
    )


def test_a_report_with_missing_due_figures_is_refused_and_nothing_is_written(desk: Desk, now: datetime) -> None:
    with pytest.raises(submissions.SubmissionRefused) as refused:
        submissions.submit(of_round=desk.round, unit=desk.unit, by=desk.clerk, at=now)
    assert "UB-01" in refused.value.reasons
    assert not Revision.objects.exists()
    assert not BlockState.objects.exists()
    assert not Submission.objects.exclude(state="DRAFT").exists()


def test_a_hard_check_stops_the_report_with_the_sentence_of_the_catalogue(desk: Desk, now: datetime) -> None:
    day.fill(desk.round, desk.unit, desk.clerk, now)
    drafts.save_draft(
        of_round=desk.round,
        unit=desk.unit,
        values={"UB-01": Entered(n=30, d=20)},
        base_version=1,
        by=desk.clerk,
        at=now,
    )
    with pytest.raises(submissions.SubmissionRefused) as refused:
        submissions.submit(of_round=desk.round, unit=desk.unit, by=desk.clerk, at=now)
    assert list(refused.value.reasons) == ["UB-01"]


def test_a_soft_check_is_lifted_by_a_note(desk: Desk, now: datetime) -> None:
    day.fill(desk.round, desk.unit, desk.clerk, now)
    more = {"UB-02": Entered(n=2600, d=2800)}  # more than UB-01's numerator: a soft check
    drafts.save_draft(of_round=desk.round, unit=desk.unit, values=more, base_version=1, by=desk.clerk, at=now)
    with pytest.raises(submissions.SubmissionRefused):
        submissions.submit(of_round=desk.round, unit=desk.unit, by=desk.clerk, at=now)
    noted = {"UB-02": Entered(n=2600, d=2800, note="Tính cả hồ sơ chuyển từ kỳ trước.")}
    drafts.save_draft(of_round=desk.round, unit=desk.unit, values=noted, base_version=2, by=desk.clerk, at=now)
    sent = submissions.submit(of_round=desk.round, unit=desk.unit, by=desk.clerk, at=now)
    assert sent.state == "SUBMITTED"


def test_submitting_makes_a_revision_a_receipt_lights_and_one_event(desk: Desk, now: datetime) -> None:
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    revision = Revision.objects.get()
    assert revision.sha256 == payload.sha256(revision.payload)
    assert sent.receipt == revision.sha256[:4].upper()
    held = BlockState.objects.get()
    assert held.cells["UB-01"]["l"] == "GREEN"  # 86,29 % against a target of 80 %
    assert "86,29%" in held.cells["UB-01"]["t"]
    assert not held.is_approved
    assert Event.objects.filter(kind="submission.submitted", unit_code="99001-UB").count() == 1
    assert LightChange.objects.filter(subject="cell:99001-UB:UB-01", new="GREEN").count() == 1


def test_the_author_may_not_approve_even_with_an_approvers_post(desk: Desk, now: datetime) -> None:
    factories.appoint(desk.clerk, "approver", "99001-UB", capacity=CAPACITY)
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    with pytest.raises(submissions.MayNotApprove, match="không được tự duyệt"):
        approve(desk, sent, now, by=desk.clerk)
    sent.refresh_from_db()
    assert sent.state == "SUBMITTED"


def test_an_approver_who_typed_one_value_himself_may_not_approve_the_report(desk: Desk, now: datetime) -> None:
    day.fill(desk.round, desk.unit, desk.clerk, now)
    drafts.save_draft(
        of_round=desk.round,
        unit=desk.unit,
        values={"UB-01": Entered(n=2500, d=2889)},
        base_version=1,
        by=desk.approver,
        at=now,
    )
    sent = submissions.submit(of_round=desk.round, unit=desk.unit, by=desk.clerk, at=now)
    with pytest.raises(submissions.MayNotApprove, match="UB-01"):
        approve(desk, sent, now)


def test_approval_stores_person_and_capacity_and_makes_the_block_approved(desk: Desk, now: datetime) -> None:
    sent = approve(desk, day.send(desk.round, desk.unit, desk.clerk, now), now + timedelta(minutes=5))
    assert sent.state == "APPROVED"
    assert sent.approved_label == f"Trần Văn Mẫu Bình, {CAPACITY}"
    assert Revision.objects.get().approved_by == str(desk.approver.pk)
    assert BlockState.objects.get().is_approved
    assert "Phó Chủ tịch UBND" in Event.objects.get(kind="submission.approved").by_label


def test_somebody_without_a_post_at_the_block_may_not_approve(desk: Desk, now: datetime) -> None:
    stranger = factories.person("approver", "99002-UB", capacity=CAPACITY)
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    with pytest.raises(submissions.MayNotApprove):
        approve(desk, sent, now, by=stranger)


def test_a_delegate_approves_between_the_days_of_the_document_only(desk: Desk, now: datetime) -> None:
    deputy = factories.person("leader", "99001", name="Phạm Thị Mẫu Chi")
    org_actions.grant_delegation(
        giver=Post.objects.get(person=desk.approver),
        receiver=deputy,
        block=desk.unit,
        document="12-GUQ/UBND",
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 11, 21),
        by=desk.approver,
        at=now,
    )
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    capacity = f"{CAPACITY} (ủy quyền theo văn bản số 12-GUQ/UBND)"
    with pytest.raises(submissions.MayNotApprove):
        submissions.approve(
            submission_id=sent.pk, revision_number=1, capacity=capacity, by=deputy, at=now + timedelta(days=3)
        )
    done = submissions.approve(submission_id=sent.pk, revision_number=1, capacity=capacity, by=deputy, at=now)
    assert "ủy quyền" in done.approved_label


def test_an_approver_approves_only_the_revision_that_he_read(desk: Desk, now: datetime) -> None:
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    day.send(desk.round, desk.unit, desk.clerk, now, shift=1)
    with pytest.raises(submissions.RevisionMoved):
        approve(desk, sent, now, number=1)
    assert approve(desk, sent, now, number=2).state == "APPROVED"


def test_a_returned_submission_can_be_sent_again_before_closing(desk: Desk, now: datetime) -> None:
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    submissions.return_for_review(
        submission_id=sent.pk, reasons={"UB-01": "Đề nghị đối chiếu với hệ thống một cửa."}, general="",
        capacity=CAPACITY, by=desk.approver, at=now,
    )  # fmt: skip
    sent.refresh_from_db()
    assert (sent.state, sent.return_reasons) == ("RETURNED", {"UB-01": "Đề nghị đối chiếu với hệ thống một cửa."})
    again = day.send(desk.round, desk.unit, desk.clerk, now, shift=2)
    assert (again.state, again.return_reasons, again.revision_count) == ("SUBMITTED", {}, 2)


def test_returning_needs_a_reason(desk: Desk, now: datetime) -> None:
    sent = day.send(desk.round, desk.unit, desk.clerk, now)
    with pytest.raises(submissions.SubmissionRefused, match="Chưa ghi lý do"):
        submissions.return_for_review(
            submission_id=sent.pk, reasons={"UB-01": "  "}, general="", capacity=CAPACITY, by=desk.approver, at=now
        )


def test_provisional_figures_are_sent_in_time_and_approved_later(desk: Desk, now: datetime) -> None:
    sent = day.send(desk.round, desk.unit, desk.clerk, now, provisional=True)
    assert sent.state == "PROVISIONAL"
    assert sent.first_sent_at == now
    later = approve(desk, sent, now + timedelta(hours=6))
    assert (later.state, later.first_sent_at) == ("APPROVED", now)


def test_confirming_unchanged_is_a_recorded_act_with_its_author(desk: Desk, now: datetime) -> None:
    day.send(desk.round, desk.unit, desk.clerk, now)
    tomorrow = desk.nation.round_on(date(2026, 11, 21))
    other = factories.person("clerk", "99001-UB", name="Đỗ Thị Mẫu Em")
    _, count = drafts.confirm_unchanged(of_round=tomorrow, unit=desk.unit, by=other, at=now + timedelta(days=1))
    sent = submissions.submit(of_round=tomorrow, unit=desk.unit, by=other, at=now + timedelta(days=1))
    value = payload.load(sent.revisions.get().payload)["UB-01"]
    assert count == 8  # the eight daily rows of UBND; Saturday is no day of the weekly ones
    assert (value.unchanged, value.by, value.on) == (True, str(other.pk), date(2026, 11, 21))


def test_rows_not_due_carry_over_with_their_own_day_and_author(desk: Desk, now: datetime) -> None:
    day.send(desk.round, desk.unit, desk.clerk, now)
    tomorrow = desk.nation.round_on(date(2026, 11, 21))
    drafts.confirm_unchanged(of_round=tomorrow, unit=desk.unit, by=desk.clerk, at=now + timedelta(days=1))
    sent = submissions.submit(of_round=tomorrow, unit=desk.unit, by=desk.clerk, at=now + timedelta(days=1))
    weekly = payload.load(sent.revisions.get().payload)["UB-05"]
    assert (weekly.on, weekly.unchanged) == (date(2026, 11, 20), False)


def test_a_draft_is_merged_cell_by_cell_and_a_clash_saves_nothing(desk: Desk, now: datetime) -> None:
    second = factories.person("clerk", "99001-UB")

    def save(code: str, n: int, version: int, by: User) -> Submission:
        return drafts.save_draft(
            of_round=desk.round, unit=desk.unit, values={code: Entered(n=n, d=100)}, base_version=version, by=by, at=now
        )

    save("UB-01", 80, 0, desk.clerk)
    save("UB-03", 90, 0, second)  # another cell: merged
    with pytest.raises(drafts.DraftConflict) as clash:
        save("UB-01", 85, 0, second)
    assert clash.value.codes == ["UB-01"]
    draft = Submission.objects.get().draft
    assert (draft["UB-01"]["n"], draft["UB-03"]["n"]) == (80, 90)


def test_a_computed_indicator_cannot_be_typed(desk: Desk, now: datetime) -> None:
    with pytest.raises(drafts.CodeUnknown):
        drafts.save_draft(
            of_round=desk.round,
            unit=desk.nation.unit("99001-DU"),
            values={"DU-17": Entered(n=1, d=1)},
            base_version=0,
            by=desk.clerk,
            at=now,
        )


def test_the_history_names_who_typed_and_who_approved_each_statement(desk: Desk, now: datetime) -> None:
    approve(desk, day.send(desk.round, desk.unit, desk.clerk, now), now)
    line = queries.history_of(desk.unit, "UB-01")[0]
    assert (line.revision.author_label, line.value.n, line.changed) == ("Lê Thị Mẫu An", 2493, True)
    assert line.revision.approved_label.endswith(CAPACITY)


def test_a_correction_of_an_older_round_does_not_overwrite_the_newer_state(desk: Desk, now: datetime) -> None:
    yesterday = desk.nation.round_on(date(2026, 11, 19))
    day.send(desk.round, desk.unit, desk.clerk, now, shift=5)
    day.send(yesterday, desk.unit, desk.clerk, now)
    assert BlockState.objects.get().cells["UB-01"]["v"]["n"] == 2493 + 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Entered(n=2493), "Mới có tử số, chưa có mẫu số. Đề nghị nhập đủ hai số."),
        (Entered(n=None, d=2889), "Mới có mẫu số, chưa có tử số. Đề nghị nhập đủ hai số."),
        (Entered(n=None, note="đang đối chiếu"), "Mới có thuyết minh, chưa có số liệu."),
    ],
)
def test_half_a_figure_is_neither_filled_nor_sent(
    nation: factories.Nation, now: datetime, typed: Entered, said: str
) -> None:
    clerk, unit = factories.person("clerk", "99001-UB"), nation.unit("99001-UB")
    of_round = nation.round_on(date(2026, 11, 20))
    saved = day.fill(of_round, unit, clerk, now)
    drafts.save_draft(
        of_round=of_round, unit=unit, values={"UB-01": typed}, base_version=saved.draft_version, by=clerk, at=now
    )
    assert sheet.sheet_for(of_round, unit, now=now).filled_due == 11  # of the twelve due on a Friday
    with pytest.raises(submissions.SubmissionRefused) as refused:
        submissions.submit(of_round=of_round, unit=unit, by=clerk, at=now)
    assert said in refused.value.reasons["UB-01"]


def test_half_a_figure_that_is_not_due_stops_the_report_too(nation: factories.Nation, now: datetime) -> None:
    clerk, unit = factories.person("clerk", "99001-UB"), nation.unit("99001-UB")
    of_round = nation.round_on(date(2026, 11, 20))
    saved = day.fill(of_round, unit, clerk, now)
    quarterly = {"UB-17": Entered(n=46)}
    drafts.save_draft(
        of_round=of_round, unit=unit, values=quarterly, base_version=saved.draft_version, by=clerk, at=now
    )
    with pytest.raises(submissions.SubmissionRefused) as refused:
        submissions.submit(of_round=of_round, unit=unit, by=clerk, at=now)
    assert list(refused.value.reasons) == ["UB-17"]

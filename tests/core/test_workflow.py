"""The lives of submissions, tasks and extensions."""

from itertools import product
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from xanh.core import workflow
from xanh.core.workflow import (
    Act,
    ExtensionAct,
    ExtensionState,
    NotAllowed,
    SubmissionAct,
    SubmissionState,
    TaskAct,
    TaskState,
)

State = SubmissionState | TaskState | ExtensionState


S = TypeVar("S", SubmissionState, TaskState, ExtensionState)


def walk(state: S, *acts: Act) -> S:
    for act in acts:
        state = workflow.after(state, act)
    return state


def test_a_report_goes_from_draft_to_closed() -> None:
    acts = (SubmissionAct.SAVE, SubmissionAct.SUBMIT, SubmissionAct.APPROVE, SubmissionAct.ACCEPT, SubmissionAct.CLOSE)
    assert walk(SubmissionState.DRAFT, *acts) is SubmissionState.CLOSED


def test_a_returned_submission_can_be_sent_again_before_closing() -> None:
    returned = walk(SubmissionState.DRAFT, SubmissionAct.SUBMIT, SubmissionAct.RETURN)
    assert returned is SubmissionState.RETURNED
    assert walk(returned, SubmissionAct.SAVE) is SubmissionState.RETURNED
    assert walk(returned, SubmissionAct.SAVE, SubmissionAct.SUBMIT) is SubmissionState.SUBMITTED


def test_figures_can_be_sent_without_approval_and_then_are_provisional() -> None:
    sent = walk(SubmissionState.DRAFT, SubmissionAct.SEND_UNAPPROVED)
    assert workflow.is_provisional(sent, approved=False)
    assert workflow.is_provisional(walk(sent, SubmissionAct.CLOSE), approved=False)
    assert not workflow.is_provisional(walk(sent, SubmissionAct.APPROVE), approved=True)
    assert not workflow.is_provisional(SubmissionState.CLOSED, approved=True)
    assert not workflow.is_provisional(SubmissionState.DRAFT, approved=False)


def test_the_standing_office_may_ask_for_a_review_after_approval() -> None:
    assert walk(SubmissionState.APPROVED, SubmissionAct.ASK_REVIEW) is SubmissionState.RETURNED
    assert walk(SubmissionState.ACCEPTED, SubmissionAct.ASK_REVIEW) is SubmissionState.RETURNED


@pytest.mark.parametrize("state", [SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.CLOSED])
def test_what_was_not_sent_is_not_closed(state: SubmissionState) -> None:
    assert not workflow.allowed(state, SubmissionAct.CLOSE)


def test_a_closed_report_can_only_be_revised_for_the_next_closing() -> None:
    open_acts = [act for act in SubmissionAct if workflow.allowed(SubmissionState.CLOSED, act)]
    assert open_acts == [SubmissionAct.REVISE]


def test_nobody_approves_his_own_figures_or_accepts_his_own_work() -> None:
    assert workflow.allowed(SubmissionState.SUBMITTED, SubmissionAct.APPROVE)
    assert not workflow.allowed(SubmissionState.SUBMITTED, SubmissionAct.APPROVE, by_author=True)
    assert not workflow.allowed(TaskState.REPORTED_DONE, TaskAct.ACCEPT, by_author=True)
    assert not workflow.allowed(ExtensionState.ASKED, ExtensionAct.GRANT, by_author=True)


def test_the_author_may_do_everything_else() -> None:
    assert workflow.allowed(SubmissionState.SUBMITTED, SubmissionAct.WITHDRAW, by_author=True)
    assert workflow.allowed(SubmissionState.APPROVED, SubmissionAct.ACCEPT, by_author=True)
    assert workflow.allowed(TaskState.RUNNING, TaskAct.REPORT_DONE, by_author=True)


def test_a_task_is_reported_done_returned_and_accepted() -> None:
    acts = (TaskAct.REPORT_DONE, TaskAct.RETURN, TaskAct.REPORT_DONE, TaskAct.ACCEPT)
    assert walk(TaskState.RUNNING, *acts) is TaskState.ACCEPTED
    assert walk(TaskState.ACCEPTED, TaskAct.REOPEN) is TaskState.RUNNING


@pytest.mark.parametrize("state", [TaskState.RUNNING, TaskState.REPORTED_DONE, TaskState.RETURNED])
def test_a_document_ends_the_follow_up_of_any_open_task(state: TaskState) -> None:
    assert walk(state, TaskAct.END) is TaskState.ENDED


def test_an_accepted_task_cannot_be_ended() -> None:
    assert not workflow.allowed(TaskState.ACCEPTED, TaskAct.END)


def test_an_extension_is_asked_for_and_decided_and_may_be_asked_for_again() -> None:
    assert walk(ExtensionState.NONE, ExtensionAct.ASK, ExtensionAct.GRANT) is ExtensionState.GRANTED
    refused = walk(ExtensionState.NONE, ExtensionAct.ASK, ExtensionAct.REFUSE)
    assert refused is ExtensionState.REFUSED
    assert walk(refused, ExtensionAct.ASK, ExtensionAct.WITHDRAW) is ExtensionState.NONE
    assert not workflow.allowed(ExtensionState.NONE, ExtensionAct.GRANT)


def test_acts_of_one_life_never_move_another() -> None:
    lives: list[tuple[type[State], type[Act]]] = [
        (SubmissionState, SubmissionAct),
        (TaskState, TaskAct),
        (ExtensionState, ExtensionAct),
    ]
    for (states, own), (_, acts) in product(lives, lives):
        if own is not acts:
            assert not any(workflow.allowed(state, act) for state in states for act in acts)


def test_a_refused_act_is_named_in_the_words_of_the_screen() -> None:
    with pytest.raises(NotAllowed, match=r"Không thể duyệt khi báo cáo đang nhập. Đề nghị tải lại trang") as refused:
        workflow.after(SubmissionState.DRAFT, SubmissionAct.APPROVE)
    assert (refused.value.state, refused.value.act) == (SubmissionState.DRAFT, SubmissionAct.APPROVE)
    with pytest.raises(NotAllowed, match="Không thể xác nhận hoàn thành khi nhiệm vụ đang thực hiện"):
        workflow.after(TaskState.RUNNING, TaskAct.ACCEPT)
    with pytest.raises(NotAllowed, match="Không thể đồng ý gia hạn khi đề nghị gia hạn chưa có"):
        workflow.after(ExtensionState.NONE, ExtensionAct.GRANT)


def test_every_state_and_act_has_its_words() -> None:
    for words in (SubmissionState, SubmissionAct, TaskState, TaskAct, ExtensionState, ExtensionAct):
        labels = [each.label for each in words]
        assert all(labels)
        assert len(set(labels)) == len(labels)


class SubmissionLife(RuleBasedStateMachine):
    """Whatever is pressed in whatever order: nothing is approved unsubmitted, nothing closed leaves by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.state = SubmissionState.DRAFT
        self.was_sent = False

    def press(self, act: SubmissionAct) -> None:
        before = self.state
        if not workflow.allowed(self.state, act):
            with pytest.raises(NotAllowed):
                workflow.after(self.state, act)
            return
        self.state = workflow.after(self.state, act)
        if act in (SubmissionAct.SUBMIT, SubmissionAct.SEND_UNAPPROVED):
            self.was_sent = True
        if act is SubmissionAct.APPROVE:
            assert before is SubmissionState.SUBMITTED

    @rule()
    def save(self) -> None:
        self.press(SubmissionAct.SAVE)

    @rule()
    def submit(self) -> None:
        self.press(SubmissionAct.SUBMIT)

    @rule()
    def send_unapproved(self) -> None:
        self.press(SubmissionAct.SEND_UNAPPROVED)

    @rule()
    def approve(self) -> None:
        self.press(SubmissionAct.APPROVE)

    @rule()
    def send_back(self) -> None:
        self.press(SubmissionAct.RETURN)

    @rule()
    def accept(self) -> None:
        self.press(SubmissionAct.ACCEPT)

    @rule()
    def close(self) -> None:
        self.press(SubmissionAct.CLOSE)

    @precondition(lambda self: self.state is SubmissionState.CLOSED)
    @rule()
    def revise(self) -> None:
        self.press(SubmissionAct.REVISE)

    @invariant()
    def nothing_counts_that_was_never_sent(self) -> None:
        if not self.was_sent:
            assert self.state is SubmissionState.DRAFT


SubmissionLife.TestCase.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestSubmissionLife = SubmissionLife.TestCase

"""The lives of a submission, of a task and of an extension, as tables: from which state which act leads where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar


class NotAllowed(ValueError):
    """The act is not possible in this state; `str()` says so in the words of the screen."""

    def __init__(self, state: SubmissionState | TaskState | ExtensionState, act: Act) -> None:
        super().__init__(f"Không thể {act.label} khi {state.subject} {state.label}. Đề nghị tải lại trang để xem.")
        self.state = state
        self.act = act


class SubmissionState(StrEnum):
    """Where a submission stands. CLOSED: frozen at the cut-off with whatever approval it then had."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _SUBMISSION_LABELS[self]

    @property
    def subject(self) -> str:
        """What is in the state."""
        return "báo cáo"


class SubmissionAct(StrEnum):
    """What is done to a submission."""

    SAVE = "SAVE"
    SUBMIT = "SUBMIT"
    SEND_UNAPPROVED = "SEND_UNAPPROVED"
    WITHDRAW = "WITHDRAW"
    APPROVE = "APPROVE"
    RETURN = "RETURN"
    ASK_REVIEW = "ASK_REVIEW"
    ACCEPT = "ACCEPT"
    REVISE = "REVISE"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """The words on the button."""
        return _SUBMISSION_ACTS[self]


class TaskState(StrEnum):
    """Where a task stands. ENDED: a document ended the follow-up; nothing is ever deleted."""

    RUNNING = "RUNNING"
    REPORTED_DONE = "REPORTED_DONE"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    ENDED = "ENDED"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _TASK_LABELS[self]

    @property
    def subject(self) -> str:
        """What is in the state."""
        return "nhiệm vụ"


class TaskAct(StrEnum):
    """What is done to a task."""

    REPORT_DONE = "REPORT_DONE"
    WITHDRAW = "WITHDRAW"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    END = "END"
    REOPEN = "REOPEN"

    @property
    def label(self) -> str:
        """The words on the button."""
        return _TASK_ACTS[self]


class ExtensionState(StrEnum):
    """Where the wish for a later due stands."""

    NONE = "NONE"
    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _EXTENSION_LABELS[self]

    @property
    def subject(self) -> str:
        """What is in the state."""
        return "đề nghị gia hạn"


class ExtensionAct(StrEnum):
    """What is done about an extension."""

    ASK = "ASK"
    WITHDRAW = "WITHDRAW"
    GRANT = "GRANT"
    REFUSE = "REFUSE"

    @property
    def label(self) -> str:
        """The words on the button."""
        return _EXTENSION_ACTS[self]


State = TypeVar("State", SubmissionState, TaskState, ExtensionState)
Act = SubmissionAct | TaskAct | ExtensionAct

_SUBMISSION_LABELS = {
    SubmissionState.DRAFT: "đang nhập",
    SubmissionState.SUBMITTED: "đã gửi, chờ duyệt",
    SubmissionState.APPROVED: "đã duyệt",
    SubmissionState.RETURNED: "cần rà soát lại",
    SubmissionState.ACCEPTED: "đã tiếp nhận",
    SubmissionState.CLOSED: "đã chốt",
}
_SUBMISSION_ACTS = {
    SubmissionAct.SAVE: "lưu nháp",
    SubmissionAct.SUBMIT: "trình duyệt",
    SubmissionAct.SEND_UNAPPROVED: "gửi số liệu chưa duyệt",
    SubmissionAct.WITHDRAW: "rút lại",
    SubmissionAct.APPROVE: "duyệt",
    SubmissionAct.RETURN: "trả lại để rà soát",
    SubmissionAct.ASK_REVIEW: "đề nghị rà soát",
    SubmissionAct.ACCEPT: "tiếp nhận",
    SubmissionAct.REVISE: "sửa và gửi lại",
    SubmissionAct.CLOSE: "chốt số liệu",
}
_TASK_LABELS = {
    TaskState.RUNNING: "đang thực hiện",
    TaskState.REPORTED_DONE: "đã báo cáo hoàn thành, chờ xác nhận",
    TaskState.RETURNED: "cần bổ sung kết quả",
    TaskState.ACCEPTED: "đã xác nhận hoàn thành",
    TaskState.ENDED: "đã kết thúc theo dõi",
}
_TASK_ACTS = {
    TaskAct.REPORT_DONE: "báo cáo hoàn thành",
    TaskAct.WITHDRAW: "rút lại báo cáo hoàn thành",
    TaskAct.ACCEPT: "xác nhận hoàn thành",
    TaskAct.RETURN: "đề nghị bổ sung kết quả",
    TaskAct.END: "kết thúc theo dõi",
    TaskAct.REOPEN: "tiếp tục theo dõi",
}
_EXTENSION_LABELS = {
    ExtensionState.NONE: "chưa có",
    ExtensionState.ASKED: "chờ quyết định",
    ExtensionState.GRANTED: "đã được đồng ý",
    ExtensionState.REFUSED: "không được đồng ý",
}
_EXTENSION_ACTS = {
    ExtensionAct.ASK: "đề nghị gia hạn",
    ExtensionAct.WITHDRAW: "rút đề nghị gia hạn",
    ExtensionAct.GRANT: "đồng ý gia hạn",
    ExtensionAct.REFUSE: "không đồng ý gia hạn",
}

_S, _A = SubmissionState, SubmissionAct
_SUBMISSIONS: Mapping[tuple[SubmissionState, SubmissionAct], SubmissionState] = {
    (_S.DRAFT, _A.SAVE): _S.DRAFT,
    (_S.DRAFT, _A.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _A.SEND_UNAPPROVED): _S.SUBMITTED,
    (_S.SUBMITTED, _A.SEND_UNAPPROVED): _S.SUBMITTED,
    (_S.SUBMITTED, _A.WITHDRAW): _S.DRAFT,
    (_S.SUBMITTED, _A.APPROVE): _S.APPROVED,
    (_S.SUBMITTED, _A.RETURN): _S.RETURNED,
    # A returned report keeps its mark while it is being put right.
    (_S.RETURNED, _A.SAVE): _S.RETURNED,
    (_S.RETURNED, _A.SUBMIT): _S.SUBMITTED,
    (_S.RETURNED, _A.SEND_UNAPPROVED): _S.SUBMITTED,
    (_S.APPROVED, _A.ACCEPT): _S.ACCEPTED,
    (_S.APPROVED, _A.ASK_REVIEW): _S.RETURNED,
    (_S.APPROVED, _A.REVISE): _S.DRAFT,
    (_S.ACCEPTED, _A.ASK_REVIEW): _S.RETURNED,
    (_S.ACCEPTED, _A.REVISE): _S.DRAFT,
    # What was sent by the cut-off is frozen as it is; what was not returned counts as accepted.
    (_S.SUBMITTED, _A.CLOSE): _S.CLOSED,
    (_S.APPROVED, _A.CLOSE): _S.CLOSED,
    (_S.ACCEPTED, _A.CLOSE): _S.CLOSED,
    # The closing itself never changes; a correction goes to the next one and leaves its trace.
    (_S.CLOSED, _A.REVISE): _S.DRAFT,
}
_T, _B = TaskState, TaskAct
_TASKS: Mapping[tuple[TaskState, TaskAct], TaskState] = {
    (_T.RUNNING, _B.REPORT_DONE): _T.REPORTED_DONE,
    (_T.RUNNING, _B.END): _T.ENDED,
    (_T.REPORTED_DONE, _B.WITHDRAW): _T.RUNNING,
    (_T.REPORTED_DONE, _B.ACCEPT): _T.ACCEPTED,
    (_T.REPORTED_DONE, _B.RETURN): _T.RETURNED,
    (_T.REPORTED_DONE, _B.END): _T.ENDED,
    (_T.RETURNED, _B.REPORT_DONE): _T.REPORTED_DONE,
    (_T.RETURNED, _B.END): _T.ENDED,
    (_T.ACCEPTED, _B.REOPEN): _T.RUNNING,
    (_T.ENDED, _B.REOPEN): _T.RUNNING,
}
_E, _X = ExtensionState, ExtensionAct
_EXTENSIONS: Mapping[tuple[ExtensionState, ExtensionAct], ExtensionState] = {
    (_E.NONE, _X.ASK): _E.ASKED,
    (_E.ASKED, _X.WITHDRAW): _E.NONE,
    (_E.ASKED, _X.GRANT): _E.GRANTED,
    (_E.ASKED, _X.REFUSE): _E.REFUSED,
    # Another extension may be asked for, whatever became of the last one.
    (_E.GRANTED, _X.ASK): _E.ASKED,
    (_E.REFUSED, _X.ASK): _E.ASKED,
}
# By type first: states and acts are strings, and RETURNED of a task equals RETURNED of a submission.
_LIVES: Mapping[type[StrEnum], tuple[type[StrEnum], Mapping[Any, Any], Act]] = {
    # Third: what nobody may do to his own figures or his own work (author ≠ approver, per value).
    SubmissionState: (SubmissionAct, _SUBMISSIONS, SubmissionAct.APPROVE),
    TaskState: (TaskAct, _TASKS, TaskAct.ACCEPT),
    ExtensionState: (ExtensionAct, _EXTENSIONS, ExtensionAct.GRANT),
}


def allowed(state: SubmissionState | TaskState | ExtensionState, act: Act, *, by_author: bool = False) -> bool:
    """Whether `act` is possible in `state`; `by_author`: the one who acts wrote or provided what is acted on."""
    acts, table, not_by_author = _LIVES[type(state)]
    return isinstance(act, acts) and (state, act) in table and not (by_author and act == not_by_author)


def after(state: State, act: Act) -> State:
    """The state after `act`. Raises NotAllowed."""
    if not allowed(state, act):
        raise NotAllowed(state, act)
    following: State = _LIVES[type(state)][1][state, act]
    return following


def is_provisional(state: SubmissionState, *, approved: bool) -> bool:
    """Whether the figures are "số tạm tính": sent, or frozen at the cut-off, without an approval."""
    return state in (SubmissionState.SUBMITTED, SubmissionState.CLOSED) and not approved

"""Roles as readable classes: who may do what. The reach of a role is the scope of its post (`xanh.org.access`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """One thing that somebody may be allowed to do."""

    SEE_OWN_BOARD = "SEE_OWN_BOARD"
    SEE_FIGURES = "SEE_FIGURES"
    SEE_SENT_STATE = "SEE_SENT_STATE"
    SEE_RESTRICTED = "SEE_RESTRICTED"
    ENTER_FIGURES = "ENTER_FIGURES"
    ASK_FIGURES = "ASK_FIGURES"
    APPROVE = "APPROVE"
    RECEIVE = "RECEIVE"
    ASK_REVIEW = "ASK_REVIEW"
    URGE = "URGE"
    WRITE_REPORT = "WRITE_REPORT"
    REVIEW_DIRECTIVE = "REVIEW_DIRECTIVE"
    PUT_IN_FORCE = "PUT_IN_FORCE"
    SEE_TASKS = "SEE_TASKS"
    UPDATE_TASK = "UPDATE_TASK"
    JUDGE_TASK = "JUDGE_TASK"
    ASK_EXPLANATION = "ASK_EXPLANATION"
    SET_TARGETS = "SET_TARGETS"
    READ_EVENTS = "READ_EVENTS"
    MANAGE_PEOPLE = "MANAGE_PEOPLE"
    MANAGE_SYSTEM = "MANAGE_SYSTEM"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of design §8: code, Vietnamese label, allowed acts, and one sentence for the screens."""

    code: str
    label: str
    acts: frozenset[Act]
    duty: str


_EVERYBODY = {Act.SEE_OWN_BOARD, Act.SEE_TASKS}

CLERK = Role(
    "clerk",
    "Nhập liệu",
    frozenset(_EVERYBODY | {Act.SEE_FIGURES, Act.ENTER_FIGURES, Act.ASK_FIGURES, Act.UPDATE_TASK, Act.SEE_RESTRICTED}),
    "Nhập, trình số liệu của khối mình; cập nhật nhiệm vụ.",
)
APPROVER = Role(
    "approver",
    "Người duyệt",
    frozenset(
        _EVERYBODY
        | {Act.SEE_FIGURES, Act.APPROVE, Act.UPDATE_TASK, Act.ASK_FIGURES, Act.SEE_RESTRICTED, Act.READ_EVENTS}
    ),
    "Duyệt hoặc trả lại số liệu của khối mình với tư cách ghi rõ.",
)
CONSOLIDATOR = Role(
    "consolidator",
    "Tổng hợp",
    frozenset(
        _EVERYBODY
        | {
            Act.SEE_FIGURES,
            Act.SEE_SENT_STATE,
            Act.RECEIVE,
            Act.ASK_REVIEW,
            Act.URGE,
            Act.WRITE_REPORT,
            Act.REVIEW_DIRECTIVE,
            Act.PUT_IN_FORCE,
            Act.UPDATE_TASK,
            Act.JUDGE_TASK,
            Act.SEE_RESTRICTED,
            Act.READ_EVENTS,
        }
    ),
    "Tiếp nhận, đề nghị rà soát, tổng hợp, đôn đốc; không sửa, không duyệt số liệu của khối khác.",
)
OWNER = Role(
    "owner",
    "Chủ quản chỉ tiêu",
    frozenset(_EVERYBODY | {Act.SEE_FIGURES, Act.SEE_SENT_STATE, Act.SET_TARGETS, Act.ASK_REVIEW, Act.UPDATE_TASK}),
    "Giữ từ điển và mục tiêu của bộ chỉ tiêu thuộc khối mình.",
)
LEADER = Role(
    "leader",
    "Lãnh đạo",
    frozenset(
        _EVERYBODY
        | {
            Act.SEE_FIGURES,
            Act.SEE_SENT_STATE,
            Act.WRITE_REPORT,
            Act.PUT_IN_FORCE,
            Act.JUDGE_TASK,
            Act.UPDATE_TASK,
            Act.ASK_EXPLANATION,
            Act.SEE_RESTRICTED,
            Act.READ_EVENTS,
        }
    ),
    "Xem bảng điều hành, giao và chấp nhận nhiệm vụ, yêu cầu giải trình trong phạm vi phụ trách.",
)
INSPECTOR = Role(
    "inspector",
    "Kiểm tra",
    frozenset(
        {Act.SEE_OWN_BOARD, Act.SEE_FIGURES, Act.SEE_SENT_STATE, Act.SEE_TASKS, Act.READ_EVENTS, Act.SEE_RESTRICTED}
    ),
    "Đọc toàn bộ, kể cả nhật ký, trong phạm vi của quyết định; không sửa.",
)
UNIT_ADMIN = Role(
    "unit_admin",
    "Quản trị đơn vị",
    frozenset({Act.MANAGE_PEOPLE}),
    "Quản lý người dùng, chức danh, danh sách đơn vị; không xem số liệu.",
)
SYSTEM_ADMIN = Role(
    "system_admin",
    "Quản trị hệ thống",
    frozenset({Act.MANAGE_SYSTEM}),
    "Quản lý danh mục, chế độ báo cáo, sao lưu; không xem số liệu.",
)

ROLES: dict[str, Role] = {
    role.code: role for role in (CLERK, APPROVER, CONSOLIDATOR, OWNER, LEADER, INSPECTOR, UNIT_ADMIN, SYSTEM_ADMIN)
}
ROLE_CHOICES = [(role.code, role.label) for role in ROLES.values()]
# Whoever approves, decides, consolidates or gives rights proves himself twice; a password alone is lent too easily.
SECOND_FACTOR_ROLES = frozenset(role.code for role in (APPROVER, LEADER, CONSOLIDATOR, UNIT_ADMIN, SYSTEM_ADMIN))

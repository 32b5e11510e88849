"""The table of rights: every address, who may use it, and what the others are told.

Each line names a pattern, which says by rule what a stranger, a clerk of another block of the same commune, a clerk of
a sibling commune and a wrong role get; the right role gets an answer (a page, a redirection, or 422 for an empty form).
"""

from __future__ import annotations

from dataclasses import dataclass

ANSWERED = frozenset({200, 302, 400, 422})


@dataclass(frozen=True)
class Pattern:
    """What those get who are not the right role; signed out leads to the sign-in page unless said otherwise."""

    stranger: int
    other_block: int
    sibling: int
    wrong_role: int
    signed_out: int = 302


# Deny by default: a stranger to the object gets 404; who knows the unit but has the wrong role gets 403.
OF_BLOCK = Pattern(404, 403, 404, 403)
OF_COMMUNE = Pattern(404, 200, 404, 403)
OF_PROVINCE = Pattern(404, 404, 404, 403)
OF_NATION = Pattern(404, 404, 404, 403)
# Lists and forms that belong to a role, whatever the unit: nobody learns whether an object exists.
OF_ROLE = Pattern(403, 403, 403, 403)
# Everybody who has signed in.
OF_ALL = Pattern(200, 200, 200, 200)
# A document in force is read by the units that it gives work to.
IN_FORCE = Pattern(404, 200, 200, 403)
# A task of the commune is carried out by any of its blocks, seen and judged by those above it.
TASK_OF_COMMUNE = Pattern(404, 200, 404, 403)
# Pages that stand before signing in.
PUBLIC = Pattern(200, 200, 200, 200, signed_out=200)


@dataclass(frozen=True)
class Right:
    """One address with one method: its arguments ("@x" is a key of the stage), the pattern, who may, who is wrong."""

    method: str
    args: tuple[str, ...]
    pattern: Pattern
    right: str
    wrong: str = "unit admin"
    posted: tuple[tuple[str, str], ...] = ()


SHEET = ("NQ57-NGAY", "2026-11-20", "99001-UB")
REPORT = ("99001", "2026-11-20")


def block(method: str, right: str, *args: str) -> Right:
    return Right(method, args, OF_BLOCK, right)


def province(method: str, right: str, *args: str, wrong: str = "province admin") -> Right:
    return Right(method, args, OF_PROVINCE, right, wrong)


def role(method: str, right: str, *args: str, wrong: str = "clerk") -> Right:
    return Right(method, args, OF_ROLE, right, wrong)


def everybody(*args: str, method: str = "get") -> Right:
    return Right(method, args, OF_ALL, "clerk")


def carried_out(method: str, *args: str) -> Right:
    return Right(method, args or ("@task",), TASK_OF_COMMUNE, "clerk")


def judged(method: str, *args: str) -> Right:
    return Right(method, args or ("@task",), OF_BLOCK, "province office")


RIGHTS: dict[str, Right] = {
    "today": everybody(),
    "reports": everybody(),
    "reports-sending": province("get", "province office", "00"),
    "reports-entry": block("post", "clerk", *SHEET),
    "reports-autosave": block("post", "clerk", *SHEET),
    "reports-receipt": block("get", "clerk", *SHEET),
    "reports-attach": block("post", "clerk", *SHEET),
    "reports-ask": block("post", "clerk", *SHEET),
    "reports-national": block("post", "clerk", *SHEET),
    "reports-use": block("post", "clerk", "@request"),
    "reports-excuse": block("post", "province office", *SHEET),
    "reports-approve": block("get", "approver", "@submission"),
    "reports-return": Right(
        "post",
        ("@submission",),
        OF_BLOCK,
        "approver",
        posted=(("capacity", "Phó Chủ tịch UBND"), ("general", "Xem lại")),
    ),
    "reports-show": block("get", "province office", "@submission"),
    "reports-receive": block("post", "province office", "@submission"),
    "reports-ask-review": block("post", "province office", "@submission"),
    "reports-evidence-file": block("get", "clerk", "@evidence"),
    "boards": Right("get", (), Pattern(302, 302, 302, 200), "clerk", wrong="system admin"),
    "boards-nation": Right("get", (), OF_NATION, "nation leader", wrong="system admin"),
    "boards-province": province("get", "second", "00"),
    "boards-commune": Right("get", ("99001",), OF_COMMUNE, "commune leader"),
    "boards-not-achieved": Right("get", ("99001",), OF_COMMUNE, "commune leader"),
    "boards-cell": block("get", "commune leader", "99001-UB", "UB-01"),
    "boards-national": block("post", "clerk", "99001-UB", "UB-01"),
    "dictionary": everybody(),
    "dictionary-indicator": everybody("UB-01"),
    "dictionary-ask": Right("post", ("UB-01",), Pattern(302, 302, 302, 403), "clerk"),
    "dictionary-answer": role("post", "owner", "UB-01", "@question"),
    "directives": everybody(),
    "directives-upload": role("get", "province office"),
    "directives-page": Right("get", ("@directive",), IN_FORCE, "province office", wrong="province admin"),
    "directives-file": Right("get", ("@directive",), IN_FORCE, "province office", wrong="province admin"),
    "directives-review": province("get", "province office", "@review", wrong="owner"),
    "directives-head": province("post", "province office", "@review", wrong="second"),
    "directives-item-add": province("post", "province office", "@review", wrong="second"),
    "directives-finish": province("post", "province office", "@review", wrong="second"),
    "directives-force": province("post", "second", "@review", wrong="owner"),
    "directives-reopen": province("post", "second", "@review", wrong="owner"),
    "directives-item-edit": province("post", "province office", "@item", wrong="second"),
    "directives-item-accept": province("post", "province office", "@item", wrong="second"),
    "directives-item-drop": province("post", "province office", "@item", wrong="second"),
    "directives-item-reconsider": province("post", "province office", "@item", wrong="second"),
    "directives-item-split": province("post", "province office", "@item", wrong="second"),
    "directives-item-merge": province("post", "province office", "@item", wrong="second"),
    "tasks": everybody(),
    "tasks-page": carried_out("get"),
    "tasks-progress": carried_out("post"),
    "tasks-attach": carried_out("post"),
    "tasks-clarify": carried_out("post"),
    "tasks-done": carried_out("post"),
    "tasks-withdraw": carried_out("post"),
    "tasks-extension-ask": carried_out("post"),
    "tasks-accept": judged("post"),
    "tasks-return": judged("post"),
    "tasks-extension-decide": judged("post"),
    "tasks-adjust": judged("post"),
    "tasks-change": judged("post"),
    "tasks-end": judged("post"),
    "tasks-reopen": judged("post"),
    "tasks-evidence": carried_out("get", "@task", "@task-evidence"),
    "account": everybody(),
    "account-tokens": everybody(),
    "account-tokens-revoke": Right("post", ("@token",), Pattern(404, 404, 404, 404), "clerk"),
    "search": everybody(),
    "help-keys": everybody(),
    "people": role("get", "unit admin"),
    "people-add": role("get", "unit admin"),
    "people-person": role("get", "unit admin", "@person"),
    "people-describe": role("post", "unit admin", "@person"),
    "people-invite": role("post", "unit admin", "@person"),
    "people-switch": role("post", "unit admin", "@person"),
    "people-drop-factor": role("post", "unit admin", "@person"),
    "people-post-add": role("post", "unit admin", "@person"),
    "people-post-close": role("post", "unit admin", "@post"),
    "people-units": role("get", "unit admin"),
    "people-unit": role("get", "unit admin", "99001"),
    "people-body-add": Right("post", ("99001",), OF_ROLE, "province admin", "clerk", posted=(("body", "PKT"),)),
    "people-groups": role("get", "unit admin"),
    "people-group": role("get", "province admin", "00-XA"),
    "people-import": role("get", "unit admin"),
    "people-import-confirm": role("post", "unit admin"),
    "people-import-template": role("get", "unit admin"),
    "people-export": role("get", "unit admin"),
    "delegations": role("get", "approver"),
    "delegations-add": role("get", "approver", "@approver-post"),
    "delegations-end": role("post", "approver", "@delegation"),
    "trail": role("get", "approver"),
    "trail-open": role("post", "inspector"),
    "trail-close": role("post", "inspector"),
    "trail-integrity": role("get", "approver"),
    "publish": everybody(),
    "publish-report": block("get", "commune leader", *REPORT),
    "publish-texts": block("post", "commune leader", *REPORT),
    "publish-docx": block("post", "commune leader", *REPORT),
    "publish-file": block("get", "commune leader", "@report"),
    "publish-letter": province("get", "province office", "NQ57-NGAY", "2026-11-20", "00", wrong="owner"),
    "publish-letter-file": province("get", "province office", "@letter", wrong="owner"),
}

# Sign-in and what stands before it.
PUBLIC_ADDRESSES = frozenset(
    {
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "invitation",
        "provide",
        "preview",
    }
)
# A person's own sign-in settings: signed out they lead to sign-in, nobody sees another's.
OWN_ADDRESSES = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }
)
# The interface for programs answers 401 without a key; its rights are the pages' (tests/api).
API_ADDRESSES = frozenset({"openapi-json", "make_token", "units", "my_duties", "cells", "submit", "api-root"})

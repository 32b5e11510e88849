"""The interface for programs: keys and scopes, same rights as the pages, all or nothing, once per key."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.conftest import BASE, Desk, Program
from tests.reporting import day
from xanh.events.models import Event
from xanh.kit import clock
from xanh.people import tokens
from xanh.people.models import ApiToken, RememberedReply
from xanh.reporting.models import Revision, Submission


def test_a_program_hands_in_a_block_and_gets_a_receipt(desk: Desk) -> None:
    answer = desk.program.put(desk.path("99001-UB"), {"values": desk.values("99001-UB")})
    assert answer.status_code == 200
    (receipt,) = answer.json()
    revision = Revision.objects.get()
    assert (receipt["unit"], receipt["state"], receipt["revision"], receipt["late"]) == (
        "99001-UB",
        "SUBMITTED",
        1,
        False,
    )
    assert receipt["receipt"] == revision.sha256[:4].upper()
    assert (revision.author, revision.payload["values"]["UB-01"]["n"]) == (str(desk.clerk.pk), 2493)


def test_blocks_of_a_commune_are_taken_in_together_or_not_at_all(desk: Desk) -> None:
    both = {code: {"values": desk.values(code)} for code in ("99001-DU", "99001-UB")}
    both["99001-UB"]["values"]["UB-01"] = {"n": 3000, "d": 2889}
    refused = desk.program.put(desk.path("99001"), {"blocks": both})
    assert refused.status_code == 422
    assert "UB-01" in refused.json()["reasons"]
    assert not Revision.objects.exists()
    assert not Submission.objects.exists()
    both["99001-UB"]["values"]["UB-01"] = {"n": 2493, "d": 2889}
    taken = desk.program.put(desk.path("99001"), {"blocks": both}, key="khoa-0002")
    assert [row["unit"] for row in taken.json()] == ["99001-DU", "99001-UB"]
    assert Revision.objects.count() == 2


def test_the_same_key_with_the_same_content_gives_the_same_answer(desk: Desk) -> None:
    body = {"values": desk.values("99001-UB")}
    first = desk.program.put(desk.path("99001-UB"), body)
    again = desk.program.put(desk.path("99001-UB"), body)
    assert (again.status_code, again.json()) == (200, first.json())
    assert Revision.objects.count() == 1
    assert Event.objects.filter(kind="submission.submitted").count() == 1


def test_the_same_key_with_other_content_is_refused(desk: Desk) -> None:
    body = {"values": desk.values("99001-UB")}
    desk.program.put(desk.path("99001-UB"), body)
    body["values"]["UB-01"] = {"n": 2490, "d": 2889}
    refused = desk.program.put(desk.path("99001-UB"), body)
    assert refused.status_code == 409
    assert "Idempotency-Key" in refused.json()["detail"]
    assert Revision.objects.count() == 1


def test_a_refused_request_leaves_its_key_free(desk: Desk) -> None:
    assert desk.program.put(desk.path("99001-UB"), {"values": {}}).status_code == 422
    assert not RememberedReply.objects.exists()
    assert desk.program.put(desk.path("99001-UB"), {"values": desk.values("99001-UB")}).status_code == 200


def test_figures_that_somebody_else_typed_meanwhile_are_not_overwritten(desk: Desk) -> None:
    other = factories.person("clerk", "99001-UB")
    day.fill(desk.round, desk.nation.unit("99001-UB"), other, desk.now)
    refused = desk.program.put(desk.path("99001-UB"), {"values": desk.values("99001-UB") | {"UB-01": {"n": 1, "d": 2}}})
    assert refused.status_code == 409
    assert "Có người vừa sửa" in refused.json()["detail"]


def test_missing_figures_are_named(desk: Desk) -> None:
    values = desk.values("99001-UB")
    del values["UB-01"]
    answer = desk.program.put(desk.path("99001-UB"), {"values": values})
    assert answer.json()["reasons"] == {"UB-01": "Chưa có số liệu của kỳ này."}


def test_unchanged_figures_can_be_confirmed_on_the_next_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.program.put(desk.path("99001-UB"), {"values": desk.values("99001-UB")})
    tomorrow = desk.nation.round_on(date(2026, 11, 21))
    monkeypatch.setattr(clock, "now", lambda: desk.now + timedelta(days=1))
    path = f"/submissions/NQ57-NGAY/{tomorrow.period_code}/99001-UB"
    answer = desk.program.put(path, {"confirm_unchanged": True}, key="khoa-0003")
    assert answer.status_code == 200, answer.json()
    assert Revision.objects.get(submission__round=tomorrow).payload["values"]["UB-01"]["same"]


@pytest.mark.parametrize("path", ["/my-duties", "/units?query=a", "/cells/99001-UB", "/openapi.json"])
def test_without_a_valid_key_nothing_is_read(desk: Desk, path: str) -> None:
    for secret in ("", "xanh_sai", "khac"):
        answer = Program(secret).get(path)
        assert answer.status_code == 401
        assert "Đề nghị" in answer.json()["detail"]


def test_a_revoked_or_expired_key_opens_nothing(desk: Desk) -> None:
    revoked = desk.key("read")
    tokens.revoke_token(token_id=ApiToken.objects.order_by("-id")[0].pk, user=desk.clerk, at=desk.now)
    assert revoked.get("/my-duties").status_code == 401
    expired = desk.key("read")
    ApiToken.objects.filter(token_digest=tokens.digest_of(expired.secret)).update(
        created_at=desk.now - timedelta(days=2), expires_at=desk.now
    )
    assert expired.get("/my-duties").status_code == 401


def test_a_key_of_a_locked_person_opens_nothing(desk: Desk) -> None:
    desk.clerk.is_active = False
    desk.clerk.save()
    assert desk.program.get("/my-duties").status_code == 401


def test_a_reading_key_hands_nothing_in(desk: Desk) -> None:
    answer = desk.key("read").put(desk.path("99001-UB"), {"values": {}})
    assert answer.status_code == 403
    assert "phạm vi “submit”" in answer.json()["detail"]
    assert desk.key("submit").get("/my-duties").status_code == 403


def test_a_stranger_gets_404_and_a_wrong_role_403(desk: Desk) -> None:
    stranger = desk.key("read", "submit", user=factories.person("clerk", "98001-UB"))
    assert stranger.get("/cells/99001-UB").status_code == 404
    assert stranger.put(desk.path("99001-UB"), {"values": {}}).status_code == 404
    assert desk.program.put(desk.path("99001-HD"), {"values": {}}).status_code == 403
    assert desk.program.get("/cells/99001-HD").status_code == 403
    leader = desk.key("read", "submit", user=factories.person("leader", "99001"))
    assert leader.put(desk.path("99001-UB"), {"values": {}}).status_code == 403


def test_one_foreign_block_refuses_the_whole_commune(desk: Desk) -> None:
    blocks = {"99001-UB": {"values": desk.values("99001-UB")}, "99001-HD": {"values": {}}}
    assert desk.program.put(desk.path("99001"), {"blocks": blocks}).status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"blocks": {"99001-UB": {}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001", {"values": {"UB-01": {"n": 1}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001", {"blocks": {"99002-UB": {}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"UB-01": {"n": -1}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"UB-01": {"n": "nhiều"}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"XX-99": {"n": 1}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"UB-01": {"not_applicable": True}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"UB-01": {"on": "2026-11-20"}}}),
        ("/submissions/NQ57-NGAY/2026-11-20/99001-UB", {"values": {"UB-01": {"n": 1, "note": "a\u0000b"}}}),
    ],
)
def test_what_does_not_fit_is_told_in_vietnamese(desk: Desk, path: str, body: Any) -> None:
    answer = desk.program.put(path, body)
    assert answer.status_code == 422
    assert set(answer.json()) == {"detail", "reasons"}
    assert not Submission.objects.exists()


def test_an_unknown_round_or_unit_is_not_found(desk: Desk) -> None:
    assert desk.program.put("/submissions/NQ57-NGAY/2020-01-01/99001-UB", {}).status_code == 404
    assert desk.program.put("/submissions/NQ57-NGAY/2026-11-20/12345-UB", {}).status_code == 404


def test_a_body_that_is_too_large_is_not_read(desk: Desk, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = desk.program.put(desk.path("99001-UB"), {"values": {}, "blocks": {}, "x": "a" * 200})
    assert answer.status_code == 413


def test_a_body_that_is_not_json_is_refused(desk: Desk) -> None:
    headers = {"Authorization": f"Bearer {desk.program.secret}", "Idempotency-Key": "khoa-0009"}
    answer = Client().put(f"{BASE}{desk.path('99001-UB')}", "{", content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert "không phải JSON" in answer.json()["detail"]


def test_duties_name_what_is_missing(desk: Desk) -> None:
    duties = {row["unit"]: row for row in desk.program.get("/my-duties").json()}
    assert set(duties) == {"99001-DU", "99001-UB"}
    duty = duties["99001-UB"]
    assert (duty["regime"], duty["period"], duty["state"]) == ("NQ57-NGAY", "2026-11-20", "DRAFT")
    assert set(duty["missing"]) == set(desk.values("99001-UB"))


def test_cells_carry_value_status_and_reason(desk: Desk) -> None:
    desk.program.put(desk.path("99001-UB"), {"values": desk.values("99001-UB")})
    cells = {row["indicator"]: row for row in desk.program.get("/cells/99001-UB").json()}
    cell = cells["UB-01"]
    assert (cell["n"], cell["d"], cell["text"], cell["status"]) == (2493, 2889, "86,29% (2.493/2.889)", "GREEN")
    assert cell["approved"] is False


def test_restricted_figures_are_for_those_who_may_see_them(desk: Desk) -> None:
    desk.program.put(desk.path("99001-DU"), {"values": desk.values("99001-DU")})
    owner = desk.key("read", user=factories.person("owner", "00"))
    seen = {row["indicator"] for row in owner.get("/cells/99001-DU").json()}
    assert "DU-01" not in seen
    assert "DU-06" in seen


def test_a_unit_is_found_by_its_name_within_its_province(desk: Desk) -> None:
    found = desk.program.get("/units", query="Xã Tân Mẫu", province="00").json()
    assert (found[0]["code"], found[0]["certain"]) == ("99001", True)


def test_a_signed_in_person_makes_a_key_that_works(desk: Desk) -> None:
    browser = factories.client_of(desk.clerk)
    body = {"name": "Phần mềm xã", "scopes": ["read"], "days": 10}
    answer = browser.post(f"{BASE}/session/token", body, content_type="application/json")
    assert answer.status_code == 201
    assert Program(answer.json()["token"]).get("/my-duties").status_code == 200
    assert Client().post(f"{BASE}/session/token", body, content_type="application/json").status_code == 401
    bad = browser.post(f"{BASE}/session/token", body | {"scopes": ["all"]}, content_type="application/json")
    assert bad.status_code == 422
    assert Event.objects.filter(kind="token.issued").count() == 2


def test_a_browser_without_the_form_token_writes_nothing(desk: Desk) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(desk.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    body = {"name": "Phần mềm xã", "scopes": ["read"]}
    assert browser.post(f"{BASE}/session/token", body, content_type="application/json").status_code == 403


def test_the_page_of_keys_shows_the_secret_once_and_revokes(desk: Desk) -> None:
    browser = factories.client_of(desk.clerk)
    answer = browser.post("/tai-khoan/khoa-api/", {"name": "Máy chủ xã", "scopes": ["read"], "days": "30"})
    made = ApiToken.objects.order_by("-id")[0]
    assert tokens.PREFIX in answer.content.decode()
    assert tokens.PREFIX not in browser.get("/tai-khoan/khoa-api/").content.decode()
    assert browser.post(f"/tai-khoan/khoa-api/{made.pk}/thu-hoi/").status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None
    other = factories.client_of(factories.person("clerk", "99002-UB"))
    first = ApiToken.objects.order_by("id")[0]
    assert other.post(f"/tai-khoan/khoa-api/{first.pk}/thu-hoi/").status_code == 404


def test_only_digests_of_keys_are_kept(desk: Desk) -> None:
    token = ApiToken.objects.get()
    assert token.token_digest == tokens.digest_of(desk.program.secret)
    assert desk.program.secret not in str(ApiToken.objects.values())


def test_every_operation_declares_its_errors(desk: Desk) -> None:
    described = desk.program.get("/openapi.json").json()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert {"401", "403", "404", "413", "422"} <= set(operation["responses"]), (method, path)
            assert (method == "get") or {"400", "409"} <= set(operation["responses"])

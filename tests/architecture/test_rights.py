"""Every address of the route table × {signed out, stranger, other block, sibling, wrong role, right role}."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import factories
from tests.architecture import rights, stage
from xanh.kit import clock

NAMES = tuple(rights.RIGHTS)


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def test_every_address_of_the_route_table_has_its_rights_written_down() -> None:
    named = {pattern.name for pattern in patterns()}
    covered = set(NAMES) | rights.PUBLIC_ADDRESSES | rights.OWN_ADDRESSES | rights.API_ADDRESSES
    assert named - covered == set()
    assert covered - named == set()


def asked(client: Client, right: rights.Right, url: str) -> int:
    """The status of one request, with everything that it wrote undone."""
    client.raise_request_exception = False
    save = transaction.savepoint()
    answer = client.post(url, dict(right.posted)) if right.method == "post" else client.get(url)
    stage.let_go(answer)
    transaction.savepoint_rollback(save)
    return answer.status_code


def test_each_person_gets_what_the_table_of_rights_says(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = stage.build(nation, now)
    # After the cut-off, so that closings, letters and boards of other blocks have something to show.
    later = now + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    stage.close_the_day(built, nation, later)
    wrong = []
    for name, right in rights.RIGHTS.items():
        url = built.url(name, right.args)
        expected = {
            "stranger": right.pattern.stranger,
            "other block": right.pattern.other_block,
            "sibling": right.pattern.sibling,
            right.wrong: right.pattern.wrong_role,
        }
        status = asked(Client(), right, url)
        if status != right.pattern.signed_out:
            wrong.append(f"{name}: signed out {status}")
        for who, wanted in expected.items():
            status = asked(factories.client_of(built.people[who]), right, url)
            allowed = rights.ANSWERED if wanted == 200 else {wanted}
            if status not in allowed:
                wrong.append(f"{name}: {who} got {status}, not {wanted}")
        status = asked(factories.client_of(built.people[right.right]), right, url)
        if status not in rights.ANSWERED:
            wrong.append(f"{name}: {right.right} (right role) got {status}")
    assert wrong == []


@pytest.mark.parametrize("name", sorted(rights.OWN_ADDRESSES - {"account_logout"}))
def test_own_sign_in_settings_lead_a_stranger_to_the_sign_in_page(name: str, db: None) -> None:
    from django.urls import reverse

    args = [1] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else []
    answer = Client().get(reverse(name, args=args))
    assert answer.status_code in (302, 404, 405)
    if answer.status_code == 302:
        assert "/tai-khoan/dang-nhap/" in answer.url  # type: ignore[attr-defined]

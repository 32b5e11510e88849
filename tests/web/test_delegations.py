"""Screens of delegations: lend, refuse in words, take back, and who may."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from xanh.core import dates
from xanh.kit import clock
from xanh.org.models import Delegation, Post

LIST = reverse("delegations")


def said(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def day(after: int) -> str:
    return dates.format_date(clock.today() + timedelta(days=after))


@pytest.fixture
def giver(nation: factories.Nation) -> Post:
    return factories.person("approver", "99001-UB", name="Lê Văn Mẫu", capacity="Chủ tịch UBND").posts.get()


def ask(client: Client, giver: Post, receiver: object, **changes: object) -> HttpResponse:
    fields = {"receiver": receiver, "unit": "99001-UB", "starts_on": day(0), "ends_on": day(5), "document": "05-GUQ"}
    return client.post(reverse("delegations-add", args=[giver.pk]), fields | changes)


def test_an_approver_lends_his_right_and_takes_it_back(giver: Post) -> None:
    receiver = factories.person("leader", "99001", name="Phạm Thị Nhận")
    client = factories.client_of(giver.person)
    assert "Hiện không có ủy quyền nào." in said(client.get(LIST))
    assert client.get(reverse("delegations-add", args=[giver.pk])).status_code == 200
    assert ask(client, giver, receiver.pk).status_code == 302
    page = said(client.get(LIST))
    assert "Lê Văn Mẫu (Chủ tịch UBND) ủy quyền cho Phạm Thị Nhận" in page
    assert f"từ {day(0)} đến hết {day(5)}, theo văn bản số 05-GUQ" in page
    lent = Delegation.objects.get()
    assert client.post(reverse("delegations-end", args=[lent.pk])).status_code == 302
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "19/11/2020"}, "không được trước ngày bắt đầu"),
        ({"document": ""}, "Theo văn bản số"),
        ({"starts_on": "hôm nay"}, "Đề nghị ghi theo dạng 20/11/2026"),
        ({"unit": "99001-DU"}, "Khối"),
        ({"starts_on": "30/06/2025"}, "trong thời gian người ủy quyền giữ chức danh"),
    ],
)
def test_what_is_refused_comes_back_with_words(giver: Post, changes: dict[str, str], words: str) -> None:
    receiver = factories.person("leader", "99001")
    response = ask(factories.client_of(giver.person), giver, receiver.pk, **changes)
    assert response.status_code == 422
    assert words in said(response)
    assert not Delegation.objects.exists()


def test_neither_to_himself_nor_to_another_commune(giver: Post) -> None:
    client = factories.client_of(giver.person)
    for receiver in (giver.person, factories.person("leader", "99002")):
        assert ask(client, giver, receiver.pk).status_code == 422
    assert not Delegation.objects.exists()


def test_who_received_it_does_not_pass_it_on_or_end_it(giver: Post) -> None:
    receiver = factories.person("approver", "99001-DU")
    assert ask(factories.client_of(giver.person), giver, receiver.pk).status_code == 302
    client = factories.client_of(receiver)
    third = factories.person("clerk", "99001-DU")
    assert ask(client, giver, third.pk).status_code == 404
    assert "Thôi ủy quyền" not in said(client.get(LIST))
    assert client.post(reverse("delegations-end", args=[Delegation.objects.get().pk])).status_code == 403


def test_an_administrator_records_it_for_his_unit_and_another_one_does_not_see_it(giver: Post) -> None:
    receiver = factories.person("leader", "99001")
    own, other = (factories.client_of(factories.person("unit_admin", code)) for code in ("99001", "99002"))
    assert ask(other, giver, receiver.pk).status_code == 404
    assert ask(own, giver, receiver.pk).status_code == 302
    assert "Lê Văn Mẫu" not in said(other.get(LIST))
    assert other.post(reverse("delegations-end", args=[Delegation.objects.get().pk])).status_code == 404
    assert own.post(reverse("delegations-end", args=[Delegation.objects.get().pk])).status_code == 302


@pytest.mark.parametrize("role", ["clerk", "leader", "consolidator", "inspector", "system_admin"])
def test_who_neither_approves_nor_administers_has_no_such_page(nation: factories.Nation, role: str) -> None:
    assert factories.client_of(factories.person(role, "99001")).get(LIST).status_code == 403


def test_signed_out_it_leads_to_the_sign_in_page(nation: factories.Nation) -> None:
    assert Client().get(LIST).status_code == 302


def test_taking_back_is_no_link(giver: Post) -> None:
    assert factories.client_of(giver.person).get(reverse("delegations-end", args=[1])).status_code == 405

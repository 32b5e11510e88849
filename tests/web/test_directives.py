"""Screens of documents: upload, review, putting into force; rights of every address."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.directives import samples
from xanh.directives import queries
from xanh.directives.models import Directive, ItemState, ReadItem
from xanh.events.models import Event
from xanh.kit.models import StoredFile
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.tasks.models import Task

UPLOAD = reverse("directives-upload")
TICK = "Tôi xác nhận tài liệu không thuộc bí mật nhà nước"


@pytest.fixture
def province(nation: factories.Nation) -> Unit:
    return nation.unit("00")


@pytest.fixture
def reviewer(province: Unit) -> User:
    return factories.person("consolidator", "00-DU")


@pytest.fixture
def second(province: Unit) -> User:
    return factories.person("leader", "00")


def said(response: HttpResponse) -> str:
    """The words of a page without tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def send(client: Client, content: bytes, name: str = "05-TB-BCD.txt", **changed: str) -> HttpResponse:
    fields = {"circulation": "internal", "not_secret": "on", **changed}
    file = SimpleUploadedFile(name, content)
    return client.post(UPLOAD, {**{k: v for k, v in fields.items() if v}, "file": file})


def test_a_document_that_comes_in_leads_to_its_review(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    response = send(client, samples.NOTICE.encode())
    directive = Directive.objects.get()
    assert (response.status_code, response.url) == (302, reverse("directives-review", args=[directive.pk]))
    page = said(client.get(response.url))
    for words in (
        "Rà soát nhiệm vụ từ văn bản",
        "Văn phòng Tỉnh ủy",
        "Các xã, phường, đặc khu",
        "trước ngày 20/11/2026",
    ):
        assert words in page
    for key in ("Nhận Ctrl+Enter", "Sửa F2", "Bỏ Delete", "Tách F4", "F9"):
        assert key in " ".join(page.split())
    assert "Một việc một đầu mối chủ trì; các đơn vị khác là phối hợp, hoặc tách việc" in page


def test_without_the_tick_nothing_is_taken(province: Unit, reviewer: User) -> None:
    response = send(factories.client_of(reviewer), samples.NOTICE.encode(), not_secret="")
    assert response.status_code == 422
    assert TICK in said(response)
    assert not Directive.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "rong.txt", "trống"),
        (b"MZ\x90\x00" + b"\x00" * 300, "van-ban.docx", "Đề nghị"),
        (
            "TỈNH ỦY MẪU\n*\nMẬT\n\nSố 01-BC/TU\n\nBÁO CÁO\n".encode(),
            "bao-cao.txt",
            "Tài liệu có dấu hiệu là bí mật nhà nước. Hệ thống không tiếp nhận, không lưu tệp.",
        ),
    ],
)
def test_a_refusal_stands_at_the_field_keeps_the_tick_and_leaves_nothing_behind(
    reviewer: User, uploads: Path, content: bytes, name: str, words: str
) -> None:
    response = send(factories.client_of(reviewer), content, name)
    assert response.status_code == 422
    field = re.search(r'<div class="field has-error">.*?</div>\s*\n', response.content.decode(), re.DOTALL)
    assert field
    assert words in said(response)
    assert re.search(r'name="not_secret"[^>]*checked', response.content.decode())
    assert not Directive.objects.exists()
    assert not StoredFile.objects.exists()
    assert not uploads.exists()
    assert not Event.objects.filter(kind="directive.received").exists()


def test_a_file_over_the_limit_is_told_so_and_never_kept(
    province: Unit, reviewer: User, settings: object, uploads: Path
) -> None:
    settings.UPLOAD_MAX_BYTES = 100  # type: ignore[attr-defined]
    response = send(factories.client_of(reviewer), b"x" * 200)
    assert response.status_code == 422
    assert "Tệp lớn hơn 25 MB nên hệ thống không tiếp nhận" in said(response)
    assert not uploads.exists()


def test_the_same_document_again_leads_to_the_one_already_there(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    send(client, samples.NOTICE.encode())
    directive = Directive.objects.get()
    response = send(client, samples.NOTICE.encode(), "ban-khac.txt")
    assert (response.status_code, response.url) == (302, reverse("directives-page", args=[directive.pk]))
    assert "đã có trên hệ thống" in said(client.get(response.url))


def test_an_item_is_confirmed_dropped_taken_back_and_the_keys_go_on_to_the_next(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    directive = samples.received(province, reviewer)
    first, second_item, _ = samples.tasks_of(directive)
    client.post(reverse("directives-item-accept", args=[first.pk]))
    client.post(reverse("directives-item-drop", args=[second_item.pk]))
    states = dict(ReadItem.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second_item.pk]) == (ItemState.ACCEPTED, ItemState.DROPPED)
    client.post(reverse("directives-item-reconsider", args=[second_item.pk]))
    assert ReadItem.objects.get(pk=second_item.pk).state == ItemState.PENDING
    assert queries.review_page(queries.directive(directive.pk)).current_id == second_item.pk


def test_a_suggested_lead_is_taken_by_its_own_button(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    item = samples.tasks_of(samples.received(province, reviewer))[2]
    client.post(reverse("directives-item-accept", args=[item.pk]), {"ref": "body:00/STC"})
    item.refresh_from_db()
    assert (item.state, item.settled["lead"]) == (ItemState.ACCEPTED, "body:00/STC")


@pytest.mark.parametrize("posted", [{}, {"ref": "unit:98001"}])
def test_a_task_without_a_lead_or_with_a_foreign_one_is_sent_to_be_settled(
    province: Unit, reviewer: User, posted: dict[str, str]
) -> None:
    client = factories.client_of(reviewer)
    item = samples.tasks_of(samples.received(province, reviewer))[2]
    response = client.post(reverse("directives-item-accept", args=[item.pk]), posted, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == reverse("directives-item-edit", args=[item.pk])
    item.refresh_from_db()
    assert item.state == ItemState.PENDING


def test_a_lead_is_typed_by_name_and_a_doubtful_one_is_explained_at_the_field(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    item = samples.tasks_of(samples.received(province, reviewer))[2]
    url = reverse("directives-item-edit", args=[item.pk])
    fields = {
        "content": "Rà soát định mức",
        "cooperate": "Sở Tài chính; các trường học",
        "qualifier": "ON",
        "due_on": "05/12/2026",
        "due_time": "",
        "product": "Báo cáo rà soát",
    }
    refused = client.post(url, {**fields, "lead": "so noi vu"})
    assert refused.status_code == 422
    assert "Chưa xác định được “so noi vu”. Có thể là: Sở Nội vụ." in said(refused)
    assert 'value="05/12/2026"' in refused.content.decode()
    wrong = client.post(url, {**fields, "lead": "Sở Nội vụ", "due_on": "35/12/2026", "due_time": "99:00"})
    assert "Ngày chưa đúng" in said(wrong)
    assert "Giờ chưa đúng" in said(wrong)
    assert client.post(url, {**fields, "lead": "Sở Nội vụ", "due_time": "16h30"}).status_code == 302
    item.refresh_from_db()
    assert item.state == ItemState.ACCEPTED
    kept = {key: item.settled[key] for key in ("lead", "cooperate", "cooperate_words", "due_on", "due_time")}
    assert kept == {
        "lead": "body:00/SNV",
        "cooperate": ["body:00/STC"],
        "cooperate_words": "các trường học",
        "due_on": "2026-12-05",
        "due_time": "16:30:00",
    }


def test_a_duty_and_a_target_are_settled_in_their_own_forms(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    text = samples.NOTICE.replace("Nơi nhận:", samples.LONGER)
    directive = samples.received(province, reviewer, text=text)
    assert "UBND các xã, phường, đặc khu" in said(client.get(reverse("directives-review", args=[directive.pk])))
    duty, target = (reverse("directives-item-edit", args=[i.pk]) for i in directive.items.exclude(kind="TASK"))
    assert client.get(duty).status_code == 200
    fields = {"who": "", "who_words": "các chi bộ", "to_words": "Đảng ủy", "cadence": "WEEKLY"}
    assert client.post(duty, {**fields, "who": "cac chi bo"}).status_code == 422
    assert client.post(duty, fields).status_code == 302
    assert "UB-01" in client.get(target).content.decode()
    wrong = client.post(target, {"indicator_code": "UB-01", "op": ">=", "value": "nhiều", "milestone_on": "31/12/2026"})
    assert "Số chưa đúng" in said(wrong)
    assert client.post(target, {"op": ">=", "value": "86,5", "milestone_on": "31/12/2026"}).status_code == 422
    settled = {"indicator_code": "UB-01", "op": ">=", "value": "86,5", "milestone_on": "31/12/2026"}
    assert client.post(target, settled).status_code == 302
    assert directive.items.exclude(kind="TASK").filter(state=ItemState.ACCEPTED).count() == 2


def test_splitting_merging_and_adding_lead_back_to_the_review(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    directive = samples.received(province, reviewer)
    _, second_item, third = samples.tasks_of(directive)
    split = reverse("directives-item-split", args=[third.pk])
    assert client.get(split).status_code == 200
    assert client.post(split, {"parts": "một dòng"}).status_code == 422
    assert client.post(split, {"parts": "Rà soát định mức\nBáo cáo kết quả"}).status_code == 302
    assert client.post(reverse("directives-item-merge", args=[second_item.pk])).status_code == 302
    start = directive.text.index("Ngày 30/10/2026")
    added = client.post(reverse("directives-item-add", args=[directive.pk]), {"start": start, "end": start + 15})
    item = ReadItem.objects.get(rule="person.added")
    assert added.url == reverse("directives-item-edit", args=[item.pk])
    assert client.post(reverse("directives-item-add", args=[directive.pk]), {"start": "x"}).status_code == 302


def test_the_head_of_a_document_can_be_corrected(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    directive = samples.received(province, reviewer)
    url = reverse("directives-head", args=[directive.pk])
    fields = {"symbol": "06-TB/BCĐ", "issuer": directive.issuer, "issued_on": "03/11/2026", "circulation": "public"}
    assert client.post(url, {**fields, "issued_on": "hôm qua"}).status_code == 422
    assert client.post(url, fields).status_code == 302
    directive.refresh_from_db()
    assert (directive.symbol, directive.issued_on, directive.circulation) == ("06-TB/BCĐ", date(2026, 11, 3), "public")


def test_a_review_with_open_items_is_not_finished(province: Unit, reviewer: User) -> None:
    directive = samples.received(province, reviewer)
    response = factories.client_of(reviewer).post(reverse("directives-finish", args=[directive.pk]), {"clarify_by": ""})
    assert response.status_code == 422
    assert "mục chưa rà soát. Đề nghị nhận hoặc bỏ từng mục" in said(response)


def test_a_second_person_puts_the_document_into_force(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.reviewed(province, reviewer)
    url = reverse("directives-force", args=[directive.pk])
    own = factories.client_of(reviewer)
    assert "chờ người thứ hai xác nhận" in said(own.get(url))
    assert own.post(url).status_code == 422
    client = factories.client_of(second)
    assert "Đưa lên hệ thống 2 nhiệm vụ (4 đơn vị) theo số 05-TB/BCĐ" in " ".join(said(client.get(url)).split())
    response = client.post(url)
    assert (response.status_code, response.url) == (302, reverse("directives-page", args=[directive.pk]))
    assert Task.objects.assigned().count() == 4
    assert "Nhiệm vụ của văn bản này" in said(client.get(response.url))


def test_what_stays_unclear_is_asked_from_the_lead(province: Unit, reviewer: User, second: User) -> None:
    directive = samples.reviewed(province, reviewer)
    item = samples.tasks_of(directive)[1]
    settled = {**item.settled, "due_on": None, "due_time": None, "product": ""}
    ReadItem.objects.filter(pk=item.pk).update(settled=settled)
    Directive.objects.filter(pk=directive.pk).update(clarify_by=date(2026, 11, 15))
    page = said(factories.client_of(second).get(reverse("directives-force", args=[directive.pk])))
    assert "Chưa rõ: thời gian, sản phẩm. Đơn vị chủ trì bổ sung trước 15/11/2026." in page


def test_the_second_person_may_give_the_document_back_with_a_reason(
    province: Unit, reviewer: User, second: User
) -> None:
    directive = samples.reviewed(province, reviewer)
    client = factories.client_of(second)
    url = reverse("directives-reopen", args=[directive.pk])
    client.post(url, {"reason": ""})
    directive.refresh_from_db()
    assert directive.state == "REVIEWED"
    client.post(url, {"reason": "Thiếu việc của Sở Nội vụ"})
    directive.refresh_from_db()
    assert directive.state == "REVIEWING"


def test_a_document_page_shows_its_citations_and_gives_its_file(province: Unit, reviewer: User) -> None:
    directive = samples.received(province, reviewer)
    client = factories.client_of(reviewer)
    page = said(client.get(reverse("directives-page", args=[directive.pk])))
    assert "57-NQ/TW ngày 22/12/2024 của Bộ Chính trị" in page
    file = client.get(reverse("directives-file", args=[directive.pk]))
    assert file.content == samples.NOTICE.encode()
    assert "attachment" in file.headers["Content-Disposition"]


def test_the_list_can_be_searched_without_diacritics(province: Unit, reviewer: User) -> None:
    samples.received(province, reviewer)
    client = factories.client_of(reviewer)
    assert "05-TB/BCĐ" in said(client.get(reverse("directives"), {"tu_khoa": "chuyen doi so"}))
    assert "Không có văn bản nào khớp bộ lọc" in said(client.get(reverse("directives"), {"tu_khoa": "không có"}))


def test_an_empty_list_says_what_to_do_next(province: Unit, reviewer: User) -> None:
    assert "Tiếp nhận văn bản chỉ đạo đầu tiên" in said(factories.client_of(reviewer).get(reverse("directives")))
    clerk = factories.person("clerk", "99001-UB")
    assert "Chưa có văn bản nào giao việc" in said(factories.client_of(clerk).get(reverse("directives")))


def _addresses(directive: Directive) -> list[tuple[str, str]]:
    item = samples.tasks_of(directive)[0]
    of_document = [
        ("get", name) for name in ("directives-page", "directives-file", "directives-review", "directives-head")
    ] + [("get", "directives-force")]
    acts = [("post", name) for name in ("directives-item-add", "directives-finish", "directives-reopen")]
    of_item = [("get", "directives-item-edit"), ("get", "directives-item-split")] + [
        ("post", f"directives-item-{name}") for name in ("accept", "drop", "reconsider", "merge")
    ]
    return [(method, reverse(name, args=[directive.pk])) for method, name in of_document + acts] + [
        (method, reverse(name, args=[item.pk])) for method, name in of_item
    ]


def test_signed_out_people_are_sent_to_sign_in(province: Unit, reviewer: User) -> None:
    directive = samples.received(province, reviewer)
    addresses = [*_addresses(directive), ("get", reverse("directives")), ("get", UPLOAD)]
    for method, url in addresses:
        response = getattr(Client(), method)(url)
        assert response.status_code == 302, url
        assert response.url.startswith(reverse("account_login")), url


def test_a_stranger_finds_nothing(province: Unit, reviewer: User) -> None:
    directive = samples.received(province, reviewer)
    for role, unit in (("consolidator", "09-DU"), ("clerk", "99001-UB")):
        client = factories.client_of(factories.person(role, unit))
        for method, url in _addresses(directive):
            assert getattr(client, method)(url).status_code == 404, (role, url)


def test_a_wrong_role_is_refused(province: Unit, reviewer: User) -> None:
    directive = samples.received(province, reviewer)
    owner = factories.client_of(factories.person("owner", "00-UB"))
    inspector = factories.client_of(factories.person("inspector", "00"))
    assert owner.get(UPLOAD).status_code == 403
    for method, url in _addresses(directive):
        assert getattr(owner, method)(url).status_code == 403, url
        reads = url in {reverse(name, args=[directive.pk]) for name in ("directives-page", "directives-file")}
        assert getattr(inspector, method)(url).status_code == (200 if reads else 403), url


def test_unknown_documents_and_items_are_not_found(province: Unit, reviewer: User) -> None:
    client = factories.client_of(reviewer)
    assert client.get(reverse("directives-page", args=[9999])).status_code == 404
    assert client.get(reverse("directives-item-edit", args=[9999])).status_code == 404

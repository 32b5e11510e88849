"""Signing in, the first password, the second factor and the preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from tests import factories
from xanh.demo import mode
from xanh.kit import clock
from xanh.people import actions
from xanh.people.models import User

pytestmark = pytest.mark.usefixtures("nation")
SIGN_IN = "/tai-khoan/dang-nhap/"
PASSWORD = "Lua-vang-dong-bang-57"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Đề nghị kiểm tra bộ gõ, phím Caps Lock rồi nhập lại."


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> None:
    """A home without the marker of sample figures, and no wrong passwords of other tests."""
    settings.HOME = tmp_path
    cache.clear()


def _user() -> User:
    return User.objects.create_user("lan.nguyen", full_name="Nguyễn Thị Lan", password=PASSWORD)


def _sign_in(client: Client, password: str, name: str = "lan.nguyen"):  # type: ignore[no-untyped-def]
    return client.post(SIGN_IN, {"login": name, "password": password})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _invited() -> str:
    user = actions.create_user(username="moi.vao", full_name="Trần Văn Mới", by=None, at=clock.now())
    return f"/moi/{actions.invite_user(user=user, by=None, at=clock.now())}/"


def test_the_page_of_signing_in_speaks_vietnamese() -> None:
    page = Client().get(SIGN_IN).content.decode()
    for words in ('lang="vi"', "Tên đăng nhập hoặc thư điện tử", "Mật khẩu", "Quên mật khẩu", "không có đăng ký tự do"):
        assert words in page


def test_the_right_password_lets_in_regardless_of_the_case_of_the_name() -> None:
    _user()
    client = Client()
    assert _sign_in(client, PASSWORD, "Lan.Nguyen").status_code == 302
    assert _is_in(client)


def test_a_wrong_password_is_said_in_vietnamese() -> None:
    _user()
    client = Client()
    assert WRONG in _sign_in(client, "sai-mat-khau").content.decode()
    assert not _is_in(client)


def test_too_many_wrong_passwords_lock_even_the_right_one() -> None:
    _user()
    client = Client()
    for _ in range(configured.AXES_FAILURE_LIMIT - 1):
        assert WRONG in _sign_in(client, "sai-mat-khau").content.decode()
    assert "Tạm khóa đăng nhập" in _sign_in(client, "sai-mat-khau").content.decode()
    locked = _sign_in(client, PASSWORD, "LAN.nguyen")
    assert (locked.status_code, "trong 15 phút" in locked.content.decode()) == (429, True)
    assert not _is_in(client)


def test_nobody_signs_himself_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert Client().get("/tai-khoan/signup/").status_code == 404


def test_an_invitation_sets_the_first_password_and_leads_to_signing_in() -> None:
    link, client = _invited(), Client()
    assert "Chào đồng chí Trần Văn Mới" in client.get(link).content.decode()
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)
    assert _sign_in(client, PASSWORD, "moi.vao").status_code == 302
    assert _is_in(client)


def test_a_used_link_says_in_vietnamese_what_to_do() -> None:
    link, client = _invited(), Client()
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    for answer in (client.get(link), client.post(link, {"password": PASSWORD, "again": PASSWORD})):
        assert answer.status_code == 404
        assert "Liên kết mời không còn hiệu lực" in answer.content.decode()


def test_two_different_passwords_are_refused_and_the_link_still_works() -> None:
    link, client = _invited(), Client()
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD + "x"})
    assert (answer.status_code, "Hai lần nhập chưa giống nhau" in answer.content.decode()) == (422, True)
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("path", ["/", "/tai-khoan/", "/tai-khoan/mat-khau/doi/", "/khong-co-trang-nay/"])
def test_an_approver_sets_up_a_second_factor_before_anything_else(settings: Settings, path: str) -> None:
    settings.SECOND_FACTOR = True
    answer = factories.client_of(factories.person("approver", "99001-UB")).get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/tai-khoan/hai-lop/")


def test_a_clerk_and_the_demonstration_need_no_second_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR = True
    assert factories.client_of(factories.person("clerk", "99001-UB")).get("/tai-khoan/").status_code == 200
    mode.switch_on()
    assert factories.client_of(factories.person("approver", "99001-UB")).get("/tai-khoan/").status_code == 200


def test_the_preview_exists_only_in_the_demonstration_and_only_on_the_machine_itself() -> None:
    client = Client()
    assert client.get("/xem-thu/").status_code == 404
    mode.switch_on()
    assert client.get("/xem-thu/", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/xem-thu/", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert client.get("/xem-thu/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.0.0.7").status_code == 404


def test_the_preview_lets_nobody_in_as_a_person_with_a_password() -> None:
    mode.switch_on()
    client, person = Client(), factories.person("clerk", "99001-UB")
    assert client.post("/xem-thu/", {"person": person.pk}).status_code == 404
    assert not _is_in(client)


def test_signing_out_takes_a_post() -> None:
    client = factories.client_of(factories.person("clerk", "99001-UB"))
    assert client.get("/tai-khoan/dang-xuat/").status_code == 200
    assert _is_in(client)
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302
    assert not _is_in(client)

"""Links lead only where the viewer may go, and say where a page stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.reporting import day
from xanh.assessment import actions as assessment
from xanh.kit import clock

pytestmark = pytest.mark.usefixtures("nation")


def page_of(role: str, unit_code: str, name: str, *args: str, **asked: str) -> str:
    client = factories.client_of(factories.person(role, unit_code))
    return client.get(reverse(name, args=args), asked).content.decode()


@pytest.fixture
def after_closing(nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round closed with the reports of two blocks of Tân Mẫu, an hour ago."""
    of_round = nation.round_on(date(2026, 11, 20))
    for code in ("99001-UB", "99001-MT"):
        day.send(of_round, nation.unit(code), factories.person("clerk", code), now)
    assessment.close(round_id=of_round.pk, at=of_round.closes_at)
    monkeypatch.setattr(clock, "now", lambda: of_round.closes_at + timedelta(hours=1))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))


@pytest.mark.usefixtures("after_closing")
@pytest.mark.parametrize("name", ["boards-commune", "boards-not-achieved"])
def test_a_clerk_is_led_to_the_figures_of_his_block_and_only_reads_the_others(name: str) -> None:
    text = page_of("clerk", "99001-UB", name, "99001")
    assert "MT-07" in text
    assert reverse("boards-cell", args=["99001-MT", "MT-07"]) not in text
    assert "/bang-dieu-hanh/o/99001-UB/" in text or name == "boards-not-achieved"


def test_the_round_of_today_is_not_among_the_earlier_ones(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    for number in (18, 19, 20):
        nation.round_on(date(2026, 11, number))
    earlier = page_of("clerk", "99001-UB", "reports").split("Các kỳ trước", 1)[1]
    assert "thứ Năm, 19/11/2026" in earlier
    assert "thứ Sáu, 20/11/2026" not in earlier


def test_a_system_administrator_is_not_led_to_delegations_nor_to_people_he_does_not_manage() -> None:
    leader = factories.person("leader", "VN", name="Trần Mẫu Bình")
    text = page_of("system_admin", "VN", "people-unit", "VN")
    assert "Trần Mẫu Bình" in text
    assert reverse("people-person", args=[leader.pk]) not in text
    assert f'href="{reverse("delegations")}"' not in page_of("system_admin", "VN", "people")
    assert f'href="{reverse("delegations")}"' in page_of("unit_admin", "00", "people")


def test_a_leader_who_also_approves_is_named_as_a_leader() -> None:
    person = factories.person("approver", "99001-DU", capacity="Bí thư Đảng ủy duyệt thay")
    factories.appoint(person, "leader", "99001", capacity="Bí thư Đảng ủy")
    head = factories.client_of(person).get(reverse("today")).content.decode().split("</header>", 1)[0]
    assert "Bí thư Đảng ủy · Lãnh đạo" in head
    assert "duyệt thay" not in head


def test_whom_to_call_names_the_unit_once_and_says_that_no_number_is_known() -> None:
    factories.person("clerk", "99001-DU", name="Hồ Mẫu Hùng", capacity="Cán bộ nhập liệu, Đảng ủy xã Tân Mẫu")
    text = page_of("leader", "99001", "today")
    assert text.count("Đảng ủy xã Tân Mẫu") == 1
    assert "chưa ghi số điện thoại" in text


def test_a_coming_day_is_not_shown_as_if_it_had_figures(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    nation.round_on(date(2026, 11, 20))
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    assert "Ngày 25/11/2026 chưa đến" in page_of("leader", "99001", "boards-commune", "99001", ngay="25/11/2026")
    assert "chưa đến nên" not in page_of("leader", "99001", "boards-commune", "99001", ngay="20/11/2026")


@pytest.mark.usefixtures("after_closing")
def test_sorting_a_past_board_keeps_its_instant() -> None:
    text = page_of("leader", "00", "boards-province", "00", ngay="20/11/2026", gio="16:30")
    assert "?ngay=20/11/2026&amp;gio=16:30&amp;xep=chua-dat" in text


def test_signing_in_is_in_vietnamese_and_offers_the_forgotten_password_once() -> None:
    from django.test import Client

    text = Client().get(reverse("account_login")).content.decode()
    assert ">Login" not in text
    assert "Tên đăng nhập hoặc thư điện tử</label>" in text
    assert text.count("Quên mật khẩu") == 1


def test_the_sheet_of_a_past_day_does_not_speak_of_today(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    nation.round_on(date(2026, 11, 18))
    text = page_of("clerk", "99001-UB", "reports-entry", "NQ57-NGAY", "2026-11-18", "99001-UB")
    assert "Đến kỳ này (8)" in text
    assert "Đến kỳ hôm nay" not in text


def test_a_form_whose_version_is_no_number_is_answered_in_vietnamese(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    nation.round_on(date(2026, 11, 20))
    client = factories.client_of(factories.person("clerk", "99001-UB"))
    address = reverse("reports-entry", args=["NQ57-NGAY", "2026-11-20", "99001-UB"])
    answer = client.post(address, {"base_version": "abc", "n-UB-01": "1", "d-UB-01": "2", "act": "save"}, follow=True)
    assert "invalid literal" not in answer.content.decode()


@pytest.mark.usefixtures("after_closing")
def test_a_board_before_the_first_closing_says_so_and_not_that_the_programme_has_no_rounds() -> None:
    text = page_of("leader", "00", "boards-province", "00", ngay="01/01/2020")
    assert "Đến thời điểm này chưa có lần chốt số liệu nào." in text
    assert "chưa có kỳ báo cáo nào" not in text


@pytest.mark.parametrize(
    ("role", "unit_code", "named"),
    [
        ("leader", "99001", "Xã Tân Mẫu, tỉnh Mẫu"),
        ("leader", "00", "Tỉnh Mẫu"),
        ("clerk", "99001-DU", "Đảng ủy xã Tân Mẫu"),
    ],
)
def test_the_head_of_a_page_says_where_the_viewer_works(role: str, unit_code: str, named: str) -> None:
    assert f'<span class="strong">{named}</span>' in page_of(role, unit_code, "today")


def test_offices_of_the_same_name_are_told_apart_by_their_commune(nation: factories.Nation, now: datetime) -> None:
    from xanh.org import actions as org
    from xanh.org import queries

    by = factories.person("unit_admin", "00")
    for code, place in (("99001", "xã Tân Mẫu"), ("99002", "phường Hưng Mẫu")):
        office = org.ensure_body(owner=nation.unit(code), body_code="VPDU", by=by, at=now)
        assert queries.place_label(office) == f"{office.name}, {place}"


@pytest.mark.parametrize(
    ("link", "said"), [("khong phai dia chi", "Địa chỉ chưa đúng dạng."), ("", "Minh chứng phải là một tệp hoặc")]
)
def test_a_wrong_link_of_evidence_is_told_once_and_says_the_remedy(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch, link: str, said: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    nation.round_on(date(2026, 11, 20))
    client = factories.client_of(factories.person("clerk", "99001-UB"))
    typed = {"indicator_code": "UB-01", "label": "Sổ", "link": link, "not_secret": "on"}
    answer = client.post(reverse("reports-attach", args=["NQ57-NGAY", "2026-11-20", "99001-UB"]), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "URL" not in text
    assert ("Minh chứng phải là" in text) is (link == "")


@pytest.mark.parametrize("name", ["today", "reports"])
def test_an_approver_follows_the_report_of_his_block_before_it_is_sent(
    nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    nation.round_on(date(2026, 11, 20))
    text = page_of("approver", "99001-UB", name)
    assert "đến kỳ 0/12" in text
    assert ">Xem</a>" in text
    assert "Nhập số liệu" not in text


@pytest.mark.usefixtures("after_closing")
def test_the_tasks_beside_a_province_board_are_those_of_the_province() -> None:
    assert f'{reverse("tasks")}?don_vi=00"' in page_of("leader", "00", "boards-province", "00")

"""The search box: what it finds, in which order, and only what the viewer may see."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.tasks.cases import Work, make_work
from xanh.org import loading
from xanh.org.loading import Territory

PAGE = reverse("search")


def said(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def hits(client: Client, words: str) -> dict[str, list[str]]:
    """The titles found, by section."""
    page = html.unescape(client.get(PAGE, {"q": words}).content.decode())
    sections = re.findall(r"<section>\s*<h2>([^<]+)</h2>(.*?)</section>", page, re.DOTALL)
    return {title: re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", body) for title, body in sections}


@pytest.fixture
def leader(nation: factories.Nation) -> Client:
    return factories.client_of(factories.person("leader", "00"))


@pytest.fixture
def work(nation: factories.Nation) -> Work:
    return make_work()


class TestUnits:
    def test_a_unit_is_found_without_diacritics_and_leads_to_its_board(self, leader: Client) -> None:
        response = leader.get(PAGE, {"q": "phuong hung mau"})
        assert hits(leader, "phuong hung mau")["Đơn vị"][0] == "Phường Hưng Mẫu"
        assert f'href="{reverse("boards-commune", args=["99002"])}"' in response.content.decode()

    def test_a_commune_is_told_with_its_province(self, leader: Client) -> None:
        assert "Phường Hưng Mẫu · tỉnh Mẫu" in said(leader.get(PAGE, {"q": "Phường Hưng Mẫu"}))

    def test_right_diacritics_come_first(self, leader: Client) -> None:
        added = [
            Territory(f"9901{n}", name, "ward", "00") for n, name in enumerate(("Phường Hung Mâu", "Phường Hùng Mậu"))
        ]
        loading.load_territories(added, valid_from=factories.START)
        assert hits(leader, "hùng mậu")["Đơn vị"][0] == "Phường Hùng Mậu"
        assert hits(leader, "hưng mẫu")["Đơn vị"][0] == "Phường Hưng Mẫu"

    def test_a_neighbouring_province_is_not_found(self, leader: Client) -> None:
        assert hits(leader, "Láng Giềng") == {}
        neighbour = factories.client_of(factories.person("leader", "09"))
        assert hits(neighbour, "Láng Giềng")["Đơn vị"][0] == "Tỉnh Láng Giềng"

    def test_a_commune_finds_no_other_commune(self, nation: factories.Nation) -> None:
        clerk = factories.client_of(factories.person("clerk", "99001-UB"))
        assert "Đơn vị" not in hits(clerk, "Hưng Mẫu")
        assert "Đơn vị" in hits(clerk, "Tân Mẫu")

    @pytest.mark.parametrize("role", ["unit_admin", "system_admin"])
    def test_administrators_find_no_boards(self, nation: factories.Nation, role: str) -> None:
        assert "Đơn vị" not in hits(factories.client_of(factories.person(role, "00")), "Hưng Mẫu")


class TestIndicators:
    def test_an_indicator_by_words_of_its_name_with_or_without_diacritics(self, leader: Client) -> None:
        assert hits(leader, "hồ sơ")["Chỉ tiêu"]
        assert set(hits(leader, "ho so")["Chỉ tiêu"]) >= set(hits(leader, "hồ sơ")["Chỉ tiêu"])

    def test_an_indicator_leads_to_the_dictionary(self, leader: Client) -> None:
        address = re.search(r'href="(/tu-dien/[^"]+)"', leader.get(PAGE, {"q": "hồ sơ"}).content.decode())
        assert address is not None
        assert leader.get(address[1]).status_code == 200

    def test_a_long_list_is_cut_and_says_so(self, leader: Client) -> None:
        found = hits(leader, "tỷ lệ")["Chỉ tiêu"]
        assert len(found) == 10
        assert "Còn kết quả khác" in said(leader.get(PAGE, {"q": "tỷ lệ"}))


class TestWork:
    def test_a_task_by_words_of_its_content(self, work: Work) -> None:
        giver = factories.client_of(work.giver)
        response = giver.get(PAGE, {"q": "ke hoach kiem tra nam 2027"})
        assert len(hits(giver, "ke hoach kiem tra nam 2027")["Nhiệm vụ"]) == 1
        assert f'href="{reverse("tasks-page", args=[work.office.code])}"' in response.content.decode()

    def test_a_task_that_the_viewer_may_not_see_is_not_found(self, work: Work) -> None:
        worker = factories.client_of(work.worker)
        assert "Nhiệm vụ" not in hits(worker, "kế hoạch kiểm tra năm 2027")
        assert "Nhiệm vụ" in hits(worker, "kế hoạch chi tiết")

    def test_right_diacritics_come_first(self, work: Work) -> None:
        for task, content in ((work.office, "Rà soát ban đồ số"), (work.commune, "Rà soát bản đồ số")):
            task.content = content
            task.save()
        giver = factories.client_of(work.giver)
        assert hits(giver, "bản đồ")["Nhiệm vụ"][0] == "Rà soát bản đồ số"
        assert hits(giver, "ban đồ")["Nhiệm vụ"][0] == "Rà soát ban đồ số"

    def test_a_document_by_its_number_and_by_its_subject(self, work: Work) -> None:
        giver = factories.client_of(work.giver)
        for words in ("05-TB", "ket luan phien hop"):
            assert hits(giver, words)["Văn bản"][0].startswith("05-TB/BCĐ"), words
        response = giver.get(PAGE, {"q": "05-TB"})
        assert f'href="{reverse("directives-page", args=[work.directive.pk])}"' in response.content.decode()

    def test_a_document_of_another_province_is_not_found(self, work: Work) -> None:
        stranger = factories.client_of(factories.person("leader", "09"))
        assert hits(stranger, "kết luận phiên họp") == {}

    def test_everything_found_opens(self, work: Work) -> None:
        for person, words in ((work.giver, "kế hoạch"), (work.worker, "mẫu"), (work.judge, "mẫu")):
            client = factories.client_of(person)
            page = client.get(PAGE, {"q": words}).content.decode()
            addresses = re.findall(r'<li><a href="([^"]+)"', page[page.index("<section>") :])
            assert addresses
            for address in addresses:
                assert client.get(html.unescape(address)).status_code == 200, address


class TestEmpty:
    def test_nothing_found_says_what_to_do_next(self, leader: Client) -> None:
        page = said(leader.get(PAGE, {"q": "không có gì tên thế này"}))
        assert "Chưa tìm thấy nội dung phù hợp trong phạm vi của đồng chí" in page
        assert "Đề nghị thử ít từ hơn" in page

    @pytest.mark.parametrize("words", ["", "  ", "a"])
    def test_too_little_is_not_searched(self, leader: Client, words: str) -> None:
        assert "Đề nghị ghi từ 2 ký tự" in said(leader.get(PAGE, {"q": words}))

    @pytest.mark.parametrize("words", ["%%", "__", "<b>x</b>", "'; --", "\x00\x00", "x" * 5000, "…!?"])
    def test_odd_words_find_nothing_and_break_nothing(self, leader: Client, words: str) -> None:
        response = leader.get(PAGE, {"q": words})
        assert response.status_code == 200
        assert "<b>x</b>" not in response.content.decode()
        assert hits(leader, words) == {}

    def test_signed_out_it_leads_to_the_sign_in_page(self, nation: factories.Nation) -> None:
        assert Client().get(PAGE, {"q": "mẫu"}).status_code == 302

    def test_who_holds_no_office_finds_nothing(self, leader: Client) -> None:
        person = factories.person("clerk", "99001-UB")
        person.posts.all().delete()
        assert hits(factories.client_of(person), "tỷ lệ") == {}

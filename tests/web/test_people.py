"""Screens of the administration: people, offices, units, groups, the import; and who may touch whom."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from xanh.core import dates
from xanh.events.models import Event
from xanh.kit import clock
from xanh.org import queries, roster_file
from xanh.org.models import Post, Unit, UnitName
from xanh.people.models import Invitation, User

LIST = reverse("people")


def said(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def day(after: int = 0) -> str:
    return dates.format_date(clock.today() + timedelta(days=after))


def of(name: str, *arguments: object) -> str:
    return reverse(f"people-{name}", args=arguments)


@pytest.fixture
def client(nation: factories.Nation) -> Client:
    """The administrator of xã Tân Mẫu."""
    return factories.client_of(factories.person("unit_admin", "99001", name="Vũ Thị Yến"))


@pytest.fixture
def provincial(nation: factories.Nation) -> Client:
    return factories.client_of(factories.person("unit_admin", "00", name="Vũ Văn Ý"))


def names_in(response: HttpResponse) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a></th>', html.unescape(response.content.decode()))


NEW = {
    "full_name": "Lê Thị Hoa",
    "username": "hoa.le",
    "email": "",
    "phone": "",
    "unit": "99001-UB",
    "role": "clerk",
    "capacity": "Công chức",
    "starts_on": "01/07/2025",
    "last_on": "",
    "document": "03-QĐ/MẪU",
}


class TestList:
    @pytest.fixture(autouse=True)
    def _people(self, client: Client) -> None:
        for number, name in enumerate(("Trần Văn Đạt", "Nguyễn Văn Dũng", "Phạm Văn Dung", "Lê Thị Ánh")):
            factories.person("clerk", "99001-UB", name=name, capacity=f"Công chức {number}")
        factories.person("clerk", "99002-UB", name="Bùi Văn Dũng")

    def test_people_of_the_own_commune_stand_by_given_names(self, client: Client) -> None:
        names = ["Lê Thị Ánh", "Phạm Văn Dung", "Nguyễn Văn Dũng", "Trần Văn Đạt", "Vũ Thị Yến"]
        assert names_in(client.get(LIST)) == names

    def test_a_search_needs_no_diacritics_and_right_ones_come_first(self, client: Client) -> None:
        assert names_in(client.get(LIST, {"q": "van dung"})) == ["Phạm Văn Dung", "Nguyễn Văn Dũng"]
        assert names_in(client.get(LIST, {"q": "Văn Dũng"})) == ["Nguyễn Văn Dũng", "Phạm Văn Dung"]

    def test_locked_accounts_can_be_listed_alone(self, client: Client) -> None:
        User.objects.filter(full_name="Trần Văn Đạt").update(is_active=False)
        assert names_in(client.get(LIST, {"trang-thai": "khoa"})) == ["Trần Văn Đạt"]
        assert "Trần Văn Đạt" not in names_in(client.get(LIST, {"trang-thai": "mo"}))

    def test_nothing_found_says_what_to_do_next(self, client: Client) -> None:
        page = said(client.get(LIST, {"q": "không ai cả"}))
        assert "Chưa có người nào khớp" in page
        assert "Đề nghị bỏ bớt từ lọc" in page

    def test_the_download_is_a_roster_of_the_own_people(self, client: Client) -> None:
        grid = roster_file.read_grid(client.get(of("export")).content)
        assert grid[0] == list(roster_file.COLUMNS)
        assert [row[1] for row in grid[1:]] == [
            "Lê Thị Ánh", "Phạm Văn Dung", "Nguyễn Văn Dũng", "Trần Văn Đạt", "Vũ Thị Yến",
        ]  # fmt: skip


class TestPerson:
    def test_a_new_person_gets_a_link_that_is_shown_once(self, client: Client) -> None:
        assert client.get(of("add")).status_code == 200
        response = client.post(of("add"), NEW)
        token = re.search(r"/moi/([\w-]+)/", response.content.decode())
        assert token is not None
        assert response["Cache-Control"] == "no-store"
        hoa = User.objects.get(username="hoa.le")
        assert hoa.posts.get().unit_id == "99001-UB"
        assert token[1] not in client.get(of("person", hoa.pk)).content.decode()
        # Only its digest is kept.
        assert not Invitation.objects.filter(token_digest__contains=token[1]).exists()
        assert Client().get(reverse("invitation", args=[token[1]])).status_code == 200

    def test_a_newer_link_ends_the_older_one(self, client: Client) -> None:
        first = re.search(r"/moi/([\w-]+)/", client.post(of("add"), NEW).content.decode())
        hoa = User.objects.get(username="hoa.le")
        second = re.search(r"/moi/([\w-]+)/", client.post(of("invite", hoa.pk)).content.decode())
        assert first is not None
        assert second is not None
        assert "không còn hiệu lực" in said(Client().get(reverse("invitation", args=[first[1]])))
        assert "không còn hiệu lực" not in said(Client().get(reverse("invitation", args=[second[1]])))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"full_name": "Hoa"}, "Đề nghị ghi đủ họ và tên"),
            ({"username": "Hoa Lê"}, "chữ thường không dấu"),
            ({"unit": "99002-UB"}, "trong phạm vi quản trị của đồng chí"),
            ({"unit": "xa tan mau"}, "Có phải: 99001 Xã Tân Mẫu"),
            ({"role": "system_admin"}, "không được giao bố trí vai trò Quản trị hệ thống"),
            ({"starts_on": "31/02/2026"}, "Đề nghị ghi theo dạng 20/11/2026"),
            ({"last_on": "30/06/2025"}, "Ngày cuối không được trước ngày bắt đầu"),
            ({"is_substitute": "on"}, "Chỉ người duyệt mới có người duyệt thay"),
        ],
    )
    def test_what_is_wrong_comes_back_with_words(self, client: Client, changes: dict[str, str], words: str) -> None:
        response = client.post(of("add"), NEW | changes)
        assert response.status_code == 422
        assert words in said(response)
        assert not User.objects.filter(username__in=["hoa.le", "Hoa Lê"]).exists()

    def test_a_username_of_a_stranger_is_taken(self, client: Client) -> None:
        stranger = factories.person("clerk", "99002-UB", name="Phạm Thị Kín")
        response = client.post(of("add"), NEW | {"username": stranger.username})
        assert response.status_code == 422
        assert "đã có người dùng" in said(response)
        assert "Phạm Thị Kín" not in said(response)

    def test_switched_off_he_is_out_and_switched_on_he_is_back(self, client: Client) -> None:
        clerk = factories.person("clerk", "99001-UB")
        his = factories.client_of(clerk)
        assert his.get(reverse("today")).status_code == 200
        client.post(of("switch", clerk.pk), {"mo": "0"})
        assert his.get(reverse("today")).status_code == 302
        client.post(of("switch", clerk.pk), {"mo": "1"})
        assert his.get(reverse("today")).status_code == 200
        kinds = Event.objects.filter(subject=f"user:{clerk.pk}").values_list("kind", "unit_code")
        assert list(kinds) == [("user.switched_off", "99001"), ("user.switched_on", "99001")]

    def test_a_name_is_corrected(self, client: Client) -> None:
        clerk = factories.person("clerk", "99001-UB")
        assert client.get(of("describe", clerk.pk)).status_code == 200
        client.post(of("describe", clerk.pk), {"full_name": " Lê  Thị Mới ", "email": "", "phone": ""})
        clerk.refresh_from_db()
        assert clerk.full_name == "Lê Thị Mới"


class TestOffices:
    OFFICE = {key: NEW[key] for key in ("unit", "role", "capacity", "starts_on", "last_on", "document")}

    def test_an_office_is_given_and_ended(self, client: Client) -> None:
        clerk = factories.person("clerk", "99001-DU")
        assert client.get(of("post-add", clerk.pk)).status_code == 200
        assert client.post(of("post-add", clerk.pk), self.OFFICE).status_code == 302
        post = clerk.posts.get(unit="99001-UB")
        assert "Thôi chức danh" in said(client.get(of("person", clerk.pk)))
        assert client.get(of("post-close", post.pk)).status_code == 200
        assert client.post(of("post-close", post.pk), {"ends_on": day()}).status_code == 302
        post.refresh_from_db()
        assert post.ends_on == clock.today()
        assert "Chức danh đã thôi" in said(client.get(of("person", clerk.pk)))

    def test_the_same_office_twice_is_refused(self, client: Client) -> None:
        clerk = factories.person("clerk", "99001-UB", capacity="Công chức")
        response = client.post(of("post-add", clerk.pk), self.OFFICE)
        assert response.status_code == 422
        assert "đang giữ đúng chức danh đó" in said(response)

    def test_it_does_not_end_before_it_began(self, client: Client) -> None:
        post = factories.person("clerk", "99001-UB").posts.get()
        response = client.post(of("post-close", post.pk), {"ends_on": "01/07/2025"})
        assert response.status_code == 422
        assert "phải sau ngày bắt đầu" in said(response)

    def test_nobody_gives_or_takes_his_own_office(self, nation: factories.Nation) -> None:
        admin = factories.person("unit_admin", "99001")
        own = factories.client_of(admin)
        assert own.post(of("post-add", admin.pk), self.OFFICE).status_code == 422
        assert own.post(of("post-close", admin.posts.get().pk), {"ends_on": day()}).status_code == 404
        assert own.post(of("switch", admin.pk), {"mo": "0"}).status_code == 403


class TestReach:
    @pytest.mark.parametrize("code", ["99002-UB", "98001-UB", "00-UB", "00"])
    def test_people_elsewhere_do_not_exist_for_the_admin_of_a_commune(self, client: Client, code: str) -> None:
        other = factories.person("clerk", code)
        post = other.posts.get()
        for name, key in (
            ("person", other.pk),
            ("describe", other.pk),
            ("post-add", other.pk),
            ("post-close", post.pk),
        ):
            assert client.get(of(name, key)).status_code == 404, name
        for name in ("invite", "switch", "drop-factor", "post-add"):
            assert client.post(of(name, other.pk), {"mo": "0"}).status_code == 404, name
        other.refresh_from_db()
        assert other.is_active

    def test_an_account_that_the_province_counts_on_too_is_seen_but_not_changed(self, client: Client) -> None:
        both = factories.person("clerk", "99001-UB")
        factories.appoint(both, "leader", "00")
        assert client.get(of("person", both.pk)).status_code == 200
        for name in ("invite", "switch", "drop-factor"):
            assert client.post(of(name, both.pk), {"mo": "0"}).status_code == 403, name
        assert client.get(of("describe", both.pk)).status_code == 403
        provincial_post = both.posts.get(unit="00")
        assert client.post(of("post-close", provincial_post.pk), {"ends_on": day()}).status_code == 404

    def test_units_elsewhere_do_not_exist_either(self, client: Client) -> None:
        for code in ("99002", "98001", "00"):
            assert client.get(of("unit", code)).status_code == 404, code
            assert client.post(of("body-add", code), {"body": "VPDU"}).status_code == 404, code
        assert client.get(of("group", "00-XA")).status_code == 404

    def test_the_province_reaches_all_its_communes_and_no_other_province(self, provincial: Client) -> None:
        assert provincial.get(of("person", factories.person("clerk", "99002-UB").pk)).status_code == 200
        assert provincial.get(of("person", factories.person("clerk", "98001-UB").pk)).status_code == 404

    @pytest.mark.parametrize("role", ["clerk", "approver", "leader", "consolidator", "inspector", "owner"])
    def test_who_administers_nothing_has_no_such_pages(self, nation: factories.Nation, role: str) -> None:
        client = factories.client_of(factories.person(role, "99001"))
        for name in ("add", "units", "groups", "import", "export", "import-template"):
            assert client.get(of(name)).status_code == 403, name
        assert client.get(LIST).status_code == 403

    def test_the_system_admin_sees_no_figures_and_gives_no_right_to_any(self, nation: factories.Nation) -> None:
        factories.person("clerk", "99001-UB", name="Lê Thị Hoa")
        client = factories.client_of(factories.person("system_admin", "VN"))
        assert client.get(reverse("boards-commune", args=["99001"])).status_code == 403
        assert client.get(reverse("boards-province", args=["00"])).status_code == 403
        assert "Lê Thị Hoa" not in said(client.get(LIST))
        assert client.post(of("add"), NEW).status_code == 422
        assert client.post(of("add"), NEW | {"unit": "99001", "role": "unit_admin"}).status_code == 200


class TestUnits:
    def test_the_page_of_a_unit_tells_names_with_their_days_and_the_note(
        self, nation: factories.Nation, provincial: Client
    ) -> None:
        start = dates.parse_date("01/08/2026")
        UnitName.objects.filter(unit="00").update(valid_to=start)
        UnitName.objects.create(
            unit=nation.unit("00"),
            name="Thành phố Mẫu",
            kind="city",
            valid_from=start,
            note="Các nguồn chưa thống nhất.",
        )
        page = said(provincial.get(of("unit", "00")))
        assert "Tỉnh Mẫu (tỉnh) · từ 01/07/2025 đến trước 01/08/2026" in page
        assert "Thành phố Mẫu (thành phố) · từ 01/08/2026" in page
        assert "Các nguồn chưa thống nhất." in page

    def test_a_commune_shows_its_blocks_and_unfilled_offices(self, client: Client) -> None:
        factories.person("approver", "99001-UB", name="Lê Văn Mẫu", capacity="Chủ tịch UBND")
        page = said(client.get(of("unit", "99001")))
        assert "Lê Văn Mẫu · Chủ tịch UBND · Người duyệt" in page
        assert "Khuyết chức danh" in page

    def test_a_zone_without_a_council_says_so(self, provincial: Client) -> None:
        assert "đặc khu không tổ chức HĐND" in said(provincial.get(of("unit", "99020")))
        assert "không tổ chức HĐND" not in said(provincial.get(of("unit", "99001")))

    def test_units_are_found_by_code_and_by_name_without_diacritics(self, provincial: Client) -> None:
        for words in ("99002-UB", "phuong hung mau"):
            page = said(provincial.get(of("units"), {"q": words}))
            assert "99002-UB" in page
            assert "99001-UB" not in page

    def test_a_body_becomes_a_unit_when_it_is_first_used(self, provincial: Client) -> None:
        assert not Unit.objects.filter(pk="00-VPTU").exists()
        assert "Văn phòng Tỉnh ủy" in said(provincial.get(of("unit", "00")))
        for _ in range(2):
            assert provincial.post(of("body-add", "00"), {"body": "VPTU"}).status_code == 302
        assert Unit.objects.get(pk="00-VPTU").name == "Văn phòng Tỉnh ủy"
        assert Event.objects.filter(kind="unit.created").count() == 1
        assert provincial.get(of("unit", "00-VPTU")).status_code == 200
        assert provincial.post(of("body-add", "00"), {"body": "XYZ"}).status_code == 404


class TestGroups:
    def test_who_leaves_is_a_member_until_that_day(self, provincial: Client) -> None:
        assert "Các xã, phường, đặc khu" in said(provincial.get(of("groups")))
        assert provincial.get(of("group", "00-XA")).status_code == 200
        change = {"left": ["99002"], "joined": "", "on": day()}
        assert provincial.post(of("group", "00-XA"), change).status_code == 302
        today = clock.today()
        assert [u.code for u in queries.roster("00-XA", day=today - timedelta(days=1))] == ["99001", "99002", "99020"]
        assert [u.code for u in queries.roster("00-XA", day=today)] == ["99001", "99020"]
        assert f"Phường Hưng Mẫu · từ 01/07/2025 đến trước {day()}" in said(provincial.get(of("group", "00-XA")))

    def test_who_joins_is_named_by_code_or_by_name(self, provincial: Client) -> None:
        provincial.post(of("group", "00-XA"), {"left": ["99001", "99002"], "joined": "", "on": day(-3)})
        change = {"joined": "99002\n Xã Tân Mẫu\n", "on": day()}
        assert provincial.post(of("group", "00-XA"), change).status_code == 302
        assert [u.code for u in queries.roster("00-XA", day=clock.today())] == ["99001", "99002", "99020"]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"joined": ""}, "Chưa chọn đơn vị nào"),
            ({"joined": "99001\nhung mau"}, "Dòng 2: chưa rõ “hung mau” là đơn vị nào. Có phải: 99002 Phường Hưng Mẫu"),
            ({"joined": "98001"}, "Dòng 1: chưa rõ “98001”"),
            ({"joined": "99001", "on": "mai"}, "Đề nghị ghi theo dạng 20/11/2026"),
        ],
    )
    def test_what_is_unclear_changes_nothing(self, provincial: Client, change: dict[str, str], words: str) -> None:
        response = provincial.post(of("group", "00-XA"), {"on": day(), **change})
        assert response.status_code == 422
        assert words in said(response)
        assert not Event.objects.filter(kind="group.changed").exists()


class TestImport:
    def check(self, client: Client, content: bytes) -> HttpResponse:
        return client.post(of("import"), {"file": SimpleUploadedFile("danh-sach.xlsx", content)})

    def hidden(self, response: HttpResponse) -> dict[str, str]:
        return dict(
            re.findall(r'<input type="hidden" name="(token|content)" value="([^"]+)">', response.content.decode())
        )

    def test_the_template_goes_in_as_a_form_and_is_written_only_when_confirmed(self, client: Client) -> None:
        assert client.get(of("import")).status_code == 200
        people = User.objects.count()
        checked = self.check(client, client.get(of("import-template")).content)
        assert checked.status_code == 200
        assert "Tệp đúng, sẵn sàng ghi" in said(checked)
        assert User.objects.count() == people
        done = client.post(of("import-confirm"), self.hidden(checked))
        assert "Người dùng mới: 1. Chức danh thêm: 1." in said(done)
        assert "no-store" in done["Cache-Control"]
        assert "/moi/" in done.content.decode()
        again = client.post(of("import-confirm"), self.hidden(checked))
        assert "Người dùng mới: 0. Chức danh thêm: 0. Chức danh đã có từ trước, giữ nguyên: 1." in said(again)
        assert User.objects.count() == people + 1
        assert Post.objects.filter(person__username="mau.nguyen.99001").count() == 1

    def test_faults_stand_cell_by_cell_and_nothing_can_be_confirmed(self, client: Client) -> None:
        grid = roster_file.read_grid(roster_file.template())
        grid[1][0], grid[1][8] = "99002-UB", "31/02/2026"
        checked = self.check(client, roster_file.sheet_of("Danh sách", grid[0], grid[1:]))
        assert checked.status_code == 422
        page = said(checked)
        assert "Cần sửa 2 ô trước khi ghi" in page
        assert "2 Từ ngày “31/02/2026” không phải ngày. Ghi theo dạng 20/11/2026." in page
        assert self.hidden(checked) == {}

    def test_what_was_checked_by_one_is_not_confirmed_by_another(self, client: Client, provincial: Client) -> None:
        fields = self.hidden(self.check(client, roster_file.template()))
        people = User.objects.count()
        assert provincial.post(of("import-confirm"), fields).status_code == 302
        assert client.post(of("import-confirm"), fields | {"content": "QUFB"}).status_code == 302
        assert client.post(of("import-confirm"), {}).status_code == 302
        assert User.objects.count() == people

    @pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x00\x01", b""])
    def test_no_roster_is_refused_in_words(self, client: Client, content: bytes) -> None:
        response = self.check(client, content)
        assert response.status_code == 422
        assert "Đề nghị" in said(response)

    def test_no_file_at_all(self, client: Client) -> None:
        response = client.post(of("import"), {})
        assert response.status_code == 422
        assert "Chưa chọn tệp" in said(response)

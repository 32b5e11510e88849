"""The trail on screen: whose, filtered how, opened by which decision, and whether it holds."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from xanh.events import actions as events
from xanh.events import queries
from xanh.events.models import Event, ReadingLog

LIST, OPEN, CLOSE, INTEGRITY = (reverse(name) for name in ("trail", "trail-open", "trail-close", "trail-integrity"))
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DECISION = "15-QĐ/UBKTTU ngày 10/11/2026"


def said(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def table(client: Client, **asked: str) -> str:
    """The words of the rows; "" where there are none."""
    body = re.search(r"Các việc đã ghi.*?</tbody>", client.get(LIST, asked).content.decode(), re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body[0])).split()) if body else ""


def told(unit_code: str, document: str, *, kind: str = "post.opened", at: datetime = AT) -> Event:
    return events.record(
        kind=kind, subject=("post", 1), by=None, at=at, unit_code=unit_code, facts={"document": document}
    )


@pytest.fixture(autouse=True)
def _trail(nation: factories.Nation) -> None:
    told("99001-UB", "văn bản Ủy ban")
    told("99001-DU", "văn bản Đảng ủy", kind="post.closed")
    told("99002-UB", "văn bản Hưng Mẫu")
    told("98001-UB", "văn bản láng giềng")


@pytest.fixture
def inspector() -> Client:
    return factories.client_of(factories.person("inspector", "00", name="Hồ Thị Kiểm", capacity="Ủy viên UBKT"))


@pytest.mark.parametrize(
    ("role", "code", "seen"),
    [
        ("leader", "99001", {"Ủy ban", "Đảng ủy"}),
        ("approver", "99001-UB", {"Ủy ban"}),
        ("leader", "00", {"Ủy ban", "Đảng ủy", "Hưng Mẫu"}),
    ],
)
def test_everybody_reads_the_trail_of_the_own_units_only(role: str, code: str, seen: set[str]) -> None:
    rows = table(factories.client_of(factories.person(role, code)))
    assert {name for name in ("Ủy ban", "Đảng ủy", "Hưng Mẫu", "láng giềng") if f"văn bản {name}" in rows} == seen


@pytest.mark.parametrize("role", ["clerk", "owner", "unit_admin", "system_admin"])
@pytest.mark.parametrize("address", [LIST, INTEGRITY])
def test_who_does_not_read_it_has_no_such_page(role: str, address: str) -> None:
    assert factories.client_of(factories.person(role, "99001")).get(address).status_code == 403


class TestFilters:
    @pytest.fixture
    def leader(self) -> Client:
        return factories.client_of(factories.person("leader", "00"))

    def test_by_kind(self, leader: Client) -> None:
        rows = table(leader, loai="post.closed")
        assert "văn bản Đảng ủy" in rows
        assert "văn bản Ủy ban" not in rows

    def test_by_unit_in_any_case(self, leader: Client) -> None:
        for code in ("99002-UB", "99002-ub"):
            rows = table(leader, **{"don-vi": code})
            assert "văn bản Hưng Mẫu" in rows
            assert "văn bản Ủy ban" not in rows

    def test_a_unit_outside_shows_nothing(self, leader: Client) -> None:
        assert table(leader, **{"don-vi": "98001-UB"}) == ""
        assert "Không có việc nào khớp bộ lọc" in said(leader.get(LIST, {"don-vi": "98001-UB"}))

    def test_a_day_is_a_day_in_vietnam(self, leader: Client) -> None:
        # 17:00 UTC is midnight in Vietnam: these two fall on 01/12 and 02/12.
        told("00", "văn bản cuối ngày", at=datetime(2026, 12, 1, 16, 59, tzinfo=UTC))
        told("00", "văn bản đầu ngày", at=datetime(2026, 12, 1, 17, 0, tzinfo=UTC))
        first, second = table(leader, ngay="01/12/2026"), table(leader, ngay="02/12/2026")
        assert "cuối ngày" in first
        assert "đầu ngày" not in first
        assert "đầu ngày" in second
        assert "cuối ngày" not in second

    def test_a_day_that_is_none_is_told_and_does_not_filter(self, leader: Client) -> None:
        response = leader.get(LIST, {"ngay": "31/02/2026"})
        assert response.status_code == 200
        assert "Đề nghị ghi theo dạng 20/11/2026" in said(response)
        assert "văn bản Ủy ban" in said(response)

    def test_newest_first(self, leader: Client) -> None:
        told("00", "văn bản sau cùng")
        rows = table(leader)
        assert rows.index("sau cùng") < rows.index("Hưng Mẫu") < rows.index("Ủy ban")


class TestInspection:
    def ask(self, inspector: Client, unit: str = "99001", decision: str = DECISION) -> HttpResponse:
        return inspector.post(OPEN, {"decision": decision, "unit": unit})

    def test_nothing_is_shown_before_a_decision_is_named(self, inspector: Client) -> None:
        page = said(inspector.get(LIST))
        assert "Mở nhật ký theo quyết định" in page
        assert "văn bản Ủy ban" not in page

    def test_a_decision_opens_its_unit_with_everything_inside_and_no_other(self, inspector: Client) -> None:
        assert self.ask(inspector).status_code == 302
        page = said(inspector.get(LIST))
        assert f"Phạm vi theo Quyết định số {DECISION}: Xã Tân Mẫu" in page
        rows = table(inspector)
        assert "văn bản Ủy ban" in rows
        assert "văn bản Đảng ủy" in rows
        assert "Hưng Mẫu" not in rows

    def test_the_opening_is_sealed_in_a_log_of_its_own(self, inspector: Client) -> None:
        before = Event.objects.count()
        self.ask(inspector)
        reading = ReadingLog.objects.get()
        assert (reading.decision, reading.scope) == (DECISION, "99001")
        assert reading.by_label == "Hồ Thị Kiểm (Ủy viên UBKT)"
        assert reading.previous_digest == events.GENESIS
        assert queries.verify_readings() == ""
        assert Event.objects.count() == before

    def test_units_do_not_see_that_they_were_read(self, inspector: Client) -> None:
        leaders = [factories.client_of(factories.person("leader", code)) for code in ("99001", "00")]
        before = [table(leader) for leader in leaders]
        self.ask(inspector)
        inspector.get(LIST)
        inspector.post(CLOSE)
        assert [table(leader) for leader in leaders] == before
        assert all("15-QĐ" not in said(leader.get(LIST)) for leader in leaders)

    def test_a_name_in_place_of_the_code_means_the_one_in_the_own_province(self, inspector: Client) -> None:
        assert self.ask(inspector, unit="Xã Tân Mẫu").status_code == 302
        assert ReadingLog.objects.get().scope == "99001"

    @pytest.mark.parametrize(
        ("unit", "decision"), [("99001", ""), ("99001", "   "), ("", DECISION), ("98001", DECISION), ("xyz", DECISION)]
    )
    def test_without_a_number_or_outside_the_province_nothing_opens(
        self, inspector: Client, unit: str, decision: str
    ) -> None:
        assert self.ask(inspector, unit, decision).status_code == 422
        assert not ReadingLog.objects.exists()
        assert "Mở nhật ký theo quyết định" in said(inspector.get(LIST))

    def test_closed_it_has_to_be_opened_anew(self, inspector: Client) -> None:
        self.ask(inspector)
        inspector.post(CLOSE)
        assert "Mở nhật ký theo quyết định" in said(inspector.get(LIST))

    def test_what_one_opened_is_not_open_for_another(self, inspector: Client) -> None:
        self.ask(inspector)
        other = factories.client_of(factories.person("inspector", "00"))
        assert "văn bản Ủy ban" not in said(other.get(LIST))

    def test_a_leader_opens_nothing_by_a_decision(self) -> None:
        leader = factories.client_of(factories.person("leader", "00"))
        assert self.ask(leader).status_code == 403
        assert not ReadingLog.objects.exists()


class TestIntegrity:
    def test_an_untouched_trail_holds(self) -> None:
        leader = factories.client_of(factories.person("leader", "00"))
        events.seal(at=AT)
        sealed = Event.objects.count()
        page = said(leader.get(INTEGRITY))
        assert "Nhật ký toàn vẹn, tính lại lúc" in page
        assert f"Sự kiện đã niêm phong, khớp {sealed}" in page
        assert "Lô niêm phong 1" in page

    def test_a_changed_event_is_named(self) -> None:
        leader = factories.client_of(factories.person("leader", "00"))
        event = Event.objects.filter(unit_code="99001-UB").latest("id")
        Event.objects.filter(pk=event.pk).update(facts={"document": "khác"})
        page = said(leader.get(INTEGRITY))
        assert f"Sự kiện số {event.pk} đã bị thay đổi sau khi ghi." in page
        assert "Nhật ký toàn vẹn" not in page

    def test_a_removed_event_is_noticed(self) -> None:
        leader = factories.client_of(factories.person("leader", "00"))
        events.seal(at=AT)
        Event.objects.filter(unit_code="99001-UB").latest("id").delete()
        assert "thiếu sự kiện hoặc đứt chuỗi" in said(leader.get(INTEGRITY))

    def test_only_inspectors_are_told_about_the_log_of_readings(self, inspector: Client) -> None:
        inspector.post(OPEN, {"decision": DECISION, "unit": "99001"})
        ReadingLog.objects.update(decision="16-QĐ")
        assert "Lần đọc số" in said(inspector.get(INTEGRITY))
        leader = factories.client_of(factories.person("leader", "00"))
        assert "Lần đọc số" not in said(leader.get(INTEGRITY))

"""The pages of entering, approving, receiving, asking for figures; boards and dictionary."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.reporting import day
from xanh.kit import clock
from xanh.people.models import User
from xanh.reporting.actions import requests
from xanh.reporting.models import Evidence, FigureRequest, NationalSheetEntry, Revision, Round, Submission

CAPACITY = "Phó Chủ tịch UBND"


@dataclass
class Office:
    nation: factories.Nation
    round: Round
    clerk: User
    approver: User

    def url(self, name: str, unit: str = "99001-UB") -> str:
        return reverse(name, args=["NQ57-NGAY", self.round.period_code, unit])

    def send(self, at: datetime, **how: Any) -> Submission:
        return day.send(self.round, self.nation.unit("99001-UB"), self.clerk, at, **how)


@pytest.fixture
def office(nation: factories.Nation, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    return Office(
        nation,
        nation.round_on(date(2026, 11, 20)),
        factories.person("clerk", "99001-UB", name="Lê Thị Mẫu An", capacity="Công chức Văn phòng"),
        factories.person("approver", "99001-UB", name="Trần Văn Mẫu Bình", capacity=CAPACITY),
    )


def form_of(office: Office, now: datetime) -> dict[str, str]:
    from xanh.reporting import sheet
    from xanh.web import entry_page

    unit = office.nation.unit("99001-UB")
    posted = {"base_version": "0", "act": "submit"}
    for row in sheet.sheet_for(office.round, unit, now=now).due:
        entered = day.entered_for(row)
        value = sheet.Value(n=entered.n, d=entered.d, on=office.round.period_end)
        posted[f"n-{row.indicator.code}"] = entry_page.figure_text(row.indicator, value, "n")
        posted[f"d-{row.indicator.code}"] = entry_page.figure_text(row.indicator, value, "d")
    return posted


def test_the_clerks_sheet_opens_on_what_is_due_today(office: Office) -> None:
    page = factories.client_of(office.clerk).get(office.url("reports-entry"))
    text = page.content.decode()
    assert "Đến kỳ hôm nay (12)" in text  # eight daily rows and four weekly ones on a Friday
    assert 'data-code="UB-01"' in text
    assert 'data-code="UB-16"' not in text  # quarterly


def test_the_plain_form_works_without_javascript_to_the_receipt(office: Office, now: datetime) -> None:
    client = factories.client_of(office.clerk)
    answer = client.post(office.url("reports-entry"), form_of(office, now), follow=True)
    text = answer.content.decode()
    assert "Đã nhận lúc 14:00, mã" in text
    assert Revision.objects.get().payload["values"]["UB-01"]["n"] == 2493


def test_a_number_that_cannot_be_read_keeps_everything_typed_and_saves_the_rest(office: Office, now: datetime) -> None:
    posted = form_of(office, now) | {"n-UB-01": "hai nghìn"}
    answer = factories.client_of(office.clerk).post(office.url("reports-entry"), posted)
    assert answer.status_code == 422
    assert 'value="hai nghìn"' in answer.content.decode()
    assert "UB-03" in Submission.objects.get().draft
    assert not Revision.objects.exists()


def test_autosave_answers_the_new_version_and_keeps_the_figures(office: Office) -> None:
    body = {"values": {"UB-01": {"n": 2493, "d": 2889, "est": True, "note": "Ước đến 16:00"}}, "base_version": 0}
    answer = factories.client_of(office.clerk).post(
        office.url("reports-autosave"), json.dumps(body), content_type="application/json"
    )
    assert answer.json() == {"version": 1, "saved_at": "14:00"}
    saved = Submission.objects.get().draft["UB-01"]
    assert (saved["n"], saved["d"], saved["est"], saved["note"]) == (2493, 2889, True, "Ước đến 16:00")


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"values": 3, "base_version": 0}', '{"values": {"UB-01": 3}, "base_version": 0}']
)
def test_a_broken_autosave_is_answered_400_with_words(office: Office, body: str) -> None:
    answer = factories.client_of(office.clerk).post(
        office.url("reports-autosave"), body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "Đề nghị tải lại trang" in answer.json()["message"]


@pytest.mark.parametrize(
    "value", [{"n": -1, "d": 3}, {"n": 1.5, "d": 3}, {"n": "7", "d": 3}, {"n": True, "d": 3}, {"n": 10**14, "d": 3}]
)
def test_an_impossible_figure_is_an_error_at_its_field(office: Office, value: dict[str, Any]) -> None:
    body = {"values": {"UB-01": value, "UB-03": {"n": 9, "d": 10}}, "base_version": 0}
    answer = factories.client_of(office.clerk).post(
        office.url("reports-autosave"), json.dumps(body), content_type="application/json"
    )
    assert "n" in answer.json()["errors"]["UB-01"]
    assert list(Submission.objects.get().draft) == ["UB-03"]


def test_a_clash_of_two_clerks_is_answered_409(office: Office) -> None:
    other = factories.person("clerk", "99001-UB")
    for user, n, status in ((office.clerk, 10, 200), (other, 20, 409)):
        body = {"values": {"UB-01": {"n": n, "d": 30}}, "base_version": 0}
        answer = factories.client_of(user).post(
            office.url("reports-autosave"), json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == status


def test_the_approver_approves_in_two_taps(office: Office, now: datetime) -> None:
    sent = office.send(now)
    client = factories.client_of(office.approver)
    page = client.get(reverse("reports-approve", args=[sent.pk]))
    assert CAPACITY in page.content.decode()
    client.post(reverse("reports-approve", args=[sent.pk]), {"revision": "1", "capacity": CAPACITY})
    sent.refresh_from_db()
    assert sent.state == "APPROVED"


def test_approving_with_a_capacity_one_does_not_have_is_403(office: Office, now: datetime) -> None:
    sent = office.send(now)
    answer = factories.client_of(office.approver).post(
        reverse("reports-approve", args=[sent.pk]), {"revision": "1", "capacity": "Chủ tịch HĐND"}
    )
    assert answer.status_code == 403
    sent.refresh_from_db()
    assert sent.state == "SUBMITTED"


def test_the_reason_of_a_return_stands_at_the_clerks_sheet(office: Office, now: datetime) -> None:
    sent = office.send(now)
    factories.client_of(office.approver).post(
        reverse("reports-return", args=[sent.pk]), {"reason-UB-01": "Chưa khớp hệ thống một cửa", "capacity": CAPACITY}
    )
    page = factories.client_of(office.clerk).get(office.url("reports-entry"))
    assert "Chưa khớp hệ thống một cửa" in page.content.decode()


def test_the_standing_office_receives_but_never_approves(office: Office, now: datetime) -> None:
    sent = office.send(now)
    standing = factories.person("consolidator", "00", capacity="Chuyên viên Văn phòng Tỉnh ủy")
    client = factories.client_of(standing)
    assert (
        client.post(reverse("reports-approve", args=[sent.pk]), {"revision": "1", "capacity": CAPACITY}).status_code
        == 403
    )
    factories.client_of(office.approver).post(
        reverse("reports-approve", args=[sent.pk]), {"revision": "1", "capacity": CAPACITY}
    )
    client.post(reverse("reports-receive", args=[sent.pk]))
    sent.refresh_from_db()
    assert sent.state == "RECEIVED"


def test_asking_for_review_leaves_the_report_as_it_is(office: Office, now: datetime) -> None:
    sent = office.send(now, provisional=True)
    standing = factories.person("consolidator", "00")
    factories.client_of(standing).post(
        reverse("reports-ask-review", args=[sent.pk]), {"reason": "Đề nghị xem lại UB-01"}
    )
    sent.refresh_from_db()
    assert sent.state == "PROVISIONAL"
    assert "Đề nghị xem lại UB-01" in sent.return_reasons["*"]


def test_a_provider_gives_figures_by_link_and_they_land_under_his_name(office: Office, now: datetime) -> None:
    clerk = factories.client_of(office.clerk)
    asked = clerk.post(
        office.url("reports-ask"),
        {"provider": "Trung tâm Phục vụ hành chính công", "due_time": "15:00", "codes": ["UB-01"]},
    )
    link = asked.content.decode().split("/cung-cap/")[1].split("/")[0]
    phone = Client()
    page = phone.get(reverse("provide", args=[link]))
    assert "UB-01" in page.content.decode()
    assert "UB-03" not in page.content.decode()
    phone.post(reverse("provide", args=[link]), {"n-UB-01": "2.493", "d-UB-01": "2.889", "given_by": "Vũ Thị Mẫu Hoa"})
    clerk.post(reverse("reports-use", args=[FigureRequest.objects.get().pk]), {"base_version": "0"})
    value = Submission.objects.get().draft["UB-01"]
    assert (value["n"], value["pv"]) == (2493, "Vũ Thị Mẫu Hoa (Trung tâm Phục vụ hành chính công)")


def test_a_providers_link_dies_with_the_closing(office: Office, now: datetime) -> None:
    _, token = requests.ask_figures(
        of_round=office.round, unit=office.nation.unit("99001-UB"), provider="Công an xã", codes=["UB-01"],
        due_at=now, by=office.clerk, at=now,
    )  # fmt: skip
    with pytest.raises(requests.RequestInvalid):
        requests.request_by_token(token, at=now + timedelta(hours=2))


def test_the_national_sheet_can_be_ticked_once(office: Office) -> None:
    client = factories.client_of(office.clerk)
    for _ in range(2):
        client.post(office.url("reports-national"))
    assert NationalSheetEntry.objects.count() == 1
    assert (
        "Đã nhập Hệ thống 57 lúc 14:00 ngày 20/11/2026" in client.get(office.url("reports-national")).content.decode()
    )


def test_evidence_is_a_file_or_a_link_behind_the_figure(office: Office) -> None:
    client = factories.client_of(office.clerk)
    base = {"indicator_code": "UB-01", "label": "Bản chụp hệ thống", "not_secret": "on"}
    both = client.post(office.url("reports-attach"), base)
    assert both.status_code == 422
    client.post(office.url("reports-attach"), base | {"link": "https://mau.example/anh"})
    upload = SimpleUploadedFile("ghi-chu.txt", "Số liệu lúc 14 giờ".encode())
    client.post(office.url("reports-attach"), base | {"file": upload})
    assert Evidence.objects.count() == 2
    kept = Evidence.objects.exclude(file=None).get()
    body = b"".join(client.get(reverse("reports-evidence-file", args=[kept.pk])).streaming_content)  # type: ignore[attr-defined]
    assert body.decode() == "Số liệu lúc 14 giờ"


def test_boards_name_programme_phase_target_date_closing_and_approved_share(office: Office, now: datetime) -> None:
    office.send(now)
    leader = factories.person("leader", "00")
    for name, args in (
        ("boards-province", ["00"]),
        ("boards-commune", ["99001"]),
        ("boards-cell", ["99001-UB", "UB-01"]),
    ):
        text = factories.client_of(leader).get(reverse(name, args=args)).content.decode()
        for part in ("Nghị quyết 57", "Giai đoạn năm 2026", "31/12/2026", "Số liệu chốt", "báo cáo khối"):
            assert part in text, (name, part)


def test_the_nation_shows_hoang_sa_and_truong_sa_always(office: Office) -> None:
    text = factories.client_of(factories.person("leader", "VN")).get(reverse("boards-nation")).content.decode()
    assert "Đặc khu Hoàng Sa (TP Đà Nẵng)" in text
    assert "Đặc khu Trường Sa (Khánh Hòa)" in text


def test_a_clerk_of_another_block_does_not_see_live_figures_of_this_block(office: Office, now: datetime) -> None:
    office.send(now)
    party = factories.person("clerk", "99001-DU")
    text = factories.client_of(party).get(reverse("boards-commune", args=["99001"])).content.decode()
    assert "86,29%" not in text


def test_restricted_member_figures_are_hidden_from_the_department(office: Office, now: datetime) -> None:
    day.send(office.round, office.nation.unit("99001-DU"), office.clerk, now)
    department = factories.person("owner", "00-UB")
    client = factories.client_of(department)
    assert client.get(reverse("boards-cell", args=["99001-DU", "DU-01"])).status_code == 403
    assert "DU-01" not in client.get(reverse("boards-commune", args=["99001"])).content.decode()


def test_an_unreadable_moment_says_how_to_write_it(office: Office) -> None:
    leader = factories.client_of(factories.person("leader", "00"))
    text = leader.get(reverse("boards-province", args=["00"]), {"ngay": "hôm qua"}).content.decode()
    assert "Chưa đọc được thời điểm" in text


def test_a_board_of_the_past_says_so_and_leads_back(office: Office, now: datetime) -> None:
    leader = factories.client_of(factories.person("leader", "00"))
    text = leader.get(reverse("boards-commune", args=["99001"]), {"ngay": "19/11/2026"}).content.decode()
    assert "Đang xem tại thời điểm đã chọn" in text


def test_the_dictionary_is_searched_without_diacritics(office: Office) -> None:
    text = factories.client_of(office.clerk).get(reverse("dictionary"), {"tim": "ho so truc tuyen"}).content.decode()
    assert "UB-01" in text or "UB-02" in text
    assert "DU-01" not in text


def test_a_question_on_an_indicator_is_answered_once_for_all(office: Office) -> None:
    owner = factories.person("owner", "00-UB", capacity="Chuyên viên Sở KH&CN")
    factories.client_of(office.clerk).post(
        reverse("dictionary-ask", args=["UB-01"]), {"question": "Có tính hồ sơ bưu chính không?"}
    )
    from xanh.indicators.models import IndicatorQuestion

    asked = IndicatorQuestion.objects.get()
    url = reverse("dictionary-answer", args=["UB-01", asked.pk])
    assert factories.client_of(office.clerk).post(url, {"answer": "Có."}).status_code == 403
    factories.client_of(owner).post(url, {"answer": "Có, tính vào mẫu số."})
    other = factories.person("clerk", "98001-UB")
    assert (
        "Có, tính vào mẫu số."
        in factories.client_of(other).get(reverse("dictionary-indicator", args=["UB-01"])).content.decode()
    )


def test_the_start_page_tells_each_person_what_to_do(office: Office, now: datetime) -> None:
    clerk = factories.client_of(office.clerk).get(reverse("today")).content.decode()
    assert "Báo cáo gửi hôm nay" in clerk
    assert "còn 2 giờ 00 phút đến giờ chốt 16:00" in clerk
    office.send(now)
    approver = factories.client_of(office.approver).get(reverse("today")).content.decode()
    assert "Chờ đồng chí duyệt (1)" in approver
    leader = factories.client_of(factories.person("leader", "99001")).get(reverse("today")).content.decode()
    assert "Chép đoạn tóm tắt" in leader
    standing = factories.client_of(factories.person("consolidator", "00")).get(reverse("today")).content.decode()
    assert "Xem đơn vị chưa gửi" in standing


def test_excusing_a_block_needs_a_reason(office: Office) -> None:
    standing = factories.client_of(factories.person("consolidator", "00"))
    standing.post(office.url("reports-excuse"), {"reason": ""})
    from xanh.reporting.models import Excuse

    assert not Excuse.objects.exists()
    standing.post(office.url("reports-excuse"), {"reason": "Đứt đường truyền do bão"})
    assert Excuse.objects.get().reason == "Đứt đường truyền do bão"


def test_the_national_systems_value_is_noted_for_comparison_only(office: Office, now: datetime) -> None:
    office.send(now)
    client = factories.client_of(office.clerk)
    url = reverse("boards-national", args=["99001-UB", "UB-01"])
    assert client.post(url, {"value": "rất cao", "seen_on": "19/11/2026"}).status_code == 422
    client.post(url, {"value": "85,1%", "seen_on": "19/11/2026"})
    text = client.get(reverse("boards-cell", args=["99001-UB", "UB-01"])).content.decode()
    # 100 × 2493/2889 = 86,29 %, so the difference is 1,19 points.
    assert "85,10% (xem ngày 19/11/2026, Lê Thị Mẫu An ghi); chênh 1,19 điểm" in text
    assert factories.client_of(office.approver).post(url, {"value": "85", "seen_on": "19/11/2026"}).status_code == 403


def test_a_communes_own_office_sees_and_counts_its_own_blocks_only(office: Office) -> None:
    own = factories.client_of(factories.person("consolidator", "99001"))
    text = own.get(reverse("reports-sending", args=["00"])).content.decode()
    assert "Đã gửi 0/4 báo cáo khối" in text
    assert "Hưng Mẫu" not in text

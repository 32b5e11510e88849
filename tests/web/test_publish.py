"""The pages of publishing: who may, what the preview says, files, the one letter of a round."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date, datetime, timedelta
from html import unescape

import docx
import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.publishing.conftest import Office, office
from xanh.assessment import actions as assessment
from xanh.events.models import Event
from xanh.kit import clock
from xanh.publishing import reports
from xanh.publishing.content import SourceKind, blocks_of, figures_of
from xanh.publishing.models import Letter, PublishedReport, ReportText

__all__ = ["office"]

MONTH = ["99001", "2026-11"]
LETTER = ["NQ57-NGAY", "2026-11-20", "00"]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))


def words_of(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def words_in_file(written: bytes) -> str:
    body = docx.Document(io.BytesIO(written)).element.body
    return " ".join("".join(piece.text or "" for piece in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))


def test_every_figure_of_the_file_stands_on_the_page_and_in_the_annex_of_sources(office: Office) -> None:
    client = factories.client_of(office.secretary)
    page = client.get(reverse("publish-report", args=MONTH))
    written = client.post(reverse("publish-docx", args=MONTH))
    on_page, in_file = words_of(page.content), words_in_file(written.getvalue())
    content = reports.build(office.scope(), office.viewer, is_sample=False)
    sources = [row for block in content.annexes[-1].blocks for row in getattr(block, "rows", ())]
    told = {row.cells[2][0].text for row in sources if len(row.cells) == 7}
    counted = {row.cells[0][0].text for row in sources if len(row.cells) == 2}
    stated = [run for run in figures_of(blocks_of(content)) if run.source]
    assert len(stated) > 100
    for run in stated:
        assert run.text in on_page
        assert run.text in in_file
        if run.source.kind is SourceKind.CELL:
            assert any(run.text in value for value in told), run.text
        elif run.source.kind in (SourceKind.BLOCKS, SourceKind.TASKS):
            assert run.text in counted


def test_each_figure_of_the_page_leads_to_its_cell(office: Office) -> None:
    client = factories.client_of(office.secretary)
    page = client.get(reverse("publish-report", args=MONTH)).content.decode()
    cell = reverse("boards-cell", args=["99001-UB", "UB-01"])
    assert f'<a href="{cell}">86,29%</a>' in page
    assert f'<a href="{cell}">2.493/2.889</a>' in page
    assert client.get(cell).status_code == 200


def test_the_page_warns_of_provisional_blocks_and_missing_figures_by_name(office: Office) -> None:
    page = words_of(factories.client_of(office.secretary).get(reverse("publish-report", args=MONTH)).content)
    assert "1 báo cáo khối là số tạm tính, chờ duyệt" in page
    assert "DU-02 Tỷ lệ đảng viên sử dụng Sổ tay đảng viên điện tử trong tháng" in page


def test_what_a_unit_wrote_is_shown_as_words_not_as_markup(office: Office) -> None:
    page = factories.client_of(office.secretary).get(reverse("publish-report", args=MONTH)).content.decode()
    assert "điện thoại thông minh &lt;b&gt;" in page


def test_a_published_file_is_kept_and_told_in_the_trail(office: Office) -> None:
    client = factories.client_of(office.secretary)
    answer = client.post(reverse("publish-docx", args=MONTH))
    written = answer.getvalue()
    made = PublishedReport.objects.get()
    assert answer["Content-Disposition"].endswith('filename="bao-cao-99001-2026-11-party.docx"')
    assert (made.unit_id, made.period_code, made.made_label) == ("99001", "2026-11", "Phạm Thị Mẫu Em")
    assert Event.objects.filter(kind="report.published", unit_code="99001").count() == 1
    again = client.get(reverse("publish-file", args=[made.pk])).getvalue()
    assert again == written
    assert hashlib.sha256(again).hexdigest() == made.sha256


def test_texts_are_kept_and_the_next_period_starts_from_them(office: Office) -> None:
    client = factories.client_of(office.secretary)
    posted = {"DIFFICULTIES": "Đường truyền yếu tại 02 thôn.", "PROPOSALS": ""}
    client.post(reverse("publish-texts", args=["99001", "2026-W46"]), posted)
    assert ReportText.objects.filter(unit="99001", period_code="2026-W46").count() == 2
    page = words_of(client.get(reverse("publish-report", args=["99001", "2026-W47"])).content)
    assert "Đường truyền yếu tại 02 thôn." in page
    assert "lấy từ kỳ trước" in page


def test_the_chosen_form_leads_to_the_report_of_the_week(office: Office) -> None:
    client = factories.client_of(office.secretary)
    assert client.get(reverse("publish")).status_code == 200
    asked = {"mau": "PARTY", "don_vi": "99001", "loai_ky": "WEEKLY", "ngay": "20/11/2026"}
    answer = client.get(reverse("publish"), asked)
    assert answer["Location"] == reverse("publish-report", args=["99001", "2026-W47"]) + "?mau=PARTY"
    span = asked | {"loai_ky": "AD_HOC", "den_ngay": "01/11/2026"}
    assert "không trước ngày đầu" in client.get(reverse("publish"), span).content.decode()


def test_a_file_with_restricted_figures_opens_only_for_those_who_may_see_them(office: Office) -> None:
    factories.client_of(office.secretary).post(reverse("publish-docx", args=MONTH))
    made = PublishedReport.objects.get()
    assert made.circulation == "restricted"
    owner = factories.client_of(factories.person("owner", "00"))
    assert owner.get(reverse("publish-report", args=MONTH)).status_code == 200
    assert owner.get(reverse("publish-file", args=[made.pk])).status_code == 403
    stranger = factories.client_of(factories.person("leader", "98001"))
    assert stranger.get(reverse("publish-file", args=[made.pk])).status_code == 404


def test_a_span_of_days_and_a_block_have_reports_too(office: Office) -> None:
    client = factories.client_of(office.secretary)
    span = client.get(reverse("publish-report", args=["99001", "2026-11-16..2026-11-20"]))
    assert "từ ngày 16/11/2026 đến ngày 20/11/2026" in words_of(span.content)
    block = client.get(reverse("publish-report", args=["99001-UB", "2026-11"]), {"mau": "PARTY"})
    assert "Ủy ban nhân dân xã Tân Mẫu báo cáo kết quả" in words_of(block.content)


@pytest.mark.parametrize("period", ["2026-13", "hom-nay"])
def test_a_period_that_does_not_exist_is_not_found(office: Office, period: str) -> None:
    client = factories.client_of(office.secretary)
    assert client.get(reverse("publish-report", args=["99001", period])).status_code == 404


def test_a_period_that_has_not_begun_is_refused_with_its_reason(office: Office) -> None:
    client = factories.client_of(office.secretary)
    answer = client.get(reverse("publish-report", args=["99001", "2027-01"]), follow=True)
    assert "chưa bắt đầu" in answer.content.decode()


def test_a_stranger_finds_no_report(office: Office) -> None:
    stranger = factories.client_of(factories.person("leader", "98001"))
    assert stranger.get(reverse("publish-report", args=MONTH)).status_code == 404
    assert stranger.post(reverse("publish-docx", args=MONTH)).status_code == 404


def test_a_clerk_of_one_block_may_not_publish_for_the_commune(office: Office) -> None:
    clerk = factories.client_of(factories.person("clerk", "99001-UB"))
    assert clerk.get(reverse("publish-report", args=MONTH)).status_code == 403
    assert clerk.post(reverse("publish-docx", args=["99001-UB", "2026-11"])).status_code == 403


def test_who_is_signed_out_is_sent_to_sign_in(office: Office) -> None:
    assert Client().get(reverse("publish")).status_code == 302


def _close(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assessment.close(round_id=office.round.pk, at=office.now + timedelta(hours=2))
    monkeypatch.setattr(clock, "now", lambda: office.now + timedelta(hours=3))


def test_one_letter_a_round_and_office_and_only_after_closing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.person("consolidator", "00-VPTU")
    client = factories.client_of(person)
    url = reverse("publish-letter", args=LETTER)
    client.post(url)
    assert not Letter.objects.exists()
    assert "chưa chốt" in client.get(url).content.decode()
    _close(office, monkeypatch)
    client.post(url)
    client.post(url)
    letter = Letter.objects.get()
    assert (letter.office_code, letter.names_all) == ("VPTU", False)
    assert letter.missing == [
        {"commune": "99002", "blocks": ["party", "council", "front"]},
        {"commune": "99020", "blocks": ["party", "front"]},
    ]
    assert Event.objects.filter(kind="letter.drafted").count() == 1
    file = words_in_file(client.get(reverse("publish-letter-file", args=[letter.pk])).getvalue())
    assert (
        "Đến 17 giờ 00 ngày 20/11/2026 chưa nhận được báo cáo ngày 20/11/2026 khối Đảng ủy, khối HĐND, khối MTTQ"
        in file
    )
    assert "Đề nghị đồng chí kiểm tra." in file


def test_a_letter_needs_the_right_to_urge(office: Office) -> None:
    url = reverse("publish-letter", args=LETTER)
    assert factories.client_of(factories.person("leader", "00")).get(url).status_code == 403
    assert factories.client_of(factories.person("consolidator", "09")).get(url).status_code == 404

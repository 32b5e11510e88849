"""Screens of tasks: the list with its boxes, the page of one task, every act and its rights."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.tasks.cases import Work, make_work
from xanh.core import dates
from xanh.kit import clock
from xanh.kit.models import StoredFile
from xanh.tasks import actions
from xanh.tasks.models import Task, TaskEvidence

LIST = reverse("tasks")


@pytest.fixture
def work(db: None) -> Work:
    return make_work()


def said(response: HttpResponse) -> str:
    """The words of a page without tags, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def url(name: str, task: Task) -> str:
    return reverse(f"tasks-{name}", args=[task.pk])


def later(days: int) -> str:
    return dates.format_date(date(2030, 1, 1) + timedelta(days=days))


def test_the_list_shows_four_boxes_with_their_denominator_and_each_leads_to_its_tasks(work: Work) -> None:
    client = factories.client_of(work.giver)
    response = client.get(LIST)
    page = said(response)
    assert "Tính trên 4 nhiệm vụ đã giao cho đơn vị, không tính nhiệm vụ đã kết thúc theo dõi" in page
    for words in ("hoàn thành đúng hạn", "hoàn thành quá hạn", "đang thực hiện trong hạn", "quá hạn chưa hoàn thành"):
        assert words in page
    addresses = re.findall(r'class="boxes-item" href="([^"]+)"', response.content.decode())
    assert addresses == [
        f"{LIST}?trang_thai={part}"
        for part in ("hoan-thanh-dung-han", "hoan-thanh-qua-han", "dang-thuc-hien", "qua-han")
    ]
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_filter_is_an_address_that_opens_again(work: Work) -> None:
    client = factories.client_of(work.giver)
    page = said(client.get(LIST, {"don_vi": "99001", "van_ban": str(work.directive.pk), "chuong_trinh": "NQ57"}))
    assert "Tính trên 1 nhiệm vụ đã giao cho đơn vị theo bộ lọc" in page
    for grouping in ("don_vi", "van_ban", "chuong_trinh"):
        assert "Tổng số" in said(client.get(LIST, {"nhom": grouping}))
    assert client.get(LIST, {"trang_thai": "sai", "van_ban": "sai", "nhom": "sai"}).status_code == 200


def test_a_search_without_result_says_what_to_do(work: Work) -> None:
    page = said(factories.client_of(work.giver).get(LIST, {"tu_khoa": "không có việc này"}))
    assert "Không có nhiệm vụ nào khớp bộ lọc. Đề nghị bỏ bớt điều kiện lọc." in page


def test_an_empty_list_says_where_tasks_come_from(nation: factories.Nation) -> None:
    client = factories.client_of(factories.person("clerk", "99001-UB"))
    assert "Nhiệm vụ hiện ở đây khi một văn bản được rà soát và đưa lên hệ thống." in said(client.get(LIST))


def test_the_page_tells_sentence_dots_and_story(work: Work) -> None:
    page = said(factories.client_of(work.worker).get(url("page", work.commune)))
    for words in ("rõ người", "rõ sản phẩm", work.commune.quote, "Diễn biến", "Giao nhiệm vụ", "Báo cáo hoàn thành"):
        assert words in page
    assert "Xác nhận hoàn thành" not in page
    common = said(factories.client_of(work.giver).get(url("page", work.parent)))
    assert "Tình hình của 3 đơn vị" in common
    assert "Kết thúc theo dõi theo văn bản số" in common
    assert "hủy" not in common.lower()


def test_a_task_goes_from_progress_to_confirmed(work: Work) -> None:
    worker, judge = factories.client_of(work.worker), factories.client_of(work.judge)
    assert worker.post(url("progress", work.commune), {"note": "Có dự thảo", "progress_pct": "60"}).status_code == 302
    assert worker.post(url("done", work.commune), {"note": "Đã ban hành"}).status_code == 302
    assert judge.post(url("return", work.commune), {"reason": "Thiếu phụ lục"}).status_code == 302
    assert worker.post(url("done", work.commune), {"note": "Đã bổ sung"}).status_code == 302
    assert worker.post(url("withdraw", work.commune)).status_code == 302
    assert worker.post(url("done", work.commune), {"note": "Đã bổ sung"}).status_code == 302
    assert "Đơn vị chủ trì đã báo cáo hoàn thành" in said(judge.get(url("page", work.commune)))
    assert judge.post(url("accept", work.commune)).status_code == 302
    work.commune.refresh_from_db()
    assert work.commune.state == "ACCEPTED"
    assert judge.post(url("reopen", work.commune), {"reopen-reason": "Kết luận mới"}).status_code == 302
    work.commune.refresh_from_db()
    assert work.commune.state == "RUNNING"


def test_a_refused_act_says_why_on_the_page_and_keeps_what_was_typed(work: Work) -> None:
    worker, judge = factories.client_of(work.worker), factories.client_of(work.judge)
    empty = worker.post(url("progress", work.commune), {"note": "", "progress_pct": "140"})
    assert empty.status_code == 422
    assert "Đề nghị ghi kết quả đến nay" in said(empty)
    assert 'value="140"' in empty.content.decode()
    assert re.search(r'<details class="panel no-print" open>\s*<summary>Cập nhật tiến độ', empty.content.decode())
    early = judge.post(url("accept", work.commune))
    assert early.status_code == 422
    assert "Không thể xác nhận hoàn thành khi nhiệm vụ đang thực hiện" in said(early)
    actions.report_done(code=work.commune.pk, note="Xong", by=work.judge, at=clock.now())
    assert "Người báo cáo hoàn thành không được tự xác nhận" in said(judge.post(url("accept", work.commune)))


def test_an_extension_is_asked_and_granted_on_the_page(work: Work) -> None:
    worker, judge = factories.client_of(work.worker), factories.client_of(work.judge)
    asked = {"due_on": later(0), "reason": "Chờ hướng dẫn", "is_objective": "on"}
    assert worker.post(url("extension-ask", work.commune), asked).status_code == 302
    assert "nguyên nhân khách quan" in said(judge.get(url("page", work.commune)))
    undecided = judge.post(url("extension-decide", work.commune), {"decision": "grant", "due_on": "", "authority": ""})
    assert "Đề nghị ghi thời hạn mới." in said(undecided)
    assert "Đề nghị ghi cấp có thẩm quyền" in said(undecided)
    unexplained = judge.post(url("extension-decide", work.commune), {"decision": "refuse"})
    assert "Đề nghị ghi lý do giữ nguyên" in said(unexplained)
    granted = {"decision": "grant", "due_on": later(0), "authority": "Trưởng Ban Chỉ đạo tỉnh"}
    assert judge.post(url("extension-decide", work.commune), granted).status_code == 302
    assert judge.post(url("extension-decide", work.commune), granted).status_code == 422
    adjusted = {"due_on": later(9), "authority": "12-TB/BCĐ", "reason": "Chung"}
    assert judge.post(url("adjust", work.commune), adjusted).status_code == 302
    assert worker.post(url("extension-ask", work.commune), {**asked, "due_on": later(20)}).status_code == 302
    refused = {"decision": "refuse", "answer": "Việc gấp"}
    assert judge.post(url("extension-decide", work.commune), refused).status_code == 302
    work.commune.refresh_from_db()
    assert work.commune.due_on == date(2030, 1, 10)


def test_the_assigner_changes_and_ends_by_a_document_only(work: Work) -> None:
    judge = factories.client_of(work.judge)
    assert judge.post(url("change", work.parent), {"content": "Việc mới", "ground": ""}).status_code == 422
    changed = {"content": "Việc mới", "product": "kế hoạch", "due_on": later(5), "ground": "13-TB/BCĐ"}
    assert judge.post(url("change", work.parent), changed).status_code == 302
    work.commune.refresh_from_db()
    assert (work.commune.content, work.commune.due_on) == ("Việc mới", date(2030, 1, 6))
    assert "Chỉ kết thúc theo dõi theo một văn bản" in said(judge.post(url("end", work.parent), {"document": ""}))
    assert judge.post(url("end", work.parent), {"document": "14-TB/BCĐ ngày 01/12/2026"}).status_code == 302
    assert set(Task.objects.filter(parent=work.parent).values_list("state", flat=True)) == {"ENDED"}


def test_the_lead_fills_in_what_is_not_clear(work: Work) -> None:
    worker = factories.client_of(work.worker)
    assert "Chưa có nội dung nào được bổ sung" in said(worker.post(url("clarify", work.commune), {}))
    assert worker.post(url("clarify", work.commune), {"due_on": later(0)}).status_code == 422
    assert worker.post(url("clarify", work.commune), {"person": "Lê Thị Xã"}).status_code == 302
    assert "Lê Thị Xã" in said(worker.get(url("page", work.commune)))


def test_evidence_is_attached_and_downloaded_by_those_who_see_the_task(work: Work) -> None:
    worker = factories.client_of(work.worker)
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 64
    file = SimpleUploadedFile("anh.png", png)
    assert worker.post(url("attach", work.commune), {"file": file, "not_secret": "on"}).status_code == 302
    kept = TaskEvidence.objects.get()
    address = reverse("tasks-evidence", args=[work.commune.pk, kept.pk])
    assert factories.client_of(work.giver).get(address).content == png
    neighbour = factories.client_of(factories.person("clerk", "99002-UB"))
    assert neighbour.get(address).status_code == 404
    assert worker.post(url("attach", work.commune), {"link": "https://tanmau.example/kh"}).status_code == 302
    link = TaskEvidence.objects.get(file=None)
    assert worker.get(reverse("tasks-evidence", args=[work.commune.pk, link.pk])).status_code == 404
    assert worker.get(reverse("tasks-evidence", args=[work.commune.pk, 9999])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "tick", "words"),
    [
        ("anh.png", b"MZ" + b"0" * 64, "on", "Tệp minh chứng không đúng loại"),
        ("rong.txt", b"", "on", "trống"),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + b"1" * 64, "", "Cần xác nhận tài liệu không thuộc bí mật nhà nước"),
        ("mat.txt", "TỈNH ỦY\n*\nMẬT\n\nSố 01-BC/TU\n".encode(), "on", "dấu hiệu là bí mật nhà nước"),
    ],
)
def test_refused_evidence_leaves_nothing_behind(work: Work, name: str, content: bytes, tick: str, words: str) -> None:
    before = StoredFile.objects.count()
    posted = {"file": SimpleUploadedFile(name, content), **({"not_secret": tick} if tick else {})}
    response = factories.client_of(work.worker).post(url("attach", work.commune), posted)
    assert response.status_code == 422
    assert words in said(response)
    assert (StoredFile.objects.count(), TaskEvidence.objects.count()) == (before, 0)


UPDATES = ("progress", "attach", "clarify", "done", "withdraw", "extension-ask")
JUDGEMENTS = ("accept", "return", "extension-decide", "adjust", "change", "end", "reopen")


def test_signed_out_people_are_sent_to_sign_in(work: Work) -> None:
    for name in (*UPDATES, *JUDGEMENTS):
        response = Client().post(url(name, work.commune))
        assert response.url.startswith(reverse("account_login")), name
    for address in (LIST, url("page", work.commune), reverse("tasks-evidence", args=[work.commune.pk, 1])):
        assert Client().get(address).status_code == 302


def test_a_stranger_finds_nothing(work: Work) -> None:
    stranger = factories.client_of(factories.person("leader", "99002"))
    assert stranger.get(url("page", work.commune)).status_code == 404
    for name in (*UPDATES, *JUDGEMENTS):
        assert stranger.post(url(name, work.commune)).status_code == 404, name
    assert stranger.get(reverse("tasks-page", args=["không-có"])).status_code == 404


def test_a_wrong_role_is_refused(work: Work) -> None:
    worker, giver = factories.client_of(work.worker), factories.client_of(work.giver)
    for name in JUDGEMENTS:
        assert worker.post(url(name, work.commune)).status_code == 403, name
    for name in UPDATES:
        assert giver.post(url(name, work.commune)).status_code == 403, name
    admin = factories.client_of(factories.person("unit_admin", "99001"))
    assert admin.get(url("page", work.commune)).status_code == 403

"""The whole loop in a real browser on Tỉnh Mẫu: a document comes in and binds, a commune reports, the round closes, the
boards show it, and the report written from the boards says the same figures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import documents, served
from tests.browser.served import Served

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Tân Mẫu's committee has typed ten of its twelve figures of the day; this one is among the two that are left.
OVERDUE_FILES = "UB-04"


@pytest.fixture
def desk(page: Page, tinh_mau: Served) -> Iterator[Page]:
    """A clerk's desk; a script that fails or is refused fails the test."""
    page.set_default_timeout(10_000)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield page
    assert refused == []


def test_the_loop_from_a_document_to_a_report_on_the_same_figures(desk: Page, tinh_mau: Served, tmp_path: Path) -> None:
    tinh_mau.set_clock(served.AFTERNOON)
    achieved = _achieved_in_tan_mau(desk, tinh_mau)
    _upload_as_word(desk, tinh_mau)
    _review_by_keys(desk)
    _put_into_force(desk, tinh_mau)
    _task_page_shows_its_document(desk)
    receipt = _report_by_keys(desk, tinh_mau)
    _approve_by_keys(desk, tinh_mau, receipt)
    _close(tinh_mau)
    _boards_show_the_closing(desk, tinh_mau, achieved=achieved - 1)
    _report_says_the_same(desk, tinh_mau, tmp_path, achieved=achieved - 1)


def test_the_same_document_as_plain_text_is_recognised(desk: Page, tinh_mau: Served) -> None:
    tinh_mau.sign_in(desk, served.SPECIALIST)
    text = documents.NOTICE.replace(documents.SYMBOL, "18-TB/BCĐ").encode()
    _send_file(desk, tinh_mau, name="18-TB-BCD.txt", kind="text/plain", content=text)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Rà soát nhiệm vụ từ văn bản")
    expect(desk.locator("#review-items p[role=status]")).to_contain_text("Còn 4 mục chưa rà soát")
    _send_file(desk, tinh_mau, name="18-TB-BCD.txt", kind="text/plain", content=text)
    expect(desk.locator("main")).to_contain_text("đã")
    expect(desk.get_by_role("heading", level=1)).not_to_have_text("Rà soát nhiệm vụ từ văn bản")


def _send_file(desk: Page, tinh_mau: Served, *, name: str, kind: str, content: bytes) -> None:
    desk.goto(f"{tinh_mau.url}/van-ban/tiep-nhan/")
    desk.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    desk.get_by_label("Tôi xác nhận tài liệu không thuộc bí mật nhà nước").check()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_load_state()


def _achieved_in_tan_mau(desk: Page, tinh_mau: Served) -> int:
    """How many indicators the province's board counts as achieved in xã Tân Mẫu."""
    tinh_mau.sign_in(desk, served.SPECIALIST)
    desk.goto(f"{tinh_mau.url}/bang-dieu-hanh/tinh/00/")
    line = desk.get_by_role("row").filter(has_text="Xã Tân Mẫu").inner_text()
    found = re.search(r"% \((\d+)/\d+\)", line)
    assert found, line
    return int(found.group(1))


def _upload_as_word(desk: Page, tinh_mau: Served) -> None:
    _send_file(desk, tinh_mau, name="17-TB-BCD.docx", kind=WORD, content=documents.as_word(documents.NOTICE))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Rà soát nhiệm vụ từ văn bản")


def _review_by_keys(desk: Page) -> None:
    """Two tasks and the duty are taken; the duty's sentence, read as a task too, is left out."""
    told = desk.locator("#review-items p[role=status]")
    current = desk.locator("[data-review] [data-current]")
    expect(told).to_contain_text("Còn 4 mục chưa rà soát")
    for pending in (3, 2, 1, 0):
        words = current.inner_text().lower()
        is_doubled = "nhiệm vụ" in words.split("\n")[0] and "hằng tuần" in words
        desk.keyboard.press("Delete" if is_doubled else "Control+Enter")
        expect(told).to_contain_text(f"Còn {pending} mục chưa rà soát")
    expect(told).to_contain_text("đã nhận 3 · đã bỏ 1")
    finish = desk.get_by_role("button", name="Hoàn thành rà soát, chuyển người thứ hai đưa lên hệ thống")
    finish.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("chờ người thứ hai xác nhận")


def _put_into_force(desk: Page, tinh_mau: Served) -> None:
    tinh_mau.sign_in(desk, served.HEAD_OF_OFFICE)
    desk.get_by_role("link", name=documents.SYMBOL).click()
    desk.get_by_role("link", name="Xem và đưa lên hệ thống").click()
    expect(desk.get_by_role("button", name=re.compile(r"^Đưa lên hệ thống 2 nhiệm vụ"))).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text(
        f"Đã đưa lên hệ thống 2 nhiệm vụ (2 đơn vị) theo số {documents.SYMBOL}"
    )


def _task_page_shows_its_document(desk: Page) -> None:
    desk.get_by_role("link", name="Nhiệm vụ của văn bản này").click()
    rows = desk.get_by_role("region", name="Danh sách nhiệm vụ").locator("tbody tr")
    expect(rows).to_have_count(2)
    desk.get_by_role("link", name=re.compile(documents.SECOND_TASK, re.IGNORECASE)).click()
    main = desk.locator("main")
    expect(main).to_contain_text("Văn phòng Tỉnh ủy")
    expect(main).to_contain_text("04/12/2026")
    expect(desk.locator("mark.current")).to_contain_text(documents.SECOND_TASK)


def _report_by_keys(desk: Page, tinh_mau: Served) -> str:
    """Of the two figures left one is typed, one is confirmed unchanged; the report is sent. Returns its code."""
    tinh_mau.sign_in(desk, served.CLERK)
    desk.get_by_role("link", name="Nhập tiếp").click()
    expect(desk.locator("[data-grid-state]")).to_contain_text("10/12")
    expect(desk.locator("[data-grid-count]")).to_have_text("2")
    desk.locator(f'tr[data-code="{OVERDUE_FILES}"] td[data-field="n"]').click(force=True)
    desk.keyboard.type("3")
    desk.keyboard.press("Enter")
    light = desk.locator(f'tr[data-code="{OVERDUE_FILES}"] td[data-field="light"]')
    expect(light).to_contain_text("Đỏ")
    expect(desk.locator("[data-grid-count]")).to_have_text("1")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-grid-state]")).to_contain_text("Đã lưu lúc")
    desk.get_by_role("button", name="Trình duyệt").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("Đã nhận lúc")
    code = re.search(r"mã ([0-9A-F]{4})", desk.locator("main").inner_text())
    assert code
    return code.group(1)


def _approve_by_keys(desk: Page, tinh_mau: Served, receipt: str) -> None:
    tinh_mau.sign_in(desk, served.APPROVER)
    desk.get_by_role("link", name="Ủy ban nhân dân xã Tân Mẫu, ngày 20/11/2026").click()
    expect(desk.locator("main")).to_contain_text(f"mã {receipt}")
    expect(desk.get_by_role("row").filter(has_text=OVERDUE_FILES)).to_contain_text("Đỏ")
    expect(desk.get_by_label("Phó Chủ tịch UBND")).to_be_checked()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text("Đã duyệt")


def _close(tinh_mau: Served) -> None:
    """The clock of the server passes 16:00 and makes one turn."""
    tinh_mau.set_clock(served.AFTER_CLOSING)
    turn = tinh_mau.running.command("clock", "--once")
    assert "'closed': 1" in turn, turn


def _boards_show_the_closing(desk: Page, tinh_mau: Served, *, achieved: int) -> None:
    tinh_mau.sign_in(desk, served.SPECIALIST)
    desk.goto(f"{tinh_mau.url}/bang-dieu-hanh/tinh/00/")
    expect(desk.locator("main")).to_contain_text("Số liệu chốt 16:00 ngày 20/11/2026")
    line = desk.get_by_role("row").filter(has_text="Xã Tân Mẫu")
    expect(line).to_contain_text(f"({achieved}/82)")
    line.get_by_role("link").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bảng điều hành xã Tân Mẫu")
    overdue = desk.get_by_role("row").filter(has_text=OVERDUE_FILES)
    expect(overdue).to_contain_text("Đỏ")
    expect(overdue).to_contain_text("20/11/2026")
    overdue.get_by_role("link").click()
    newest = desk.get_by_role("row").filter(has_text="20/11/2026").filter(has_text="thay đổi")
    expect(newest).to_contain_text("Phó Chủ tịch UBND")


def _report_says_the_same(desk: Page, tinh_mau: Served, tmp_path: Path, *, achieved: int) -> None:
    """The commune's report of the day, as a page and in Word, holds the figures of the closing."""
    desk.goto(f"{tinh_mau.url}/xuat-bao-cao/")
    desk.get_by_label("Đơn vị").select_option("Xã Tân Mẫu")
    desk.get_by_label("Kỳ báo cáo").select_option("Ngày")
    desk.get_by_label("Ngày trong kỳ").fill("20/11/2026")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Báo cáo ngày 20/11/2026, xã Tân Mẫu")
    expect(desk.get_by_role("row").filter(has_text=f"{OVERDUE_FILES} ").first).to_contain_text("■ Đỏ")
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="Tải tệp Word (DOCX)").click()
    kept = tmp_path / "bao-cao.docx"
    waiting.value.save_as(kept)
    written = docx.Document(io.BytesIO(kept.read_bytes()))
    said = " ".join(paragraph.text for paragraph in written.paragraphs)
    assert f"đã đạt {achieved}/82" in said
    assert "16 giờ 00 ngày 20/11/2026" in said
    rows = [[cell.text for cell in row.cells] for table in written.tables for row in table.rows]
    overdue = next(row for row in rows if any(cell.startswith(OVERDUE_FILES) for cell in row))
    assert "3" in overdue

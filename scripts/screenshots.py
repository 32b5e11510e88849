"""Takes the pictures of the guide from a real server with the sample nation: .venv/bin/python scripts/screenshots.py.

The story of the pictures is one day, Friday 20/11/2026, whatever the day on which they are taken. Needs Debian's
chromium, as the browser tests do. `--small` loads the sample province only and leaves the nation's board out.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import documents, served  # noqa: E402

PLACE = ROOT / "docs" / "guide" / "anh"
LIMIT = 150_000
DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
SHEET = "/bao-cao/NQ57-NGAY/2026-11-20/99001-UB/"


@dataclass(frozen=True)
class Camera:
    """Takes pictures of one page of the browser."""

    page: Page
    home: served.Served

    def as_(self, capacity: str, path: str = "/") -> None:
        """Sign in and open a page."""
        self.home.sign_in(self.page, capacity)
        self.go(path)

    def go(self, path: str) -> None:
        """Open a page in the same role."""
        self.page.goto(self.home.url + path)

    def take(self, name: str) -> None:
        """Keep what the window shows, in as many colours as fit the limit."""
        self.page.wait_for_load_state("networkidle")
        taken = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        # Few colours dull the red of a status, so a picture keeps as many as the limit allows.
        for colours in (None, 256, 128, 64):
            kept = io.BytesIO()
            drawn = taken if colours is None else taken.quantize(colours, dither=Image.Dither.NONE)
            drawn.save(kept, "PNG", optimize=True)
            if kept.tell() <= LIMIT:
                break
        (PLACE / f"{name}.png").write_bytes(kept.getvalue())
        print(f"{name}.png  {kept.tell() // 1000} kB")


def _upload(camera: Camera) -> None:
    page = camera.page
    camera.as_(served.SPECIALIST, "/van-ban/tiep-nhan/")
    page.locator("input[type=file]").set_input_files(
        {"name": "17-TB-BCD.docx", "mimeType": "", "buffer": documents.as_word(documents.NOTICE)}
    )
    page.get_by_label("Tôi xác nhận tài liệu không thuộc bí mật nhà nước").check()
    camera.take("tiep-nhan-van-ban")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rà soát nhiệm vụ từ văn bản")


def _review(camera: Camera) -> None:
    page = camera.page
    told = page.locator("#review-items p[role=status]")
    camera.take("ra-soat-van-ban")
    for pending in (3, 2, 1, 0):
        words = page.locator("[data-review] [data-current]").inner_text().lower()
        doubled = "nhiệm vụ" in words.split("\n")[0] and "hằng tuần" in words
        page.keyboard.press("Delete" if doubled else "Control+Enter")
        expect(told).to_contain_text(f"Còn {pending} mục chưa rà soát")
    page.get_by_role("button", name="Hoàn thành rà soát").click()
    page.wait_for_load_state()


def documents_of_the_day(camera: Camera) -> None:
    """A document comes in, is reviewed, is put into force by a second person, and becomes tasks."""
    page = camera.page
    _upload(camera)
    _review(camera)
    camera.as_(served.HEAD_OF_OFFICE)
    page.get_by_role("link", name=documents.SYMBOL).click()
    page.get_by_role("link", name="Xem và đưa lên hệ thống").click()
    camera.take("dua-len-he-thong")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã đưa lên hệ thống")
    camera.go("/nhiem-vu/")
    camera.take("nhiem-vu")
    page.get_by_role("region", name="Danh sách nhiệm vụ").get_by_role("link").first.click()
    camera.take("mot-nhiem-vu")
    camera.go("/van-ban/")
    camera.take("van-ban")


def reports_of_the_day(camera: Camera) -> None:
    """The committee of xã Tân Mẫu reports, its approver approves."""
    page = camera.page
    camera.go("/xem-thu/")
    camera.take("xem-thu")
    camera.as_(served.CLERK)
    camera.take("hom-nay-nhap-lieu")
    camera.go(f"{SHEET}xin-so-lieu/")
    camera.take("xin-so-lieu")
    camera.go(SHEET)
    page.locator('tr[data-code="UB-04"] td[data-field="n"]').click(force=True)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("[data-grid-state]")).to_contain_text("Đã lưu lúc")
    camera.take("nhap-bao-cao")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator("main")).to_contain_text("Đã nhận lúc")
    camera.take("bien-nhan")
    camera.go(f"{SHEET}he-thong-57/")
    camera.take("bang-chep-he-thong-57")
    camera.as_(served.APPROVER)
    camera.take("hom-nay-nguoi-duyet")
    page.get_by_role("link", name="Ủy ban nhân dân xã Tân Mẫu, ngày 20/11/2026").click()
    camera.take("duyet-bao-cao")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã duyệt")
    camera.as_(served.APPROVER, "/uy-quyen/")
    camera.take("uy-quyen")


def after_the_closing(camera: Camera) -> None:
    """16:00 has passed: who is missing, the letter, the boards, the report."""
    page = camera.page
    camera.home.set_clock(served.AFTER_CLOSING)
    camera.home.running.command("clock", "--once")
    camera.as_(served.SPECIALIST)
    camera.take("hom-nay-van-phong")
    camera.go("/bao-cao/tinh-hinh/00/")
    camera.take("tinh-hinh-gui-bao-cao")
    camera.go("/cong-van-don-doc/NQ57-NGAY/2026-11-20/00/")
    camera.take("cong-van-don-doc")
    camera.go("/bang-dieu-hanh/tinh/00/")
    camera.take("bang-dieu-hanh-tinh")
    camera.go("/bang-dieu-hanh/xa/99001/")
    camera.take("bang-dieu-hanh-xa")
    camera.go("/bang-dieu-hanh/o/99001-UB/UB-04/")
    camera.take("mot-o-so-lieu")
    camera.go("/xuat-bao-cao/99001/2026-11-20/?mau=PARTY")
    camera.take("xuat-bao-cao")
    camera.go("/tu-dien/UB-01/")
    camera.take("tu-dien-chi-tieu")
    camera.as_(served.UNIT_ADMIN, "/quan-tri/")
    camera.take("quan-tri-nguoi")
    camera.go("/quan-tri/nhap-danh-sach/")
    camera.take("quan-tri-nhap-danh-sach")
    camera.go("/quan-tri/don-vi/99001/")
    camera.take("quan-tri-don-vi")
    camera.as_(served.INSPECTOR, "/nhat-ky/")
    camera.take("nhat-ky")
    page.context.clear_cookies()


def on_the_phone(camera: Camera) -> None:
    """What the secretary of the commune sees in the car."""
    camera.as_(served.COMMUNE_LEADER)
    camera.take("lanh-dao-dien-thoai")
    camera.go("/bang-dieu-hanh/xa/99001/chua-dat/")
    camera.take("chua-dat-dien-thoai")


def the_nation(camera: Camera) -> None:
    """The board of the nation, with invented figures."""
    camera.as_(served.NATION_LEADER, "/bang-dieu-hanh/ca-nuoc/")
    camera.take("bang-dieu-hanh-ca-nuoc")


def _with(browser: Browser, home: served.Served, size: dict[str, Any], story: Callable[[Camera], None]) -> None:
    context = browser.new_context(**size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.set_default_timeout(20_000)
    story(Camera(page, home))
    context.close()


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="scripts/screenshots.py")
    parser.add_argument("--small", action="store_true", help="the sample province only, without the nation's board")
    chosen = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chưa có chromium. Đề nghị cài: sudo apt-get install -y chromium fonts-noto-core", file=sys.stderr)
        return 3
    PLACE.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
    with served.tinh_mau(small=chosen.small) as home, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run"])
        for story in (documents_of_the_day, reports_of_the_day, after_the_closing):
            _with(browser, home, DESK, story)
        _with(browser, home, PHONE, on_the_phone)
        if not chosen.small:
            _with(browser, home, DESK, the_nation)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""No page keeps anybody out: axe finds nothing serious, the main action is reached by keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import served, walk
from tests.browser.served import Served
from tests.browser.walk import Address

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, tinh_mau: Served, addresses: list[Address], browser_context_args: dict[str, Any], size: str
) -> None:
    # axe is no part of the product; only its own context lets it in past the policy.
    context = browser.new_context(**{**browser_context_args, "viewport": SIZES[size]}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(path=AXE)
    found: list[str] = []
    role: str | None = None
    for address in _each_page_once(addresses):
        role = walk.visit(page, tinh_mau, address, role)
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        for rule in result["violations"]:
            if rule["impact"] in SERIOUS:
                where = "; ".join(str(node["target"]) for node in rule["nodes"][:3])
                found.append(f"{address.name} ({address.capacity}): {rule['id']} at {where}")
    context.close()
    assert found == []


def _each_page_once(addresses: list[Address]) -> list[Address]:
    """Every page where it is fullest, and every role's Hôm nay."""
    met: dict[tuple[str, str], Address] = {}
    for address in addresses:
        met.setdefault((address.name, address.capacity if address.name == "today" else ""), address)
    return list(met.values())


def _tabs_until(page: Page, label: str, *, at_most: int = 60) -> bool:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        held = page.evaluate("() => document.activeElement.innerText || document.activeElement.value || ''")
        if label in held:
            return True
    return False


@pytest.mark.parametrize(
    ("capacity", "path", "action"),
    [
        (served.FRONT_CLERK, "/", "Nhập số liệu"),
        (served.CLERK, "/bao-cao/NQ57-NGAY/2026-11-20/99001-UB/", "Trình duyệt"),
        (served.SPECIALIST, "/van-ban/tiep-nhan/", "Tiếp nhận và đọc văn bản"),
        (served.COMMUNE_LEADER, "/", "Bản một trang"),
        (served.UNIT_ADMIN, "/quan-tri/nguoi/them/", "Thêm"),
    ],
)
def test_the_tab_key_reaches_the_main_action(
    page: Page, tinh_mau: Served, capacity: str, path: str, action: str
) -> None:
    tinh_mau.set_clock(served.AFTERNOON)
    tinh_mau.sign_in(page, capacity)
    page.goto(tinh_mau.url + path)
    page.locator("body").focus()
    assert _tabs_until(page, action)


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, tinh_mau: Served) -> None:
    tinh_mau.sign_in(page, served.CLERK)
    page.goto(f"{tinh_mau.url}/nhiem-vu/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_alt_and_a_number_lead_to_the_places(page: Page, tinh_mau: Served) -> None:
    tinh_mau.sign_in(page, served.CLERK)
    for number, heading in ((2, "Báo cáo"), (3, "Nhiệm vụ"), (6, "Từ điển chỉ tiêu"), (1, "Hôm nay")):
        page.keyboard.press(f"Alt+{number}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

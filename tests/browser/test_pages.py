"""Every page of every role: nothing from outside, nothing refused or broken, no overflow, print without menus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import served, walk
from tests.browser.served import Served
from tests.browser.walk import Address

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
MUST_BE_WALKED = frozenset(
    [
        *("today", "reports", "reports-entry", "reports-approve", "reports-show", "reports-sending", "reports-ask"),
        *("tasks", "tasks-page", "directives", "directives-page", "directives-review", "directives-upload"),
        *("boards-nation", "boards-province", "boards-commune", "boards-cell", "boards-not-achieved", "dictionary"),
        *(
            "dictionary-indicator",
            "publish",
            "publish-report",
            "publish-letter",
            "people",
            "people-add",
            "people-unit",
            "people-import",
            "trail",
        ),
        *("directives-item-edit", "directives-item-split", "directives-head", "reports-national", "account-tokens"),
        *("delegations", "account", "search", "help-keys", "account_login"),
    ]
)
# The one page that is meant to be missing.
MISSING = "/trang-khong-co/"


@contextmanager
def _watched(page: Page, home: Served) -> Iterator[list[str]]:
    """What goes wrong while pages are opened: requests to other hosts, refusals, script errors, missing pages."""
    wrong: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((home.url, "data:", "blob:")):
            wrong.append(f"{page.url}: asks {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: (
            wrong.append(f"{page.url}: {said.text}") if said.type == "error" and MISSING not in page.url else None
        ),
    )
    yield wrong


def test_the_walk_meets_every_page(addresses: list[Address]) -> None:
    assert MUST_BE_WALKED - {address.name for address in addresses} == set()


def test_every_role_has_a_day(addresses: list[Address]) -> None:
    assert {address.capacity for address in addresses if address.name == "today"} == set(served.ROLES)


def test_no_page_asks_another_host_or_breaks_the_policy(page: Page, tinh_mau: Served, addresses: list[Address]) -> None:
    role: str | None = None
    with _watched(page, tinh_mau) as wrong:
        for address in addresses:
            role = walk.visit(page, tinh_mau, address, role)
    assert wrong == []


def test_no_page_is_wider_than_a_phone(
    browser: Browser, tinh_mau: Served, addresses: list[Address], browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**{**browser_context_args, **PHONE})
    page = context.new_page()
    wide: list[str] = []
    role: str | None = None
    for address in addresses:
        role = walk.visit(page, tinh_mau, address, role)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > PHONE["viewport"]["width"]:
            wide.append(f"{address.name} ({address.capacity}): {width} px")
    context.close()
    assert wide == []


def test_print_leaves_the_menus_out_and_keeps_the_content(
    page: Page, tinh_mau: Served, addresses: list[Address]
) -> None:
    for name in ("boards-province", "boards-commune", "tasks-page", "directives-page", "dictionary-indicator"):
        address = next(address for address in addresses if address.name == name)
        walk.visit(page, tinh_mau, address, None)
        page.emulate_media(media="print")
        expect(page.locator("nav.places-desk")).to_be_hidden()
        expect(page.locator("header .who").first).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".keys")).to_be_hidden()
        page.emulate_media(media="screen")


def test_every_page_says_that_the_figures_are_not_real(page: Page, tinh_mau: Served) -> None:
    tinh_mau.sign_in(page, served.CLERK)
    for path in ("/", "/bao-cao/", "/nhiem-vu/", "/bang-dieu-hanh/", "/van-ban/", "/tu-dien/"):
        page.goto(tinh_mau.url + path)
        expect(page.locator(".demo-banner")).to_have_text("DỮ LIỆU MẪU – SỐ LIỆU KHÔNG CÓ THẬT")


def test_no_person_is_looked_up_without_signing_in(page: Page, tinh_mau: Served, addresses: list[Address]) -> None:
    page.context.clear_cookies()
    open_to_all = {"account_login", "account_reset_password", "help-keys", MISSING}
    for address in addresses:
        if address.capacity and address.name not in open_to_all:
            page.goto(tinh_mau.url + address.path)
            assert "/tai-khoan/dang-nhap/" in page.url, address

"""Walks Tỉnh Mẫu as every role and finds one address of each page, by following links as a person would."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser import documents, served

# Addresses that answer with a file or end the visit.
NOT_PAGES = frozenset(
    [
        *("directives-file", "tasks-evidence", "reports-evidence-file", "publish-file", "publish-letter-file"),
        *("people-export", "people-import-template", "mfa_download_recovery_codes", "account_logout", "preview"),
    ]
)
# What differs most between roles, and leads on to what only they may open.
FOR_EACH_ROLE = frozenset(["today", "reports", "boards", "tasks", "directives", "account", "reports-entry"])
# No link leads there from a signed-in page, or only after an act.
UNLINKED = (
    "/phim-tat/",
    "/tim-kiem/?q=xã",
    "/trang-khong-co/",
    "/xuat-bao-cao/99001/2026-11-19/?mau=PARTY",
    "/cong-van-don-doc/NQ57-NGAY/2026-11-19/00/",
)


@dataclass(frozen=True)
class Address:
    """A page as one role sees it; `capacity` "" is somebody not signed in."""

    capacity: str
    name: str
    path: str


def name_of(path: str) -> str:
    """The name of the page at a path; the path itself where there is none."""
    try:
        return resolve(urlsplit(path).path).url_name or path
    except Resolver404:
        return path


def everywhere(page: Page, home: served.Served) -> list[Address]:
    """One address of every page that links reach, in the role that reaches it first; each role's own Hôm nay."""
    _leave_a_document_to_review(page, home)
    found: dict[tuple[str, str], Address] = {}
    tried: set[tuple[str, str]] = set()
    for capacity in served.ROLES:
        home.sign_in(page, capacity)
        waiting = ["/", *UNLINKED]
        while waiting:
            path = waiting.pop(0)
            key = _key(capacity, path)
            if key in found or key in tried or key[1] in NOT_PAGES:
                continue
            tried.add(key)
            page.goto(home.url + path)
            # "Bảng điều hành" leads each person to his own board.
            arrived = page.url.removeprefix(home.url)
            key = _key(capacity, arrived)
            if key not in found:
                found[key] = Address(capacity, key[1], arrived)
                waiting += _links(page, home)
    page.context.clear_cookies()
    signed_out = [Address("", name_of(path), path) for path in ("/tai-khoan/dang-nhap/", "/tai-khoan/mat-khau/quen/")]
    return [*found.values(), *signed_out]


def visit(page: Page, home: served.Served, address: Address, signed_in_as: str | None) -> str:
    """Open an address in its role; returns the role for the next visit."""
    if signed_in_as != address.capacity:
        page.context.clear_cookies()
        if address.capacity:
            home.sign_in(page, address.capacity)
    page.goto(home.url + address.path)
    return address.capacity


def _key(capacity: str, path: str) -> tuple[str, str]:
    name = name_of(path)
    return (capacity if name in FOR_EACH_ROLE else "", name)


def _links(page: Page, home: served.Served) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    there = urlsplit(page.url)
    full = [urljoin(page.url, href) for href in hrefs if not href.startswith(("#", "tel:", "mailto:"))]
    return [link.removeprefix(home.url) for link in full if urlsplit(link).netloc == there.netloc]


def _leave_a_document_to_review(page: Page, home: served.Served) -> None:
    home.sign_in(page, served.SPECIALIST)
    page.goto(f"{home.url}/van-ban/tiep-nhan/")
    content = documents.NOTICE.replace(documents.SYMBOL, "19-TB/BCĐ").encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "19-TB-BCD.txt", "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_label("Tôi xác nhận tài liệu không thuộc bí mật nhà nước").check()
    page.get_by_role("button", name="Tiếp nhận và đọc văn bản").click()
    page.wait_for_load_state()

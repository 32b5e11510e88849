"""The review of a document by keys alone, in a real browser over the real pages."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests import factories
from tests.directives import samples
from xanh.directives.models import Directive, ItemState

pytestmark = pytest.mark.browser


@pytest.fixture
def directive(nation: factories.Nation) -> Directive:
    return samples.received(nation.unit("00"), factories.person("consolidator", "00-DU"))


@pytest.fixture
def review(page: Page, site: Any, directive: Directive) -> Iterator[Page]:
    """The review screen; every request but assets is answered by the application itself."""
    client = factories.client_of(factories.person("consolidator", "00-DU"))
    # The driver calls back in a context of its own; the test's database connection belongs to this one.
    here = contextvars.copy_context()
    page.route(re.compile(r"/van-ban/"), lambda route: here.run(_answer, route, client))
    page.set_default_timeout(5000)
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{site.url}/van-ban/{directive.pk}/ra-soat/")
    yield page
    assert refused == []


def _answer(route: Route, client: Client) -> None:
    request = route.request
    path = "/" + request.url.split("/", 3)[3].split("#")[0]
    headers = {"HX-Request": "true"} if "hx-request" in request.headers else {}
    if request.method == "POST":
        response = client.post(path, follow=True, headers=headers)
    else:
        response = client.get(path, headers=headers)
    kept = {name: value for name, value in response.headers.items() if name in ("Content-Type", "HX-Redirect")}
    route.fulfill(status=response.status_code, headers=kept, body=response.content)


def states(directive: Directive) -> list[str]:
    return [item.state for item in samples.tasks_of(directive)]


def panel(page: Page) -> str:
    """The right side without what differs between two renderings: tokens and marks of the fetching library."""
    html = page.locator("#review-items").inner_html()
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
    return re.sub(r' class=""| (?:hx|data-hx)-[a-z-]+-processed="[^"]*"', "", html)


def test_keys_settle_one_item_after_another_and_focus_is_never_lost(review: Page, directive: Directive) -> None:
    first, second, third = samples.tasks_of(directive)
    current = review.locator("[data-review] [data-current]")
    expect(current).to_have_attribute("data-item", str(first.pk))
    review.keyboard.press("Control+Enter")
    expect(current).to_have_attribute("data-item", str(second.pk))
    expect(current.locator("[data-first]")).to_be_focused()
    expect(review.locator("mark.current")).to_have_attribute("data-mark", str(second.pk))
    review.keyboard.press("Delete")
    expect(current).to_have_attribute("data-item", str(third.pk))
    assert states(directive) == [ItemState.ACCEPTED, ItemState.DROPPED, ItemState.PENDING]


def test_the_fetched_fragment_is_what_a_reload_shows(review: Page, directive: Directive) -> None:
    review.keyboard.press("Control+Enter")
    expect(review.locator("#review-items p[role=status]")).to_contain_text("đã nhận 1")
    fetched = panel(review)
    review.reload()
    assert panel(review) == fetched


def test_a_task_without_a_lead_is_opened_for_settling(review: Page, directive: Directive) -> None:
    review.keyboard.press("Control+Enter")
    expect(review.locator("#review-items p[role=status]")).to_contain_text("đã nhận 1")
    review.keyboard.press("Delete")
    expect(review.locator("#review-items p[role=status]")).to_contain_text("đã bỏ 1")
    review.keyboard.press("Control+Enter")
    expect(review.get_by_role("heading", level=1)).to_have_text("Sửa nhiệm vụ")


@pytest.mark.parametrize(("key", "heading"), [("F2", "Sửa nhiệm vụ"), ("F4", "Tách nhiệm vụ")])
def test_f2_and_f4_open_their_pages(review: Page, key: str, heading: str) -> None:
    review.keyboard.press(key)
    expect(review.get_by_role("heading", level=1)).to_have_text(heading)


def test_bare_letters_and_injected_backspaces_settle_nothing(review: Page, directive: Directive) -> None:
    for key in ("a", "Backspace", "s", "d", "x", "Backspace", "r", "1"):
        review.keyboard.press(key)
    assert states(directive) == [ItemState.PENDING] * 3

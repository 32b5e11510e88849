"""A tiny server of rendered pages for the browser tests: the built assets, the real policy header, saved bodies."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.utils.safestring import SafeString
from playwright.sync_api import Browser

from tests.browser import served, walk
from xanh import web
from xanh.core import dates

PAGES = Path(__file__).parent / "pages"
STATIC = Path(web.__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
PLAIN_STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PLACES = ("Hôm nay", "Báo cáo", "Nhiệm vụ", "Bảng điều hành", "Văn bản", "Từ điển chỉ tiêu")


@dataclass
class Site:
    """What the tiny server offers and what was sent to it."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    saved: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    slow_s: float = 0

    def answer_next(self, status: int, body: dict[str, Any] | str) -> None:
        """The next save is answered with this; afterwards saves succeed again."""
        kind = "text/html" if isinstance(body, str) else "application/json"
        self.answers.append((status, kind, body if isinstance(body, str) else json.dumps(body)))


def _policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                self._answer(200, TYPES.get(file.suffix, "text/plain"), file.read_bytes())
            elif path in site.pages:
                self._answer(200, "text/html; charset=utf-8", site.pages[path].encode())
            else:
                self._answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if "json" not in self.headers.get("Content-Type", ""):
                self._answer(200, "text/plain; charset=utf-8", body)
                return
            sleep(site.slow_s)
            site.saved.append(json.loads(body))
            site.tokens.append(self.headers.get("X-CSRFToken", ""))
            version = len(site.saved)
            done = (200, "application/json", json.dumps({"version": version, "saved_at": "15:41"}))
            status, kind, text = site.answers.pop(0) if site.answers else done
            self._answer(status, kind, text.encode())

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", _policy())
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler


def _shell() -> SimpleNamespace:
    places = [
        {"label": label, "url": f"/place-{number}", "key": str(number), "current": number == 2}
        for number, label in enumerate(PLACES, start=1)
    ]
    viewer = SimpleNamespace(name="Nguyễn Thị Mẫu", unit_label="Xã Tân Mẫu, tỉnh Mẫu", role_label="Nhập liệu")
    return SimpleNamespace(
        demo_mode=True,
        viewer=viewer,
        places=places,
        today_label="thứ Năm, 19/11/2026",
        search_url="/search",
        admin_url="/admin",
        trail_url="/trail",
        delegations_url="/delegations",
        account_url="/account",
        signout_url="/signout",
        role_preview_url="/preview",
    )


def _sample(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PAGES / name).read_text(encoding="utf-8"))
    return loaded


def render(template: str, **context: Any) -> str:
    """Renders a template of `pages/` (or of the product) and refuses undefined variables."""
    engine = DjangoTemplates(
        {
            "NAME": "pages",
            "DIRS": [PAGES],
            "APP_DIRS": True,
            "OPTIONS": {"string_if_invalid": "UNDEFINED(%s)"},
        }
    )
    with override_settings(STORAGES=PLAIN_STATIC):
        html = engine.get_template(template).render(
            {"shell": _shell(), "messages": [], "csrf_token": SafeString("t" * 64), **context}
        )
    assert "UNDEFINED(" not in html, html[html.index("UNDEFINED(") :][:80]
    return str(html)


def gallery_html() -> str:
    """Every component once, with sample content."""
    sample = _sample("gallery.json")
    entries = [
        {**entry, "at": datetime.fromisoformat(entry["at"]).replace(tzinfo=dates.TZ)} for entry in sample["entries"]
    ]
    page = Paginator(range(112), 20).get_page(2)
    return render("gallery.html", **{**sample, "entries": entries, "page": page, "grid": _sample("grid.json")})


def grid_html(**first_row: Any) -> str:
    """The entry page with six rows of every kind; `first_row` changes what the first one holds."""
    sample = _sample("grid.json")
    sample["rows"][0].update(first_row)
    return render("grid.html", grid=sample)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The tiny server, with the pages "/grid" and "/gallery"."""
    assert (STATIC / "xanh/grid.js").exists(), "the assets are not built: npm ci && npm run build"
    served = Site(pages={"/grid": grid_html(), "/gallery": gallery_html()})
    refused = {"n_text": "9", "d_text": "5", "errors": {"n": "Tử số lớn hơn mẫu số."}}
    served.pages["/refused"] = grid_html(**refused)
    served.pages.update({f"/place-{number}": render("place.html", number=number) for number in range(1, 7)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    served.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _fresh(site: Site) -> None:
    site.saved.clear()
    site.tokens.clear()
    site.answers.clear()
    site.slow_s = 0


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's chromium instead of a downloaded one."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--no-first-run", *quiet]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A clerk's desk: a small old screen, Vietnamese."""
    return {"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def tinh_mau() -> Iterator[served.Served]:
    """The real server with the sample province, Friday 20/11/2026 at 14:00."""
    assert (STATIC / "xanh/grid.js").exists(), "the assets are not built: npm ci && npm run build"
    with served.tinh_mau() as running:
        yield running


@pytest.fixture(scope="session")
def addresses(browser: Browser, tinh_mau: served.Served, browser_context_args: dict[str, Any]) -> list[walk.Address]:
    """Every page that links reach, each in the role that reaches it first."""
    tinh_mau.set_clock(served.AFTERNOON)
    context = browser.new_context(**browser_context_args)
    found = walk.everywhere(context.new_page(), tinh_mau)
    context.close()
    return found

"""The real server with Tỉnh Mẫu on a Friday afternoon, and how a browser signs in to it by "Xem thử theo vai trò"."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import server
from playwright.sync_api import Page, expect

MOVED = Path(__file__).parent / "moved"
# Friday 20/11/2026, 14:00 in Vietnam: two hours before the daily closing.
AFTERNOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
AFTER_CLOSING = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)

CLERK = "Cán bộ nhập liệu, Ủy ban nhân dân xã Tân Mẫu"
FRONT_CLERK = "Cán bộ nhập liệu, Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Mẫu"
COUNCIL_APPROVER = "Phó Chủ tịch HĐND · Hội đồng nhân dân xã Tân Mẫu"
APPROVER = "Phó Chủ tịch UBND · Ủy ban nhân dân xã Tân Mẫu"
SPECIALIST = "Chuyên viên Văn phòng Tỉnh ủy"
HEAD_OF_OFFICE = "Trưởng phòng Tổng hợp, Văn phòng Tỉnh ủy"
COMMUNE_OFFICE = "Chánh Văn phòng Đảng ủy"
OWNER = "Chuyên viên Sở KH&CN"
COMMUNE_LEADER = "Bí thư Đảng ủy · Xã Tân Mẫu"
PROVINCE_LEADER = "Phó Bí thư Thường trực Tỉnh ủy"
NATION_LEADER = "Thành viên Ban Chỉ đạo Trung ương"
INSPECTOR = "Ủy viên Ủy ban Kiểm tra Tỉnh ủy"
UNIT_ADMIN = "Quản trị đơn vị của tỉnh"
SYSTEM_ADMIN = "Quản trị hệ thống"
# Those who may open most come first: a walk then meets every page where it is fullest.
ROLES = (
    *(SPECIALIST, HEAD_OF_OFFICE, CLERK, APPROVER, COUNCIL_APPROVER, COMMUNE_OFFICE, OWNER, COMMUNE_LEADER),
    *(PROVINCE_LEADER, NATION_LEADER, INSPECTOR, UNIT_ADMIN, SYSTEM_ADMIN),
)


@dataclass(frozen=True)
class Served:
    """A running server whose clock can be moved."""

    running: server.Running
    offset: Path

    @property
    def url(self) -> str:
        """Its address without a slash at the end."""
        return f"http://127.0.0.1:{self.running.port}"

    def set_clock(self, at: datetime) -> None:
        """From now on the server and its commands believe that it is `at`."""
        self.offset.write_text(str((at - datetime.now(UTC)).total_seconds()), encoding="ascii")

    def sign_in(self, page: Page, capacity: str) -> None:
        """Sign in as the first sample person whose line in the preview holds `capacity`."""
        page.context.clear_cookies()
        page.goto(f"{self.url}/xem-thu/")
        page.locator("main li").filter(has_text=capacity).first.get_by_role("button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")


@contextmanager
def tinh_mau(*, at: datetime = AFTERNOON, small: bool = True) -> Iterator[Served]:
    """Serve the sample nation with its clock set to `at`; `small`: the sample province only."""
    with tempfile.TemporaryDirectory(prefix="xanh-clock-") as place:
        offset = Path(place) / "offset"
        offset.write_text(str((at - datetime.now(UTC)).total_seconds()), encoding="ascii")
        moved = {"PYTHONPATH": str(MOVED), "XANH_MOVED_CLOCK": str(offset)}
        with server.serving(small=small, extra=moved) as running:
            served = Served(running, offset)
            served.set_clock(at)
            yield served

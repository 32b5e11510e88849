"""A notice of the fictitious Tỉnh Mẫu and short ways through its review."""

from __future__ import annotations

from datetime import UTC, datetime

from xanh.directives import actions, queries
from xanh.directives.drafts import TaskDraft
from xanh.directives.models import Directive, ItemKind, ReadItem
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import force

# A weekly report and a target, for the tests of the two other kinds of items.
LONGER = (
    "4. Hằng tuần, UBND các xã, phường báo cáo Văn phòng Tỉnh ủy kết quả thực hiện trước 11 giờ 00 thứ Sáu.\n\n"
    "II- CHỈ TIÊU\n\n- Phấn đấu đến hết năm 2026, tỷ lệ hồ sơ trực tuyến đạt từ 86,5% trở lên.\n\nNơi nhận:"
)

AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)

NOTICE = """TỈNH ỦY MẪU
BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH
*
Số 05-TB/BCĐ

ĐẢNG CỘNG SẢN VIỆT NAM

Mẫu, ngày 02 tháng 11 năm 2026

THÔNG BÁO

KẾT LUẬN PHIÊN HỌP THỨ HAI BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH

Ngày 30/10/2026, Ban Chỉ đạo tỉnh đã họp phiên thứ hai về kết quả thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 \
của Bộ Chính trị. Trưởng Ban Chỉ đạo tỉnh kết luận như sau:

I- NHIỆM VỤ CỤ THỂ

1. Giao Văn phòng Tỉnh ủy phối hợp với Sở Khoa học và Công nghệ xây dựng Kế hoạch kiểm tra năm 2027, trình Trưởng Ban \
Chỉ đạo tỉnh ký, ban hành trước ngày 20/11/2026.

2. Đề nghị các xã, phường xây dựng kế hoạch chi tiết, gửi về Văn phòng Tỉnh ủy trước 11 giờ 00 ngày 27/11/2026.

3. Giao Sở Nội vụ, Sở Tài chính rà soát định mức trang thiết bị của cấp xã, báo cáo Ban Chỉ đạo tỉnh.

Nơi nhận:
- Ban Chỉ đạo tỉnh,
- Lưu Văn phòng Tỉnh ủy.

TRƯỞNG BAN

Trần Văn Mẫu
"""


def received(owner: Unit, by: User, *, text: str = NOTICE, name: str = "05-TB-BCD.txt", at: datetime = AT) -> Directive:
    """The notice as registered, nothing reviewed."""
    return actions.receive_directive(
        content=text.encode(), name=name, circulation="internal", owner=owner, by=by, at=at
    )


def tasks_of(directive: Directive) -> list[ReadItem]:
    """Read tasks in the order of the text."""
    return list(directive.items.filter(kind=ItemKind.TASK).order_by("start", "id"))


def reviewed(owner: Unit, by: User, *, at: datetime = AT) -> Directive:
    """The notice with its first two tasks confirmed, everything else left out, handed to a second person."""
    directive = received(owner, by, at=at)
    kept = tasks_of(directive)[:2]
    for item in directive.items.all():
        if item in kept:
            actions.accept_item(item_id=item.pk, draft=TaskDraft.from_json(item.settled), by=by, at=at)
        else:
            actions.drop_item(item_id=item.pk, by=by, at=at)
    actions.finish_review(directive_id=directive.pk, clarify_by=None, by=by, at=at)
    return queries.directive(directive.pk)


def in_force(owner: Unit, reviewer: User, second: User, *, at: datetime = AT) -> Directive:
    """The notice in force: task 01 of Văn phòng Tỉnh ủy, task 02 of the three communes."""
    directive = reviewed(owner, reviewer, at=at)
    force.put_in_force(directive_id=directive.pk, by=second, at=at)
    return queries.directive(directive.pk)

"""Create the first people of a new installation."""

from __future__ import annotations

import argparse

HELP = "Tạo người dùng, bố trí chức danh và in liên kết mời (dùng khi cài đặt lần đầu)."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("username", help="tên đăng nhập")
    parser.add_argument("full_name", help="họ và tên")
    parser.add_argument("--unit", required=True, help="mã đơn vị, ví dụ 25099 hoặc 25099-UB")
    parser.add_argument(
        "--role", required=True, help="vai trò: clerk, approver, consolidator, owner, leader, inspector, …"
    )
    parser.add_argument("--capacity", required=True, help="chức danh, ví dụ “Chánh Văn phòng Đảng ủy”")
    parser.add_argument("--document", default="", help="văn bản bố trí")


def run(chosen: argparse.Namespace) -> int:
    """Create, appoint, invite; exit status 2 with a message where something is wrong."""
    from django.conf import settings
    from django.urls import reverse

    from xanh.kit import clock
    from xanh.org import actions as org
    from xanh.org import queries
    from xanh.people import actions as people

    now = clock.now()
    try:
        unit = queries.unit(chosen.unit)
        person = people.create_user(username=chosen.username, full_name=chosen.full_name, by=None, at=now)
        org.open_post(
            person=person,
            unit=unit,
            role=chosen.role,
            capacity=chosen.capacity,
            starts_on=clock.today(),
            document=chosen.document,
            by=None,
            at=now,
        )
    except queries.UnitUnknown:
        print(f"Không có đơn vị mã {chosen.unit}. Đề nghị xem mã trong danh mục đơn vị.")
        return 2
    except org.RoleUnknown:
        print(f"Không có vai trò “{chosen.role}”.")
        return 2
    except people.UsernameTaken as taken:
        print(taken)
        return 2
    token = people.invite_user(user=person, by=None, at=now)
    print(f"Liên kết mời (dùng một lần, trong 7 ngày): {settings.SITE_URL}{reverse('invitation', args=[token])}")
    return 0

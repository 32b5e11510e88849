"""The clock: opens and closes rounds, judges again what is due."""

from __future__ import annotations

import argparse
import logging
import threading
import time

HELP = "Chạy đồng hồ: mở kỳ, chốt số liệu lúc 16:00, xét lại trạng thái; chạy hai bản cùng lúc vẫn an toàn."
log = logging.getLogger("xanh.clock")


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--once", action="store_true", help="làm một lượt rồi dừng")
    parser.add_argument(
        "--every", type=float, default=5.0, metavar="GIÂY", help="khoảng cách giữa hai lượt (mặc định 5)"
    )
    parser.add_argument(
        "--with-worker", action="store_true", help="chạy kèm tiến trình nền trong cùng một chương trình"
    )


def tick() -> dict[str, int]:
    """One turn of the clock; every part may run twice at the same time."""
    from xanh.assessment import actions as assessment
    from xanh.kit import clock
    from xanh.reporting.actions import closings, rounds
    from xanh.tasks import actions as tasks

    now, day = clock.now(), clock.today()
    opened = rounds.open_rounds(day=day, at=now)
    closed = assessment.close_due(at=now)
    rejudged = closings.rejudge_due(at=now)
    tasks_judged = tasks.rejudge_due(at=now)
    return {"open": len(opened), "closed": len(closed), "blocks": rejudged, "tasks": tasks_judged}


def run(chosen: argparse.Namespace) -> int:
    """Turn for ever, or once."""
    from django.db import close_old_connections

    from xanh.cli.commands import worker

    if chosen.once:
        print(tick())
        return 0
    if chosen.with_worker:
        threading.Thread(target=worker.loop, args=(1.0,), daemon=True).start()
    while True:
        try:
            tick()
        except Exception:
            # One failed turn must not stop the clock; the next turn tries again.
            log.exception("the clock missed a turn")
        close_old_connections()
        time.sleep(chosen.every)

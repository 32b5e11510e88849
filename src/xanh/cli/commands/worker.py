"""The worker: seals the event log, clears expired sessions."""

from __future__ import annotations

import argparse
import logging
import time

HELP = "Chạy tiến trình nền: niêm phong nhật ký mỗi giây, dọn phiên đăng nhập hết hạn."
CLEAN_EVERY = 3600.0
log = logging.getLogger("xanh.worker")


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--once", action="store_true", help="làm một lượt rồi dừng")


def turn() -> int:
    """Seal what waits; returns the number of events sealed. A second worker that comes too late seals nothing."""
    from django.db import IntegrityError

    from xanh.events import actions as events
    from xanh.kit import clock

    try:
        batch = events.seal(at=clock.now())
    except IntegrityError:
        return 0
    return 0 if batch is None else batch.count


def loop(pause: float) -> None:
    """Turn for ever."""
    from django.core.management import call_command
    from django.db import close_old_connections

    cleaned = 0.0
    while True:
        try:
            turn()
            if time.monotonic() - cleaned > CLEAN_EVERY:
                call_command("clearsessions")
                cleaned = time.monotonic()
        except Exception:
            # One failed turn must not stop the worker; the next turn tries again.
            log.exception("the worker missed a turn")
        close_old_connections()
        time.sleep(pause)


def run(chosen: argparse.Namespace) -> int:
    """Turn for ever, or once."""
    if chosen.once:
        print(turn())
        return 0
    loop(1.0)
    return 0

"""Serve the pages, with clock and worker beside them."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

HELP = "Mở máy chủ web kèm đồng hồ và tiến trình nền."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--threads", type=int, default=4, help="số luồng xử lý (mặc định 4)")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình web (mặc định 1)")
    parser.add_argument("--without-clock", action="store_true", help="không chạy đồng hồ và tiến trình nền")


def run(chosen: argparse.Namespace) -> int:
    """Serve until interrupted; the clock process ends with the server."""
    from granian.constants import Interfaces
    from granian.server import Server

    os.environ.setdefault("XANH_SITE_URL", f"http://{chosen.host}:{chosen.port}")
    beside = None
    if not chosen.without_clock:
        beside = subprocess.Popen([sys.executable, "-m", "xanh.cli.main", "clock", "--with-worker"])
    try:
        Server(
            "xanh.config.wsgi:application",
            address=chosen.host,
            port=chosen.port,
            interface=Interfaces.WSGI,
            workers=chosen.workers,
            blocking_threads=chosen.threads,
            log_access=False,
        ).serve()
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait(timeout=10)
    return 0

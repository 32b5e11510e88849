"""Load the catalogue: units, programmes, indicators, regimes, known central documents."""

from __future__ import annotations

import argparse

from xanh.kit import clock

HELP = "Nạp danh mục (đơn vị, chương trình, bộ chỉ tiêu, chế độ báo cáo) vào cơ sở dữ liệu."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("act", choices=["load"], help="load: thêm phần chưa có; không ghi đè bản của đơn vị")


def load() -> None:
    """Load all parts and say what was added."""
    from xanh.events import actions as events
    from xanh.indicators import loading as indicators
    from xanh.org import loading as org
    from xanh.reporting import loading as reporting

    units = org.load_catalogue()
    rows = indicators.load_catalogue()
    regimes = reporting.load_catalogue()
    if units or rows or regimes:
        facts = {"units": units, "indicators": rows, "regimes": regimes}
        events.record(kind="catalogue.loaded", subject=("catalogue", "all"), by=None, at=clock.now(), facts=facts)
    print(f"Danh mục: thêm {units} đơn vị, {rows} chỉ tiêu, {regimes} chế độ báo cáo.")


def run(chosen: argparse.Namespace) -> int:
    """Load."""
    del chosen
    load()
    return 0

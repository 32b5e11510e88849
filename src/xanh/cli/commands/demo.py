"""Load the sample nation."""

from __future__ import annotations

import argparse

HELP = "Nạp dữ liệu mẫu: Tỉnh Mẫu và số liệu không có thật của các đơn vị (chỉ vào cơ sở dữ liệu trống)."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--only-sample-province", action="store_true", help="chỉ nạp Tỉnh Mẫu, không nạp số liệu các đơn vị khác"
    )


def run(chosen: argparse.Namespace) -> int:
    """Load once; 0 also where it is there already, 2 where the database holds other data."""
    from xanh.core import numbers
    from xanh.demo import loader
    from xanh.kit import clock, statistics

    try:
        loaded = loader.load(at=clock.now(), only_sample_province=chosen.only_sample_province)
    except loader.AlreadyLoaded as known:
        print(known)
        return 0
    except loader.RealDataHere as refused:
        print(refused)
        return 2
    statistics.refresh()
    print(
        f"Đã nạp dữ liệu mẫu: {numbers.format_int(loaded.communes)} xã, phường, đặc khu; {loaded.rounds} kỳ; "
        f"{numbers.format_int(loaded.submissions)} báo cáo khối, trong {loaded.seconds:.0f} giây."
    )
    return 0

"""Prove that the event log was not changed."""

from __future__ import annotations

import argparse

HELP = "Kiểm tra tính toàn vẹn nhật ký: tính lại mã băm của mọi sự kiện và mọi lô."


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
    del parser


def run(chosen: argparse.Namespace) -> int:
    """Print the outcome; exit status 1 where something does not hold."""
    del chosen
    from xanh.events import queries

    found = queries.verify()
    if found.sound:
        print(
            f"Nhật ký toàn vẹn: {found.events} sự kiện trong {found.batches} lô, "
            f"{found.unsealed} sự kiện chờ niêm phong."
        )
        return 0
    print(f"NHẬT KÝ KHÔNG TOÀN VẸN. {found.fault}")
    return 1

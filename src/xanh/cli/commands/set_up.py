"""Prepare the database and the static files."""

from __future__ import annotations

import argparse

HELP = "Tạo hoặc nâng cấp cơ sở dữ liệu, nạp danh mục, gom tệp tĩnh."


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--no-static", action="store_true", help="không gom tệp tĩnh")


def run(chosen: argparse.Namespace) -> int:
    """Migrate, load the catalogue, collect static files; safe to repeat."""
    from django.core.management import call_command

    from xanh.cli.commands import catalogue
    from xanh.kit import statistics

    call_command("migrate", verbosity=0, interactive=False)
    print("Cơ sở dữ liệu đã sẵn sàng.")
    catalogue.load()
    statistics.refresh()
    if not chosen.no_static:
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    return 0

"""`xanh`: the only command surface. Each command is one module of `xanh.cli.commands` with `add` and `run`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = (
    "set_up",
    "serve",
    "worker",
    "clock",
    "demo",
    "read",
    "catalogue",
    "verify_events",
    "user",
)
# Commands that read a file need no database; starting Django for them would only cost time.
WITHOUT_DATABASE = frozenset({"read", "serve"})


def parser() -> argparse.ArgumentParser:
    """The command line with every command and its help."""
    top = argparse.ArgumentParser(
        prog="xanh", description="Nền tảng triển khai nghị quyết và theo dõi kết quả thực hiện."
    )
    chosen = top.add_subparsers(dest="command", metavar="LỆNH", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"xanh.cli.commands.{name}")
        sub = chosen.add_parser(name.replace("_", "-"), help=module.HELP, description=module.HELP)
        module.add(sub)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    chosen = parser().parse_args(arguments)
    name = chosen.command.replace("-", "_")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xanh.config.settings")
    if name not in WITHOUT_DATABASE:
        import django

        django.setup()
    module = importlib.import_module(f"xanh.cli.commands.{name}")
    return int(module.run(chosen) or 0)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench NAME [--small] [--json]`: the last line of `--json` is one object with the figures as scalars."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys

NAMES = ("board", "ingest", "reports")


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}


def main() -> int:
    """Run one benchmark and print its figures."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument(
        "--small", action="store_true", help="the sample province only: quick, says nothing on the nation"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    chosen = parser.parse_args()
    found = importlib.import_module(f"bench.{chosen.name}").measure(small=chosen.small)
    width = max(len(key) for key in found)
    for key, value in found.items():
        print(f"{key:<{width}}  {value:.2f}" if isinstance(value, float) else f"{key:<{width}}  {value}")
    if chosen.json:
        print(json.dumps({**found, **machine()}, ensure_ascii=False))
    return 0 if found.get("ok") else 1


if __name__ == "__main__":
    sys.exit(main())

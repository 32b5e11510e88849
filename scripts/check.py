"""Runs every part of the checks, prints one summary and pytest's own closing line last; exits with the worst status."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
# Set by scripts/common.sh: the system's npm, or the one that came from PyPI.
NPM = os.environ.get("NPM", "npm").split()
COUNT = r"\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)"
CLOSING = re.compile(rf"^=*\s*({COUNT}(?:, {COUNT})* in [\d.]+s.*?)\s*=*$")


@dataclass
class Part:
    """One part of the checks: its name, exit status, seconds, and pytest's closing line if it was pytest."""

    name: str
    status: int
    seconds: float
    closing: str = ""


def run(name: str, command: list[str], *, environment: dict[str, str] | None = None) -> Part:
    """Run one part, showing its output as it comes."""
    print(f"\n── {name} " + "─" * max(3, 74 - len(name)), flush=True)
    started, closing = time.monotonic(), ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            found = CLOSING.match(line.strip())
            closing = found.group(1) if found else closing
        status = process.wait()
    return Part(name, status, time.monotonic() - started, closing)


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server of its own in a temporary directory; yields its DATABASE_URL."""
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
    place = Path(tempfile.mkdtemp(prefix="xanh-pg-"))
    # initdb refuses to run as root; Debian's package brings a user for it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(place, "postgres")
    options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off -c max_connections=60"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [
            *as_user,
            str(tools / "initdb"),
            "-D",
            str(place / "db"),
            "-U",
            "xanh",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ],
        check=True,
        **quiet,
    )
    control = [*as_user, str(tools / "pg_ctl"), "-D", str(place / "db"), "-w"]
    subprocess.run([*control, "-o", options, "-l", str(place / "log"), "start"], check=True, **quiet)
    try:
        subprocess.run([*as_user, str(tools / "createdb"), "-h", str(place), "-U", "xanh", "xanh"], check=True, **quiet)
        yield f"postgresql://xanh@/xanh?host={place}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(place, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run all parts in the order in which they fail soonest."""
    fast = "--fast" in arguments
    rest = [a for a in arguments if a != "--fast"]
    coverage = ["--cov", "--cov-report=", "--cov-append"]
    shutil.rmtree(ROOT / "test-results", ignore_errors=True)
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    parts = [
        run("Lint (ruff)", [str(BIN / "ruff"), "check", "."]),
        run("Dạng mã (ruff format)", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
        run("Khuôn trang (djlint)", [str(BIN / "djlint"), "src/xanh/web/templates", "--lint", "--quiet"]),
        run("Giao diện (eslint, stylelint)", [*NPM, "run", "--silent", "lint"]),
        run("Giao diện (node --test)", [*NPM, "run", "--silent", "test"]),
        run("Kiểu (mypy --strict)", [str(BIN / "mypy")]),
        run("Tầng (import-linter)", [str(BIN / "lint-imports")]),
    ]
    pytest = [str(BIN / "python"), "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
    if not fast:
        with postgres() as url:
            parts.append(
                run(
                    "PostgreSQL",
                    [*pytest, "-m", "not browser and not office", *rest],
                    environment={"DATABASE_URL": url},
                )
            )
    chosen = "not browser and not office" if fast else ""
    parts.append(run("SQLite", [*pytest, *coverage, *(["-m", chosen] if chosen else []), *rest]))
    if not rest:
        report = [str(BIN / "coverage"), "report", "--skip-covered"]
        parts.append(run("Độ phủ toàn bộ ≥ 85 %", [*report, "--fail-under=85"]))
        pure = "src/xanh/core/*,src/xanh/reading/*"
        parts.append(run("Độ phủ core, reading ≥ 95 %", [*report, "--include", pure, "--fail-under=95"]))
    print("\n── Tổng hợp " + "─" * 66)
    for part in parts:
        verdict = "đạt  " if part.status == 0 else "HỎNG "
        print(f"  {verdict} {part.name:<34} {part.seconds:7.1f} s  {part.closing}")
    closing = next((part.closing for part in reversed(parts) if part.closing), "")
    if closing:
        print(f"===== {closing} =====")
    return max(part.status for part in parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

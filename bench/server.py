"""A server of its own with the sample nation, for a benchmark; ends with the benchmark."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

XANH = [sys.executable, "-m", "xanh.cli.main"]
# What the surroundings set for themselves must not reach a server of its own.
_FOREIGN = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "XANH_SECRET_KEY")


@dataclass(frozen=True)
class Running:
    """Where the server answers, and its process for memory readings."""

    port: int
    home: str
    process: subprocess.Popen[bytes]
    extra: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What its commands run with."""
        return _environment(self.home, self.extra)

    def resident_mb(self) -> float:
        """Resident memory of the server and all its children, MB."""
        pids, total = [self.process.pid], 0
        for pid in pids:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            if children.exists():
                pids += [int(p) for p in children.read_text().split()]
            status = Path(f"/proc/{pid}/status")
            if status.exists():
                total += sum(int(r.split()[1]) for r in status.read_text().splitlines() if r.startswith("VmRSS"))
        return total / 1024

    def python(self, code: str) -> str:
        """Run a few lines with Django set up against this server's database."""
        lead = "import django; django.setup()\n"
        environment = {**self.environment(), "DJANGO_SETTINGS_MODULE": "xanh.config.settings"}
        ran = subprocess.run(
            [sys.executable, "-c", lead + code], env=environment, check=True, capture_output=True, text=True
        )
        return ran.stdout.strip()

    def command(self, *words: str) -> str:
        """Run a command of the product against this server's database; returns what it printed."""
        ran = subprocess.run([*XANH, *words], env=self.environment(), check=True, capture_output=True, text=True)
        return ran.stdout.strip()

    def cookie_of(self, role: str, unit_code: str) -> str:
        """A session of the first sample person with a role at a unit."""
        return self.python(
            "from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY\n"
            "from django.contrib.sessions.backends.db import SessionStore\n"
            "from xanh.org.models import Post\n"
            f"user = Post.objects.filter(role={role!r}, unit_id={unit_code!r}).order_by('id').first().person\n"
            "s = SessionStore(); s[SESSION_KEY] = str(user.pk)\n"
            "s[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
            "s[HASH_SESSION_KEY] = user.get_session_auth_hash(); s.save(); print(s.session_key)\n"
        )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: str, extra: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return {**kept, "XANH_HOME": home, "XANH_LOG_LEVEL": "ERROR", **extra}


@contextmanager
def serving(*, small: bool, clock: bool = False, extra: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Set up a home in a temporary directory, load the sample nation, serve it; `extra` joins the environment."""
    home = tempfile.mkdtemp(prefix="xanh-bench-")
    environment = _environment(home, extra or {})
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run([*XANH, "set-up"], check=True, **quiet)
    subprocess.run([*XANH, "demo", *(["--only-sample-province"] if small else [])], check=True, **quiet)
    port = free_port()
    command = [*XANH, "serve", "--port", str(port), *([] if clock else ["--without-clock"])]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Running(port, home, process, extra or {})
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/tai-khoan/dang-nhap/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within 20 s")


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def get_many(port: int, path: str, cookie: str, *, clients: int, each: int) -> list[float]:
    """Milliseconds of `clients` × `each` GET requests over kept-alive connections; raises on any answer but 200."""
    times: list[float] = []
    faults: list[str] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(each):
            started = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            answer = connection.getresponse()
            answer.read()
            times.append(1000 * (time.perf_counter() - started))
            if answer.status != http.client.OK:
                faults.append(f"{path}: {answer.status}")
                return

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return times

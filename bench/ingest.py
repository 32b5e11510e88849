"""A national day over HTTP: 16 clients hand in reports; durable, checked, judged, audited.

Every request goes through the real stack (rights, checks, lights, events). The client's own CPU time is reported.
"""

from __future__ import annotations

import http.client
import json
import queue
import threading
import time
import uuid

from bench import server

CLIENTS = 16
BUDGET_FOUR_S, BUDGET_SINGLE_S, BUDGET_P95_MS = 45.0, 90.0, 150.0

# Runs inside the server's home: a clerk for the whole scope, a key, and the bodies of the day (last values, one moved).
PREPARE = """
import json, sys
from xanh.kit import clock
from xanh.org import actions as org
from xanh.org.models import Unit
from xanh.people import tokens
from xanh.people.models import User
from xanh.reporting import sheet
from xanh.reporting.actions import rounds
from xanh.reporting.models import Regime
now = clock.now()
user = User.objects.create_user("bench", full_name="Người nhập thử")
org.open_post(person=user, unit=Unit.objects.get(pk="VN"), role="clerk", capacity="thử", starts_on=clock.today(),
              document="thử", by=None, at=now)
_, secret = tokens.issue_token(user=user, name="bench", scopes=["submit", "read"], days=1, by=user, at=now)
of_round = rounds.open_round(regime=Regime.objects.get(pk="NQ57-NGAY"), day=clock.today(), at=now)
bodies = {}
blocks = Unit.objects.filter(level="BLOCK").exclude(commune_code="")
if SMALL:
    blocks = blocks.filter(province_code="00")
for unit in blocks:
    found = sheet.sheet_for(of_round, unit, now=now)
    values = {}
    for row in found.due:
        value = row.value
        if row.indicator.is_computed or value is None:
            continue
        figure = {"note": "Số liệu thử"}
        if row.indicator.kind == "DATE":
            import datetime
            figure["on"] = datetime.date.fromordinal(value.n).isoformat()
        else:
            figure |= {"n": value.n, "d": value.d}
        values[row.indicator.code] = figure
    version = found.version
    bodies.setdefault(unit.commune_code, {})[unit.code] = {"values": values, "provisional": True, "version": version}
print(json.dumps({"token": secret, "period": of_round.period_code, "bodies": bodies}))
"""


def _hand_in(port: int, token: str, work: list[tuple[str, bytes]]) -> tuple[float, float, list[float], list[str]]:
    """Seconds in all, client's CPU seconds, milliseconds of each request, faults."""
    waiting: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    for piece in work:
        waiting.put(piece)
    times: list[float] = []
    faults: list[str] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            try:
                path, body = waiting.get_nowait()
            except queue.Empty:
                return
            headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": uuid.uuid4().hex,
            }
            started = time.perf_counter()
            connection.request("PUT", path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            times.append(1000 * (time.perf_counter() - started))
            if answer.status != http.client.OK:
                faults.append(f"{path}: {answer.status} {content[:300].decode(errors='replace')}")

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    started, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started, time.process_time() - cpu, times, faults


def measure(*, small: bool) -> dict[str, object]:
    """Seconds, rate, p50/p95/max for requests of four blocks and of single blocks; budgets hold for the nation only."""
    found: dict[str, object] = {"scale": "sample province" if small else "nation", "clients": CLIENTS}
    ok = True
    with server.serving(small=small) as running:
        ready = json.loads(running.python(f"SMALL = {small}\n" + PREPARE))
        base = f"/api/v1/submissions/NQ57-NGAY/{ready['period']}/"
        four = [
            (base + commune, json.dumps({"blocks": blocks}).encode()) for commune, blocks in ready["bodies"].items()
        ]
        # The same figures once more, block by block: a second revision of each report (version far ahead: own draft).
        single = [
            (base + unit, json.dumps(body | {"version": 1_000_000}).encode())
            for blocks in ready["bodies"].values()
            for unit, body in blocks.items()
        ]
        for name, pieces, budget in (("four_blocks", four, BUDGET_FOUR_S), ("single", single, BUDGET_SINGLE_S)):
            seconds, cpu, times, faults = _hand_in(running.port, ready["token"], pieces)
            p95 = server.percentile(times, 0.95)
            found |= {
                f"{name}_requests": len(pieces),
                f"{name}_s": seconds,
                f"{name}_per_s": len(pieces) / seconds,
                f"{name}_p50_ms": server.percentile(times, 0.5),
                f"{name}_p95_ms": p95,
                f"{name}_max_ms": max(times),
                f"{name}_faults": len(faults),
                f"{name}_client_cpu_s": cpu,
                f"{name}_budget_s": budget,
            }
            if faults:
                found[f"{name}_first_fault"] = faults[0]
            ok = ok and not faults and p95 <= BUDGET_P95_MS and seconds <= budget
        peer = server.get_many(running.port, "/tai-khoan/dang-nhap/", "", clients=CLIENTS, each=10)
        found["peer_sign_in_p50_ms"] = server.percentile(peer, 0.5)
        found["loaded_resident_mb"] = running.resident_mb()
    found["ok"] = ok
    return found

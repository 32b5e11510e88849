"""How long does a report take, from the figures to the Word file? The peer is the same report's board, read once."""

from __future__ import annotations

import json

from bench import server

BUDGETS_S = {"commune": 1.0, "province": 5.0, "nation": 30.0}
BUDGET_MB = 500
CODE = """
import json, resource, time
from xanh.assessment import queries as boards
from xanh.core.periods import Cadence, period_containing
from xanh.indicators.models import Programme
from xanh.kit import clock
from xanh.org import queries as org
from xanh.org.access import viewer_of
from xanh.org.models import Post, Unit
from xanh.publishing import document, reports, scope
from xanh.publishing.kinds import Template

unit = Unit.objects.get(pk={unit!r})
person = Post.objects.filter(role='leader', unit_id={leader!r}).order_by('id').first().person
now = clock.now()
viewer = viewer_of(person, day=clock.today())
programme = Programme.objects.get(pk='NQ57')
board = {{'COMMUNE': boards.commune_board, 'PROVINCE': boards.commune_lines}}.get(unit.level)
start = time.perf_counter()
board('NQ57', unit, now=now) if board else boards.province_lines('NQ57', now=now)
peer = time.perf_counter() - start
period = period_containing(clock.today(), Cadence.WEEKLY)
start = time.perf_counter()
content = reports.build(scope.scope_of(unit, Template.PARTY, programme, period, now=now), viewer, is_sample=True)
built = time.perf_counter() - start
written = document.report_bytes(content, at=now)
whole = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{'built_s': built, 'whole_s': whole, 'peer_s': peer, 'peak_mb': peak, 'bytes': len(written)}}))
"""


def measure(*, small: bool) -> dict[str, object]:
    """Seconds and peak memory per report; the nation only at full scale."""
    found: dict[str, object] = {"scale": "sample province" if small else "nation"}
    asked = {"commune": ("99001", "99001"), "province": ("00", "00") if small else ("66", "VN")}
    if not small:
        asked["nation"] = ("VN", "VN")
    ok = True
    with server.serving(small=small) as running:
        for name, (unit, leader) in asked.items():
            figures = json.loads(running.python(CODE.format(unit=unit, leader=leader)).splitlines()[-1])
            found |= {f"{name}_{key}": value for key, value in figures.items()}
            found[f"{name}_to_board"] = figures["whole_s"] / figures["peer_s"]
            found[f"{name}_budget_s"] = BUDGETS_S[name]
            ok = ok and figures["whole_s"] <= BUDGETS_S[name] and figures["peak_mb"] <= BUDGET_MB
    found["budget_mb"] = BUDGET_MB
    found["ok"] = ok
    return found

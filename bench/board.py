"""How fast are the boards? p95 at 8 clients; the peer is the sign-in page of the same server."""

from __future__ import annotations

from bench import server

CLIENTS = 8
BUDGETS_MS = {"commune": 40, "province": 80, "nation": 200}


def measure(*, small: bool) -> dict[str, object]:
    """p50 and p95 in ms of each board, the ratio to the sign-in page, memory; budgets hold for the nation only."""
    each = 20 if small else 40
    found: dict[str, object] = {"scale": "sample province" if small else "nation", "clients": CLIENTS}
    with server.serving(small=small) as running:
        found["idle_resident_mb"] = running.resident_mb()
        pages = {
            "commune": ("/bang-dieu-hanh/xa/99001/", running.cookie_of("leader", "99001")),
            "province": (
                f"/bang-dieu-hanh/tinh/{'00' if small else '66'}/",
                running.cookie_of("leader", "00" if small else "VN"),
            ),
            "nation": ("/bang-dieu-hanh/ca-nuoc/", running.cookie_of("leader", "VN")),
        }
        peer = server.get_many(running.port, "/tai-khoan/dang-nhap/", "", clients=CLIENTS, each=each)
        found["peer_sign_in_p95_ms"] = server.percentile(peer, 0.95)
        ok = True
        for name, (path, cookie) in pages.items():
            server.get_many(running.port, path, cookie, clients=1, each=2)
            alone = server.get_many(running.port, path, cookie, clients=1, each=each)
            times = server.get_many(running.port, path, cookie, clients=CLIENTS, each=each)
            found[f"{name}_alone_p50_ms"] = server.percentile(alone, 0.5)
            found[f"{name}_p50_ms"] = server.percentile(times, 0.5)
            found[f"{name}_p95_ms"] = p95 = server.percentile(times, 0.95)
            found[f"{name}_to_peer"] = p95 / server.percentile(peer, 0.95)
            found[f"{name}_budget_ms"] = BUDGETS_MS[name]
            ok = ok and p95 <= BUDGETS_MS[name]
        found["loaded_resident_mb"] = running.resident_mb()
    found["ok"] = ok
    return found

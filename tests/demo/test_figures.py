"""Invented figures keep every hard check, and every soft one that no note explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from tests.demo.conftest import AT
from xanh.core.light import Light, Reason
from xanh.core.periods import Cadence
from xanh.core.rules.checks import Level
from xanh.demo import chance, loader
from xanh.demo.figures import GOOD, MIDDLING, WEAK, Path, Profile, Tier
from xanh.demo.span import Span, span_until
from xanh.indicators import loading
from xanh.reporting import checks, state
from xanh.reporting.cells import Cell
from xanh.reporting.payload import Value


@pytest.fixture
def path(db: None) -> Path:
    loading.load_catalogue()
    return loader.path_on("NQ57", AT.date())


def days_until(at: datetime) -> Span:
    return span_until(at, not_before=date(2026, 1, 1), opens=time(0), closes=time(16))


def breaches_of(profile: Profile, span: Span, path: Path) -> Iterator[tuple[date, checks.Breach]]:
    """Every check that the figures of a commune break without a note, day by day as they would be typed."""
    cells: dict[str, Cell] = {}
    for day in span.every:
        typed: dict[str, Value] = {}
        for code, row in path.indicators.items():
            if not row.is_computed and span.is_typed(Cadence(row.cadence), day):
                entered = profile.figure(code, day)
                typed[code] = Value(entered.n, entered.d, day, note=entered.note, not_applicable=entered.not_applicable)
        standing = {code: cell.value for code, cell in cells.items()} | typed
        others = {code: checks.values_of(path.indicators[code], value) for code, value in standing.items()}
        for code, value in typed.items():
            row = path.indicators[code]
            previous = state.previous_of(value, cells.get(code), row.cadence)
            for breach in checks.breaches(row, value, previous, others):
                if breach.level is Level.HARD or not value.note:
                    yield day, breach
            cells[code] = Cell(code, value, previous, Light.GREY, Reason.NO_TARGET, "", "")


# A Friday in a quarter; days around the end of a quarter and a month; the first days of a year.
@pytest.mark.parametrize(
    "at",
    [
        AT,
        datetime(2026, 10, 3, 9, 30, tzinfo=UTC),
        datetime(2026, 7, 2, 2, 0, tzinfo=UTC),
        datetime(2027, 1, 6, 5, 0, tzinfo=UTC),
        datetime(2026, 1, 9, 5, 0, tzinfo=UTC),
    ],
    ids=["november", "after-a-quarter", "summer", "new-year", "first-days-of-the-regime"],
)
@pytest.mark.parametrize("tier", [GOOD, MIDDLING, WEAK], ids=lambda tier: tier.code)
def test_no_planted_figure_breaks_a_check(path: Path, tier: Tier, at: datetime) -> None:
    span = days_until(at)
    for number in range(3):
        profile = Profile(f"profile {tier.code} {number}", tier, path, turns_from=span.every[0])
        assert [(day, b.code, b.message) for day, b in breaches_of(profile, span, path)] == []


def test_every_communes_figures_of_the_sample_province_keep_the_checks(path: Path) -> None:
    span = days_until(AT)
    for code in ("99001", "99006", "99009", "99020"):
        assert list(breaches_of(loader.sample_profile(code, path, span), span, path)) == []


def test_the_same_seed_gives_the_same_figures(path: Path) -> None:
    span = days_until(AT)
    one, other = (Profile("một xã", GOOD, path, turns_from=span.every[0]) for _ in range(2))
    assert all(
        one.figure(code, span.today) == other.figure(code, span.today) for code in path.indicators if code != "DU-17"
    )


def test_a_running_total_never_falls_within_a_year(path: Path) -> None:
    profile = Profile("một xã", MIDDLING, path, turns_from=date(2026, 11, 1))
    days = [date(2026, month, 28) for month in range(1, 13)]
    for code in ("DU-06", "HD-07", "UB-01", "UB-02", "UB-05", "MT-07", "MT-15"):
        found = [profile.parts(code, day) for day in days]
        assert found == sorted(found, key=lambda parts: (parts[0] or 0, parts[1] or 0))


def test_chance_is_the_same_on_every_machine() -> None:
    # First 8 bytes of BLAKE2b("xã|1"), divided by 2**64: fixed, so that screenshots stay what they are.
    import hashlib

    first = int(hashlib.blake2b("xã|1".encode(), digest_size=8).hexdigest(), 16)
    assert chance.draw("xã", 1) == first / 2**64
    assert chance.whole(3, 3, "any") == 3
    assert chance.weighted([("a", 0.0), ("b", 1.0)], "any") == "b"

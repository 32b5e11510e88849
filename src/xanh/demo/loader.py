"""Loads the sample nation: units, people, documents, a fortnight of reports, closings, lights. All or nothing."""

from __future__ import annotations

import time as stopwatch
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from xanh.assessment.models import UnitVerdict
from xanh.demo import bulk, mode, nation, places, requests, verdicts
from xanh.demo.documents import registering
from xanh.demo.figures import GOOD, MIDDLING, WEAK, Path, Profile, Tier
from xanh.demo.nation import Frozen, Place, Stamping
from xanh.demo.patterns import BlockPattern
from xanh.demo.people import People, appoint_all
from xanh.demo.play import COUNT_FIELDS, BlockPlay, Counts, Played, Snapshot, Stage
from xanh.demo.span import Span, span_until
from xanh.demo.story import BlockDay, Planner
from xanh.demo.tasks import TaskHistory
from xanh.demo.verdicts import ClosedLine
from xanh.events import actions as events
from xanh.events.models import Event
from xanh.indicators import loading as indicator_loading
from xanh.indicators import queries as indicators
from xanh.indicators.models import Indicator
from xanh.lights.models import LightChange
from xanh.org import loading as org_loading
from xanh.org.kinds import Block, Level
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.reporting import loading as regime_loading
from xanh.reporting import queries, state
from xanh.reporting.actions import closings
from xanh.reporting.models import BlockState, ClosedBlock, Closing, Excuse, Regime, Revision, Round, Submission
from xanh.reporting.state import Basis
from xanh.reporting.states import APPROVED_STATES, SENT_STATES

LOADED = "demo.loaded"
REGIME = "NQ57-NGAY"
UNITS_SINCE = date(2025, 7, 1)
# More than twice the blocks of the nation: keys grow with the days, as they would have.
KEYS_A_DAY = 40_000
PEOPLE_BEFORE = timedelta(days=30)
CLOSED_COLUMNS = (
    *("id", "round_id", "unit_id", "commune_code", "province_code", "block", "revision_id", "state", "is_excused"),
    *("green", "amber", "red", "no_data", "not_applicable", "waiting", "light", "reason"),
)
NOT_REPORTED = "UNIT_NOT_REPORTED"
Say = Callable[[str], None]


class AlreadyLoaded(Exception):
    """The sample nation is here."""

    message = "Dữ liệu mẫu đã được nạp trước đó; không nạp lại."

    def __init__(self) -> None:
        super().__init__(self.message)


class RealDataHere(Exception):
    """The installation holds people, reports or closings that this loader has not made."""

    message = (
        "Cơ sở dữ liệu này đã có người dùng hoặc báo cáo thật, hoặc đã chốt số liệu, nên không nạp dữ liệu mẫu, để số "
        "liệu mẫu không lẫn với số liệu thật. Đề nghị đặt XANH_HOME sang một thư mục trống rồi chạy lại."
    )

    def __init__(self) -> None:
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and how long it took."""

    communes: int
    submissions: int
    rounds: int
    seconds: float


@dataclass(slots=True)
class _Work:
    span: Span
    regime: Regime
    people: People
    rounds: dict[date, Round] = field(default_factory=dict)
    played: dict[str, Played] = field(default_factory=dict)
    frozen: dict[date, dict[str, Frozen]] = field(default_factory=lambda: defaultdict(dict))
    log: list[Event] = field(default_factory=list)


def is_loaded() -> bool:
    """Whether this loader has run here."""
    return Event.objects.filter(kind=LOADED).exists()


def load(*, at: datetime, only_sample_province: bool = False, with_documents: bool = True, say: Say = print) -> Loaded:
    """Load the sample nation as it stands at `at`; raises AlreadyLoaded, RealDataHere and writes nothing then."""
    started = stopwatch.monotonic()
    if is_loaded():
        # Should the first load have been cut off behind its last write, the banner is put right now.
        mode.switch_on()
        raise AlreadyLoaded
    if User.objects.exists() or Submission.objects.exists() or Closing.objects.exists():
        raise RealDataHere
    bulk.widen_cache()
    with transaction.atomic():
        loaded = _load(at, only_sample_province=only_sample_province, with_documents=with_documents, say=say)
    mode.switch_on()
    while events.seal(at=at) is not None:
        pass
    bulk.empty_log()
    seconds = stopwatch.monotonic() - started
    return Loaded(loaded.communes, loaded.submissions, loaded.rounds, seconds)


def _load(at: datetime, *, only_sample_province: bool, with_documents: bool, say: Say) -> Loaded:
    _load_catalogues(only_sample_province=only_sample_province)
    regime = Regime.objects.select_related("scope").get(pk=REGIME)
    span = span_until(at, not_before=regime.valid_from, opens=regime.opens_at, closes=regime.closes_at)
    begins = span.starts_at - PEOPLE_BEFORE
    people = appoint_all(starts_on=begins.date(), at=begins)
    say(f"Tỉnh Mẫu: {len(places.commune_codes())} xã, phường, đặc khu; {User.objects.count()} người dùng mẫu.")
    if with_documents:
        _load_documents(span, people, say)
    work = _Work(span, regime, people)
    _open_rounds(work)
    path = path_on(regime.programme_id, span.today)
    _play_sample(work, path)
    stamping = None if only_sample_province else _stamping(work, path)
    say("Đã dựng số liệu mẫu của các đơn vị.")
    for day in span.every:
        _store_day(work, day, stamping)
        say(f"Đã nạp kỳ {work.rounds[day].period_code}.")
    _store_states(work, stamping)
    requests.ask_today(
        span=span,
        of_round=work.rounds[span.today],
        people=people.blocks[requests.UNIT],
        profile=sample_profile(places.FIRST_COMMUNE, path, span),
    )
    Event.objects.bulk_create(sorted(work.log, key=lambda event: event.at), batch_size=500)
    bulk.settle_sequences([Submission, Revision, BlockState, ClosedBlock, UnitVerdict])
    communes = Unit.objects.filter(level=Level.COMMUNE)
    communes = communes.filter(is_sample=True) if only_sample_province else communes
    loaded = Loaded(communes.count(), Submission.objects.count(), len(work.rounds), 0)
    facts = {"communes": loaded.communes, "submissions": loaded.submissions, "rounds": loaded.rounds}
    events.record(kind=LOADED, subject=("demo", places.PROVINCE), by=None, at=at, facts=facts)
    return loaded


def _load_catalogues(*, only_sample_province: bool) -> None:
    if not only_sample_province:
        org_loading.load_catalogue()
    org_loading.load_territories(places.territories(), valid_from=UNITS_SINCE)
    indicator_loading.load_catalogue()
    regime_loading.load_catalogue()


def _load_documents(span: Span, people: People, say: Say) -> None:
    loaded = registering.load(span=span, people=people)
    say(f"Văn bản mẫu: {loaded.directives} văn bản, {loaded.tasks} nhiệm vụ.")


def path_on(programme_code: str, day: date) -> Path:
    """Indicators and inherited targets in force on a day."""
    rows = indicators.indicators_on(programme_code, day)
    book = indicators.target_book(day)
    return Path({row.code: row for row in rows}, {row.code: book.milestone(row) for row in rows})


def rows_by_block(path: Path) -> dict[str, list[Indicator]]:
    """The indicators of each block, in the order of their set."""
    return {block: [row for row in path.indicators.values() if row.block == block] for block in Block.values}


def _open_rounds(work: _Work) -> None:
    """The rounds of all days as the clock opens them: at their first instant."""
    span = work.span
    for day in span.every:
        of_round, is_new = Round.objects.update_or_create(
            regime=work.regime,
            period_code=day.isoformat(),
            defaults={
                "period_start": day,
                "period_end": day,
                "opens_at": span.opens_at(day),
                "closes_at": span.closes_at(day),
                "closed_at": span.closes_at(day) if day in span.closed else None,
            },
        )
        work.rounds[day] = of_round
        if not is_new:
            # The clock of an installation that nobody uses yet has opened it and said so.
            continue
        facts = {"regime": work.regime.code, "period": of_round.period_code}
        subject = ("round", of_round.pk)
        work.log.append(events.build(kind="round.opened", subject=subject, by=None, at=of_round.opens_at, facts=facts))


def keys_of(span: Span) -> Callable[[date], int]:
    """Gives out keys of submissions and revisions that grow with the days."""
    counters = {day: count(1 + number * KEYS_A_DAY) for number, day in enumerate(span.every)}
    return lambda day: next(counters[day])


def sample_tier(commune_code: str) -> Tier:
    """How well a commune of Tỉnh Mẫu does: some green, some amber, some red, and always the same ones."""
    tiers = (GOOD, GOOD, MIDDLING, GOOD, MIDDLING, WEAK, GOOD, MIDDLING, GOOD, WEAK)
    return tiers[int(commune_code) % len(tiers)]


def sample_profile(commune_code: str, path: Path, span: Span) -> Profile:
    """The figures of a commune of Tỉnh Mẫu."""
    return Profile(f"commune {commune_code}", sample_tier(commune_code), path, turns_from=span.every[0])


def stories(span: Span, people: People, path: Path) -> dict[str, list[BlockDay]]:
    """The whole story of Tỉnh Mẫu by block."""
    planner = Planner(span, rows_by_block(path))
    office = people.province.consolidators[0] if people.province else None
    found = {}
    for commune in places.commune_codes():
        profile = sample_profile(commune, path, span)
        for unit in Unit.objects.blocks_of(commune):
            assert office is not None  # noqa: S101  appoint_all always names the province's people
            found[unit.code] = planner.plan(unit, profile, people.blocks[unit.code], office)
    return found


def _basis(programme_code: str) -> Callable[[str, date], Basis]:
    return cache(lambda block, day: state.basis_for(programme_code, block, day))


def _play_sample(work: _Work, path: Path) -> None:
    tasks = TaskHistory()
    stage = Stage(
        programme_code=work.regime.programme_id,
        rounds=work.rounds,
        basis=_basis(work.regime.programme_id),
        next_key=keys_of(work.span),
        task_counts=tasks.done_and_due,
        overdue=tasks.overdue,
    )
    for code, days in stories(work.span, work.people, path).items():
        played = BlockPlay(days[0].unit, work.people.blocks[code], stage).play(days)
        work.played[code] = played
        work.log += played.events
    for day in work.span.closed:
        for code, played in work.played.items():
            frozen = _frozen_of(played, work.rounds[day])
            if frozen is not None:
                work.frozen[day][code] = frozen


def _frozen_of(played: Played, of_round: Round) -> Frozen | None:
    snapshot = played.at(of_round.closes_at)
    if snapshot is None:
        return None
    at = of_round.closes_at
    said = [row for row in played.revisions if row.submission.round_id == of_round.pk and row.submitted_at <= at]
    if not said:
        return Frozen(None, "", "", snapshot)
    return Frozen(said[-1].pk, said[-1].sha256, played.state_at(said[-1], of_round.closes_at), snapshot)


def _stamping(work: _Work, path: Path) -> Stamping:
    typist, approver = work.people.typist, work.people.approver
    assert typist is not None  # noqa: S101  appoint_all names both
    assert approver is not None  # noqa: S101
    basis = _basis(work.regime.programme_id)

    @cache
    def profile(number: int) -> Profile:
        return Profile(f"profile {number}", nation.tier_of(number), path, turns_from=work.span.every[0])

    @cache
    def pattern(number: int, block: str) -> BlockPattern:
        return BlockPattern(Unit(block=block), profile(number), work.span, basis=basis, typist=typist)

    numbers = {
        commune.code: nation.profile_of(commune)
        for commune in Unit.objects.filter(level=Level.COMMUNE, is_sample=False).only("code", "province_code")
    }
    blocks = Unit.objects.filter(level=Level.BLOCK, is_sample=False).exclude(commune_code="")
    # Long reports pair with middling ones and short with short: SQLite's pages are filled a quarter better.
    paired = sorted(blocks, key=lambda unit: (unit.block in (Block.PARTY, Block.COUNCIL), unit.official_order))
    owing = [Place(unit, pattern(numbers[unit.commune_code], unit.block)) for unit in paired]
    return Stamping(work.span, owing, typist=typist, approver=approver, next_key=keys_of_nation(work.span))


def keys_of_nation(span: Span) -> Callable[[date], int]:
    """The same for the real units, behind the keys of the sample province of each day."""
    counters = {day: count(1_001 + number * KEYS_A_DAY) for number, day in enumerate(span.every)}
    return lambda day: next(counters[day])


def _store_day(work: _Work, day: date, stamping: Stamping | None) -> None:
    of_round = work.rounds[day]
    played = work.played.values()
    Submission.objects.bulk_create([row for p in played for row in p.submissions if row.round_id == of_round.pk])
    Revision.objects.bulk_create(
        [row for p in played for row in p.revisions if row.submission.round_id == of_round.pk], batch_size=500
    )
    Excuse.objects.bulk_create([row for p in played for row in p.excuses if row.round_id == of_round.pk])
    if stamping is not None:
        stamped = stamping.stamp(of_round)
        if day in work.span.closed:
            work.frozen[day].update(stamped)
    if day in work.span.closed:
        _close(work, of_round)
        del work.frozen[day]


def _close(work: _Work, of_round: Round) -> None:
    """What `assessment.close` leaves, from what is known here anyway."""
    at, day = of_round.closes_at, of_round.period_end
    excused = {row.unit_id for p in work.played.values() for row in p.excuses if row.round_id == of_round.pk}
    nothing = {
        block: Frozen(None, "", "", Snapshot(at, (0, 0, 0, total, 0, 0), "GREY", NOT_REPORTED))
        for block, total in queries.indicator_counts(work.regime.programme_id, day).items()
    }
    keys, known = count(_next_key(ClosedBlock)), work.frozen[day]
    owing = queries.owing_units(work.regime, day)
    rows: list[tuple[Any, ...]] = []
    hashed: list[str] = []
    lines: list[ClosedLine] = []
    for code, commune, province, block in owing.values_list("code", "commune_code", "province_code", "block"):
        held = known.get(code) or nothing[block]
        shot, is_excused = held.snapshot, code in excused
        place = (next(keys), of_round.pk, code, commune, province, block)
        rows.append((*place, held.revision, held.state, is_excused, *shot.counts, shot.light, shot.reason))
        hashed.append(code + _rest_of_line(held.sha256, held.state, shot.light, shot.counts))
        lines.append(ClosedLine(commune, province, held.state, is_excused, shot.counts))
    bulk.insert(ClosedBlock, CLOSED_COLUMNS, rows)
    closing = Closing.objects.create(
        round=of_round,
        at=at,
        sha256=closings.digest_of(sorted(hashed, key=lambda line: line.split("|", 1)[0])),
        expected=sum(not line.is_excused for line in lines),
        sent=sum(line.state in SENT_STATES for line in lines),
        approved=sum(line.state in APPROVED_STATES for line in lines),
    )
    verdicts.store(of_round, lines, at=at, first_key=_next_key(UnitVerdict))
    work.log.append(_closed_event(work, of_round, closing))


def _closed_event(work: _Work, of_round: Round, closing: Closing) -> Event:
    facts = {
        "period": of_round.period_code,
        "sha256": closing.sha256,
        "expected": closing.expected,
        "sent": closing.sent,
    }
    subject = ("round", of_round.pk)
    scope = work.regime.scope_id
    return events.build(kind="round.closed", subject=subject, by=None, at=closing.at, unit_code=scope, facts=facts)


def _next_key(model: type[Model]) -> int:
    last = model._default_manager.aggregate(last=Max("pk"))["last"]  # noqa: SLF001  Django's documented name
    return int(last or 0) + 1


@cache
def _rest_of_line(sha256: str, state_code: str, light: str, counts: Counts) -> str:
    """A block's line under the hash of a closing behind the unit's code: the same for all blocks of a pattern."""
    named = dict(zip(COUNT_FIELDS, counts, strict=True))
    return closings.line_of(ClosedBlock(unit_id="", state=state_code, light=light, **named), sha256)


def _store_states(work: _Work, stamping: Stamping | None) -> None:
    BlockState.objects.bulk_create([p.state for p in work.played.values() if p.state is not None], batch_size=100)
    turns = sorted(((at, turn) for p in work.played.values() for at, turn in p.turns), key=lambda pair: pair[0])
    LightChange.objects.bulk_create(
        [
            LightChange(
                subject=turn.subject,
                unit_code=turn.unit_code,
                old=turn.old,
                new=turn.verdict.light.value,
                reason=turn.verdict.reason.value,
                text=turn.verdict.text[:400],
                at=at,
            )
            for at, turn in turns
        ],
        batch_size=1000,
    )
    if stamping is not None:
        stamping.store_states(work.regime.programme_id, count(_next_key(BlockState)))

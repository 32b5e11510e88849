"""Invented figures of one commune. They keep the hard checks and the references between rows by construction: a
numerator is a share of its denominator, running totals follow the day of the year, shared denominators are one number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xanh.core import measures
from xanh.core.light import Light
from xanh.core.measures import Kind, Milestone
from xanh.core.periods import Cadence
from xanh.demo import chance
from xanh.demo.span import last_due
from xanh.indicators.kinds import Accumulation
from xanh.indicators.models import Indicator
from xanh.reporting.actions.drafts import Entered

DAYS_OF_YEAR = 365


@dataclass(frozen=True, slots=True)
class Level:
    """A number that stands still: a share of one of the commune's sizes."""

    of: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Running:
    """A total since 1 January: so many a year, per 10,000 people where `by_size`, beginning with `first`."""

    a_year: float
    by_size: bool = True
    first: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    """The numerator or denominator of another row on the same day, or a share of it."""

    code: str
    part: str
    share: float = 1.0


Denominator = Level | Running | Same

DENOMINATORS: dict[str, Denominator] = {
    "DU-01": Level("members"),
    "DU-02": Same("DU-01", "n"),
    "DU-03": Level("members"),
    "DU-04": Level("members", 0.97),
    "DU-05": Level("branches"),
    "DU-06": Running(2600),
    "DU-07": Running(900),
    "DU-08": Level("party_bodies"),
    "DU-09": Level("archive"),
    "DU-10": Level("branches"),
    "DU-14": Same("DU-13", "n"),
    "DU-15": Level("members"),
    "DU-16": Level("inspections"),
    "DU-18": Running(60),
    "HD-01": Running(5, by_size=False, first=1),
    "HD-02": Level("deputies"),
    "HD-03": Level("deputies"),
    "HD-04": Running(160, by_size=False, first=4),
    "HD-05": Running(14, by_size=False, first=1),
    "HD-06": Running(90),
    "HD-07": Same("HD-06", "d", 0.9),
    "HD-08": Running(16, by_size=False, first=1),
    "HD-09": Running(24, by_size=False, first=1),
    "HD-10": Running(420),
    "HD-11": Running(880),
    "HD-12": Level("council_posts"),
    "HD-13": Level("deputies"),
    "HD-16": Level("council_files"),
    "HD-17": Level("deputies"),
    "UB-01": Running(5200, first=12),
    "UB-02": Same("UB-01", "d", 0.85),
    "UB-03": Running(5000, first=10),
    "UB-05": Same("UB-03", "d", 0.95),
    "UB-06": Running(2400, first=8),
    "UB-07": Same("UB-03", "d"),
    "UB-08": Running(1300),
    "UB-09": Level("procedures"),
    "UB-10": Running(70),
    "UB-11": Running(700, first=40),
    "UB-13": Running(3900, first=6),
    "UB-14": Running(7600, first=9),
    "UB-15": Running(2100, first=5),
    "UB-16": Level("offices"),
    "UB-17": Level("officials", 0.9),
    "UB-18": Level("officials"),
    "UB-19": Level("offices"),
    "UB-20": Level("hamlets"),
    "UB-21": Level("hamlets"),
    "UB-22": Level("people"),
    "UB-24": Level("service_posts"),
    "UB-26": Level("officials"),
    "UB-27": Level("hamlets"),
    "UB-28": Level("adults"),
    "UB-29": Level("adults"),
    "UB-30": Level("adults", 1.06),
    "UB-31": Level("people", 0.04),
    "UB-32": Level("schools"),
    "UB-33": Level("systems"),
    "MT-02": Level("women"),
    "MT-03": Level("farmers"),
    "MT-04": Level("veterans"),
    "MT-05": Level("youth"),
    "MT-06": Level("fronts"),
    "MT-07": Running(52, by_size=False),
    "MT-08": Level("hamlets"),
    "MT-09": Running(45),
    "MT-10": Level("front_staff"),
    "MT-14": Level("hamlets"),
    "MT-15": Running(340),
    "MT-16": Running(620),
    "MT-17": Level("front_staff", 0.8),
    "MT-18": Level("front_staff"),
    "MT-19": Running(13, by_size=False, first=1),
    "MT-20": Level("hamlets"),
    "MT-21": Level("all_members"),
    "MT-22": Level("all_members"),
}
# All members together are those of the four bodies and the trade union's: MT-01 is never below the sum of the four.
FOUR_BODIES = ("MT-02", "MT-03", "MT-04", "MT-05")
# Numerators that another row's numerator bounds.
BOUNDED = {"UB-02": "UB-01", "UB-29": "UB-28"}
# What a commune may truly not have; no other row refers to these.
MAY_NOT_APPLY = {
    "UB-33": "Đơn vị không quản lý hệ thống thông tin riêng; dùng chung hệ thống của tỉnh.",
    "UB-19": "Các cơ quan cùng trụ sở, dùng chung một đường truyền.",
    "UB-32": "Cơ sở giáo dục trên địa bàn do cấp trên quản lý.",
    "HD-08": "Trong năm chưa đến lịch tiếp xúc cử tri.",
    "HD-16": "Không có hồ sơ kỳ họp thuộc kế hoạch số hóa.",
    "DU-16": "Chương trình năm không có nội dung này.",
    "MT-17": "Chưa có người thuộc diện cấp.",
}
# What may not have happened yet: numerator and denominator 0 make a grey light.
MAY_BE_NONE = ("UB-10", "MT-09", "DU-18", "HD-06", "HD-09")
# Where all that is asked for is "none at all".
NONE_AT_ALL = ("UB-04", "UB-34")

# A score that jumps needs a note, so it keeps its level.
STEADY = ("UB-12",)

_BASE = 10_000
_LATEST_TURN = 14


@dataclass(frozen=True, slots=True)
class Tier:
    """How well a commune does: shares of green and amber among its figures; the rest is red."""

    code: str
    green: float
    amber: float


GOOD = Tier("good", 0.90, 0.07)
MIDDLING = Tier("middling", 0.47, 0.35)
WEAK = Tier("weak", 0.24, 0.36)


@dataclass(frozen=True, slots=True)
class Path:
    """What the figures are held against: indicators and their targets."""

    indicators: Mapping[str, Indicator]
    milestones: Mapping[str, Milestone | None]


def _sizes(seed: str) -> dict[str, int]:
    people = chance.whole(4_000, 32_000, seed, "people")
    hamlets = chance.whole(6, 24, seed, "hamlets")
    sizes = {
        "people": people,
        "adults": round(people * 0.72),
        "hamlets": hamlets,
        "members": round(people * chance.between(0.025, 0.05, seed, "members")),
        "branches": hamlets + chance.whole(8, 16, seed, "branches"),
        "party_bodies": 3,
        "archive": chance.whole(300, 2_000, seed, "archive"),
        "inspections": chance.whole(3, 8, seed, "inspections"),
        "deputies": chance.whole(20, 34, seed, "deputies"),
        "council_posts": chance.whole(5, 8, seed, "council_posts"),
        "council_files": chance.whole(20, 60, seed, "council_files"),
        "procedures": chance.whole(330, 390, seed, "procedures"),
        "offices": chance.whole(5, 9, seed, "offices"),
        "officials": chance.whole(38, 72, seed, "officials"),
        "service_posts": chance.whole(6, 12, seed, "service_posts"),
        "schools": chance.whole(4, 14, seed, "schools"),
        "systems": chance.whole(1, 3, seed, "systems"),
        "women": round(people * 0.16),
        "farmers": round(people * 0.12),
        "veterans": round(people * 0.03),
        "youth": round(people * 0.04),
        "union": round(people * 0.02),
        "fronts": 6,
        "front_staff": chance.whole(9, 16, seed, "front_staff"),
    }
    sizes["all_members"] = sum(sizes[body] for body in ("women", "farmers", "veterans", "youth", "union"))
    return sizes


class Profile:
    """The figures of one commune, the same for the same seed; `figure` is what its clerk types."""

    def __init__(self, seed: str, tier: Tier, path: Path, *, turns_from: date) -> None:
        self.seed, self.tier, self.path, self._turns_from = seed, tier, path, turns_from
        self._sizes = _sizes(seed)
        self._known: dict[tuple[str, date], tuple[int | None, int | None]] = {}

    def figure(self, code: str, on: date) -> Entered:
        """The figure of an indicator on the day it speaks of, scaled as in a revision."""
        if self._does_not_apply(code):
            return Entered(None, None, note=MAY_NOT_APPLY[code], not_applicable=True)
        n, d = self.parts(code, on)
        note = "Đã xử lý trong ngày, đã báo cáo cơ quan chuyên trách." if code == "UB-34" and n else ""
        return Entered(n, d, is_estimate=code == "UB-28" and self._chance(code, "estimate") < 1 / 4, note=note)

    def parts(self, code: str, on: date) -> tuple[int | None, int | None]:
        """Numerator and denominator (None where the kind has none)."""
        key = (code, on)
        if key not in self._known:
            self._known[key] = self._parts(code, on)
        return self._known[key]

    def wanted_light(self, code: str, on: date) -> Light:
        """The light that the figure is made for; small denominators may give a worse one."""
        ladder = (Light.RED, Light.AMBER, Light.GREEN)
        lot = self._chance(code, "light")
        place = 2 if lot < self.tier.green else 1 if lot < self.tier.green + self.tier.amber else 0
        # Some frequent figures get better on one day of the fortnight, so that lights turn.
        turn = self._chance(code, "turn") * _LATEST_TURN * 8
        often = code not in STEADY and self.path.indicators[code].cadence in (Cadence.DAILY, Cadence.WEEKLY)
        if often and turn < _LATEST_TURN and (on - self._turns_from).days >= turn and place < len(ladder) - 1:
            place += 1
        return ladder[place]

    def _chance(self, *words: object) -> float:
        return chance.draw(self.seed, *words)

    def _does_not_apply(self, code: str) -> bool:
        return code in MAY_NOT_APPLY and self._chance(code, "na") < 1 / 3

    def _parts(self, code: str, on: date) -> tuple[int | None, int | None]:
        if code == "MT-01":
            bodies = [self.parts(each, on) for each in FOUR_BODIES]
            share = sum(n or 0 for n, _ in bodies) / max(1, sum(d or 0 for _, d in bodies))
            union = self._sizes["union"]
            n = sum(n or 0 for n, _ in bodies) + math.floor(union * share)
            return n, sum(d or 0 for _, d in bodies) + union
        row = self.path.indicators[code]
        match Kind(row.kind):
            case Kind.RATIO:
                d = self._denominator(code, on)
                n = min(self._towards(code, on, d), d)
                if code in BOUNDED:
                    n = min(n, self._bound(BOUNDED[code], on))
                return n, d
            case Kind.YES_NO:
                return int(self.wanted_light(code, on) is Light.GREEN), None
            case Kind.DATE:
                return self._dated(code, on), None
            case Kind.SCORE:
                return min(self._towards(code, on, None), 100 * 10**row.scale), None
            case Kind.COUNT:
                return self._count(code, on), None

    def _bound(self, code: str, on: date) -> int:
        """The other row's numerator as it stands on a day: of its last due day, where it is reported more rarely."""
        due = last_due(Cadence(self.path.indicators[code].cadence), on)
        return self.parts(code, due or on)[0] or 0

    def _denominator(self, code: str, on: date) -> int:
        if code in MAY_BE_NONE and self._chance(code, "none") < 1 / 3:
            return 0
        match DENOMINATORS[code]:
            case Level(of=of, share=share):
                return max(1, math.floor(self._sizes[of] * share))
            case Same(code=other, part=part, share=share):
                n, d = self.parts(other, on)
                return math.floor(((n if part == "n" else d) or 0) * share)
            case Running(a_year=a_year, by_size=by_size, first=first):
                size = self._sizes["people"] / _BASE if by_size else 1
                return first + math.floor(a_year * size * _elapsed(on) / DAYS_OF_YEAR)

    def _towards(self, code: str, on: date, d: int | None) -> int:
        """A numerator (or score) near what is expected on a day, on the side that the wanted light asks for."""
        milestone = self.path.milestones[code]
        expected = measures.expected_on(milestone, on) if milestone else None
        whole = Fraction(d if d is not None else 10 ** self.path.indicators[code].scale * 100)
        if expected is None:
            return math.floor(whole * Fraction(round(self._chance(code, "free") * 40 + 55), 100))
        goal = whole * expected / 100
        light = self.wanted_light(code, on)
        if light is Light.GREEN:
            return math.ceil(goal * self._factor(code, 100, 112))
        if light is Light.AMBER:
            near = math.floor(goal * self._factor(code, 92, 98))
            return max(near, min(math.ceil(goal * Fraction(9, 10)), math.ceil(goal) - 1))
        return math.floor(goal * self._factor(code, 58, 86))

    def _factor(self, code: str, low: int, high: int) -> Fraction:
        return Fraction(round(chance.between(low * 10, high * 10, self.seed, code, "factor")), 1000)

    def _count(self, code: str, on: date) -> int:
        light = self.wanted_light(code, on)
        if code in NONE_AT_ALL:
            if light is Light.GREEN or (code == "UB-34" and self._chance(code, "incident") > 1 / 10):
                return 0
            return chance.whole(1, 9, self.seed, code)
        if code == "MT-11":
            return chance.whole(80, 900, self.seed, code, on)
        if self.path.indicators[code].accumulation == Accumulation.CUMULATIVE_YEAR:
            a_year = {"DU-13": 4}.get(code, 2)
            pace = {Light.GREEN: Fraction(5, 4), Light.AMBER: Fraction(4, 5), Light.RED: Fraction(1, 2)}[light]
            return math.floor(a_year * pace * _elapsed(on) / DAYS_OF_YEAR)
        return 0

    def _dated(self, code: str, on: date) -> int:
        """The day number of an act that was due on the milestone; 0 while it has not been done."""
        milestone = self.path.milestones[code]
        light = self.wanted_light(code, on)
        if milestone is None or light is Light.RED:
            return 0
        late = chance.whole(1, 20, self.seed, code, "late")
        done = milestone.on.toordinal() + (late if light is Light.AMBER else -late)
        return done if done <= on.toordinal() else 0


def _elapsed(on: date) -> int:
    """Days of the year up to and including a day."""
    return on.timetuple().tm_yday

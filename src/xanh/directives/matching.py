"""From a body as printed ("UBND các xã, phường") to a unit, a group, or a body of the catalogue not yet made.

A wrong match is worse than none: only names that agree with their diacritics, inside the issuer's own territory, are
taken by themselves; everything else is a suggestion with its score, and a person chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from xanh.core import text
from xanh.org import actions as org_actions
from xanh.org import bodies, queries
from xanh.org.kinds import Level
from xanh.org.models import Unit, UnitGroup
from xanh.people.models import User

CERTAIN = 0.95
SUGGESTED = 0.5
# Abbreviations that every office uses, written out before names are compared.
LONG_FORMS = (
    ("ubmttq", "ủy ban mặt trận tổ quốc"),
    ("mttq", "mặt trận tổ quốc"),
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("ubkt", "ủy ban kiểm tra"),
    ("bcđ", "ban chỉ đạo"),
    ("kh&cn", "khoa học và công nghệ"),
    ("lhpn", "liên hiệp phụ nữ"),
)
POLITE = re.compile(r"^(?:đề nghị|giao|yêu cầu|đồng chí|các đồng chí)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One meaning of a printed name. `ref` is "unit:CODE", "group:CODE" or "body:OWNER/BODY" (made when first used)."""

    ref: str
    label: str
    score: float

    @property
    def certain(self) -> bool:
        """Whether the match may stand without a person's choice."""
        return self.score >= CERTAIN

    @property
    def percent(self) -> int:
        """The score for the screen."""
        return round(100 * self.score)


class RefUnknown(Exception):
    """A reference that names no unit, group or body of this document's territory."""


def plain(written: str) -> str:
    """A printed name in one spelling: white space, tone marks, small letters, abbreviations written out."""
    words = text.same_tone_place(" ".join(text.nfc(written).split())).casefold().strip(" .,;:*")
    words = POLITE.sub("", words)
    for short, long in LONG_FORMS:
        words = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", text.same_tone_place(long), words)
    return words


def suggest(written: str, *, owner: Unit, limit: int = 5) -> list[Suggestion]:
    """What a printed name may mean inside the owner's province (or commune), best first, one entry per unit."""
    wanted = plain(written)
    if not wanted:
        return []
    found = [*_groups(wanted, owner), *_bodies(wanted, owner), *_blocks(wanted, owner), *_units(written, wanted, owner)]
    best: dict[str, Suggestion] = {}
    for suggestion in sorted(found, key=lambda each: -each.score):
        best.setdefault(_meaning(suggestion.ref), suggestion)
    top = [each for each in best.values() if each.score >= SUGGESTED][:limit]
    certain = [each for each in top if each.certain]
    if len(certain) > 1:
        # Two equally good readings: neither is taken without a person.
        return [Suggestion(each.ref, each.label, min(each.score, CERTAIN - 0.01)) for each in top]
    return top


def _meaning(ref: str) -> str:
    """The same for a catalogue body and for the unit made of it: they are one office, not two readings."""
    kind, _, code = ref.partition(":")
    return f"unit:{code.replace('/', '-')}" if kind == "body" else ref


def certain_ref(written: str, *, owner: Unit) -> str:
    """The one reference that needs no choice, else ""."""
    return next((each.ref for each in suggest(written, owner=owner) if each.certain), "")


def _score(wanted: str, name: str) -> float:
    known = plain(name)
    if wanted == known:
        return 1.0
    if text.fold(wanted) == text.fold(known):
        return 0.7
    return 0.0


def _groups(wanted: str, owner: Unit) -> list[Suggestion]:
    found = []
    for group in queries.groups_of(owner.code):
        score = max(_score(wanted, name) for name in (group.name, *group.aliases))
        found.append(Suggestion(f"group:{group.code}", group.name, score))
    return found


def _bodies(wanted: str, owner: Unit) -> list[Suggestion]:
    """Bodies of the owner's own level; "Văn phòng Tỉnh ủy" needs no name of the province in its own document."""
    found = []
    for body in bodies.bodies(owner.level):
        names = [bodies.fill(name, kind=owner.kind, short=owner.short_name) for name in (body.name, *body.aliases)]
        full = [f"{name} {bodies.label_of(owner)}" for name in names]
        score = max(_score(wanted, name) for name in (*names, *full))
        found.append(Suggestion(f"body:{owner.code}/{body.code}", names[0], score))
    return found


def _blocks(wanted: str, owner: Unit) -> list[Suggestion]:
    """The owner's own four blocks, also without the place name: "UBND tỉnh" in a document of the province."""
    found = []
    for block in bodies.blocks():
        template = block.province if owner.level == Level.PROVINCE else block.commune
        name = bodies.fill(template, kind=owner.kind, short=owner.short_name)
        short = bodies.fill(template, kind=owner.kind, short="").strip()
        score = max(_score(wanted, name), _score(wanted, short))
        found.append(Suggestion(f"unit:{owner.code}-{block.suffix}", name, score))
    return found


def _units(written: str, wanted: str, owner: Unit) -> list[Suggestion]:
    matches = [
        match
        for spelling in dict.fromkeys((written, wanted))
        for match in queries.find_units(spelling, province_code=owner.province_code, limit=8)
    ]
    return [Suggestion(f"unit:{match.unit.code}", match.unit.name, match.score) for match in matches]


def label_of(ref: str) -> str:
    """The name that a reference stands for; raises RefUnknown."""
    kind, _, code = ref.partition(":")
    if kind == "group":
        return _group(code).name
    if kind == "body":
        owner, template = _body(code)
        return bodies.fill(template.name, kind=owner.kind, short=owner.short_name)
    return _unit(ref, code).name


def check_ref(ref: str, *, owner: Unit) -> str:
    """The reference itself when it lies in the owner's territory; raises RefUnknown otherwise."""
    kind, _, code = ref.partition(":")
    if kind == "group":
        inside = _group(code).scope_id == owner.code
    elif kind == "body":
        inside = _body(code)[0].code == owner.code
    else:
        unit = _unit(ref, code)
        inside = unit.commune_code == owner.code if owner.level == Level.COMMUNE else _in_province(unit, owner)
    if not inside:
        raise RefUnknown(ref)
    return ref


def _in_province(unit: Unit, owner: Unit) -> bool:
    return owner.level == Level.NATION or unit.province_code == owner.province_code


def units_of(ref: str, *, day: date) -> list[Unit]:
    """The units that a reference means on the day of issue: one, or a group's roster. A body may not exist yet."""
    kind, _, code = ref.partition(":")
    if kind == "group":
        return list(queries.roster(_group(code).code, day=day))
    if kind == "body":
        owner, template = _body(code)
        return list(queries.units([f"{owner.code}-{template.code}"]).values())
    return [_unit(ref, code)]


def unit_codes_of(ref: str, *, day: date) -> list[str]:
    """The same as codes; a body that is not made yet counts under the code it will have."""
    kind, _, code = ref.partition(":")
    if kind == "body":
        return [code.replace("/", "-")]
    return [unit.code for unit in units_of(ref, day=day)]


def make_units(ref: str, *, day: date, by: User, at: datetime) -> list[Unit]:
    """The same, with a catalogue body made when it is used for the first time; raises RefUnknown."""
    kind, _, code = ref.partition(":")
    if kind == "body":
        owner, template = _body(code)
        return [org_actions.ensure_body(owner=owner, body_code=template.code, by=by, at=at)]
    return units_of(ref, day=day)


def _group(code: str) -> UnitGroup:
    group = UnitGroup.objects.filter(pk=code).first()
    if group is None:
        raise RefUnknown(f"group:{code}")
    return group


def _unit(ref: str, code: str) -> Unit:
    if not ref.startswith("unit:"):
        raise RefUnknown(ref)
    try:
        return queries.unit(code)
    except queries.UnitUnknown as error:
        raise RefUnknown(ref) from error


def _body(code: str) -> tuple[Unit, bodies.BodyTemplate]:
    owner_code, _, body_code = code.partition("/")
    owner = queries.units([owner_code]).get(owner_code)
    templates = bodies.bodies(owner.level) if owner else ()
    template = next((each for each in templates if each.code == body_code), None)
    if owner is None or template is None:
        raise RefUnknown(f"body:{code}")
    return owner, template

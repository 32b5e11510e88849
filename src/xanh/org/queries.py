"""Reads about units, groups and people: look-up by name, rosters, who may approve."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from xanh.core import text
from xanh.org import access, bodies
from xanh.org.kinds import Block, Level
from xanh.org.models import Delegation, GroupMember, Post, Unit, UnitGroup, UnitName
from xanh.people.models import User
from xanh.people.roles import Act


class UnitUnknown(Exception):
    """No unit has this code."""


def place_label(shown: Unit) -> str:
    """A unit with where it lies: "Xã Tân Mẫu, tỉnh Mẫu", "Văn phòng Đảng ủy, xã Tân Mẫu"; others by their name."""
    label = bodies.label_of(shown)
    if shown.level == Level.COMMUNE:
        label = f"{label}, {bodies.label_of(unit(shown.province_code))}"
    elif shown.level == Level.BODY and shown.commune_code:
        label = f"{label}, {bodies.label_of(unit(shown.commune_code))}"
    return label[:1].upper() + label[1:]


def unit(code: str) -> Unit:
    """The unit with a code; raises UnitUnknown."""
    found = Unit.objects.filter(pk=code).first()
    if found is None:
        raise UnitUnknown(code)
    return found


def units(codes: list[str]) -> dict[str, Unit]:
    """Units by code; unknown codes are left out."""
    return Unit.objects.in_bulk(codes)


def provinces() -> QuerySet[Unit]:
    """All provinces in official order, sample ones last."""
    return Unit.objects.filter(level=Level.PROVINCE).order_by("is_sample", "official_order")


def communes_of(province_code: str, *, day: date) -> QuerySet[Unit]:
    """Communes of a province that exist on a day, in official order."""
    return Unit.objects.communes_of(province_code).standing_on(day)


def blocks_of(commune_code: str) -> QuerySet[Unit]:
    """The blocks that a commune has (a small special zone has no council)."""
    return Unit.objects.blocks_of(commune_code)


def name_on(unit_code: str, day: date) -> UnitName | None:
    """Name and kind of a unit on a day."""
    dated = UnitName.objects.filter(unit_id=unit_code, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )
    return dated.order_by("-valid_from").first()


def names_of(unit_code: str) -> QuerySet[UnitName]:
    """Every name and kind that a unit had, oldest first; `note` says where sources disagree."""
    return UnitName.objects.filter(unit_id=unit_code).order_by("valid_from")


def has_council(commune_code: str) -> bool:
    """Whether a commune has a People's Council: a special zone under 1,000 residents has none (Law 72/2025/QH15)."""
    return Unit.objects.blocks_of(commune_code).filter(block=Block.COUNCIL).exists()


def units_within(viewer: access.Viewer, *, written: str = "") -> QuerySet[Unit]:
    """Units that the viewer administers, in official order; `written`: a code or a part of a name, diacritics free."""
    reach = viewer.units_where(Act.MANAGE_PEOPLE) | viewer.units_where(Act.MANAGE_SYSTEM)
    found = Unit.objects.filter(reach)
    wanted = text.fold(written_out(written))
    if wanted:
        found = found.filter(Q(name_folded__contains=wanted) | Q(code__istartswith=written.strip()))
    return found.order_by("official_order", "code")


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that a written name may mean: score 1.0 = the very name; below 0.9 only a suggestion."""

    unit: Unit
    score: float

    @property
    def certain(self) -> bool:
        """Names that agree with their diacritics; folded hits are never accepted alone."""
        return self.score >= 0.95  # noqa: PLR2004  the scale is explained in find_units


# Short forms that offices write before a name; the list of units has them in full.
_SHORT_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"^t\.?\s*p\.?(?=[\s.]*\w)[\s.]*", "Thành phố "),
        (r"^p\.\s*", "Phường "),
        (r"^x\.\s*", "Xã "),
        (r"^đ\.?k\.\s*", "Đặc khu "),
        (r"\bUBND\b", "Ủy ban nhân dân"),
        (r"\bHĐND\b", "Hội đồng nhân dân"),
        (r"\b(?:Ủy ban )?MTTQ(?: Việt Nam| VN)?\b", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    )
)


def written_out(name: str) -> str:
    """A written name with its short forms in full: "TP. Huế" → "Thành phố Huế", and "UBND", "HĐND", "MTTQ"."""
    full = text.nfc(name)
    for pattern, words in _SHORT_FORMS:
        full = pattern.sub(words, full, count=1)
    return " ".join(full.split())


def find_units(written: str, *, province_code: str = "", limit: int = 10) -> list[UnitMatch]:
    """Units whose name, short name or alias is `written`, best first.

    A commune is only certain together with its province, because 241 full names repeat in the country. 1.0 full
    name, 0.97 name without kind or alias (diacritics right, tone-mark style free), 0.7 folded hit, 0.5 part of a name.
    """
    wanted = " ".join(text.nfc(written).split()).strip(" ,.;")
    if not wanted:
        return []
    spellings = dict.fromkeys((wanted, written_out(wanted)))
    base = Unit.objects.exclude(level=Level.NATION).prefetch_related("aliases")
    if province_code:
        base = base.filter(province_code=province_code)
    whole = Q(pk__in=[])
    for folded in map(text.fold, spellings):
        whole |= Q(name_folded=folded) | Q(aliases__alias_folded=folded)
        whole |= Q(name_folded__endswith=f" {folded}", level__in=(Level.PROVINCE, Level.COMMUNE))
    rows = list(base.filter(whole).distinct()[:400])
    if not rows:
        part = base.filter(name_folded__contains=text.fold(wanted)).exclude(level=Level.BLOCK)
        rows = list(part.order_by("official_order")[:50])
    in_province = bool(province_code)
    matches = [UnitMatch(row, max(_score(row, name, in_province=in_province) for name in spellings)) for row in rows]
    matches.sort(key=lambda match: (-match.score, match.unit.official_order, match.unit.code))
    return [match for match in matches if match.score > 0][:limit]


def _score(row: Unit, wanted: str, *, in_province: bool) -> float:
    same = text.same_tone_place
    exact, folded = same(wanted).casefold(), text.fold(wanted)
    penalty = 0.0 if in_province or row.level == Level.PROVINCE else 0.2
    if same(row.name).casefold() == exact:
        return 1.0 - penalty
    shorts = [row.short_name] if row.level in (Level.PROVINCE, Level.COMMUNE) else []
    aliases = [alias.alias for alias in row.aliases.all()]
    if any(same(name).casefold() == exact for name in (*shorts, *aliases)):
        return 0.97 - penalty
    if folded in {text.fold(name) for name in (row.name, *shorts, *aliases)}:
        return 0.7
    return 0.5 if folded in row.name_folded and row.level != Level.BLOCK else 0.0


_LEVELS = (Level.PROVINCE, Level.COMMUNE, Level.BODY, Level.BLOCK)


def search_units(written: str, *, within: Q, limit: int = 10) -> list[Unit]:
    """Units of a territory whose name or alias holds the words: the very name first, then right diacritics."""
    wanted = " ".join(text.nfc(written).split())
    spellings = dict.fromkeys((wanted, written_out(wanted)))
    holding = Q(pk__in=[])
    for folded in map(text.fold, spellings):
        if folded:
            holding |= Q(name_folded__contains=folded) | Q(aliases__alias_folded__contains=folded)
    rows = Unit.objects.filter(within).filter(holding).exclude(level=Level.NATION).distinct().order_by("official_order")

    def rank(unit: Unit) -> tuple[int, int, int]:
        names = [text.same_tone_place(name).casefold() for name in (unit.name, unit.short_name)]
        exacts = [text.same_tone_place(spelling).casefold() for spelling in spellings]
        closeness = 0 if set(names[: 1 + (unit.level in _LEVELS[:2])]) & set(exacts) else 1
        if closeness and not any(exact in names[0] for exact in exacts):
            closeness = 2
        level = _LEVELS.index(Level(unit.level)) if unit.level in _LEVELS else len(_LEVELS)
        return closeness, level, unit.official_order

    # One name is a part of at most a few hundred others; ranks need Python's folding, so the cut comes after them.
    return sorted(rows[:2000], key=rank)[:limit]


def suggestions(written: str, among: list[str], *, province_code: str = "") -> list[Unit]:
    """Up to three units, of the codes `among`, that a wrong code or a name in its place may mean."""
    codes = difflib.get_close_matches(written.strip().upper(), among, n=3, cutoff=0.75)
    allowed = set(among)
    named = [
        match.unit.code for match in find_units(written, province_code=province_code) if match.unit.code in allowed
    ]
    found = units([*codes, *named])
    return [found[code] for code in dict.fromkeys([*codes, *named]) if code in found][:3]


def roster(group_code: str, *, day: date) -> QuerySet[Unit]:
    """The units that a group means on a day, in official order."""
    links = GroupMember.objects.filter(group_id=group_code, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )
    return Unit.objects.filter(pk__in=links.values("unit_id")).order_by("official_order", "code")


def groups_of(scope_code: str) -> QuerySet[UnitGroup]:
    """Groups that a unit may address."""
    return UnitGroup.objects.filter(scope_id=scope_code)


@dataclass(frozen=True, slots=True)
class ApprovalRight:
    """One way in which a person may approve a block: as what, by which post, by which delegation if any."""

    capacity: str
    post_id: int
    delegation_id: int | None


def approval_rights(user: User, block: Unit, *, day: date) -> list[ApprovalRight]:
    """All capacities in which `user` may approve `block` on `day`: own posts first, delegations after."""
    own = (
        Post.objects.held_on(day)
        .filter(person=user, role="approver")
        .filter(Q(unit=block) | Q(unit_id=block.commune_code))
        .order_by("is_substitute", "id")
    )
    rights = [ApprovalRight(post.capacity, post.pk, None) for post in own]
    lent = Delegation.objects.filter(receiver=user, unit=block, starts_on__lte=day, ends_on__gte=day).select_related(
        "giver"
    )
    for delegation in lent:
        giver = delegation.giver
        # A delegation ends with the office of the giver.
        if giver.starts_on <= day and (giver.ends_on is None or giver.ends_on > day):
            label = f"{giver.capacity} (ủy quyền theo văn bản số {delegation.document})"
            rights.append(ApprovalRight(label, giver.pk, delegation.pk))
    return rights


def approvers_of(block: Unit, *, day: date) -> QuerySet[Post]:
    """Posts that approve a block on a day, default before substitutes."""
    return (
        Post.objects.held_on(day)
        .filter(role="approver")
        .filter(Q(unit=block) | Q(unit_id=block.commune_code))
        .select_related("person")
        .order_by("is_substitute", "id")
    )


def vacancy_label(block: Unit, *, day: date) -> str:
    """Words for a block whose default approver's post is unfilled, else empty."""
    held = list(approvers_of(block, day=day))
    if any(not post.is_substitute for post in held):
        return ""
    expected = bodies.approver_capacities(block.block)[0]
    stand_in = held[0].person.full_name if held else "chưa phân công"
    return f"Khuyết chức danh {expected}, người được phân công: {stand_in}"


def posts_of(unit_codes: list[str], *, day: date) -> QuerySet[Post]:
    """Posts in force at some units."""
    return (
        Post.objects.held_on(day)
        .filter(unit_id__in=unit_codes)
        .select_related("person", "unit")
        .order_by("unit", "role", "id")
    )


def subtree_codes(parent: Unit) -> list[str]:
    """Codes of a unit and everything in its territory."""
    if parent.level == Level.NATION:
        return list(Unit.objects.values_list("code", flat=True))
    if parent.level == Level.PROVINCE:
        return list(Unit.objects.filter(province_code=parent.code).values_list("code", flat=True))
    if parent.level == Level.COMMUNE:
        return list(Unit.objects.filter(commune_code=parent.code).values_list("code", flat=True))
    return [parent.code]


def delegated_blocks(user: User, *, day: date) -> QuerySet[Unit]:
    """Blocks that a person may approve on a day by delegation."""
    lent = Delegation.objects.filter(receiver=user, starts_on__lte=day, ends_on__gte=day)
    return Unit.objects.filter(pk__in=lent.values("unit_id")).order_by("official_order", "code")

"""Reads about units, groups and people: look-up by name, rosters, who may approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from xanh.core import text
from xanh.org import bodies
from xanh.org.models import Delegation, GroupMember, Level, Post, Unit, UnitGroup, UnitName
from xanh.people.models import User


class UnitUnknown(Exception):
    """No unit has this code."""


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


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that a written name may mean: score 1.0 = the very name; below 0.9 only a suggestion."""

    unit: Unit
    score: float

    @property
    def certain(self) -> bool:
        """Names that agree with their diacritics; folded hits are never accepted alone."""
        return self.score >= 0.95  # noqa: PLR2004  the scale is explained in find_units


def find_units(written: str, *, province_code: str = "", limit: int = 10) -> list[UnitMatch]:
    """Units whose name, short name or alias is `written`, best first.

    A commune is only certain together with its province, because 241 full names repeat in the country. 1.0 full
    name, 0.97 name without kind or alias (diacritics right, tone-mark style free), 0.7 folded hit, 0.5 part of a name.
    """
    wanted = " ".join(written.split()).strip(" ,.;")
    if not wanted:
        return []
    folded = text.fold(wanted)
    base = Unit.objects.exclude(level=Level.NATION)
    if province_code:
        base = base.filter(province_code=province_code)
    rows = list(
        base.filter(
            Q(name_folded=folded) | Q(name_folded__endswith=f" {folded}") | Q(aliases__alias_folded=folded)
        ).distinct()[:400]
    )
    if not rows:
        rows = list(
            base.filter(name_folded__contains=folded).exclude(level=Level.BLOCK).order_by("official_order")[:50]
        )
    matches = [UnitMatch(row, _score(row, wanted, folded, in_province=bool(province_code))) for row in rows]
    matches.sort(key=lambda match: (-match.score, match.unit.official_order, match.unit.code))
    return [match for match in matches if match.score > 0][:limit]


def _score(row: Unit, wanted: str, folded: str, *, in_province: bool) -> float:
    same = text.same_tone_place
    exact = same(wanted).casefold()
    penalty = 0.0 if in_province or row.level == Level.PROVINCE else 0.2
    if same(row.name).casefold() == exact:
        return 1.0 - penalty
    shorts = [row.short_name] if row.level in (Level.PROVINCE, Level.COMMUNE) else []
    if any(same(name).casefold() == exact for name in shorts):
        return 0.97 - penalty
    if any(same(a.alias).casefold() == exact for a in row.aliases.all()):
        return 0.97 - penalty
    if folded in (text.fold(row.name), *[text.fold(s) for s in shorts]):
        return 0.7
    return 0.5 if folded in row.name_folded and row.level != Level.BLOCK else 0.0


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

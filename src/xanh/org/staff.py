"""Reads about people in offices: who may be managed, who holds what, vacancies, delegations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from xanh.core import text
from xanh.org import access, bodies, queries
from xanh.org.kinds import Block, Level
from xanh.org.models import Delegation, Post, Unit
from xanh.people.models import User
from xanh.people.roles import ROLES, Act, Role

# How Django marks a password that cannot be used: sample people have none, and real people get one by invitation.
NO_PASSWORD = Q(person__password__startswith="!")  # noqa: S106


class PersonUnknown(Exception):
    """Nobody within the viewer's reach has this key."""


class DelegationUnknown(Exception):
    """No delegation that the viewer sees has this key."""


class PostUnknown(Exception):
    """No post within the viewer's reach has this key."""


def people_within(viewer: access.Viewer, *, written: str = "", active: bool | None = None) -> QuerySet[User]:
    """People whom the viewer manages, in Vietnamese order by given name; hits with right diacritics first.

    `written` is a part of a name (diacritics free), of a name to sign in with, of a capacity, or a unit's code.
    """
    people = User.objects.filter(pk__in=User.objects.filter(access.managed_people(viewer)).values("pk"))
    if active is not None:
        people = people.filter(is_active=active)
    wanted = " ".join(text.nfc(written).split())
    if not wanted:
        return people.order_by("name_sort", "id")
    matching = Q(name_folded__contains=text.fold(wanted)) | Q(username__icontains=wanted)
    matching |= Q(pk__in=Post.objects.filter(Q(capacity__contains=wanted) | Q(unit_id=wanted)).values("person_id"))
    exact = Case(When(full_name__contains=wanted, then=Value(0)), default=Value(1), output_field=IntegerField())
    return people.filter(matching).order_by(exact, "name_sort", "id")


def managed_person(viewer: access.Viewer, key: int) -> User:
    """One person whom the viewer manages; raises PersonUnknown."""
    found = people_within(viewer).filter(pk=key).first()
    if found is None:
        raise PersonUnknown(key)
    return found


def managed_among(viewer: access.Viewer, keys: Iterable[int]) -> set[int]:
    """Those of the people whom the viewer manages, by key."""
    return set(people_within(viewer).filter(pk__in=list(keys)).values_list("pk", flat=True))


def post_of_managed(viewer: access.Viewer, key: int) -> Post:
    """One post of a person whom the viewer manages, which he may end; raises PostUnknown."""
    found = Post.objects.filter(pk=key).select_related("unit", "person").first()
    if found is None or not access.may_end_post(viewer, found):
        raise PostUnknown(key)
    return found


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the offices he holds on a day, for a list."""

    person: User
    posts: tuple[Post, ...]


def rows(people: Iterable[User], *, day: date) -> list[PersonRow]:
    """People with their offices of a day; two queries whatever their number."""
    listed = list(people)
    held = Post.objects.held_on(day).filter(person__in=listed).select_related("unit").order_by("id")
    by_person: dict[int, list[Post]] = {}
    for post in held:
        by_person.setdefault(post.person_id, []).append(post)
    return [PersonRow(person, tuple(by_person.get(person.pk, ()))) for person in listed]


def posts_held(person: User, *, day: date) -> QuerySet[Post]:
    """The offices of a person on a day, first one first."""
    return Post.objects.held_on(day).filter(person=person).select_related("unit").order_by("id")


def posts_ever_of(person: User) -> QuerySet[Post]:
    """Every office that a person held or holds, newest first."""
    return Post.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-id")


@dataclass(frozen=True, slots=True)
class BlockOffice:
    """Who approves a block on a day, and the words for an unfilled office."""

    unit: Unit
    block_label: str
    posts: tuple[Post, ...]
    vacancy: str


def offices_of(commune: Unit, *, day: date) -> list[BlockOffice]:
    """The blocks of a commune with their people and vacancies, in official order."""
    blocks = list(queries.blocks_of(commune.code))
    posts = list(queries.posts_of([block.code for block in blocks], day=day))
    return [
        BlockOffice(
            unit=block,
            block_label=Block(block.block).label,
            posts=tuple(post for post in posts if post.unit_id == block.code),
            vacancy=queries.vacancy_label(block, day=day),
        )
        for block in blocks
    ]


def vacancy_of(unit: Unit, *, day: date) -> str:
    """Words for an unfilled approver's office of a commune's block; "" for every other unit."""
    is_block = unit.level == Level.BLOCK and unit.commune_code
    return queries.vacancy_label(unit, day=day) if is_block else ""


@dataclass(frozen=True, slots=True)
class PossibleBody:
    """A body that the catalogue foresees for a unit: made already, or only a template."""

    code: str
    name: str
    unit: Unit | None


def bodies_of(owner: Unit) -> list[PossibleBody]:
    """Bodies of a province or commune in the order of the catalogue; none for other units."""
    if owner.level not in (Level.PROVINCE, Level.COMMUNE):
        return []
    templates = bodies.bodies(owner.level)
    made = queries.units([f"{owner.code}-{template.code}" for template in templates])
    return [
        PossibleBody(
            code=template.code,
            name=bodies.fill(template.name, kind=owner.kind, short=owner.short_name),
            unit=made.get(f"{owner.code}-{template.code}"),
        )
        for template in templates
    ]


def own_approver_posts(person: User, *, day: date) -> QuerySet[Post]:
    """The offices by which a person approves, which he may lend."""
    return Post.objects.held_on(day).filter(person=person, role="approver").select_related("unit", "person")


def delegable_posts(viewer: access.Viewer) -> list[Post]:
    """Approvers' offices whose delegation the viewer may record: his own, and those of the units he manages."""
    condition = viewer.units_where(Act.MANAGE_PEOPLE, "unit__") | Q(person=viewer.user)
    posts = Post.objects.held_on(viewer.day).filter(condition, role="approver").select_related("unit", "person")
    return [post for post in posts.order_by("unit__official_order", "unit", "id") if access.may_delegate(viewer, post)]


def delegable_post(viewer: access.Viewer, key: int) -> Post:
    """One office whose delegation the viewer may record; raises PostUnknown."""
    post = Post.objects.held_on(viewer.day).filter(pk=key, role="approver").select_related("unit", "person").first()
    if post is None or not access.may_delegate(viewer, post):
        raise PostUnknown(key)
    return post


def delegations_seen(viewer: access.Viewer) -> QuerySet[Delegation]:
    """Delegations that the viewer gave, received or manages, newest first."""
    condition = viewer.units_where(Act.MANAGE_PEOPLE, "unit__") | Q(receiver=viewer.user) | Q(giver__person=viewer.user)
    return (
        Delegation.objects.filter(condition)
        .select_related("giver", "giver__person", "giver__unit", "receiver", "unit")
        .order_by("-starts_on", "-id")
    )


def delegation(viewer: access.Viewer, key: int) -> Delegation:
    """One delegation that the viewer sees; raises DelegationUnknown."""
    found = delegations_seen(viewer).filter(pk=key).first()
    if found is None:
        raise DelegationUnknown(key)
    return found


def possible_receivers(giver: Post, *, day: date) -> QuerySet[User]:
    """People of the same commune (or province) to whom an office may be lent."""
    unit = giver.unit
    serving = Post.objects.held_on(day).filter(
        unit__province_code=unit.province_code, unit__commune_code=unit.commune_code
    )
    return (
        User.objects.filter(is_active=True, pk__in=serving.values("person_id"))
        .exclude(pk=giver.person_id)
        .order_by("name_sort", "id")
    )


def blocks_lent_by(giver: Post) -> list[Unit]:
    """The blocks that an approver's office covers: its own, or all of the commune."""
    return [giver.unit] if giver.unit.level == Level.BLOCK else list(queries.blocks_of(giver.unit.commune_code))


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Sample people of one role."""

    role: Role
    posts: tuple[Post, ...]


def sample_people(*, day: date, at_most: int = 8) -> list[RoleGroup]:
    """A few sample people per role for the preview, Tỉnh Mẫu's first commune first; people with passwords are real."""
    posts = (
        Post.objects.held_on(day)
        .filter(Q(unit__is_sample=True) | Q(unit__level=Level.NATION), person__is_active=True)
        .filter(NO_PASSWORD)
        .select_related("unit", "person")
    )
    groups = []
    for role in ROLES.values():
        of_role = posts.filter(role=role.code).order_by("is_substitute", "unit__official_order", "id")
        groups.append(RoleGroup(role, tuple(of_role[:at_most])))
    return [group for group in groups if group.posts]


def sample_person(key: int, *, day: date) -> User:
    """The person of the preview with a key; raises PersonUnknown for anybody with a password or without a post."""
    post = Post.objects.held_on(day).filter(NO_PASSWORD, person_id=key).first()
    if post is None or not post.person.is_active:
        raise PersonUnknown(key)
    return post.person

"""Rights = role × reach of the post. A post at a commune reaches its blocks; at a block, that block only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xanh.org.kinds import Level
from xanh.org.models import Post, Unit
from xanh.people.models import User
from xanh.people.roles import LEADER, ROLES, SYSTEM_ADMIN, UNIT_ADMIN, Act, Role

# Acts whose reach is wider than the post's own block: the board of the whole unit, and who has sent.
WIDE_ACTS = frozenset({Act.SEE_OWN_BOARD, Act.SEE_SENT_STATE, Act.SEE_TASKS})


@dataclass(frozen=True, slots=True)
class Reach:
    """One post as rights: role, where it stands, and whether it reaches one block or all four."""

    post_id: int
    role: str
    capacity: str
    unit_code: str
    level: str
    province_code: str
    commune_code: str
    block: str

    def allows(self, act: Act) -> bool:
        """Whether the role has the act at all."""
        return act in ROLES[self.role].acts

    def within(self, unit: Unit) -> bool:
        """Whether the unit stands in this post's territory, whatever the block."""
        if self.level == Level.NATION:
            return True
        if self.commune_code:
            return unit.commune_code == self.commune_code
        return unit.province_code == self.province_code

    @property
    def all_blocks(self) -> bool:
        """A post at a territorial unit, or a standing office's consolidator, reaches all four blocks."""
        return not self.block or (self.role == "consolidator" and self.level == Level.BODY)

    def covers(self, unit: Unit, act: Act) -> bool:
        """Whether the act may be done on the unit by this post."""
        if not self.allows(act) or not self.within(unit):
            return False
        if self.all_blocks or act in WIDE_ACTS:
            return True
        return unit.block == self.block

    def territory(self, act: Act, prefix: str = "") -> Q:
        """The same reach as a condition on Unit rows; `prefix` like "unit__"."""
        condition = Q()
        if self.level != Level.NATION:
            key = "commune_code" if self.commune_code else "province_code"
            condition = Q(**{f"{prefix}{key}": self.commune_code or self.province_code})
        if not self.all_blocks and act not in WIDE_ACTS:
            condition &= Q(**{f"{prefix}block": self.block})
        return condition


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person on a day, with everything that his posts reach."""

    user: User
    day: date
    reaches: tuple[Reach, ...]

    def may(self, act: Act, unit: Unit) -> bool:
        """Whether any post allows the act on the unit."""
        return any(reach.covers(unit, act) for reach in self.reaches)

    def may_somewhere(self, act: Act) -> bool:
        """Whether any post has the act at all (for menus and lists)."""
        return any(reach.allows(act) for reach in self.reaches)

    def knows(self, unit: Unit) -> bool:
        """Whether the unit lies in the viewer's territory: a wrong role gets 403, a stranger 404."""
        return any(reach.within(unit) for reach in self.reaches)

    def units_where(self, act: Act, prefix: str = "") -> Q:
        """Condition for rows whose unit the viewer may do the act on; matches nothing without a post.

        Never an empty Q, which would vanish when callers join it to another condition by "or".
        """
        condition = Q(pk__in=[])
        for reach in self.reaches:
            if reach.allows(act):
                territory = reach.territory(act, prefix)
                if not territory:
                    return Q(pk__isnull=False)
                condition |= territory
        return condition

    @property
    def home(self) -> Reach | None:
        """The post that the head of a page and the start page are about: a leader's, else the first one given."""
        return next((reach for reach in self.reaches if reach.role == LEADER.code), next(iter(self.reaches), None))

    def capacity_for(self, act: Act, unit: Unit) -> str:
        """The capacity of the post that allows the act on the unit, "" when none does."""
        return next((reach.capacity for reach in self.reaches if reach.covers(unit, act)), "")


def reach_of(post: Post) -> Reach:
    """A post (with its unit) as rights."""
    unit = post.unit
    return Reach(
        post_id=post.pk,
        role=post.role,
        capacity=post.capacity,
        unit_code=unit.code,
        level=unit.level,
        province_code=unit.province_code,
        commune_code=unit.commune_code,
        block=unit.block,
    )


def viewer_of(user: User, *, day: date) -> Viewer:
    """Everything a person's posts in force on `day` reach; one query."""
    posts = Post.objects.held_on(day).filter(person=user).select_related("unit").order_by("id")
    return Viewer(user=user, day=day, reaches=tuple(reach_of(post) for post in posts))


# Whoever keeps the machine appoints administrators and nobody else, so that no one hand gives itself figures.
ADMIN_ROLES = frozenset({UNIT_ADMIN.code, SYSTEM_ADMIN.code})


def grantable_roles(viewer: Viewer, unit: Unit) -> tuple[Role, ...]:
    """Roles that the viewer may give somebody at the unit: unit admin all but system admin, system admin the admins."""
    granted: set[str] = set()
    if viewer.may(Act.MANAGE_PEOPLE, unit):
        granted |= set(ROLES) - {SYSTEM_ADMIN.code}
    if viewer.may(Act.MANAGE_SYSTEM, unit):
        granted |= ADMIN_ROLES
    return tuple(role for role in ROLES.values() if role.code in granted)


def may_end_post(viewer: Viewer, post: Post) -> bool:
    """Whether the viewer may end a post: whoever may give its role at its unit, but nobody his own."""
    grantable = {role.code for role in grantable_roles(viewer, post.unit)}
    return post.role in grantable and post.person_id != viewer.user.pk


def managed_people(viewer: Viewer) -> Q:
    """Condition for people (User rows) whom the viewer manages: they hold, or held, a post that he may give."""
    by_unit = viewer.units_where(Act.MANAGE_PEOPLE, "posts__unit__")
    by_system = viewer.units_where(Act.MANAGE_SYSTEM, "posts__unit__")
    given_by_unit = Q(posts__role__in=set(ROLES) - {SYSTEM_ADMIN.code})
    return (by_unit & given_by_unit) | (by_system & Q(posts__role__in=ADMIN_ROLES))


def controls_account(viewer: Viewer, person: User) -> bool:
    """Whether the viewer may invite, lock or correct an account: every office it still holds is his to give.

    Otherwise the admin of one commune could take over the account of a person who also serves the province.
    """
    if person.pk == viewer.user.pk:
        return False
    held = list(Post.objects.filter(person=person).exclude(ends_on__lte=viewer.day).select_related("unit"))
    if held:
        return all(may_end_post(viewer, post) for post in held)
    last = Post.objects.filter(person=person).select_related("unit").order_by("-ends_on").first()
    return last is not None and may_end_post(viewer, last)


def may_delegate(viewer: Viewer, giver: Post) -> bool:
    """Whether the viewer may record a delegation of a post: its holder himself, or who manages its unit."""
    return giver.person_id == viewer.user.pk or viewer.may(Act.MANAGE_PEOPLE, giver.unit)

"""Rights = role × reach of the post. A post at a commune reaches its blocks; at a block, that block only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xanh.org.models import Level, Post, Unit
from xanh.people.models import User
from xanh.people.roles import ROLES, Act

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
        """Condition for rows whose unit the viewer may do the act on; matches nothing without a post."""
        condition = Q(pk__in=[])
        for reach in self.reaches:
            if reach.allows(act):
                territory = reach.territory(act, prefix)
                condition = territory if not territory else condition | territory
                if not territory:
                    return Q()
        return condition

    @property
    def home(self) -> Reach | None:
        """The post that the start page is about: the first one."""
        return self.reaches[0] if self.reaches else None


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

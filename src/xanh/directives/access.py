"""Who may see, review and put into force which document."""

from __future__ import annotations

from django.db.models import Q

from xanh.directives.models import Addressee, Circulation, Directive, DirectiveState
from xanh.org import queries as org_queries
from xanh.org.access import Reach, Viewer
from xanh.org.kinds import Level
from xanh.org.loading import NATION
from xanh.org.models import Unit
from xanh.people.roles import CONSOLIDATOR, Act

# Any of these acts over the owner's territory opens its documents for reading.
READING_ACTS = (Act.REVIEW_DIRECTIVE, Act.PUT_IN_FORCE, Act.READ_EVENTS)


def territory_code(reach: Reach) -> str:
    """The territorial unit in whose name a post acts: its commune, else its province, else the nation."""
    if reach.level == Level.NATION:
        return NATION
    return reach.commune_code or reach.province_code


def stands_for_all(reach: Reach) -> bool:
    """A document binds all four blocks: the territory's own posts and its standing office speak for it."""
    return reach.all_blocks or reach.role == CONSOLIDATOR.code


def home_owner(viewer: Viewer, act: Act = Act.REVIEW_DIRECTIVE) -> Unit | None:
    """The unit in whose name the viewer registers documents: that of his first post with the act."""
    for reach in viewer.reaches:
        if reach.allows(act) and stands_for_all(reach):
            return org_queries.unit(territory_code(reach))
    return None


def owners_for(viewer: Viewer, act: Act) -> set[str]:
    """Units whose documents the viewer may act on. Writing reaches only one's own level: a province does not review
    its communes' documents for them.
    """
    return {territory_code(reach) for reach in viewer.reaches if reach.allows(act) and stands_for_all(reach)}


def can_review(viewer: Viewer, directive: Directive) -> bool:
    """Whether the viewer may judge what was read out of the document."""
    return directive.owner_id in owners_for(viewer, Act.REVIEW_DIRECTIVE)


def can_put_in_force(viewer: Viewer, directive: Directive) -> bool:
    """Whether the viewer may put the document into force; that he is a second person is checked by the act itself."""
    return directive.owner_id in owners_for(viewer, Act.PUT_IN_FORCE)


def visible_to(viewer: Viewer) -> Q:
    """Condition on Directive: documents of territories that the viewer oversees, public ones, and those addressed
    to units of his territory once they are in force.
    """
    overseen = Q(pk__in=[])
    for act in READING_ACTS:
        overseen |= _where(viewer, act, "owner__")
    in_force = Q(state=DirectiveState.IN_FORCE)
    addressed = Q(pk__in=Addressee.objects.filter(_where(viewer, Act.SEE_TASKS, "unit__")).values("directive_id"))
    seen = overseen | (in_force & (addressed | Q(circulation=Circulation.PUBLIC)))
    if viewer.may_somewhere(Act.SEE_RESTRICTED):
        return seen
    return seen & ~Q(circulation=Circulation.RESTRICTED)


def _where(viewer: Viewer, act: Act, prefix: str) -> Q:
    """Rows whose unit lies in the territory of a post with the act, whatever the block: a document is one for all."""
    condition = Q(pk__in=[])
    for reach in viewer.reaches:
        if not reach.allows(act) or not (stands_for_all(reach) or act in (Act.SEE_TASKS, Act.READ_EVENTS)):
            continue
        if reach.level == Level.NATION:
            return Q(pk__isnull=False)
        key = "commune_code" if reach.commune_code else "province_code"
        condition |= Q(**{f"{prefix}{key}": reach.commune_code or reach.province_code})
    return condition


def can_see(viewer: Viewer, directive: Directive) -> bool:
    """Whether the viewer may read the document."""
    return Directive.objects.filter(visible_to(viewer), pk=directive.pk).exists()


def knows(viewer: Viewer, directive: Directive) -> bool:
    """Whether the document lies in the viewer's territory: then a refusal is 403, otherwise 404."""
    return viewer.knows(directive.owner)

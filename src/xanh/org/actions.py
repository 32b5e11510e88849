"""Writes about units and posts: bodies made when first used, posts, delegations, rosters of groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from xanh.core import dates, text
from xanh.events import actions as events
from xanh.org import bodies
from xanh.org.kinds import Kind, Level, Tree
from xanh.org.models import Delegation, GroupMember, Membership, Post, Unit, UnitAlias, UnitGroup
from xanh.people import actions as people
from xanh.people.models import User
from xanh.people.roles import ROLES


class BodyUnknown(Exception):
    """The catalogue has no such body for this level."""


class RoleUnknown(Exception):
    """No such role."""


class DelegationRefused(Exception):
    """A delegation that the rules do not allow; the message says which rule."""


class PostRefused(Exception):
    """A post that the rules do not allow; the message says which rule."""


@transaction.atomic
def ensure_body(*, owner: Unit, body_code: str, by: User | None, at: datetime) -> Unit:
    """The body of a province or commune as a unit, made from its template when first used; raises BodyUnknown."""
    code = f"{owner.code}-{body_code}"
    found = Unit.objects.filter(pk=code).first()
    if found is not None:
        return found
    template = next((body for body in bodies.bodies(owner.level) if body.code == body_code), None)
    if template is None:
        raise BodyUnknown(body_code)
    body = Unit(
        code=code,
        name=bodies.fill(template.name, kind=owner.kind, short=owner.short_name),
        short_name=owner.short_name,
        level=Level.BODY,
        kind=Kind.BODY,
        block=template.block,
        province_code=owner.province_code,
        commune_code=owner.commune_code,
        body_code=body_code,
        official_order=owner.official_order * 10 + 9,
        is_sample=owner.is_sample,
    )
    body.save(force_insert=True)
    aliases = dict.fromkeys(bodies.fill(a, kind=owner.kind, short=owner.short_name) for a in template.aliases)
    UnitAlias.objects.bulk_create(UnitAlias(unit=body, alias=a, alias_folded=text.fold(a)) for a in aliases)
    Membership.objects.create(tree=Tree.TERRITORY, unit=body, parent=owner, valid_from=at.date())
    events.record(kind="unit.created", subject=("unit", code), by=by, at=at, unit_code=code, facts={"name": body.name})
    return body


@transaction.atomic
def open_post(
    *,
    person: User,
    unit: Unit,
    role: str,
    capacity: str,
    starts_on: date,
    document: str,
    is_substitute: bool = False,
    ends_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Post:
    """Give a person a post; raises RoleUnknown, and PostRefused (nobody appoints himself, no office twice)."""
    if role not in ROLES:
        raise RoleUnknown(role)
    if by is not None and by.pk == person.pk:
        raise PostRefused("Không tự bố trí chức danh cho mình. Đề nghị người quản trị khác thực hiện.")
    if Post.objects.filter(person=person, unit=unit, role=role, capacity=capacity, ends_on=None).exists():
        raise PostRefused(f"{person.full_name} đang giữ đúng chức danh đó tại {unit.name}.")
    post = Post.objects.create(
        person=person,
        unit=unit,
        role=role,
        capacity=capacity,
        is_substitute=is_substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        document=document,
    )
    facts = {"person": person.full_name, "role": role, "capacity": capacity, "document": document}
    events.record(kind="post.opened", subject=("post", post.pk), by=by, at=at, unit_code=unit.code, facts=facts)
    return post


def post_fields(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `open_post` from a clean `inputs.PostForm`, whose last day is inclusive."""
    last_on = cleaned["last_on"]
    return {
        "unit": cleaned["unit"],
        "role": cleaned["role"],
        "capacity": " ".join(str(cleaned["capacity"]).split()),
        "is_substitute": bool(cleaned["is_substitute"]),
        "starts_on": cleaned["starts_on"],
        "ends_on": last_on + timedelta(days=1) if last_on else None,
        "document": str(cleaned["document"]).strip(),
    }


@transaction.atomic
def take_on(cleaned: Mapping[str, Any], *, by: User, at: datetime) -> tuple[User, str]:
    """Create a person with the first office from a clean `inputs.NewPersonPostForm`; returns him and the link's token.

    Raises UsernameTaken (people.actions); then nothing is written.
    """
    person = people.create_user(
        username=cleaned["username"],
        full_name=cleaned["full_name"],
        email=cleaned["email"],
        phone=cleaned["phone"],
        unit_code=cleaned["unit"].code,
        by=by,
        at=at,
    )
    open_post(person=person, **post_fields(cleaned), by=by, at=at)
    return person, people.invite_user(user=person, unit_code=cleaned["unit"].code, by=by, at=at)


@transaction.atomic
def close_post(*, post: Post, ends_on: date, by: User, at: datetime) -> Post:
    """End a post from `ends_on` on; its acts stay in the trail. Raises PostRefused before its first day."""
    if ends_on <= post.starts_on:
        raise PostRefused(f"Ngày thôi giữ chức danh phải sau ngày bắt đầu {dates.format_date(post.starts_on)}.")
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    events.record(
        kind="post.closed", subject=("post", post.pk), by=by, at=at, unit_code=post.unit_id, facts={"ends_on": ends_on}
    )
    return post


def _check_delegation(
    *, giver: Post, receiver: User, block: Unit, document: str, starts_on: date, ends_on: date
) -> None:
    if giver.role != "approver" or giver.unit_id not in (block.code, block.commune_code):
        raise DelegationRefused(
            "Chỉ người có quyền duyệt khối này mới được ủy quyền, và người nhận không được ủy quyền lại."
        )
    if receiver.pk == giver.person_id:
        raise DelegationRefused("Không thể ủy quyền cho chính mình.")
    if not document.strip():
        raise DelegationRefused("Ủy quyền phải ghi số văn bản.")
    if ends_on < starts_on:
        raise DelegationRefused("Ngày kết thúc ủy quyền không được trước ngày bắt đầu.")
    if starts_on < giver.starts_on or (giver.ends_on is not None and ends_on >= giver.ends_on):
        raise DelegationRefused("Thời gian ủy quyền phải nằm trong thời gian người ủy quyền giữ chức danh.")
    serving = Post.objects.held_on(starts_on).filter(person=receiver)
    if not serving.filter(unit__province_code=block.province_code, unit__commune_code=block.commune_code).exists():
        raise DelegationRefused("Người được ủy quyền phải đang giữ chức danh tại cùng đơn vị hành chính với khối này.")


@transaction.atomic
def grant_delegation(
    *, giver: Post, receiver: User, block: Unit, document: str, starts_on: date, ends_on: date, by: User, at: datetime
) -> Delegation:
    """Lend the right to approve a block; raises DelegationRefused with the rule that stands against it.

    Only one's own right, never passed on; it covers approving figures, not signing documents. That the receiver is
    neither author nor provider of a value is judged per value when he approves (`reporting`).
    """
    _check_delegation(
        giver=giver, receiver=receiver, block=block, document=document, starts_on=starts_on, ends_on=ends_on
    )
    delegation = Delegation(
        giver=giver, receiver=receiver, unit=block, document=document.strip(), starts_on=starts_on, ends_on=ends_on
    )
    delegation.save(force_insert=True)
    facts = {"receiver": receiver.full_name, "document": document, "starts_on": starts_on, "ends_on": ends_on}
    events.record(
        kind="delegation.granted",
        subject=("delegation", delegation.pk),
        by=by,
        at=at,
        unit_code=block.code,
        facts=facts,
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, today: date, by: User, at: datetime) -> Delegation:
    """Take a delegation back: yesterday was its last day; one that has not yet begun goes altogether."""
    facts = {"receiver": delegation.receiver.full_name, "document": delegation.document, "today": today}
    subject, unit_code = ("delegation", delegation.pk), delegation.unit_id
    if delegation.starts_on >= today:
        delegation.delete()
    else:
        delegation.ends_on = min(delegation.ends_on, today - timedelta(days=1))
        delegation.save(update_fields=["ends_on"])
    events.record(kind="delegation.ended", subject=subject, by=by, at=at, unit_code=unit_code, facts=facts)
    return delegation


@transaction.atomic
def change_group(*, group: UnitGroup, joined: list[Unit], left: list[Unit], on: date, by: User, at: datetime) -> None:
    """Change who belongs to a group from a day on; what earlier documents meant stays as it was."""
    # Somebody who joined on that very day or later never belonged: his link goes, instead of ending before it began.
    group.members.filter(unit__in=left, valid_to=None, valid_from__gte=on).delete()
    group.members.filter(unit__in=left, valid_to=None).update(valid_to=on)
    there = set(group.members.filter(valid_to=None).values_list("unit_id", flat=True))
    GroupMember.objects.bulk_create(
        GroupMember(group=group, unit=unit, valid_from=on) for unit in joined if unit.code not in there
    )
    facts = {"joined": [u.code for u in joined], "left": [u.code for u in left], "on": on}
    events.record(
        kind="group.changed", subject=("group", group.pk), by=by, at=at, unit_code=group.scope_id, facts=facts
    )

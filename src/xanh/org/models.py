"""Units in parallel dated trees, groups with rosters, posts with capacities, delegations."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from xanh.kit.models import Named
from xanh.org.kinds import Block, Kind, Level, Tree
from xanh.people.models import User
from xanh.people.roles import ROLE_CHOICES


class UnitQuerySet(models.QuerySet["Unit"]):
    """Sentences about units."""

    def standing_on(self, day: date) -> UnitQuerySet:
        """Units that exist on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def communes_of(self, province_code: str) -> UnitQuerySet:
        """Communes, wards and special zones of a province, in official order."""
        return self.filter(level=Level.COMMUNE, province_code=province_code).order_by("official_order", "code")

    def blocks_of(self, commune_code: str) -> UnitQuerySet:
        """The block units of a commune, in the order party, council, committee, front."""
        return self.filter(level=Level.BLOCK, commune_code=commune_code).order_by("official_order")


class Unit(Named):
    """Anything that reports or is assigned. The code is for ever; merged or split units stay and are linked."""

    code = models.CharField(max_length=24, primary_key=True)
    level = models.CharField(max_length=20, choices=Level.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    block = models.CharField(max_length=10, choices=Block.choices, blank=True)
    short_name = models.CharField(max_length=200)
    province_code = models.CharField(max_length=24, blank=True, db_index=True)
    commune_code = models.CharField(max_length=24, blank=True, db_index=True)
    body_code = models.CharField(max_length=24, blank=True)
    official_order = models.PositiveIntegerField(default=0)
    is_sample = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    succeeded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["official_order", "code"]
        indexes = [models.Index(fields=["level", "province_code"], name="unit_level_province")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_it_starts",
                violation_error_message="Ngày kết thúc của đơn vị phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(level="BLOCK") | ~Q(block=""),
                name="block_unit_says_which_block",
                violation_error_message="Đơn vị khối phải ghi rõ là khối nào.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitName(Named):
    """What a unit was called, and of which kind it was, from a day on; `note` says where sources disagree."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="one_name_of_a_unit_at_a_time")]


class UnitAlias(models.Model):
    """Another way to write a unit's name: an abbreviation, an old spelling."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=300)
    alias_folded = models.CharField(max_length=300, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "alias"], name="alias_once_per_unit")]


class Membership(models.Model):
    """A unit's parent in one tree between two days."""

    tree = models.CharField(max_length=10, choices=Tree.choices)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="member_links")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tree", "unit"], condition=Q(valid_to=None), name="one_open_parent_per_tree"
            ),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unit_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="membership_ends_after_it_starts"
            ),
        ]


class UnitGroup(Named):
    """A named set of units ("các xã, phường"), expanded by its roster on the day a document is issued."""

    code = models.CharField(max_length=40, primary_key=True)
    scope = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="groups")
    aliases = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]


class GroupMember(models.Model):
    """A unit belongs to a group between two days."""

    group = models.ForeignKey(UnitGroup, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="group_links")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "unit"], condition=Q(valid_to=None), name="one_open_membership"),
        ]


class PostQuerySet(models.QuerySet["Post"]):
    """Sentences about posts."""

    def held_on(self, day: date) -> PostQuerySet:
        """Posts in force on a day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


class Post(models.Model):
    """Binds person × unit × role × capacity × dates × appointing document."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    capacity = models.CharField("Chức danh", max_length=200)
    is_substitute = models.BooleanField("Người duyệt thay", default=False)
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến ngày", null=True, blank=True)
    document = models.CharField("Văn bản bố trí", max_length=200)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "role", "is_substitute", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="post_ends_after_it_starts",
                violation_error_message="Ngày thôi giữ chức danh phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role", "capacity"],
                condition=Q(ends_on=None),
                name="same_post_open_once",
                violation_error_message="Người này đang giữ đúng chức danh đó tại đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name}, {self.capacity}, {self.unit_id}"

    @property
    def last_on(self) -> date | None:
        """The last day in office (`ends_on` is the first day without it); None while it is open."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class Delegation(models.Model):
    """The right to approve a block, given by one who holds it, by document, between two days; never passed on."""

    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_received")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")
    document = models.CharField("Theo văn bản số", max_length=120)
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến ngày")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_not_before_it_starts",
                violation_error_message="Ngày kết thúc ủy quyền không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="delegation_names_its_document",
                violation_error_message="Ủy quyền phải ghi số văn bản.",
            ),
        ]

"""Documents that assign work: the file as received, its text, what was read out of it, and how people judged that."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from xanh.core import text
from xanh.kit.models import StoredFile
from xanh.org.models import Unit


class Circulation(models.TextChoices):
    """Who may read a document."""

    PUBLIC = "public", "công khai"
    INTERNAL = "internal", "nội bộ"
    RESTRICTED = "restricted", "hạn chế"


class DirectiveState(models.TextChoices):
    """Where a document stands on its way to work."""

    REVIEWING = "REVIEWING", "đang rà soát"
    REVIEWED = "REVIEWED", "đã rà soát, chờ đưa lên hệ thống"
    IN_FORCE = "IN_FORCE", "đã đưa lên hệ thống"


class Directive(models.Model):
    """One document. Its key is issuer + symbol + date; the owner is the territorial unit whose office registered it."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives")
    type_code = models.CharField(max_length=12, blank=True)
    symbol = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=300, blank=True)
    issuer_folded = models.CharField(max_length=300, editable=False, blank=True)
    issued_on = models.DateField("Ngày ban hành", null=True)
    title = models.CharField("Trích yếu", max_length=1000, blank=True)
    title_folded = models.CharField(max_length=1000, editable=False, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=300, blank=True)
    programme_code = models.CharField(max_length=20, blank=True, db_index=True)
    circulation = models.CharField("Phạm vi", max_length=12, choices=Circulation.choices)
    state = models.CharField(max_length=10, choices=DirectiveState.choices, default=DirectiveState.REVIEWING)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    text = models.TextField()
    inconsistencies = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_label = models.CharField(max_length=300)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_label = models.CharField(max_length=300, blank=True)
    in_force_at = models.DateTimeField(null=True)
    in_force_by = models.CharField(max_length=40, blank=True)
    in_force_label = models.CharField(max_length=300, blank=True)
    # Until this day the leading units fill in what the document leaves open (time, product).
    clarify_by = models.DateField(null=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "file"], name="one_file_is_registered_once_per_owner"),
            models.UniqueConstraint(
                fields=["owner", "issuer_folded", "symbol", "issued_on"],
                condition=~Q(symbol=""),
                name="one_document_is_registered_once_per_owner",
                violation_error_message="Văn bản này đã có trên hệ thống.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_by="") | ~Q(in_force_by=F("reviewed_by")),
                name="second_person_puts_into_force",
                violation_error_message="Người rà soát không được tự đưa văn bản lên hệ thống.",
            ),
            models.CheckConstraint(
                condition=Q(state="REVIEWING", reviewed_at=None, in_force_at=None)
                | Q(state="REVIEWED", reviewed_at__isnull=False, in_force_at=None)
                | Q(state="IN_FORCE", reviewed_at__isnull=False, in_force_at__isnull=False),
                name="directive_state_has_its_times",
            ),
        ]

    @property
    def label(self) -> str:
        """How sentences name the document: "số 01-TB/BCĐ", or its file where no number is printed."""
        return f"số {self.symbol}" if self.symbol else self.file_name

    def fold(self) -> None:
        """Recompute the folded columns."""
        self.issuer_folded = text.fold(self.issuer)[:300]
        self.title_folded = text.fold(f"{self.symbol} {self.title}")[:1000]


class Citation(models.Model):
    """A mention of another document, linked to it where it is registered here or known in the catalogue."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="citations")
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60, blank=True, db_index=True)
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    subject = models.TextField(blank=True)
    cited = models.ForeignKey(Directive, null=True, on_delete=models.SET_NULL, related_name="cited_by")

    class Meta:
        ordering = ["start"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_covers_some_text")]


class ItemKind(models.TextChoices):
    """What a read item would become."""

    TASK = "TASK", "nhiệm vụ"
    REGIME = "REGIME", "chế độ báo cáo"
    TARGET = "TARGET", "mục tiêu"


class ItemState(models.TextChoices):
    """What a person decided about a read item."""

    PENDING = "PENDING", "chưa rà soát"
    ACCEPTED = "ACCEPTED", "đã nhận"
    DROPPED = "DROPPED", "đã bỏ"
    SPLIT = "SPLIT", "đã tách"
    MERGED = "MERGED", "đã ghép"


class ReadItem(models.Model):
    """A task, regime or target as it was read (`payload`, never changed) and as people settled it (`settled`)."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.PENDING)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    payload = models.JSONField()
    settled = models.JSONField(default=dict)
    confidence = models.FloatField()
    rule = models.CharField(max_length=80)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaces")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="item_covers_some_text"),
            models.CheckConstraint(
                condition=Q(state="PENDING", decided_at=None) | (~Q(state="PENDING") & Q(decided_at__isnull=False)),
                name="decided_item_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["directive", "kind", "state"], name="item_of_directive")]


class Addressee(models.Model):
    """A unit that a document in force gives work to: its people may read the document."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressees")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="unit_addressed_once")]

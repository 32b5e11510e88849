"""Regime → Round → Submission → Revision; the current state of a block; closings; figures asked from others."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from xanh.core.periods import Cadence
from xanh.indicators.models import Programme
from xanh.kit.models import Named, StoredFile
from xanh.org.kinds import Block
from xanh.org.models import Unit
from xanh.reporting.states import FigureRequestState, SubmissionState


class Regime(Named):
    """Who reports what to whom, how often, by which hour. Who owes is derived from the roster, never stored."""

    code = models.CharField(max_length=40, primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="regimes")
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="regimes")
    cadence = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cadence])
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=400)

    class Meta:
        ordering = ["code"]


class ReportingDuty(models.Model):
    """A duty to report that was read out of a directive and put into force: words as printed, bodies matched."""

    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="duties")
    directive_id = models.BigIntegerField(db_index=True)
    who = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="duties")
    who_group = models.CharField(max_length=40, blank=True)
    who_label = models.CharField(max_length=400)
    to_label = models.CharField(max_length=400, blank=True)
    cadence = models.CharField(max_length=12, blank=True)
    cadence_label = models.CharField(max_length=300, blank=True)
    cutoff_label = models.CharField(max_length=300, blank=True)
    quote = models.TextField()
    in_force_since = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class RoundQuerySet(models.QuerySet["Round"]):
    """Sentences about rounds."""

    def open_at(self, at: datetime) -> RoundQuerySet:
        """Rounds that take reports at an instant."""
        return self.filter(opens_at__lte=at, closes_at__gt=at)

    def due_to_close(self, at: datetime) -> RoundQuerySet:
        """Rounds whose cut-off has passed and which are not frozen yet."""
        return self.filter(closes_at__lte=at, closed_at=None)


class Round(models.Model):
    """One act of collecting for one period."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="rounds")
    period_code = models.CharField(max_length=24)
    period_start = models.DateField()
    period_end = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["closes_at"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "period_code"], name="one_round_per_period"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("closes_at")), name="round_not_frozen_before_cutoff"
            ),
        ]


class Submission(models.Model):
    """What one block says in one round: the draft being typed, and the last revision sent."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=12, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    draft = models.JSONField(default=dict)
    draft_version = models.PositiveIntegerField(default=0)
    revision_count = models.PositiveSmallIntegerField(default=0)
    receipt = models.CharField(max_length=8, blank=True)
    submitted_at = models.DateTimeField(null=True)
    first_sent_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_label = models.CharField(max_length=300, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_label = models.CharField(max_length=300, blank=True)
    return_reasons = models.JSONField(default=dict)
    received_at = models.DateTimeField(null=True)
    received_label = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_submission_per_block_and_round"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="") | (Q(approved_at__isnull=False) & ~Q(approved_by="")),
                name="approval_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="submission_unit_recent")]


class Revision(models.Model):
    """One immutable statement of a block. `payload` holds scaled integers; `sha256` covers its sorted compact form."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    author = models.CharField(max_length=40)
    author_label = models.CharField(max_length=300)
    submitted_at = models.DateTimeField(db_index=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_label = models.CharField(max_length=300, blank=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_numbered_once"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("author")),
                name="author_does_not_approve",
                violation_error_message="Người nhập số liệu không được tự duyệt.",
            ),
        ]


class BlockState(models.Model):
    """One row per programme and block: current cells with light and reason, counts, approval state.

    Locked and replaced in the transaction that stores or approves a revision.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="block_states")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="block_states")
    block = models.CharField(max_length=10, choices=Block.choices)
    commune_code = models.CharField(max_length=24, db_index=True)
    province_code = models.CharField(max_length=24, db_index=True)
    cells = models.JSONField(default=dict)
    approved_cells = models.JSONField(default=dict)
    green = models.PositiveSmallIntegerField(default=0)
    amber = models.PositiveSmallIntegerField(default=0)
    red = models.PositiveSmallIntegerField(default=0)
    no_data = models.PositiveSmallIntegerField(default=0)
    not_applicable = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)
    light = models.CharField(max_length=5, default="GREY")
    reason = models.CharField(max_length=40, default="UNIT_NOT_REPORTED")
    reason_text = models.CharField(max_length=400, blank=True)
    next_step = models.CharField(max_length=400, blank=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    is_approved = models.BooleanField(default=False)
    next_check_at = models.DateTimeField(null=True, db_index=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["unit"]
        constraints = [models.UniqueConstraint(fields=["programme", "unit"], name="one_state_per_programme_and_block")]
        indexes = [
            # Covers the sums of the boards, so that they never touch the wide rows with the cells.
            models.Index(
                fields=[
                    "programme",
                    "province_code",
                    "commune_code",
                    "green",
                    "amber",
                    "red",
                    "no_data",
                    "not_applicable",
                    "waiting",
                ],
                name="block_state_sums",
            )
        ]


class ClosedBlock(models.Model):
    """What a block stood at when a round was frozen; never changed afterwards."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="closed_blocks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closed_blocks")
    commune_code = models.CharField(max_length=24)
    province_code = models.CharField(max_length=24)
    block = models.CharField(max_length=10)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, blank=True)
    is_excused = models.BooleanField(default=False)
    green = models.PositiveSmallIntegerField()
    amber = models.PositiveSmallIntegerField()
    red = models.PositiveSmallIntegerField()
    no_data = models.PositiveSmallIntegerField()
    not_applicable = models.PositiveSmallIntegerField()
    waiting = models.PositiveSmallIntegerField()
    light = models.CharField(max_length=5)
    reason = models.CharField(max_length=40)

    class Meta:
        ordering = ["round", "unit"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="block_closed_once_per_round")]
        indexes = [
            models.Index(fields=["round", "province_code"], name="closed_block_province"),
            models.Index(fields=["unit", "-round"], name="closed_block_unit"),
        ]


class Closing(models.Model):
    """The freeze of a round: a hash over every block's line, and the counts of the whole."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="closing")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    expected = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(approved__lte=F("sent")), name="approved_are_among_the_sent")]


class Excuse(models.Model):
    """A block need not report in a round, for a stated reason (storm, power, line)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="excuses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="excuses")
    reason = models.CharField(max_length=400)
    granted_label = models.CharField(max_length=300)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="excused_once")]


class Evidence(models.Model):
    """A file or a link behind a value."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evidence")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="evidence")
    indicator_code = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=1000, blank=True)
    attached_by = models.CharField(max_length=300)
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file=None) & ~Q(link="")) | (Q(file__isnull=False) & Q(link="")),
                name="evidence_is_a_file_or_a_link",
                violation_error_message="Minh chứng phải là một tệp hoặc một địa chỉ liên kết.",
            )
        ]


class FigureRequest(models.Model):
    """Figures asked from the body that holds them, given by a link on a phone page."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="figure_requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figure_requests")
    provider = models.CharField(max_length=200)
    indicator_codes = models.JSONField()
    token_digest = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    asked_label = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=FigureRequestState.choices, default=FigureRequestState.ASKED)
    provided_values = models.JSONField(default=dict)
    provided_label = models.CharField(max_length=300, blank=True)
    provided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ASKED", provided_at=None) | (~Q(state="ASKED") & Q(provided_at__isnull=False)),
                name="provided_figures_have_a_time",
            )
        ]


class NationalSheetEntry(models.Model):
    """The tick that a block's figures of a round were copied into the national system."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="national_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="national_entries")
    entered_label = models.CharField(max_length=300)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="national_sheet_ticked_once")]


class NationalFigure(models.Model):
    """A value as the national system shows it, typed by hand so that the two can be compared. The newest counts."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="national_figures")
    indicator_code = models.CharField(max_length=20)
    # The value itself (a percentage for ratios), scaled by the indicator's `scale`.
    value_scaled = models.BigIntegerField()
    seen_on = models.DateField()
    noted_label = models.CharField(max_length=300)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "indicator_code", "-id"], name="national_figure_newest")]

"""Tasks drawn from documents: exactly one lead (or a group, fanned out), changes, notes, evidence, extensions."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from xanh.core import workflow
from xanh.core.deadlines import Qualifier
from xanh.core.light import Light
from xanh.directives.models import Directive
from xanh.kit.models import Named, StoredFile
from xanh.org.models import Unit, UnitGroup

STATES = [(state.value, state.label) for state in workflow.TaskState]
OPEN_STATES = (
    workflow.TaskState.RUNNING.value,
    workflow.TaskState.REPORTED_DONE.value,
    workflow.TaskState.RETURNED.value,
)


class TaskQuerySet(models.QuerySet["Task"]):
    """Sentences about tasks."""

    def assigned(self) -> TaskQuerySet:
        """Tasks that a unit answers for; the common row above a group's tasks is counted in none."""
        return self.filter(lead__isnull=False)

    def counted(self) -> TaskQuerySet:
        """Assigned tasks that stand in one of the four boxes: those whose follow-up was not ended."""
        return self.assigned().exclude(state=workflow.TaskState.ENDED.value)

    def open(self) -> TaskQuerySet:
        """Neither accepted nor ended."""
        return self.filter(state__in=OPEN_STATES)

    def overdue_at(self, now: datetime) -> TaskQuerySet:
        """Open and past due; for a task reported done the clock stands still until the report is judged."""
        return self.open().filter(due_at__lte=Coalesce(F("reported_done_at"), now))

    def running_at(self, now: datetime) -> TaskQuerySet:
        """Open and not overdue, also without a due."""
        return self.open().filter(Q(due_at=None) | Q(due_at__gt=Coalesce(F("reported_done_at"), now)))

    def due_soon_at(self, now: datetime) -> TaskQuerySet:
        """Open, not overdue, and warned."""
        return self.running_at(now).filter(warn_at__lte=now, reported_done_at=None)

    def done_on_time(self) -> TaskQuerySet:
        """Accepted, done before the due instant."""
        done = self.filter(state=workflow.TaskState.ACCEPTED.value)
        return done.filter(Q(due_at=None) | Q(done_at__lt=F("due_at")))

    def done_late(self) -> TaskQuerySet:
        """Accepted, done at or after the due instant."""
        return self.filter(state=workflow.TaskState.ACCEPTED.value, due_at__isnull=False, done_at__gte=F("due_at"))


class Task(Named):
    """One piece of work of one unit; `name` is the head of its content.

    A group's task is a parent row with one child per unit.
    """

    code = models.CharField(max_length=60, primary_key=True)
    programme_code = models.CharField(max_length=20, blank=True, db_index=True)
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="tasks")
    content = models.TextField("Nội dung")
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    lead = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="led_tasks")
    group = models.ForeignKey(UnitGroup, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    person = models.CharField("Người phụ trách", max_length=200, blank=True)
    product = models.CharField("Sản phẩm", max_length=1000, blank=True)
    report_to = models.CharField(max_length=600, blank=True)
    recurrence = models.CharField("Định kỳ", max_length=300, blank=True)
    due_on = models.DateField("Thời hạn", null=True)
    due_time = models.TimeField(null=True)
    qualifier = models.CharField(max_length=10, choices=[(q.value, q.value) for q in Qualifier], default=Qualifier.ON)
    due_at = models.DateTimeField(null=True, db_index=True)
    warn_at = models.DateTimeField(null=True)
    weight = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=14, choices=STATES, default=workflow.TaskState.RUNNING.value)
    progress_pct = models.PositiveSmallIntegerField(null=True)
    assigned_at = models.DateTimeField()
    reported_done_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_document = models.CharField(max_length=300, blank=True)
    light = models.CharField(max_length=5, default=Light.GREY.value)
    reason = models.CharField(max_length=40, blank=True)
    reason_text = models.CharField(max_length=400, blank=True)
    next_check_at = models.DateTimeField(null=True, db_index=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["lead", "state"], name="task_lead_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False, group=None) | Q(lead=None, group__isnull=False, parent=None),
                name="task_has_one_lead_or_one_group",
                violation_error_message="Một việc một đầu mối chủ trì.",
            ),
            models.UniqueConstraint(
                fields=["parent", "lead"], condition=Q(parent__isnull=False), name="one_child_task_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(due_on=None, due_at=None) | Q(due_on__isnull=False, due_at__isnull=False),
                name="task_due_day_and_instant_go_together",
            ),
            models.CheckConstraint(
                condition=(Q(state="ACCEPTED") & Q(done_at__isnull=False, accepted_at__isnull=False))
                | (~Q(state="ACCEPTED") & Q(done_at=None, accepted_at=None)),
                name="accepted_task_has_its_times",
            ),
            models.CheckConstraint(
                condition=(Q(state="ENDED", ended_at__isnull=False) & ~Q(ended_document=""))
                | (~Q(state="ENDED") & Q(ended_at=None, ended_document="")),
                name="only_a_document_ends_a_task",
                violation_error_message="Kết thúc theo dõi phải theo một văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by="") | Q(reported_by="") | ~Q(accepted_by=F("reported_by")),
                name="nobody_accepts_his_own_report",
                violation_error_message="Người báo cáo hoàn thành không được tự xác nhận.",
            ),
            models.CheckConstraint(
                condition=Q(progress_pct=None) | Q(progress_pct__lte=100), name="task_progress_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """The name follows the content."""
        self.name = self.content[:400]
        super().fold_name()

    @property
    def is_open(self) -> bool:
        """Neither accepted nor ended."""
        return self.state in OPEN_STATES

    @property
    def life(self) -> workflow.TaskState:
        """The state as the rules know it."""
        return workflow.TaskState(self.state)


class TaskCooperator(models.Model):
    """A cooperating body: a unit, or the words of the document where no unit is certain."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="cooperators")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="cooperating_links")
    label = models.CharField(max_length=600)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"], condition=Q(unit__isnull=False), name="unit_cooperates_once_per_task"
            )
        ]


class TaskChange(models.Model):
    """One changed field of a task, append-only: what it was, what it is, who, when, on what ground."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    ground = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="task_change_changes_something")]


class TaskUpdate(models.Model):
    """A progress note of the leading unit."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="updates")
    note = models.TextField()
    progress_pct = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="progress_note_says_something")]


class TaskEvidence(models.Model):
    """A file or a link that shows what was done."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    label = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file=None) & ~Q(link="")) | (Q(file__isnull=False) & Q(link="")),
                name="task_evidence_is_a_file_or_a_link",
                violation_error_message="Minh chứng phải là một tệp hoặc một địa chỉ liên kết.",
            )
        ]


class Extension(models.Model):
    """A later due: asked for by the lead, granted or refused by the assigner with authority and reason."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="extensions")
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.label) for s in workflow.ExtensionState if s is not workflow.ExtensionState.NONE],
    )
    asked_due_on = models.DateField()
    reason = models.CharField(max_length=1000)
    is_objective = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    asked_label = models.CharField(max_length=300)
    granted_due_on = models.DateField(null=True)
    authority = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state="ASKED"), name="one_open_extension_per_task"),
            models.CheckConstraint(
                condition=Q(state="ASKED", decided_at=None)
                | (Q(state="GRANTED", decided_at__isnull=False, granted_due_on__isnull=False) & ~Q(authority=""))
                | (Q(state="REFUSED", decided_at__isnull=False, granted_due_on=None) & ~Q(answer="")),
                name="extension_says_who_decided_on_what_ground",
                violation_error_message="Điều chỉnh thời hạn phải ghi căn cứ; không điều chỉnh phải ghi lý do.",
            ),
        ]

"""States of submissions and of asked figures."""

from __future__ import annotations

from django.db import models


class SubmissionState(models.TextChoices):
    """The life of a submission."""

    DRAFT = "DRAFT", "đang nhập"
    SUBMITTED = "SUBMITTED", "đã trình, chờ duyệt"
    PROVISIONAL = "PROVISIONAL", "đã gửi, chờ duyệt (số tạm tính)"
    APPROVED = "APPROVED", "đã duyệt, đã gửi"
    RETURNED = "RETURNED", "cần rà soát lại"
    RECEIVED = "RECEIVED", "đã tiếp nhận"


SENT_STATES = (SubmissionState.PROVISIONAL, SubmissionState.APPROVED, SubmissionState.RECEIVED)


WAITING_STATES = (SubmissionState.SUBMITTED, SubmissionState.PROVISIONAL)


APPROVED_STATES = (SubmissionState.APPROVED, SubmissionState.RECEIVED)


class FigureRequestState(models.TextChoices):
    """Where an asked figure stands."""

    ASKED = "ASKED", "đã xin"
    PROVIDED = "PROVIDED", "đã cung cấp"
    USED = "USED", "đã dùng"

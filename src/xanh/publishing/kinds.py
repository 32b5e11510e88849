"""Kinds that rows, rules and screens of publishing share."""

from __future__ import annotations

from django.db import models


class Template(models.TextChoices):
    """Which report: the side that issues it decides form and figures."""

    PARTY = "PARTY", "Báo cáo của cấp ủy (thể thức văn bản của Đảng)"
    STATE = "STATE", "Báo cáo của cơ quan nhà nước (Nghị định 30/2020/NĐ-CP)"


class TextKind(models.TextChoices):
    """Parts of a report that people write."""

    DIFFICULTIES = "DIFFICULTIES", "Khó khăn, vướng mắc"
    PROPOSALS = "PROPOSALS", "Đề xuất, kiến nghị"

"""Levels, kinds, blocks and trees of units; kept apart from the tables so that pages can name them."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    """Where a unit stands."""

    NATION = "NATION", "Cả nước"
    PROVINCE = "PROVINCE", "Cấp tỉnh"
    COMMUNE = "COMMUNE", "Cấp xã"
    BLOCK = "BLOCK", "Khối"
    BODY = "BODY", "Cơ quan, đơn vị"
    HAMLET = "HAMLET", "Thôn, tổ dân phố"
    PARTY_ORGANISATION = "PARTY_ORGANISATION", "Tổ chức đảng trực thuộc"


class Kind(models.TextChoices):
    """Kinds of territorial units; dated in UnitName because a province may become a city."""

    NATION = "nation", "cả nước"
    PROVINCE = "province", "tỉnh"
    CITY = "city", "thành phố"
    RURAL_COMMUNE = "rural_commune", "xã"
    WARD = "ward", "phường"
    SPECIAL_ZONE = "special_zone", "đặc khu"
    BLOCK = "block", "khối"
    BODY = "body", "cơ quan"
    HAMLET = "hamlet", "thôn, tổ dân phố"
    PARTY_ORGANISATION = "party_organisation", "tổ chức đảng"


class Block(models.TextChoices):
    """The four sides of one level of government."""

    PARTY = "party", "Đảng ủy"
    COUNCIL = "council", "HĐND"
    COMMITTEE = "committee", "UBND"
    FRONT = "front", "MTTQ"


class Tree(models.TextChoices):
    """Parallel trees in which a unit may have a parent."""

    TERRITORY = "territory", "Địa giới"
    PARTY = "party", "Đảng"
    COUNCIL = "council", "Hội đồng nhân dân"
    COMMITTEE = "committee", "Ủy ban nhân dân"
    FRONT = "front", "Mặt trận"

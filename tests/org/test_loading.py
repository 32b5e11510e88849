"""The real catalogue of units as Quyết định 19/2025/QĐ-TTg lists it, and what a second loading does."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from xanh.org import loading, queries
from xanh.org.models import GroupMember, Membership, Unit, UnitAlias, UnitGroup, UnitName

pytestmark = pytest.mark.django_db
PROVINCES, COMMUNES = 34, 3321
# Đặc khu Cồn Cỏ, Hoàng Sa and Bạch Long Vĩ have fewer than 1,000 residents.
NO_COUNCIL = {"19742", "20333", "11948"}


@pytest.fixture
def added(nation: factories.Nation) -> int:
    """How many units the real catalogue adds beside the sample nation."""
    return loading.load_catalogue()


def row_counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, UnitName, UnitAlias, Membership, UnitGroup, GroupMember))


def test_the_country_has_34_provinces_and_3321_communes_with_their_blocks(added: int) -> None:
    units = Unit.objects.filter(is_sample=False)
    assert units.filter(level="PROVINCE").count() == PROVINCES
    assert units.filter(level="COMMUNE").count() == COMMUNES
    # Four blocks each, less the three councils that do not exist.
    assert units.filter(level="BLOCK").count() == 4 * (PROVINCES + COMMUNES) - 3 == 13_417
    # The country itself stood there with the sample nation.
    assert added == PROVINCES + COMMUNES + 13_417


def test_kinds_of_communes_as_the_decision_counts_them(added: int) -> None:
    communes = Unit.objects.filter(is_sample=False, level="COMMUNE")
    counted = [communes.filter(kind=kind).count() for kind in ("rural_commune", "ward", "special_zone")]
    assert counted == [2621, 687, 13]


def test_exactly_three_special_zones_have_no_council(added: int) -> None:
    with_council = Unit.objects.filter(is_sample=False, level="BLOCK", block="council").values("commune_code")
    without = Unit.objects.filter(is_sample=False, level="COMMUNE").exclude(code__in=with_council)
    assert {unit.code for unit in without} == NO_COUNCIL
    assert {unit.kind for unit in without} == {"special_zone"}
    assert not any(queries.has_council(code) for code in NO_COUNCIL)


def test_a_commune_has_its_blocks_by_code_name_and_tree(added: int) -> None:
    blocks = queries.blocks_of("11948")
    assert [block.code for block in blocks] == ["11948-DU", "11948-UB", "11948-MT"]
    parents = Membership.objects.filter(unit="11948-UB").order_by("tree").values_list("tree", "parent")
    province = Unit.objects.get(pk="11948").province_code
    assert list(parents) == [("committee", f"{province}-UB"), ("territory", "11948")]


def test_the_kind_of_dong_nai_is_dated_and_says_where_sources_disagree(added: int) -> None:
    before, after = queries.name_on("75", date(2026, 7, 31)), queries.name_on("75", date(2026, 8, 1))
    assert before is not None
    assert after is not None
    assert (before.kind, before.valid_to, before.note) == ("province", date(2026, 8, 1), "")
    assert (after.kind, after.name) == ("city", "Thành phố Đồng Nai")
    assert "chưa thống nhất" in after.note


def test_a_province_says_its_kind_in_its_name(added: int) -> None:
    names = dict(Unit.objects.filter(code__in=["01", "22", "46"]).values_list("code", "name"))
    assert names == {"01": "Thành phố Hà Nội", "22": "Tỉnh Quảng Ninh", "46": "Thành phố Huế"}


def test_groups_of_a_province_mean_its_communes(added: int) -> None:
    communes = Unit.objects.filter(level="COMMUNE", province_code="31").count()
    day = date(2026, 1, 1)
    assert queries.roster("31-XA", day=day).count() == communes
    # Bạch Long Vĩ (Hải Phòng) has no council that could be addressed.
    assert queries.roster("31-HDXA", day=day).count() == communes - 1


def test_loading_twice_adds_nothing(added: int) -> None:
    before = row_counts()
    assert loading.load_catalogue() == 0
    assert row_counts() == before


def test_loading_leaves_the_sample_nation_alone(added: int) -> None:
    samples = set(Unit.objects.filter(is_sample=True, level="COMMUNE").values_list("code", flat=True))
    assert samples == {"99001", "99002", "99020", "98001"}

"""Printed names of bodies: certain ones are taken, doubtful ones only suggested."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests import factories
from xanh.directives import matching
from xanh.org import actions as org_actions
from xanh.org.models import Unit

DAY = date(2026, 11, 2)


@pytest.fixture
def province(db: None) -> Unit:
    factories.sample_nation()
    return Unit.objects.get(pk="00")


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("Văn phòng Tỉnh ủy", "body:00/VPTU"),
        ("Văn phòng Tỉnh uỷ", "body:00/VPTU"),
        ("Sở KH&CN", "body:00/SKHCN"),
        ("UBND tỉnh", "unit:00-UB"),
        ("Ủy ban nhân dân tỉnh Mẫu", "unit:00-UB"),
        ("các xã, phường", "group:00-XA"),
        ("Đề nghị các xã, phường", "group:00-XA"),
        ("UBND các xã, phường", "group:00-UBXA"),
        ("UBND xã Tân Mẫu", "unit:99001-UB"),
        ("xã Tân Mẫu", "unit:99001"),
    ],
)
def test_a_name_that_agrees_with_its_diacritics_is_taken_within_the_province(
    province: Unit, written: str, ref: str
) -> None:
    assert matching.certain_ref(written, owner=province) == ref


def test_a_body_that_is_made_already_is_one_meaning_not_two(province: Unit, now: datetime) -> None:
    org_actions.ensure_body(owner=province, body_code="SKHCN", by=None, at=now)
    assert matching.certain_ref("Sở Khoa học và Công nghệ", owner=province) == "body:00/SKHCN"


@pytest.mark.parametrize(
    "written",
    [
        "các cơ quan, đơn vị, địa phương",
        "Đảng ủy xã",
        "van phong tinh uy",
        "Sở Khoa học",
        "xã Không Có",
        "",
        "  ",
    ],
)
def test_a_doubtful_name_is_never_taken_by_itself(province: Unit, written: str) -> None:
    assert matching.certain_ref(written, owner=province) == ""


def test_a_name_without_diacritics_is_suggested_with_a_lower_score(province: Unit) -> None:
    found = matching.suggest("van phong tinh uy", owner=province)
    assert [(each.ref, each.certain) for each in found] == [("body:00/VPTU", False)]


def test_a_homonymous_commune_of_another_province_is_not_meant(province: Unit) -> None:
    assert [each.ref for each in matching.suggest("Xã Tân Mẫu", owner=province)] == ["unit:99001"]


def test_a_commune_s_own_document_means_its_own_bodies(province: Unit) -> None:
    commune = Unit.objects.get(pk="99001")
    assert matching.certain_ref("Đảng ủy xã", owner=commune) == "unit:99001-DU"
    assert matching.certain_ref("Phòng VHXH", owner=commune) == "body:99001/PVHXH"


def test_a_group_means_its_roster_of_the_day_of_issue(province: Unit) -> None:
    group = matching.units_of("group:00-XA", day=DAY)
    assert [unit.code for unit in group] == ["99001", "99002", "99020"]
    assert matching.unit_codes_of("body:00/VPTU", day=DAY) == ["00-VPTU"]
    assert matching.unit_codes_of("unit:99001-UB", day=DAY) == ["99001-UB"]


@pytest.mark.parametrize(
    "ref",
    ["unit:98001", "unit:không-có", "group:09-XA", "group:không-có", "body:09/VPTU", "body:00/KHÔNG", "99001", ""],
)
def test_a_reference_outside_the_owner_s_territory_is_refused(province: Unit, ref: str) -> None:
    with pytest.raises(matching.RefUnknown):
        matching.check_ref(ref, owner=province)


def test_a_commune_does_not_give_work_to_its_neighbour(province: Unit) -> None:
    commune = Unit.objects.get(pk="99001")
    with pytest.raises(matching.RefUnknown):
        matching.check_ref("unit:99002", owner=commune)
    assert matching.check_ref("unit:99001-UB", owner=commune) == "unit:99001-UB"

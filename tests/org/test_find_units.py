"""Look-up of units by written names: homonyms, diacritics, tone marks, short forms, numbered names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xanh.core import text
from xanh.org import loading, queries
from xanh.org.access import Viewer, reach_of
from xanh.org.models import Post, Unit
from xanh.people.models import User
from xanh.people.roles import Act

pytestmark = pytest.mark.django_db
NAMES = ("Quảng Ninh", "Ba Đình", "Ba Dinh", "Đắk Lắk", "Hồ Chí Minh", "Huế", "Đạ Huoai", "Hòa Bình", "Hoà", "Lâm Đồng")


@pytest.fixture
def map_of_names() -> list[Unit]:
    """Every real unit whose name holds one of the tested names, with the provinces of all."""
    real = loading.territories_of_catalogue()
    chosen = [row for row in real if any(text.fold(name) in text.fold(row.name) for name in NAMES)]
    needed = {row.province_code for row in chosen} | {row.code for row in chosen}
    rows = [row for row in real if row.code in needed or row in chosen]
    loading.load_territories(rows, valid_from=date(2025, 7, 1))
    return list(Unit.objects.all())


def best(written: str, province: str = "") -> tuple[str, bool]:
    found = queries.find_units(written, province_code=province)
    return (found[0].unit.name, found[0].certain) if found else ("", False)


TABLE = [
    ("Quảng Ninh", "", "Tỉnh Quảng Ninh", True),
    ("tỉnh Quảng Ninh", "", "Tỉnh Quảng Ninh", True),
    ("TP Hồ Chí Minh", "", "Thành phố Hồ Chí Minh", True),
    ("TP. Hồ Chí Minh", "", "Thành phố Hồ Chí Minh", True),
    ("TPHCM", "", "Thành phố Hồ Chí Minh", True),
    ("Đăk Lăk", "", "Tỉnh Đắk Lắk", True),
    ("Đắk Lắk", "", "Tỉnh Đắk Lắk", True),
    ("Dak Lak", "", "Tỉnh Đắk Lắk", False),
    ("TP Huế", "", "Thành phố Huế", True),
    ("Đạ Huoai 2", "68", "Xã Đạ Huoai 2", True),
    ("Đạ Huoai", "68", "Xã Đạ Huoai", True),
    ("xã Đạ Huoai 3", "68", "Xã Đạ Huoai 3", True),
    ("Ba Đình", "01", "Phường Ba Đình", True),
    ("Ba Dinh", "01", "Phường Ba Đình", False),
    ("P. Ba Đình", "01", "Phường Ba Đình", True),
]


@pytest.mark.parametrize(("written", "province", "name", "certain"), TABLE)
def test_what_a_written_name_means(
    map_of_names: list[Unit], written: str, province: str, name: str, *, certain: bool
) -> None:
    assert best(written, province) == (name, certain)


def test_a_province_and_its_namesake_communes_are_all_found_and_only_the_province_is_certain(
    map_of_names: list[Unit],
) -> None:
    found = queries.find_units("Quảng Ninh")
    assert found[0].unit.code == "22"
    communes = [match for match in found if match.unit.level == "COMMUNE"]
    assert communes
    assert not any(match.certain for match in communes)


def test_the_place_of_the_tone_mark_makes_no_difference(map_of_names: list[Unit]) -> None:
    late = {m.unit.code: m.score for m in queries.find_units("Hoà Bình", limit=50)}
    early = {m.unit.code: m.score for m in queries.find_units("Hòa Bình", limit=50)}
    assert late == early
    assert any(score > 0.7 for score in late.values())


def test_a_commune_is_certain_only_together_with_its_province(map_of_names: list[Unit]) -> None:
    assert not best("Xã Đạ Huoai 2")[1]
    assert best("Xã Đạ Huoai 2", "68")[1]


@pytest.mark.parametrize("written", ["", "   ", ".,;", "không có đơn vị nào tên thế này"])
def test_nothing_is_found_for_nothing(map_of_names: list[Unit], written: str) -> None:
    assert queries.find_units(written) == []


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("TP. Huế", "Thành phố Huế"),
        ("tp Huế", "Thành phố Huế"),
        ("T.P Huế", "Thành phố Huế"),
        ("UBND xã Tân Mẫu", "Ủy ban nhân dân xã Tân Mẫu"),
        ("HĐND xã Tân Mẫu", "Hội đồng nhân dân xã Tân Mẫu"),
        ("Ủy ban MTTQ xã Tân Mẫu", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Mẫu"),
        ("MTTQ Việt Nam xã Tân Mẫu", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Mẫu"),
        ("Xã Tân Mẫu", "Xã Tân Mẫu"),
    ],
)
def test_short_forms_are_written_out(written: str, full: str) -> None:
    assert queries.written_out(written) == full


def test_a_block_is_found_by_its_short_form(map_of_names: list[Unit]) -> None:
    assert best("UBND xã Đạ Huoai 2", "68") == ("Ủy ban nhân dân xã Đạ Huoai 2", True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(choice=st.randoms(use_true_random=False))
def test_every_unit_is_found_by_its_own_name_within_its_province(map_of_names: list[Unit], choice: object) -> None:
    places = [unit for unit in map_of_names if unit.level in ("PROVINCE", "COMMUNE")]
    unit = choice.choice(places)  # type: ignore[attr-defined]
    found = queries.find_units(unit.name, province_code=unit.province_code)
    assert unit.code in {match.unit.code for match in found if match.score == 1.0}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(choice=st.randoms(use_true_random=False))
def test_a_name_without_its_diacritics_is_only_a_suggestion(map_of_names: list[Unit], choice: object) -> None:
    unit = choice.choice([u for u in map_of_names if u.level in ("PROVINCE", "COMMUNE")])  # type: ignore[attr-defined]
    bare = text.fold(unit.name)
    found = queries.find_units(bare, province_code=unit.province_code)
    assert unit.code in {match.unit.code for match in found}
    assert all(text.nfc(m.unit.name).casefold() == bare or not m.certain for m in found)


def viewer_at(code: str) -> Viewer:
    person = User.objects.create_user("nguoi.xem", full_name="Lê Thị Xem")
    post = Post.objects.create(person=person, unit_id=code, role="leader", capacity="x", starts_on=date(2025, 7, 1))
    return Viewer(person, date(2026, 1, 1), (reach_of(post),))


def test_search_puts_right_diacritics_first(map_of_names: list[Unit]) -> None:
    found = queries.search_units("ba đình", within=viewer_at("VN").units_where(Act.SEE_OWN_BOARD))
    assert found[0].name == "Phường Ba Đình"


def test_search_stays_within_the_territory(map_of_names: list[Unit]) -> None:
    found = queries.search_units("huoai", within=viewer_at("01").units_where(Act.SEE_OWN_BOARD))
    assert found == []


def test_a_wrong_code_is_answered_with_the_nearest_ones(map_of_names: list[Unit]) -> None:
    commune = next(unit for unit in map_of_names if unit.name == "Xã Đạ Huoai 2")
    wrong = f"{commune.code}-UBB"
    codes = [unit.code for unit in map_of_names]
    assert f"{commune.code}-UB" in [unit.code for unit in queries.suggestions(wrong, codes)]

"""Vietnamese text: searching, comparing, sorting."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đạ Huoai", "da huoai"),
        ("  Xã   Tân\u00a0Mẫu ", "xa tan mau"),
        (unicodedata.normalize("NFD", "Thủy Nguyên"), "thuy nguyen"),
        ("ĐẶC KHU", "dac khu"),
        ("Ea M\u2019Droh", "ea m'droh"),
    ],
)
def test_folding_drops_marks_case_and_spare_spaces(written: str, folded: str) -> None:
    assert text.fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(written: str) -> None:
    assert text.fold(text.fold(written)) == text.fold(written)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("thuỷ", "thủy"),
        ("Hoà Bình", "Hòa Bình"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("hòan", "hoàn"),
        ("hoàn", "hoàn"),
        ("húynh", "huýnh"),
        ("qúy", "quý"),
        ("quý", "quý"),
        ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("giá", "giá"),
        ("cụ thể hoá, chuẩn hóa", "cụ thể hóa, chuẩn hóa"),
    ],
)
def test_both_places_of_the_tone_mark_become_one(written: str, canonical: str) -> None:
    assert text.same_tone_place(written) == canonical
    assert text.same_tone_place(unicodedata.normalize("NFD", written)) == canonical


def test_alphabetical_order_is_the_one_of_dictionaries() -> None:
    in_order = [
        "An Bình", "an toàn", "àn", "ản", "ãn", "án", "ạn", "anh", "ăn", "ân", "ba", "ba vì", "bà điểm", "bá", "cam",
        "da", "dê", "đa", "đá", "e", "ê", "o", "ô", "ơ", "tô", "u", "ư", "y",
    ]  # fmt: skip
    assert sorted(random.Random(57).sample(in_order, len(in_order)), key=text.sort_key) == in_order


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    names = ["Phường 10", "Phường 2", "Phường 1 Bảo Lộc", "Phường 1"]
    assert sorted(names, key=text.sort_key) == ["Phường 1", "Phường 1 Bảo Lộc", "Phường 2", "Phường 10"]


def test_case_punctuation_and_tone_place_do_not_change_the_order() -> None:
    assert text.sort_key("hoà-bình") == text.sort_key("Hòa Bình") == text.sort_key("HOÀ  BÌNH")


def test_foreign_letters_stand_behind_vietnamese_ones() -> None:
    assert text.sort_key("z") < text.sort_key("ж")
    assert text.sort_key("é") == text.sort_key("é".upper())


@given(st.text())
def test_sort_keys_are_ascii_so_that_every_database_orders_them_alike(written: str) -> None:
    assert text.sort_key(written).isascii()


def test_only_the_composed_form_is_kept() -> None:
    assert text.nfc("e\u0302\u0301") == "ế"

"""The grammar of «số, ký hiệu»: five forms, repair of letters and separators, round trip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xanh.core import symbols
from xanh.core.symbols import Form


@pytest.mark.parametrize(
    ("text", "form", "parts"),
    [
        ("193/2025/QH15", Form.ASSEMBLY, ("193", "2025", None, "QH15")),
        ("35/2023/UBTVQH15", Form.ASSEMBLY, ("35", "2023", None, "UBTVQH15")),
        ("30/2020/NĐ-CP", Form.LEGAL, ("30", "2020", "NĐ", "CP")),
        ("55/2005/TTLT-BNV-VPCP", Form.LEGAL, ("55", "2005", "TTLT", "BNV-VPCP")),
        ("57-NQ/TW", Form.PARTY, ("57", None, "NQ", "TW")),
        ("42-CTr/TU", Form.PARTY, ("42", None, "CTr", "TU")),
        ("-TB/BCĐ", Form.PARTY, ("", None, "TB", "BCĐ")),
        ("71/NQ-CP", Form.STATE, ("71", None, "NQ", "CP")),
        ("427/QĐ-UBND", Form.STATE, ("427", None, "QĐ", "UBND")),
        ("1003/UBND-VHXH", Form.LETTER, ("1003", None, None, "UBND-VHXH")),
        ("83/BKHCN-BTTTT-VP", Form.LETTER, ("83", None, None, "BKHCN-BTTTT-VP")),
    ],
)
def test_each_form_gives_its_parts(text: str, form: Form, parts: tuple[str | None, ...]) -> None:
    found = symbols.parse(text)
    assert (found.form, found.number, found.year, found.type, found.body) == (form, *parts)
    assert str(found) == text
    assert symbols.is_well_formed(text)


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("57 NQ/TW", "57-NQ/TW"),
        ("57NQ/TW", "57-NQ/TW"),
        ("100 - KL/TW", "100-KL/TW"),
        ("57–NQ/TW", "57-NQ/TW"),
        ("08-QÐ/ĐU", "08-QĐ/ĐU"),
        ("307-CV/DU", "307-CV/ĐU"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("150-/UBND-VHXH", "150/UBND-VHXH"),
        ("12-CTR/TU", "12-CTr/TU"),
        ("31/QĐ-TW", "31-QĐ/TW"),
        ("57-NQ-TW", "57-NQ/TW"),
        ("Số: 15/QĐ-UBND", "15/QĐ-UBND"),
    ],
)
def test_letters_and_separators_are_repaired(noisy: str, clean: str) -> None:
    assert symbols.repair(noisy) == clean
    assert str(symbols.parse(noisy)) == clean


def test_a_state_body_keeps_its_separators() -> None:
    assert symbols.repair("700/CV-UBND") == "700/CV-UBND"


def test_a_wrong_code_is_kept_as_printed() -> None:
    assert str(symbols.parse("57-KH/TW")) == "57-KH/TW"


def test_what_is_no_symbol_is_refused_with_an_example_of_the_right_form() -> None:
    with pytest.raises(symbols.SymbolUnreadable) as refused:
        symbols.parse("mức độ 3,4")
    assert "mức độ 3,4" in str(refused.value)
    assert "57-NQ/TW" in str(refused.value)
    assert not symbols.is_well_formed("01/7")


NUMBERS = st.integers(1, 99999).map(str)
BODIES = st.sampled_from(["TW", "TU", "ĐU", "UBND", "BCĐ", "VPĐU", "CP", "TTg", "SKHCN"])


@given(NUMBERS, st.sampled_from(symbols.PARTY_TYPES), BODIES)
def test_party_symbols_come_back_as_they_were_written(number: str, code: str, body: str) -> None:
    written = f"{number}-{code}/{body}"
    assert str(symbols.parse(written)) == written


@given(NUMBERS, st.integers(1990, 2040), st.sampled_from(symbols.STATE_TYPES), BODIES)
def test_legal_symbols_come_back_as_they_were_written(number: str, year: int, code: str, body: str) -> None:
    written = f"{number}/{year}/{code}-{body}"
    assert str(symbols.parse(written)) == written


@given(st.text(max_size=30))
def test_repair_never_touches_digits(text: str) -> None:
    before = [letter for letter in text if letter in "0123456789"]
    assert [letter for letter in symbols.repair(text) if letter in "0123456789"] == before

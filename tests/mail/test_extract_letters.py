"""Characters made comparable."""
# ruff: noqa: RUF001 - characters that look like others are what is tested

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.extract.letters import clean, folded


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain 123", "plain 123"),
        ("٤٨٢ ۴۸۲ ४८२ ๔๘๒ ４８２", "482 482 482 482 482"),
        ("ＡＢｃ", "ABc"),
        ("1\u00a02\u20093", "1 2 3"),
        ("1\u20112\u20133", "1-2-3"),
        ("4\u200b8\u00ad2\u2060", "482"),
        ("e\u0301", "\u00e9"),
        ("a\nb", "a\nb"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_every_decimal_digit_of_the_living_scripts_is_one() -> None:
    for script in ("ARABIC-INDIC", "DEVANAGARI", "BENGALI", "THAI", "TAMIL", "KHMER", "FULLWIDTH"):
        written = "".join(unicodedata.lookup(f"{script} DIGIT {name}") for name in NAMES)
        assert clean(written) == "0123456789"


NAMES = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("CÓDIGO", "codigo"),
        ("Įvairūs Łódź Ørsted", "ivairus lodz orsted"),
        ("İSTANBUL ılık", "istanbul ilik"),
        ("ΚΩΔΙΚΌΣ", "κωδικοσ"),
        ("Mã xác", "ma xac"),
        ("l\u2019accès", "l'acces"),
        ("ПОДТВЕРЖДЁН", "подтвержден"),
        ("أيك", "ایک"),
    ],
)
def test_folded(text: str, low: str) -> None:
    assert folded(text) == low


@given(st.text(max_size=50))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)

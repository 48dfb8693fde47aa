import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.fold import fold, without_surrogates

ANY = st.text(st.characters(), max_size=40)
"""Surrogates and unassigned characters too."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("STRASSE", "straße"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("ДОМ", "дом"),
        ("İstanbul", "ISTANBUL"), ("\u0131l\u0131k", "ILIK"), ("ﬁn", "FIN"),
        ("e\u0301te\u0301", "ÉTÉ"), ("\u212b", "å"), ("q\u0307\u0323", "q\u0323\u0307"),
        ("a \t\r\n b\u00a0c", "A B C"), (" x ", "x"), ("a\x00b", "a b"),
        ("re\u00adset", "RESET"), ("\u200bzero\ufeff", "zero"), ("a\udc80", "A\ufffd"),
    ],
)  # fmt: skip
def test_what_differs_only_in_case_composition_or_space_is_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("ab", "a b"), ("ss", "s")])
def test_other_differences_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY)
def test_folding_twice_changes_nothing_and_leaves_no_line_ends(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert " ".join(folded.split()) == folded
    folded.encode()


@given(ANY)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(ANY)
def test_replaced_surrogates_leave_every_place_where_it_was(text: str) -> None:
    whole = without_surrogates(text)
    assert len(whole) == len(text)
    whole.encode()

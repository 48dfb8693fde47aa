from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.patterns import PatternError, network_pattern, text_pattern


@pytest.mark.parametrize(
    ("pattern", "value", "matches"),
    [
        ("*@x.test", "a@X.test", True), ("*@x.test", "a@x.test.evil", False),
        ("a?c", "abc", True), ("[ab]@x", "b@x", True), ("/b+/", "aBBc", True),
        ("/^b/", "ab", False), ("/", "/", True), ("", "", True), ("", "a", False),
    ],
)  # fmt: skip
def test_globs_match_the_whole_and_expressions_a_part(
    pattern: str, value: str, matches: bool
) -> None:
    assert text_pattern(pattern).matches(value) is matches


@pytest.mark.parametrize(
    "pattern", ["/(a+)+/", "/(a|a)*/", "/(a*)*b/", "/((a{1,50})x?){1,50}/", r"/((a)\2*)*/"]
)
def test_an_expression_that_could_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="repeats something that repeats"):
        text_pattern(pattern)


@pytest.mark.parametrize("pattern", ["/(/", "/[/", "/*/", r"/\1/", "x" * 501])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        text_pattern(pattern)


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(PatternError):
        network_pattern("10.0.0.x")


@given(st.text(max_size=30), st.text(max_size=50))
def test_any_pattern_is_used_or_refused(pattern: str, value: str) -> None:
    for text in (pattern, f"/{pattern}/"):
        try:
            text_pattern(text).matches(value)
        except PatternError:
            continue

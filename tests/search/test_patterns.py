from __future__ import annotations

import time

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
    "pattern",
    [r"/((a)\2*)*/", "/(?=(a+)+)b/", "/(?!.*.*.*a)/", "/((a{1,50})x?){1,50}/", "/(a{1,99}){99}/"],
)
def test_an_expression_that_could_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"could take for ever|too large"):
        text_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "value", "matches"),
    [
        ("/^(a+)+$/", "a" * 60_000, True), ("/^(a+)+$/", "a" * 60_000 + "b", False),
        ("/(a|a)*b/", "a" * 60_000, False), ("/a.*b.*c.*d/", "abc" * 20_000, False),
        ("/a.*b.*c.*d/", "abc" * 20_000 + "d", True), ("/(a{1,2})*c/", "a" * 60_000, False),
        ("/" + "a?" * 40 + "a" * 40 + "/", "a" * 39, False),
        ("/^(?!.*x)a/", "a" * 60_000, True), ("/^(?!.*x)a/", "a" * 900 + "x", False),
        (r"/(.)\1\1b/", "aab" * 20_000, False), (r"/\bcode: \d{6}\b/", "code " * 12_000, False),
    ],
)  # fmt: skip
def test_an_expression_takes_no_time_whatever_it_looks_at(
    pattern: str, value: str, matches: bool
) -> None:
    begin = time.process_time()
    assert text_pattern(pattern).found_in(value) is matches
    assert time.process_time() - begin < 1


def test_what_a_later_python_may_read_otherwise_is_no_warning() -> None:
    assert text_pattern("/[[a]b/").found_in("[b")


def test_an_irregular_expression_sees_the_first_thousand_characters_of_a_long_line() -> None:
    pattern = text_pattern("/^(?=.*x)a/")
    assert pattern.found_in("a" * 999 + "x")
    assert not pattern.found_in("a" * 1_000 + "x")
    assert text_pattern("/b(?=x)/").found_in("a" * 50_000 + "bx")


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

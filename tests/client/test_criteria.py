"""Criteria as tests write them."""

import re

import pytest

from mailtrap.client.criteria import Wanted, parameters


@pytest.mark.parametrize(
    ("name", "wanted", "told"),
    [
        ("subject", "Confirm", [("subject", "Confirm")]),
        ("subject", re.compile("^Conf"), [("subject", "/^Conf/")]),
        ("from_", "a@x.test", [("from", "a@x.test")]),
        ("sender", "a@x.test", [("from", "a@x.test")]),
        ("has", ["link", "code"], [("has", "link"), ("has", "code")]),
        ("header", {"X-A": "1"}, [("header", "X-A: 1")]),
        ("header", {"X-A": re.compile("^1")}, [("header", "X-A: /^1/")]),
        ("header", "X-A", [("header", "X-A")]),
        ("code", 481516, [("code", "481516")]),
        ("text", None, []),
    ],
)
def test_a_criterion_is_sent_as_the_server_reads_it(
    name: str, wanted: Wanted | None, told: list[tuple[str, str]]
) -> None:
    assert parameters({name: wanted}) == told


def test_a_pattern_that_the_server_would_read_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match=r"re\.VERBOSE"):
        parameters({"subject": re.compile("a b", re.VERBOSE)})


def test_a_word_that_is_none_of_them_is_refused_with_all_of_them() -> None:
    with pytest.raises(TypeError, match=r"'quarry'; did you mean query\?.*mail_from"):
        parameters({"quarry": "x"})

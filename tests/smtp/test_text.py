"""Octets searched quickly: line ends in one pass, marks from dot to dot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.smtp.content import LARGE, find_dotted
from mailtrap.smtp.text import has_only_crlf


@pytest.mark.parametrize(
    "octets", [b"", b"a", b"\r\n", b"a\r\nb\r\n", b"\r\n\r\n", b"\xff\x00\x85\r\n", b"\x0b\x0c"]
)
def test_crlf_alone_is_regular(octets: bytes) -> None:
    assert has_only_crlf(octets)


@pytest.mark.parametrize(
    "octets", [b"\n", b"\r", b"a\nb\r\n", b"\r\na\r", b"\r\r\n", b"\n\r", b"a\rb\r\n"]
)
def test_a_bare_cr_or_lf_is_not(octets: bytes) -> None:
    assert not has_only_crlf(octets)


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"\xe9"])).map(b"".join))
def test_it_is_what_counting_tells(octets: bytes) -> None:
    pairs = octets.count(b"\r\n")
    assert has_only_crlf(octets) is (octets.count(b"\r") == pairs == octets.count(b"\n"))


@given(
    st.lists(st.sampled_from([b".", b"\r\n", b"\r\n.", b"a" * 90, b"\n."]), max_size=400),
    st.sampled_from([b"\r\n.\r\n", b"\r\n."]),
    st.integers(0, 300),
)
def test_a_mark_is_found_from_dot_to_dot_as_by_searching(
    pieces: list[bytes], mark: bytes, start: int
) -> None:
    octets = b"a" * LARGE + b"".join(pieces)
    assert find_dotted(octets, mark, start) == octets.find(mark, start)
    assert find_dotted(bytearray(octets), mark, start) == octets.find(mark, start)

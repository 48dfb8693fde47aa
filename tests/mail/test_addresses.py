"""Address lists: as the RFC has them, as the obsolete ones are, as they are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.addresses import MAX_ADDRESSES
from mailtrap.mail.headers import addresses
from mailtrap.mail.message import Address

Pairs = list[tuple[str, str]]


def pairs(value: bytes | str) -> Pairs:
    return [(one.name, one.address) for one in addresses(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("jane@example.com", [("", "jane@example.com")]),
        ("<jane@example.com>", [("", "jane@example.com")]),
        ("Jane Doe <jane@example.com>", [("Jane Doe", "jane@example.com")]),
        ('"Doe, Jane" <j@x>, bob@y', [("Doe, Jane", "j@x"), ("", "bob@y")]),
        (r'"Jane \"J\" Doe" <j@x>', [('Jane "J" Doe', "j@x")]),
        ("J. Doe <j@x>", [("J. Doe", "j@x")]),
        ("a@b,\r\n c@d", [("", "a@b"), ("", "c@d")]),
        ("a@b (Ann)", [("Ann", "a@b")]),
        ("(Ann (the) A) a@b", [("Ann (the) A", "a@b")]),
        ("Ann (not me) <a@b>", [("Ann", "a@b")]),
        (r"a@b (x \) y)", [("x ) y", "a@b")]),
        ("Team: a@b, Bo <c@d>;", [("", "a@b"), ("Bo", "c@d")]),
        ("Team: a@b;, e@f", [("", "a@b"), ("", "e@f")]),
        ("undisclosed-recipients:;", []),
        ('"john doe"@example.com', [("", '"john doe"@example.com')]),
        ('"a,b"@example.com, c@d', [("", '"a,b"@example.com'), ("", "c@d")]),
        ("user@[192.0.2.1]", [("", "user@[192.0.2.1]")]),
        ("user@[IPv6:2001:db8::1]", [("", "user@[IPv6:2001:db8::1]")]),
        ("<@a.example,@b.example:c@d>", [("", "c@d")]),
        ("< jane@x >", [("", "jane@x")]),
        ("jörg@bücher.example".encode(), [("", "jörg@bücher.example")]),
        (b"J\xf6rg <j@x>", [("Jörg", "j@x")]),
        ("=?utf-8?q?J=C3=B6rg?= <j@x>", [("Jörg", "j@x")]),
        ("=?utf-8?q?Doe=2C_J?= <j@x>", [("Doe, J", "j@x")]),
        ("=?utf-8?q?J=C3=B6?= =?utf-8?q?rg?= Doe <j@x>", [("Jörg Doe", "j@x")]),
        ('"=?utf-8?q?J=C3=B6rg?=" <j@x>', [("Jörg", "j@x")]),
        ("j@x (=?utf-8?q?J=C3=B6rg?=)", [("Jörg", "j@x")]),
        ("prvs=1=a@b", [("", "prvs=1=a@b")]),
        ("a@b,", [("", "a@b")]),
        (",, a@b ,,", [("", "a@b")]),
        ("", []),
    ],
)
def test_a_list_is_read(value: bytes | str, expected: Pairs) -> None:
    assert pairs(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jane jane@x.org", [("Jane", "jane@x.org")]),
        ("jane@x.org Jane", [("Jane", "jane@x.org")]),
        ('"Jane" jane@x.org', [("Jane", "jane@x.org")]),
        ('"Ann B" x@y z', [("Ann B z", "x@y")]),
        ("Jane <jane@x, bob@y", [("Jane", "jane@x"), ("", "bob@y")]),
        ("a@b; c@d", [("", "a@b"), ("", "c@d")]),
        ('"unclosed <a@b>, c@d', [('"unclosed', "a@b"), ("", "c@d")]),
        ("a@b (unclosed, c@d", [("unclosed, c@d", "a@b")]),
        ("<>", []),
        ("Nobody <>", [("Nobody", "")]),
        ("root", [("", "root")]),
        ("root (Charlie)", [("Charlie", "root")]),
        ("Jane Doe", [("Jane Doe", "")]),
        ("=?utf-8?q?J_=3Cj=40x.org=3E?=", [("J", "j@x.org")]),
        ("=?utf-8?q?Jane?=", [("", "Jane")]),
        ("<a@b>: c@d", [("", "a@b"), ("", "c@d")]),
        ("<a@b>>", [("", "a@b")]),
        (") a@b", [("", "a@b")]),
        ("[ a@b", [("[", "a@b")]),
        ("a@b\\", [("", "a@b\\")]),
        ("mailto:a@b", [("", "a@b")]),
    ],
)
def test_a_broken_list_is_read_as_far_as_it_goes(value: str, expected: Pairs) -> None:
    assert pairs(value) == expected


@pytest.mark.parametrize("element", ["a@b", "a=b@c"])
def test_the_number_is_bounded(element: str) -> None:
    assert len(addresses(",".join([element] * (MAX_ADDRESSES + 10)))) == MAX_ADDRESSES


@given(st.binary() | st.text(alphabet=st.characters()))
def test_any_value_gives_addresses(value: bytes | str) -> None:
    assert all(isinstance(one, Address) for one in addresses(value))


@given(st.text(alphabet="ab@.,;:<>()[]\"\\ =?q-'\t", max_size=50))
def test_any_mixture_of_specials_gives_addresses(value: str) -> None:
    assert all(one.name or one.address for one in addresses(value))

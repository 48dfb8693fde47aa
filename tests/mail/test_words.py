"""Header values: folding, raw octets, encoded words whole and broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.headers import decode_words, to_text, unfold
from mailtrap.mail.words import expand_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b" plain\r\n", "plain"),
        (b" a\r\n b", "a b"),
        (b" a\n\tb", "a\tb"),
        (b" a\r\r\n b\r\r\n  c", "a b  c"),
        (b" a\r\n \r\n b", "a  b"),
        ("a\nInjected: x", "a Injected: x"),
        ("a\rb", "a\rb"),
        ("", ""),
    ],
)
def test_a_folded_value_is_one_line(value: bytes | str, text: str) -> None:
    assert unfold(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"plain", "plain"),
        ("grün ☃".encode(), "grün ☃"),
        (b"gr\xfcn \x80", "grün €"),
        (b"\x81", "\x81"),
        ("text", "text"),
    ],
)
def test_raw_octets_are_utf8_or_windows_1252(value: bytes | str, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=?=", "café"),
        ("=?iso-8859-1?Q?a_b=5Fc?=", "a b_c"),
        ("=?utf-8*de?q?gr=C3=BCn?=", "grün"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a_?=\r\n =?utf-8?q?b?=", "a b"),
        ("=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"),
        ("=?utf-8?b?w6Q=?= =?utf-8?b?4pg=?= =?UTF-8?b?gw==?=", "ä☃"),
        ("=?utf-8?q?=E2=98?= =?utf-8?q?=83?=", "☃"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет"),
        ("=?euc-kr?B?vsiz5w==?=", "안녕"),
        ("=?x-unknown?q?=C3=A4?=", "ä"),
        ("=?x-unknown?q?=E4?=", "ä"),
        ("=?utf-8?q??=", ""),
        ("=?utf-8?b??= x", " x"),
        ("(=?utf-8?q?a?=)", "(a)"),
        ("x=?utf-8?q?a?=y", "xay"),
    ],
)
def test_an_encoded_word_is_decoded(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?spaces are wrong?=", "spaces are wrong"),
        ("=?utf-8?q?what? really??=", "what? really?"),
        ("=?utf-8?q?cut off", "cut off"),
        ("=?utf-8?q?cut?", "cut"),
        ("=?utf-8?b?Y2Fmw6k", "café"),
        ("=?utf-8?q?a =?utf-8?q?b?=", "ab"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q", "=?utf-8?q"),
        ("=??q?a?=", "=??q?a?="),
        ("1 =? 2", "1 =? 2"),
        ("=?utf-8?b?Y2!Fm*w6k=?=", "café"),
        ("=?utf-8?q?=C3?=", "Ã"),
        ("=?utf-8?q?=ZZ?=", "=ZZ"),
        ("=?utf-8?q?\udcff?=", "?"),
    ],
)
def test_a_broken_word_is_read_as_far_as_it_goes(value: str, text: str) -> None:
    assert decode_words(value) == text


def test_expanding_keeps_white_space_around() -> None:
    assert expand_words(" =?utf-8?q?a?= ") == " a "


@given(st.binary() | st.text(alphabet=st.characters()))
def test_any_value_becomes_text(value: bytes | str) -> None:
    assert "\n" not in unfold(value)
    assert isinstance(decode_words(value), str)


@given(st.text(alphabet="=?utf-8qQbB _\u00e4\r\n", max_size=60))
def test_any_mixture_of_markers_becomes_text(value: str) -> None:
    assert isinstance(decode_words(value), str)
    assert isinstance(decode_words(f"=?utf-8?q?{value}"), str)

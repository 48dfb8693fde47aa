from email import message_from_string, policy

import pytest

from mailtrap.outbound import spelling


@pytest.mark.parametrize(
    ("text", "utf8", "shown"),
    [
        ("ann@x.test", False, "ann@x.test"),
        ("a+b=c@x.test", False, "a+b=c@x.test"),
        ("j\u00fcrgen@x.test", True, "j\u00fcrgen@x.test"),
        ("a+\u4f60@x.test", False, r"a\x{2B}\x{4F60}@x.test"),
        ("a\r\nBcc: b", False, "a??Bcc: b"),
        ("\udcff@x.test", True, "\ufffd@x.test"),
    ],
)
def test_an_address_is_one_harmless_line(text: str, shown: str, *, utf8: bool) -> None:
    assert spelling.address(text, utf8=utf8) == shown


@pytest.mark.parametrize("character", ["a", "\u4f60"])
@pytest.mark.parametrize("utf8", [True, False])
def test_what_is_too_long_for_a_line_is_cut(character: str, *, utf8: bool) -> None:
    shown = spelling.address(character * 60_000, utf8=utf8).encode()
    assert spelling.ADDRESS_LIMIT - 8 < len(shown) <= spelling.ADDRESS_LIMIT + 3
    assert len(spelling.line(character * 60_000, utf8=utf8).encode()) <= spelling.LINE_LIMIT + 3


def test_words_are_ascii_where_they_must_be() -> None:
    assert spelling.line("gr\u00fc\u00df\tx") == "gr???x"
    assert spelling.line("gr\u00fc\u00df", utf8=True) == "gr\u00fc\u00df"


@pytest.mark.parametrize("text", ["Hello", "Gr\u00fc\u00dfe " * 30, "word " * 60, "=?utf-8?Q?x?="])
def test_a_subject_is_ascii_and_short_lines(text: str) -> None:
    value = spelling.subject(text)
    assert value.isascii()
    assert all(len(line) < 100 for line in value.split("\r\n"))
    assert all(line.startswith(" ") for line in value.split("\r\n")[1:])


def test_a_subject_reads_back_the_same() -> None:
    text = ("Gr\u00fc\u00dfe aus K\u00f6ln " * 10).strip()
    raw = f"Subject: {spelling.subject(text)}\r\n\r\n"
    assert message_from_string(raw, policy=policy.default)["Subject"] == text


@pytest.mark.parametrize("text", ["a\rb", "a\nb", "a\0b", "a\x7fb"])
def test_control_characters_are_unsafe(text: str) -> None:
    assert spelling.unsafe(text)
    assert not spelling.unsafe('"a b"@x.test')

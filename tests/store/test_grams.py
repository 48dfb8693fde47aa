import pytest

from mailtrap.search.tree import All, Any, Mode, Node, Not, Read, Text
from mailtrap.store.grams import PICKED, block_text, match


def text(value: str, mode: Mode = "contains") -> Text:
    return Text(("subject", "text"), mode, value)


@pytest.mark.parametrize(
    ("node", "asked"),
    [
        (text("abc"), '("abc" )'),
        (text("abcde"), '("abc"  AND "bcd"  AND "cde" )'),
        (text("aaaaa"), '("aaa" )'),
        (text('a"b'), '("a""b" )'),
        (text("日本語"), '("日本語" )'),
        (text("abc", "equals"), '("abc" )'),
        (text("*abc?d*xyz", "glob"), '("abc"  AND "xyz" )'),
        (All((text("abc"), Read(True), text("ab"))), '(("abc" ))'),
        (Any((text("abc"), text("def"))), '(("abc" ) OR ("def" ))'),
    ],
)
def test_blocks_are_asked_for_the_trigrams_of_values(node: Node, asked: str) -> None:
    assert match(node) == asked


@pytest.mark.parametrize(
    "node",
    [
        text("ab"),
        text(""),
        text("abc", "regex"),
        text("abc[de]", "glob"),
        text("ab*cd", "glob"),
        text("abc\0"),
        text("abc\udce9"),
        Text(("subject", "headers"), "contains", "abc"),
        Text((), "contains", "abc"),
        Not(text("abc")),
        Any((text("abc"), Read(True))),
        Any(()),
        All(()),
        Any(tuple(text(f"word{number}") for number in range(300))),
    ],
)
def test_any_block_may_have_what_trigrams_cannot_tell(node: Node) -> None:
    assert match(node) is None


def test_of_a_long_value_some_trigrams_are_asked_for_from_begin_to_end() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 100)))
    asked = match(text(letters))
    assert asked is not None
    assert asked.count('" ') == PICKED
    assert letters[:3] in asked
    assert letters[-3:] in asked


def test_a_line_that_stands_in_several_texts_is_told_once() -> None:
    assert block_text("\none\ntwo\n\none\n") == "\none\ntwo"

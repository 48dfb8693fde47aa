from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailtrap.search.document import Field
from mailtrap.search.language import DEPTH_LIMIT, LENGTH_LIMIT, TERMS_LIMIT, QueryError, parse
from mailtrap.search.operators import BY_NAME, OPERATORS, Operator
from mailtrap.search.tree import (
    EVERYTHING,
    All,
    Any,
    Header,
    InInbox,
    Mode,
    Node,
    Not,
    Received,
    Tagged,
)
from mailtrap.search.tree import Text as TextNode
from mailtrap.search.values import FREE

NOW = datetime(2024, 1, 31, 12, tzinfo=UTC)


def read(text: str) -> Node:
    return parse(text, now=NOW)


def word(value: str) -> Node:
    return TextNode(FREE, "contains", value)


def the(field: Field, mode: Mode, value: str) -> Node:
    return TextNode((field,), mode, value)


def subject(value: str) -> Node:
    return the("subject", "contains", value)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize("text", ["", " ", "\t\n "])
def test_no_search_asks_for_nothing_in_particular(text: str) -> None:
    assert read(text) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A), ("A", A), ("a b", All((A, B))), ("a AND b", All((A, B))),
        ("a OR b", Any((A, B))), ("a | b", Any((A, B))), ("a OR b OR c", Any((A, B, C))),
        ("a b OR c", All((A, Any((B, C))))), ("a OR b c", All((Any((A, B)), C))),
        ("(a b) OR c", Any((All((A, B)), C))), ("((a))", A), ("{a b}", Any((A, B))),
        ("{a}", A), ("{(a b) c}", Any((All((A, B)), C))), ("(a)(b)", All((A, B))),
        ("-a", Not(A)), ("!a", Not(A)), ("NOT a", Not(A)), ("--a", Not(Not(A))),
        ("-(a b)", Not(All((A, B)))), ("-{a b}", Not(Any((A, B)))), ('-"a b"', Not(word("a b"))),
        ("-subject:a", Not(subject("a"))), ("a -b OR c", All((A, Any((Not(B), C))))),
        ("subject:(a b)", All((subject("a"), subject("b")))),
        ("subject:{a b}", Any((subject("a"), subject("b")))),
        ("subject:(a OR -b)", Any((subject("a"), Not(subject("b"))))),
        ("subject:a b", All((subject("a"), B))), ("SUBJECT:a", subject("a")),
        ('subject:"a  B"', subject("a b")), ('"a \\"b\\" \\\\"', word('a "b" \\')),
        ('a"b"', All((A, B))), ("-", word("-")), ("a - b", All((A, word("-"), B))),
        ("or and not", All((word("or"), word("and"), word("not")))), ('"OR"', word("or")),
        ("a-b", word("a-b")), ("a|b", word("a|b")),
        ("tag:A", Tagged("a")), ("in:Team", InInbox("Team")), ('tag:"a b*"', Tagged("a b*")),
        ("header:X-A", Header("x-a")), ("header:X-A=b", Header("x-a", "contains", "b")),
        ('header:X-A="b c"', Header("x-a", "contains", "b c")),
        ("header:X-A=/b c/", Header("x-a", "regex", "b c")),
        ("header:X-A=/b/", Header("x-a", "regex", "b")),
        ('header:"X-A: b c"', Header("x-a", "contains", "b c")),
        ("header.X-A:=b", Header("x-a", "equals", "b")),
        ('header.X-A:=""', Header("x-a", "equals", "")),
        ("header.X-A:/b c/", Header("x-a", "regex", "b c")),
        ("/a b/", TextNode(FREE, "regex", "a b")), ("/a/i", TextNode(FREE, "regex", "a")),
        (r"/a\/b/", TextNode(FREE, "regex", r"a\/b")), ("(/a/)", TextNode(FREE, "regex", "a")),
        ("/a", word("/a")), ("/a/b", word("/a/b")), ("//", word("//")),
        ("link:/reset/confirm", the("links", "contains", "/reset/confirm")),
        ('to:"*@x"', the("to", "contains", "*@x")),
        ("to:*@x", the("to", "glob", "*@x")),
        ("subject:*", subject("*")), ("rcpt:a@x", the("rcpt", "equals", "a@x")),
        ("rcpt:<A@x>", the("rcpt", "equals", "a@x")),
        ("rcpt:a", the("rcpt", "contains", "a")),
        ("rcpt:@x", the("rcpt", "glob", "*@x")),
        ("rcpt:a*@x", the("rcpt", "glob", "a*@x")),
        ("reply:45X", the("reply", "glob", "45?*")),
        ("reply:4.7.1", the("reply", "contains", "4.7.1")),
        ('subject:=""', Not(the("subject", "glob", "*"))),
        ("newer_than:1h", Received(since=NOW - timedelta(hours=1))),
    ],
)  # fmt: skip
def test_a_search_becomes_a_tree(text: str, node: Node) -> None:
    assert read(text) == node


@pytest.mark.parametrize(
    "text",
    ["http://x/y?z=1", "mailto:a@x", "12:30", "Re:", "Foo::Bar", "fe80::1", "::1", "a:", "10:x"],
)
def test_a_colon_alone_does_not_make_an_operator(text: str) -> None:
    assert read(text) == word(text.lower())


@pytest.mark.parametrize(
    ("text", "place", "length", "says"),
    [
        ("a subjct:b", 2, 7, "did you mean subject:?"), ("foo:bar", 0, 4, "no operator foo:"),
        ("Form: x", 0, 5, "did you mean from:?"), ("a subject:", 2, 8, "no value right after"),
        ("subject: a", 0, 8, "no value right after"), ("(subject:)", 1, 8, "no value right after"),
        ('a "b', 2, 2, "quote is not closed"), ("a (b", 2, 1, r"\( is not closed"),
        ("{a", 0, 1, "{ is not closed"), ("(a}", 0, 1, r"\( is not closed"),
        ("a)", 1, 1, r"\) closes nothing"), ("()", 1, 1, "where a term should be"),
        ("a OR", 4, 0, "the search ends where"), ("OR a", 0, 2, "there is OR where"),
        ("a AND AND b", 6, 3, "there is AND where"), ("NOT", 3, 0, "the search ends"),
        ("subject:(from:a)", 9, 5, "cannot stand within subject:"),
        ("subject:/(/", 8, 3, "not a regular expression"), ('""', 0, 2, "value is empty"),
        ("subject:\u200b", 8, 1, "value is empty"), ("is:unred", 3, 5, "did you mean unread?"),
        ("has:/a/", 4, 3, "cannot stand here"), ("tag:a*", 4, 2, "whole name"),
        ("after:soon", 6, 4, "is no date"), ("newer_than:5", 11, 1, "is no age"),
        ("size:x", 5, 1, "is no size"), ("ip:1.2.3", 3, 5, "no address and no network"),
        ("header:", 0, 7, "no value"), ("header:=a", 8, 1, "= and the value stand after"),
        ("after:=2024", 7, 4, "= cannot stand before"),
        ("header:/a/", 7, 3, "stands after the name"), ("header:é", 7, 1, "no name of a header"),
        ("header.é:a", 9, 1, "no name of a header"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(text: str, place: int, length: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        read(text)
    assert (caught.value.place, caught.value.length) == (place, length)
    assert f"at character {place + 1}" in str(caught.value)


def test_an_error_is_one_sentence_with_what_was_expected() -> None:
    with pytest.raises(QueryError) as caught:
        read("is:unred")
    assert str(caught.value) == (
        'is: "unred" is unknown here; did you mean unread? (at character 4);'
        " expected read, unread, tagged, refused, accepted, aborted, tls or auth"
    )


def test_a_search_is_bounded() -> None:
    read("a " * TERMS_LIMIT)
    read("(" * DEPTH_LIMIT + "a" + ")" * DEPTH_LIMIT)
    for text, says in (
        ("a" * (LENGTH_LIMIT + 1), "characters"),
        ("a " * (TERMS_LIMIT + 1), "too many terms"),
        ("(" * (DEPTH_LIMIT + 1) + "a" + ")" * (DEPTH_LIMIT + 1), "nested too deeply"),
        ("-" * (DEPTH_LIMIT + 1) + "a", "nested too deeply"),
        ("(" * LENGTH_LIMIT, "nested too deeply"),
    ):
        with pytest.raises(QueryError, match=says):
            read(text)


def test_dates_are_told_in_the_zone_of_the_caller() -> None:
    node = parse("after:2024-01-31", now=NOW, zone=timezone(timedelta(hours=2)))
    assert node == Received(since=datetime(2024, 1, 30, 22, tzinfo=UTC))


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: row.name)
def test_every_operator_reads_its_example_by_all_its_names(row: Operator) -> None:
    _, _, value = row.example.partition(":")
    assert all(read(f"{name}:{value}") == read(row.example) for name in row.aliases)


PIECES = st.sampled_from(
    [*(f"{name}:" for name in BY_NAME), "header.", "header.X:", "=", " ", " ", "(", ")", "{", "}",
     '"', "/", "\\", "-", "!", "OR", "AND", "NOT", "|", "a", "*", "ß", "4xx", "1K", "2024-01-31",
     "\udc80", "\x00", "/(a/", "/[/", "<", ">", "@"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(st.characters(), max_size=4), max_size=15).map("".join))
@example("header:=")
@example("header:=a")
@example('header:X=""')
@example("rcpt:<>")
@example("/\udc80/")
def test_any_text_is_understood_or_refused_with_a_place_in_it(text: str) -> None:
    error = refusal(text)
    assert error is None or 0 <= error.place <= error.place + error.length <= len(text)


def refusal(text: str) -> QueryError | None:
    try:
        read(text)
    except QueryError as error:
        return error
    return None

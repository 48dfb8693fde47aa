"""Addresses in plain text."""

import time

import pytest

from mailtrap.mail.extract.urls import find_urls


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://x.test/a", "https://x.test/a"),
        ("See https://x.test/a.", "https://x.test/a"),
        ("See https://x.test/a?b=c!", "https://x.test/a?b=c"),
        ("(https://x.test/a)", "https://x.test/a"),
        ("https://x.test/a_(b)", "https://x.test/a_(b)"),
        ("(see https://x.test/a_(b))", "https://x.test/a_(b)"),
        ("[https://x.test/a]", "https://x.test/a"),
        ("<https://x.test/a>", "https://x.test/a"),
        ("<URL:https://x.test/a>", "https://x.test/a"),
        ("<https://x.test/long/\n  path?x=1>", "https://x.test/long/path?x=1"),
        ("*https://x.test/a*", "https://x.test/a"),
        ("'https://x.test/a'", "https://x.test/a"),
        ('"https://x.test/a"', "https://x.test/a"),
        ("Confirm ( https://x.test/a )", "https://x.test/a"),
        ("[Confirm](https://x.test/a)", "https://x.test/a"),
        ("[https://x.test/a](https://x.test/a)", "https://x.test/a"),
        ("https://x.test/t/ab_-", "https://x.test/t/ab_-"),
        ("https://x.test/a…", "https://x.test/a"),
        ("请访问https://x.test/a。谢谢", "https://x.test/a"),
        ("https://x.test/a\uff08链接\uff09", "https://x.test/a"),
        ("https://bücher.test/ä", "https://bücher.test/ä"),
        ("http://localhost:3000/a#b", "http://localhost:3000/a#b"),
        ("http://[::1]:3000/a", "http://[::1]:3000/a"),
        ("www.x.test/a", "http://www.x.test/a"),
        ("myapp://open?a=1", "myapp://open?a=1"),
        ("HTTPS://X.TEST/A", "HTTPS://X.TEST/A"),
    ],
)
def test_an_address_is_cut_out_of_its_text(text: str, href: str) -> None:
    assert {found.href for found in find_urls(text)} == {href}


@pytest.mark.parametrize("text", ["", "a/b", "x.test", "ann@www.x.test", "https://", "a :// b"])
def test_what_is_no_address_is_left(text: str) -> None:
    assert list(find_urls(text)) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Confirm: https://x.test", "Confirm"),
        ("Confirm ( https://x.test )", "Confirm"),
        ("Confirm [https://x.test]", "Confirm"),
        ("Confirm <https://x.test>", "Confirm"),
        ("Read [the  docs](https://x.test) now", "the docs"),
        ("Confirm your address:\n\nhttps://x.test", "Confirm your address"),
        ("* Reset -> https://x.test", "Reset"),
        ("Please open https://x.test", ""),
        ("https://x.test", ""),
        ("Hello.\n\nhttps://x.test", ""),
    ],
)
def test_the_words_before_an_address_name_it(text: str, label: str) -> None:
    assert [found.text for found in find_urls(text)] == [label]


def test_a_name_reaches_back_to_the_address_before() -> None:
    text = "Yes: https://x.test/y, no: https://x.test/n"
    assert [(found.href, found.text) for found in find_urls(text)] == [
        ("https://x.test/y", "Yes"),
        ("https://x.test/n", "no"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://x/" + ")" * 65_000,
        "<https://x.test/ " * 4_000,
        "https://" * 8_000,
        "[a](http://x " * 5_000,
        "a" * 65_000,
    ],
)
def test_hostile_text_costs_no_more(text: str) -> None:
    begin = time.process_time()
    list(find_urls(text))
    assert time.process_time() - begin < 1

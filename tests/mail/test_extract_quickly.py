"""The short ways of extraction, which find what the expressions find."""

import random
import re

import pytest

from mailtrap.mail.extract import shapes, urls
from mailtrap.mail.extract.around import Text, surroundings

PIECES = (
    "http://", "https://", "www.", "WWW.", "@", "a", "b1", "Z", "ABCDEF", " ", "\n", "x.y", "+",
    "-", "://", "<", ">", "1234", "é", "İ", "12-34", "A 1 B 2", "(", ")", ".", "GHJK-LMNP",
)  # fmt: skip


@pytest.fixture
def texts() -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 24))) for _ in range(3_000)]


def test_every_address_is_made_illegible(texts: list[str]) -> None:
    everywhere: re.Pattern[str] = shapes._ADDRESS
    for text in texts:
        if "@" in text or "://" in text or "www." in text:
            expected = everywhere.sub(lambda found: "\ufffc" * len(found[0]), text)
            assert shapes.without_addresses(text) == expected, text


def test_every_url_is_found(texts: list[str]) -> None:
    for text in texts:
        first = urls._BARE.search(text)
        if first is None:
            assert not list(urls.find_urls(text)), text


def test_a_text_with_neither_digit_nor_capitals_has_no_candidate(texts: list[str]) -> None:
    for text in texts:
        if not shapes.may_have_some(text):
            assert not list(shapes.candidates(text)), text
            assert not list(surroundings(Text(text))), text


def test_an_address_that_begins_far_before_its_mark_is_whole() -> None:
    mailbox = "w" * 64 + "@example.com"
    assert shapes.without_addresses(f"to {mailbox} 1") == "to " + "\ufffc" * len(mailbox) + " 1"

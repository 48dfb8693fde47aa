"""Words of subject and addresses: whole terms, any case, nothing is a wildcard."""

import pytest

from mailtrap.mail.message import Address, Summary
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.store.words import TERMS_LIMIT, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("One two", ("one", "two")),
        ('"One two" three', ("one two", "three")),
        ('"never closed', ("never closed",)),
        ('""', ()),
        ("100% _x", ("100%", "_x")),
        ("STRASSE straße", ("strasse", "strasse")),
    ],
)
def test_terms_are_words_and_quoted_phrases(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text) == expected


def test_a_search_has_a_bounded_number_of_terms() -> None:
    assert len(terms("x " * 1000)) == TERMS_LIMIT


def test_everything_a_list_shows_is_found() -> None:
    summary = Summary(
        subject="Grüße",
        sender=(Address("Ann Lee", "ann@a.test"),),
        to=(Address("", "bob@b.test"),),
        cc=(Address("Cy", "cy@c.test"),),
        message_id="1@x.test",
    )
    envelope = Envelope(Path("bounce@x.test"), {}, (Recipient(Path("blind@y.test")),))
    text = words(summary, envelope)
    for term in ("grüsse", "ann lee <ann@a.test>", "bob@b.test", "cy", "1@x.test", "blind@y.test"):
        assert term in text
    assert "bounce@x.test" in text

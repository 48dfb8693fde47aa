"""The samples are what they are called."""

from datetime import UTC, datetime

import pytest

from mailtrap.mail.message import Mail
from mailtrap.mail.parse import attachments, parse
from mailtrap.samples import SAMPLES, Kind

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def made(kind: Kind) -> bytes:
    return SAMPLES[kind]("a@a.test", "b@b.test", NOW, "<1@a.test>")


def read(kind: Kind) -> Mail:
    return parse(made(kind))


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != "broken"])
def test_a_good_sample_has_no_defects_and_both_bodies(kind: Kind) -> None:
    mail = read(kind)
    assert not mail.defects
    assert mail.text
    assert mail.html
    assert b"\n" not in made(kind).replace(b"\r\n", b"")


def test_the_newsletter_can_be_unsubscribed_from() -> None:
    names = {header.name for header in read("newsletter").headers}
    assert {"List-Unsubscribe", "List-Unsubscribe-Post", "List-ID"} <= names


def test_the_broken_one_is_broken_and_read_all_the_same() -> None:
    mail = read("broken")
    assert mail.defects
    assert mail.html is not None
    assert "<script>" in mail.html
    assert [part.filename for part in attachments(mail)]
    assert [header.name for header in mail.headers].count("From") == 2

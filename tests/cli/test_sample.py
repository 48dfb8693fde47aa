import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from mailtrap.samples.attachments import SUBJECT, picture, sample

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def message() -> EmailMessage:
    return email.message_from_bytes(
        sample("a@a.test", "b@b.test", NOW, "<1@a.test>"), policy=email.policy.default
    )


def test_the_sample_has_every_usual_part_once(message: EmailMessage) -> None:
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "text/csv",
        "text/calendar",
    ]
    attached = [part.get_filename() for part in message.iter_attachments()]
    assert attached == ["Заказ № 1.csv", "first.ics"]


def test_the_image_is_the_one_that_the_html_shows(message: EmailMessage) -> None:
    html = message.get_body(("html",))
    image = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert html is not None
    assert f'src="cid:{image["Content-ID"][1:-1]}"' in html.get_content()
    assert image.get_content_disposition() == "inline"


def test_the_header_fields_say_who_what_and_when(message: EmailMessage) -> None:
    assert message["From"] == "Mailtrap <a@a.test>"
    assert message["To"] == "Ada Lovelace <b@b.test>"
    assert message["Subject"] == SUBJECT
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == "<1@a.test>"


def test_every_line_ends_with_crlf() -> None:
    raw = sample("a@a.test", "b@b.test", NOW, "<1@a.test>")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert raw.endswith(b"\r\n")


def test_the_picture_is_a_png_of_that_size() -> None:
    png = picture(56, 12)
    assert png.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x38\x00\x00\x00\x0c")
    assert png.endswith(b"IEND\xaeB`\x82")

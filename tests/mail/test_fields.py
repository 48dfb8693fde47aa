"""The header fields by name: unfolded, decoded, and none of the body's."""

from mailtrap.mail.fields import HEADER_LIMIT, header_fields


def test_fields_are_by_lower_case_name_unfolded_and_decoded() -> None:
    raw = b"Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\nX-A: 1\r\n 2\r\nx-a: 3\r\n\r\nX-B: no\r\n"
    assert header_fields(raw) == {"subject": ("grüße",), "x-a": ("1 2", "3")}


def test_a_message_without_a_header_has_none() -> None:
    assert header_fields(b"") == {}
    assert header_fields(b"\r\nSubject: in the body\r\n") == {}


def test_no_more_than_the_limit_is_looked_at() -> None:
    late = b"X: " + b"y" * HEADER_LIMIT + b"\r\nLate: 1\r\n\r\n"
    assert "late" not in header_fields(late)

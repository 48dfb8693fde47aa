"""What a list row shows, from the header block alone."""

from datetime import UTC, datetime

import pytest

from mailtrap.mail.message import Address, Summary
from mailtrap.mail.summary import scan

WHOLE = b"""\
FROM: =?utf-8?q?J=C3=A4ne?= <jane@example.com>\r
To: "Doe, John" <john@example.org>,\r
 bob@example.net\r
cc: c@x\r
Reply-To: r@x\r
Subject: =?utf-8?b?w6Q=?=\r
 two\r
Date: Tue, 24 Nov 2026 05:54:00 +0100\r
Message-ID: <1@example.com>\r
\r
Subject: not this\r
"""


def test_every_field_of_a_row_is_read() -> None:
    assert scan(WHOLE) == Summary(
        subject="ä two",
        sender=(Address("Jäne", "jane@example.com"),),
        to=(Address("Doe, John", "john@example.org"), Address("", "bob@example.net")),
        cc=(Address("", "c@x"),),
        reply_to=(Address("", "r@x"),),
        date=datetime(2026, 11, 24, 4, 54, tzinfo=UTC),
        message_id="1@example.com",
    )


@pytest.mark.parametrize("line_end", [b"\n", b"\r\r\n"])
def test_any_line_end_gives_the_same_row(line_end: bytes) -> None:
    assert scan(WHOLE.replace(b"\r\n", line_end)) == scan(WHOLE)


def test_a_message_cut_inside_its_header_gives_what_came() -> None:
    assert scan(WHOLE[: WHOLE.index(b"cc:")]).to == scan(WHOLE).to


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"no header at all", b"Date: never\n\n"])
def test_nothing_gives_an_empty_row(raw: bytes) -> None:
    assert scan(raw) == Summary()


def test_the_first_of_two_fields_counts() -> None:
    assert scan(b"Subject: a\nSubject: b\n\n").subject == "a"


def test_a_line_of_an_mbox_is_no_header() -> None:
    assert scan(b"From x@y Tue\nSubject: a\n\n").subject == "a"


def test_what_lies_beyond_256_kib_is_not_read() -> None:
    assert scan(b"X: y\n" * 60_000 + b"Subject: late\n\n").subject == ""


def test_a_row_stays_small() -> None:
    row = scan(b"Subject: " + b"x" * 100_000 + b"\nMessage-ID: <" + b"y" * 9000 + b">\n\n")
    assert len(row.subject) == 4096
    assert len(row.message_id) < 1000


MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        MIXED + b"Content-Disposition: attachment\r\n\r\n",
        MIXED + b"content-disposition:attachment; filename=a\r\n\r\n",
        MIXED + b"CONTENT-DISPOSITION:\r\n ATTACHMENT\r\n\r\n",
        MIXED + b"Content-Type: image/png; name=a.png\r\n\r\n",
        MIXED + b"Content-Type: image/png;\r\n\tname=a.png\r\n\r\n",
        MIXED + b"Content-Type: image/png; name*0*=utf-8''a\r\n\r\n",
        MIXED + b"Content-Disposition: inline; filename*=utf-8''a.png\r\n\r\n",
        MIXED + b"\r\ntext\r\n--b\r\nContent-Disposition: attachment\r\n\r\n",
        b"Content-Type: MULTIPART/related\n\nContent-Disposition: attachment\n",
        b"Content-Disposition: attachment\n\nx",
        b"Content-Disposition: form-data\n\nx",
        b"Content-Type: application/pdf\n\nx",
        b"Content-Type: message/rfc822\n\nx",
    ],
)
def test_a_file_is_noticed(raw: bytes) -> None:
    assert scan(raw).has_attachment


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain\n\nContent-Disposition: attachment\n",
        b"Content-Type: text/plain; charset=username\n\nx",
        b"Content-Disposition: inline; filename=a\n\nx",
        b"Content-Type: text/plain; name=a\n\nx",
        b"Content-Type: none\n\nx",
        MIXED + b"Content-Type: text/plain\r\n\r\nfilename=a name=b\r\n",
        MIXED + b"Content-Type: text/plain; x-filename=a\r\nname=b\r\n\r\n",
        MIXED + b"Content-Disposition: inline\r\n\r\n",
        MIXED + b"\r\nI say Content-Disposition: attachment\r\n",
    ],
)
def test_what_is_no_file_is_not(raw: bytes) -> None:
    assert not scan(raw).has_attachment


def test_only_the_first_mebibyte_is_looked_at() -> None:
    far = b"\r\ntext\r\n" * 200_000 + b"Content-Disposition: attachment\r\n"
    assert not scan(MIXED + far).has_attachment

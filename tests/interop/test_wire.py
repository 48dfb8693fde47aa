"""The naive reader is right about what the RFCs show."""

import pytest

from tests.interop.wire import contents, replies


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"DATA\r\na\r\n.\r\nQUIT\r\n", [b"a\r\n"]),
        (b"data\r\n.\r\nQUIT\r\n", [b""]),
        (b"DATA\r\n\r\n.\r\n", [b"\r\n"]),
        (b"DATA\r\n..\r\n.\r\n", [b".\r\n"]),
        (b"DATA\r\n..a\r\n.b\r\n...\r\n.\r\n", [b".a\r\nb\r\n..\r\n"]),
        (b"DATA\r\na\n..b\n.\n\r\n.\r\n", [b"a\n..b\n.\n\r\n"]),
        (b"BDAT 3\r\nDATBDAT 4 LAST\r\nA\r\n.QUIT\r\n", [b"DATA\r\n."]),
        (b"DATA\r\n1\r\n.\r\nMAIL FROM:<>\r\nDATA\r\n2\r\n.\r\n", [b"1\r\n", b"2\r\n"]),
        (b"EHLO x\r\n\r\nQUIT\r\n", []),
    ],
)
def test_contents_are_found_as_the_client_meant_them(sent: bytes, expected: list[bytes]) -> None:
    assert list(contents(sent)) == expected


def test_replies_are_told_with_their_lines() -> None:
    assert replies(b"220 a\r\n250-b\r\n250 c\r\n334 \r\n") == ["220 a", "250 b\nc", "334 "]


@pytest.mark.parametrize(
    "octets",
    [
        b"250 ok\n",
        b"250 ok",
        b"250\r\n",
        b"650 ok\r\n",
        b"250-a\r\n",
        b"250-a\r\n251 b\r\n",
        b"250-2.0.0 a\r\n250 b\r\n",
        b"250-2.0.0 a\r\n250 2.1.0 b\r\n",
        b"250 5.0.0 a\r\n",
        b"250 " + b"a" * 510 + b"\r\n",
    ],
)
def test_a_malformed_reply_is_noticed(octets: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has a text of its own
        replies(octets)

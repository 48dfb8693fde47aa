"""Other protocols on the port: the connection ends and no line of theirs is run."""

from dataclasses import replace

import pytest

from mailtrap.smtp.profile import Limits
from tests.smtp.talk import HELLO, PLAIN, READY, STRICT, every_cut

BODY = b"EHLO x\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\nx\r\n.\r\n"


@pytest.mark.parametrize(
    "opening",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"get /\r\n",
        b"PUT /x HTTP/1.0\r\n\r\n",
        b"HEAD / HTTP/1.1\r\n",
        b"OPTIONS * HTTP/1.1\r\n",
        b"CONNECT x:25 HTTP/1.1\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"BREW /pot HTTP/1.1\r\n",
        b"Host: x\r\n",
    ],
)
def test_http(opening: bytes) -> None:
    for profile in (PLAIN, STRICT):
        session = every_cut(opening + BODY, profile)
        assert session.codes == ["554 5.5.1"]
        assert session.engine.closed
        assert session.stored == []
        assert "F-PROTOCOL-MISMATCH" in session.ids


def test_http_further_on_ends_the_connection_too() -> None:
    session = every_cut(READY + b"POST / HTTP/1.1\r\n" + b"DATA\r\nx\r\n.\r\n")
    assert session.codes[3:] == ["554 5.5.1"]
    assert session.stored == []


def test_http_with_an_overlong_first_line() -> None:
    short = replace(PLAIN, limits=Limits(line=1000))
    session = every_cut(b"POST /" + b"x" * 2000 + b" HTTP/1.1\r\n\r\n" + BODY, short)
    assert session.codes == ["554 5.5.1"]
    assert session.engine.closed


@pytest.mark.parametrize(
    ("opening", "what"),
    [(b"SSH-2.0-OpenSSH_9\r\n", "SSH"), (b"\x03\x00\x00\x13\x0e\xe0\r\n", "RDP"),
     (b"\xff\xfe\x00\n", "binary"), (b"\x00\x01\n", "binary")],
)  # fmt: skip
def test_other_protocols(opening: bytes, what: str) -> None:
    session = every_cut(opening + BODY)
    assert session.last == f"554 5.5.1 catcher.local This is an SMTP server, not {what}"
    assert session.engine.closed
    assert session.stored == []
    assert "F-PROTOCOL-MISMATCH" in session.ids


def test_a_tls_handshake_on_a_plain_port_is_not_answered() -> None:
    session = every_cut(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + BODY)
    assert session.codes == []
    assert session.engine.closed
    assert session.ids == {"F-TLS-ON-PLAIN"}
    assert session.findings[0].hint


def test_only_the_first_line_can_be_of_another_protocol() -> None:
    session = every_cut(HELLO + b"SSH-2.0-x\r\n\xff\xfe\r\nBREW /pot HTTP/1.1\r\n")
    assert session.codes[1:] == ["500 5.5.2"] * 3
    assert not session.engine.closed

"""A message of 50 MiB goes in and comes out whole, in little memory."""

import socket
import sys
from pathlib import Path

import pytest

from tests.app.process import Process

MEBI = 2**20
SIZE = 50 * MEBI
LINE = b"0123456789ABCDEF" * 4 + b"..........\r\n"

pytestmark = [
    pytest.mark.load,
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from Linux's /proc"),
]


def large() -> bytes:
    """A message as large as the limit allows."""
    header = b"From: a@x.test\r\nSubject: large\r\n\r\n"
    return (header + LINE * (SIZE // len(LINE) + 1))[: SIZE - 2] + b"\r\n"


def send(port: int, octets: bytes) -> bytes:
    """The replies to a session that brings this message."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(b"EHLO c\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
        client.sendall(octets)
        client.sendall(b".\r\nQUIT\r\n")
        pieces = []
        while piece := client.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize("where", ["memory", "file"])
def test_50_mib_go_in_and_come_out_whole_in_under_four_times_their_size(
    where: str, tmp_path: Path
) -> None:
    octets = large()
    assert len(octets) == SIZE
    store = ("--store", str(tmp_path / "mail.db")) if where == "file" else ()
    with Process(*store) as server:
        assert b"queued as" in send(server.smtp, octets)
        assert server.get("/api/messages/latest/raw") == octets
        assert server.peak() < 4 * SIZE


def test_one_octet_more_is_refused_and_read_to_its_end() -> None:
    with Process() as server:
        replies = send(server.smtp, large() + b"x\r\n").decode().splitlines()
        assert replies[-2:] == [
            "552 5.3.4 Message size exceeds fixed maximum message size",
            "221 2.0.0 mailtrap.local Bye",
        ]

"""Acknowledged means stored: also when the process is killed in the middle of it."""

import asyncio
import hashlib
import random
from pathlib import Path

from tests.app.process import Process

SESSIONS = 8
ACKNOWLEDGED = 400
"""Messages that got their 250 before the kill."""


def content(number: int) -> bytes:
    """A message that carries the hash of its own body."""
    body = random.Random(number).randbytes(300 + number % 3000).hex().encode()
    lines = b"\r\n".join(body[i : i + 76] for i in range(0, len(body), 76)) + b"\r\n"
    return b"Subject: " + hashlib.sha256(lines).hexdigest().encode() + b"\r\n\r\n" + lines


def is_whole(raw: bytes) -> bool:
    """Whether a message is just as it was made."""
    header, _, body = raw.partition(b"\r\n\r\n")
    return header == b"Subject: " + hashlib.sha256(body).hexdigest().encode()


async def send_until_killed(server: Process, acknowledged: list[str]) -> None:
    """Several sessions send without end; the server is killed once enough was acknowledged."""
    numbers = iter(range(10**9))

    async def session() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.smtp)
        try:
            await reader.readline()
            writer.write(b"HELO c.test\r\n")
            await reader.readline()
            while True:
                writer.write(b"MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
                for _ in range(3):
                    await reader.readline()
                writer.write(content(next(numbers)) + b".\r\n")
                reply = await reader.readline()
                if not reply.startswith(b"250"):
                    return
                acknowledged.append(reply.split()[-1].decode())
                if len(acknowledged) == ACKNOWLEDGED:
                    server.kill()
        except ConnectionError:
            return
        finally:
            writer.close()

    await asyncio.gather(*(session() for _ in range(SESSIONS)))


def test_kill_9_under_load_loses_nothing_that_got_a_250(tmp_path: Path) -> None:
    store = str(tmp_path / "mail.db")
    acknowledged: list[str] = []
    with Process("--store", store) as server:
        asyncio.run(send_until_killed(server, acknowledged))
    assert len(acknowledged) >= ACKNOWLEDGED
    with Process("--store", store) as server:
        stored = server.ids()
        assert set(acknowledged) <= stored
        broken = [one for one in stored if not is_whole(server.get(f"/api/messages/{one}/raw"))]
    assert broken == []


def test_a_store_file_is_there_again_after_a_restart(tmp_path: Path) -> None:
    store = str(tmp_path / "mail.db")
    with Process("--store", store) as server:
        asyncio.run(send_one(server.smtp, content(1)))
        (first,) = server.ids()
        assert server.stop() == 0
    with Process("--store", store) as server:
        asyncio.run(send_one(server.smtp, content(2)))
        assert first in server.ids()
        assert server.get(f"/api/messages/{first}/raw") == content(1)
        assert server.json("/api/messages/latest")["id"] != first


async def send_one(port: int, octets: bytes) -> None:
    """One message, without waiting in between."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"HELO c\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\n" + octets)
    writer.write(b".\r\nQUIT\r\n")
    replies = await reader.read()
    assert b"queued as" in replies
    writer.close()

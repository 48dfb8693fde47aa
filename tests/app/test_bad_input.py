"""Whatever comes is stored and can be shown: no traceback, no 5xx, nothing lost."""

import random

import pytest

from tests.app.conftest import Open
from tests.app.whole import Whole

PATHS = ("", "/raw", "/headers", "/text", "/html", "/parts/1", "/parts/2", "/attachments/2")

HOSTILE_NAME = (
    b"From: a@x.test\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
    b'Content-Type: application/x; name="../../etc/passwd"\r\n'
    b'Content-Disposition: attachment; filename="../../etc/passwd\\0\x01"\r\n\r\nx\r\n--b--\r\n'
)
CONTENTS = {
    "empty": b"",
    "no header": b"just text\r\n",
    "header without end": b"Subject: a\r\nX: " + b"y" * 5000 + b"\r\n",
    "NUL": b"Subject: \0\0\r\n\0: \0\r\n\r\n\0\0\0\r\n",
    "not UTF-8": b"Subject: \xff\xfe\r\nFrom: \xc3 <\xff@\xff>\r\n\r\n\xff\r\n",
    "hostile name": HOSTILE_NAME,
    "controls": b"Subject: \x1b[2J\x07\r\nContent-Type: text/html\r\n\r\n\x1b]0;x\x07\r\n",
    "deep": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 500,
    "surrogates": b"Subject: =?utf-7?Q?+2D3-?= =?utf-8?B?7aC9?=\r\n\r\nx\r\n",
    "script": b"Content-Type: text/html\r\n\r\n<script>alert(1)</script><img src=cid:x>\r\n",
}
SENDERS = (b"a@x.test", b"\xff\xfe@x.test", b'"\\"<>"@x.test', "ü@ü.test".encode(), b"")


async def bring(server: Whole, sender: bytes, content: bytes) -> str:
    """Send a content under a sender as it is; the message's id."""
    peer = await server.connect()
    await peer.say("EHLO c.test")
    peer.send(b"MAIL FROM:<" + sender + b">\r\nRCPT TO:<" + (sender or b"b@y.test") + b">\r\n")
    assert [(await peer.reply())[:3], (await peer.reply())[:3]] == ["250", "250"]
    peer.send(b"BDAT %d LAST\r\n" % len(content) + content)
    reply = await peer.reply()
    assert reply.startswith("250"), reply
    peer.send(b"QUIT\r\n")
    await peer.rest()
    return reply.rpartition(" ")[2]


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
async def test_whatever_comes_is_stored_and_shown(
    whole: Open, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server = await whole()
    for sender in SENDERS:
        message_id = await bring(server, sender, content)
        assert await server.raw(message_id) == content
        for path in PATHS:
            async with server.http.get(f"/api/messages/{message_id}{path}") as response:
                await response.read()
                assert response.status in {200, 404}, (path, await response.text())
    for path in ("/api/messages", "/api/attempts", "/api/sessions", "/api/sessions/latest"):
        await server.get(path)
    assert not caplog.records


async def test_an_attachment_cannot_name_a_path(whole: Open) -> None:
    server = await whole()
    message_id = await server.mail(HOSTILE_NAME)
    async with server.http.get(f"/api/messages/{message_id}/parts/2") as response:
        told = response.headers["Content-Disposition"]
    assert told.startswith("attachment")
    assert "/" not in told
    assert ".." not in told


async def test_random_octets_as_content_are_stored_and_shown(whole: Open) -> None:
    server = await whole()
    chance = random.Random(7)
    for _ in range(30):
        content = chance.randbytes(chance.randrange(2000))
        message_id = await bring(server, b"a@x.test", content)
        assert await server.raw(message_id) == content
        await server.get(f"/api/messages/{message_id}")


async def test_every_change_is_told_whatever_octets_it_holds(whole: Open) -> None:
    server = await whole()
    for sender in SENDERS:
        await bring(server, sender, CONTENTS["not UTF-8"])
    async with server.http.get("/api/stream?since=0") as stream:
        told = 0
        async for line in stream.content:
            told += line == b"event: session.closed\n"
            if told == len(SENDERS):
                break
    assert told == len(SENDERS)

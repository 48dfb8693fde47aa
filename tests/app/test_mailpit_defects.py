"""Defects that were read in the code of Mailpit 1.30.5, each with what happens here instead."""

import asyncio
import ssl

import pytest

from tests.app.conftest import Open
from tests.app.whole import Whole

BROKEN_MIME = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n"
    b"--\r\nContent-Type: ;;;\r\nContent-Transfer-Encoding: base64\r\n\r\n=?=\r\n"
)
PLAIN = b"From: a@x.test\r\nTo: b@y.test\r\nSubject: plain\r\n\r\nhello\r\n"


def found(message: dict[str, object]) -> set[str]:
    """The ids of a message's findings."""
    findings = message["findings"]
    assert isinstance(findings, list)
    return {finding["id"] for finding in findings}


async def test_1_a_message_that_mime_parsers_choke_on_is_not_lost(whole: Open) -> None:
    server = await whole()
    message_id = await server.mail(BROKEN_MIME)
    assert await server.raw(message_id) == BROKEN_MIME
    assert (await server.get(f"/api/messages/{message_id}"))["defects"]


async def test_2_headers_that_nobody_can_read_are_taken_all_the_same(whole: Open) -> None:
    server = await whole()
    content = b"no header at all\r\n: nameless\r\n\xff\xfe: \xff\r\nSubject\r\n"
    message_id = await server.mail(content)
    assert await server.raw(message_id) == content
    await server.get(f"/api/messages/{message_id}")


async def test_3_the_rest_of_an_oversized_message_is_not_run_as_commands(whole: Open) -> None:
    server = await whole(max_size="10000")
    peer = await server.connect()
    await peer.begin()
    smuggled = b"RSET\r\nMAIL FROM:<evil@x.test>\r\nRCPT TO:<v@y.test>\r\nDATA\r\nevil\r\n"
    peer.send(b"x" * 200_000 + b"\r\n" + smuggled + b".\r\nNOOP\r\n")
    assert (await peer.reply()).startswith("552 5.3.4")
    assert await peer.reply() == "250 2.0.0 Ok"
    assert await server.total() == 0


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r"])
async def test_4_only_crlf_dot_crlf_ends_a_message(whole: Open, end: bytes) -> None:
    server = await whole()
    message_id = await server.mail(b"Subject: one\r\n\r\nx" + end + b"MAIL FROM:<evil@x.test>\r\n")
    assert await server.total() == 1
    assert "F-SMUGGLE" in found(await server.get(f"/api/messages/{message_id}"))


async def test_5_after_a_failure_to_store_the_next_transaction_needs_no_rset(
    whole: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await whole()
    peer = await server.connect()
    with monkeypatch.context() as patch:
        patch.setattr(server.catcher, "accept", failing)
        assert (await peer.mail(PLAIN)).startswith("451 4.3.0")
    assert (await peer.mail(PLAIN)).startswith("250 2.0.0")


def failing(*_: object) -> "asyncio.Future[int]":
    """A store that cannot."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    future.set_exception(RuntimeError("the disk is on fire"))
    return future


@pytest.mark.parametrize("header", [b"", b"Bcc: other@y.test\r\n"])
async def test_6_blind_recipients_stay_in_the_envelope(whole: Open, header: bytes) -> None:
    server = await whole()
    content = header + PLAIN
    message_id = await server.mail(content, "b@y.test", "blind@y.test")
    message = await server.get(f"/api/messages/{message_id}")
    envelope = message["envelope"]
    assert isinstance(envelope, dict)
    assert envelope["rcpt_to"] == ["b@y.test", "blind@y.test"]
    assert await server.raw(message_id) == content


async def test_7_what_is_stored_is_what_was_sent(whole: Open) -> None:
    server = await whole()
    content = b"Return-Path: <forged@x.test>\r\nSubject: t\r\r\n\r\r\nBody\r\r\nlf\nnul\0\r\n"
    assert await server.raw(await server.mail(content)) == content


async def test_8_the_facts_of_the_session_are_kept(whole: Open) -> None:
    server = await whole()
    peer = await server.connect()
    await peer.say("EHLO client.example")
    await peer.say("MAIL FROM:<a@x.test> SIZE=30 BODY=8BITMIME")
    await peer.say("RCPT TO:<b@y.test> NOTIFY=NEVER")
    await peer.say("DATA")
    peer.send(PLAIN + b".\r\n")
    message = await server.get(f"/api/messages/{(await peer.reply()).rpartition(' ')[2]}")
    trace, envelope = message["trace"], message["envelope"]
    assert isinstance(trace, dict)
    assert isinstance(envelope, dict)
    assert (trace["helo"], trace["protocol"], trace["tls"]) == ("client.example", "ESMTP", None)
    assert trace["peer"].startswith("127.0.0.1:")
    assert envelope["params"] == {"SIZE": "30", "BODY": "8BITMIME"}
    session = await server.get(f"/api/sessions/{trace['session']}")
    assert session["transcript"]


async def test_9_a_burst_is_kept_whole_and_a_bound_holds_at_once(whole: Open) -> None:
    unbounded, bounded = await whole(), await whole(max_messages="500")
    await asyncio.gather(burst(unbounded, 600), burst(bounded, 600))
    assert await unbounded.total() == 600
    assert await bounded.total() == 500


async def burst(server: Whole, count: int) -> None:
    """Many messages in one session."""
    peer = await server.connect()
    await peer.say("EHLO c.test")
    for _ in range(count):
        peer.send(b"MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n")
        peer.send(b"BDAT %d LAST\r\n" % len(PLAIN) + PLAIN)
        for _ in range(3):
            assert (await peer.reply()).startswith("250")


@pytest.mark.parametrize("store", ["memory", "mail.db"])
async def test_10_a_reader_that_takes_its_time_blocks_nobody(whole: Open, store: str) -> None:
    server = await whole(store=store)
    large = await server.mail(b"Subject: large\r\n\r\n" + b"x" * 70 + b"\r\n" * 2_000_000)
    async with server.http.get(f"/api/messages/{large}/raw") as slow:
        assert await slow.content.read(1)
        await server.mail(PLAIN)
        assert await server.total() == 2


@pytest.mark.parametrize("body", [b"{", b"null", b'"all"', b"[]", b'{"IDs": []}', b"\xff"])
async def test_11_a_delete_that_cannot_be_read_deletes_nothing(whole: Open, body: bytes) -> None:
    server = await whole()
    await server.mail(PLAIN)
    headers = {"Content-Type": "application/json"}
    async with server.http.delete("/api/messages", data=body, headers=headers) as response:
        assert response.status == 400
    assert await server.total() == 1


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("100%25", 1), ("100_", 0), ("%25", 1), ("_", 0), ("subject", 0), ("address", 0),
        ("null", 0), ("%22of it%22", 1), ("OF", 1), ("b%40y", 1),
    ],
)  # fmt: skip
async def test_12_a_search_means_what_it_says(whole: Open, query: str, matches: int) -> None:
    server = await whole()
    await server.mail(b"From: a@x.test\r\nTo: b@y.test\r\nSubject: 100% of it\r\n\r\nx\r\n")
    found = (await server.get(f"/api/messages?q={query}"))["messages"]
    assert isinstance(found, list)
    assert len(found) == matches


async def test_13_reading_does_not_mark_as_read(whole: Open) -> None:
    server = await whole()
    message_id = await server.mail(PLAIN)
    for path in ("", "/raw", "/text", "/headers"):
        async with server.http.get(f"/api/messages/{message_id}{path}") as response:
            assert response.status == 200
    assert (await server.get(f"/api/messages/{message_id}"))["read"] is False


async def test_14_a_change_with_one_mistake_changes_nothing(whole: Open) -> None:
    server = await whole()
    message_id = await server.mail(PLAIN)
    change = {"ids": [message_id], "read": True, "add_tags": ["fine", "not\u0000fine"]}
    async with server.http.patch("/api/messages", json=change) as response:
        assert response.status == 400
    message = await server.get(f"/api/messages/{message_id}")
    assert (message["read"], message["tags"]) == (False, [])


async def test_15_every_message_of_a_burst_is_told(whole: Open) -> None:
    server = await whole()
    async with server.http.get("/api/stream?since=0") as stream:
        sending = asyncio.ensure_future(burst(server, 300))
        told = 0
        async for line in stream.content:
            told += line == b"event: message.added\n"
            if told == 300:
                break
        await sending
    assert told == 300


async def test_16_after_a_failed_handshake_nothing_is_said_in_clear(whole: Open) -> None:
    server = await whole(starttls="127.0.0.1:0")
    peer = await server.connect("starttls")
    await peer.say("EHLO c.test")
    await peer.say("STARTTLS")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()  # the first flight waits in ``outgoing``
    hello = outgoing.read()
    peer.send(hello[:5] + b"\xff" + hello[6:])
    heard = await peer.rest()
    assert heard[:1] in {b"", b"\x15"}
    assert b"454" not in heard

"""Connections: how they begin and end, and that none harms another."""

import asyncio

import pytest

from mailtrap.server.timeouts import Timeouts
from mailtrap.store.records import Session
from tests.server.peer import Serve


def found(session: Session) -> set[str]:
    """The ids of a session's findings."""
    return {finding.id for finding in session.findings}


def said(session: Session) -> str:
    """A session's transcript as text."""
    return "\n".join(f"{line.side} {line.text}" for line in session.transcript)


async def test_a_message_is_stored_before_its_250_and_told_by_its_id(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    reply = await peer.mail(b"Subject: t\r\n\r\n..dot\r\n")
    stored = (await running.messages())[0]
    assert reply == f"250 2.0.0 Ok: queued as {stored.id}"
    assert await running.raw(stored.id) == b"Subject: t\r\n\r\n.dot\r\n"


async def test_quit_is_answered_and_then_the_connection_closes(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    peer.send(b"QUIT\r\n")
    assert await peer.rest() == b"221 2.0.0 mailtrap.local Bye\r\n"
    session = await running.session()
    assert session.end == "the client quit"
    assert found(session) == {"F-CONN-NO-MAIL"}


async def test_a_client_that_leaves_without_quit_keeps_its_message(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.mail()
    peer.writer.close()
    session = await running.session()
    assert "F-NO-QUIT" in found(session)
    assert session.messages == 1
    assert len(await running.messages()) == 1


async def test_a_whole_session_in_one_write_is_answered_in_order(serve: Serve) -> None:
    running = await serve()
    peer = await running.connect()
    peer.send(
        b"EHLO c.test\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n"
        b"Subject: t\r\n\r\none\r\n.\r\n"
        b"MAIL FROM:<a@x.test>\r\nRCPT TO:<c@y.test>\r\nBDAT 14 LAST\r\nSubject: u\r\n\r\nQUIT\r\n"
    )
    replies = (await peer.rest()).decode().splitlines()
    codes = [line[:3] for line in replies if line[3] == " "]
    assert codes == ["220", "250", "250", "250", "354", "250", "250", "250", "250", "221"]
    assert [m.summary.subject for m in await running.messages()] == ["u", "t"]


async def test_a_half_closed_client_gets_every_reply(serve: Serve) -> None:
    running = await serve()
    peer = await running.connect()
    peer.send(b"HELO c.test\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nx\r\n.\r\n")
    peer.writer.write_eof()
    replies = (await peer.rest()).decode().splitlines()
    assert [line[:3] for line in replies] == ["220", "250", "250", "250", "354", "250"]
    assert len(await running.messages()) == 1


async def test_content_that_is_cut_off_is_kept_in_the_session_and_is_no_message(
    serve: Serve,
) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.begin()
    peer.send(b"Subject: half\r\n")
    peer.writer.write_eof()
    assert (await peer.rest()).startswith(b"421 4.4.2 ")
    session = await running.session()
    assert "F-ABORT" in found(session)
    assert "Subject: half" in said(session)
    assert await running.messages() == ()
    assert [a.verdict for a in await running.attempts()] == ["aborted"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["EHLO c.test", "AUTH LOGIN"],
        ["EHLO c.test", "MAIL FROM:<a@x.test>", "RCPT TO:<b@y.test>"],
        ["EHLO c.test", "MAIL FROM:<a@x.test>", "RCPT TO:<b@y.test>", "DATA"],
    ],
    ids=["greeting", "auth", "rcpt", "data"],
)
async def test_a_reset_at_any_point_leaves_a_session_and_no_message(
    serve: Serve, lines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    running = await serve()
    peer = await running.greeted()
    for line in lines:
        await peer.say(line)
    peer.reset()
    session = await running.session()
    assert session.ended_at is not None
    assert await running.messages() == ()
    assert not caplog.records


async def test_http_is_turned_away_and_none_of_its_lines_is_run(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    body = b"EHLO x\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nx\r\n.\r\n"
    peer.send(b"POST / HTTP/1.1\r\nHost: 127.0.0.1:1025\r\n\r\n" + body * 1000)
    assert await peer.rest() == b"554 5.5.1 mailtrap.local This is an SMTP server, not HTTP\r\n"
    session = await running.session()
    assert "F-PROTOCOL-MISMATCH" in found(session)
    assert await running.messages() == ()


async def test_a_tls_client_on_a_plain_port_is_recognised_at_once(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    peer.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    assert await peer.rest() == b""
    assert "F-TLS-ON-PLAIN" in found(await running.session())


async def test_an_idle_client_is_told_so_and_closed(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(idle=0.05))
    peer = await running.greeted()
    assert await peer.rest() == b"421 4.4.2 mailtrap.local Timeout exceeded\r\n"
    session = await running.session()
    assert session.end == "idle for too long"
    assert "F-IDLE" in found(session)


async def test_octets_without_a_line_do_not_keep_a_connection_alive(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(idle=0.1))
    peer = await running.greeted()
    reply = asyncio.ensure_future(peer.reply())
    while not reply.done():
        peer.send(b"N")
        await asyncio.sleep(0.01)
    assert (await reply).startswith("421 4.4.2")


async def test_octets_of_content_do(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(idle=0.2))
    peer = await running.greeted()
    await peer.begin()
    for _ in range(8):
        peer.send(b"a line\r\n")
        await asyncio.sleep(0.05)
    peer.send(b".\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")


async def test_a_client_that_does_not_read_is_dropped(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(write=0.1), max_commands="0")
    peer = await running.greeted()
    peer.reader._transport.pause_reading()  # type: ignore[attr-defined]  # a zero window
    peer.send(b"HELP\r\n" * 200_000)
    session = await running.session()
    assert session.end == "the client did not read its replies"


async def test_connections_over_the_limit_are_told_to_come_back(serve: Serve) -> None:
    running = await serve(limit=2)
    first, _second = await running.greeted(), await running.greeted()
    third = await running.connect()
    assert await third.rest() == b"421 4.3.2 Too many connections\r\n"
    assert await first.say("NOOP") == "250 2.0.0 Ok"
    peer = await running.greeted() if await first.say("QUIT") and not await first.rest() else None
    assert peer is not None


async def test_a_thousand_connections_opened_and_closed_leave_nothing_behind(
    serve: Serve,
) -> None:
    running = await serve()

    async def come_and_go() -> None:
        peer = await running.connect()
        await peer.reader.readline()
        peer.writer.close()

    for _ in range(20):
        await asyncio.gather(*(come_and_go() for _ in range(50)))
    await running.server.registry.emptied(5)
    assert len(running.server.registry) == 0
    peer = await running.greeted()
    assert (await peer.mail()).startswith("250")


async def test_random_octets_end_only_their_own_connection(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    running = await serve()
    other = await running.greeted()
    for octets in (
        b"\xff\xfe\x00",
        b"\x00\r\n",
        b"\x80abc\r\n",
        b"\r\n\r\n\n\n",
        bytes(range(256)),
    ):
        peer = await running.greeted()
        peer.send(octets * 50)
        peer.writer.write_eof()
        await peer.rest()
    assert (await other.mail()).startswith("250")
    assert not caplog.records


async def test_an_open_session_is_told_with_its_transcript(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    (session,) = running.server.registry.live()
    assert session.ended_at is None
    assert session.helo == "c.test"
    assert "C EHLO c.test" in said(session)


async def test_passwords_are_not_in_the_transcript(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    assert await peer.say("AUTH LOGIN") == "334 VXNlcm5hbWU6"
    await peer.say("dXNlcg==")
    assert (await peer.say("c2VjcmV0")).startswith("235")
    await peer.say("QUIT")
    session = await running.session()
    assert "c2VjcmV0" not in said(session)
    assert session.auth is not None
    assert (session.auth.identity, session.auth.secret) == ("user", "secret")


async def test_a_content_sent_again_is_noted_as_a_retry(serve: Serve) -> None:
    running = await serve()
    content = b"Message-ID: <1@x.test>\r\nSubject: t\r\n\r\nonce\r\n"
    peer = await running.greeted()
    for _ in range(2):
        await peer.mail(content)
    newest, oldest = await running.messages()
    assert "F-RETRY-DUP" in {finding.id for finding in newest.findings}
    assert "F-RETRY-DUP" not in {finding.id for finding in oldest.findings}


async def test_a_copy_for_each_recipient_is_no_retry(serve: Serve) -> None:
    running = await serve()
    content = b"Message-ID: <1@x.test>\r\nSubject: t\r\n\r\nonce\r\n"
    peer = await running.greeted()
    for recipient in ("b@y.test", "c@y.test"):
        await peer.begin(recipient)
        peer.send(content + b".\r\n")
        await peer.reply()
    for message in await running.messages():
        assert "F-RETRY-DUP" not in {finding.id for finding in message.findings}

"""Listeners as data: LMTP, submission, addresses, ports."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from mailtrap.config import Address, UnixAddress
from mailtrap.server.sockets import ListenError, bind_all, holder_of
from tests.server.peer import Peer, Serve


async def test_lmtp_answers_once_for_each_recipient(serve: Serve) -> None:
    running = await serve(lmtp="127.0.0.1:0")
    peer = await running.greeted("lmtp")
    assert await peer.say("EHLO c.test") == "500 This is an LMTP server, use LHLO"
    await peer.say("LHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    for name in ("b", "c"):
        await peer.say(f"RCPT TO:<{name}@y.test>")
    await peer.say("DATA")
    peer.send(b"Subject: t\r\n\r\nx\r\n.\r\n")
    replies = [await peer.reply(), await peer.reply()]
    (message,) = await running.messages()
    assert replies == [
        f"250 2.1.5 <{name}@y.test> Ok: queued as {message.id}" for name in ("b", "c")
    ]
    assert message.trace.protocol == "LMTP"
    (attempt,) = await running.attempts()
    assert [r.final for r in attempt.recipients] == replies


async def test_lmtp_over_a_unix_socket(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "lmtp"
    await serve(lmtp=f"unix:{path}")
    reader, writer = await asyncio.open_unix_connection(str(path))
    peer = Peer(reader, writer)
    assert (await peer.reply()).startswith("220")
    assert "250-PIPELINING" in await peer.say("LHLO c.test")
    writer.close()


async def test_submission_wants_auth_before_mail(serve: Serve) -> None:
    running = await serve(submission="127.0.0.1:0")
    peer = await running.greeted("submission")
    offered = await peer.say("EHLO c.test")
    assert "250-STARTTLS" in offered
    assert await peer.say("MAIL FROM:<a@x.test>") == "530 5.7.0 Authentication required"
    assert (await peer.say("NOOP")).startswith("250")
    assert (await peer.say("AUTH PLAIN AHUAcA==")).startswith("235")
    assert (await peer.mail()).startswith("250")


async def test_ipv4_and_ipv6_share_one_chosen_port() -> None:
    sockets = bind_all([Address("127.0.0.1", 0), Address("::1", 0, optional=True)])
    ports = {one.getsockname()[1] for one in sockets}
    families = {one.family for one in sockets}
    for one in sockets:
        one.close()
    assert len(ports) == 1
    assert socket.AF_INET in families


def test_a_busy_port_says_so_and_who_holds_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holding:
        port = holding.getsockname()[1]
        with pytest.raises(ListenError, match=rf"port {port} is in use by .*pid {os.getpid()}"):
            bind_all([Address("127.0.0.1", port)])


def test_nothing_stays_bound_when_one_address_is_busy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holding, socket.socket() as probe:
        busy = holding.getsockname()[1]
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
        probe.close()
        with pytest.raises(ListenError):
            bind_all([Address("127.0.0.1", free), Address("127.0.0.1", busy)])
        for one in bind_all([Address("127.0.0.1", free)]):
            one.close()


def test_nobody_holds_a_free_port() -> None:
    assert holder_of(0) == ""


def test_a_unix_socket_left_behind_is_replaced_and_a_living_one_is_not(tmp_path: Path) -> None:
    endpoint = UnixAddress(str(tmp_path / "s"))
    (first,) = bind_all([endpoint])
    with pytest.raises(ListenError, match="cannot listen on unix:"):
        bind_all([endpoint])
    first.close()
    (second,) = bind_all([endpoint])
    second.close()


def test_an_address_that_is_not_ours_is_a_clear_error() -> None:
    with pytest.raises(ListenError, match=r"cannot listen on 192\.0\.2\.1:0"):
        bind_all([Address("192.0.2.1", 0)])


async def test_xclient_is_for_trusted_peers_only(serve: Serve) -> None:
    plain = await serve()
    peer = await plain.greeted()
    await peer.say("EHLO c.test")
    assert (await peer.say("XCLIENT ADDR=192.0.2.9")).startswith("550")
    trusting = await serve(trusted="127.0.0.0/8")
    peer = await trusting.greeted()
    assert "XCLIENT" in await peer.say("EHLO c.test")
    assert (await peer.say("XCLIENT ADDR=192.0.2.9 HELO=far.test")).startswith("220")
    assert "[192.0.2.9]" in await peer.say("EHLO far.test")
    assert (await peer.mail()).startswith("250")
    (message,) = await trusting.messages()
    assert message.trace.forwarded["ADDR"] == "192.0.2.9"


async def test_users_are_checked_where_there_are_any(serve: Serve) -> None:
    running = await serve(environ={"MAILTRAP_USERS": "ann:secret"})
    peer = await running.greeted()
    assert "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256" in await peer.say("EHLO c.test")
    assert (await peer.say("AUTH PLAIN AGFubgB3cm9uZw==")).startswith("535 5.7.8")
    assert (await peer.say("AUTH PLAIN AGFubgBzZWNyZXQ=")).startswith("235")

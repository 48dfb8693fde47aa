"""Replies of many sessions go out together, and none waits for long."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from mailtrap.server.outgoing import TURNS, Outgoing
from mailtrap.server.wire import Wire
from tests.server.peer import Serve

Pair = Callable[[], Awaitable[tuple[Wire, socket.socket]]]


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    """Makes a wire, and the socket at its other end."""
    async with AsyncExitStack() as undo:

        async def build() -> tuple[Wire, socket.socket]:
            ours, theirs = socket.socketpair()
            undo.callback(theirs.close)
            theirs.setblocking(False)
            loop = asyncio.get_running_loop()
            transport, _ = await loop.create_connection(asyncio.Protocol, sock=ours)
            undo.push_async_callback(turn)
            undo.callback(transport.close)
            return Wire(transport), theirs

        yield build


def arrived(end: socket.socket) -> bytes:
    """What is there to be read."""
    try:
        return end.recv(1_000)
    except BlockingIOError:
        return b""


async def turn() -> None:
    """A turn of the event loop."""
    await asyncio.sleep(0)


async def test_replies_wait_while_others_still_come_and_then_go_out_together(
    pair: Pair,
) -> None:
    outgoing = Outgoing()
    (one, its_end), (other, other_end) = await pair(), await pair()
    outgoing.came()
    one.write(b"250 1\r\n")
    outgoing.flush_soon(one)
    await turn()
    assert arrived(its_end) == b""
    outgoing.came()
    other.write(b"250 2\r\n")
    outgoing.flush_soon(other)
    for _ in range(3):
        await turn()
    assert (arrived(its_end), arrived(other_end)) == (b"250 1\r\n", b"250 2\r\n")


async def test_a_reply_goes_out_though_others_never_stop_talking(pair: Pair) -> None:
    outgoing = Outgoing()
    wire, end = await pair()
    wire.write(b"250 1\r\n")
    outgoing.flush_soon(wire)
    for _ in range(TURNS + 2):
        outgoing.came()
        await turn()
    assert arrived(end) == b"250 1\r\n"


async def test_sessions_side_by_side_are_each_answered_in_order(serve: Serve) -> None:
    running = await serve()
    peers = [await running.greeted() for _ in range(8)]
    for number, peer in enumerate(peers):
        peer.send(b"NOOP\r\n" * number + b"VRFY someone\r\n")
    for number, peer in enumerate(peers):
        codes = [(await peer.reply())[:3] for _ in range(number + 1)]
        assert codes == ["250"] * number + ["252"]

"""Stopping: nobody is cut off without a word, and it does not take long."""

import asyncio

from mailtrap.server.timeouts import Timeouts
from tests.server.peer import Serve


async def test_an_idle_session_is_told_and_ended_at_once(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    stopping = asyncio.ensure_future(running.server.stop())
    assert await peer.rest() == b"421 4.3.2 mailtrap.local shutting down\r\n"
    await stopping


async def test_a_message_under_way_may_be_finished(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(shutdown=5))
    peer = await running.greeted()
    await peer.begin()
    stopping = asyncio.ensure_future(running.server.stop())
    await asyncio.sleep(0)
    peer.send(b"Subject: last\r\n\r\nx\r\n.\r\n")
    replies = (await peer.rest()).decode().splitlines()
    assert [line[:9] for line in replies] == ["250 2.0.0", "421 4.3.2"]
    await stopping
    assert len(await running.messages()) == 1


async def test_one_that_takes_too_long_is_told_and_ended(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(shutdown=0.05))
    peer = await running.greeted()
    await peer.begin()
    peer.send(b"Subject: never\r\n")
    stopping = asyncio.ensure_future(running.server.stop())
    assert await peer.rest() == b"421 4.3.2 mailtrap.local shutting down\r\n"
    await stopping
    assert await running.messages() == ()
    assert [a.verdict for a in await running.attempts()] == ["aborted"]


async def test_one_that_does_not_react_is_dropped(serve: Serve) -> None:
    running = await serve(timeouts=Timeouts(shutdown=0.05))
    peer = await running.greeted()
    peer.reader._transport.pause_reading()  # type: ignore[attr-defined]  # a zero window
    await running.server.stop()
    assert len(running.server.registry) == 0

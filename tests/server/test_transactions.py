"""Draining: who is within a transaction, and when it has ended."""

import asyncio

import pytest

from mailtrap.faults.codec import parse_line
from mailtrap.server.transactions import Transactions
from tests.server.peer import Running, Serve


async def drained(transactions: Transactions) -> "asyncio.Task[None]":
    """A drain that has begun."""
    task = asyncio.ensure_future(transactions.drained())
    await asyncio.sleep(0)
    return task


async def finished(task: "asyncio.Task[None]") -> None:
    async with asyncio.timeout(10):
        await task


async def test_with_no_transaction_open_it_is_drained_at_once() -> None:
    transactions = Transactions()
    transactions.follow("a", is_open=True)
    transactions.follow("a", is_open=False)
    await finished(await drained(transactions))


async def test_it_waits_for_each_that_is_open_at_the_call_and_for_no_other() -> None:
    transactions = Transactions()
    transactions.follow("a", is_open=True)
    transactions.follow("b", is_open=True)
    task = await drained(transactions)
    transactions.follow("c", is_open=True)
    transactions.follow("a", is_open=False)
    transactions.follow("a", is_open=True)
    await asyncio.sleep(0)
    assert not task.done()
    transactions.follow("b", is_open=False)
    await finished(task)


async def test_two_may_wait_for_the_same_and_one_of_them_go() -> None:
    transactions = Transactions()
    transactions.follow("a", is_open=True)
    first, second = await drained(transactions), await drained(transactions)
    first.cancel()
    await asyncio.sleep(0)
    transactions.follow("a", is_open=True)
    transactions.follow("a", is_open=False)
    await finished(second)


async def open_transaction(running: Running) -> "asyncio.Task[None]":
    """A drain while a client is within a transaction."""
    task = asyncio.ensure_future(running.catcher.drained())
    await asyncio.sleep(0)
    assert not task.done()
    return task


ENDS = {
    "content": ["DATA", "."],
    "rset": ["RSET"],
    "ehlo": ["EHLO again"],
    "quit": ["QUIT"],
}


@pytest.mark.parametrize("end", ENDS)
async def test_a_transaction_ends_with_the_answer_to(serve: Serve, end: str) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("RCPT TO:<b@y.test>")
    task = await open_transaction(running)
    for line in ENDS[end]:
        assert not task.done()
        await peer.say(line)
    await finished(task)


async def test_it_ends_when_the_client_leaves(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.begin()
    task = await open_transaction(running)
    peer.writer.close()
    await finished(task)


async def test_an_idle_session_does_not_count(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    async with asyncio.timeout(10):
        await running.catcher.drained()


async def test_a_transaction_whose_mail_was_refused_is_none(serve: Serve) -> None:
    running = await serve(faults=[parse_line("mail 451 later")])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    assert (await peer.say("MAIL FROM:<a@x.test>")).startswith("451")
    async with asyncio.timeout(10):
        await running.catcher.drained()


async def test_an_answer_that_takes_its_time_belongs_to_it(serve: Serve) -> None:
    running = await serve(faults=[parse_line("message delay 0.2s")])
    peer = await running.greeted()
    await peer.begin()
    peer.send(b"Subject: t\r\n\r\nhello\r\n.\r\n")
    task = await open_transaction(running)
    reply = asyncio.ensure_future(peer.reply())
    await finished(task)
    assert (await reply).startswith("250")

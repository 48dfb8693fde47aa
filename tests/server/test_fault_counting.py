"""Counted rules count exactly, and dice fall the same way in every run."""

import asyncio

import pytest

from mailtrap.faults.actions import ReplyWith
from mailtrap.faults.counting import Schedule
from mailtrap.faults.rules import Rule
from mailtrap.smtp.reply import Reply
from tests.server.peer import Peer, Serve

LATER = Reply(451, "Try later", "4.7.1")
SESSIONS = 20


def refuse(**schedule: object) -> Rule:
    """A rule that refuses recipients on this schedule."""
    counted = Schedule(**schedule)  # type: ignore[arg-type]  # the tests give what it takes
    return Rule(name="later", on=("rcpt",), do=(ReplyWith(LATER),), schedule=counted)


async def one_recipient(peer: Peer) -> str:
    """The reply to the recipient of a transaction that is then given up."""
    peer.send(b"MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nRSET\r\n")
    _, reply, _ = [await peer.reply() for _ in range(3)]
    return reply


@pytest.mark.load
async def test_twenty_sessions_at_once_get_exactly_seven_refusals_a_thousand_times(
    serve: Serve,
) -> None:
    running = await serve()
    peers = [await running.greeted() for _ in range(SESSIONS)]
    for peer in peers:
        await peer.say("EHLO c.test")
    counted = set()
    for _ in range(1000):
        running.server.registry.faults.replace_all([refuse(times=7)], 0.0)
        replies = await asyncio.gather(*(one_recipient(peer) for peer in peers))
        counted.add(sum(reply.startswith("451") for reply in replies))
    assert counted == {7}


async def outcomes(serve: Serve, seed: int) -> list[str]:
    """The replies to the same traffic under a rule of chance."""
    running = await serve(faults=[refuse(chance=0.3, seed=seed)])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    return [(await one_recipient(peer))[:3] for _ in range(100)]


async def test_the_same_seed_gives_the_same_failures_and_another_one_others(serve: Serve) -> None:
    first = await outcomes(serve, 1)
    assert await outcomes(serve, 1) == first
    assert await outcomes(serve, 2) != first
    assert 10 < first.count("451") < 50

"""Messages that are acknowledged now and stored later."""

import asyncio

from mailtrap.faults.written import rule_of
from mailtrap.server.held import HELD_LIMIT, HELD_OCTETS, Held
from mailtrap.store.records import AttemptAdded
from tests.server.aftermath import stored
from tests.server.peer import SECONDS, Serve

LONG = 3_600.0


async def test_a_held_message_is_stored_behind_one_that_came_later(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message hold 300ms times=1")])
    peer = await running.greeted()
    held = await peer.mail(b"Subject: first\r\n\r\nx\r\n")
    assert held.startswith("250 2.0.0 Ok: queued as ")
    assert await running.messages() == ()
    assert (await peer.mail(b"Subject: second\r\n\r\nx\r\n")).startswith("250")
    await stored(running, 2)
    newest, oldest = await running.messages()
    assert (oldest.summary.subject, newest.summary.subject) == ("second", "first")
    assert newest.received_at < oldest.received_at
    assert held.endswith(newest.id)
    attempts = {one.message: one for one in await running.attempts()}
    assert attempts[newest.id].verdict == "accepted"
    assert attempts[newest.id].rules == ("message-hold",)


async def test_what_is_held_is_stored_when_the_server_stops(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message hold 1h")])
    peer = await running.greeted()
    for number in (1, 2):
        await peer.mail(b"Subject: %d\r\n\r\nx\r\n" % number)
    assert await running.messages() == ()
    await running.server.stop()
    await running.catcher.flush()
    assert [row.summary.subject for row in await running.messages()] == ["2", "1"]


async def test_kept_held_and_never_answered(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message keep ; hold 10ms ; reset")])
    peer = await running.greeted()
    await peer.begin()
    peer.send(b"Subject: t\r\n\r\nx\r\n.\r\n")
    assert await peer.rest() == b""
    await stored(running, 1)
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.reply) == ("aborted", None)


async def test_what_is_refused_is_not_held(serve: Serve) -> None:
    rules = ["message hold 10ms continue=true", "message 550 5.7.1 No"]
    running = await serve(faults=[rule_of(line) for line in rules])
    peer = await running.greeted()
    assert (await peer.mail()).startswith("550")
    assert len(running.server.registry.held) == 0
    assert await running.messages() == ()


async def test_a_store_that_has_filled_up_leaves_an_attempt_that_was_refused(serve: Serve) -> None:
    running = await serve(room=600_000, faults=[rule_of("message hold 10ms")])
    peer = await running.greeted()
    with running.bus.subscribe() as changes:
        assert (await peer.mail(b"x" * 900_000 + b"\r\n")).startswith("250")
        async with asyncio.timeout(SECONDS):
            async for change in changes:
                if isinstance(change, AttemptAdded):
                    break
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.message) == ("refused", None)
    assert attempt.reply == "452 4.3.1 Insufficient system storage"


async def test_over_its_limits_nothing_waits() -> None:
    held, done = Held(), list[int]()
    for number in range(HELD_LIMIT):
        held.put(lambda number=number: done.append(number), LONG, 1)  # type: ignore[misc]
    held.put(lambda: done.append(-1), LONG, 1)
    assert (len(held), done) == (HELD_LIMIT, [-1])
    held.release()
    assert (len(held), done) == (0, [-1, *range(HELD_LIMIT)])
    held.put(lambda: done.append(-2), LONG, HELD_OCTETS + 1)
    assert (len(held), done[-1]) == (0, -2)

"""PRDR on real sockets: rules for each recipient, and what is stored."""

from mailtrap.faults.written import rule_of
from tests.server.peer import Peer, Running, Serve

CONTENT = b"Subject: t\r\n\r\nhello\r\n.\r\n"


async def sent(running: Running, *, parameter: str = " PRDR", content: bytes = CONTENT) -> Peer:
    """A client that has sent content for three recipients."""
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say(f"MAIL FROM:<a@x.test>{parameter}")
    for name in "bcd":
        assert (await peer.say(f"RCPT TO:<{name}@y.test>")).startswith("250")
    await peer.say("DATA")
    peer.send(content)
    return peer


async def recipients(running: Running) -> list[list[str]]:
    """Those of each message that is stored."""
    rows = await running.messages()
    return [[one.path.address for one in row.envelope.recipients] for row in rows]


async def test_the_message_is_stored_for_those_who_take_it(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message 550 5.7.1 No rcpt=c@y.test")])
    peer = await sent(running)
    assert [(await peer.reply())[:9] for _ in range(5)] == [
        "353 Repli", "250 2.1.5", "550 5.7.1", "250 2.1.5", "250 2.0.0"
    ]  # fmt: skip
    assert await recipients(running) == [["b@y.test", "d@y.test"]]
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.reply) == (
        "accepted",
        f"250 2.0.0 Ok: queued as {attempt.message}",
    )
    assert [one.final for one in attempt.recipients] == [
        "250 2.1.5 <b@y.test> Ok", "550 5.7.1 No", "250 2.1.5 <d@y.test> Ok"
    ]  # fmt: skip
    assert attempt.rules == ("message-550",)


async def test_without_rules_all_take_it(serve: Serve) -> None:
    running = await serve(advertise="PRDR")
    peer = await sent(running)
    assert [(await peer.reply())[:3] for _ in range(5)] == ["353", "250", "250", "250", "250"]
    assert await recipients(running) == [["b@y.test", "c@y.test", "d@y.test"]]
    assert (await peer.say("NOOP")).startswith("250")


async def test_if_nobody_takes_it_nothing_is_stored(serve: Serve) -> None:
    rules = ["message 550 5.7.1 No rcpt=c@y.test", "message 451 4.7.1 Later"]
    running = await serve(faults=[rule_of(line) for line in rules])
    peer = await sent(running)
    assert [(await peer.reply())[:9] for _ in range(5)] == [
        "353 Repli", "451 4.7.1", "550 5.7.1", "451 4.7.1", "451 4.7.1"
    ]  # fmt: skip
    assert await recipients(running) == []
    (attempt,) = await running.attempts()
    assert attempt.verdict == "refused"
    assert attempt.reply == "451 4.7.1 No recipient takes this message"
    assert [(one.final or "")[:3] for one in attempt.recipients] == ["451", "550", "451"]
    assert (await peer.say("NOOP")).startswith("250")


async def test_a_connection_that_ends_half_way_through_stores_nothing(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message close rcpt=c@y.test")])
    peer = await sent(running)
    assert (await peer.rest()).split(b"\r\n")[1:] == [b"250 2.1.5 <b@y.test> Ok", b""]
    assert await recipients(running) == []
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.message) == ("aborted", None)


async def test_unless_a_rule_keeps_it(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message keep ; reset rcpt=c@y.test")])
    await (await sent(running)).rest()
    assert await recipients(running) == [["b@y.test", "c@y.test", "d@y.test"]]
    (attempt,) = await running.attempts()
    assert attempt.verdict == "aborted"


async def test_a_store_that_is_full_refuses_it_for_each(serve: Serve) -> None:
    running = await serve(room=600_000)
    peer = await sent(running, content=b"x" * 900_000 + b"\r\n.\r\n")
    assert [(await peer.reply())[:3] for _ in range(5)] == ["353", "452", "452", "452", "452"]
    assert await recipients(running) == []


async def test_who_does_not_ask_for_it_is_answered_once(serve: Serve) -> None:
    running = await serve(faults=[rule_of("message 550 5.7.1 No rcpt=c@y.test")])
    peer = await sent(running, parameter="")
    assert await peer.reply() == "550 5.7.1 No"
    assert await recipients(running) == []

"""Rules performed on real sockets: what the client sees, and what is stored."""

import asyncio
import ssl
import time
from contextlib import suppress

import pytest

from mailtrap.faults.actions import (
    Advertise,
    AnyAction,
    BreakTls,
    CutOff,
    Delay,
    Discard,
    Duplicate,
    EndWith,
    Garble,
    Hide,
    Keep,
    Outage,
    Raw,
    ReplyWith,
    Throttle,
    Trickle,
)
from mailtrap.faults.conditions import Conditions
from mailtrap.faults.counting import Schedule
from mailtrap.faults.rules import Rule
from mailtrap.faults.stages import Stage
from mailtrap.faults.steps import Close, Cut, Reset, Stall, TlsKind
from mailtrap.search.patterns import text_pattern
from mailtrap.smtp.reply import Reply
from tests.server.peer import Serve

LATER = Reply(451, "Try later", "4.7.1")
NO = Reply(550, "No such user", "5.1.1")
CONTENT = b"Subject: t\r\n\r\nhello\r\n"


def rule(stage: Stage, *do: AnyAction, times: int | None = None) -> Rule:
    """A rule that acts at a stage."""
    return Rule(name=f"on-{stage}", on=(stage,), do=do, schedule=Schedule(times=times))


@pytest.mark.parametrize(
    ("stage", "lines"),
    [
        ("helo", ["EHLO c.test"]),
        ("noop", ["NOOP"]),
        ("rset", ["RSET"]),
        ("vrfy", ["VRFY x"]),
        ("auth", ["EHLO c.test", "AUTH PLAIN AHUAcA=="]),
        ("mail", ["EHLO c.test", "MAIL FROM:<a@x.test>"]),
        ("rcpt", ["EHLO c.test", "MAIL FROM:<a@x.test>", "RCPT TO:<b@y.test>"]),
        ("data", ["EHLO c.test", "MAIL FROM:<a@x.test>", "RCPT TO:<b@y.test>", "DATA"]),
        ("quit", ["QUIT"]),
        ("unknown", ["FOO"]),
    ],
)
async def test_a_reply_is_replaced_as_often_as_the_rule_says(
    serve: Serve, stage: Stage, lines: list[str]
) -> None:
    running = await serve(faults=[rule(stage, ReplyWith(LATER), times=1)])
    peer = await running.greeted()
    for line in lines[:-1]:
        assert (await peer.say(line))[0] == "2"
    assert await peer.say(lines[-1]) == "451 4.7.1 Try later"
    if stage != "quit":
        assert not (await peer.say(lines[-1])).startswith("451")


async def test_a_refused_recipient_is_not_in_the_envelope(serve: Serve) -> None:
    running = await serve(faults=[rule("rcpt", ReplyWith(NO), times=1)])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    assert (await peer.say("RCPT TO:<b@y.test>")).startswith("550")
    assert (await peer.say("RCPT TO:<c@y.test>")).startswith("250")
    await peer.say("DATA")
    peer.send(CONTENT + b".\r\n")
    await peer.reply()
    (message,) = await running.messages()
    assert [r.path.address for r in message.envelope.recipients] == ["c@y.test"]
    (attempt,) = await running.attempts()
    assert attempt.rules == ("on-rcpt",)
    assert attempt.notes == ("on-rcpt: 550 5.1.1 No such user instead of 250 2.1.5 Ok",)
    assert [r.accepted for r in attempt.recipients] == [False, True]


async def test_the_transcript_names_the_rule_and_what_it_replaced(serve: Serve) -> None:
    running = await serve(faults=[rule("mail", ReplyWith(LATER))])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("QUIT")
    notes = [line.text for line in (await running.session()).transcript if line.side == "*"]
    assert notes == ["on-mail: 451 4.7.1 Try later instead of 250 2.1.0 Ok"]


async def test_a_greeting_that_refuses_leaves_only_quit(serve: Serve) -> None:
    running = await serve(faults=[rule("greeting", ReplyWith(Reply(554, "Go away")))])
    peer = await running.connect()
    assert await peer.reply() == "554 Go away"
    assert (await peer.say("EHLO c.test")).startswith("503")
    assert (await peer.say("QUIT")).startswith("221")


async def test_hidden_and_false_lines_of_ehlo(serve: Serve) -> None:
    do = (Hide(("PIPELINING", "size")), Advertise(("X-FALSE 1",)))
    running = await serve(faults=[rule("helo", *do)])
    peer = await running.greeted()
    lines = (await peer.say("EHLO c.test")).splitlines()
    assert lines[-1] == "250 X-FALSE 1"
    assert not {line[4:].split()[0] for line in lines} & {"PIPELINING", "SIZE"}


async def test_a_delay_comes_before_the_reply_and_holds_up_nobody_else(serve: Serve) -> None:
    running = await serve(faults=[rule("noop", Delay(0.15))])
    slow, quick = await running.greeted(), await running.greeted()
    began = time.monotonic()
    slow.send(b"NOOP\r\nRSET\r\n")
    assert (await quick.say("RSET")).startswith("250")
    assert time.monotonic() - began < 0.15
    assert await slow.reply() == "250 2.0.0 Ok"
    assert time.monotonic() - began >= 0.15
    assert await slow.reply() == "250 2.0.0 Ok"


async def test_a_trickled_reply_comes_whole(serve: Serve) -> None:
    running = await serve(faults=[rule("noop", Trickle(0.001))])
    peer = await running.greeted()
    assert await peer.say("NOOP") == "250 2.0.0 Ok"
    assert await peer.say("RSET") == "250 2.0.0 Ok"


async def test_raw_octets_take_the_place_of_a_reply(serve: Serve) -> None:
    running = await serve(faults=[rule("noop", Raw(b"\x00\xffgarbage\r\n"))])
    peer = await running.greeted()
    peer.send(b"NOOP\r\n")
    assert await peer.reader.readline() == b"\x00\xffgarbage\r\n"


async def test_a_reply_said_twice_desynchronises_the_client_and_not_us(serve: Serve) -> None:
    running = await serve(faults=[rule("mail", Garble("twice"), times=1)])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    assert await peer.say("MAIL FROM:<a@x.test>") == "250 2.1.0 Ok"
    assert await peer.reply() == "250 2.1.0 Ok"
    assert (await peer.say("RCPT TO:<b@y.test>")).startswith("250 2.1.5")


@pytest.mark.parametrize(
    "stage", ["connect", "greeting", "helo", "mail", "data", "message", "quit"]
)
async def test_a_connection_is_closed_without_a_reply(serve: Serve, stage: Stage) -> None:
    running = await serve(faults=[rule(stage, EndWith(Close()))])
    peer = await running.connect()
    peer.send(
        b"EHLO c\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\n" + CONTENT + b".\r\nQUIT\r\n"
    )
    heard = await peer.rest()
    expected = ["connect", "greeting", "helo", "mail", "rcpt", "data", "message", "quit"]
    codes = [line[:3] for line in heard.decode().splitlines() if line[3] == " "]
    assert codes == ["220", "250", "250", "250", "354", "250"][: max(0, expected.index(stage) - 1)]
    assert (await running.session()).end == "a rule asked for close"
    assert len(await running.messages()) == (stage == "quit")


async def test_a_reset_is_a_reset(serve: Serve) -> None:
    running = await serve(faults=[rule("mail", EndWith(Reset()))])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    peer.send(b"MAIL FROM:<a@x.test>\r\n")
    with pytest.raises(ConnectionResetError):
        await peer.reader.readline()


async def test_a_stalled_client_waits_until_it_leaves(serve: Serve) -> None:
    running = await serve(faults=[rule("mail", EndWith(Stall()))])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    peer.send(b"MAIL FROM:<a@x.test>\r\n")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(peer.reader.readline(), 0.05)
    peer.writer.close()
    assert (await running.session()).end == "a rule asked for stall"


async def test_stalled_sessions_end_with_the_server(serve: Serve) -> None:
    running = await serve(faults=[rule("mail", EndWith(Stall()))])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    peer.send(b"MAIL FROM:<a@x.test>\r\n")
    stopping = asyncio.ensure_future(running.server.stop())
    assert (await peer.rest()).startswith(b"421 4.3.2")
    await stopping


async def test_stored_but_no_250_leaves_two_messages_after_a_retry(serve: Serve) -> None:
    running = await serve(faults=[rule("message", Keep(), EndWith(Reset()), times=1)])
    first = await running.greeted()
    await first.begin()
    first.send(CONTENT + b".\r\n")
    assert await first.rest() == b""
    second = await running.greeted()
    assert (await second.mail(CONTENT)).startswith("250")
    assert len(await running.messages()) == 2
    newest, oldest = await running.attempts()
    assert (newest.verdict, newest.rules) == ("accepted", ())
    assert (oldest.verdict, oldest.reply, oldest.rules) == ("aborted", None, ("on-message",))
    assert oldest.message is not None


async def test_250_but_nothing_stored(serve: Serve) -> None:
    running = await serve(faults=[rule("message", Discard())])
    peer = await running.greeted()
    assert (await peer.mail()).startswith("250 2.0.0 Ok: queued as ")
    assert await running.messages() == ()
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.message) == ("accepted", None)


async def test_refused_but_stored(serve: Serve) -> None:
    running = await serve(faults=[rule("message", ReplyWith(NO), Keep())])
    peer = await running.greeted()
    assert (await peer.mail()).startswith("550")
    (message,) = await running.messages()
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.message) == ("refused", message.id)


async def test_stored_twice(serve: Serve) -> None:
    running = await serve(faults=[rule("message", Duplicate(3))])
    peer = await running.greeted()
    assert (await peer.mail()).startswith("250")
    await running.catcher.flush()
    messages = await running.messages()
    assert len({message.id for message in messages}) == 3


@pytest.mark.parametrize("split", [False, True])
async def test_content_is_cut_off_after_n_octets(serve: Serve, *, split: bool) -> None:
    running = await serve(faults=[rule("data", CutOff(Cut(15, Close())))])
    peer = await running.greeted()
    if split:
        await peer.begin()
        peer.send(CONTENT * 100)
    else:
        peer.send(b"EHLO c\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\n" + CONTENT * 100)
    await peer.rest()
    assert await running.messages() == ()
    assert (await running.session()).end == "a rule asked for close"


async def test_content_is_read_slowly(serve: Serve) -> None:
    running = await serve(faults=[rule("content", Throttle(200_000))])
    peer = await running.greeted()
    await peer.begin()
    began = time.monotonic()
    peer.send(b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 500 + b".\r\n")
    assert (await peer.reply()).startswith("250")
    assert time.monotonic() - began > 0.1


@pytest.mark.parametrize("stage", ["content", "message"])
async def test_a_rule_looks_at_the_header(serve: Serve, stage: Stage) -> None:
    when = Conditions(headers={"subject": text_pattern("*invoice*")})
    refuse = Rule(name="spam", on=(stage,), when=when, do=(ReplyWith(NO),))
    running = await serve(faults=[refuse])
    peer = await running.greeted()
    assert (await peer.mail(b"Subject: your =?utf-8?q?Invoice?=\r\n\r\nx\r\n")).startswith("550")
    assert (await peer.mail(b"Subject: hello\r\n\r\nx\r\n")).startswith("250")


async def test_lmtp_recipients_are_answered_one_by_one(serve: Serve) -> None:
    when = Conditions(rcpt=text_pattern("c@*"))
    full = Reply(452, "Over quota", "4.2.2")
    running = await serve(
        lmtp="127.0.0.1:0",
        faults=[Rule(name="full", on=("message",), when=when, do=(ReplyWith(full),))],
    )
    peer = await running.greeted("lmtp")
    await peer.say("LHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    for name in "bcd":
        await peer.say(f"RCPT TO:<{name}@y.test>")
    await peer.say("DATA")
    peer.send(CONTENT + b".\r\n")
    codes = [(await peer.reply())[:3] for _ in range(3)]
    assert codes == ["250", "452", "250"]
    (message,) = await running.messages()
    assert [r.path.address for r in message.envelope.recipients] == ["b@y.test", "d@y.test"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("expired", "certificate has expired"),
        ("not-yet-valid", "certificate is not yet valid"),
        ("wrong-name", "Hostname mismatch"),
        ("unknown-ca", "certificate verify failed"),
    ],
)
async def test_certificates_that_are_wrong_in_one_way(
    serve: Serve, kind: TlsKind, reason: str
) -> None:
    running = await serve(smtps="127.0.0.1:0", faults=[rule("tls", BreakTls(kind))])
    with pytest.raises(ssl.SSLCertVerificationError, match=reason):
        await running.connect("smtps", running.trusting())


async def test_a_handshake_fails_after_starttls(serve: Serve) -> None:
    fault = rule("starttls", BreakTls("handshake-fail"))
    running = await serve(starttls="127.0.0.1:0", faults=[fault])
    peer = await running.greeted("starttls")
    await peer.say("EHLO c.test")
    await peer.say("STARTTLS")
    with pytest.raises(ssl.SSLError, match=r"(?i)handshake failure"):
        await peer.start_tls(running.trusting())


async def test_an_old_version_only(serve: Serve) -> None:
    running = await serve(smtps="127.0.0.1:0", faults=[rule("tls", BreakTls("old"))])
    with pytest.raises(ssl.SSLError):
        await running.connect("smtps", running.trusting())


async def test_a_handshake_stalls(serve: Serve) -> None:
    running = await serve(smtps="127.0.0.1:0", faults=[rule("tls", BreakTls("stall"))])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(running.connect("smtps", running.trusting()), 0.1)


async def test_an_outage_refuses_connections_and_ends(serve: Serve) -> None:
    running = await serve(faults=[rule("connect", Outage(0.2), EndWith(Reset()), times=1)])
    first = await running.connect()
    await first.rest()
    with pytest.raises(ConnectionRefusedError):
        await running.connect()
    greetings: list[str] = []
    while not greetings:
        with suppress(ConnectionRefusedError):
            peer = await running.connect()
            greetings.append(await peer.reply())
        await asyncio.sleep(0.01)
    assert greetings[0].startswith("220")


async def test_pipelined_commands_against_a_rule_are_answered_in_order(serve: Serve) -> None:
    running = await serve(faults=[rule("rcpt", ReplyWith(NO))], max_recipients="100000")
    peer = await running.greeted()
    peer.send(b"EHLO c\r\nMAIL FROM:<a@x>\r\n" + b"RCPT TO:<b@y>\r\n" * 5000 + b"NOOP\r\n")
    await peer.reply()
    await peer.reply()
    replies = [await peer.reply() for _ in range(5000)]
    assert set(replies) == {"550 5.1.1 No such user"}
    assert await peer.reply() == "250 2.0.0 Ok"


async def test_a_rule_at_auth_knows_who_is_about_to_log_in(serve: Serve) -> None:
    when = Conditions(auth=text_pattern("locked"))
    locked = Rule(name="locked", on=("auth",), when=when, do=(ReplyWith(Reply(535, "No")),))
    running = await serve(faults=[locked])
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    assert await peer.say("AUTH PLAIN AGxvY2tlZABw") == "535 No"
    assert (await peer.say("AUTH PLAIN AG9wZW4AcA==")).startswith("235")


async def test_an_expired_token_is_a_challenge_and_then_a_refusal(serve: Serve) -> None:
    challenge = Schedule(times=1, per="session")
    rules = [
        Rule(
            name="told",
            on=("auth",),
            do=(ReplyWith(Reply(334, "eyJzdGF0dXMiOiI0MDEifQ==")),),
            schedule=challenge,
        ),
        Rule(name="expired", on=("auth",), do=(ReplyWith(Reply(535, "Token expired", "5.7.8")),)),
    ]
    running = await serve(faults=rules)
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    token = "AUTH XOAUTH2 dXNlcj11QHgBYXV0aD1CZWFyZXIgdG9rAQE="
    assert await peer.say(token) == "334 eyJzdGF0dXMiOiI0MDEifQ=="
    assert await peer.say("") == "535 5.7.8 Token expired"
    assert (await peer.mail()).startswith("250")

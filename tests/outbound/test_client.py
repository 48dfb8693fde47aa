import asyncio
import socket

import pytest

from mailtrap.outbound.client import LINE_LIMIT, SendError, send
from mailtrap.outbound.records import Report
from tests.outbound.making import path
from tests.outbound.stub import HANG_UP, SILENCE, Inbound, Start

RAW = b".leading\r\n..two\r\nlast\r\n.\r\nend\r\n"
REPORT = Report("failed", path("app@app.test"), RAW)


async def sent(stub: Inbound, report: Report = REPORT, *, timeout: float = 5.0) -> None:
    await send("127.0.0.1", stub.port, report, helo="trap.test", timeout=timeout)


async def refused(stub: Inbound, report: Report = REPORT, *, timeout: float = 5.0) -> SendError:
    with pytest.raises(SendError) as caught:
        await sent(stub, report, timeout=timeout)
    return caught.value


async def test_a_report_is_sent_from_the_null_path_and_arrives_as_it_is(inbound: Start) -> None:
    stub = await inbound()
    await sent(stub)
    assert stub.commands == [
        "EHLO trap.test",
        "MAIL FROM:<>",
        "RCPT TO:<app@app.test>",
        "DATA",
        "QUIT",
    ]
    assert stub.contents == [RAW]


async def test_a_content_without_a_last_line_end_gets_one(inbound: Start) -> None:
    stub = await inbound()
    await sent(stub, Report("failed", path("a@b"), b"no end"))
    assert stub.contents == [b"no end\r\n"]


async def test_eight_bits_are_declared_where_that_is_offered(inbound: Start) -> None:
    report = Report("failed", path("a@b"), b"\xff\r\n", eight_bit=True)
    stub, bare = await inbound(), await inbound(EHLO="250 stub")
    await sent(stub, report)
    await sent(bare, report)
    assert stub.commands[1] == "MAIL FROM:<> BODY=8BITMIME"
    assert bare.commands[1] == "MAIL FROM:<>"
    assert bare.contents == [b"\xff\r\n"]


async def test_an_international_report_needs_smtputf8(inbound: Start) -> None:
    report = Report("failed", path("åsa@app.test"), b"x\r\n", international=True)
    stub, bare = await inbound(), await inbound(EHLO="250 stub")
    await sent(stub, report)
    assert stub.commands[1:3] == ["MAIL FROM:<> SMTPUTF8", "RCPT TO:<åsa@app.test>"]
    assert (await refused(bare, report)).permanent


async def test_a_server_that_knows_no_ehlo_is_told_helo(inbound: Start) -> None:
    stub = await inbound(EHLO="500 what?")
    await sent(stub)
    assert stub.commands[:3] == ["EHLO trap.test", "HELO trap.test", "MAIL FROM:<>"]


STEPS = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "content"]


@pytest.mark.parametrize("step", STEPS)
async def test_a_4yz_reply_may_be_tried_again(inbound: Start, step: str) -> None:
    error = await refused(await inbound(**{step: "451 later\u00e4"}))
    assert not error.permanent
    assert "451 later" in str(error)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "EHLO"])
async def test_a_5yz_reply_is_final(inbound: Start, step: str) -> None:
    error = await refused(await inbound(**{step: "550-no\n550 never"}))
    assert error.permanent
    assert "550 no never" in str(error)


@pytest.mark.parametrize("step", STEPS)
async def test_a_server_that_hangs_up_may_be_tried_again(inbound: Start, step: str) -> None:
    assert not (await refused(await inbound(**{step: HANG_UP}))).permanent


@pytest.mark.parametrize("step", STEPS)
async def test_a_server_that_says_nothing_is_left(inbound: Start, step: str) -> None:
    error = await refused(await inbound(**{step: SILENCE}), timeout=0.05)
    assert "took longer than 0.05 s" in str(error)
    assert not error.permanent


@pytest.mark.parametrize(
    "said", ["hello", "\u00ff", "250-a\n" * 200, "x" * 2 * LINE_LIMIT, "250_ok"]
)
async def test_what_is_no_smtp_is_refused(inbound: Start, said: str) -> None:
    assert (await refused(await inbound(MAIL=said))).permanent


async def test_a_reply_of_a_bare_code_is_understood(inbound: Start) -> None:
    stub = await inbound(MAIL="250", RCPT="250")
    await sent(stub)
    assert stub.contents == [RAW]


async def test_what_comes_after_the_content_was_taken_changes_nothing(inbound: Start) -> None:
    stub = await inbound(QUIT=HANG_UP)
    await sent(stub)
    assert stub.contents == [RAW]


async def test_a_host_that_is_not_there_may_be_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SendError) as caught:
        await send("127.0.0.1", port, REPORT, helo="x")
    assert not caught.value.permanent


async def test_a_large_report_arrives_whole(inbound: Start) -> None:
    raw = b".x" * 30 + b"\r\n" + (b"." + b"y" * 70 + b"\r\n") * 20_000
    stub = await inbound()
    await asyncio.wait_for(sent(stub, Report("failed", path("a@b"), raw)), 10)
    assert stub.contents == [raw]

"""What was tried is a record too: accepted, refused, left half way; and a store without room."""

import gc
import tracemalloc

from tests.server.peer import Serve


async def test_an_accepted_transaction_is_an_attempt_with_its_message(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.mail()
    (attempt,) = await running.attempts()
    (message,) = await running.messages()
    assert (attempt.verdict, attempt.stage, attempt.message) == ("accepted", "done", message.id)
    assert attempt.reply == f"250 2.0.0 Ok: queued as {message.id}"
    assert [(r.address, r.accepted) for r in attempt.recipients] == [("b@y.test", True)]


async def test_its_lines_are_those_of_the_transcript(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.mail()
    await peer.mail()
    await peer.say("QUIT")
    session = await running.session()
    for attempt in await running.attempts():
        lines = session.transcript[attempt.first_line : attempt.last_line + 1]
        assert lines[0].text == "MAIL FROM:<a@x.test>"
        assert lines[-1].text == f"250 2.0.0 Ok: queued as {attempt.message}"


async def test_a_refused_transaction_is_an_attempt_without_one(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("RCPT TO:<>")
    await peer.say("RCPT TO:<b@y.test>,<c@y.test>")
    await peer.say("RSET")
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.stage, attempt.message) == ("refused", "rcpt", None)
    assert attempt.reply == "501 5.1.3 One RCPT takes one address"
    assert [r.reply[:9] for r in attempt.recipients] == ["501 5.1.3", "501 5.1.3"]


async def test_a_refused_mail_command_is_an_attempt(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    assert (await peer.say("MAIL FROM:<a@x.test> SIZE=999999999")).startswith("552 5.3.4")
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.stage) == ("refused", "mail")
    assert attempt.params == {"SIZE": "999999999"}


async def test_a_message_over_the_limit_is_refused_and_the_next_one_works(serve: Serve) -> None:
    running = await serve(max_size="1000")
    peer = await running.greeted()
    assert (await peer.mail(b"x" * 200_000 + b"\r\n")).startswith("552 5.3.4")
    assert (await peer.mail(b"small\r\n")).startswith("250")
    refused, accepted = sorted(await running.attempts(), key=lambda a: a.verdict, reverse=True)
    assert (refused.verdict, accepted.verdict) == ("refused", "accepted")


async def test_one_left_after_mail_is_aborted(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("QUIT")
    (attempt,) = await running.attempts()
    assert (attempt.verdict, attempt.stage) == ("aborted", "mail")


async def test_a_full_store_answers_452_and_recovers_when_there_is_room(serve: Serve) -> None:
    running = await serve(room=600_000)
    peer = await running.greeted()
    content = b"Subject: t\r\n\r\n" + (b"x" * 70 + b"\r\n") * 2_000
    kept = []
    while (reply := await peer.mail(content)).startswith("250"):
        kept.append(reply.rpartition(" ")[2])
        assert len(kept) < 100
    assert reply == "452 4.3.1 Insufficient system storage"
    assert kept
    assert [m.id for m in await running.messages()] == kept[::-1]
    await running.catcher.clear()
    assert (await peer.mail(content)).startswith("250")


async def test_findings_of_envelope_and_content_are_kept_with_the_message(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM: a@x.test")
    await peer.say("RCPT TO:<b@y.test>")
    await peer.say("DATA")
    peer.send(b"Subject: t\n\n.x\r\n.\r\n")
    await peer.reply()
    (message,) = await running.messages()
    ids = {finding.id for finding in message.findings}
    assert {"F-PATH-WS", "F-PATH-NOBRACKET", "F-BARE-LF", "F-HDR-MISSING"} <= ids
    assert "F-HELO-SYNTAX" not in ids


async def test_dsn_parameters_are_kept_in_the_envelope(serve: Serve) -> None:
    running = await serve()
    peer = await running.greeted()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test> RET=HDRS ENVID=id+2B1")
    await peer.say("RCPT TO:<b@y.test> NOTIFY=success,FAILURE ORCPT=rfc822;b@y.test")
    await peer.say("DATA")
    peer.send(b"x\r\n.\r\n")
    await peer.reply()
    (message,) = await running.messages()
    assert message.envelope.params == {"RET": "HDRS", "ENVID": "id+1"}
    (recipient,) = message.envelope.recipients
    assert recipient.params == {"NOTIFY": "SUCCESS,FAILURE", "ORCPT": "rfc822;b@y.test"}


async def test_what_was_said_is_let_go_without_the_collector(serve: Serve) -> None:
    """It comes round seldom, and a connection that ended waits for it with all it holds."""
    running = await serve()
    tracemalloc.start()
    gc.disable()
    try:
        for _ in range(10):
            peer = await running.greeted()
            lines = (b"NOOP %0400d\r\n" % number for number in range(500))
            peer.send(b"".join(lines) + b"QUIT\r\n")
            await peer.rest()
        assert len((await running.session()).transcript) > 900
        held, _ = tracemalloc.get_traced_memory()
    finally:
        gc.enable()
        tracemalloc.stop()
    assert held < 1_500_000, "ten dialogues of 260 KB each are kept"

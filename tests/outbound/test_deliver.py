import asyncio

import pytest

from mailtrap.catcher import Catcher
from mailtrap.config import Address
from mailtrap.outbound.client import SendError
from mailtrap.outbound.deliver import ToHost, ToStore
from mailtrap.outbound.records import Report
from mailtrap.store.base import StoreFullError, Window
from mailtrap.store.records import NewAttempt, NewMessage
from tests.outbound.making import LATER, message, path
from tests.outbound.stub import Start

REPORT = Report("failed", path("app@app.test"), b"Subject: x\r\n\r\n\xff\r\n", eight_bit=True)


class Full(Catcher):
    """A catcher whose store has no room."""

    def accept(self, message: NewMessage, attempt: NewAttempt) -> "asyncio.Future[int]":
        del message, attempt
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        future.set_exception(StoreFullError("no room"))
        return future


async def test_a_report_is_stored_where_the_message_was(catcher: Catcher) -> None:
    await ToStore(catcher, "trap.test", lambda: LATER)(REPORT, message())
    stored = await catcher.message("latest", inbox="ci")
    assert stored is not None
    assert stored.envelope.reverse_path.address == ""
    assert [one.path.address for one in stored.envelope.recipients] == ["app@app.test"]
    assert stored.envelope.params == {"BODY": "8BITMIME"}
    assert stored.trace.listener == "bounce"
    assert stored.received_at == LATER
    opened = await catcher.mail(stored.id)
    assert opened is not None
    assert opened.raw == REPORT.raw


async def test_a_stored_report_has_an_attempt_and_a_session_that_say_why(catcher: Catcher) -> None:
    await ToStore(catcher, "trap.test", lambda: LATER)(REPORT, message(id_="m77"))
    stored = await catcher.message("latest")
    assert stored is not None
    attempt = await catcher.attempt_for(stored.id)
    session = await catcher.session(stored.trace.session)
    assert attempt is not None
    assert session is not None
    assert attempt.verdict == "accepted"
    assert attempt.session == session.id
    assert [one.address for one in attempt.recipients] == ["app@app.test"]
    assert session.listener == "bounce"
    assert "failed report on message m77" in session.transcript[0].text
    assert (session.messages, session.attempts) == (1, 1)


async def test_an_international_report_is_stored_as_such(catcher: Catcher) -> None:
    report = Report("failed", path("åsa@app.test"), b"x", international=True, eight_bit=True)
    await ToStore(catcher, "trap.test", lambda: LATER)(report, message())
    stored = await catcher.message("latest")
    assert stored is not None
    assert stored.envelope.params == {"BODY": "8BITMIME", "SMTPUTF8": None}
    assert stored.trace.protocol == "UTF8SMTP"


async def test_a_store_that_is_full_may_be_tried_again(
    catcher: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catcher, "accept", Full.accept.__get__(catcher))
    with pytest.raises(SendError, match="no room") as caught:
        await ToStore(catcher, "trap.test", lambda: LATER)(REPORT, message())
    assert not caught.value.permanent
    await catcher.flush()
    (session,) = (await catcher.sessions(Window())).rows
    assert (session.messages, session.attempts) == (0, 0)


async def test_a_report_goes_to_the_host_that_is_configured(inbound: Start) -> None:
    stub = await inbound()
    await ToHost(Address("127.0.0.1", stub.port), "trap.test")(REPORT, message())
    assert stub.commands[:3] == [
        "EHLO trap.test",
        "MAIL FROM:<> BODY=8BITMIME",
        "RCPT TO:<app@app.test>",
    ]
    assert stub.contents == [REPORT.raw]

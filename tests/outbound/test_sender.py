import asyncio
import logging
import time
from dataclasses import dataclass, field

import pytest

from mailtrap.catcher import Catcher
from mailtrap.config import Address
from mailtrap.faults.steps import Bounce
from mailtrap.outbound import sender
from mailtrap.outbound.client import SendError
from mailtrap.outbound.deliver import ToHost
from mailtrap.outbound.records import Report
from mailtrap.outbound.report import LISTENER
from mailtrap.outbound.sender import Outbox, open_outbox
from mailtrap.store.base import Window
from mailtrap.store.records import NewMessage
from tests.outbound.making import LATER, RAW, message, recipient
from tests.outbound.stub import SILENCE, Start

FAILED = Bounce("failed")


@dataclass
class Sink:
    """Takes reports, after the errors it was given."""

    errors: list[Exception] = field(default_factory=list)
    tries: int = 0
    taken: list[Report] = field(default_factory=list)

    async def __call__(self, report: Report, about: NewMessage) -> None:
        assert about.raw == b""
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(report)


def outbox(sink: Sink, *, limit: int = 1_000) -> Outbox:
    return Outbox(
        sink, lambda: "r1", host="trap.test", limit=limit, clock=lambda: LATER, pauses=(0, 0)
    )


async def settled(box: Outbox) -> Outbox:
    """Once nothing is pending any more."""
    async with asyncio.timeout(5):
        while box.pending:
            await asyncio.wait(box._tasks)
    return box


async def test_a_report_that_is_due_is_sent_once() -> None:
    sink = Sink()
    box = outbox(sink)
    box.report(FAILED, message())
    assert box.pending == 1
    await settled(box)
    assert [one.to.address for one in sink.taken] == ["app@app.test"]
    assert (box.tally.sent, box.tally.failed, box.tally.dropped) == (1, 0, 0)


async def test_a_report_is_dated_when_it_is_due() -> None:
    sink = Sink()
    box = outbox(sink)
    box.report(Bounce(after=0.01), message())
    await settled(box)
    assert b"Date: Fri, 02 Jan 2026 03:05:05 +0000\r\n" in sink.taken[0].raw


async def test_a_report_has_the_dates_of_a_clock_that_is_wrong() -> None:
    sink = Sink()
    box = outbox(sink)
    box.report(Bounce(skew=-3_600), message())
    await settled(box)
    raw = sink.taken[0].raw
    assert b"Date: Fri, 02 Jan 2026 02:05:05 +0000\r\n" in raw
    assert b"Last-Attempt-Date: Fri, 02 Jan 2026 02:05:05 +0000\r\n" in raw
    assert b"Arrival-Date: Fri, 02 Jan 2026 02:04:05 +0000\r\n" in raw


async def test_a_report_that_is_not_due_waits() -> None:
    sink = Sink()
    box = outbox(sink)
    box.report(Bounce(after=3_600), message())
    await asyncio.sleep(0)
    assert (box.pending, sink.tries) == (1, 0)
    await box.close()


async def test_a_message_has_one_report_however_often_it_is_asked_for() -> None:
    sink = Sink()
    box = outbox(sink)
    for bounce in (FAILED, FAILED, Bounce("delayed"), Bounce("complaint")):
        box.report(bounce, message())
    await settled(box)
    assert len(sink.taken) == 1


@pytest.mark.parametrize(
    "silent",
    [message(sender=""), message(listener=LISTENER), message(RAW, recipient(NOTIFY="NEVER"))],
    ids=["null path", "a report", "never"],
)
async def test_no_report_where_there_must_be_none(silent: NewMessage) -> None:
    box = outbox(Sink())
    box.report(FAILED, silent)
    assert box.pending == 0


async def test_a_failure_that_may_pass_is_tried_three_times() -> None:
    sink = Sink([SendError("later"), SendError("later")])
    box = outbox(sink)
    box.report(FAILED, message())
    await settled(box)
    assert (sink.tries, box.tally.sent) == (3, 1)


async def test_after_three_tries_it_is_given_up_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sink = Sink([SendError("later")] * 9)
    box = outbox(sink)
    box.report(FAILED, message())
    await settled(box)
    assert (sink.tries, box.tally.sent, box.tally.failed) == (3, 0, 1)
    assert "given up after try 3: later" in caplog.text


async def test_a_permanent_failure_is_not_tried_again() -> None:
    sink = Sink([SendError("never", permanent=True)])
    box = outbox(sink)
    box.report(FAILED, message())
    await settled(box)
    assert (sink.tries, box.tally.failed) == (1, 1)


async def test_a_defect_of_a_delivery_is_logged_and_harms_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sink = Sink([RuntimeError("boom")])
    box = outbox(sink)
    box.report(FAILED, message(id_="a"))
    box.report(FAILED, message(id_="b"))
    await settled(box)
    assert (box.tally.sent, box.tally.failed) == (1, 1)
    assert "boom" in caplog.text


async def test_over_the_rate_reports_are_dropped_and_that_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sink = Sink()
    box = outbox(sink, limit=3)
    for number in range(10):
        box.report(FAILED, message(id_=f"m{number}"))
    await settled(box)
    assert (len(sink.taken), box.tally.dropped) == (3, 7)
    assert [one.levelno for one in caplog.records].count(logging.WARNING) == 1


async def test_no_more_than_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "PENDING_LIMIT", 5)
    box = outbox(Sink())
    for number in range(9):
        box.report(Bounce(after=60), message(id_=f"m{number}"))
    assert (box.pending, box.tally.dropped) == (5, 4)
    await box.close()


async def test_no_more_than_so_many_octets_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "PENDING_OCTETS", 5_000)
    sink = Sink()
    box = outbox(sink)
    for number in range(9):
        box.report(FAILED, message(id_=f"m{number}"))
    waiting = box.pending
    assert 0 < waiting < 9
    await settled(box)
    box.report(FAILED, message(id_="again"))
    await settled(box)
    assert len(sink.taken) == waiting + 1


async def test_closing_drops_what_waits_and_takes_no_more(inbound: Start) -> None:
    stub = await inbound(greeting=SILENCE)
    box = Outbox(ToHost(Address("127.0.0.1", stub.port), "x"), lambda: "r", host="x", limit=99)
    box.report(FAILED, message(id_="a"))
    box.report(Bounce(after=3_600), message(id_="b"))
    await asyncio.wait_for(stub.connected.wait(), 5)
    began = time.monotonic()
    await box.close()
    assert time.monotonic() - began < 0.2
    box.report(FAILED, message(id_="c"))
    assert box.pending == 0
    assert box.tally.sent == 0


async def test_a_whole_report_goes_into_the_store(catcher: Catcher) -> None:
    box = open_outbox(catcher, to=None, host="trap.test", limit=10)
    box.report(FAILED, message())
    await settled(box)
    (stored,) = (await catcher.messages(Window(inbox="ci"))).rows
    assert stored.summary.subject == "Undelivered Mail Returned to Sender"
    assert stored.envelope.recipients[0].path.address == "app@app.test"


async def test_a_report_on_a_stored_report_does_not_exist(catcher: Catcher) -> None:
    box = open_outbox(catcher, to=None, host="trap.test", limit=10)
    box.report(FAILED, message())
    await settled(box)
    (stored,) = (await catcher.messages(Window())).rows
    again = NewMessage(stored.id, stored.received_at, RAW, stored.envelope, stored.trace)
    box.report(FAILED, again)
    assert box.pending == 0


async def test_each_recipient_answers_through_the_configured_host(
    inbound: Start, catcher: Catcher
) -> None:
    stub = await inbound()
    to = Address("127.0.0.1", stub.port)
    box = open_outbox(catcher, to=to, host="trap.test", limit=10)
    box.report(Bounce("auto-reply"), message(RAW, recipient("a@x.test"), recipient("b@x.test")))
    await settled(box)
    assert sorted(raw.split(b"\r\n")[0] for raw in stub.contents) == [
        b"From: <a@x.test>",
        b"From: <b@x.test>",
    ]
    assert (await catcher.counts()).messages == 0

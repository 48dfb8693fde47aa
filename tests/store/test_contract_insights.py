"""What every store keeps: figures of a span."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.store.base import Store
from mailtrap.store.insights import gather
from mailtrap.store.insights.records import Question
from mailtrap.store.records import NewAttempt, NewMessage, NewSession
from tests.store.conftest import BEGIN

BROKEN = Finding("BARE-LF", "warning", "content", "A bare LF.", "5322 2.3")


@pytest.fixture
def come(
    store: Store, new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]
) -> Callable[..., "asyncio.Future[int]"]:
    """A message that came so many seconds after the begin, with its attempt."""

    def coming(seconds: float, **changes: object) -> "asyncio.Future[int]":
        at = BEGIN + timedelta(seconds=seconds)
        message = msgspec.structs.replace(new_message(received_at=at), **changes)
        attempt = new_attempt(message.id, inboxes=message.inboxes)
        attempt = msgspec.structs.replace(
            attempt, started_at=at - timedelta(milliseconds=20), ended_at=at
        )
        return store.add(message, attempt)

    return coming


async def test_an_empty_store_has_figures_too(store: Store) -> None:
    told = await store.insights(Question())
    assert (told.messages, told.sessions, told.sizes, told.transactions) == (0, 0, (), None)
    assert [bucket.messages for bucket in told.buckets] == [0]


async def test_messages_and_replies_are_told_by_bucket(
    store: Store,
    come: Callable[..., "asyncio.Future[int]"],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    await asyncio.gather(come(0), come(0.1), come(5))
    refused = new_attempt(verdict="refused")
    store.add_attempt(
        msgspec.structs.replace(refused, ended_at=BEGIN + timedelta(seconds=2), reply="451 Later")
    )
    await store.flush()
    told = await store.insights(Question())
    assert (told.since, told.until) == (BEGIN, BEGIN + timedelta(seconds=5, microseconds=1))
    assert (told.width, told.messages, told.unread) == (1, 3, 3)
    assert [bucket.messages for bucket in told.buckets] == [2, 0, 0, 0, 0, 1]
    assert [bucket.replies for bucket in told.buckets] == [{"2": 2}, {}, {"4": 1}, {}, {}, {"2": 1}]
    assert told.replies == {"2": 3, "4": 1}
    assert told.transactions
    assert told.transactions.median == 20.0


async def test_a_span_holds_its_begin_and_not_its_end(
    store: Store, come: Callable[..., "asyncio.Future[int]"], new_session: Callable[..., NewSession]
) -> None:
    await asyncio.gather(*(come(second) for second in range(6)))
    store.add_session(new_session())
    await store.flush()
    span = Question(BEGIN + timedelta(seconds=1), BEGIN + timedelta(seconds=4))
    told = await store.insights(span)
    assert (told.messages, told.replies, told.sessions) == (3, {"2": 3}, 0)
    assert told.looked_at.messages == told.looked_at.attempts == 3
    assert (await store.insights(Question(BEGIN, BEGIN + timedelta(seconds=1)))).sessions == 1


async def test_an_inbox_has_figures_of_its_own(
    store: Store,
    come: Callable[..., "asyncio.Future[int]"],
    new_session: Callable[..., NewSession],
) -> None:
    await asyncio.gather(come(0), come(50, inboxes=("a", "b")), come(51, inboxes=("b",)), come(99))
    store.add_session(new_session(inboxes=("b",)))
    store.add_session(new_session())
    await store.flush()
    told = await store.insights(Question(inbox="b"))
    assert (told.messages, told.sessions, told.replies) == (2, 1, {"2": 2})
    assert told.since == BEGIN + timedelta(seconds=50)
    assert [bucket.messages for bucket in told.buckets] == [1, 1]


async def test_what_was_read_is_not_unread(
    store: Store, come: Callable[..., "asyncio.Future[int]"]
) -> None:
    await asyncio.gather(come(0, id="one"), come(0))
    await store.update(["one"], read=True)
    assert (await store.insights(Question())).unread == 1


async def test_parties_findings_and_stages_are_told(
    store: Store,
    come: Callable[..., "asyncio.Future[int]"],
    new_session: Callable[..., NewSession],
) -> None:
    envelope = Envelope(Path(""), {}, (Recipient(Path("eve@x.test")), Recipient(Path("Z@x.test"))))
    await asyncio.gather(come(0, envelope=envelope, findings=(BROKEN, BROKEN)), come(1))
    store.add_session(msgspec.structs.replace(new_session(), findings=(BROKEN,)))
    await store.flush()
    told = await store.insights(Question())
    assert [party.address for party in told.senders] == ["", "ann@example.com"]
    assert [party.address for party in told.recipients] == [
        "bob@example.net",
        "eve@x.test",
        "z@x.test",
    ]
    (finding,) = told.findings
    assert (finding.id, finding.messages, finding.sessions) == ("BARE-LF", 1, 1)
    assert [(one.stage, one.count) for one in told.latency] == [("greeting", 1)]
    assert told.looked_at.transcripts == 1


async def test_octets_that_are_no_text_do_no_harm(
    store: Store, come: Callable[..., "asyncio.Future[int]"]
) -> None:
    envelope = Envelope(Path("\udce4@x.test"), {}, (Recipient(Path("\udcff@x.test")),))
    await come(0, envelope=envelope)
    (sender,) = (await store.insights(Question())).senders
    assert sender.address == "\udce4@x.test"


async def test_only_the_newest_are_looked_at_but_all_are_counted(
    store: Store, come: Callable[..., "asyncio.Future[int]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("LOOKED_AT", 5), ("PIECE", 2), ("STRETCH", 3)):
        monkeypatch.setattr(gather, name, value)
    await asyncio.gather(*(come(second) for second in range(12)))
    told = await store.insights(Question())
    assert told.messages == sum(bucket.messages for bucket in told.buckets) == 12
    assert told.looked_at.messages == told.senders[0].messages == 5
    assert told.replies == {"2": 5}

"""What every store keeps. A further implementation joins by the ``store`` fixture's parameters."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from mailtrap.store.base import MessageGoneError, Store, StoreError, Window
from mailtrap.store.records import (
    AttemptAdded,
    Change,
    MessageAdded,
    NewAttempt,
    NewMessage,
    NewSession,
    SessionClosed,
    SessionOpened,
)

KIB = 1024


async def read(store: Store, message_id: str) -> list[bytes]:
    raw = await store.raw(message_id)
    assert raw is not None
    pieces = [piece async for piece in raw.pieces]
    assert sum(map(len, pieces)) == raw.size
    return pieces


async def test_a_message_is_kept_as_it_was_given(
    store: Store, new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]
) -> None:
    new = new_message(b"Subject: x\r\n\r\n", inboxes=("b", "a"), tags=("t",), params={"SIZE": "5"})
    seq = await store.add(new, new_attempt(new.id))
    message = await store.message(new.id)
    assert message is not None
    assert (message.seq, message.id, message.size) == (seq, new.id, len(new.raw))
    assert (message.received_at, message.envelope, message.trace) == (
        new.received_at,
        new.envelope,
        new.trace,
    )
    assert (message.inboxes, message.tags, message.read) == (("b", "a"), ("t",), False)
    assert message.summary.subject.startswith("Subject: x")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\r\n.\r\n",
        b"x" * 255 * KIB,
        b"y" * 256 * KIB,
        b"z" * (256 * KIB + 1),
        bytes(range(256)) * 12 * KIB,
    ],
    ids=["empty", "octets", "255K", "256K", "256K+1", "3M"],
)
async def test_the_octets_come_back_exactly_in_small_pieces(
    store: Store, add: Callable[..., "asyncio.Future[int]"], raw: bytes
) -> None:
    await add(raw)
    pieces = await read(store, "m1")
    assert b"".join(pieces) == raw
    assert max(map(len, pieces), default=0) <= KIB * KIB


async def test_seq_ascends_in_the_order_of_handing_over(
    store: Store,
    changes: list[Change],
    add: Callable[..., "asyncio.Future[int]"],
    new_attempt: Callable[..., NewAttempt],
    new_session: Callable[..., NewSession],
) -> None:
    store.open_session("s1", "smtp", "127.0.0.1:9")
    add()
    store.add_attempt(new_attempt())
    store.add_session(new_session())
    await store.flush()
    assert [type(change) for change in changes] == [
        SessionOpened,
        MessageAdded,
        AttemptAdded,
        AttemptAdded,
        SessionClosed,
    ]
    seqs = [change.seq for change in changes]
    assert seqs == sorted(set(seqs))
    assert (await store.counts()).seq == seqs[-1]


async def test_what_is_told_is_what_can_be_read(
    store: Store,
    changes: list[Change],
    add: Callable[..., "asyncio.Future[int]"],
    new_session: Callable[..., NewSession],
) -> None:
    await add(tags=("t", "t"), inboxes=("a", "b", "a"))
    store.add_session(new_session("s9"))
    await store.flush()
    added, attempt, session = changes
    assert isinstance(added, MessageAdded)
    assert isinstance(attempt, AttemptAdded)
    assert isinstance(session, SessionClosed)
    assert added.message == await store.message("m1")
    assert attempt.attempt == await store.attempt("a1")
    stored = await store.session("s9")
    assert stored is not None
    assert len(stored.transcript) == 2
    assert session.session == msgspec.structs.replace(stored, transcript=())


async def test_a_seq_is_never_used_again(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    before = await add()
    await store.clear()
    assert await add() > before


async def test_a_message_without_an_inbox_is_in_the_default_one(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(inboxes=())
    message = await store.latest("default")
    assert message is not None
    assert message.inboxes == ("default",)


async def test_an_id_that_is_taken_fails_alone(
    store: Store,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    futures = [
        store.add(new_message(id_=id_), new_attempt(id_)) for id_ in ("one", "two", "one", "three")
    ]
    results = await asyncio.gather(*futures, return_exceptions=True)
    assert [isinstance(result, StoreError) for result in results] == [False, False, True, False]
    counts = await store.counts()
    assert (counts.messages, counts.attempts) == (3, 3)


async def test_messages_come_newest_first_with_what_is_beside_them(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    seqs = [await add() for _ in range(5)]
    newest = await store.messages(Window(limit=2))
    assert [row.seq for row in newest.rows] == [seqs[4], seqs[3]]
    assert (newest.newer, newest.older) == (False, True)
    middle = await store.messages(Window(limit=2, before=seqs[3]))
    assert [row.seq for row in middle.rows] == [seqs[2], seqs[1]]
    assert (middle.newer, middle.older) == (True, True)
    oldest = await store.messages(Window(limit=2, before=seqs[1]))
    assert [row.seq for row in oldest.rows] == [seqs[0]]
    assert (oldest.newer, oldest.older) == (True, False)


async def test_after_gives_the_oldest_above_it_newest_first(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    seqs = [await add() for _ in range(5)]
    page = await store.messages(Window(limit=2, after=seqs[1]))
    assert [row.seq for row in page.rows] == [seqs[3], seqs[2]]
    assert (page.newer, page.older) == (True, True)
    above = await store.messages(Window(after=seqs[4]))
    assert (above.rows, above.newer, above.older) == ((), False, True)


async def test_between_two_bounds_come_the_newest(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    seqs = [await add() for _ in range(6)]
    page = await store.messages(Window(limit=2, after=seqs[0], before=seqs[5]))
    assert [row.seq for row in page.rows] == [seqs[4], seqs[3]]
    assert (page.newer, page.older) == (True, True)


async def test_a_page_of_an_inbox_has_only_its_messages(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(inboxes=("a",))
    await add(inboxes=("b",))
    await add(inboxes=("a", "b"))
    page = await store.messages(Window(limit=1, inbox="a"))
    assert ([row.id for row in page.rows], page.older) == (["m3"], True)
    page = await store.messages(Window(inbox="a", before=page.rows[0].seq))
    assert ([row.id for row in page.rows], page.newer, page.older) == (["m1"], True, False)
    assert (await store.messages(Window(inbox="c"))).rows == ()


@pytest.mark.parametrize("window", [Window(limit=-5), Window(limit=0), Window(before=-(10**30))])
async def test_a_window_on_nothing_is_an_empty_page(
    store: Store, add: Callable[..., "asyncio.Future[int]"], window: Window
) -> None:
    await add()
    assert (await store.messages(window)).rows == ()


async def test_bounds_beyond_all_numbers_are_bounds_all_the_same(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add()
    page = await store.messages(Window(limit=10**30, before=10**30, after=-(10**30)))
    assert len(page.rows) == 1


async def test_latest_is_the_newest_of_all_or_of_an_inbox(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    assert await store.latest() is None
    await add(inboxes=("a",))
    await add(inboxes=("b",))
    newest, in_a = await store.latest(), await store.latest("a")
    assert newest is not None
    assert in_a is not None
    assert (newest.id, in_a.id) == ("m2", "m1")


@pytest.mark.parametrize("id_", ["nope", "", "\udce9", "\0", "m1\0", "x" * 10_000])
async def test_what_is_not_there_is_none(
    store: Store, add: Callable[..., "asyncio.Future[int]"], id_: str
) -> None:
    await add()
    assert await store.message(id_) is None
    assert await store.raw(id_) is None
    assert await store.attempt(id_) is None
    assert await store.session(id_) is None
    assert await store.attempt_for(id_) is None
    assert await store.delete([id_]) == 0
    assert (await store.messages(Window(inbox=id_))).rows == ()
    assert (await store.attempts(Window(), session=id_)).rows == ()


async def test_deleting_nothing_tells_nothing(store: Store, changes: list[Change]) -> None:
    assert await store.delete([]) == 0
    assert await store.clear() == 0
    assert await store.clear("a") == 0
    assert await store.update(None, read=True) == 0
    assert changes == []


async def test_octets_that_are_not_text_come_back_in_the_envelope(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(params={"X-NAME": "caf\udce9"})
    message = await store.message("m1")
    assert message is not None
    assert message.envelope.params == {"X-NAME": "caf\udce9"}


async def test_reading_on_a_message_that_was_deleted_is_an_error_not_a_short_message(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(b"x" * 1024 * KIB)
    raw = await store.raw("m1")
    assert raw is not None
    await anext(raw.pieces)
    await store.delete(["m1"])
    with pytest.raises(MessageGoneError):
        await anext(raw.pieces)


async def test_many_at_once_are_all_there(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    seqs = await asyncio.gather(*(add(b"%d" % number) for number in range(700)))
    assert list(seqs) == sorted(set(seqs))
    counts = await store.counts()
    assert (counts.messages, counts.attempts) == (700, 700)
    assert [change.seq for change in changes] == list(range(1, 1_401))
    assert await read(store, "m700") == [b"699"]


async def test_a_closed_store_says_so(
    store: Store, new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]
) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="not open"):
        await store.counts()
    with pytest.raises(StoreError, match="not open"):
        await store.add(new_message(), new_attempt())


async def test_close_commits_and_tells_what_was_handed_over(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    futures = [add() for _ in range(3)]
    await store.close()
    assert all(future.done() for future in futures)
    assert len(changes) == 6

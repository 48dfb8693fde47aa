import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from mailtrap.store import files, retention
from mailtrap.store.base import Retention, StoreFullError, Window
from mailtrap.store.records import (
    Change,
    Line,
    MessageAdded,
    MessagesDeleted,
    NewAttempt,
    NewMessage,
    NewSession,
)
from mailtrap.store.schema import MIGRATIONS
from mailtrap.store.sqlite import Settings, SqliteStore

Open = Callable[..., Awaitable[SqliteStore]]
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


async def ids(store: SqliteStore) -> list[str]:
    return [row.id for row in (await store.messages(Window())).rows]


async def test_beyond_the_count_the_oldest_go(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(messages=2))
    told: list[Change] = []
    store.on_change = told.extend
    for _ in range(4):
        await store.add(new_message(), new_attempt())
    assert await ids(store) == ["m4", "m3"]
    deleted = [change for change in told if isinstance(change, MessagesDeleted)]
    assert [(change.ids, change.reason) for change in deleted] == [
        (("m1",), "retention"),
        (("m2",), "retention"),
    ]
    assert [change.seq for change in told] == sorted({change.seq for change in told})


async def test_beyond_the_octets_the_oldest_go(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(octets=10))
    for raw, left in (
        (b"1234", ["m1"]),
        (b"1234", ["m2", "m1"]),
        (b"12", ["m3", "m2", "m1"]),
        (b"1234", ["m4", "m3", "m2"]),
        (b"123456789", ["m5"]),
    ):
        await store.add(new_message(raw), new_attempt())
        assert await ids(store) == left


async def test_a_message_larger_than_the_store_is_refused_and_drives_nothing_out(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(octets=10))
    await store.add(new_message(b"1234567890"), new_attempt())
    with pytest.raises(StoreFullError, match=r"11 octets is more than the store may hold \(10\)"):
        await store.add(new_message(b"12345678901"), new_attempt())
    assert await ids(store) == ["m1"]


async def test_many_at_once_are_trimmed_all_the_same(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(messages=3, sessions=2))
    await asyncio.gather(*(store.add(new_message(), new_attempt()) for _ in range(1_500)))
    assert await ids(store) == ["m1500", "m1499", "m1498"]
    assert (await store.counts()).attempts == 2


async def test_old_messages_go_without_any_mail_coming(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    clock = [NOON]
    store = await open_store(
        retention=Retention(seconds=1), settings=Settings(clock=lambda: clock[0])
    )
    gone = asyncio.Event()
    told: list[Change] = []

    def tell(changes: object) -> None:
        assert isinstance(changes, list)
        told.extend(changes)
        if isinstance(told[-1], MessagesDeleted):
            gone.set()

    store.on_change = tell
    await store.add(new_message(received_at=NOON), new_attempt())
    await store.add(new_message(received_at=NOON + timedelta(seconds=1)), new_attempt())
    assert len(await ids(store)) == 2
    clock[0] += timedelta(seconds=2)
    async with asyncio.timeout(10):
        await gone.wait()
    assert await ids(store) == ["m2"]


async def fill(
    store: SqliteStore,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    await asyncio.gather(*(store.add(new_message(), new_attempt()) for _ in range(30)))
    await store.close()


async def test_lower_bounds_hold_from_the_next_start_on_some_rows_at_a_time(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    monkeypatch.setattr(retention, "SLICE", 10)
    monkeypatch.setattr(retention, "FEW", 10)
    path = tmp_path / "mail.db"
    await fill(await open_store(path), new_message, new_attempt)
    told: list[Change] = []
    store = await open_store(path, retention=Retention(messages=4), on_change=told.extend)
    async with asyncio.timeout(10):
        while (await store.counts()).messages > 4:
            pass
    await store.flush()
    deleted = [len(change.ids) for change in told if isinstance(change, MessagesDeleted)]
    assert deleted == [10, 10, 6]
    assert await ids(store) == ["m30", "m29", "m28", "m27"]


async def test_a_lower_bound_of_attempts_holds_from_the_next_start(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    monkeypatch.setattr(retention, "SLICE", 10)
    monkeypatch.setattr(retention, "FEW", 10)
    path = tmp_path / "mail.db"
    await fill(await open_store(path), new_message, new_attempt)
    store = await open_store(path, retention=Retention(sessions=5))
    async with asyncio.timeout(10):
        while (await store.counts()).attempts > 5:
            pass
    counts = await store.counts()
    assert (counts.attempts, counts.messages) == (5, 30)


async def test_sessions_and_attempts_are_bounded_likewise(
    open_store: Open,
    new_session: Callable[..., NewSession],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(sessions=3))
    for _ in range(5):
        store.add_session(new_session(inboxes=("a",)))
        store.add_attempt(new_attempt(inboxes=("a",)))
    await store.flush()
    sessions = await store.sessions(Window(inbox="a"))
    attempts = await store.attempts(Window(inbox="a"))
    assert [row.id for row in sessions.rows] == ["s5", "s4", "s3"]
    assert [row.id for row in attempts.rows] == ["a5", "a4", "a3"]
    counts = await store.counts()
    assert (counts.sessions, counts.attempts) == (3, 3)


async def test_large_sessions_and_attempts_take_no_more_room_than_they_may(
    tmp_path: Path,
    open_store: Open,
    new_session: Callable[..., NewSession],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(tmp_path / "mail.db", retention=Retention(record_octets=100_000))
    said = (Line(0.0, "C", "NOOP " * 1_000),)
    for number in range(50):
        store.add_session(msgspec.structs.replace(new_session(), transcript=said))
        store.add_attempt(msgspec.structs.replace(new_attempt(), reply=f"550 {'x' * 5_000}"))
        if number % 10 == 9:
            await store.flush()
    await store.flush()
    counts = await store.counts()
    assert 15 <= counts.sessions <= 19
    assert 15 <= counts.attempts <= 18
    sessions, attempts = await store.sessions(Window()), await store.attempts(Window())
    assert (sessions.rows[0].id, attempts.rows[0].id) == ("s50", "a50")


@pytest.mark.parametrize("version", [1, 2])
async def test_the_room_that_older_files_take_is_measured(
    tmp_path: Path, open_store: Open, new_session: Callable[..., NewSession], version: int
) -> None:
    path = tmp_path / "mail.db"
    with closing(files.open_file(path, MIGRATIONS[:version], durable=False)) as connection:
        row = "'s' || value, '[]', '{}', printf('%5000s', '')"
        connection.execute(
            "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 50)"
            f" INSERT INTO sessions SELECT value, {row} FROM n"
        )
    store = await open_store(path, retention=Retention(record_octets=100_000))
    store.add_session(new_session())
    await store.flush()
    assert 15 <= (await store.counts()).sessions <= 20


async def test_without_bounds_nothing_goes(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(retention=Retention(sessions=0))
    told: list[Change] = []
    store.on_change = told.extend
    await asyncio.gather(*(store.add(new_message(), new_attempt()) for _ in range(50)))
    counts = await store.counts()
    assert (counts.messages, counts.attempts) == (50, 50)
    assert sum(isinstance(change, MessageAdded) for change in told) == 50

"""The index comes behind the writes, and a search sees all that was stored before it."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mailtrap.search.document import Document
from mailtrap.search.tree import Node, Text
from mailtrap.store import indexer
from mailtrap.store.base import Retention, StoreError, Window
from mailtrap.store.described import document_of
from mailtrap.store.grams import BLOCK
from mailtrap.store.records import Attempt, Message, NewAttempt, NewMessage
from mailtrap.store.sqlite import Settings, SqliteStore

Open = Callable[..., Awaitable[SqliteStore]]
Indexed = Callable[[SqliteStore], Awaitable[None]]
Send = Callable[[SqliteStore, bytes], Awaitable[str]]


@pytest.fixture
def send(new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]) -> Send:
    """Stores a message of this text; gives its id."""

    async def store_one(store: SqliteStore, text: bytes) -> str:
        new = new_message(b"Subject: x\r\n\r\n" + text)
        await store.add(new, new_attempt(new.id))
        return new.id

    return store_one


def word(value: str) -> Node:
    return Text(("text",), "contains", value)


async def found(store: SqliteStore, value: str) -> list[str]:
    return [row.id for row in (await store.messages(Window(query=word(value)))).rows]


async def scalar(store: SqliteStore, statement: str) -> int:
    def ask(connection: sqlite3.Connection) -> int:
        return int(connection.execute(statement).fetchone()[0])

    return await store._readers.run(ask)


async def test_a_search_sees_what_was_stored_just_before(open_store: Open, send: Send) -> None:
    store = await open_store()
    for number in range(3 * indexer.STEP_MESSAGES):
        id_ = await send(store, b"word%d." % number)
        if number % 10 == 0:
            assert await found(store, f"word{number}.") == [id_]


async def test_messages_are_indexed_without_a_search(
    tmp_path: Path, open_store: Open, send: Send, indexed: Indexed
) -> None:
    store = await open_store(tmp_path / "mail.db")
    await send(store, b"hello")
    await indexed(store)
    assert await scalar(store, "SELECT count(*) FROM documents") == 1


async def test_what_was_not_indexed_at_the_end_is_indexed_after_the_next_start(
    tmp_path: Path, open_store: Open, send: Send
) -> None:
    first = await open_store(tmp_path / "mail.db")
    id_ = await send(first, b"hello")
    assert await scalar(first, "SELECT count(*) FROM documents") == 0
    await first.close()
    assert await found(await open_store(tmp_path / "mail.db"), "hello") == [id_]


async def test_a_search_that_needs_no_index_makes_none(open_store: Open, send: Send) -> None:
    store = await open_store(settings=Settings(describe=refuse))
    id_ = await send(store, b"hello")
    assert [row.id for row in (await store.messages(Window(inbox="default"))).rows] == [id_]
    assert await scalar(store, "SELECT count(*) FROM documents") == 0


def refuse(message: Message, _: bytes, __: Attempt | None) -> Document:
    raise ValueError(f"no document of {message.id}")


async def test_a_message_that_cannot_be_described_does_not_hide_the_others(
    open_store: Open, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    def describe(message: Message, raw: bytes, attempt: Attempt | None) -> Document:
        return (refuse if b"bad" in raw else document_of)(message, raw, attempt)

    store = await open_store(settings=Settings(describe=describe))
    bad, good = await send(store, b"bad word"), await send(store, b"good word")
    with caplog.at_level(logging.ERROR):
        assert await found(store, "word") == [good]
    assert f"message {bad} cannot be indexed" in caplog.text


async def test_the_attempt_that_brought_a_message_is_searched_with_it(
    open_store: Open, send: Send
) -> None:
    store = await open_store()
    id_ = await send(store, b"hello")
    rules = Text(("rules",), "equals", "greylist")
    assert [row.id for row in (await store.messages(Window(query=rules))).rows] == [id_]


@pytest.mark.usefixtures("all_in_trigrams")
async def test_trigrams_are_made_of_all_but_the_newest_and_find_the_same(
    open_store: Open, send: Send, indexed: Indexed
) -> None:
    store = await open_store()
    ids = [await send(store, b"word%d. needle" % number) for number in range(3 * BLOCK)]
    await indexed(store)
    covered = await scalar(store, "SELECT covered FROM indexed")
    assert covered >= 4 * BLOCK
    assert await scalar(store, "SELECT blocks FROM indexed") == covered // BLOCK
    assert await found(store, "needle") == ids[::-1][:50]
    for number in (0, 1, BLOCK, 3 * BLOCK - 1):
        assert await found(store, f"word{number}.") == [ids[number]]


@pytest.mark.usefixtures("all_in_trigrams")
async def test_deleted_messages_are_not_found_and_their_trigrams_go_in_the_end(
    monkeypatch: pytest.MonkeyPatch, open_store: Open, send: Send, indexed: Indexed
) -> None:
    monkeypatch.setattr(indexer, "SPARE_BLOCKS", 4)
    store = await open_store(retention=Retention(messages=2))
    ids = [await send(store, b"word%d." % number) for number in range(5 * BLOCK)]
    await indexed(store)
    assert await scalar(store, "SELECT blocks FROM indexed") <= 5
    assert await found(store, "word1.") == []
    assert await found(store, "word") == ids[::-1][:2]


@pytest.mark.usefixtures("all_in_trigrams")
async def test_after_clearing_all_it_begins_anew(
    open_store: Open, send: Send, indexed: Indexed
) -> None:
    store = await open_store()
    for _ in range(3 * BLOCK):
        await send(store, b"hello old")
    await indexed(store)
    await store.clear()
    assert await found(store, "hello") == []
    ids = [await send(store, b"hello new") for _ in range(2 * BLOCK)]
    await indexed(store)
    assert await found(store, "hello new") == ids[::-1][:50]
    assert await found(store, "old") == []


async def test_a_large_message_is_found_by_its_first_octets(
    monkeypatch: pytest.MonkeyPatch, open_store: Open, send: Send
) -> None:
    monkeypatch.setattr(indexer, "READ_PIECES", 2)
    sizes: list[int] = []

    def describe(message: Message, raw: bytes, attempt: Attempt | None) -> Document:
        sizes.append(len(raw))
        return document_of(message, raw, attempt)

    store = await open_store(settings=Settings(describe=describe))
    id_ = await send(store, b"first " + b"x" * 1024 * 1024)
    assert await found(store, "first") == [id_]
    assert sizes == [512 * 1024]


async def test_a_search_during_a_burst_does_not_wait_for_its_end(
    open_store: Open, send: Send
) -> None:
    store = await open_store()
    stop = asyncio.Event()

    async def burst() -> None:
        while not stop.is_set():
            await asyncio.gather(*(send(store, b"noise") for _ in range(20)))

    sending = asyncio.create_task(burst())
    async with asyncio.timeout(20):
        id_ = await send(store, b"signal")
        assert await found(store, "signal") == [id_]
    stop.set()
    await sending


async def test_an_index_that_cannot_be_written_fails_the_search_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, open_store: Open, send: Send
) -> None:
    store = await open_store()

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(indexer, "insert", fail)
    await send(store, b"hello")
    with pytest.raises(StoreError, match="disk I/O error"):
        await found(store, "hello")
    monkeypatch.undo()
    id_ = await send(store, b"hello again")
    assert (await found(store, "hello"))[0] == id_


async def test_a_search_that_waits_when_the_store_closes_is_told(
    open_store: Open, send: Send
) -> None:
    store = await open_store()
    await send(store, b"hello")
    searching = asyncio.create_task(store.messages(Window(query=word("hello"))))
    await asyncio.sleep(0)
    await store.close()
    with pytest.raises(StoreError):
        await searching

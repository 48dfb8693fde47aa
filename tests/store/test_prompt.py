"""Small commits of a store in memory, which the event loop does itself."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mailtrap.mail.message import Summary
from mailtrap.store import writer
from mailtrap.store.base import StoreError
from mailtrap.store.records import NewAttempt, NewMessage
from mailtrap.store.sqlite import SqliteStore

Open = Callable[..., Awaitable[SqliteStore]]
Build = Callable[..., NewMessage]
Indexed = Callable[[SqliteStore], Awaitable[None]]
Try = Callable[..., NewAttempt]


class Threads:
    """A ``summarise`` that writes down which threads it was called in; ``broken`` raises."""

    def __init__(self) -> None:
        self.seen: list[threading.Thread] = []

    def __call__(self, raw: bytes) -> Summary:
        self.seen.append(threading.current_thread())
        if raw == b"broken":
            raise ValueError("no summary")
        return Summary()


async def test_a_message_is_stored_by_the_loop_itself(
    open_store: Open, new_message: Build, new_attempt: Try, indexed: Indexed
) -> None:
    threads = Threads()
    store = await open_store(summarise=threads)
    await indexed(store)
    assert await store.add(new_message(), new_attempt()) == 1
    assert threads.seen == [threading.current_thread()]


async def test_what_comes_together_is_one_commit(
    open_store: Open, new_message: Build, new_attempt: Try
) -> None:
    store = await open_store()
    told: list[int] = []
    store.on_change = lambda changes: told.append(len(changes))
    adding = []
    for _ in range(4):
        adding += [store.add(new_message(), new_attempt()) for _ in range(5)]
        await asyncio.sleep(0)
    await asyncio.gather(*adding)
    assert told == [40]


async def test_nothing_is_stored_before_the_loop_has_turned(
    open_store: Open, new_message: Build, new_attempt: Try
) -> None:
    threads = Threads()
    store = await open_store(summarise=threads)
    future = store.add(new_message(), new_attempt())
    assert not threads.seen
    await future


async def test_what_is_large_is_left_to_the_thread(
    open_store: Open, new_message: Build, new_attempt: Try
) -> None:
    threads = Threads()
    store = await open_store(summarise=threads)
    await store.add(new_message(bytes(writer.PROMPT_OCTETS + 1)), new_attempt())
    assert threads.seen != [threading.current_thread()]


async def test_a_file_is_left_to_the_thread(
    open_store: Open, new_message: Build, new_attempt: Try, tmp_path: Path
) -> None:
    threads = Threads()
    store = await open_store(tmp_path / "mail.db", summarise=threads)
    await store.add(new_message(), new_attempt())
    assert threads.seen != [threading.current_thread()]


async def test_what_cannot_be_read_fails_alone_in_its_batch(
    open_store: Open, new_message: Build, new_attempt: Try
) -> None:
    store = await open_store(summarise=Threads())
    adding = [store.add(new_message(raw), new_attempt()) for raw in (b"a", b"broken", b"b")]
    first, broken, last = await asyncio.gather(*adding, return_exceptions=True)
    assert (first, last) == (1, 3)
    assert isinstance(broken, StoreError)


@pytest.mark.parametrize("large_first", [True, False])
async def test_seqs_grow_in_the_order_of_handing_over(
    open_store: Open, new_message: Build, new_attempt: Try, *, large_first: bool
) -> None:
    store = await open_store()
    large = bytes(writer.PROMPT_OCTETS + 1)
    given = []
    for number in range(12):
        raw = large if (number % 2 == 0) is large_first else b"small"
        given.append(store.add(new_message(raw), new_attempt()))
        for _ in range(number):
            await asyncio.sleep(0)
    assert await asyncio.gather(*given) == list(range(1, 25, 2))


async def test_what_waits_when_the_store_closes_is_stored_first(
    open_store: Open, new_message: Build, new_attempt: Try
) -> None:
    store = await open_store()
    future = store.add(new_message(), new_attempt())
    await store.close()
    assert await future == 1

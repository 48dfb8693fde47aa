"""Batches, and what happens when one of them fails."""

import asyncio
import json
import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from mailtrap.mail.message import Summary
from mailtrap.store import files, filing, writer
from mailtrap.store.base import StoreError, StoreFullError
from mailtrap.store.records import Change, NewAttempt, NewMessage
from mailtrap.store.sqlite import Settings, SqliteStore

Open = Callable[..., Awaitable[SqliteStore]]

HOLD = b"hold"


class Gate:
    """A ``summarise`` that lets the writer wait at a message with the content HOLD."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, raw: bytes) -> Summary:
        if raw == HOLD:
            self.reached.set()
            assert self.opened.wait(10)
        if raw == b"broken":
            raise ValueError("no summary")
        if raw == b"huge":
            raise MemoryError
        return Summary()


@pytest.fixture
def gate() -> Gate:
    return Gate()


async def test_what_waits_is_committed_and_told_together(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    told: list[int] = []
    store.on_change = lambda changes: told.append(len(changes))
    first = store.add(new_message(HOLD), new_attempt())
    await asyncio.to_thread(gate.reached.wait, 10)
    others = [store.add(new_message(), new_attempt()) for _ in range(20)]
    assert not first.done()
    gate.opened.set()
    await asyncio.gather(first, *others)
    assert told == [2, 40]


async def test_nothing_is_acknowledged_before_it_is_told(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store()
    futures: list[asyncio.Future[int]] = []
    done: list[bool] = []
    store.on_change = lambda _: done.append(futures[0].done())
    futures.append(store.add(new_message(), new_attempt()))
    await futures[0]
    assert done == [False]


async def test_a_listener_that_fails_does_not_keep_the_acknowledgement_back(
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store()
    errors: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))

    def fail(_: Sequence[Change]) -> None:
        raise ValueError("listener")

    store.on_change = fail
    assert await store.add(new_message(), new_attempt()) == 1
    assert len(errors) == 1


async def test_a_batch_is_bounded_by_its_octets(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    told: list[int] = []
    store.on_change = lambda changes: told.append(len(changes))
    first = store.add(new_message(HOLD), new_attempt())
    await asyncio.to_thread(gate.reached.wait, 10)
    large = bytes(writer.BATCH_OCTETS // 2)
    others = [store.add(new_message(large), new_attempt()) for _ in range(4)]
    gate.opened.set()
    await asyncio.gather(first, *others)
    assert told == [2, 4, 4]


async def test_one_that_cannot_be_read_fails_alone_in_its_batch(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    futures = [store.add(new_message(HOLD), new_attempt())]
    await asyncio.to_thread(gate.reached.wait, 10)
    futures += [store.add(new_message(raw), new_attempt()) for raw in (b"a", b"broken", b"b")]
    gate.opened.set()
    *good, broken, last = await asyncio.gather(*futures, return_exceptions=True)
    assert isinstance(broken, StoreError)
    assert not isinstance(broken, StoreFullError)
    assert "no summary" in str(broken)
    assert [*good, last] == [1, 3, 5]


async def test_no_memory_for_a_message_is_no_room(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    with pytest.raises(StoreFullError):
        await store.add(new_message(b"huge"), new_attempt())


async def test_a_cancelled_future_harms_nobody(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    first = store.add(new_message(HOLD), new_attempt())
    second = store.add(new_message(), new_attempt())
    first.cancel()
    gate.opened.set()
    await second
    assert (await store.counts()).messages == 2


@pytest.mark.parametrize("name", ["mail.db", None])
async def test_a_full_store_refuses_and_takes_again_when_there_is_room(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
    name: str | None,
) -> None:
    monkeypatch.setattr(filing, "LARGE", 1_000_000)  # what is bounded here is the database
    path = tmp_path / name if name else None
    store = await open_store(path, settings=Settings(max_octets=1_000_000))
    await store.add(new_message(bytes(300_000), id_="old"), new_attempt("old"))
    results = await asyncio.gather(
        store.add(new_message(b"small", id_="one"), new_attempt("one")),
        store.add(new_message(bytes(900_000), id_="large"), new_attempt("large")),
        store.add(new_message(b"small", id_="two"), new_attempt("two")),
        return_exceptions=True,
    )
    assert [isinstance(result, StoreFullError) for result in results] == [False, True, False]
    assert await store.message("large") is None
    assert await store.attempt_for("large") is None
    assert (await store.counts()).messages == 3
    await store.delete(["old"])
    assert await store.add(new_message(bytes(300_000), id_="new"), new_attempt("new"))
    raw = await store.raw("new")
    assert raw is not None
    assert b"".join([piece async for piece in raw.pieces]) == bytes(300_000)


async def test_a_full_disk_gets_the_room_of_the_wal_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    monkeypatch.setattr(filing, "LARGE", 1_000_000)
    store = await open_store(tmp_path / "mail.db", settings=Settings(max_octets=1_000_000))
    await store.add(new_message(bytes(300_000)), new_attempt())
    before = wal_size(tmp_path)
    with pytest.raises(StoreFullError):
        await store.add(new_message(bytes(900_000)), new_attempt())
    assert before > wal_size(tmp_path) == 0


def wal_size(folder: Path) -> int:
    return (folder / "mail.db-wal").stat().st_size


@pytest.mark.parametrize("inbox", [None, "default"])
async def test_clearing_much_gives_the_room_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
    inbox: str | None,
) -> None:
    monkeypatch.setattr(writer, "SHRINK_PAGES", 100)
    monkeypatch.setattr(filing, "LARGE", 3_000_000)
    store = await open_store(tmp_path / "mail.db")
    await store.add(new_message(bytes(2_000_000)), new_attempt())
    assert await store.clear(inbox) == 1
    seq = await store.add(new_message(b"next"), new_attempt(id_="kept"))
    assert seq > 2
    await store.close()
    assert file_size(tmp_path) < 500_000
    store = await open_store(tmp_path / "mail.db")
    assert (await store.counts()).attempts == 2


def file_size(folder: Path) -> int:
    return (folder / "mail.db").stat().st_size


async def test_a_flush_of_nothing_writes_nothing(tmp_path: Path, open_store: Open) -> None:
    store = await open_store(tmp_path / "mail.db")
    with closing(sqlite3.connect(tmp_path / "mail.db")) as other:
        before = other.execute("PRAGMA data_version").fetchone()
        await store.flush()
        assert other.execute("PRAGMA data_version").fetchone() == before
        store.open_session("s", "smtp", "peer")
        await store.flush()
        assert other.execute("PRAGMA data_version").fetchone() != before


async def test_while_another_writes_a_batch_fails_whole_and_soon(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.2)
    store = await open_store(tmp_path / "mail.db")
    with closing(sqlite3.connect(tmp_path / "mail.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        futures = [store.add(new_message(), new_attempt()) for _ in range(100)]
        store.add_attempt(new_attempt())
        async with asyncio.timeout(5):
            results = await asyncio.gather(*futures, return_exceptions=True)
    assert all(isinstance(result, StoreError) for result in results)
    assert "database is locked" in str(results[0])
    assert await store.add(new_message(), new_attempt()) == 1
    assert (await store.counts()).lost == 1


async def test_jobs_of_one_batch_see_what_those_before_them_did(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(prompt=False, summarise=gate)
    told: list[int] = []
    store.on_change = lambda changes: told.append(len(changes))
    first = store.add(new_message(HOLD, id_="m1"), new_attempt())
    await asyncio.to_thread(gate.reached.wait, 10)

    async def add(id_: str) -> int:
        return await store.add(new_message(id_=id_, inboxes=("a",)), new_attempt(id_))

    jobs = [
        asyncio.ensure_future(job)
        for job in (
            add("m2"),
            store.update(["m2"], add_tags=["t"]),
            add("m3"),
            store.update(None, read=True),
            store.delete(["m2"]),
            add("m4"),
            store.clear("a"),
            add("m5"),
            store.clear(),
        )
    ]
    await asyncio.sleep(0)
    gate.opened.set()
    await first
    assert await asyncio.gather(*jobs) == [3, 1, 6, 3, 1, 10, 2, 13, 2]
    assert len(told) == 2
    assert (await store.counts()).messages == 0


async def test_attempts_that_cannot_be_written_are_counted_and_seldom_logged(
    open_store: Open,
    new_attempt: Callable[..., NewAttempt],
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = await open_store()
    with caplog.at_level(logging.ERROR):
        for _ in range(10):
            store.add_attempt(new_attempt(id_="same"))
        await store.flush()
    counts = await store.counts()
    assert (counts.attempts, counts.lost) == (1, 9)
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "the store could not write what nobody waits for (1 times)"
    ]


async def test_when_too_much_waits_what_nobody_waits_for_is_dropped_and_counted(
    open_store: Open,
    gate: Gate,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer, "BACKLOG", 4)
    store = await open_store(prompt=False, summarise=gate)
    first = store.add(new_message(HOLD), new_attempt())
    await asyncio.to_thread(gate.reached.wait, 10)
    for _ in range(5):
        store.add_attempt(new_attempt())
    gate.opened.set()
    await first
    await store.flush()
    counts = await store.counts()
    assert (counts.attempts, counts.lost) == (4, 2)


FULL_DISK = """
import asyncio, json, resource, sys
from pathlib import Path
from mailtrap.mail.message import Summary
from mailtrap.smtp.envelope import NULL_PATH, Envelope
from mailtrap.store.base import Retention, StoreFullError
from mailtrap.store.records import NewMessage, NewAttempt, Trace
from mailtrap.store.sqlite import SqliteStore, now

def new(id_, size):
    trace = Trace("s", "l", "p", "q", None, "SMTP")
    message = NewMessage(id_, now(), bytes(size), Envelope(NULL_PATH), trace)
    attempt = NewAttempt("a" + id_, "s", "l", now(), now(), "", {}, (), "done", "accepted",
                         None, id_, 0, 0)
    return message, attempt

async def main():
    store = SqliteStore(Path(sys.argv[1]), retention=Retention(),
                        summarise=lambda raw: Summary(), inspect=lambda message: ())
    await store.start()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limits[1]))
    many = [store.add(*new(f"m{n}", 3_000_000 if n % 10 == 9 else 60_000)) for n in range(70)]
    results = await asyncio.gather(*many, return_exceptions=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    kept = [f"m{n}" for n, result in enumerate(results) if isinstance(result, int)]
    full = sum(isinstance(result, StoreFullError) for result in results)
    await store.add(*new("later", 3_000_000))
    await store.close()
    print(json.dumps({"kept": kept, "full": full}))

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
async def test_a_full_disk_loses_nothing_that_was_acknowledged(
    tmp_path: Path, open_store: Open
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", FULL_DISK, str(tmp_path / "mail.db"), stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    told = json.loads(output)
    assert len(told["kept"]) + told["full"] == 70
    assert told["kept"]
    assert told["full"] > 7
    store = await open_store(tmp_path / "mail.db")
    assert (await store.counts()).messages == len(told["kept"]) + 1
    for id_ in told["kept"]:
        raw = await store.raw(id_)
        assert raw is not None
        assert sum([len(piece) async for piece in raw.pieces]) == 60_000
    assert [file.stat().st_size for file in (tmp_path / "mail.db.contents").iterdir()] == [
        3_000_000
    ]

"""Large contents are files beside the database, which come and go with their messages."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from mailtrap.search.language import parse
from mailtrap.store import filing
from mailtrap.store.base import MessageGoneError, Retention, StoreError, StoreFileError, Window
from mailtrap.store.contents import LARGE
from mailtrap.store.records import NewAttempt, NewMessage
from mailtrap.store.sqlite import SqliteStore
from tests.store.conftest import BEGIN

Open = Callable[..., Awaitable[SqliteStore]]

SMALL = os.urandom(LARGE - 1)
OCTETS = os.urandom(700_001)


Add = Callable[..., Awaitable[int]]


@pytest.fixture
def add(new_message: Callable[..., NewMessage], new_attempt: Callable[..., NewAttempt]) -> Add:
    """Stores a message with its attempt; its seq."""

    def adding(store: SqliteStore, *raw: bytes, **about: object) -> Awaitable[int]:
        return store.add(new_message(*raw, **about), new_attempt())

    return adding


def names(folder: Path, name: str = "mail.db.contents") -> list[str]:
    """The files in the folder of contents, by name."""
    contents = folder / name
    return sorted(file.name for file in contents.iterdir()) if contents.is_dir() else []


async def octets(store: SqliteStore, id_: str) -> bytes:
    raw = await store.raw(id_)
    assert raw is not None
    return b"".join([piece async for piece in raw.pieces])


async def settled(store: SqliteStore, folder: Path, expected: list[str]) -> None:
    """The writer removes files after the commit that forgot them: a later commit sees it done."""
    for _ in range(100):
        if names(folder) == expected:
            return
        await store.flush()
    assert names(folder) == expected


async def test_what_is_large_has_a_file_and_is_read_in_pieces(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    await add(store, SMALL, id_="small")
    assert names(tmp_path) == []
    seq = await add(store, OCTETS, id_="large")
    assert names(tmp_path) == [str(seq)]
    path = tmp_path / "mail.db.contents" / str(seq)
    assert path.read_bytes() == OCTETS
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    raw = await store.raw("large")
    assert raw is not None
    assert (raw.size, [len(piece) async for piece in raw.pieces]) == (
        700_001,
        [262_144, 262_144, 175_713],
    )
    await store.close()
    store = await open_store(tmp_path / "mail.db")
    assert await octets(store, "large") == OCTETS
    assert await octets(store, "small") == SMALL


async def test_a_store_in_memory_has_no_files(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    add: Add,
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await open_store(None)
    await add(store, OCTETS, id_="large")
    assert await octets(store, "large") == OCTETS
    assert names(tmp_path, "") == []


@pytest.mark.parametrize("how", ["delete", "clear", "inbox", "upto"])
async def test_a_file_goes_with_its_message(
    tmp_path: Path,
    open_store: Open,
    add: Add,
    how: str,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    await add(store, OCTETS, id_="kept", inboxes=("other",))
    seq = await add(store, OCTETS, id_="gone")
    later = await add(store, OCTETS, id_="later", inboxes=("other",))
    first, *_ = names(tmp_path)
    match how:
        case "delete":
            await store.delete(["gone"])
        case "inbox":
            await store.clear("default")
        case "upto":
            await store.clear(upto=seq)
        case _:
            await store.clear()
    kept = {"clear": [], "upto": [str(later)]}.get(how, [first, str(later)])
    await settled(store, tmp_path, kept)


async def test_retention_removes_files(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db", retention=Retention(messages=2))
    seqs = [await add(store, OCTETS) for _ in range(5)]
    await settled(store, tmp_path, sorted(str(seq) for seq in seqs[-2:]))


async def test_many_files_are_removed_some_at_a_time(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    add: Add,
) -> None:
    monkeypatch.setattr(filing, "LARGE", 1)
    monkeypatch.setattr(filing, "AT_ONCE", 2)
    store = await open_store(tmp_path / "mail.db")
    await asyncio.gather(*(add(store) for _ in range(9)))
    await store.clear()
    await store.close()
    store = await open_store(tmp_path / "mail.db")
    await settled(store, tmp_path, [])


async def test_what_a_killed_process_left_is_removed_at_the_next_start(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    seq = await add(store, OCTETS, id_="large")
    await store.close()
    folder = tmp_path / "mail.db.contents"
    for name in (str(seq + 5), "notes.txt"):
        (folder / name).write_bytes(b"half a mes")
    store = await open_store(tmp_path / "mail.db")
    assert names(tmp_path) == sorted([str(seq), "notes.txt"])
    assert await octets(store, "large") == OCTETS


async def test_a_rollback_leaves_no_file(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    seq = await add(store, OCTETS, id_="one")
    with pytest.raises(StoreError):
        await add(store, OCTETS, id_="one")
    assert names(tmp_path) == [str(seq)]


@pytest.mark.parametrize("left", [None, b"cut short"])
async def test_a_content_that_somebody_took_away_is_told(
    tmp_path: Path,
    open_store: Open,
    add: Add,
    left: bytes | None,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    seq = await add(store, OCTETS, id_="large")
    path = tmp_path / "mail.db.contents" / str(seq)
    path.unlink() if left is None else path.write_bytes(left)
    with pytest.raises(StoreError, match="the file with the content of message large is missing"):
        await store.raw("large")


async def test_a_message_deleted_while_it_is_read_is_gone(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    await add(store, OCTETS, id_="large")
    raw = await store.raw("large")
    assert raw is not None
    assert await anext(raw.pieces) == OCTETS[:262_144]
    await store.clear()
    await settled(store, tmp_path, [])
    with pytest.raises(MessageGoneError):
        await anext(raw.pieces)
    assert await store.raw("large") is None


async def test_a_large_mail_is_found_by_its_words(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    raw = b"Subject: s\r\n\r\nheliotrope\r\n" + b"plain words\r\n" * 8_000
    await add(store, raw, id_="large")
    page = await store.messages(Window(query=parse("heliotrope", now=BEGIN)))
    assert [message.id for message in page.rows] == ["large"]


async def test_what_is_in_the_way_of_the_folder_is_told_and_nothing_is_kept(
    tmp_path: Path,
    open_store: Open,
    add: Add,
) -> None:
    store = await open_store(tmp_path / "mail.db")
    (tmp_path / "mail.db.contents").write_bytes(b"in the way")
    with pytest.raises(StoreError, match="could not be stored"):
        await add(store, OCTETS)
    assert (await store.counts()).messages == 0
    await store.close()
    with pytest.raises(StoreFileError, match=r"mail\.db\.contents cannot be read"):
        await open_store(tmp_path / "mail.db")


async def test_an_older_store_keeps_its_large_contents_in_the_database(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_store: Open,
    add: Add,
) -> None:
    with monkeypatch.context() as older:
        older.setattr(filing, "LARGE", 10**9)
        store = await open_store(tmp_path / "mail.db")
        await add(store, OCTETS, id_="old")
        await store.close()
    with closing(sqlite3.connect(tmp_path / "mail.db")) as connection:
        assert connection.execute("SELECT count(*) FROM contents").fetchone() == (3,)
    store = await open_store(tmp_path / "mail.db")
    assert await octets(store, "old") == OCTETS
    assert await store.clear() == 1
    assert names(tmp_path) == []

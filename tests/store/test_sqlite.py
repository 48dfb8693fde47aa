"""What a store in a file keeps beyond the contract."""

import sqlite3
import stat
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from mailtrap.store import files
from mailtrap.store.base import StoreError, StoreFileError, Window
from mailtrap.store.records import NewAttempt, NewMessage, NewSession
from mailtrap.store.schema import APPLICATION_ID, MIGRATIONS
from mailtrap.store.sqlite import Settings, SqliteStore

Open = Callable[..., Awaitable[SqliteStore]]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(file.name for file in folder.iterdir())


def modes(folder: Path) -> set[int]:
    """Who may do what with the files of a folder."""
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def state(folder: Path) -> list[tuple[str, bytes, int]]:
    """All that could show a touch: names, octets and times."""
    return sorted((f.name, f.read_bytes(), f.stat().st_mtime_ns) for f in folder.iterdir())


async def test_all_is_there_after_a_restart(
    tmp_path: Path,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
    new_session: Callable[..., NewSession],
) -> None:
    first = await open_store(tmp_path / "mail.db")
    new = new_message(b"x" * 300_000, inboxes=("a", "b"), tags=("t",))
    await first.add(new, new_attempt(new.id))
    first.add_session(new_session())
    await first.update([new.id], read=True)
    before = await first.counts()
    await first.close()
    second = await open_store(tmp_path / "mail.db")
    assert await second.counts() == before
    message, raw = await second.message(new.id), await second.raw(new.id)
    assert message is not None
    assert raw is not None
    assert (message.read, message.tags) == (True, ("t",))
    assert b"".join([piece async for piece in raw.pieces]) == new.raw


@pytest.mark.parametrize("announced", [0, 3])
async def test_a_seq_is_not_used_again_after_a_restart(
    tmp_path: Path,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
    announced: int,
) -> None:
    first = await open_store(tmp_path / "mail.db")
    await first.add(new_message(), new_attempt())
    await first.clear()
    for _ in range(announced):
        first.open_session("s", "smtp", "peer")
    await first.flush()
    before = (await first.counts()).seq
    await first.close()
    second = await open_store(tmp_path / "mail.db")
    assert await second.add(new_message(), new_attempt()) == before + 1


async def test_a_new_file_is_for_its_owner_alone_and_nothing_is_left_beside(
    tmp_path: Path, open_store: Open
) -> None:
    path = tmp_path / "mail.db"
    store = await open_store(path)
    assert modes(tmp_path) == {0o600}
    await store.close()
    assert names(tmp_path) == [path.name]


async def test_the_sqlite_tool_can_read_while_we_run(
    tmp_path: Path,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    store = await open_store(tmp_path / "mail.db")
    await store.add(new_message(b"hello"), new_attempt())
    with closing(sqlite3.connect(tmp_path / "mail.db")) as other:
        row = other.execute("SELECT octets FROM contents WHERE key >> 16 = 1").fetchone()
    assert row == (b"hello",)


async def test_a_file_in_use_is_refused_until_it_is_free(tmp_path: Path, open_store: Open) -> None:
    path = tmp_path / "mail.db"
    first = await open_store(path)
    with pytest.raises(StoreFileError, match=r"in use by another mailtrap \(process \d+\)"):
        await open_store(path)
    assert (await first.counts()).seq == 0
    await first.close()
    await open_store(path)


async def test_a_store_is_opened_once(open_store: Open) -> None:
    store = await open_store()
    with pytest.raises(StoreError, match="open already"):
        await store.start()
    assert (await store.counts()).seq == 0


async def test_a_closed_store_may_be_started_again(tmp_path: Path, open_store: Open) -> None:
    store = await open_store(tmp_path / "mail.db")
    await store.close()
    await store.start()
    assert (await store.counts()).messages == 0


def foreign(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def text_file(path: Path) -> None:
    path.write_text("To do: buy milk\n" * 20)


def short_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def another_application(path: Path) -> None:
    foreign(path, "PRAGMA application_id = 7", "CREATE TABLE t (a)")


def another_application_without_tables(path: Path) -> None:
    foreign(path, "PRAGMA application_id = 7")


def tables_of_nobody(path: Path) -> None:
    foreign(path, "CREATE TABLE t (a)")


def tables_of_nobody_in_wal_mode(path: Path) -> None:
    foreign(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)")


def newer_version(path: Path) -> None:
    foreign(
        path,
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {len(MIGRATIONS) + 1}",
        "CREATE TABLE messages (a)",
    )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (text_file, "not an SQLite file"),
        (short_file, "not an SQLite file"),
        (another_application, "another application"),
        (another_application_without_tables, "another application"),
        (tables_of_nobody, "another application"),
        (tables_of_nobody_in_wal_mode, "another application"),
        (newer_version, "newer mailtrap"),
    ],
)
async def test_a_file_that_is_not_ours_is_refused_and_left_untouched(
    tmp_path: Path, open_store: Open, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "mail.db"
    make(path)
    before = state(tmp_path)
    with pytest.raises(StoreFileError, match=words) as caught:
        await open_store(path)
    assert str(path) in str(caught.value)
    assert state(tmp_path) == before


async def test_a_file_with_a_wal_of_tables_that_are_not_ours_is_refused(
    tmp_path: Path, open_store: Open
) -> None:
    path = tmp_path / "mail.db"
    foreign(path, "PRAGMA journal_mode = WAL", "VACUUM")
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (a)")
        before = state(tmp_path)
        with pytest.raises(StoreFileError, match="another application"):
            await open_store(path)
        assert state(tmp_path) == before


async def test_a_folder_is_refused(tmp_path: Path, open_store: Open) -> None:
    with pytest.raises(StoreFileError, match="is not a file"):
        await open_store(tmp_path)


async def test_a_missing_folder_is_named(tmp_path: Path, open_store: Open) -> None:
    with pytest.raises(StoreFileError, match="nowhere does not exist; create it first"):
        await open_store(tmp_path / "nowhere" / "mail.db")
    assert names(tmp_path) == []


async def test_a_broken_file_of_ours_is_refused(tmp_path: Path, open_store: Open) -> None:
    path = tmp_path / "mail.db"
    await (await open_store(path)).close()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 5_000)
    with pytest.raises(StoreFileError, match="cannot be opened"):
        await open_store(path)
    assert names(tmp_path) == [path.name]


@pytest.mark.parametrize("statement", ["", "PRAGMA user_version = 1", "PRAGMA user_version = 99"])
async def test_an_empty_database_of_nobody_is_taken(
    tmp_path: Path, open_store: Open, statement: str
) -> None:
    path = tmp_path / "mail.db"
    foreign(path, statement, "VACUUM")
    assert (await (await open_store(path)).counts()).messages == 0


async def test_an_empty_file_is_taken_and_keeps_its_mode(tmp_path: Path, open_store: Open) -> None:
    path = tmp_path / "mail.db"
    path.touch()
    path.chmod(0o640)
    store = await open_store(path)
    await store.close()
    assert modes(tmp_path) == {0o640}


async def test_an_older_version_is_migrated_and_keeps_its_messages(
    tmp_path: Path,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    path = tmp_path / "mail.db"
    old = await open_store(path)
    new = new_message()
    await old.add(new, new_attempt())
    await old.close()
    later = (*MIGRATIONS, ("CREATE TABLE extra (a)", "INSERT INTO extra VALUES (7)"))
    store = await open_store(path, settings=Settings(migrations=later))
    assert await store.message(new.id)
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT a FROM extra").fetchone() == (7,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(later),)
    with pytest.raises(StoreFileError, match="newer mailtrap"):
        await open_store(path)


async def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path,
    open_store: Open,
    new_message: Callable[..., NewMessage],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    path = tmp_path / "mail.db"
    store = await open_store(path)
    await store.add(new_message(), new_attempt())
    await store.close()
    broken = (*MIGRATIONS, ("DROP TABLE messages",), ("this is no SQL",))
    with pytest.raises(StoreFileError, match="cannot be opened"):
        await open_store(path, settings=Settings(migrations=broken))
    store = await open_store(path)
    assert len((await store.messages(Window())).rows) == 1


@pytest.mark.parametrize(("durable", "level"), [(False, 1), (True, 2)])
def test_durable_waits_for_the_disk_at_each_commit(
    tmp_path: Path, durable: bool, level: int
) -> None:
    with closing(files.open_file(tmp_path / "mail.db", MIGRATIONS, durable=durable)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    with (
        closing(files.open_file(path, MIGRATIONS, durable=False)),
        closing(files.connect(path, query_only=True)) as reader,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        reader.execute("UPDATE totals SET seq = 9")

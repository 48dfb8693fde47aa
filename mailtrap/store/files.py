"""Opening the database: whose file it is, its version, the settings of a connection."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from mailtrap.store.base import StoreFileError
from mailtrap.store.contents import Contents
from mailtrap.store.schema import APPLICATION_ID, Migration
from mailtrap.store.sql import register

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
BUSY_SECONDS = 5.0
_CHECKPOINT_PAGES = 1_000
_WAL_OCTETS = 64 * 1024 * 1024


def require_folder(path: Path) -> None:
    """Raise StoreFileError when there is no folder to make the file in."""
    if not path.parent.is_dir():
        raise StoreFileError(f"the folder {path.parent} does not exist; create it first")


def examine(path: Path, migrations: Sequence[Migration]) -> None:
    """Raise StoreFileError for what is not ours, without a byte written to it or left beside it."""
    if not path.exists():
        return
    if not path.is_file():
        raise StoreFileError(f"{path} is not a file; choose another name")
    try:
        _examine(path, len(migrations))
    except (OSError, sqlite3.Error) as error:
        raise StoreFileError(f"{path} cannot be read: {_reason(error)}") from error


def open_file(path: Path, migrations: Sequence[Migration], *, durable: bool) -> sqlite3.Connection:
    """The write connection to a file that was examined and claimed, made or migrated as needed.

    A new file is for its owner alone: mail may hold secrets. Raises StoreFileError.
    """
    try:
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = connect(path)
        try:
            _migrate(connection, path, migrations)
            _set_up_file(connection, durable=durable)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreFileError(f"{path} cannot be opened: {_reason(error)}") from error
    return connection


def sweep(connection: sqlite3.Connection, contents: Contents) -> None:
    """Remove the contents that were never committed. Raises StoreFileError."""
    (newest,) = connection.execute("SELECT seq FROM totals").fetchone()
    try:
        contents.sweep(newest)
    except OSError as error:
        raise StoreFileError(f"{error.filename} cannot be read: {_reason(error)}") from error


def open_memory(migrations: Sequence[Migration]) -> sqlite3.Connection:
    """A database without a file."""
    connection = connect(None)
    _migrate(connection, Path(":memory:"), migrations)
    return connection


def connect(path: Path | None, *, query_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode that any thread may use, one at a time."""
    connection = sqlite3.connect(
        path or ":memory:",
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA secure_delete = OFF")
    # Else each statement that fires triggers on many rows makes itself a temporary file: a
    # retention slice then takes eight times as long.
    connection.execute("PRAGMA temp_store = MEMORY")
    # Else a search builds itself an index over all messages for each piece it looks at.
    connection.execute("PRAGMA automatic_index = OFF")
    register(connection)
    if query_only:
        connection.execute("PRAGMA query_only = ON")
    return connection


def bound(connection: sqlite3.Connection, octets: int) -> None:
    """Let the database grow to so many octets and no more; 0 sets no bound."""
    if octets:
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {max(1, octets // page)}")


def _examine(path: Path, version: int) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise StoreFileError(f"{path} is not an SQLite file; choose another name")
    application = int.from_bytes(header[68:72], "big")
    if application != APPLICATION_ID and (application or _has_tables(path)):
        raise StoreFileError(f"{path} belongs to another application; choose another name")
    if application == APPLICATION_ID:
        _refuse_newer(path, int.from_bytes(header[60:64], "big"), version)


def _has_tables(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return True
    # Immutable: SQLite then neither locks nor leaves files beside.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None


def _refuse_newer(path: Path, found: int, known: int) -> None:
    if found > known:
        raise StoreFileError(
            f"{path} was written by a newer mailtrap (version {found} of the tables, this one"
            f" knows {known}); use that one, or choose another file"
        )


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Bring the tables to the newest version, in one transaction.

    A new file gets its tables before it gets a WAL, and a WAL is folded in after a migration: so
    the header always tells whose the file is, and of which version.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = version if application == APPLICATION_ID else 0
    _refuse_newer(path, found, len(migrations))
    if found == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in (sql for migration in migrations[found:] for sql in migration):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_up_file(connection: sqlite3.Connection, *, durable: bool) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_OCTETS}")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

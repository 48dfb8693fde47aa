import asyncio
import sqlite3
import threading
from contextlib import closing, nullcontext

import pytest

from mailtrap.store.base import StoreError
from mailtrap.store.files import connect
from mailtrap.store.readers import Readers


def query(connection: sqlite3.Connection, sql: str) -> object:
    return connection.execute(sql).fetchone()


async def test_what_sqlite_cannot_do_is_a_store_error() -> None:
    with closing(connect(None)) as connection:
        readers = Readers([connection], nullcontext())
        with pytest.raises(StoreError, match="cannot be read: no such table: nowhere"):
            await readers.run(query, "SELECT * FROM nowhere")
        assert await readers.run(query, "SELECT 7") == (7,)
        readers.close()


async def test_readers_work_beside_each_other_and_not_in_the_event_loop() -> None:
    both = threading.Barrier(2, timeout=10)

    def meet(_: sqlite3.Connection) -> int:
        both.wait()
        return threading.get_ident()

    with closing(connect(None)) as one, closing(connect(None)) as other:
        readers = Readers([one, other], nullcontext())
        threads = await asyncio.gather(readers.run(meet), readers.run(meet))
        assert len({*threads, threading.get_ident()}) == 3
        readers.close()


async def test_a_guard_is_held_while_a_function_runs() -> None:
    guard = threading.Lock()
    with closing(connect(None)) as connection:
        readers = Readers([connection], guard)
        assert await readers.run(lambda _: guard.locked())
        assert not guard.locked()
        readers.close()

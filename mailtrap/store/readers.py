"""The readers: a few threads with a connection each, so that the event loop never waits."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from queue import SimpleQueue
from typing import Concatenate, ParamSpec, TypeVar

from mailtrap.store.base import StoreError

P = ParamSpec("P")
T = TypeVar("T")


class Readers:
    """Runs functions on connections in threads. ``guard`` is held around each."""

    def __init__(
        self, connections: Sequence[sqlite3.Connection], guard: AbstractContextManager[object]
    ) -> None:
        self._guard = guard
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for connection in connections:
            self._idle.put(connection)
        self._threads = ThreadPoolExecutor(len(connections), "mailtrap-reader")

    async def run(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What the function gives, called with a connection and these arguments."""

        def call() -> T:
            connection = self._idle.get()
            try:
                with self._guard:
                    return function(connection, *args, **kwargs)
            except (sqlite3.Error, OSError) as error:
                raise StoreError(f"the store cannot be read: {error}") from error
            finally:
                self._idle.put(connection)

        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def close(self) -> None:
        """Wait for what runs, and run no more."""
        self._threads.shutdown()

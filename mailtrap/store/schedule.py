"""When it is indexed: while the writer has nothing to do, or at once when a search waits for it."""

import logging
import sqlite3
import time
from asyncio import Future
from collections.abc import Callable, Sequence
from typing import Final

from mailtrap.store.base import StoreError
from mailtrap.store.indexer import Indexer
from mailtrap.store.outcomes import Outcome, as_store_error, is_power_of_ten

logger = logging.getLogger(__name__)

IDLE: Final = 0.05
"""Seconds without a message after which it is indexed, one step after the other: between the
messages of one burst, where the interpreter is needed for other things, it is not."""


class Schedule:
    """Decides on the indexer's steps. It belongs to the writer's thread; ``report`` tells waiters.

    Only ``added`` may be called by others.
    A step that fails is tried again after the next commit, or when the next search asks.
    """

    def __init__(self, indexer: Indexer, report: Callable[[Sequence[Outcome]], None]) -> None:
        self._indexer = indexer
        self._report = report
        self._news = 1
        self._done = 0
        self._quiet_at = 0.0
        self._waiting: list[tuple[int | None, Future[int]]] = []
        self._failures = 0

    @property
    def due(self) -> bool:
        """Whether there is, or may be, something to do."""
        return self._news != self._done or self.urgent

    @property
    def urgent(self) -> bool:
        """Whether somebody waits for it."""
        return bool(self._waiting)

    @property
    def is_time(self) -> bool:
        """Whether the next step should be done now."""
        return self.urgent or (self.due and time.monotonic() >= self._quiet_at)

    def wait(self, interval: float | None) -> float | None:
        """How long to wait for other work, if it would be ``interval`` without indexing."""
        if self.urgent:
            return 0.0
        if not self.due:
            return interval
        quiet = max(0.0, self._quiet_at - time.monotonic())
        return quiet if interval is None else min(quiet, interval)

    def added(self) -> None:
        """A message was committed."""
        self._quiet_at = time.monotonic() + IDLE
        self._news += 1

    def want(self, future: "Future[int]") -> None:
        """Have all described that is committed at the next step, then tell ``future``."""
        self._waiting.append((None, future))

    def step(self, seq: int) -> None:
        """Let the indexer do some of its work; ``seq`` is that of the last commit."""
        self._waiting = [(seq if upto is None else upto, one) for upto, one in self._waiting]
        try:
            if self.urgent:
                done = seq if not self._indexer.describe_some() else self._indexer.newest
                self._settle(done)
            else:
                news = self._news  # more may come meanwhile
                if not self._indexer.step():
                    self._done = news
        except (sqlite3.Error, MemoryError) as error:
            self._fail(as_store_error(error))

    def end(self) -> None:
        """Nothing more is indexed; those who wait are told."""
        self._settle_all(StoreError("the store is being closed"))

    def _settle(self, done: int) -> None:
        ready = [Outcome(one, done) for upto, one in self._waiting if (upto or 0) <= done]
        self._waiting = [(upto, one) for upto, one in self._waiting if (upto or 0) > done]
        if ready:
            self._report(ready)

    def _settle_all(self, error: StoreError) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._report([Outcome(one, error) for _, one in waiting])

    def _fail(self, error: StoreError) -> None:
        self._done = self._news
        self._failures += 1
        if is_power_of_ten(self._failures):
            logger.error("messages could not be indexed (%d times): %s", self._failures, error)
        self._settle_all(error)

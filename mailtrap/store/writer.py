"""The writer: one thread, the only one that writes, a batch of jobs in one commit."""

import logging
import sqlite3
import threading
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeAlias

from mailtrap.store.base import StoreError, StoreFullError
from mailtrap.store.indexer import Indexer
from mailtrap.store.outcomes import Outcome, as_store_error, is_busy, is_power_of_ten
from mailtrap.store.records import Change, MessageAdded, MessagesCleared
from mailtrap.store.retention import Keeper
from mailtrap.store.schedule import Schedule
from mailtrap.store.writes import Reading, Transaction

logger = logging.getLogger(__name__)

BATCH_JOBS = 512
BATCH_OCTETS = 8 * 1024 * 1024
BACKLOG = 20_000
"""So many jobs may wait; beyond, with a hung disk, those nobody waits for are dropped."""

SHRINK_PAGES = 4_096
"""So many free pages (16 MiB) are kept for what comes; more are given back."""

Work: TypeAlias = Callable[[Transaction], int]


class Job(NamedTuple):
    """Something to do in a transaction, its size, and the future for what came of it, if any."""

    work: Work
    octets: int
    future: "Future[int] | None"


class CatchUp(NamedTuple):
    """A wish that all be indexed that was committed before."""

    future: "Future[int]"


class Writer:
    """Takes jobs from the event loop, commits them in batches, tells the loop after each commit.

    A job that fails takes nothing with it: the batch is rolled back and done again one by one.
    Between batches it indexes: when nothing came for a moment, or at once when it is asked to.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: threading.Lock,
        reading: Reading,
        keeper: Keeper,
        indexer: Indexer,
        tell: Callable[[Sequence[Change]], None],
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._reading = reading
        self._keeper = keeper
        self._schedule = Schedule(indexer, lambda outcomes: self._report(outcomes, ()))
        self._tell = tell
        self._jobs: SimpleQueue[Job | CatchUp | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="mailtrap-writer", daemon=True)
        self._loop: AbstractEventLoop | None = None
        self._seq = 0
        self._trimming = True
        self._stopping = False
        self._failures = 0
        self._dropped = 0
        self._unwritten = 0

    @property
    def lost(self) -> int:
        """Jobs nobody waited for that were not done."""
        return self._dropped + self._unwritten

    @property
    def indexing(self) -> bool:
        """Whether something is left to index, or may be."""
        return self._schedule.due

    def start(self, loop: AbstractEventLoop) -> None:
        """Begin, on behalf of this loop."""
        self._loop = loop
        (self._seq,) = self._connection.execute("SELECT seq FROM totals").fetchone()
        self._thread.start()

    def submit(self, work: Work, future: "Future[int]", octets: int = 0) -> "Future[int]":
        """Have ``work`` done; the future gets what it returns, or StoreError, after the commit."""
        self._jobs.put(Job(work, octets, future))
        return future

    def hand_over(self, work: Work) -> None:
        """Have ``work`` done, soon; nobody waits. What cannot be written is counted in ``lost``."""
        if self._jobs.qsize() < BACKLOG:
            self._jobs.put(Job(work, 0, None))
            return
        self._dropped += 1
        if is_power_of_ten(self._dropped):
            logger.error("too much waits to be written: %d dropped", self._dropped)

    def catch_up(self, future: "Future[int]") -> "Future[int]":
        """Have all indexed that was handed over before; the future then gets a seq."""
        self._jobs.put(CatchUp(future))
        return future

    def stop(self) -> None:
        """Do what was handed over before, end the thread, and wait for its end."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            self._turn()
        self._schedule.end()

    def _turn(self) -> None:
        # A function of its own: while the next batch is awaited, nothing may hold on to this one.
        jobs = self._take()
        if jobs or self._trimming or not self._schedule.due:
            self._write(jobs)
            if not self._schedule.urgent:
                return
        self._schedule.step(self._seq)

    def _write(self, jobs: Sequence[Job]) -> None:
        error = self._do(jobs)
        if error is None:
            return
        if is_busy(error):
            # The next attempt would wait as long again: nobody may wait once for each of a batch.
            self._fail(jobs, error)
            return
        if isinstance(error, StoreFullError):
            self._fold()
        for some in [[job] for job in jobs] or [[]]:
            error = self._do(some)
            if error:
                self._fail(some, error)

    def _take(self) -> list[Job]:
        """The jobs of the next batch: all that wait, within bounds.

        None: it is time to trim, or to index.
        """
        jobs: list[Job] = []
        octets = 0
        wait = 0.0 if self._trimming else self._schedule.wait(self._keeper.interval)
        try:
            job = self._jobs.get(timeout=wait)
            while job is not None:
                if isinstance(job, CatchUp):
                    self._schedule.want(job.future)
                else:
                    jobs.append(job)
                    octets += job.octets
                if len(jobs) >= BATCH_JOBS or octets >= BATCH_OCTETS:
                    return jobs
                job = self._jobs.get_nowait()
            self._stopping = True
        except Empty:
            pass
        return jobs

    def _do(self, jobs: Sequence[Job]) -> StoreError | None:
        """Do all the jobs in one commit, or none of them: then the error tells why."""
        try:
            outcomes, changes = self._commit(jobs)
        except Exception as error:  # noqa: BLE001 - the writer must go on, and the waiter is told
            return as_store_error(error)
        kinds = set(map(type, changes))
        if MessageAdded in kinds:
            self._schedule.added()
        self._report(outcomes, changes)
        if MessagesCleared in kinds:
            self._shrink()
        return None

    def _shrink(self) -> None:
        """Give room back after many messages went at once, when little is left to be copied."""
        with suppress(sqlite3.Error), self._lock:
            (free,) = self._connection.execute("PRAGMA freelist_count").fetchone()
            (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
            if free > max(SHRINK_PAGES, pages * 3 // 4):
                self._connection.execute("VACUUM")
                self._connection.execute("PRAGMA wal_checkpoint")

    def _fold(self) -> None:
        """Make room on a full disk: fold the WAL into the database and cut it to nothing.

        Else even deleting would fail, for it has to write to the WAL first.
        """
        with suppress(sqlite3.Error), self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _commit(self, jobs: Sequence[Job]) -> tuple[list[Outcome], Sequence[Change]]:
        with self._lock:
            transaction = Transaction(self._connection, self._seq, self._reading)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                results = [job.work(transaction) for job in jobs]
                self._trimming = self._keeper.trim(transaction, transaction.write())
                totals = transaction.write()
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        self._seq = totals.seq
        outcomes = [
            Outcome(job.future, result)
            for job, result in zip(jobs, results, strict=True)
            if job.future is not None
        ]
        return outcomes, transaction.changes

    def _fail(self, jobs: Sequence[Job], error: StoreError) -> None:
        """Tell those who wait, count what is lost; the log hears of it ever more seldom."""
        waiting = [Outcome(job.future, error) for job in jobs if job.future is not None]
        self._report(waiting, ())
        self._unwritten += len(jobs) - len(waiting)
        self._trimming = False
        if len(waiting) < len(jobs) or not jobs:
            self._failures += 1
            if is_power_of_ten(self._failures):
                logger.error(
                    "the store could not write what nobody waits for (%d times): %s",
                    self._failures,
                    error,
                )

    def _report(self, outcomes: Sequence[Outcome], changes: Sequence[Change]) -> None:
        assert self._loop is not None
        if not (outcomes or changes):
            return
        try:
            self._loop.call_soon_threadsafe(self._settle, outcomes, changes)
        except RuntimeError:
            logger.warning("the event loop ended before the store was closed")

    def _settle(self, outcomes: Sequence[Outcome], changes: Sequence[Change]) -> None:
        """In the event loop: tell the changes, then wake those who wait."""
        try:
            if changes:
                self._tell(changes)
        finally:
            for future, result in outcomes:
                if future.done():
                    continue
                if isinstance(result, StoreError):
                    future.set_exception(result)
                else:
                    future.set_result(result)

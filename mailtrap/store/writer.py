"""The writer: one thread, the only one that writes, a batch of jobs in one commit."""

import logging
import sqlite3
import threading
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeAlias

from mailtrap.store.base import StoreError, StoreFullError
from mailtrap.store.filing import Filing
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

TURNS = 8
"""Turns of the event loop whose jobs are one batch. One turn seldom brings more than one message,
and a commit costs 60 µs beside 50 for each: 10 sessions are served 4,150 messages a second instead
of 3,050, with 238 instead of 328 µs of CPU for each. A turn that brings nothing takes 5 µs.
"""

PROMPT_JOBS = 64
PROMPT_OCTETS = 256 * 1024
"""What may come at most to be written in the loop itself: some 3 ms."""

SHRINK_PAGES = 4_096
"""So many free pages (16 MiB) are kept for what comes; more are given back."""

Work: TypeAlias = Callable[[Transaction], int]


class Job(NamedTuple):
    """Something to do in a transaction, its size, and the future for what came of it, if any.

    ``quick`` tells that nothing but its octets can make it take long.
    """

    work: Work
    octets: int
    future: "Future[int] | None"
    quick: bool = True


class CatchUp(NamedTuple):
    """A wish that all be indexed that was committed before."""

    future: "Future[int]"


class Writer:
    """Takes jobs from the event loop, commits them in batches, tells the loop after each commit.

    What a few turns of the loop bring is one batch. A job that fails takes nothing with it: the
    batch is rolled back and done again one by one. Between batches it indexes: when nothing came
    for a moment, or at once when it is asked to.

    ``prompt`` has small batches written in the loop, where the thread has nothing to do: for a
    database in memory. Each statement of a commit gives the interpreter's lock away, and to get it
    back from a busy loop takes longer than the statement: 7.8 futex calls a message, and on a busy
    machine 450 messages a second where the loop itself stores 1,200. With a file it would gain 8 %,
    and the loop would wait for the disk.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: threading.Lock,
        reading: Reading,
        filing: Filing,
        keeper: Keeper,
        indexer: Indexer,
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._reading = reading
        self._filing = filing
        self._keeper = keeper
        self._schedule = Schedule(indexer, lambda outcomes: self._report(outcomes, (), 0))
        self._tell: Callable[[Sequence[Change]], None] = _to_nobody
        self._prompt = False
        self._coming: list[Job] = []
        self._under_way = 0
        self._jobs: SimpleQueue[Sequence[Job] | CatchUp | None] = SimpleQueue()
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

    def start(
        self, loop: AbstractEventLoop, tell: Callable[[Sequence[Change]], None], *, prompt: bool
    ) -> None:
        """Begin, on behalf of this loop, in which ``tell`` hears of what changed."""
        self._loop = loop
        self._tell = tell
        self._prompt = prompt
        (self._seq,) = self._connection.execute("SELECT seq FROM totals").fetchone()
        self._thread.start()

    def submit(self, work: Work, octets: int = 0, *, quick: bool = False) -> "Future[int]":
        """Have ``work`` done; the future gets what it returns, or StoreError, after the commit."""
        assert self._loop is not None
        future = self._loop.create_future()
        self._add(Job(work, octets, future, quick))
        return future

    def hand_over(self, work: Work) -> None:
        """Have ``work`` done, soon; nobody waits. What cannot be written is counted in ``lost``."""
        if self._under_way + len(self._coming) < BACKLOG:
            self._add(Job(work, 0, None))
            return
        self._dropped += 1
        if is_power_of_ten(self._dropped):
            logger.error("too much waits to be written: %d dropped", self._dropped)

    def catch_up(self, future: "Future[int]") -> "Future[int]":
        """Have all indexed that was handed over before; the future then gets a seq."""
        self.pass_on()
        self._jobs.put(CatchUp(future))
        return future

    def _add(self, job: Job) -> None:
        if not self._coming:
            assert self._loop is not None
            self._loop.call_soon(self._end_turn, TURNS)
        self._coming.append(job)

    def _end_turn(self, left: int) -> None:
        if left > 1 and len(self._coming) < PROMPT_JOBS:
            assert self._loop is not None
            self._loop.call_soon(self._end_turn, left - 1)
        else:
            self.pass_on()

    def pass_on(self) -> None:
        """Write, or hand over, what came in the last turns of the loop."""
        jobs, self._coming = self._coming, []
        if jobs and not self._write_promptly(jobs):
            self._under_way += len(jobs)
            for some in _parted(jobs):
                self._jobs.put(some)

    def _write_promptly(self, jobs: Sequence[Job]) -> bool:
        """Commit these in the loop, if that keeps nobody waiting; whether it did."""
        if not self._prompt or self._under_way or self._trimming or len(jobs) > PROMPT_JOBS:
            return False
        if sum(job.octets for job in jobs) > PROMPT_OCTETS or not all(job.quick for job in jobs):
            return False
        if not self._lock.acquire(blocking=False):
            return False  # somebody reads
        try:
            outcomes, changes = self._commit(jobs)
        except Exception:  # noqa: BLE001 - the thread does them again, and tells what is wrong
            return False
        finally:
            self._lock.release()
        rests = not self._schedule.due
        self._note(changes)
        if rests or self._trimming:
            self._jobs.put(())  # the thread has something to do
        self._settle(outcomes, changes, 0)
        return True

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
        if self._schedule.is_time:
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
            some = self._jobs.get(timeout=wait)
            while some is not None:
                if isinstance(some, CatchUp):
                    self._schedule.want(some.future)
                else:
                    jobs += some
                    octets += sum(job.octets for job in some)
                if len(jobs) >= BATCH_JOBS or octets >= BATCH_OCTETS:
                    return jobs
                some = self._jobs.get_nowait()
            self._stopping = True
        except Empty:
            pass
        return jobs

    def _do(self, jobs: Sequence[Job]) -> StoreError | None:
        """Do all the jobs in one commit, or none of them: then the error tells why."""
        try:
            with self._lock:
                outcomes, changes = self._commit(jobs)
        except Exception as error:  # noqa: BLE001 - the writer must go on, and the waiter is told
            return as_store_error(error)
        self._note(changes)
        self._report(outcomes, changes, len(jobs))
        if any(isinstance(change, MessagesCleared) for change in changes):
            self._shrink()
        return None

    def _note(self, changes: Sequence[Change]) -> None:
        if any(isinstance(change, MessageAdded) for change in changes):
            self._schedule.added()

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
        """Do all the jobs in one commit, or none of them. The lock is held."""
        transaction = Transaction(self._connection, self._seq, self._reading, self._filing)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._filing.begin()
            results = [job.work(transaction) for job in jobs]
            self._trimming = self._keeper.trim(transaction, transaction.write())
            transaction.finish()
            self._trimming |= self._filing.end(transaction.changes)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._filing.undo()
            raise
        self._seq = transaction.seq
        outcomes = [
            Outcome(job.future, result)
            for job, result in zip(jobs, results, strict=True)
            if job.future is not None
        ]
        return outcomes, transaction.changes

    def _fail(self, jobs: Sequence[Job], error: StoreError) -> None:
        """Tell those who wait, count what is lost; the log hears of it ever more seldom."""
        waiting = [Outcome(job.future, error) for job in jobs if job.future is not None]
        self._report(waiting, (), len(jobs))
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

    def _report(self, outcomes: Sequence[Outcome], changes: Sequence[Change], jobs: int) -> None:
        """Tell the loop what came of so many jobs."""
        assert self._loop is not None
        if not (outcomes or changes or jobs):
            return
        try:
            self._loop.call_soon_threadsafe(self._settle, outcomes, changes, jobs)
        except RuntimeError:
            logger.warning("the event loop ended before the store was closed")

    def _settle(self, outcomes: Sequence[Outcome], changes: Sequence[Change], jobs: int) -> None:
        """In the event loop: tell the changes, then wake those who wait."""
        self._under_way -= jobs
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


def _to_nobody(changes: Sequence[Change]) -> None:
    """Before the start nothing changes."""
    del changes


def _parted(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    """These jobs in batches that are within bounds."""
    some: list[Job] = []
    octets = 0
    for job in jobs:
        some.append(job)
        octets += job.octets
        if len(some) >= BATCH_JOBS or octets >= BATCH_OCTETS:
            yield some
            some, octets = [], 0
    if some:
        yield some

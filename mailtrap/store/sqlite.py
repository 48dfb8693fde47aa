"""The store on SQLite, in a file or in memory."""

import asyncio
import threading
from asyncio import Future
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from mailtrap.mail.message import Summary
from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.smtp.findings import Finding
from mailtrap.store import codec, files, reads
from mailtrap.store.base import (
    Concerning,
    Counts,
    InboxCount,
    MessageGoneError,
    Page,
    RawMessage,
    Retention,
    StoreError,
    Window,
)
from mailtrap.store.claim import Claim
from mailtrap.store.contents import Contents, Filed, Held
from mailtrap.store.described import document_of
from mailtrap.store.edits import Edit
from mailtrap.store.filing import Filing
from mailtrap.store.finding import Finder
from mailtrap.store.indexer import Describe, Indexer
from mailtrap.store.insights.gather import gather
from mailtrap.store.insights.records import Insights, Question
from mailtrap.store.readers import Readers
from mailtrap.store.records import (
    Attempt,
    Change,
    Message,
    NewAttempt,
    NewMessage,
    NewSession,
    Session,
    Verdict,
)
from mailtrap.store.retention import Keeper
from mailtrap.store.schema import MIGRATIONS, PIECE, Migration
from mailtrap.store.sql import needs_index
from mailtrap.store.writer import Work, Writer
from mailtrap.store.writes import Reading

READERS = 2
LATEST = "latest"


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Settings(msgspec.Struct, frozen=True):
    """What is seldom set.

    ``max_octets`` bounds the database, and likewise the large contents that are held beside it in
    memory; what does not fit gets StoreFullError. 0 sets no bound.
    ``describe`` makes of a message what searches look at. ``prompt`` has what is small written in
    the event loop itself, where the store is in memory.
    """

    max_octets: int = 0
    describe: Describe = document_of
    prompt: bool = True
    clock: Callable[[], datetime] = now
    migrations: tuple[Migration, ...] = MIGRATIONS


class SqliteStore:
    """A Store in the file ``path``, or in memory (None).

    ``summarise`` reads the header block and ``inspect`` tells what is wrong with the content: both
    run in the writer thread, and what they give is stored with the message. ``durable`` waits for
    the disk at each commit: then a power cut, too, loses nothing that was acknowledged; a killed
    process never does.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        retention: Retention,
        summarise: Callable[[bytes], Summary],
        inspect: Callable[[NewMessage], tuple[Finding, ...]],
        durable: bool = False,
        settings: Settings | None = None,
    ) -> None:
        self.on_change: Callable[[Sequence[Change]], None] = _ignore
        self._path = path
        self._durable = durable
        self._settings = settings or Settings()
        self._keeper = Keeper(retention, self._settings.clock)
        self._contents: Contents = Held()
        self._reading = Reading(summarise, inspect)
        self._open: tuple[Writer, Readers] | None = None
        self._release = ExitStack()

    async def start(self) -> None:
        """Open, migrate if older. Raises StoreFileError."""
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._start, loop)

    async def close(self) -> None:
        """Commit what was handed over, then close. Closing twice is fine."""
        if self._open:
            writer, _ = self._open
            self._open = None
            writer.pass_on()
            await asyncio.to_thread(self._close, writer)

    def add(self, message: NewMessage, attempt: NewAttempt) -> "Future[int]":
        """Store both in one commit; the future gives the message's seq after that commit."""
        size = len(message.raw)
        too_large = self._keeper.too_large(size)
        if too_large:
            refused: Future[int] = asyncio.get_running_loop().create_future()
            refused.set_exception(too_large)
            return refused
        return self._submit(lambda transaction: transaction.add(message, attempt), size, quick=True)

    def add_attempt(self, attempt: NewAttempt) -> None:
        """Store an attempt that left no message, soon."""
        self._writer.hand_over(lambda transaction: transaction.add_attempt(attempt))

    def open_session(self, session_id: str, listener: str, peer: str) -> None:
        """Announce (and do not store) a session that began."""
        self._writer.hand_over(
            lambda transaction: transaction.open_session(session_id, listener, peer)
        )

    def add_session(self, session: NewSession) -> None:
        """Store a session that ended, soon."""
        self._writer.hand_over(lambda transaction: transaction.add_session(session))

    async def flush(self) -> None:
        """Return when all that was handed over before is committed."""
        await self._submit(lambda _: 0, quick=True)

    @property
    def indexing(self) -> bool:
        """Whether something is left to index, or may be."""
        return self._writer.indexing

    async def counts(self) -> Counts:
        """What there is."""
        counts = await self._readers.run(reads.counts)
        return msgspec.structs.replace(counts, lost=self._writer.lost)

    async def held(self, inbox: str | None = None) -> InboxCount:
        """What one inbox holds, or all together (named ``""``); zeros where there is none."""
        return await self._readers.run(reads.held, inbox)

    async def messages(self, window: Window) -> Page[Message]:
        """A list of messages."""
        if window.query == EVERYTHING:
            return await self._readers.run(reads.messages, window)
        finder = await self._finder(window.query)
        return await finder.page(window)

    async def count(self, query: Node, inbox: str | None = None) -> int:
        """How many messages a search finds. It looks at every one of them."""
        return sum([len(ids) async for ids in self.matching(query, inbox)])

    async def matching(
        self, query: Node, inbox: str | None = None, *, upto: int | None = None
    ) -> AsyncIterator[tuple[str, ...]]:
        """The ids of all that a search finds, newest first, some at a time.

        What is newer than ``upto``, or stored after the first was asked for, is not among them.
        """
        now = await self._submit(lambda transaction: transaction.seq)
        upto = now if upto is None else min(upto, now)
        finder = await self._finder(query)
        async for ids in finder.ids(query, inbox, upto):
            yield ids

    async def message(self, message_id: str) -> Message | None:
        """One message by id."""
        return await self._readers.run(reads.message, message_id)

    async def latest(self, inbox: str | None = None) -> Message | None:
        """The newest message."""
        page = await self.messages(Window(limit=1, inbox=inbox))
        return page.rows[0] if page.rows else None

    async def raw(self, message_id: str) -> RawMessage | None:
        """A message's octets exactly as they were sent."""
        stored = await self._readers.run(reads.stored, message_id, self._contents)
        return RawMessage(stored.size, self._pieces(stored)) if stored else None

    async def delete(self, ids: Sequence[str]) -> int:
        """Delete messages; how many there were."""
        return await self._submit(lambda transaction: transaction.delete(ids))

    async def clear(self, inbox: str | None = None, *, upto: int | None = None) -> int:
        """Delete all messages, or all of an inbox, none newer than ``upto``; how many."""
        return await self._submit(lambda transaction: transaction.clear(inbox, upto))

    async def update(
        self,
        ids: Sequence[str] | None,
        *,
        read: bool | None = None,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
        inbox: str | None = None,
    ) -> int:
        """Set the read flag and tags of these messages, or (ids None) of all; how many."""
        edit = Edit(read, codec.names(tuple(add_tags)), codec.names(tuple(remove_tags)))
        return await self._submit(lambda transaction: transaction.update(ids, inbox, edit))

    async def set_limits(self, inbox: str, retention: Retention) -> None:
        """Keep one inbox within these bounds, beside those of the whole, until the store closes."""
        name = codec.plain(inbox)
        await self._submit(lambda _: self._keeper.limit(name, retention))

    async def forget_limits(self, inbox: str) -> None:
        """Let an inbox have no bounds of its own any more."""
        name = codec.plain(inbox)
        await self._submit(lambda _: self._keeper.unlimit(name))

    async def tags(self) -> dict[str, int]:
        """Every tag in use with the number of its messages."""
        return await self._readers.run(reads.tags)

    async def attempts(
        self,
        window: Window,
        *,
        verdict: Verdict | None = None,
        session: str | None = None,
        concerning: Concerning | None = None,
    ) -> Page[Attempt]:
        """A list of attempts."""
        return await self._readers.run(reads.attempts, window, verdict, session, concerning)

    async def attempt(self, attempt_id: str) -> Attempt | None:
        """One attempt; ``latest`` is the newest."""
        if attempt_id == LATEST:
            page = await self.attempts(Window(limit=1))
            return page.rows[0] if page.rows else None
        return await self._readers.run(reads.attempt, "id", attempt_id)

    async def sessions(self, window: Window) -> Page[Session]:
        """A list of ended sessions, their transcripts left out (empty)."""
        return await self._readers.run(reads.sessions, window)

    async def session(self, session_id: str) -> Session | None:
        """One ended session, whole; ``latest`` is the newest."""
        if session_id == LATEST:
            page = await self.sessions(Window(limit=1))
            return await self.session(page.rows[0].id) if page.rows else None
        return await self._readers.run(reads.session, session_id)

    async def attempt_for(self, message_id: str) -> Attempt | None:
        """The attempt that brought a message."""
        return await self._readers.run(reads.attempt, "message", message_id)

    async def insights(self, question: Question) -> Insights:
        """Figures of a span of time, of what is committed."""
        return await gather(self._readers, question, self._settings.clock())

    async def _finder(self, query: Node) -> Finder:
        """What answers a search, once all is indexed that was handed over before."""
        if needs_index(query):
            await self._writer.catch_up(asyncio.get_running_loop().create_future())
        return Finder(self._readers)

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._open:
            raise StoreError("the store is open already")
        with ExitStack() as undo:
            writer, readers = self._connect(undo)
            writer.start(loop, self._tell, prompt=self._path is None and self._settings.prompt)
            self._open = writer, readers
            self._release = undo.pop_all()

    def _connect(self, undo: ExitStack) -> tuple[Writer, Readers]:
        """The writer and the readers; ``undo`` closes what they use, in the right order."""
        lock = threading.Lock()
        migrations = self._settings.migrations
        if self._path is None:
            self._contents = Held(self._settings.max_octets)
            connection = undo.enter_context(closing(files.open_memory(migrations)))
            readers = Readers([connection], lock)
        else:
            files.require_folder(self._path)
            undo.callback(Claim(self._path).release)
            files.examine(self._path, migrations)
            opened = files.open_file(self._path, migrations, durable=self._durable)
            connection = undo.enter_context(closing(opened))
            self._contents = Filed(self._path, durable=self._durable)
            files.sweep(connection, self._contents)
            others = [files.connect(self._path, query_only=True) for _ in range(READERS)]
            for other in others:
                undo.enter_context(closing(other))
            readers = Readers(others, nullcontext())
        undo.callback(readers.close)
        files.bound(connection, self._settings.max_octets)
        filing = Filing(connection, self._contents)
        indexer = Indexer(connection, lock, self._contents, self._settings.describe)
        writer = Writer(connection, lock, self._reading, filing, self._keeper, indexer)
        return writer, readers

    def _close(self, writer: Writer) -> None:
        writer.stop()
        self._release.close()

    def _tell(self, changes: Sequence[Change]) -> None:
        self.on_change(changes)

    def _submit(self, work: Work, octets: int = 0, *, quick: bool = False) -> "Future[int]":
        return self._writer.submit(work, octets, quick=quick)

    @property
    def _writer(self) -> Writer:
        return self._opened()[0]

    @property
    def _readers(self) -> Readers:
        return self._opened()[1]

    def _opened(self) -> tuple[Writer, Readers]:
        if not self._open:
            raise StoreError("the store is not open")
        return self._open

    async def _pieces(self, stored: reads.Stored) -> AsyncIterator[bytes]:
        if stored.first:
            yield stored.first
        for number in range(1, -(-stored.size // PIECE)):
            piece = await self._readers.run(reads.piece, stored.seq, number, self._contents)
            if piece is None:
                raise MessageGoneError("the message was deleted while it was being read")
            yield piece


def _ignore(_: Sequence[Change]) -> None:
    pass

"""The index behind the writes: what searches look at, made when the writer has nothing to do."""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple, TypeAlias

from mailtrap.search.document import Document
from mailtrap.store import codec
from mailtrap.store.codec import MessageRow
from mailtrap.store.contents import Contents
from mailtrap.store.grams import BLOCK, FIELDS, block_text
from mailtrap.store.inserts import Row, insert
from mailtrap.store.records import Attempt, Message
from mailtrap.store.schema import GRAMS, PIECE, PIECES
from mailtrap.store.sql import COLUMNS

logger = logging.getLogger(__name__)

Describe: TypeAlias = Callable[[Message, bytes, Attempt | None], Document]

STEP_MESSAGES: Final = 32
STEP_OCTETS: Final = 1024 * 1024
"""One step describes so many messages, or so many octets of them: some 10 ms."""

READ_PIECES: Final = 32
"""Of a message with more pieces (8 MiB) the first ones are described: it is to be found by its
subject, text and first files, and indexing it may not take much more memory than storing it."""

LAG: Final = 4_096
"""The newest seqs of which no trigrams are kept: looking at their texts takes some milliseconds,
and most catchers never hold more. At least STRETCH, for a block is written once, when it is full.
"""

STRETCH: Final = 1_024
"""Seqs whose trigrams are written in one step; a multiple of BLOCK."""

SPARE_BLOCKS: Final = 2_048
"""So many blocks may be without messages before the trigrams are made anew."""


class Found(NamedTuple):
    """A message that is to be indexed."""

    row: MessageRow
    attempt: str | None
    octets: bytes


class Indexer:
    """Makes documents of messages, and trigrams of documents. It belongs to the writer's thread.

    ``describe`` gives the document of a message; one that it fails on is found by nothing of its
    content. How far it came follows from the tables: what a killed process left is found again.
    Methods raise sqlite3.Error; then nothing of what they began is done.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: threading.Lock,
        contents: Contents,
        describe: Describe,
    ) -> None:
        self._connection = connection
        self._contents = contents
        self._lock = lock
        self._describe = describe
        with lock:
            self._newest = int(connection.execute(_NEWEST).fetchone()[0])

    @property
    def newest(self) -> int:
        """Every message up to this seq has its document."""
        return self._newest

    def step(self) -> bool:
        """Do some of what is to be done; whether there was anything."""
        return self.describe_some() or self._cover_some() or self._begin_anew()

    def describe_some(self) -> bool:
        """Make the documents of the oldest messages that have none; whether there were any."""
        found = self._next()
        rows: list[Row] = [(one.row[0], *self._columns(one)) for one in found]
        if rows:
            with self._transaction():
                insert(self._connection, "documents", rows)
            self._newest = found[-1].row[0]
        return bool(rows)

    def _next(self) -> list[Found]:
        with self._lock:
            values: dict[str, int] = {"newest": self._newest, "count": STEP_MESSAGES}
            sizes = self._connection.execute(_SIZES, values).fetchall()
            values["count"] = _fitting([size for (size,) in sizes])
            rows = self._connection.execute(_MESSAGES, values).fetchall()
            return [Found(row[:-2], row[-2], self._octets(row)) for row in rows]

    def _octets(self, row: Sequence[object]) -> bytes:
        """The octets of a row of _MESSAGES, which has the first piece: at most READ_PIECES."""
        seq, size, first = row[0], row[3], row[-1]
        assert isinstance(seq, int)
        if not isinstance(first, bytes):
            return self._contents.read(seq, 0, READ_PIECES * PIECE) or b""
        if len(first) == size:
            return first
        keys = (seq * PIECES + 1, seq * PIECES + READ_PIECES)
        rest = self._connection.execute(_PIECES, keys).fetchall()
        return b"".join([first, *(piece for (piece,) in rest)])

    def _columns(self, found: Found) -> tuple[str, ...]:
        try:
            message = codec.message_of(found.row)
            attempt = codec.ATTEMPT.decode(found.attempt) if found.attempt else None
            texts = self._describe(message, found.octets, attempt).texts
        except Exception:
            # The next messages must be found all the same.
            logger.exception("message %s cannot be indexed", found.row[1])
            texts = {}
        return tuple(texts.get(name, "") for name in COLUMNS)

    def _cover_some(self) -> bool:
        """Make the trigrams of the oldest documents that have none, when they are many."""
        with self._lock:
            (first,) = self._connection.execute(_UNCOVERED).fetchone()
            if first is None or self._newest - first < LAG:
                return False
            begin = first // BLOCK * BLOCK
            bounds = (begin, begin + STRETCH)
            texts = self._connection.execute(_TEXTS, bounds).fetchall()
        blocks = [(block, block_text(text)) for block, text in texts]
        with self._transaction():
            self._connection.executemany("INSERT INTO grams (rowid, texts) VALUES (?, ?)", blocks)
            self._connection.execute(_COVERED, (begin + STRETCH, len(blocks)))
        return True

    def _begin_anew(self) -> bool:
        """Forget all trigrams when most of them are of messages that are gone; whether they were.

        No single block can be taken out, for its texts would have to be told again. Searches look
        at every message until the trigrams are there again.
        """
        with self._lock:
            ((stale,),) = self._connection.execute(_STALE, (SPARE_BLOCKS,)).fetchall()
        if stale:
            with self._transaction():
                for statement in ("DROP TABLE grams", *GRAMS, _UNCOVER):
                    self._connection.execute(statement)
        return bool(stale)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _fitting(sizes: Sequence[int]) -> int:
    """How many of these make a step: at least one."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if total > STEP_OCTETS:
            return max(count, 1)
    return len(sizes)


_NEWEST = "SELECT coalesce(max(seq), 0) FROM documents"
_SIZES = "SELECT size FROM messages WHERE seq > :newest ORDER BY seq LIMIT :count"
_MESSAGES = f"""SELECT {", ".join(f"m.{name}" for name in codec.MESSAGE_COLUMNS)},
        (SELECT fields FROM attempts WHERE message = m.id ORDER BY seq DESC LIMIT 1), c.octets
    FROM messages m LEFT JOIN contents c ON c.key = m.seq * {PIECES}
    WHERE m.seq > :newest ORDER BY m.seq LIMIT :count"""
_PIECES = "SELECT octets FROM contents WHERE key >= ? AND key < ? ORDER BY key"
_UNCOVERED = "SELECT min(seq) FROM documents WHERE seq >= (SELECT covered FROM indexed)"
_TEXTS = f"""SELECT seq / {BLOCK}, group_concat({" || ".join(f'"{name}"' for name in FIELDS)}, '')
    FROM documents WHERE seq >= ? AND seq < ? GROUP BY seq / {BLOCK} ORDER BY 1"""
_COVERED = "UPDATE indexed SET covered = ?, blocks = blocks + ?"
_UNCOVER = "UPDATE indexed SET covered = 0, blocks = 0"
_STALE = """SELECT blocks > ? AND blocks > (SELECT messages FROM totals) FROM indexed"""

"""Searches: which messages a tree holds for, found a piece at a time.

A search goes through candidates in the order of ``seq`` and looks at each exactly. There are three
sources of them: all messages, those of an inbox, and the blocks that the trigrams of the tree are
in (see ``grams``); what is not in ``grams`` yet is gone through whole. One piece is one statement
of some milliseconds: no reader keeps its connection longer, or in memory, where all share one,
keeps the writer waiting.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from itertools import chain, repeat
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from mailtrap.search.tree import All, Node, Received
from mailtrap.store import codec
from mailtrap.store.base import Page, Window
from mailtrap.store.codec import Codec, MessageRow
from mailtrap.store.grams import BLOCK, match
from mailtrap.store.readers import Readers
from mailtrap.store.reads import PAGE
from mailtrap.store.records import Message
from mailtrap.store.sql import condition

T = TypeVar("T")

LARGEST = 2**63 - 1

Source: TypeAlias = Literal["messages", "inbox", "grams"]

SIZES: dict[Source, tuple[int, ...]] = {
    "messages": (128, 512, 2_048),
    "inbox": (128, 512, 2_048),
    "grams": (16, 64, 256),
}
"""Candidates of the first, second, and any further piece: a common word is found in the first."""

FEW = 20_000
"""An inbox with no more messages than this is gone through without asking the trigrams."""


class Reach(NamedTuple):
    """Seqs from ``low`` to ``high``, both included."""

    low: int
    high: int


class Stretch(NamedTuple):
    """A reach and where its candidates come from."""

    reach: Reach
    source: Source


class Row(NamedTuple, Generic[T]):
    """What is told of a message that was found: columns of ``t``, and how to read all of them."""

    columns: tuple[str, ...]
    rows: Codec[list[T]]


MESSAGES = Row(codec.MESSAGE_COLUMNS, Codec(list[MessageRow]))
IDS = Row(("id",), Codec(list[tuple[str]]))
SEQS = Row(("seq",), Codec(list[tuple[int]]))


class Search:
    """A question: a tree, in an inbox or in all."""

    def __init__(self, query: Node, inbox: str | None) -> None:
        self.inbox = inbox
        self.condition = condition(query)
        self.match = match(query)
        self.times = _times(query)
        self.values: dict[str, object] = {
            **self.condition.values,
            "match": self.match,
            "inbox": None if inbox is None else codec.plain(inbox),
        }


class Finder:
    """Answers searches. What is not indexed yet is not found: who asks sees to that before."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def page(self, window: Window) -> Page[Message]:
        """The rows of a window."""
        search = Search(window.query, window.inbox)
        rising = window.after is not None and window.before is None
        low = 0 if window.after is None else _bound(window.after) + 1
        high = LARGEST if window.before is None else _bound(window.before) - 1
        limit = min(max(window.limit, 0), PAGE)
        reach = await self._passed(search, Reach(low, high), window.offset, rising=rising)
        rows = await self._first(search, reach, limit + 1, rising=rising)
        more = len(rows) > limit
        del rows[limit:]
        newer = more if rising else await self._any(search, Reach(high + 1, LARGEST), rising=True)
        below = await self._any(search, Reach(0, low - 1), rising=False)
        return Page(
            rows=tuple(map(codec.message_of, reversed(rows) if rising else rows)),
            newer=newer,
            older=below or (more and not rising),
        )

    async def ids(
        self, query: Node, inbox: str | None, upto: int = LARGEST
    ) -> AsyncIterator[tuple[str, ...]]:
        """The ids of all that a tree holds for up to a seq, newest first, in pieces."""
        search = Search(query, inbox)
        async for rows in self._pieces(search, Reach(0, upto), IDS, rising=False):
            if rows:
                yield tuple(id_ for (id_,) in rows)

    async def _first(
        self, search: Search, reach: Reach, count: int, *, rising: bool
    ) -> list[MessageRow]:
        found: list[MessageRow] = []
        async for rows in self._pieces(search, reach, MESSAGES, rising=rising):
            found += rows
            if len(found) >= count:
                break
        return found[:count]

    async def _passed(self, search: Search, reach: Reach, offset: int, *, rising: bool) -> Reach:
        """The reach without the first ``offset`` that are found in it."""
        if offset <= 0:
            return reach
        passed = 0
        async for rows in self._pieces(search, reach, SEQS, rising=rising):
            passed += len(rows)
            if passed >= offset:
                (last,) = rows[len(rows) - 1 - (passed - offset)]
                return Reach(last + 1, reach.high) if rising else Reach(reach.low, last - 1)
        return Reach(1, 0)

    async def _any(self, search: Search, reach: Reach, *, rising: bool) -> bool:
        async for rows in self._pieces(search, reach, IDS, rising=rising):
            if rows:
                return True
        return False

    async def _pieces(
        self, search: Search, reach: Reach, row: Row[T], *, rising: bool
    ) -> AsyncIterator[list[T]]:
        if reach.low > reach.high:
            return
        stretches = await self._readers.run(_stretches, search, reach)
        for (low, high), source in stretches if rising else reversed(stretches):
            left = Reach(low, high)
            for size in _sizes(source):
                rows, end = await self._readers.run(
                    _piece, search, Stretch(left, source), row, size, rising=rising
                )
                yield rows
                if end is None:
                    break
                left = Reach(end + 1, high) if rising else Reach(low, end - 1)
                if left.low > left.high:
                    break


def _bound(seq: int) -> int:
    return min(max(seq, 0), LARGEST)


def _sizes(source: Source) -> Iterator[int]:
    sizes = SIZES[source]
    return chain(sizes, repeat(sizes[-1]))


def _stretches(connection: sqlite3.Connection, search: Search, reach: Reach) -> list[Stretch]:
    """The reach in one or two stretches, ascending, cut to where something can be."""
    reach = _cut(connection, search, reach)
    if search.inbox is not None and (search.match is None or _is_small(connection, search)):
        return [Stretch(reach, "inbox")]
    if search.match is None:
        return [Stretch(reach, "messages")]
    (covered,) = connection.execute("SELECT covered FROM indexed").fetchone()
    parts = (
        Stretch(Reach(reach.low, min(reach.high, covered - 1)), "grams"),
        Stretch(Reach(max(reach.low, covered), reach.high), "messages"),
    )
    return [part for part in parts if part.reach.low <= part.reach.high]


def _cut(connection: sqlite3.Connection, search: Search, reach: Reach) -> Reach:
    """The reach without what is older or newer than all the messages of the times asked for."""
    since, until = search.times
    if since is None and until is None:
        return reach
    low, high = connection.execute(
        """SELECT min(seq), max(seq) FROM messages
            WHERE received_at >= coalesce(?, -9e18) AND received_at < coalesce(?, 9e18)""",
        tuple(None if at is None else codec.microseconds(at) for at in search.times),
    ).fetchone()
    if low is None:
        return Reach(1, 0)
    return Reach(max(low, reach.low), min(high, reach.high))


def _is_small(connection: sqlite3.Connection, search: Search) -> bool:
    row = connection.execute(
        "SELECT messages FROM inboxes WHERE name = ?", (search.values["inbox"],)
    ).fetchone()
    return not row or row[0] <= FEW


_CANDIDATES: dict[Source, str] = {
    "messages": "SELECT seq, seq FROM messages WHERE seq BETWEEN :low AND :high ORDER BY seq",
    "inbox": """SELECT seq, seq FROM message_inboxes
        WHERE inbox = :inbox AND seq BETWEEN :low AND :high ORDER BY seq""",
    "grams": f"""SELECT rowid * {BLOCK}, rowid * {BLOCK} + {BLOCK - 1} FROM grams
        WHERE grams MATCH :match AND rowid BETWEEN :low / {BLOCK} AND :high / {BLOCK}
        ORDER BY rowid""",
}


def _piece(
    connection: sqlite3.Connection,
    search: Search,
    stretch: Stretch,
    row: Row[T],
    size: int,
    *,
    rising: bool,
) -> tuple[list[T], int | None]:
    """What is found among the next ``size`` candidates, in order, and the last seq looked at.

    None instead of that when there are no candidates behind them.
    """
    values = {
        **search.values,
        "low": stretch.reach.low,
        "high": stretch.reach.high,
        "size": size,
    }
    statement = _statement(search, stretch.source, row.columns, rising=rising)
    text, count, end = connection.execute(statement, values).fetchone()
    return row.rows.decode(text), end if count == size else None


def _statement(search: Search, source: Source, columns: tuple[str, ...], *, rising: bool) -> str:
    order, last = ("ASC", "max(high)") if rising else ("DESC", "min(low)")
    joined = "CROSS JOIN messages t ON t.seq BETWEEN c.low AND c.high"
    if search.condition.indexed:
        # Most candidates fall out by their document, before the row of the message is looked up.
        joined = """CROSS JOIN documents d ON d.seq BETWEEN c.low AND c.high
            CROSS JOIN messages t ON t.seq = d.seq"""
    # The plus keeps SQLite from going through all of the reach for each candidate.
    within = "+t.seq BETWEEN :low AND :high"
    if search.inbox is not None and source != "inbox":
        within += """ AND EXISTS
            (SELECT 1 FROM message_inboxes i WHERE i.inbox = :inbox AND i.seq = t.seq)"""
    told = ", ".join(columns)
    return f"""WITH c (low, high) AS MATERIALIZED ({_CANDIDATES[source]} {order} LIMIT :size)
        SELECT (SELECT json_group_array(json_array({told})) FROM
            (SELECT {", ".join(f"t.{name}" for name in columns)} FROM c {joined}
             WHERE {within} AND {search.condition.sql} ORDER BY t.seq {order})),
        (SELECT count(*) FROM c), (SELECT {last} FROM c)"""


def _times(query: Node) -> tuple[datetime | None, datetime | None]:
    """The earliest and latest time of receipt that a tree may hold for; None where any."""
    nodes = query.nodes if isinstance(query, All) else (query,)
    times = [one for one in nodes if isinstance(one, Received)]
    since = [one.since for one in times if one.since is not None]
    until = [one.until for one in times if one.until is not None]
    return max(since, default=None), min(until, default=None)

"""One write transaction: what may be done in it, and the changes it makes.

Every statement here handles many rows at once. Each step of a statement gives the interpreter's
lock away and waits for it again, up to 5 ms when the event loop is busy: 256 rows in one statement
instead of 256 make the writer many times faster just when it counts.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from mailtrap.mail.message import Summary
from mailtrap.smtp.findings import Finding
from mailtrap.store import codec
from mailtrap.store.edits import (
    ANY_OF,
    CLEAR_INBOX,
    CLEAR_UPTO,
    DIFFERS,
    OLDEST_OF_INBOX,
    UPDATES,
    Edit,
    target,
)
from mailtrap.store.filing import Filing
from mailtrap.store.inserts import Rows
from mailtrap.store.records import (
    DEFAULT_INBOX,
    Attempt,
    AttemptAdded,
    Change,
    Message,
    MessageAdded,
    MessagesCleared,
    MessagesDeleted,
    MessagesUpdated,
    NewAttempt,
    NewMessage,
    NewSession,
    SessionClosed,
    SessionOpened,
)
from mailtrap.store.schema import CLEAR, OLDEST_RECORDS

IDS_PER_CHANGE = 1_000
"""A change names at most so many ids; more make more changes."""

_OLDEST = codec.Codec(list[tuple[int, str, int, int]])


class Totals(NamedTuple):
    """The row of sums, as it stands inside the transaction."""

    seq: int
    messages: int
    unread: int
    octets: int
    attempts: int
    sessions: int
    attempt_octets: int
    session_octets: int


_TOTALS = ", ".join(Totals._fields)


class Reading(NamedTuple):
    """How a message is looked at on its way in: its summary, and findings on its content."""

    summarise: Callable[[bytes], Summary]
    inspect: Callable[[NewMessage], tuple[Finding, ...]]


class Transaction:
    """Writes between BEGIN and COMMIT, whose owner does both; ``changes`` is what to tell after.

    ``joined`` are the inboxes that messages came into.
    """

    def __init__(
        self, connection: sqlite3.Connection, seq: int, reading: Reading, filing: Filing
    ) -> None:
        self.changes: list[Change] = []
        self._connection = connection
        self._begun = self._seq = seq
        self._reading = reading
        self._rows = Rows()
        self._filing = filing
        self.joined: set[str] = set()

    @property
    def seq(self) -> int:
        """The newest seq given, of this transaction or before."""
        return self._seq

    def add(self, message: NewMessage, attempt: NewAttempt) -> int:
        """Store both; the message's seq."""
        stored = self._message(message)
        self._rows.add("messages", codec.message_row(stored))
        if self._filing.take(stored.seq, message.raw):
            self._rows.add("filed", (stored.seq,))
        else:
            self._rows.add_contents(stored.seq, message.raw)
        self.joined.update(stored.inboxes)
        self.changes.append(MessageAdded(stored.seq, stored))
        self.add_attempt(attempt)
        return stored.seq

    def add_attempt(self, attempt: NewAttempt) -> int:
        """Store an attempt; its seq."""
        seq = self._next()
        stored = Attempt(*msgspec.structs.astuple(attempt), seq=seq)
        inboxes = codec.names(attempt.inboxes)
        if inboxes != attempt.inboxes:
            stored = msgspec.structs.replace(stored, inboxes=inboxes)
        self._rows.add(
            "attempts",
            (
                seq,
                stored.id,
                stored.session,
                stored.message,
                stored.verdict,
                codec.text_of(stored.inboxes),
                codec.ATTEMPT.encode(stored),
            ),
        )
        self.changes.append(AttemptAdded(seq, stored))
        return seq

    def add_session(self, session: NewSession) -> int:
        """Store a session that ended; its seq."""
        listed = codec.numbered(session, self._next(), ())
        self._rows.add(
            "sessions",
            (
                listed.seq,
                listed.id,
                codec.text_of(listed.inboxes),
                codec.SESSION.encode(listed),
                codec.TRANSCRIPT.encode(session.transcript),
            ),
        )
        # Told without its transcript: what is told is remembered by the bus, and must not be large.
        self.changes.append(SessionClosed(listed.seq, listed))
        return listed.seq

    def open_session(self, session_id: str, listener: str, peer: str) -> int:
        """Announce a session; its seq."""
        seq = self._next()
        self.changes.append(SessionOpened(seq, session_id, listener, peer))
        return seq

    def delete(self, ids: Sequence[str]) -> int:
        """Delete messages by id; how many there were."""
        wanted = codec.NAMES.encode(codec.names(tuple(ids)))
        found = self._ids("id IN (SELECT value FROM json_each(:ids))", {"ids": wanted})
        self._connection.execute(
            "DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        )
        for some in _slices(found):
            self.changes.append(MessagesDeleted(self._next(), some, "request"))
        return len(found)

    def clear(self, inbox: str | None, upto: int | None = None) -> int:
        """Delete all messages, or all of an inbox, none newer than ``upto``; how many."""
        if upto is not None and self._is_newer(inbox, upto):
            return self._clear_upto(inbox, upto)
        count = self._clear_all() if inbox is None else self._clear_inbox(codec.plain(inbox))
        if count:
            self.changes.append(MessagesCleared(self._next(), inbox))
        return count

    def update(self, ids: Sequence[str] | None, inbox: str | None, edit: Edit) -> int:
        """Set the read flag and tags of these messages, or (ids None) of all; how many."""
        where, values = target(ids, inbox)
        values |= edit.values()
        changed = self._ids(f"{where} AND ({DIFFERS})", values)
        count = self._connection.execute(
            f"SELECT count(*) FROM messages WHERE {where}", values
        ).fetchone()[0]
        values["changed"] = codec.NAMES.encode(changed)
        for statement in UPDATES:
            self._connection.execute(statement, values)
        for some in _slices(changed):
            self.changes.append(
                MessagesUpdated(self._next(), some, edit.read, edit.add_tags, edit.remove_tags)
            )
        return int(count)

    def trim(self, surplus: Callable[[Sequence[tuple[int, int]]], int], rows: int) -> int:
        """Delete the oldest messages: as many of the ``rows`` oldest as ``surplus`` tells.

        It is given their sizes and times of receipt, oldest first. Gives how many went.
        """
        oldest = self._oldest(rows)
        count = surplus([(size, received_at) for _, _, size, received_at in oldest])
        if count:
            last = oldest[count - 1][0]
            self._connection.execute("DELETE FROM messages WHERE seq <= ?", (last,))
            ids = tuple(id_ for _, id_, _, _ in oldest[:count])
            self.changes.append(MessagesDeleted(self._next(), ids, "retention"))
        return count

    def held(self, inbox: str) -> tuple[int, int]:
        """How many messages an inbox has, and how many octets."""
        self._rows.write(self._connection)
        row = self._connection.execute(
            "SELECT messages, octets FROM inboxes WHERE name = ?", (inbox,)
        ).fetchone()
        return row or (0, 0)

    def trim_inbox(
        self, inbox: str, surplus: Callable[[Sequence[tuple[int, int]]], int], rows: int
    ) -> int:
        """Take the oldest messages out of an inbox, as ``trim``; those in no other are deleted."""
        text = self._connection.execute(OLDEST_OF_INBOX, (inbox, rows)).fetchone()[0]
        oldest = _OLDEST.decode(text)
        count = surplus([(size, received_at) for _, _, size, received_at in oldest])
        if count:
            ids = tuple(id_ for _, id_, _, _ in oldest[:count])
            values = {"inbox": inbox, "upto": oldest[count - 1][0]}
            for statement in CLEAR_INBOX:
                self._connection.execute(statement, values)
            kept = self._ids(
                "id IN (SELECT value FROM json_each(:ids))", {"ids": codec.NAMES.encode(ids)}
            )
            gone = tuple(id_ for id_ in ids if id_ not in set(kept))
            if gone:
                self.changes.append(MessagesDeleted(self._next(), gone, "retention"))
            if kept:
                self.changes.append(MessagesUpdated(self._next(), kept, None, (), ()))
        return count

    def trim_records(self, table: str, count: int) -> None:
        """Delete the ``count`` oldest of ``attempts`` or ``sessions``."""
        self._connection.execute(
            f"DELETE FROM {table} WHERE seq IN (SELECT seq FROM {table} ORDER BY seq LIMIT ?)",
            (count,),
        )

    def trim_record_octets(self, table: str, octets: int, rows: int) -> None:
        """Delete the oldest of ``attempts`` or ``sessions``: so many octets, of so many rows."""
        self._connection.execute(OLDEST_RECORDS[table], {"octets": octets, "rows": rows})

    def finish(self) -> None:
        """Hand to SQLite what came since ``write``, if anything did."""
        if self._seq != self._begun:
            self.write()

    def write(self) -> Totals:
        """Hand the collected rows and the newest seq to SQLite; the sums after that."""
        self._rows.write(self._connection)
        if self._seq == self._begun:
            row = self._connection.execute(f"SELECT {_TOTALS} FROM totals").fetchone()
        else:
            row = self._connection.execute(
                f"UPDATE totals SET seq = ? RETURNING {_TOTALS}", (self._seq,)
            ).fetchone()
            self._begun = self._seq
        return Totals(*row)

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _message(self, message: NewMessage) -> Message:
        return Message(
            seq=self._next(),
            id=message.id,
            received_at=message.received_at,
            size=len(message.raw),
            summary=self._reading.summarise(message.raw),
            envelope=message.envelope,
            trace=message.trace,
            inboxes=codec.names(message.inboxes) or (DEFAULT_INBOX,),
            tags=codec.names(message.tags),
            read=False,
            findings=message.findings + self._reading.inspect(message),
        )

    def _ids(self, where: str, values: dict[str, object]) -> tuple[str, ...]:
        self._rows.write(self._connection)
        (text,) = self._connection.execute(
            f"SELECT json_group_array(id) FROM messages WHERE {where}", values
        ).fetchone()
        return codec.NAMES.decode(text)

    def _oldest(self, count: int) -> list[tuple[int, str, int, int]]:
        self._rows.write(self._connection)
        (text,) = self._connection.execute(
            "SELECT json_group_array(json_array(seq, id, size, received_at)) FROM"
            " (SELECT seq, id, size, received_at FROM messages ORDER BY seq LIMIT ?)",
            (count,),
        ).fetchone()
        return _OLDEST.decode(text)

    def _clear_all(self) -> int:
        count = self.write().messages
        for statement in CLEAR:
            self._connection.execute(statement)
        return count

    def _clear_inbox(self, inbox: str) -> int:
        totals = self.write()
        row = self._connection.execute(
            "SELECT messages FROM inboxes WHERE name = ?", (inbox,)
        ).fetchone()
        count = int(row[0]) if row else 0
        others = self._connection.execute(
            "SELECT 1 FROM inboxes WHERE name <> ?", (inbox,)
        ).fetchone()
        if count == totals.messages and not others:
            return self._clear_all() if count else 0
        for statement in CLEAR_INBOX:
            self._connection.execute(statement, {"inbox": inbox, "upto": self._seq})
        return count

    def _is_newer(self, inbox: str | None, seq: int) -> bool:
        self._rows.write(self._connection)
        where, values = target(None, inbox)
        (found,) = self._connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM messages WHERE seq > :seq AND {where})",
            values | {"seq": seq},
        ).fetchone()
        return bool(found)

    def _clear_upto(self, inbox: str | None, upto: int) -> int:
        where, values = target(None, inbox)
        values["upto"] = upto
        found = self._ids(f"seq <= :upto AND {where}", values)
        for statement in CLEAR_UPTO if inbox is None else CLEAR_INBOX:
            self._connection.execute(statement, values)
        kept = self._ids(f"seq <= :upto AND {ANY_OF}", values | {"ids": codec.NAMES.encode(found)})
        left = set(kept)
        for some in _slices(tuple(id_ for id_ in found if id_ not in left)):
            self.changes.append(MessagesDeleted(self._next(), some, "request"))
        for some in _slices(kept):
            self.changes.append(MessagesUpdated(self._next(), some, None, (), ()))
        return len(found)


def _slices(ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for begin in range(0, len(ids), IDS_PER_CHANGE):
        yield ids[begin : begin + IDS_PER_CHANGE]

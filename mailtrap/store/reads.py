"""What may be asked of the tables.

Every question is one statement that gives one row: it sees one consistent state, and it takes the
interpreter's lock once, not once a row. SQLite makes JSON of many rows and msgspec reads it.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from mailtrap.store import codec
from mailtrap.store.base import Concerning, Counts, InboxCount, Page, StoreError, Window
from mailtrap.store.codec import Codec, MessageRow
from mailtrap.store.contents import Contents
from mailtrap.store.places import placed
from mailtrap.store.records import Attempt, Message, Session, Verdict
from mailtrap.store.schema import PIECE, PIECES

R = TypeVar("R")
T = TypeVar("T")

PAGE = 10_000
"""No page has more rows than this, whatever is asked."""

_LARGEST = 2**63 - 1

Texts = tuple[int, str]
"""The values of ``seq`` and ``fields``."""


class Listing(NamedTuple):
    """A table that is listed by ``seq``, its table of inboxes, and the columns of a row."""

    table: str
    link: str
    columns: tuple[str, ...]


_MESSAGES = Listing("messages", "message_inboxes", codec.MESSAGE_COLUMNS)
_ATTEMPTS = Listing("attempts", "attempt_inboxes", ("seq", "fields"))
_SESSIONS = Listing("sessions", "session_inboxes", ("seq", "fields"))

_MESSAGE_ROWS = Codec(list[MessageRow])
_TEXT_ROWS = Codec(list[Texts])
_COUNTS_CODEC = Codec(Counts)
_TAG_COUNTS = Codec(dict[str, int])


def messages(connection: sqlite3.Connection, window: Window) -> Page[Message]:
    """A page of messages; of its ``query`` nothing is asked here."""
    return _page(
        connection, _MESSAGES, placed(connection, window), {}, _MESSAGE_ROWS, codec.message_of
    )


_FILTERS: Mapping[str, str] = {
    "verdict": "t.verdict = :verdict",
    "session": "t.session = :session",
    "sender": "lower(json_extract(t.fields, '$.reverse_path')) = lower(:sender)",
    "recipient": """EXISTS (SELECT 1 FROM json_each(t.fields, '$.recipients') r
        WHERE lower(json_extract(r.value, '$.address')) = lower(:recipient))""",
    "rule": "EXISTS (SELECT 1 FROM json_each(t.fields, '$.rules') r WHERE r.value = :rule)",
}
"""What a list of attempts can be narrowed to. Those without an index look at every attempt, of
which retention allows a bounded number."""


def attempts(
    connection: sqlite3.Connection,
    window: Window,
    verdict: Verdict | None,
    session: str | None,
    concerning: Concerning | None = None,
) -> Page[Attempt]:
    """A page of attempts, all or those that ended so, of a session, or with these parties."""
    parties = concerning or Concerning()
    wanted = {
        "verdict": verdict,
        "session": session,
        "sender": parties.sender,
        "recipient": parties.recipient,
        "rule": parties.rule,
    }
    filters = {name: codec.plain(value) for name, value in wanted.items() if value is not None}
    return _page(connection, _ATTEMPTS, window, filters, _TEXT_ROWS, _attempt_of)


def sessions(connection: sqlite3.Connection, window: Window) -> Page[Session]:
    """A page of sessions, without their transcripts."""
    return _page(connection, _SESSIONS, window, {}, _TEXT_ROWS, _session_of)


def message(connection: sqlite3.Connection, message_id: str) -> Message | None:
    """One message by id."""
    row = connection.execute(_ONE_MESSAGE, (codec.plain(message_id),)).fetchone()
    return codec.message_of(row) if row else None


def attempt(connection: sqlite3.Connection, column: str, value: str) -> Attempt | None:
    """The newest attempt whose ``id`` or ``message`` is this."""
    row = connection.execute(_ONE_ATTEMPT[column], (codec.plain(value),)).fetchone()
    return codec.ATTEMPT.decode(row[0]) if row else None


def session(connection: sqlite3.Connection, session_id: str) -> Session | None:
    """One session, whole."""
    row = connection.execute(_ONE_SESSION, (codec.plain(session_id),)).fetchone()
    if not row:
        return None
    return codec.numbered(codec.SESSION.decode(row[0]), row[1], codec.TRANSCRIPT.decode(row[2]))


def counts(connection: sqlite3.Connection) -> Counts:
    """The sums, and those of each inbox by name."""
    (text,) = connection.execute(_COUNTS).fetchone()
    return _COUNTS_CODEC.decode(text)


def held(connection: sqlite3.Connection, inbox: str | None) -> InboxCount:
    """The sums of one inbox, or those of all."""
    name = None if inbox is None else codec.plain(inbox)
    row = connection.execute(_HELD, {"inbox": name}).fetchone()
    return InboxCount(inbox or "", *(row or (0, 0, 0)))


def tags(connection: sqlite3.Connection) -> dict[str, int]:
    """The tags in use, by name, and how many messages have each."""
    (text,) = connection.execute("SELECT json_group_object(name, messages) FROM tags").fetchone()
    return dict(sorted(_TAG_COUNTS.decode(text).items()))


class Stored(NamedTuple):
    """Where a message's octets are, how many, and the first piece (empty where there is none)."""

    seq: int
    size: int
    first: bytes


def stored(connection: sqlite3.Connection, message_id: str, contents: Contents) -> Stored | None:
    """A message's octets: the first piece at once, the others by ``piece``. Raises StoreError."""
    row = connection.execute(_STORED, (codec.plain(message_id),)).fetchone()
    if row is None:
        return None
    seq, size, first = row
    if first is None and size:
        first = piece(connection, seq, 0, contents)
        if len(first or b"") < min(size, PIECE):
            # Removed between the two looks, as it is to be; or by somebody else.
            if connection.execute(_ONE_MESSAGE, (codec.plain(message_id),)).fetchone() is None:
                return None
            raise StoreError(f"the file with the content of message {message_id} is missing")
    return Stored(seq, size, first or b"")


def piece(
    connection: sqlite3.Connection, seq: int, number: int, contents: Contents
) -> bytes | None:
    """One piece of a message's octets; None when the message is gone."""
    key = (seq * PIECES + number,)
    row: tuple[bytes] | None = connection.execute(_PIECE, key).fetchone()
    if row:
        return row[0]
    if connection.execute("SELECT 1 FROM messages WHERE seq = ?", (seq,)).fetchone() is None:
        return None  # its octets may not have been removed yet
    return contents.read(seq, number * PIECE, PIECE)


_COLUMNS = ", ".join(codec.MESSAGE_COLUMNS)
_ONE_MESSAGE = f"SELECT {_COLUMNS} FROM messages WHERE id = ?"
_ONE_ATTEMPT = {
    "id": "SELECT fields FROM attempts WHERE id = ?",
    "message": "SELECT fields FROM attempts WHERE message = ? ORDER BY seq DESC LIMIT 1",
}
_ONE_SESSION = "SELECT fields, seq, transcript FROM sessions WHERE id = ?"
_PIECE = "SELECT octets FROM contents WHERE key = ?"
_COUNTS = """SELECT json_object('seq', seq, 'messages', messages, 'unread', unread,
    'octets', octets, 'attempts', attempts, 'sessions', sessions, 'inboxes', json((
        SELECT json_group_array(json_object('name', name, 'messages', messages,
            'unread', unread, 'octets', octets))
        FROM (SELECT * FROM inboxes ORDER BY name))))
    FROM totals"""
_HELD = """SELECT messages, unread, octets FROM totals WHERE :inbox IS NULL
    UNION ALL SELECT messages, unread, octets FROM inboxes WHERE name = :inbox"""
_STORED = f"""SELECT seq, size, (SELECT octets FROM contents WHERE key = seq * {PIECES})
    FROM messages WHERE id = ?"""


def _page(
    connection: sqlite3.Connection,
    listing: Listing,
    window: Window,
    filters: Mapping[str, str],
    rows_codec: Codec[list[R]],
    record: Callable[[R], T],
) -> Page[T]:
    rising = window.after is not None and window.before is None
    limit = min(max(window.limit, 0), PAGE)
    values: dict[str, object] = {
        **filters,
        "inbox": None if window.inbox is None else codec.plain(window.inbox),
        "before": _bound(window.before),
        "after": _bound(window.after),
        "rows": limit + 1,
        "offset": max(window.offset, 0),
    }
    text, above, below = connection.execute(
        _page_statement(listing, tuple(filters), window, rising=rising), values
    ).fetchone()
    rows = rows_codec.decode(text)
    more = len(rows) > limit
    del rows[limit:]
    return Page(
        rows=tuple(record(row) for row in (reversed(rows) if rising else rows)),
        newer=more if rising else bool(above),
        older=bool(below) or (more and not rising),
    )


def _page_statement(
    listing: Listing, filters: tuple[str, ...], window: Window, *, rising: bool
) -> str:
    """One row: the rows as JSON, one more than asked; whether there are any beyond the bounds."""
    table, seq = f"{listing.table} t", "t.seq"
    conditions = [_FILTERS[name] for name in filters] or ["true"]
    if window.inbox is not None:
        table, seq = f"{listing.link} l JOIN {listing.table} t ON t.seq = l.seq", "l.seq"
        conditions.append("l.inbox = :inbox")
    bounds = [
        condition
        for bound, condition in (
            (window.before, f"{seq} < :before"),
            (window.after, f"{seq} > :after"),
        )
        if bound is not None
    ]
    those = f"FROM {table} WHERE {' AND '.join(conditions)}"
    within = " AND ".join([those, *bounds])
    columns = ", ".join(listing.columns)
    return f"""SELECT
        (SELECT json_group_array(json_array({columns})) FROM
            (SELECT {", ".join(f"t.{name}" for name in listing.columns)} {within}
             ORDER BY {seq} {"ASC" if rising else "DESC"} LIMIT :rows OFFSET :offset)),
        :before IS NOT NULL AND EXISTS (SELECT 1 {those} AND {seq} >= :before),
        :after IS NOT NULL AND EXISTS (SELECT 1 {those} AND {seq} <= :after)"""


def _bound(seq: int | None) -> int | None:
    return None if seq is None else min(max(seq, -_LARGEST), _LARGEST)


def _attempt_of(row: Texts) -> Attempt:
    return codec.ATTEMPT.decode(row[1])


def _session_of(row: Texts) -> Session:
    return codec.SESSION.decode(row[1])

"""The statements that read what figures are made of: each gives one piece, as JSON.

JSON goes out as it stands in the column (``->``): a lone surrogate in it is an escape, which SQLite
could not give as text.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from mailtrap.store import codec
from mailtrap.store.codec import Codec
from mailtrap.store.insights.frame import Frame
from mailtrap.store.insights.tally import AttemptFacts, MessageFacts, SessionFacts

R = TypeVar("R")

RECIPIENTS: Final = 20
"""Recipients of one message that are counted."""

OUTERMOST: Final = 100
"""Rows at both ends that may hold the earliest and latest time: seq follows commits, not clocks."""

Values: TypeAlias = Mapping[str, object]
Count: TypeAlias = tuple[int, int, int, int]
"""Place, messages, unread, octets."""


class Source(NamedTuple, Generic[R]):
    """A table, its table of inboxes, a row's facts as JSON, and how to read many of them."""

    table: str
    link: str
    facts: str
    codec: Codec[list[R]]
    condition: str = "true"


_BROKEN = """(SELECT json_group_array(json_array(
    value -> '$.id', value -> '$.severity', value -> '$.message'))
    FROM json_each(t.fields, '$.findings'))"""

MESSAGES: Final = Source(
    "messages",
    "message_inboxes",
    f"""json_array(t.seq, t.size, t.fields -> '$.envelope.reverse_path.address',
        t.fields -> '$.summary.message_id', t.fields -> '$.summary.subject',
        (SELECT json_group_array(value -> '$.path.address')
            FROM json_each(t.fields, '$.envelope.recipients') WHERE key < {RECIPIENTS}),
        {_BROKEN})""",
    Codec(list[MessageFacts]),
    "t.received_at >= :since AND t.received_at < :until",
)
ATTEMPTS: Final = Source(
    "attempts",
    "attempt_inboxes",
    """json_array(t.seq, t.fields -> '$.started_at', t.fields -> '$.ended_at', t.verdict,
        t.fields -> '$.reply')""",
    Codec(list[AttemptFacts]),
)
SESSIONS: Final = Source(
    "sessions",
    "session_inboxes",
    f"json_array(t.seq, t.fields -> '$.started_at', {_BROKEN})",
    Codec(list[SessionFacts]),
)

_COUNTS = Codec(list[Count])
_MOMENTS = Codec(list[datetime])
_NUMBERS = Codec(list[int])


def outermost(connection: sqlite3.Connection, inbox: str | None) -> list[int]:
    """Moments among which are the earliest and the latest of messages and attempts."""
    stored = _ends(connection, MESSAGES, "t.received_at", inbox)
    tried = _ends(connection, ATTEMPTS, "t.fields -> '$.ended_at'", inbox)
    return [
        *(moment for text in stored for moment in _NUMBERS.decode(text)),
        *(codec.microseconds(moment) for text in tried for moment in _MOMENTS.decode(text)),
    ]


def reach(connection: sqlite3.Connection, values: Values) -> tuple[int, int]:
    """The seqs of messages within the span, of any inbox, from and below; (0, 0) for none."""
    statement = """SELECT min(seq), max(seq) FROM messages
        WHERE received_at >= :since AND received_at < :until"""
    low, high = connection.execute(statement, values).fetchone()
    return (0, 0) if low is None else (low, high + 1)


def count(connection: sqlite3.Connection, frame: Frame, values: Values) -> list[Count]:
    """Of messages with a seq from ``low`` to below ``high``: place, count, unread, octets."""
    rows, seq = _from(MESSAGES, values["inbox"])
    (text,) = connection.execute(
        f"""SELECT json_group_array(json_array(place, count, unread, octets)) FROM (
            SELECT (t.received_at - :begin) / :width place, count(*) count,
                sum(1 - t.read) unread, sum(t.size) octets
            FROM {rows} AND {seq} >= :low AND {seq} < :high AND {MESSAGES.condition} GROUP BY 1)""",
        {**values, "begin": frame.begin, "width": frame.width},
    ).fetchone()
    return _COUNTS.decode(text)


def facts(connection: sqlite3.Connection, source: Source[R], values: Values) -> list[R]:
    """The newest ``rows`` rows with a seq from ``low`` to below ``high``."""
    rows, seq = _from(source, values["inbox"])
    (text,) = connection.execute(
        f"""SELECT json_group_array(json(facts)) FROM (SELECT {source.facts} facts FROM {rows}
            AND {seq} >= :low AND {seq} < :high AND {source.condition}
            ORDER BY {seq} DESC LIMIT :rows)""",
        values,
    ).fetchone()
    return source.codec.decode(text)


def transcripts(connection: sqlite3.Connection, seqs: Sequence[int]) -> list[str]:
    """The transcripts of these sessions, as JSON; without those that are gone."""
    return [
        text
        for (text,) in connection.execute(
            """SELECT transcript FROM sessions WHERE seq IN (SELECT value FROM json_each(?))""",
            (json.dumps(seqs),),
        )
    ]


def _from(source: Source[R], inbox: object) -> tuple[str, str]:
    """Where rows ``t`` come from, with a condition at its end; and the column of their seq."""
    if inbox is None:
        return f"{source.table} t WHERE true", "t.seq"
    link = f"{source.link} l JOIN {source.table} t ON t.seq = l.seq WHERE l.inbox = :inbox"
    return link, "l.seq"


def _ends(
    connection: sqlite3.Connection, source: Source[R], column: str, inbox: str | None
) -> list[str]:
    """A column of the oldest rows and of the newest ones, as JSON."""
    values = {"inbox": None if inbox is None else codec.plain(inbox), "rows": OUTERMOST}
    rows, seq = _from(source, inbox)
    return [
        connection.execute(
            f"""SELECT json_group_array(json(at)) FROM (SELECT {column} at FROM {rows}
                ORDER BY {seq} {way} LIMIT :rows)""",
            values,
        ).fetchone()[0]
        for way in ("ASC", "DESC")
    ]

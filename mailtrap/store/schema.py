"""The tables, as numbered migrations. What is derived is kept by triggers, never by callers.

``message_inboxes``, ``message_tags``, ``inboxes``, ``tags`` and the sums in ``totals`` follow from
the columns of ``messages``, ``attempts`` and ``sessions``: whoever inserts, updates or deletes
there, with whatever tool, the counts stay right. It also keeps a batch down to a handful of
statements, each of which runs without the interpreter's lock.

``contents`` holds a message's octets in pieces: piece ``p`` of message ``seq`` has the key
``seq * 65536 + p``. A large message then needs no more memory than one piece, in and out. Those of
a message in ``filed`` are in a file beside the database instead; ``orphans`` are files that still
have to be removed, for their messages are gone.

``documents`` and ``grams`` are written behind, by the indexer: a message has its row in
``documents`` soon after its commit, the newest of all telling how far it came. ``grams`` has the
blocks of documents whose seq is below ``covered``, and ``blocks`` counts its rows, also of those
whose messages are gone.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

from typing import TypeAlias

from mailtrap.store.sql import COLUMNS

Migration: TypeAlias = tuple[str, ...]
"""The statements that lead from one version to the next."""

APPLICATION_ID = 0x6D747270
"""``mtrp``: how SQLite's header tells that a file is ours."""

PIECE = 256 * 1024
"""Octets of one row of ``contents``."""

PIECES = 65_536
"""How many keys of ``contents`` each message has."""

_TOTALS = (
    """CREATE TABLE totals (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        seq INTEGER NOT NULL, messages INTEGER NOT NULL, unread INTEGER NOT NULL,
        octets INTEGER NOT NULL, attempts INTEGER NOT NULL, sessions INTEGER NOT NULL)""",
    "INSERT INTO totals VALUES (1, 0, 0, 0, 0, 0, 0)",
)

_MESSAGES = (
    """CREATE TABLE messages (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_at INTEGER NOT NULL,
        size INTEGER NOT NULL, read INTEGER NOT NULL, inboxes TEXT NOT NULL, tags TEXT NOT NULL,
        fields TEXT NOT NULL)""",
    "CREATE INDEX messages_by_time ON messages (received_at)",
    "CREATE TABLE contents (key INTEGER PRIMARY KEY, octets BLOB NOT NULL)",
    """CREATE TABLE message_inboxes (inbox TEXT NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY (inbox, seq)) WITHOUT ROWID""",
    """CREATE TABLE message_tags (tag TEXT NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY (tag, seq)) WITHOUT ROWID""",
    """CREATE TABLE inboxes (name TEXT PRIMARY KEY, messages INTEGER NOT NULL,
        unread INTEGER NOT NULL, octets INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE tags (name TEXT PRIMARY KEY, messages INTEGER NOT NULL) WITHOUT ROWID",
)

_IN_ORDER: Migration = ("CREATE INDEX messages_in_order ON messages (seq)",)
"""``seq`` is the key of the rows; places in the list are counted in this index, which is narrow."""

GRAMS: Migration = (
    # Without positions and contents, and in the case of the texts, which are folded.
    """CREATE VIRTUAL TABLE grams USING fts5 (texts, content = '', columnsize = 0, detail = none,
        tokenize = 'trigram case_sensitive 1')""",
)

_DOCUMENTS = (
    f"""CREATE TABLE documents (seq INTEGER PRIMARY KEY,
        {", ".join(f'"{name}" TEXT NOT NULL' for name in COLUMNS)})""",
    *GRAMS,
)

_INDEXED = (
    """CREATE TABLE indexed (
        one INTEGER PRIMARY KEY CHECK (one = 1), covered INTEGER NOT NULL,
        blocks INTEGER NOT NULL)""",
    "INSERT INTO indexed VALUES (1, 0, 0)",
)

_JOIN_INBOXES = """
    INSERT INTO message_inboxes SELECT value, new.seq FROM json_each(new.inboxes);
    INSERT INTO inboxes SELECT value, 1, 1 - new.read, new.size FROM json_each(new.inboxes)
        WHERE true ON CONFLICT (name) DO UPDATE SET messages = messages + 1,
        unread = unread + excluded.unread, octets = octets + excluded.octets;"""

_LEAVE_INBOXES = """
    DELETE FROM message_inboxes WHERE seq = old.seq
        AND inbox IN (SELECT value FROM json_each(old.inboxes));
    UPDATE inboxes SET messages = messages - 1, unread = unread - (1 - old.read),
        octets = octets - old.size WHERE name IN (SELECT value FROM json_each(old.inboxes));
    DELETE FROM inboxes WHERE messages = 0
        AND name IN (SELECT value FROM json_each(old.inboxes));"""

_JOIN_TAGS = """
    INSERT INTO message_tags SELECT value, new.seq FROM json_each(new.tags);
    INSERT INTO tags SELECT value, 1 FROM json_each(new.tags)
        WHERE true ON CONFLICT (name) DO UPDATE SET messages = messages + 1;"""

_LEAVE_TAGS = """
    DELETE FROM message_tags WHERE seq = old.seq
        AND tag IN (SELECT value FROM json_each(old.tags));
    UPDATE tags SET messages = messages - 1
        WHERE name IN (SELECT value FROM json_each(old.tags));
    DELETE FROM tags WHERE messages = 0 AND name IN (SELECT value FROM json_each(old.tags));"""

_MESSAGE_TRIGGERS = (
    f"""CREATE TRIGGER message_added AFTER INSERT ON messages BEGIN {_JOIN_INBOXES}
        UPDATE totals SET messages = messages + 1, unread = unread + 1 - new.read,
            octets = octets + new.size; END""",
    f"""CREATE TRIGGER message_deleted AFTER DELETE ON messages BEGIN {_LEAVE_INBOXES}
        DELETE FROM contents
            WHERE key >= old.seq * {PIECES} AND key < (old.seq + 1) * {PIECES};
        DELETE FROM documents WHERE seq = old.seq;
        UPDATE totals SET messages = messages - 1, unread = unread - (1 - old.read),
            octets = octets - old.size; END""",
    f"""CREATE TRIGGER message_added_with_tags AFTER INSERT ON messages
        WHEN new.tags <> '[]' BEGIN {_JOIN_TAGS} END""",
    f"""CREATE TRIGGER message_deleted_with_tags AFTER DELETE ON messages
        WHEN old.tags <> '[]' BEGIN {_LEAVE_TAGS} END""",
    """CREATE TRIGGER message_read AFTER UPDATE OF read ON messages
        WHEN old.read <> new.read BEGIN
        UPDATE inboxes SET unread = unread + old.read - new.read
            WHERE name IN (SELECT value FROM json_each(old.inboxes));
        UPDATE totals SET unread = unread + old.read - new.read; END""",
    f"""CREATE TRIGGER message_tagged AFTER UPDATE OF tags ON messages
        WHEN old.tags <> new.tags BEGIN {_LEAVE_TAGS} {_JOIN_TAGS} END""",
    f"""CREATE TRIGGER message_moved AFTER UPDATE OF inboxes ON messages
        WHEN old.inboxes <> new.inboxes BEGIN {_LEAVE_INBOXES} {_JOIN_INBOXES} END""",
)


def _listed(table: str, link: str) -> Migration:
    """The table of inboxes of ``attempts`` or ``sessions``, and its triggers."""
    return (
        f"""CREATE TABLE {link} (inbox TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (inbox, seq)) WITHOUT ROWID""",
        *_counted(table, link, "{count} = {count} {sign} 1"),
    )


def _counted(table: str, link: str, sums: str) -> Migration:
    """The triggers of ``attempts`` or ``sessions``: what they do to the sums in ``totals``."""
    plus = sums.format(count=table, sign="+", row="new")
    minus = sums.format(count=table, sign="-", row="old")
    return (
        f"""CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
            INSERT INTO {link} SELECT value, new.seq FROM json_each(new.inboxes);
            UPDATE totals SET {plus}; END""",
        f"""CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN
            DELETE FROM {link} WHERE seq = old.seq
                AND inbox IN (SELECT value FROM json_each(old.inboxes));
            UPDATE totals SET {minus}; END""",
    )


_ATTEMPTS = (
    """CREATE TABLE attempts (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session TEXT NOT NULL, message TEXT,
        verdict TEXT NOT NULL, inboxes TEXT NOT NULL, fields TEXT NOT NULL)""",
    "CREATE INDEX attempts_of_session ON attempts (session, seq)",
    "CREATE INDEX attempts_of_message ON attempts (message) WHERE message IS NOT NULL",
    *_listed("attempts", "attempt_inboxes"),
)

_SESSIONS = (
    """CREATE TABLE sessions (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, inboxes TEXT NOT NULL,
        fields TEXT NOT NULL, transcript TEXT NOT NULL)""",
    *_listed("sessions", "session_inboxes"),
)

_LARGE = {
    "attempts": ("attempt", "length({row}.fields)"),
    "sessions": ("session", "(length({row}.fields) + length({row}.transcript))"),
}
"""How large a row is: the characters of what its client could make long."""


def _measured(table: str, one: str, size: str) -> Migration:
    """The room that the rows of a table take, in ``totals``."""
    sums = f"{{count}} = {{count}} {{sign}} 1, {one}_octets = {one}_octets {{sign}} {size}"
    return (
        f"""ALTER TABLE totals ADD COLUMN {one}_octets INTEGER NOT NULL DEFAULT 0""",
        f"""UPDATE totals SET {one}_octets =
            (SELECT coalesce(sum({size.format(row="t")}), 0) FROM {table} t)""",
        f"DROP TRIGGER {table}_added",
        f"DROP TRIGGER {table}_deleted",
        *_counted(table, f"{one}_inboxes", sums),
    )


_RECORDS: Migration = tuple(
    statement for table, row in _LARGE.items() for statement in _measured(table, *row)
)
"""A stranger could make each of them large."""

OLDEST_RECORDS = {
    table: f"""DELETE FROM {table} WHERE seq IN (SELECT seq FROM
        (SELECT seq, sum({size.format(row="t")}) OVER (ORDER BY seq) - {size.format(row="t")}
            AS before FROM (SELECT * FROM {table} ORDER BY seq LIMIT :rows) t)
        WHERE before < :octets)"""
    for table, (_, size) in _LARGE.items()
}
"""Delete the oldest rows, as many as it takes to be so many octets less; at most ``rows``."""

_FILED_TRIGGERS: Migration = (
    """CREATE TRIGGER message_filed_deleted AFTER DELETE ON messages BEGIN
        INSERT INTO orphans SELECT seq FROM filed WHERE seq = old.seq;
        DELETE FROM filed WHERE seq = old.seq; END""",
)

_FILED: Migration = (
    "CREATE TABLE filed (seq INTEGER PRIMARY KEY)",
    "CREATE TABLE orphans (seq INTEGER PRIMARY KEY)",
    *_FILED_TRIGGERS,
)

MIGRATIONS: tuple[Migration, ...] = (
    (
        *_TOTALS,
        *_INDEXED,
        *_MESSAGES,
        *_DOCUMENTS,
        *_MESSAGE_TRIGGERS,
        *_ATTEMPTS,
        *_SESSIONS,
    ),
    _IN_ORDER,
    _RECORDS,
    _FILED,
)
"""Migration ``n`` (from 0) makes version ``n + 1``. A released one never changes."""

CLEAR: Migration = (
    "DROP TABLE messages",
    "DROP TABLE contents",
    "DROP TABLE message_inboxes",
    "DROP TABLE message_tags",
    "DROP TABLE inboxes",
    "DROP TABLE tags",
    "DROP TABLE documents",
    "DROP TABLE grams",
    *_MESSAGES,
    *_DOCUMENTS,
    *_MESSAGE_TRIGGERS,
    *_IN_ORDER,
    *_FILED_TRIGGERS,
    "INSERT INTO orphans SELECT seq FROM filed",
    "DELETE FROM filed",
    "UPDATE totals SET messages = 0, unread = 0, octets = 0",
    "UPDATE indexed SET covered = 0, blocks = 0",
)
"""Delete all messages, by the page and not by the row. It is of the newest version."""

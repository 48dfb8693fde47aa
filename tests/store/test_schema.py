import re
import sqlite3
from contextlib import closing

from mailtrap.store.files import open_memory
from mailtrap.store.schema import APPLICATION_ID, CLEAR, MIGRATIONS, PIECE, PIECES


def tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return sorted((name, re.sub(r"\\s+", " ", sql)) for name, sql in rows)


def test_clear_leaves_the_tables_of_the_newest_version() -> None:
    with closing(open_memory(MIGRATIONS)) as connection:
        before = tables(connection)
        for statement in CLEAR:
            connection.execute(statement)
        assert tables(connection) == before


def test_the_application_id_is_our_four_letters() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"mtrp"


def test_every_large_message_has_keys_enough() -> None:
    assert PIECE * PIECES == 16 * 1024**3


def test_the_counts_stay_right_whoever_writes() -> None:
    row = "(:seq, :seq, 0, 5, 0, '[\"a\", \"b\"]', '[\"t\"]', '{}')"
    with closing(open_memory(MIGRATIONS)) as connection:
        for seq in (1, 2, 3):
            connection.execute(f"INSERT INTO messages VALUES {row}", {"seq": seq})
        connection.execute("DELETE FROM messages WHERE seq = 2")
        connection.execute("UPDATE messages SET read = 1 WHERE seq = 3")
        connection.execute("UPDATE messages SET inboxes = '[\"b\"]', tags = '[]' WHERE seq = 3")
        inboxes = connection.execute("SELECT * FROM inboxes ORDER BY name").fetchall()
        assert inboxes == [("a", 1, 1, 5), ("b", 2, 1, 10)]
        assert connection.execute("SELECT * FROM tags").fetchall() == [("t", 1)]
        totals = connection.execute("SELECT messages, unread, octets FROM totals").fetchone()
        assert totals == (2, 1, 10)

import sqlite3
from contextlib import closing

import pytest

from mailtrap.store.files import open_memory
from mailtrap.store.inserts import Rows
from mailtrap.store.schema import MIGRATIONS, PIECE, PIECES


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 63, 64, 65, 255, 256, 257, 600])
def test_any_number_of_rows_is_written_once_each(count: int) -> None:
    rows = Rows()
    for seq in range(count):
        rows.add("sessions", (seq, f"s{seq}", "[]", "{}", "[]"))
    with closing(open_memory(MIGRATIONS)) as connection:
        rows.write(connection)
        rows.write(connection)
        stored = connection.execute("SELECT seq FROM sessions ORDER BY seq").fetchall()
    assert stored == [(seq,) for seq in range(count)]


def test_few_statements_write_many_rows() -> None:
    rows, statements = Rows(), list[str]()
    for seq in range(1, 513):
        rows.add_contents(seq, b"octets")
    with closing(open_memory(MIGRATIONS)) as connection:
        connection.set_trace_callback(statements.append)
        rows.write(connection)
    assert len(statements) == 2


def test_contents_are_cut_into_pieces_with_the_keys_of_their_message() -> None:
    rows = Rows()
    rows.add_contents(3, b"a" * PIECE + b"b")
    with closing(open_memory(MIGRATIONS)) as connection:
        rows.write(connection)
        stored = connection.execute("SELECT key, length(octets) FROM contents").fetchall()
    assert stored == [(3 * PIECES, PIECE), (3 * PIECES + 1, 1)]


def test_a_row_that_cannot_be_written_is_an_error_of_sqlite() -> None:
    rows = Rows()
    for _ in range(2):
        rows.add("sessions", (1, "same", "[]", "{}", "[]"))
    with closing(open_memory(MIGRATIONS)) as connection, pytest.raises(sqlite3.IntegrityError):
        rows.write(connection)

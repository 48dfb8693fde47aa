"""Rows on their way into the tables: collected, then written by few statements."""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from mailtrap.store.schema import PIECE, PIECES

Row: TypeAlias = tuple[object, ...]

_FEW = 16
_COUNTS = (256, 64, _FEW)
"""How many rows one INSERT may have, or any number up to _FEW: few statements to keep prepared,
few steps for a batch."""

_SMALL = 16 * 1024
"""Contents up to this size share a statement: SQLite copies all that one statement binds."""


class Rows:
    """New rows of one transaction."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {
            table: [] for table in ("messages", "contents", "filed", "attempts", "sessions")
        }
        self._large: list[Row] = []

    def add(self, table: str, row: Row) -> None:
        """One row with all its columns."""
        self._rows[table].append(row)

    def add_contents(self, seq: int, raw: bytes) -> None:
        """A message's octets, in pieces that are views of ``raw``."""
        whole = memoryview(raw)
        first = seq * PIECES
        rows = self._rows["contents"] if len(raw) <= _SMALL else self._large
        rows += [
            (first + number, whole[begin : begin + PIECE])
            for number, begin in enumerate(range(0, len(raw), PIECE))
        ]

    def write(self, connection: sqlite3.Connection) -> None:
        """Hand all to SQLite and forget it."""
        for table, rows in self._rows.items():
            if rows:
                insert(connection, table, rows)
                rows.clear()
        for row in self._large:
            connection.execute("INSERT INTO contents VALUES (?, ?)", row)
        self._large.clear()


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Write rows, each with all columns of the table."""
    begin = 0
    while begin < len(rows):
        left = len(rows) - begin
        count = left if left <= _FEW else next(count for count in _COUNTS if count <= left)
        some = rows[begin : begin + count]
        statement = _statement(table, len(some[0]), count)
        connection.execute(statement, tuple(chain.from_iterable(some)))
        begin += count


@lru_cache
def _statement(table: str, width: int, count: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"INSERT INTO {table} VALUES {', '.join([row] * count)}"

"""Large contents beside the database: kept and forgotten with the transactions of the writer."""

import sqlite3
from collections.abc import Sequence

from mailtrap.store.contents import LARGE, Contents
from mailtrap.store.records import Change, MessagesCleared, MessagesDeleted

AT_ONCE = 256
"""Contents that one transaction removes: as files, some 10 ms."""

_ORPHANS = "SELECT seq FROM orphans ORDER BY seq LIMIT ?"


class Filing:
    """What the transactions of one connection, one after the other, do to ``contents``."""

    def __init__(self, connection: sqlite3.Connection, contents: Contents) -> None:
        self._connection = connection
        self._contents = contents
        self._written: list[int] = []
        self._orphans = True

    def begin(self) -> None:
        """In a new transaction: remove what one before this forgot; some at a time."""
        self._written = []
        if not self._orphans:
            return
        gone = [seq for (seq,) in self._connection.execute(_ORPHANS, (AT_ONCE,))]
        if gone:
            self._contents.remove(gone)
            self._connection.execute("DELETE FROM orphans WHERE seq <= ?", (gone[-1],))

    def take(self, seq: int, raw: bytes) -> bool:
        """Keep octets, if they are many; whether it did. Raises OSError."""
        if len(raw) < LARGE:
            return False
        self._written.append(seq)
        self._contents.write(seq, raw)
        return True

    def end(self, changes: Sequence[Change]) -> bool:
        """Before the commit of these changes; whether something is left to be removed after it."""
        if self._written:
            self._contents.settle()
        if self._orphans or any(isinstance(change, _FORGETTING) for change in changes):
            self._orphans = self._connection.execute(_ORPHANS, (1,)).fetchone() is not None
        return self._orphans

    def undo(self) -> None:
        """After a rollback: what was kept goes, too, and what was to go may still be there."""
        self._contents.remove(self._written)
        self._written = []
        self._orphans = True


_FORGETTING = (MessagesDeleted, MessagesCleared)

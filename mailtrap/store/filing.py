"""Large contents within a transaction: files that come and go with their rows."""

import sqlite3

from mailtrap.store.contents import LARGE, Contents

AT_ONCE = 256
"""Files that one transaction removes: some 10 ms."""

_ORPHANS = "SELECT seq FROM orphans ORDER BY seq LIMIT ?"


class Filing:
    """What one transaction puts into files. With no ``contents`` (a store in memory) it is none."""

    def __init__(self, connection: sqlite3.Connection, contents: Contents | None) -> None:
        self._connection = connection
        self._contents = contents
        self._written: list[int] = []

    def take(self, seq: int, raw: bytes) -> bool:
        """Put octets into a file, if they are many; whether it did. Raises OSError."""
        if self._contents is None or len(raw) < LARGE:
            return False
        self._written.append(seq)
        self._contents.write(seq, raw)
        return True

    def settle(self) -> None:
        """Before the commit: have what was written where a crash does not reach it."""
        if self._written and self._contents is not None:
            self._contents.settle()

    def undo(self) -> None:
        """After a rollback: what was written goes, too."""
        if self._contents is not None:
            self._contents.remove(self._written)

    def remove_orphans(self) -> None:
        """Remove files whose messages a transaction before this one forgot; some at a time."""
        if self._contents is None:
            return
        gone = [seq for (seq,) in self._connection.execute(_ORPHANS, (AT_ONCE,))]
        if gone:
            self._contents.remove(gone)
            self._connection.execute("DELETE FROM orphans WHERE seq <= ?", (gone[-1],))

    def leaves_orphans(self) -> bool:
        """Whether files are left that have to be removed."""
        if self._contents is None:
            return False
        return self._connection.execute(_ORPHANS, (1,)).fetchone() is not None

"""Where in the list of messages a place is: an offset as a bound on ``seq``.

SQLite counts rows by walking over them. It walks an index of ``seq`` alone, ten times as quick as
the rows themselves, and from the end that is nearer: 1,000,000 messages take tens of milliseconds
in the middle and none at either end.
"""
# ruff: noqa: S608 - the names put into statements are ours; values are always parameters

import sqlite3
from typing import Final

import msgspec

from mailtrap.store import codec
from mailtrap.store.base import Window

FAR: Final = 1_000
"""An offset up to this is passed over with the rows themselves."""

_LARGEST: Final = 2**63 - 1
_ALL: Final = "messages INDEXED BY messages_in_order WHERE true"
_ONE: Final = "message_inboxes WHERE inbox = :inbox"


def placed(connection: sqlite3.Connection, window: Window) -> Window:
    """The same window of messages, with a bound in place of a large offset."""
    if window.offset <= FAR or window.after is not None:
        return window
    before = _LARGEST if window.before is None else window.before
    seq = _seq_at(connection, window, before)
    return msgspec.structs.replace(window, before=0 if seq is None else seq + 1, offset=0)


def _seq_at(connection: sqlite3.Connection, window: Window, before: int) -> int | None:
    """The seq of the message ``window.offset`` places below the newest one under ``before``."""
    inbox = None if window.inbox is None else codec.plain(window.inbox)
    rows, held = (_ALL, "totals") if inbox is None else (_ONE, "inboxes WHERE name = :inbox")
    values: dict[str, object] = {"inbox": inbox, "before": min(max(before, 0), _LARGEST)}
    row = connection.execute(
        f"SELECT messages, (SELECT count(*) FROM {rows} AND seq >= :before) FROM {held}", values
    ).fetchone()
    below = row[0] - row[1] if row else 0
    if window.offset >= below:
        return None
    rising = window.offset > below // 2
    values["passed"] = below - 1 - window.offset if rising else window.offset
    found = connection.execute(
        f"""SELECT seq FROM {rows} AND seq < :before
            ORDER BY seq {"ASC" if rising else "DESC"} LIMIT 1 OFFSET :passed""",
        values,
    ).fetchone()
    return int(found[0]) if found else None

"""What comes of work in the writer's thread: a number, or an error told as ours."""

import errno
import sqlite3
from asyncio import Future
from typing import NamedTuple

from mailtrap.store.base import StoreError, StoreFullError

_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class Outcome(NamedTuple):
    """What came of something that somebody waits for."""

    future: "Future[int]"
    result: int | StoreError


def as_store_error(error: Exception) -> StoreError:
    """The error as a StoreError: StoreFullError where there is no room."""
    # Without its traceback, whose frames would keep the batch in memory as long as the error lives.
    error = error.with_traceback(None)
    if isinstance(error, StoreError):
        return error
    if _is_full(error):
        full = StoreFullError(f"no room to store it: {error}")
        full.__cause__ = error
        return full
    other = StoreError(f"it could not be stored: {error}")
    other.__cause__ = error
    return other


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    full = getattr(error, "sqlite_errorcode", 0) & 0xFF in _FULL
    return full or isinstance(error, MemoryError)


def is_busy(error: StoreError) -> bool:
    """Whether somebody else kept the file locked for too long."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def is_power_of_ten(count: int) -> bool:
    """Whether a log should hear of the ``count``-th time."""
    return str(count).rstrip("0") == "1"

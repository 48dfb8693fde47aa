"""One process at a time: the claim on a store file."""

import os
import sys
from pathlib import Path

from mailtrap.store.base import StoreFileError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TRIES = 100
_LOCKED_BYTE = 1 << 20
"""On Windows a locked byte cannot be read; the process id must be, so the lock is far behind it."""


class Claim:
    """The claim of this process on the store file ``path``: a lock on a small file beside it.

    It is not SQLite's own lock, so that the ``sqlite3`` tool can read while we run. The system
    gives it up when the process dies, however it dies; a lock file left behind does no harm.
    Raises StoreFileError when another process has it, or when it cannot be had.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        try:
            self._descriptor = self._acquire(path)
        except OSError as error:
            raise StoreFileError(f"{path} cannot be locked: {error.strerror}") from error

    def release(self) -> None:
        """Give the claim up and remove the lock file."""
        if sys.platform == "win32":
            os.close(self._descriptor)
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)

    def _acquire(self, path: Path) -> int:
        for _ in range(_TRIES):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(descriptor)
                if _is_at(descriptor, self._path):
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, b"%d\n" % os.getpid())
                    return descriptor
                # The last owner removed the file between our open and our lock: once more.
                os.close(descriptor)
            except BlockingIOError:
                raise _in_use(path, descriptor) from None
            except BaseException:
                os.close(descriptor)
                raise
        raise StoreFileError(f"{path} cannot be locked: its lock file keeps vanishing")


def _in_use(path: Path, descriptor: int) -> StoreFileError:
    owner = os.read(descriptor, 20).decode("ascii", "replace").strip()
    os.close(descriptor)
    return StoreFileError(
        f"{path} is in use by another mailtrap (process {owner or 'unknown'});"
        " stop that one, or choose another file"
    )


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False

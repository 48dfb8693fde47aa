"""Large contents: not in the database, which is made for what is small.

In a file SQLite writes each octet twice, to its journal and from there to the database: 2.5 ms of
processor for a MB, where a file of its own takes 0.25. In memory it copies it, page by page: 1 ms.
"""

import errno
import logging
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

logger = logging.getLogger(__name__)

LARGE = 64 * 1024
"""Octets from which on a content is kept here."""

_NAME = re.compile(r"[1-9][0-9]{0,18}")


class Contents(Protocol):
    """Octets of messages by seq.

    They are written before the commit that names them, and removed after the one that forgets
    them. Methods raise OSError.
    """

    def write(self, seq: int, raw: bytes) -> None:
        """Keep these octets."""

    def settle(self) -> None:
        """Before a commit: have what was written where a crash does not reach it."""

    def read(self, seq: int, begin: int, count: int) -> bytes | None:
        """Some of the octets of a message; None where there are none of it."""

    def remove(self, seqs: Iterable[int]) -> None:
        """Forget the octets of these messages, if there are any."""

    def sweep(self, newest: int) -> None:
        """At the start: forget what was never committed, all behind this seq."""


class Held:
    """Contents in the memory of the process: those very octets that the engine made.

    At most ``most`` octets, or (0) any number; beyond, ``write`` raises OSError.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._octets = 0
        self._held: dict[int, bytes] = {}

    def write(self, seq: int, raw: bytes) -> None:
        if 0 < self._most < self._octets + len(raw):
            raise OSError(errno.ENOSPC, f"more than {self._most} octets")
        self._held[seq] = raw
        self._octets += len(raw)

    def settle(self) -> None:
        pass

    def read(self, seq: int, begin: int, count: int) -> bytes | None:
        raw = self._held.get(seq)
        return None if raw is None else raw[begin : begin + count]

    def remove(self, seqs: Iterable[int]) -> None:
        for seq in seqs:
            self._octets -= len(self._held.pop(seq, b""))

    def sweep(self, newest: int) -> None:
        pass


class Filed:
    """Contents in the folder of the database ``path``: one file a message, named by its seq.

    The folder is made when the first file is. ``durable`` waits for the disk.
    """

    def __init__(self, path: Path, *, durable: bool) -> None:
        self.folder = path.with_name(path.name + ".contents")
        self._durable = durable

    def write(self, seq: int, raw: bytes) -> None:
        """Have a file with these octets, for its owner alone. What a crash left is overwritten."""
        path = self._path(seq)
        try:
            descriptor = _create(path)
        except FileNotFoundError:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            descriptor = _create(path)
        try:
            _write_all(descriptor, raw)
            if self._durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def settle(self) -> None:
        """Have the names of the files on the disk, too."""
        if self._durable and os.name == "posix" and self.folder.is_dir():
            descriptor = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def read(self, seq: int, begin: int, count: int) -> bytes | None:
        try:
            with self._path(seq).open("rb", buffering=0) as file:
                file.seek(begin)
                return file.read(count)
        except FileNotFoundError:
            return None

    def remove(self, seqs: Iterable[int]) -> None:
        """Have no files of these messages; one that cannot be removed is told to the log."""
        for seq in seqs:
            try:
                self._path(seq).unlink(missing_ok=True)
            except OSError as error:
                logger.warning("%s could not be removed: %s", self._path(seq), error.strerror)

    def sweep(self, newest: int) -> None:
        """Remove what a killed process left."""
        with suppress(FileNotFoundError):
            names = [entry.name for entry in os.scandir(self.folder)]
            found = [int(name) for name in names if _NAME.fullmatch(name)]
            self.remove(seq for seq in found if seq > newest)

    def _path(self, seq: int) -> Path:
        return self.folder / str(seq)


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)


def _write_all(descriptor: int, raw: bytes) -> None:
    left = memoryview(raw)
    while left:
        left = left[os.write(descriptor, left) :]

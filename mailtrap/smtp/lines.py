"""Command lines (RFC 5321 section 2.3.8): taken off the buffer one at a time, bounded."""

from typing import NamedTuple

ENDLESS = 1024 * 1024
"""Octets without a line end after which there is no use in waiting for one."""


class Line(NamedTuple):
    """One line without its end. ``bare_lf``: no CR stood before the LF; ``extra_cr``: several did.

    An ``overlong`` line's text is only its beginning. An ``endless`` one has not ended at all.
    """

    text: bytes
    bare_lf: bool = False
    extra_cr: bool = False
    overlong: bool = False
    endless: bool = False


class LineReader:
    """Finds lines; forgets what exceeds the limit as it comes."""

    __slots__ = ("_dropped", "_head", "_searched")

    def __init__(self) -> None:
        self._searched = 0
        self._dropped = 0
        self._head = b""

    def take(self, buffer: bytearray, limit: int) -> Line | None:
        """The next line off the front of ``buffer``, None where it has not ended.

        ``limit`` is in octets, the line end included.
        """
        end = buffer.find(b"\n", self._searched)
        if end < 0:
            return self._wait(buffer, limit)
        text = bytes(buffer[:end])
        del buffer[: end + 1]
        self._searched = 0
        if self._dropped or end + 1 > limit:
            endless = self._dropped + end > ENDLESS
            head, self._head, self._dropped = self._head or text[:limit], b"", 0
            return Line(head, overlong=True, endless=endless)
        if text[-1:] != b"\r":
            return Line(text, bare_lf=True)
        bare = text[:-1]
        if bare[-1:] == b"\r":
            return Line(bare.rstrip(b"\r"), extra_cr=True)
        return Line(bare)

    def _wait(self, buffer: bytearray, limit: int) -> Line | None:
        self._searched = len(buffer)
        endless = self._dropped + len(buffer) > ENDLESS
        if len(buffer) <= limit and not endless:
            return None
        if not self._dropped:
            self._head = bytes(buffer[:limit])
        self._dropped += len(buffer)
        buffer.clear()
        self._searched = 0
        return Line(self._head, overlong=True, endless=True) if endless else None

"""The octets of content as they come: read slowly, or cut off, where a rule says so."""

import asyncio
from collections.abc import Callable

from mailtrap.faults.steps import Answer, Cut, Ending
from mailtrap.server.wire import Wire


class Intake:
    """What rules want of the content of one connection. ``cut_off`` is called at a cut."""

    def __init__(self, wire: Wire, cut_off: Callable[[Ending], None]) -> None:
        self.over = False
        self._wire = wire
        self._cut_off = cut_off
        self._cut: Cut | None = None
        self._throttle = 0.0
        self._read = 0

    def arm(self, answer: Answer) -> None:
        """Take over what an answer wants of the content that is to come."""
        if answer.cut is not None:
            self._cut = answer.cut
        self._throttle = answer.throttle or self._throttle

    def begin(self, waiting: int) -> None:
        """The content begins; so many octets of it are here already."""
        self._read = 0
        if self._cut is not None:
            self._pass(waiting)

    def end(self) -> None:
        """The content is complete: the next one is free of all that."""
        self._cut, self._throttle = None, 0.0

    def take(self, octets: bytes) -> bytes:
        """The octets of these that may be read."""
        return octets if self._cut is None else octets[: self._pass(len(octets))]

    def slow(self, octets: bytes, take: Callable[[bytes], None]) -> bool:
        """Whether these octets are read slowly: ``take`` gets them when their time has come."""
        if not self._throttle:
            return False
        self._wire.pause()

        def read() -> None:
            take(octets)
            self._wire.resume()

        asyncio.get_running_loop().call_later(len(octets) / self._throttle, read)
        return True

    def _pass(self, count: int) -> int:
        """How many of so many octets come before the cut."""
        assert self._cut is not None
        left = self._cut.octets - self._read
        self._read += count
        if count < left:
            return count
        self.over = True
        asyncio.get_running_loop().call_soon(self._cut_off, self._cut.ending)
        return left

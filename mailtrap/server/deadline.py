"""A point in time that is pushed back again and again."""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable


class Deadline:
    """Calls ``expired`` when nothing pushed it for long enough.

    Pushing it back costs one look at the clock: the timer stays where it is, and when it fires it
    sees whether it is time yet.
    """

    __slots__ = ("_at", "_clock", "_due", "_expired", "_timer")

    def __init__(self, expired: Callable[[], None], clock: Callable[[], float]) -> None:
        self._expired = expired
        self._clock = clock
        self._due = 0.0
        self._at = 0.0
        self._timer: TimerHandle | None = None

    def push(self, seconds: float, now: float = 0.0) -> None:
        """Let it be in so many seconds from now, which may be given; 0 means never."""
        if not seconds:
            self.cancel()
            return
        self._due = (now or self._clock()) + seconds
        if self._timer is None or self._due < self._at:
            self._arm(seconds)

    def cancel(self) -> None:
        """Let it never be."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, seconds: float) -> None:
        self.cancel()
        self._at = self._due
        self._timer = asyncio.get_running_loop().call_later(seconds, self._fire)

    def _fire(self) -> None:
        self._timer = None
        left = self._due - self._clock()
        if left > 0.001:
            self._arm(left)
        else:
            self._expired()

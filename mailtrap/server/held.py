"""Messages that were acknowledged and are stored later, because a rule wants them out of order."""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable

HELD_LIMIT = 1_000
"""Messages that wait at once."""

HELD_OCTETS = 64 * 1024 * 1024


class Held:
    """What waits to be stored. It belongs to one event loop.

    Over the limits nothing waits: a message is then stored at once.
    """

    def __init__(self) -> None:
        self._waiting: dict[Callable[[], None], tuple[TimerHandle, int]] = {}
        self._octets = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, store: Callable[[], None], seconds: float, octets: int) -> None:
        """Call ``store`` after so many seconds, or when the server stops."""
        if len(self) >= HELD_LIMIT or self._octets + octets > HELD_OCTETS:
            store()
            return
        timer = asyncio.get_running_loop().call_later(seconds, self._due, store)
        self._waiting[store] = (timer, octets)
        self._octets += octets

    def release(self) -> None:
        """Store all of them now, in the order in which they came."""
        for store in tuple(self._waiting):
            self._due(store)

    def _due(self, store: Callable[[], None]) -> None:
        timer, octets = self._waiting.pop(store)
        timer.cancel()
        self._octets -= octets
        store()

"""How many reports there may be: a rate, and never two on one message."""

from collections import OrderedDict, deque
from typing import Final

WINDOW: Final = 60.0
REMEMBERED: Final = 10_000


class RateLimit:
    """At most ``most`` within any 60 seconds; ``at`` is monotonic, in seconds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._passed: deque[float] = deque()

    def passes(self, at: float) -> bool:
        """Whether one more may go now; counts it if so."""
        while self._passed and at - self._passed[0] >= WINDOW:
            self._passed.popleft()
        if len(self._passed) >= self._most:
            return False
        self._passed.append(at)
        return True


class Reported:
    """The messages on which there was a report, the latest 10,000 of them."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, message_id: str) -> bool:
        """Whether this is the first time that this message is asked about; remembers it."""
        if message_id in self._ids:
            return False
        self._ids[message_id] = None
        if len(self._ids) > self._limit:
            self._ids.popitem(last=False)
        return True

"""Ids of messages, attempts and sessions: short, URL-safe, sortable by time, never given twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u."""

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
COUNT_DIGITS = 4
_COUNTS = 32**COUNT_DIGITS
_PAIRS = tuple(high + low for high in ALPHABET for low in ALPHABET)
"""Two digits by their value: an id is made twice a message."""
_MILLISECOND = timedelta(milliseconds=1)


class Ids:
    """Gives ids of 13 characters: 9 of milliseconds since 2020, 4 of a counter.

    Two ids of one instance are never equal and always ascend, as text and in time, also when the
    clock steps back: the instance then stays at the latest millisecond it has seen. The counter
    starts anew each millisecond in the lower half of its range, so that two processes seldom meet;
    when it runs over, the next millisecond is taken early.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        draw: Callable[[int], int] | None = None,
    ) -> None:
        self._clock = clock
        # Not the system's source of randomness: that takes a system call each millisecond.
        self._draw = draw or Random().randrange  # noqa: S311 - against collisions, not guesses
        self._millisecond = -1
        self._count = 0
        self._time = ""

    def __call__(self) -> str:
        """The next id."""
        now = (self._clock() - EPOCH) // _MILLISECOND
        if now > self._millisecond:
            self._begin(now)
        elif self._count + 1 < _COUNTS:
            self._count += 1
        else:
            self._begin(self._millisecond + 1)
        return self._time + _PAIRS[self._count >> 10] + _PAIRS[self._count & 1023]

    def _begin(self, millisecond: int) -> None:
        self._millisecond = millisecond
        self._count = self._draw(_COUNTS // 2)
        pairs = [_PAIRS[millisecond >> place & 1023] for place in (30, 20, 10, 0)]
        self._time = ALPHABET[millisecond >> 40 & 31] + "".join(pairs)

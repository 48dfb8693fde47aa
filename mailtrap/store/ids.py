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


_bits = Random().getrandbits  # noqa: S311 - against collisions, not guesses


def _draw(bound: int) -> int:
    """A number below ``bound``, a power of two."""
    return _bits(bound.bit_length() - 1)


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
        self._draw = draw or _draw
        self._millisecond = -1
        self._count = 0
        self._time = ""
        self._epoch = -1  # of 17 minutes: their digits change last
        self._high = ""

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
        if millisecond >> 20 != self._epoch:
            self._epoch = millisecond >> 20
            high = ALPHABET[millisecond >> 40 & 31] + _PAIRS[millisecond >> 30 & 1023]
            self._high = high + _PAIRS[millisecond >> 20 & 1023]
        self._time = self._high + _PAIRS[millisecond >> 10 & 1023] + _PAIRS[millisecond & 1023]

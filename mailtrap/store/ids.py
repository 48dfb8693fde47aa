"""Ids of messages, attempts and sessions: short, URL-safe, sortable by time, never given twice."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Final

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u."""

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
COUNT_DIGITS = 4

# An id is made twice a message: no arithmetic of datetimes (0.5 µs), and two digits at a time.
_EPOCH: Final = int(EPOCH.timestamp() * 1_000)
_COUNTS: Final = 32**COUNT_DIGITS
_PAIRS: Final = tuple(high + low for high in ALPHABET for low in ALPHABET)
# Not the system's source of randomness: that takes a system call each millisecond.
_bits = Random().getrandbits  # noqa: S311 - against collisions, not guesses


def now() -> int:
    """The wall clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _draw(bound: int) -> int:
    """A number below ``bound``, a power of two."""
    return _bits(bound.bit_length() - 1)


class Ids:
    """Gives ids of 13 characters: 9 of milliseconds since 2020, 4 of a counter.

    Two ids of one instance are never equal and always ascend, as text and in time, also when the
    clock (in milliseconds since 1970) steps back: the instance then stays at the latest millisecond
    it has seen. The counter starts anew each millisecond in the lower half of its range, so that
    two processes seldom meet; when it runs over, the next millisecond is taken early.
    """

    def __init__(self, clock: Callable[[], int] = now, draw: Callable[[int], int] = _draw) -> None:
        self._clock = clock
        self._draw = draw
        self._millisecond = -1
        self._count = 0
        self._time = ""

    def __call__(self) -> str:
        """The next id."""
        millisecond = self._clock() - _EPOCH
        if millisecond > self._millisecond:
            self._begin(millisecond)
        elif self._count + 1 < _COUNTS:
            self._count += 1
        else:
            self._begin(self._millisecond + 1)
        return self._time + _PAIRS[self._count >> 10] + _PAIRS[self._count & 1023]

    def _begin(self, millisecond: int) -> None:
        self._millisecond = millisecond
        self._count = self._draw(_COUNTS // 2)
        high = ALPHABET[millisecond >> 40 & 31] + _PAIRS[millisecond >> 30 & 1023]
        middle = _PAIRS[millisecond >> 20 & 1023] + _PAIRS[millisecond >> 10 & 1023]
        self._time = high + middle + _PAIRS[millisecond & 1023]

"""Ids of messages, attempts and sessions: short, URL-safe, sortable by time, never given twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import randbelow

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u."""

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TIME_DIGITS = 9
COUNT_DIGITS = 4
_COUNTS = 32**COUNT_DIGITS
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
        draw: Callable[[int], int] = randbelow,
    ) -> None:
        self._clock = clock
        self._draw = draw
        self._millisecond = -1
        self._count = 0

    def __call__(self) -> str:
        """The next id."""
        now = (self._clock() - EPOCH) // _MILLISECOND
        if now > self._millisecond:
            self._begin(now)
        elif self._count + 1 < _COUNTS:
            self._count += 1
        else:
            self._begin(self._millisecond + 1)
        return _digits(self._millisecond, TIME_DIGITS) + _digits(self._count, COUNT_DIGITS)

    def _begin(self, millisecond: int) -> None:
        self._millisecond = millisecond
        self._count = self._draw(_COUNTS // 2)


def _digits(number: int, width: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(width)))

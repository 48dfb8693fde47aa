"""What has to go so that the store keeps within its bounds: the oldest first, some at a time.

The bounds of an inbox are looked at when a message joined it, when they are set, and, where it has
one of age, at the interval; never all of them at each commit, for there may be thousands.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from mailtrap.store.base import Retention, StoreFullError
from mailtrap.store.codec import microseconds
from mailtrap.store.writes import Totals, Transaction

FEW = 32
"""Messages looked at first: most often one goes where one came."""

SLICE = 1_000
"""Rows one transaction deletes at most: more than a batch can add, so it never falls behind."""

_SHORTEST, _LONGEST = 0.05, 30.0


class Held(NamedTuple):
    """What the store, or one of its inboxes, holds."""

    messages: int
    octets: int


class Keeper:
    """Applies a Retention inside transactions of the writer, and those of single inboxes."""

    def __init__(self, retention: Retention, clock: Callable[[], datetime]) -> None:
        self._retention = retention
        self._clock = clock
        self._limits: dict[str, Retention] = {}
        self._doubtful: set[str] = set()

    @property
    def interval(self) -> float | None:
        """Seconds between looks at the age when no mail comes; None when age does not matter."""
        bounds = (self._retention, *tuple(self._limits.values()))
        shortest = min((one.seconds for one in bounds if one.seconds), default=0)
        return min(max(shortest / 20, _SHORTEST), _LONGEST) if shortest else None

    def limit(self, inbox: str, retention: Retention) -> int:
        """Keep an inbox within these bounds from now on; those of sessions do not count."""
        self._limits[inbox] = retention
        self._doubtful.add(inbox)
        return 0

    def unlimit(self, inbox: str) -> int:
        """Let an inbox have no bounds of its own any more."""
        self._limits.pop(inbox, None)
        return 0

    def too_large(self, size: int) -> StoreFullError | None:
        """Why a message of this size cannot be kept: alone it is more than the store may hold."""
        if not 0 < self._retention.octets < size:
            return None
        return StoreFullError(
            f"a message of {size} octets is more than the store may hold ({self._retention.octets})"
        )

    def trim(self, transaction: Transaction, totals: Totals) -> bool:
        """Delete some rows of each kind; whether more have to go."""
        return any(
            [
                self._inboxes(transaction),
                self._messages(transaction, totals),
                self._records(transaction, totals),
            ]
        )

    def _inboxes(self, transaction: Transaction) -> bool:
        if not self._limits:
            return False
        doubtful = self._doubtful | transaction.joined
        if not transaction.joined:
            doubtful |= {name for name, bounds in self._limits.items() if bounds.seconds}
        self._doubtful = {
            name for name in doubtful & self._limits.keys() if self._inbox(transaction, name)
        }
        return bool(self._doubtful)

    def _inbox(self, transaction: Transaction, name: str) -> bool:
        bounds = self._limits[name]
        for rows in (FEW, SLICE):
            held = Held(*transaction.held(name))
            if not _concerns(bounds, held):
                return False
            surplus = partial(_surplus, bounds, held, self._expired(bounds))
            if transaction.trim_inbox(name, surplus, rows) < rows:
                return False
        return True

    def _messages(self, transaction: Transaction, totals: Totals) -> bool:
        for rows in (FEW, SLICE):
            held = Held(totals.messages, totals.octets)
            if not _concerns(self._retention, held):
                return False
            surplus = partial(_surplus, self._retention, held, self._expired(self._retention))
            if transaction.trim(surplus, rows) < rows:
                return False
            totals = transaction.write()
        return _concerns(self._retention, Held(totals.messages, totals.octets))

    def _expired(self, bounds: Retention) -> int:
        """Messages received before this moment (microseconds since 1970) are too old."""
        if not bounds.seconds:
            return 0
        return microseconds(self._clock() - timedelta(seconds=bounds.seconds))

    def _records(self, transaction: Transaction, totals: Totals) -> bool:
        return any(
            [
                self._rows(transaction, "attempts", totals.attempts, totals.attempt_octets),
                self._rows(transaction, "sessions", totals.sessions, totals.session_octets),
            ]
        )

    def _rows(self, transaction: Transaction, table: str, count: int, octets: int) -> bool:
        """Delete the oldest rows of one of the two; whether more have to go."""
        bounds = self._retention
        many = count - bounds.sessions if bounds.sessions else 0
        large = octets - bounds.record_octets if bounds.record_octets else 0
        # Some more than must go, so that it is not done at every commit (5 µs a message).
        if many > 0:
            transaction.trim_records(table, min(many + bounds.sessions // 64, SLICE))
        if large > 0:
            transaction.trim_record_octets(table, large + bounds.record_octets // 8, SLICE)
        return many > SLICE or large > 0


def _concerns(bounds: Retention, held: Held) -> bool:
    """Whether something may have to go."""
    over = 0 < bounds.messages < held.messages or 0 < bounds.octets < held.octets
    return over or (bounds.seconds > 0 and held.messages > 0)


def _surplus(bounds: Retention, held: Held, expired: int, oldest: Sequence[tuple[int, int]]) -> int:
    """How many of the oldest, of which sizes and times of receipt are given, have to go."""
    octets = held.octets
    for count, (size, received_at) in enumerate(oldest):
        fits = not bounds.messages or held.messages - count <= bounds.messages
        fits = fits and (not bounds.octets or octets <= bounds.octets)
        if fits and received_at >= expired:
            return count
        octets -= size
    return len(oldest)

"""What has to go so that the store keeps within its bounds: the oldest first, some at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from mailtrap.store.base import Retention, StoreFullError
from mailtrap.store.codec import microseconds
from mailtrap.store.writes import Totals, Transaction

FEW = 32
"""Messages looked at first: most often one goes where one came."""

SLICE = 1_000
"""Rows one transaction deletes at most: more than a batch can add, so it never falls behind."""

_SHORTEST, _LONGEST = 0.05, 30.0


class Keeper:
    """Applies a Retention inside transactions of the writer."""

    def __init__(self, retention: Retention, clock: Callable[[], datetime]) -> None:
        self._retention = retention
        self._clock = clock

    @property
    def interval(self) -> float | None:
        """Seconds between looks at the age when no mail comes; None when age does not matter."""
        if not self._retention.seconds:
            return None
        return min(max(self._retention.seconds / 20, _SHORTEST), _LONGEST)

    def too_large(self, size: int) -> StoreFullError | None:
        """Why a message of this size cannot be kept: alone it is more than the store may hold."""
        if not 0 < self._retention.octets < size:
            return None
        return StoreFullError(
            f"a message of {size} octets is more than the store may hold ({self._retention.octets})"
        )

    def trim(self, transaction: Transaction, totals: Totals) -> bool:
        """Delete some rows of each kind; whether more have to go."""
        return any([self._messages(transaction, totals), self._records(transaction, totals)])

    def _messages(self, transaction: Transaction, totals: Totals) -> bool:
        for rows in (FEW, SLICE):
            if not self._concerns(totals):
                return False
            if transaction.trim(partial(self._surplus, totals), rows) < rows:
                return False
            totals = transaction.write()
        return self._concerns(totals)

    def _concerns(self, totals: Totals) -> bool:
        bounds = self._retention
        over = 0 < bounds.messages < totals.messages or 0 < bounds.octets < totals.octets
        return over or (bounds.seconds > 0 and totals.messages > 0)

    def _surplus(self, totals: Totals, oldest: Sequence[tuple[int, int]]) -> int:
        bounds, octets = self._retention, totals.octets
        expired = self._expired()
        for count, (size, received_at) in enumerate(oldest):
            fits = not bounds.messages or totals.messages - count <= bounds.messages
            fits = fits and (not bounds.octets or octets <= bounds.octets)
            if fits and received_at >= expired:
                return count
            octets -= size
        return len(oldest)

    def _expired(self) -> int:
        """Messages received before this moment (microseconds since 1970) are too old."""
        if not self._retention.seconds:
            return 0
        return microseconds(self._clock() - timedelta(seconds=self._retention.seconds))

    def _records(self, transaction: Transaction, totals: Totals) -> bool:
        bound = self._retention.sessions
        if not bound:
            return False
        surplus = {
            "attempts": totals.attempts - bound,
            "sessions": totals.sessions - bound,
        }
        for table, count in surplus.items():
            if count > 0:
                transaction.trim_records(table, min(count, SLICE))
        return max(surplus.values()) > SLICE

"""The open event streams: how many there may be, and their common end."""

from collections.abc import Iterator
from typing import Final

from mailtrap.bus import Bus, BusFullError, Subscription
from mailtrap.store.records import Change

MAX_STREAMS: Final = 200
"""Streams at once: more than people and test workers need, less than would hurt."""


class TooManyStreamsError(Exception):
    """There are as many streams as there may be."""


class Streams:
    """Subscriptions that are being told to clients. When the server stops they all end."""

    def __init__(self, limit: int = MAX_STREAMS) -> None:
        self._limit = limit
        self._open: set[Subscription[Change]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Subscription[Change]]:
        return iter(tuple(self._open))

    def open(self, bus: Bus[Change], since: int) -> Subscription[Change]:
        """A subscription to everything after ``since``; hand it to ``close`` at the end.

        Raises:
            TooManyStreamsError: There are too many already, or the server is stopping.
        """
        if self._closed or len(self._open) >= self._limit:
            raise TooManyStreamsError
        try:
            subscription = bus.subscribe(since)
        except BusFullError as error:
            raise TooManyStreamsError from error
        self._open.add(subscription)
        return subscription

    def close(self, subscription: Subscription[Change]) -> None:
        """End one; doing so twice is no error."""
        self._open.discard(subscription)
        subscription.close()

    def close_all(self) -> None:
        """End every one, and open no more."""
        self._closed = True
        for subscription in self:
            self.close(subscription)

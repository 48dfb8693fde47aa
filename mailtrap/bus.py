"""The bus: what was committed, told in order to whoever listens, without tasks and without polling.

There is one ring of the newest items. A subscription is a place in it: what it replays and what it
hears live is the same ring, so nothing can fall between the two or come twice.
"""

from asyncio import Future, get_running_loop
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar


class Numbered(Protocol):
    """Something with a ``seq`` that grows from one to the next."""

    @property
    def seq(self) -> int:
        """Its place in the order of commits."""


T = TypeVar("T", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Gap:
    """Stands for items that are gone, up to and including ``seq``: fetch anew what you show."""

    seq: int


class BusFullError(Exception):
    """There are as many subscriptions as may be."""


class Ring(Generic[T]):
    """The newest ``size`` items. Each has a position: how many came before it."""

    def __init__(self, size: int, seq: int) -> None:
        self.end = 0
        self._size = size
        self._items: list[T] = []
        self._forgotten = seq

    @property
    def start(self) -> int:
        """The position of the oldest item remembered; ``end`` is that of the next to come."""
        return self.end - len(self._items)

    def append(self, item: T) -> None:
        """Remember an item, and forget the oldest where there is no more room."""
        if len(self._items) < self._size:
            self._items.append(item)
        else:
            self._forgotten = self._items[self.end % self._size].seq
            self._items[self.end % self._size] = item
        self.end += 1

    def item(self, position: int) -> T:
        """The item at a position from ``start`` to before ``end``."""
        return self._items[position % self._size]

    def seq_before(self, position: int) -> int:
        """The seq of the item before a position."""
        return self._forgotten if position == self.start else self.item(position - 1).seq

    def position_after(self, seq: int) -> int:
        """The position of the first remembered item that is newer than ``seq``."""
        return bisect_right(range(self.start, self.end), seq, key=lambda at: self.item(at).seq) + (
            self.start
        )


class Bus(Generic[T]):
    """Remembers the newest ``ring`` items and wakes its subscriptions, at most ``subscriptions``.

    ``seq`` is the newest that was committed before the bus began. All belongs to one event loop.
    """

    def __init__(self, *, seq: int = 0, ring: int = 4_096, subscriptions: int = 1_024) -> None:
        self._size = ring
        self._ring: Ring[T] = Ring(ring, seq)
        self._most = subscriptions
        self._subscriptions: set[Subscription[T]] = set()
        self._taps: list[Callable[[Sequence[T]], None]] = []

    @property
    def seq(self) -> int:
        """The seq of the newest item."""
        return self._ring.seq_before(self._ring.end)

    def begin(self, seq: int) -> None:
        """Start anew after what was committed up to ``seq``, with nothing to replay."""
        self._ring = Ring(self._size, seq)

    def publish(self, changes: Sequence[T]) -> None:
        """Tell these items, ``seq`` ascending, to all subscriptions."""
        for change in changes:
            self._ring.append(change)
        for told in self._taps:
            told(changes)
        for subscription in self._subscriptions:
            subscription.wake()

    def tap(self, told: Callable[[Sequence[T]], None]) -> Callable[[], None]:
        """Have every batch told at once, whole; what comes back ends that.

        For those of the house who always listen and only count or hand on: a subscription wakes a
        task and takes one item after the other, at 15 µs a message.
        """
        self._taps.append(told)
        return lambda: self._taps.remove(told)

    def subscribe(self, since: int | None = None, *, limit: int = 1_000) -> "Subscription[T]":
        """Hear what is newer than ``since`` (None: what comes from now on).

        It begins with a Gap when not all of that is remembered any more, and also when ``since`` is
        newer than anything that was ever told: then it is of another time, and all is new. A reader
        that falls behind by more than ``limit`` items gets a Gap in place of the oldest of them.
        Raises BusFullError.
        """
        if len(self._subscriptions) >= self._most:
            raise BusFullError(f"no more than {self._most} subscriptions at a time")
        subscription = Subscription(self, self._ring, since, limit)
        self._subscriptions.add(subscription)
        return subscription

    def drop(self, subscription: "Subscription[T]") -> None:
        """Forget a subscription that was closed."""
        self._subscriptions.discard(subscription)

    def close(self) -> None:
        """Close all subscriptions."""
        for subscription in list(self._subscriptions):
            subscription.close()


class Subscription(Generic[T]):
    """An async iterator over items and Gaps, for one reader. Ends when it is closed."""

    def __init__(self, bus: Bus[T], ring: Ring[T], since: int | None, limit: int) -> None:
        self._bus = bus
        self._ring = ring
        self._limit = max(limit, 1)
        self._waiter: Future[None] | None = None
        self._closed = False
        newest = ring.seq_before(ring.end)
        since = newest if since is None else since
        self._position = ring.position_after(since) if since <= newest else ring.end
        lost = since > newest or since < ring.seq_before(ring.start)
        self._gap = Gap(ring.seq_before(self._position)) if lost else None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T | Gap:
        while not self._closed:
            item = self.take()
            if item is not None:
                return item
            self._waiter = get_running_loop().create_future()
            await self._waiter
        raise StopAsyncIteration

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def take(self) -> T | Gap | None:
        """The next item when there is one, without waiting."""
        oldest = max(self._ring.end - self._limit, self._ring.start)
        if self._position < oldest:
            self._position = oldest
            self._gap = Gap(self._ring.seq_before(oldest))
        if self._gap:
            gap, self._gap = self._gap, None
            return gap
        if self._position == self._ring.end:
            return None
        self._position += 1
        return self._ring.item(self._position - 1)

    def wake(self) -> None:
        """Let the reader look again."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    def close(self) -> None:
        """End; a reader that waits is woken and stops."""
        self._closed = True
        self._bus.drop(self)
        self.wake()

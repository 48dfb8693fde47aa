"""The waits that are open: one tap on the bus hands each of them what may be for it.

A thousand waits thus cost nothing while nothing happens, and a message is looked at once before
those whom it concerns are woken.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.search.matching import holds
from mailtrap.search.tree import Node
from mailtrap.store.records import AttemptAdded, Change, MessageAdded
from mailtrap.waits.documents import Documents, Item
from mailtrap.waits.question import Of

WAITS: Final = 1_000
"""Waits at once."""

UNSEEN: Final = 1_000
"""Items that may lie before a wait that has not looked; with more it reads the store again."""


class WaitsFullError(Exception):
    """There are as many waits as may be; the sentence tells how many that is."""


class WaitsClosedError(Exception):
    """The server stops: nothing more will come."""


class Post:
    """What came for one wait. ``lost`` tells that not all of it is here."""

    def __init__(self, of: Of, inbox: str | None, wanted: Node) -> None:
        self.of = of
        self.items: deque[Item] = deque()
        self.lost = False
        self.closed = False
        self._inbox = inbox
        self._wanted = wanted
        self._woken = asyncio.Event()

    def offer(self, item: Item, documents: Documents) -> None:
        """Take an item that may be for this wait, and wake it."""
        if self._inbox is not None and self._inbox not in item.inboxes:
            return
        if not holds(self._wanted, documents.summary(item)):
            return
        if len(self.items) == UNSEEN:
            self.lose()
        else:
            self.items.append(item)
        self.wake()

    def lose(self) -> None:
        """Have it read the store again."""
        self.items.clear()
        self.lost = True
        self.wake()

    def wake(self) -> None:
        """Have it look again."""
        self._woken.set()

    def rest(self) -> None:
        """Say that it is about to look at all there is."""
        self._woken.clear()

    async def woken(self, deadline: float) -> bool:
        """Return True when it was woken since it last rested, False at the deadline."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                await self._woken.wait()
                return True
        return False


class Hub:
    """All waits of a server. It belongs to one event loop."""

    def __init__(self, catcher: Catcher, *, limit: int = WAITS) -> None:
        self.catcher = catcher
        self.documents = Documents(catcher)
        self.seq = 0
        self._limit = limit
        self._posts: dict[Post, None] = {}
        self._end: Callable[[], None] | None = None

    def __len__(self) -> int:
        return len(self._posts)

    def start(self, bus: Bus[Change]) -> None:
        """Begin to listen."""
        self.seq = bus.seq
        self._end = bus.tap(self._heard)

    async def close(self) -> None:
        """End all waits, and listen no more."""
        if self._end is not None:
            self._end()
        self._end = None
        for post in self._posts:
            post.closed = True
            post.wake()

    def open(self, post: Post) -> None:
        """Hand this post what comes from now on. Raises WaitsFullError, WaitsClosedError."""
        if self._end is None:
            raise WaitsClosedError
        if len(self._posts) >= self._limit:
            raise WaitsFullError(f"there are as many waits as there may be at once ({self._limit})")
        self._posts[post] = None

    def leave(self, post: Post) -> None:
        """Hand it nothing more."""
        self._posts.pop(post, None)

    async def has_reached(self, seq: int) -> bool:
        """Whether so much was committed; a commit that somebody just read of is waited for."""
        if seq > self.seq:
            await self.catcher.flush()
        return seq <= self.seq

    def _heard(self, changes: Sequence[Change]) -> None:
        self.seq = changes[-1].seq
        if not self._posts:
            return
        for change in changes:
            match change:
                case MessageAdded():
                    self._offer("messages", change.message)
                case AttemptAdded():
                    self._offer("attempts", change.attempt)
                case _:
                    pass

    def _offer(self, of: Of, item: Item) -> None:
        for post in self._posts:
            if post.of == of:
                post.offer(item, self.documents)

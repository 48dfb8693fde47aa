"""The waits that are open: one reader of the bus hands each of them what may be for it.

A thousand waits thus cost nothing while nothing happens, and a message is looked at once before
those whom it concerns are woken.
"""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Final

from mailtrap.bus import Bus, Gap, Subscription
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
        self._subscription: Subscription[Change] | None = None
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._posts)

    def start(self, bus: Bus[Change]) -> None:
        """Begin to listen."""
        # As much as the bus remembers: what lies behind is handed on in one go, it never piles up.
        self._subscription = bus.subscribe(limit=1_000_000)
        self.seq = bus.seq
        self._task = asyncio.ensure_future(self._run(self._subscription))

    async def close(self) -> None:
        """End all waits, and listen no more."""
        if self._subscription is not None:
            self._subscription.close()
        self._subscription = None
        for post in self._posts:
            post.closed = True
            post.wake()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def open(self, post: Post) -> None:
        """Hand this post what comes from now on. Raises WaitsFullError, WaitsClosedError."""
        if self._subscription is None:
            raise WaitsClosedError
        if len(self._posts) >= self._limit:
            raise WaitsFullError(f"there are as many waits as there may be at once ({self._limit})")
        self.pump()
        self._posts[post] = None

    def leave(self, post: Post) -> None:
        """Hand it nothing more."""
        self._posts.pop(post, None)

    async def has_reached(self, seq: int) -> bool:
        """Whether so much was committed; a commit that somebody just read of is waited for."""
        if seq > self.seq:
            await self.catcher.flush()
            self.pump()
        return seq <= self.seq

    def pump(self) -> None:
        """Hand on all that the bus has told."""
        while self._subscription and (item := self._subscription.take()) is not None:
            self._hand_on(item)

    async def _run(self, subscription: Subscription[Change]) -> None:
        async for item in subscription:
            self._hand_on(item)
            self.pump()

    def _hand_on(self, change: Change | Gap) -> None:
        self.seq = change.seq
        match change:
            case MessageAdded():
                self._offer("messages", change.message)
            case AttemptAdded():
                self._offer("attempts", change.attempt)
            case Gap():
                for post in self._posts:
                    post.lose()
            case _:
                pass

    def _offer(self, of: Of, item: Item) -> None:
        for post in self._posts:
            if post.of == of:
                post.offer(item, self.documents)

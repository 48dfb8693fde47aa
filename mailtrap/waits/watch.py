"""One wait's view: what is stored after its cursor, then what comes; each is looked at once."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from mailtrap.search.matching import holds
from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.store.base import Page, Window
from mailtrap.store.records import Message
from mailtrap.waits.documents import Item, split
from mailtrap.waits.hub import Hub, Post, WaitsClosedError
from mailtrap.waits.question import COUNT_LIMIT, Question

ROWS: Final = 500
"""Rows that are read from the store at once."""

MORE: Final = 20
"""How many too many are looked for, so that they can be told."""


class Watch:
    """What was found for a question, in the order it came.

    ``found`` are the items (of ``latest`` the newest alone), ``seqs`` those of all that matched.
    A context manager: within it nothing that comes is missed. Raises WaitsFullError on entering.
    """

    def __init__(self, hub: Hub, question: Question) -> None:
        self.found: list[Item] = []
        self.seqs: list[int] = []
        self._hub = hub
        self._question = question
        self._cheap, self._costly = split(question.node)
        self._post = Post(question.of, question.inbox, self._cheap)
        self._post.lost = True  # Nothing of what is stored was looked at yet.
        self._seen = question.after.base
        more = {"at least": max(COUNT_LIMIT, question.count), "latest": 2**63}
        self._most = more.get(question.amount, question.count + MORE)

    def __enter__(self) -> Self:
        self._hub.open(self._post)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hub.leave(self._post)

    def wake(self) -> None:
        """Have ``until`` ask again whether it is enough."""
        self._post.wake()

    async def until(self, enough: Callable[[], bool], deadline: float) -> None:
        """Look at all there is and at what comes, until it is enough or the deadline passes.

        The deadline is a time of the event loop. Raises WaitsClosedError, StoreError.
        """
        await self._look_at_all()
        while not enough() and await self._post.woken(deadline):
            await self._look_at_all()

    async def until_more(self, deadline: float) -> bool:
        """Look until one more than now is found, or the deadline passes; whether there is one."""
        count = len(self.seqs)
        await self.until(lambda: len(self.seqs) > count, deadline)
        return len(self.seqs) > count

    async def _look_at_all(self) -> None:
        self._post.rest()
        if self._post.closed:
            raise WaitsClosedError
        while (self._post.lost or self._post.items) and not self._is_full:
            # Asked anew for each: what came after something was lost must not be looked at first.
            if self._post.lost:
                self._post.lost = False
                await self._read_store()
            else:
                await self._look_at(self._post.items.popleft())

    async def _read_store(self) -> None:
        query: Node = EVERYTHING
        more = True
        while more and not self._is_full:
            page = await self._page(query)
            for item in reversed(page.rows):
                await self._look_at(item)
            more = page.newer and bool(page.rows)
            # The way is long: let the store search, rather than look at each.
            query = self._question.node

    async def _page(self, query: Node) -> Page[Message] | Page[Item]:
        catcher, inbox = self._hub.catcher, self._question.inbox
        window = Window(limit=ROWS, after=self._seen, inbox=inbox)
        if self._question.of == "messages":
            window = Window(limit=ROWS, after=self._seen, inbox=inbox, query=query)
            return await catcher.messages(window)
        page = await catcher.attempts(window)
        return Page[Item](rows=page.rows, newer=page.newer, older=page.older)

    @property
    def _is_full(self) -> bool:
        return len(self.seqs) >= self._most

    async def _look_at(self, item: Item) -> None:
        if item.seq <= self._seen:
            return
        self._seen = item.seq
        if self._question.after.has(item.seq) or not await self._matches(item):
            return
        self.seqs.append(item.seq)
        if self._question.amount == "latest":
            self.found.clear()
        self.found.append(item)

    async def _matches(self, item: Item) -> bool:
        documents = self._hub.documents
        if not holds(self._cheap, documents.summary(item)):
            return False
        if self._costly == EVERYTHING or not isinstance(item, Message):
            return True
        document = await documents.whole(item)
        return document is not None and holds(self._costly, document)

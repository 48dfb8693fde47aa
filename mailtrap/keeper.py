"""Opening and closing inboxes: what of it concerns the store, the rules and the listeners."""

import asyncio
import secrets
from asyncio import TimerHandle
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from mailtrap.catcher import Catcher, Opening, now
from mailtrap.faults.rules import RuleBook
from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.names import InboxError, checked, made_up
from mailtrap.inboxes.records import Inbox, Match, Party
from mailtrap.inboxes.routes import Routes
from mailtrap.store.base import Retention

LONGEST_SLEEP = 3600.0
"""Seconds after which the timer looks again, however far the next expiry is."""


class Wanted(NamedTuple):
    """What somebody wants of an inbox; None does not matter. ``ttl`` is in seconds."""

    name: str | None = None
    prefix: str = "t"
    ttl: float | None = None
    match: Match | None = None
    limits: Retention | None = None
    listen: bool = False


class Ports(NamedTuple):
    """How a listener of an inbox's own is opened, giving its URL, and closed."""

    open: Callable[[str], Awaitable[str]]
    close: Callable[[str], Awaitable[None]]


async def _no_port(inbox: str) -> str:
    raise InboxError("listen", f"listen: there is no listener that {inbox} could have")


async def _nothing(inbox: str) -> None:
    del inbox


NO_PORTS = Ports(_no_port, _nothing)


class Keeper:
    """Opens and closes inboxes. It belongs to one event loop."""

    def __init__(
        self,
        directory: Directory,
        catcher: Catcher,
        faults: RuleBook,
        ports: Ports = NO_PORTS,
        *,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._directory = directory
        self._catcher = catcher
        self._faults = faults
        self._ports = ports
        self._clock = clock
        self._timer: TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        catcher.opened = self._opening

    async def start(self) -> None:
        """Have the store keep the limits of the inboxes that are there from the start."""
        for inbox in self._directory.all():
            if inbox.limits is not None:
                await self._catcher.set_limits(inbox.name, inbox.limits)

    def all(self) -> tuple[Inbox, ...]:
        """Every inbox that was opened."""
        return self._directory.all()

    def get(self, name: str) -> Inbox | None:
        """An inbox that was opened."""
        return self._directory.get(name)

    def address_of(self, name: str) -> str | None:
        """The address that leads to an inbox; None where it has to be opened to have one."""
        inbox = self._directory.get(name)
        if inbox is not None:
            return inbox.address
        address = self._directory.address_for(name)
        return address if self._directory.of_recipient(address) == name else None

    def inboxes_of(self, party: Party, recipients: Sequence[str], raw: bytes) -> tuple[str, ...]:
        """The inboxes of a message that this party sends to these recipients."""
        return self._directory.of_message(party, recipients, raw)

    async def open(self, wanted: Wanted) -> tuple[Inbox, bool]:
        """Open an inbox; with whether it is new. One that is there stays as it is.

        Raises InboxError where the name cannot be, or there are too many, or too many ports.
        """
        cursor = (await self._catcher.counts()).seq
        name = checked(wanted.name) if wanted.name is not None else self._fresh(wanted.prefix)
        if self._directory.get(name) is not None:
            return self._directory.touch(name, cursor), False
        created = self._clock()
        ends = None if wanted.ttl is None else created + timedelta(seconds=wanted.ttl)
        inbox = Inbox(
            name=name,
            address=self._directory.address_for(name),
            created_at=created,
            opened_at=cursor,
            expires_at=ends,
            match=wanted.match or Match(),
            limits=wanted.limits,
        )
        self._directory.put(inbox)
        if wanted.listen:
            inbox = await self._listen(inbox)
        if wanted.limits is not None:
            await self._catcher.set_limits(name, wanted.limits)
        self._set_timer()
        return inbox, True

    async def close(self, name: str) -> int:
        """Close an inbox: its messages, rules and port go; how many messages there were."""
        inbox = self._directory.forget(name)
        if inbox is not None and inbox.listener is not None:
            await self._ports.close(name)
        self._faults.clear(name)
        if inbox is not None and inbox.limits is not None:
            await self._catcher.forget_limits(name)
        self._set_timer()
        return await self._catcher.clear(name)

    async def stop(self) -> None:
        """Expire nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def expire(self, at: datetime | None = None) -> None:
        """Close the inboxes whose time is over (``at``, or now)."""
        try:
            for inbox in self._directory.expired(at or self._clock()):
                await self.close(inbox.name)
        finally:
            self._set_timer()

    def _fresh(self, prefix: str) -> str:
        while True:
            name = made_up(prefix, secrets.token_hex(6))
            if self._directory.get(name) is None:
                return name

    async def _listen(self, inbox: Inbox) -> Inbox:
        """Give it its port. It is open meanwhile; where somebody closes it, it stays closed."""
        try:
            inbox = replace(inbox, listener=await self._ports.open(inbox.name))
        except BaseException:
            self._directory.forget(inbox.name)
            raise
        if self._directory.get(inbox.name) is None:
            await self._ports.close(inbox.name)
            raise InboxError("name", f"name: {inbox.name} was closed while it was being opened")
        self._directory.put(inbox)
        return inbox

    def _opening(self, name: str) -> Opening | None:
        inbox = self._directory.get(name)
        return None if inbox is None else Opening(inbox.opened_at, inbox.created_at)

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._directory.next_expiry()
        if due is not None:
            seconds = max((due - self._clock()).total_seconds(), 0.0)
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(min(seconds, LONGEST_SLEEP), self._expire_soon)

    def _expire_soon(self) -> None:
        task = asyncio.ensure_future(self.expire())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def keep(catcher: Catcher, faults: RuleBook) -> Keeper:
    """A keeper of inboxes that nobody wrote down, without ports of their own."""
    return Keeper(Directory(Routes()), catcher, faults)

"""The mail server: binds listeners, counts connections, drains."""

import asyncio
import logging
import os
import socket
from asyncio import Future
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mailtrap.config import Address, UnixAddress
from mailtrap.server.connection import Connection
from mailtrap.server.listener import Listener
from mailtrap.server.registry import Registry
from mailtrap.server.sockets import BACKLOG, ListenError, bind_all
from mailtrap.server.wall import Wall

REBIND = 1.0
"""Seconds between tries to get a port back after an outage."""

log = logging.getLogger(__name__)

ABORTED = 0.1
"""Seconds for connections that were dropped to be written down."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One address that is listened on. ``url`` is such as ``smtp://127.0.0.1:1025``."""

    listener: Listener
    url: str


class MailServer:
    """All mail listeners of a process. It belongs to one event loop."""

    def __init__(self, registry: Registry, listeners: Sequence[Listener]) -> None:
        self.registry = registry
        registry.outage = self._suspend
        self._outage: Future[None] | None = None
        self._listeners = tuple(listeners)
        self._tcp: list[asyncio.Server] = []
        self._unix: list[asyncio.Server] = []
        self._bound: list[tuple[Listener, Address]] = []
        self._paths: list[Path] = []

    async def start(self) -> tuple[Bound, ...]:
        """Listen everywhere, or raise ListenError and listen nowhere."""
        bound: list[Bound] = []
        try:
            for listener in self._listeners:
                bound.extend(await self._open(listener))
        except BaseException:
            await self.close_listeners()
            raise
        return tuple(bound)

    async def _open(self, listener: Listener) -> list[Bound]:
        bound = []
        for one in bind_all(listener.addresses):
            name = one.getsockname()
            if isinstance(name, tuple):
                self._bound.append((listener, Address(name[0], name[1])))
            await self._serve(listener, one)
            bound.append(Bound(listener, _url(listener, name)))
        self._paths += [Path(a.path) for a in listener.addresses if isinstance(a, UnixAddress)]
        return bound

    async def _serve(self, listener: Listener, one: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        is_tcp = one.family != getattr(socket, "AF_UNIX", None)
        create = loop.create_server if is_tcp else loop.create_unix_server
        connect = partial(Connection, self.registry, listener)
        server = await create(connect, sock=one, backlog=BACKLOG)
        (self._tcp if is_tcp else self._unix).append(server)

    def _suspend(self, seconds: float, *, silent: bool) -> None:
        """Refuse connections for a while: nobody listens on TCP, and then somebody does again.

        Where it is ``silent`` they are not even refused.
        """
        if self._outage is None and not self.registry.stopping:
            for server in self._tcp:
                server.close()
            self._tcp.clear()
            interrupt = self._fall_silent if silent else self._refuse
            self._outage = asyncio.ensure_future(interrupt(seconds))

    async def _refuse(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        for listener, address in self._bound:
            await self._serve(listener, await _bind_again(address))
        self._outage = None

    async def _fall_silent(self, seconds: float) -> None:
        walls: list[tuple[Listener, Wall]] = []
        try:
            for listener, address in self._bound:
                walls.append((listener, Wall(await _bind_again(address))))
            await asyncio.sleep(seconds)
            while walls:
                listener, wall = walls.pop()
                await self._serve(listener, wall.open())
        finally:
            for _, wall in walls:
                wall.close()
        self._outage = None

    async def close_listeners(self) -> None:
        """Take no more connections."""
        if self._outage is not None:
            self._outage.cancel()
            await asyncio.wait([self._outage])
        for server in (*self._tcp, *self._unix):
            server.close()
        self._tcp.clear()
        self._unix.clear()
        for path in self._paths:
            path.unlink(missing_ok=True)
        self._paths.clear()

    async def stop(self) -> None:
        """Drain: idle sessions end at once, the others get a while to end their transaction."""
        registry = self.registry
        registry.stopping = True
        await self.close_listeners()
        for connection in registry.connections():
            connection.shut_down(now=False)
        await registry.emptied(registry.timeouts.shutdown)
        for connection in registry.connections():
            connection.shut_down(now=True)
        await registry.emptied(ABORTED)
        for connection in registry.connections():
            connection.abort()
        await registry.emptied(ABORTED)
        registry.held.release()


async def _bind_again(address: Address) -> socket.socket:
    """A socket on an address that was ours; somebody else may hold it for a while."""
    while True:
        try:
            (one,) = bind_all([address])
        except ListenError as error:
            log.error("after an outage: %s", error)  # noqa: TRY400 - the sentence says it all
            await asyncio.sleep(REBIND)
        else:
            return one


def _url(listener: Listener, name: object) -> str:
    protocol = listener.profile.protocol
    scheme = f"{protocol}s" if listener.profile.tls == "implicit" else protocol
    if isinstance(name, tuple):
        host, port = name[:2]
        return f"{scheme}://{Address(host, port)}"
    return f"{scheme}+unix://{os.fsdecode(name) if isinstance(name, bytes) else name}"

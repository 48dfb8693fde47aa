"""The mail server: binds listeners, counts connections, drains."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mailtrap.config import UnixAddress
from mailtrap.server.connection import Connection
from mailtrap.server.listener import Listener
from mailtrap.server.registry import Registry
from mailtrap.server.sockets import bind_all

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
        self._listeners = tuple(listeners)
        self._servers: list[asyncio.Server] = []
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
        loop = asyncio.get_running_loop()
        bound = []

        def connect() -> Connection:
            return Connection(self.registry, listener)

        for one in bind_all(listener.addresses):
            name = one.getsockname()
            is_tcp = isinstance(name, tuple)
            create = loop.create_server if is_tcp else loop.create_unix_server
            self._servers.append(await create(connect, sock=one))
            bound.append(Bound(listener, _url(listener, name)))
        self._paths += [Path(a.path) for a in listener.addresses if isinstance(a, UnixAddress)]
        return bound

    async def close_listeners(self) -> None:
        """Take no more connections."""
        for server in self._servers:
            server.close()
        self._servers.clear()
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


def _url(listener: Listener, name: object) -> str:
    protocol = listener.profile.protocol
    scheme = f"{protocol}s" if listener.profile.tls == "implicit" else protocol
    if isinstance(name, tuple):
        host, port = name[:2]
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
    return f"{scheme}+unix://{os.fsdecode(name) if isinstance(name, bytes) else name}"

"""Ports of inboxes' own: listeners that are opened while the server runs."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Final

from mailtrap.config import Address
from mailtrap.inboxes.names import InboxError
from mailtrap.server.connection import Connection
from mailtrap.server.listener import Listener
from mailtrap.server.registry import Registry
from mailtrap.server.sockets import ListenError, bind_all

MOST: Final = 256
"""Inboxes that have a port of their own at once."""

PREFIX: Final = "inbox:"
"""How the names of these listeners begin."""


class InboxPorts:
    """One listener for each inbox that has its own, all speaking as ``model`` does."""

    def __init__(self, registry: Registry, model: Listener | None) -> None:
        self._registry = registry
        self._model = model
        self._servers: dict[str, asyncio.Server | None] = {}

    async def open(self, inbox: str) -> str:
        """Listen on a port that the system chooses; its URL. Raises InboxError."""
        if self._model is None:
            raise InboxError("listen", "listen: there is no SMTP listener to be like")
        if len(self._servers) >= MOST:
            raise InboxError("listen", f"listen: {MOST} inboxes have a port of their own already")
        listener = replace(self._model, name=f"{PREFIX}{inbox}", inbox=inbox)
        try:
            (one, *_) = bind_all([Address(_host(self._model), 0)])
        except ListenError as error:
            raise InboxError("listen", f"listen: {error}") from None
        host, port = one.getsockname()[:2]
        connect = partial(Connection, self._registry, listener)
        loop = asyncio.get_running_loop()
        self._servers[inbox] = None  # its place is taken before others are heard
        self._servers[inbox] = await loop.create_server(connect, sock=one)
        scheme = "smtps" if listener.profile.tls == "implicit" else "smtp"
        return f"{scheme}://{Address(host, port)}"

    async def close(self, inbox: str) -> None:
        """Listen no more for an inbox, and end the sessions that are open there."""
        server = self._servers.pop(inbox, None)
        if server is None:
            return
        server.close()
        for connection in self._registry.connections():
            if connection.live().listener == f"{PREFIX}{inbox}":
                connection.shut_down(now=True)

    async def stop(self) -> None:
        """Listen no more; whoever stops the registry ends the sessions."""
        for server in self._servers.values():
            if server is not None:
                server.close()
        self._servers.clear()


def _host(model: Listener) -> str:
    """The address that the model listens on; on loopback where it is a unix socket."""
    tcp = [address for address in model.addresses if isinstance(address, Address)]
    return tcp[0].host if tcp else "127.0.0.1"

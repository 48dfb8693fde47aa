"""Mail listeners on real sockets over a store in memory."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.config import Address, load
from mailtrap.faults.rules import Rule, RuleBook
from mailtrap.mail.summary import scan
from mailtrap.server.badtls import wrong_context
from mailtrap.server.listener import Listener
from mailtrap.server.profiles import profile_of
from mailtrap.server.registry import Registry
from mailtrap.server.server import MailServer
from mailtrap.server.timeouts import Timeouts
from mailtrap.server.tls import TlsSettings, server_context
from mailtrap.smtp.inspect import inspect
from mailtrap.store.base import Retention
from mailtrap.store.records import Change
from mailtrap.store.sqlite import Settings, SqliteStore
from tests.server.peer import Running, Serve

NO_VARIABLES: Mapping[str, str] = {}


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts listeners: ``await serve(timeouts=..., limit=..., room=..., **flags)``."""
    async with AsyncExitStack() as stack:

        async def start(
            *,
            timeouts: Timeouts | None = None,
            limit: int = 256,
            room: int = 0,
            environ: Mapping[str, str] = NO_VARIABLES,
            faults: Sequence[Rule] = (),
            **flags: object,
        ) -> Running:
            asked = {"smtp": "127.0.0.1:0", **flags}
            config = load(asked, environ, tmp_path)
            bus: Bus[Change] = Bus()
            store = SqliteStore(
                None,
                retention=Retention(),
                summarise=scan,
                inspect=lambda message: inspect(message.raw, message.envelope),
                settings=Settings(max_octets=room),
            )
            catcher = Catcher(store, bus)
            await catcher.start()
            stack.push_async_callback(catcher.close)
            registry = Registry(
                catcher,
                limit=limit,
                timeouts=timeouts or Timeouts(),
                trusted=config.trusted,
                faults=RuleBook(faults),
            )
            catcher.live = registry.live
            catcher.drained = registry.transactions.drained
            state = tmp_path / "state"
            registry.tls_fault = partial(wrong_context, settings=TlsSettings(state))
            context = None
            if any(one.tls != "none" for one in config.listeners):
                context = server_context(TlsSettings(state, minimum=config.min_tls))
            listeners = [
                Listener(
                    one.name,
                    tuple(a for a in one.addresses if not isinstance(a, Address) or not a.optional),
                    profile_of(one, config),
                    context if one.tls != "none" else None,
                )
                for one in config.listeners
            ]
            server = MailServer(registry, listeners)
            bound = await server.start()
            stack.push_async_callback(server.stop)
            ports = {one.listener.name: _port(one.url) for one in bound}
            running = Running(server, catcher, bus, ports, state)
            await stack.enter_async_context(running.closers)
            return running

        yield start


def _port(url: str) -> int:
    port = url.rpartition(":")[2]
    return int(port) if port.isdigit() else 0

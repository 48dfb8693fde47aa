"""An SMTP server that says what it is told, and a catcher on a store in memory."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.mail.summary import scan
from mailtrap.store.base import Retention
from mailtrap.store.records import Change
from mailtrap.store.sqlite import SqliteStore
from tests.outbound.stub import Inbound, Start


@pytest.fixture
async def inbound() -> AsyncIterator[Start]:
    """Starts a stub: ``await inbound(RCPT="550 no")``."""
    async with AsyncExitStack() as stack:

        async def start(**replies: str) -> Inbound:
            stub = Inbound(replies)
            await stub.start()
            stack.push_async_callback(stub.close)
            return stub

        yield start


@pytest.fixture
async def catcher() -> AsyncIterator[Catcher]:
    """A catcher that is started."""
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    bus: Bus[Change] = Bus()
    one = Catcher(store, bus)
    await one.start()
    yield one
    await one.close()

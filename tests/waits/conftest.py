"""A house for those who wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.mail.summary import scan
from mailtrap.store.base import Retention
from mailtrap.store.records import Change
from mailtrap.store.sqlite import SqliteStore
from mailtrap.waits.hub import Hub
from tests.waits.house import House


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with opened(Bus()) as house:
        yield house


@pytest.fixture
async def short_memory() -> AsyncIterator[House]:
    """A house whose bus remembers four changes."""
    async with opened(Bus(ring=4)) as house:
        yield house


@asynccontextmanager
async def opened(bus: Bus[Change]) -> AsyncIterator[House]:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, bus)
    await catcher.start()
    hub = Hub(catcher, limit=50)
    hub.start(bus)
    yield House(catcher, bus, hub)
    await hub.close()
    await catcher.close()

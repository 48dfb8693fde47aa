"""A whole server in the test's own loop: mail listeners, store, API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from mailtrap.app.server import Server
from mailtrap.config import load
from tests.app.whole import Whole

Open: TypeAlias = Callable[..., Awaitable[Whole]]


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[Open]:
    """Starts a server: ``await whole(**flags)``."""
    async with AsyncExitStack() as stack:

        async def start(**flags: object) -> Whole:
            asked = {
                "smtp": "127.0.0.1:0",
                "http": "127.0.0.1:0",
                "config": "off",
                "state_dir": "state",
                **flags,
            }
            server = Server(load(asked, {}, tmp_path))
            ready = await server.start()
            stack.push_async_callback(server.stop)
            return await stack.enter_async_context(Whole(server, ready))

        yield start

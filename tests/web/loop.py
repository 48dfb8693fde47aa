"""The loop that all tests of this folder share, as the browser lives on it."""

from typing import Final

import pytest_asyncio

shared: Final = pytest_asyncio.fixture(loop_scope="session")
"""An asynchronous fixture on that loop."""

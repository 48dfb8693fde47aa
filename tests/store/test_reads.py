from collections.abc import Awaitable, Callable

import pytest

from mailtrap.store import reads
from mailtrap.store.base import Window
from mailtrap.store.records import NewAttempt
from mailtrap.store.sqlite import SqliteStore


async def test_no_page_is_larger_than_the_largest(
    monkeypatch: pytest.MonkeyPatch,
    open_store: Callable[..., Awaitable[SqliteStore]],
    new_attempt: Callable[..., NewAttempt],
) -> None:
    monkeypatch.setattr(reads, "PAGE", 3)
    store = await open_store()
    for _ in range(5):
        store.add_attempt(new_attempt())
    await store.flush()
    page = await store.attempts(Window(limit=100))
    assert (len(page.rows), page.older) == (3, True)

"""What came after somebody looked is not deleted by what he asked for then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailtrap.search.tree import EVERYTHING
from mailtrap.store.records import MessagesCleared, MessagesDeleted

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from mailtrap.store.base import Store
    from mailtrap.store.records import Change


async def test_what_is_newer_is_not_cleared(
    store: Store, changes: list[Change], add: Callable[..., asyncio.Future[int]]
) -> None:
    await add(b"1")
    seen = await add(b"22")
    await add(b"333")
    assert await store.clear(upto=seen) == 2
    assert [await store.message(name) is not None for name in ("m1", "m2", "m3")] == [
        False,
        False,
        True,
    ]
    counts = await store.counts()
    assert (counts.messages, counts.unread, counts.octets) == (1, 1, 3)
    told = [change for change in changes if isinstance(change, MessagesDeleted)]
    assert [(sorted(one.ids), one.reason) for one in told] == [(["m1", "m2"], "request")]


async def test_an_inbox_is_cleared_up_to_a_seq_and_others_keep_theirs(
    store: Store, add: Callable[..., asyncio.Future[int]]
) -> None:
    await add(b"1", inboxes=("a", "b"))
    seen = await add(b"22", inboxes=("a",))
    await add(b"333", inboxes=("a",))
    assert await store.clear("a", upto=seen) == 2
    held = {one.name: one.messages for one in (await store.counts()).inboxes}
    assert held == {"a": 1, "b": 1}
    assert await store.message("m2") is None


async def test_where_nothing_is_newer_all_is_cleared_at_once(
    store: Store, changes: list[Change], add: Callable[..., asyncio.Future[int]]
) -> None:
    await add()
    seen = await add()
    assert await store.clear(upto=seen) == 2
    assert isinstance(changes[-1], MessagesCleared)


async def test_a_search_up_to_a_seq_finds_nothing_newer(
    store: Store, add: Callable[..., asyncio.Future[int]]
) -> None:
    seen = await add()
    await add()
    found = [name async for ids in store.matching(EVERYTHING, upto=seen) for name in ids]
    assert found == ["m1"]

"""What every store keeps: deleting, clearing, reading, tagging."""

import asyncio
from collections.abc import Callable

import pytest

from mailtrap.store.base import Store, Window
from mailtrap.store.records import (
    Change,
    MessagesCleared,
    MessagesDeleted,
    MessagesUpdated,
    NewSession,
)


async def test_delete_tells_how_many_there_were(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    for _ in range(3):
        await add(b"12345")
    changes.clear()
    assert await store.delete(["m1", "m3", "m1", "m9"]) == 2
    counts = await store.counts()
    assert (counts.messages, counts.unread, counts.octets) == (1, 1, 5)
    assert await store.raw("m1") is None
    (deleted,) = changes
    assert isinstance(deleted, MessagesDeleted)
    assert (sorted(deleted.ids), deleted.reason) == (["m1", "m3"], "request")


async def test_clear_deletes_all_messages_and_nothing_else(
    store: Store,
    changes: list[Change],
    add: Callable[..., "asyncio.Future[int]"],
    new_session: Callable[..., NewSession],
) -> None:
    await add(tags=("t",), inboxes=("a", "b"))
    await add()
    store.add_session(new_session())
    assert await store.clear() == 2
    counts = await store.counts()
    assert (counts.messages, counts.unread, counts.octets, counts.inboxes) == (0, 0, 0, ())
    assert (counts.attempts, counts.sessions) == (2, 1)
    assert await store.tags() == {}
    assert isinstance(changes[-1], MessagesCleared)
    assert changes[-1].inbox is None
    await add(tags=("t",))
    assert (await store.counts()).messages == 1


async def test_clear_of_an_inbox_leaves_what_is_in_another(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(b"1", inboxes=("a",))
    await add(b"22", inboxes=("a", "b"))
    await add(b"333", inboxes=("b",))
    assert await store.clear("a") == 2
    assert await store.message("m1") is None
    shared = await store.message("m2")
    assert shared is not None
    assert shared.inboxes == ("b",)
    counts = await store.counts()
    assert [(i.name, i.messages, i.octets) for i in counts.inboxes] == [("b", 2, 5)]
    assert isinstance(changes[-1], MessagesCleared)
    assert changes[-1].inbox == "a"


@pytest.mark.parametrize("name", ["a/b", 'quo"te', "ünï", "\x1f", "\x7f", "a\0b", "\udce9", "💌"])
async def test_an_inbox_and_a_tag_may_have_any_name(
    store: Store, add: Callable[..., "asyncio.Future[int]"], name: str
) -> None:
    await add(inboxes=(name, "other"), tags=(name,))
    await add(inboxes=(name,))
    assert len((await store.messages(Window(inbox=name))).rows) == 2
    assert await store.update(None, remove_tags=[name], inbox=name) == 2
    assert await store.tags() == {}
    assert await store.clear(name) == 2
    assert [inbox.name for inbox in (await store.counts()).inboxes] == ["other"]


async def test_update_sets_read_and_tags_of_those_messages(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(tags=("old", "kept"))
    await add()
    changes.clear()
    edited = await store.update(["m1", "m9"], read=True, add_tags=["new"], remove_tags=["old"])
    assert edited == 1
    message = await store.message("m1")
    assert message is not None
    assert (message.read, sorted(message.tags)) == (True, ["kept", "new"])
    assert await store.tags() == {"kept": 1, "new": 1}
    counts = await store.counts()
    assert (counts.unread, counts.inboxes[0].unread) == (1, 1)
    assert changes == [MessagesUpdated(counts.seq, ("m1",), True, ("new",), ("old",))]


async def test_update_of_an_inbox_reaches_all_that_is_in_it(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(inboxes=("a",))
    await add(inboxes=("a", "b"))
    await add(inboxes=("b",))
    assert await store.update(None, read=True, inbox="a") == 2
    counts = await store.counts()
    assert (counts.unread, [inbox.unread for inbox in counts.inboxes]) == (1, [0, 1])
    assert await store.update(["m2", "m3"], read=False, inbox="a") == 1


async def test_an_update_that_changes_nothing_tells_nothing(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(tags=("t",))
    changes.clear()
    assert await store.update(["m1"], read=False, add_tags=["t"], remove_tags=["u"]) == 1
    assert await store.update(["m1"], add_tags=["v"], remove_tags=["v"]) == 1
    assert changes == []


async def test_a_tag_both_added_and_removed_is_removed(
    store: Store, add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await add(tags=("t",))
    await store.update(None, add_tags=["t", "u"], remove_tags=["t", "u"])
    assert await store.tags() == {}


async def test_many_ids_are_told_in_several_changes(
    store: Store, changes: list[Change], add: Callable[..., "asyncio.Future[int]"]
) -> None:
    await asyncio.gather(*(add() for _ in range(1_001)))
    changes.clear()
    assert await store.update(None, read=True) == 1_001
    updated = [change for change in changes if isinstance(change, MessagesUpdated)]
    assert [len(change.ids) for change in updated] == [1_000, 1]

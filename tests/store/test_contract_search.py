"""What every store keeps: searching, and what is done with what a search finds."""

import asyncio
from collections.abc import Callable

import pytest

from mailtrap.search.tree import All, InInbox, Read, Size, Text
from mailtrap.store.base import Retention, Store, Window
from mailtrap.store.records import Change, MessagesDeleted, MessagesUpdated

Add = Callable[..., "asyncio.Future[int]"]
HELLO = Text(("text",), "contains", "hello")


def mail(text: str) -> bytes:
    return f"Subject: x\r\n\r\n{text}\r\n".encode()


async def ids(store: Store, window: Window) -> list[str]:
    return [row.id for row in (await store.messages(window)).rows]


async def test_pages_of_a_search_have_only_what_it_finds(store: Store, add: Add) -> None:
    seqs = [await add(mail("hello" if number % 2 else "bye")) for number in range(8)]
    newest = await store.messages(Window(2, query=HELLO))
    assert [row.seq for row in newest.rows] == [seqs[7], seqs[5]]
    assert (newest.newer, newest.older) == (False, True)
    older = await store.messages(Window(2, query=HELLO, before=seqs[5]))
    assert [row.seq for row in older.rows] == [seqs[3], seqs[1]]
    assert (older.newer, older.older) == (True, False)
    rising = await store.messages(Window(2, query=HELLO, after=seqs[1]))
    assert [row.seq for row in rising.rows] == [seqs[5], seqs[3]]
    assert (rising.newer, rising.older) == (True, True)
    between = await store.messages(Window(5, query=HELLO, after=seqs[2], before=seqs[6]))
    assert [row.seq for row in between.rows] == [seqs[5], seqs[3]]
    assert (between.newer, between.older) == (True, True)


@pytest.mark.parametrize(
    ("window", "rows"),
    [
        (Window(-5, query=HELLO), 0),
        (Window(query=HELLO, before=-(10**30)), 0),
        (Window(10**30, query=HELLO, before=10**30, after=-(10**30)), 1),
        (Window(query=HELLO, inbox="nobody"), 0),
    ],
)
async def test_odd_windows_of_a_search_are_pages_too(
    store: Store, add: Add, window: Window, rows: int
) -> None:
    await add(mail("hello"))
    assert len(await ids(store, window)) == rows


async def test_a_search_in_an_inbox_finds_what_is_in_it(store: Store, add: Add) -> None:
    await add(mail("hello"), inboxes=("a",))
    await add(mail("hello"), inboxes=("b",))
    await add(mail("hello"), inboxes=("a", "b"))
    assert await ids(store, Window(query=HELLO, inbox="a")) == ["m3", "m1"]
    assert await ids(store, Window(query=InInbox("b"), inbox="a")) == ["m3"]


async def test_a_search_sees_flags_as_they_are_now(store: Store, add: Add) -> None:
    await add(mail("hello"))
    await add(mail("hello"))
    await store.update(["m1"], read=True)
    assert await ids(store, Window(query=All((HELLO, Read(False))))) == ["m2"]
    assert await ids(store, Window(query=Size(least=1_000))) == []


async def test_all_that_a_search_finds_is_counted_and_told_newest_first(
    store: Store, add: Add
) -> None:
    for number in range(300):
        add(mail("hello" if number % 3 == 0 else "bye"), inboxes=("a" if number % 2 else "b",))
    assert await store.count(HELLO) == 100
    assert await store.count(HELLO, "a") == 50
    told = [id_ async for some in store.matching(HELLO) for id_ in some]
    assert told == [f"m{number + 1}" for number in range(297, -1, -3)]


async def test_what_comes_while_matches_are_told_is_not_among_them(store: Store, add: Add) -> None:
    await add(mail("hello"))
    told: list[str] = []
    async for some in store.matching(HELLO):
        await add(mail("hello"))
        told += some
    assert told == ["m1"]


async def test_held_tells_the_sums_of_one_inbox_or_of_all(store: Store, add: Add) -> None:
    await add(b"123", inboxes=("a", "b"))
    await add(b"45", inboxes=("b",))
    await store.update(["m2"], read=True)
    one, all_, none = await store.held("b"), await store.held(), await store.held("c")
    assert (one.name, one.messages, one.unread, one.octets) == ("b", 2, 1, 5)
    assert (all_.name, all_.messages, all_.unread, all_.octets) == ("", 2, 1, 5)
    assert (none.name, none.messages, none.unread, none.octets) == ("c", 0, 0, 0)


async def test_beyond_its_limits_the_oldest_leave_an_inbox(
    store: Store, changes: list[Change], add: Add
) -> None:
    await store.set_limits("a", Retention(messages=2))
    for inboxes in (("a",), ("a", "b"), ("b",), ("a",), ("a",), ("b",)):
        await add(b"12", inboxes=inboxes)
    assert await ids(store, Window(inbox="a")) == ["m5", "m4"]
    assert await ids(store, Window(inbox="b")) == ["m6", "m3", "m2"]
    deleted = [change.ids for change in changes if isinstance(change, MessagesDeleted)]
    moved = [change.ids for change in changes if isinstance(change, MessagesUpdated)]
    assert (deleted, moved) == ([("m1",)], [("m2",)])


async def test_limits_hold_at_once_for_what_is_there(store: Store, add: Add) -> None:
    for _ in range(100):
        add(b"12", inboxes=("a",))
    await store.set_limits("a", Retention(octets=7))
    assert await ids(store, Window(inbox="a")) == ["m100", "m99", "m98"]


async def test_limits_that_are_forgotten_hold_no_more(store: Store, add: Add) -> None:
    await store.set_limits("a", Retention(messages=1))
    await store.forget_limits("a")
    await store.forget_limits("never set")
    await add(inboxes=("a",))
    await add(inboxes=("a",))
    assert (await store.held("a")).messages == 2

"""Any place of a long list can be asked for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailtrap.store.base import Window
from mailtrap.store.places import FAR

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from mailtrap.store.base import Store

COUNT = FAR + 200


async def fill(add: Callable[..., asyncio.Future[int]]) -> list[int]:
    """Their seqs, newest first; every other one is in an inbox of its own."""
    futures = [add(b"x", inboxes=("even",) if n % 2 == 0 else ("odd",)) for n in range(2 * COUNT)]
    return sorted([await future for future in futures], reverse=True)


@pytest.mark.parametrize("inbox", [None, "even"])
async def test_an_offset_leads_to_the_same_rows_from_either_end(
    store: Store, add: Callable[..., asyncio.Future[int]], inbox: str | None
) -> None:
    seqs = await fill(add)
    if inbox is not None:
        seqs = seqs[1::2]
    for offset in (0, FAR, FAR + 1, len(seqs) // 2, len(seqs) - 3, len(seqs) - 1):
        page = await store.messages(Window(limit=5, inbox=inbox, offset=offset))
        assert [row.seq for row in page.rows] == seqs[offset : offset + 5]
        assert page.older == (offset + 5 < len(seqs))


async def test_an_offset_counts_from_its_bound_and_beyond_the_end_there_is_nothing(
    store: Store, add: Callable[..., asyncio.Future[int]]
) -> None:
    seqs = await fill(add)
    for skipped in (1, 700):
        window = Window(limit=2, before=seqs[skipped - 1], offset=FAR + 50)
        page = await store.messages(window)
        at = skipped + FAR + 50
        assert [row.seq for row in page.rows] == seqs[at : at + 2]
    assert (await store.messages(Window(offset=len(seqs)))).rows == ()
    assert (await store.messages(Window(offset=10**9, inbox="nobody"))).rows == ()

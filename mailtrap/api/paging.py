"""Lists by key: which rows a request asks for, and where the pages beside them are."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar
from urllib.parse import urlencode

from aiohttp import web

from mailtrap.api.inputs import ListQuery
from mailtrap.api.prefix import address_of
from mailtrap.api.problems import RequestError
from mailtrap.store.base import Page, Window

LONGEST_SEQ: Final = 12
"""Digits that a seq may have: an id is longer, so digits alone tell which of the two is meant."""

LAST_SEQ: Final = 10**LONGEST_SEQ - 1


class Row(Protocol):
    """What has a place in a list."""

    @property
    def seq(self) -> int:
        """Its place in commit order."""


R = TypeVar("R", bound=Row)
Find = Callable[[str], Awaitable[Row | None]]


async def window(query: ListQuery, find: Find) -> Window:
    """The rows that ``query`` asks for; ``find`` gives the row with an id.

    Raises:
        RequestError: 400 where a cursor names no row.
    """
    return Window(
        limit=query.limit,
        before=await _seq("before", query.before, find),
        after=await _seq("after", query.after, find),
        inbox=query.inbox,
    )


def beside(request: web.Request, page: Page[R]) -> tuple[str | None, str | None]:
    """The URLs of the newer and of the older page of the same list, None where there is none."""
    # A session that is still open has no seq yet: behind a page of such the stored ones begin.
    seqs = [row.seq for row in page.rows if row.seq]
    newer = _link(request, "after", seqs[0] if seqs else 0) if page.newer else None
    older = _link(request, "before", seqs[-1] if seqs else LAST_SEQ) if page.older else None
    return newer, older


def _link(request: web.Request, bound: str, seq: int) -> str:
    kept = {name: text for name, text in request.query.items() if name not in {"before", "after"}}
    return f"{address_of(request)}?{urlencode({**kept, bound: seq})}"


async def _seq(name: str, cursor: str | None, find: Find) -> int | None:
    if cursor is None:
        return None
    if cursor.isascii() and cursor.isdigit() and len(cursor) <= LONGEST_SEQ:
        return int(cursor)
    row = await find(cursor)
    if row is None:
        detail = f"{name}: nothing has the id {cursor!r}; a seq works also for what is gone."
        raise RequestError(400, detail, field=name, allowed=("a seq", "an id"))
    return row.seq

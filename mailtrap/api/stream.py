"""GET /api/stream: every change as it is committed, as server-sent events (HTML standard 9.2)."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from typing import Final

from aiohttp import web

from mailtrap.api.changes import concerns
from mailtrap.api.inputs import StreamQuery, read_query
from mailtrap.api.keys import BUS, CATCHER, EVENTS, STREAMS
from mailtrap.api.problems import RequestError
from mailtrap.api.streams import MAX_STREAMS, TooManyStreamsError
from mailtrap.bus import Gap, Subscription
from mailtrap.store.records import Change

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment line shows that the stream lives."""

LOOK: Final = 1.0
"""Seconds between looks whether the client is still there: aiohttp does not tell a handler."""

PATIENCE: Final = 30.0
"""Seconds in which a client must take what it was sent; a slower one is let go."""

BATCH: Final = 100
"""Changes that are written at once."""

HEADERS: Final = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}


async def get_stream(request: web.Request) -> web.StreamResponse:
    """Changes as they come; after ``Last-Event-ID`` or ``since`` those that were missed first."""
    query = read_query(request, StreamQuery)
    streams, bus = request.app[STREAMS], request.app[BUS]
    since = _since(request, query)
    if since is None:
        since = bus.seq
    elif since > bus.seq:
        # A client may have read of a commit before the bus told it: wait until it has.
        await request.app[CATCHER].flush()
    try:
        subscription = streams.open(bus, since)
    except TooManyStreamsError:
        detail = f"There are as many event streams as there may be ({MAX_STREAMS})."
        raise RequestError(503, detail, headers={"Retry-After": "5"}) from None
    try:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        if request.method == "HEAD":
            return response
        with suppress(ConnectionError, TimeoutError):
            await _tell(request, response, subscription, query.inbox, since)
        return response
    finally:
        streams.close(subscription)


def _since(request: web.Request, query: StreamQuery) -> int | None:
    """The seq to go on from. What a browser remembers is newer than what its URL says."""
    header = request.headers.get("Last-Event-ID")
    if not header:
        return query.since
    if header.isascii() and header.isdigit() and len(header) < 19:
        return int(header)
    detail = "Last-Event-ID: it is the id of an event, a whole number."
    raise RequestError(400, detail, field="Last-Event-ID", allowed=("a seq",))


async def _tell(
    request: web.Request,
    response: web.StreamResponse,
    subscription: Subscription[Change],
    inbox: str | None,
    since: int,
) -> None:
    """Write until the client goes (ConnectionError), stalls (TimeoutError) or the stream ends."""
    texts = request.app[EVENTS]
    # An id without data sets the browser's cursor, so that it can resume before the first event.
    await _write(response, b"retry: 1000\nid: %d\n\n" % since)
    async with aclosing(_until_gone(request, subscription)) as batches:
        async for items in batches:
            told = [texts(item) for item in items if concerns(item, inbox)]
            # What is not told to this reader moves its cursor all the same.
            rest = b"id: %d\n\n" % items[-1].seq if items else b":\n\n"
            await _write(response, b"".join(told) or rest)


async def _until_gone(
    request: web.Request, subscription: Subscription[Change]
) -> AsyncGenerator[list[Change | Gap], None]:
    """What ``subscription`` gives, as much as is there; nothing after each silence.

    Ends when the client is gone or the subscription is closed.
    """
    following = asyncio.ensure_future(anext(subscription, None))
    silent = 0.0
    try:
        while not _is_gone(request):
            await asyncio.wait({following}, timeout=LOOK)
            if not following.done():
                silent += LOOK
                if silent >= HEARTBEAT:
                    silent = 0.0
                    yield []
                continue
            item = following.result()
            if item is None:
                return
            silent = 0.0
            yield [item, *_waiting(subscription)]
            following = asyncio.ensure_future(anext(subscription, None))
    finally:
        following.cancel()


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _waiting(subscription: Subscription[Change]) -> Iterator[Change | Gap]:
    """What is there already, up to a batch."""
    for _ in range(BATCH):
        item = subscription.take()
        if item is None:
            return
        yield item


async def _write(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(PATIENCE):
        await response.write(data)

"""GET /api/wait: the answer comes when it is known, not before."""

from collections.abc import Awaitable
from typing import Final, TypeVar

from aiohttp import web

from mailtrap.api import shaping
from mailtrap.api.keys import INFO, WAITS
from mailtrap.api.messages import as_json, find_detail
from mailtrap.api.prefix import prefix_of
from mailtrap.api.problems import RequestError
from mailtrap.api.questions import read_question
from mailtrap.api.shapes import MessageHead, WaitFailure, to_json
from mailtrap.api.telling import wait_failure, wait_result
from mailtrap.store.records import Message
from mailtrap.waits.circumstances import circumstances
from mailtrap.waits.hub import WaitsClosedError, WaitsFullError
from mailtrap.waits.story import Place
from mailtrap.waits.wait import Outcome, wait

T = TypeVar("T")

CURSOR: Final = "X-Next-Cursor"
"""The header that repeats the cursor, for shells."""


async def get_wait(request: web.Request) -> web.Response:
    """Wait for messages or attempts, or for none to come.

    Nothing is sent before the answer, since its status tells how it ended. A client that goes away
    ends its wait.
    """
    hub = request.app[WAITS]
    query, question = await read_question(request, hub)
    outcome = await bounded(wait(hub, question))
    if outcome.reason is not None:
        failure = wait_failure(outcome, await circumstances(hub, outcome), place_of(request))
        return _failed(failure, is_error=query.on_timeout == "error")
    result = wait_result(outcome, await _told(request, outcome, whole=query.detail))
    response = as_json(result)
    response.headers[CURSOR] = result.cursor
    return response


async def bounded(waiting: Awaitable[T]) -> T:
    """What comes of waiting.

    Raises:
        RequestError: 503 where there are too many waits, or the server stops.
    """
    try:
        return await waiting
    except WaitsFullError as error:
        text = str(error)
        detail = f"{text[:1].upper()}{text[1:]}."
        raise RequestError(503, detail, headers={"Retry-After": "1"}) from None
    except WaitsClosedError:
        raise RequestError(503, "The server is stopping.", headers={"Retry-After": "5"}) from None


def place_of(request: web.Request) -> Place:
    """Where this server is, as the client sees it."""
    listeners = request.app[INFO].listeners
    here = f"{request.url.origin()}{prefix_of(request)}"
    return Place(here, tuple(one.url.partition("//")[2] for one in listeners))


async def _told(request: web.Request, outcome: Outcome, *, whole: bool) -> tuple[MessageHead, ...]:
    """The messages, whole unless one was deleted in the meantime."""
    messages = [item for item in outcome.found if isinstance(item, Message)]
    details = [await find_detail(request, message.id) if whole else None for message in messages]
    pairs = zip(details, messages, strict=True)
    return tuple(detail or shaping.message_row(message) for detail, message in pairs)


def _failed(failure: WaitFailure, *, is_error: bool) -> web.Response:
    kind = "application/problem+json" if is_error else "application/json"
    return web.Response(
        status=failure.status if is_error else 200,
        body=to_json(failure),
        headers={"Content-Type": kind, CURSOR: failure.cursor},
    )

"""Sessions and attempts: what clients did, also where no message came of it."""

from aiohttp import web

from mailtrap.api import shaping
from mailtrap.api.inputs import AttemptQuery, ListQuery, Scope, SequenceQuery, read_query
from mailtrap.api.keys import BUS, CATCHER, INFO
from mailtrap.api.messages import as_json
from mailtrap.api.paging import beside, window
from mailtrap.api.problems import missing
from mailtrap.api.sequences import sequences
from mailtrap.api.shapes import AttemptList, ReplySequences, SessionList
from mailtrap.store.base import Concerning, Window


async def list_sessions(request: web.Request) -> web.Response:
    """Connections, newest first; those still open come before all."""
    query = read_query(request, ListQuery)
    catcher = request.app[CATCHER]
    cursor = request.app[BUS].seq
    page = await catcher.sessions(await window(query, catcher.session))
    newer, older = beside(request, page)
    secrets = request.app[INFO].show_credentials
    return as_json(
        SessionList(
            sessions=tuple(shaping.session_row(row, secrets=secrets) for row in page.rows),
            newer=newer,
            older=older,
            cursor=cursor,
        )
    )


async def get_session(request: web.Request) -> web.Response:
    """One connection with its transcript."""
    scope = read_query(request, Scope)
    name = request.match_info["id"]
    session = await request.app[CATCHER].session(name, inbox=scope.inbox)
    if session is None:
        raise missing(f"session {name!r}")
    secrets = request.app[INFO].show_credentials
    return as_json(shaping.session_detail(session, secrets=secrets))


async def list_attempts(request: web.Request) -> web.Response:
    """Transactions, newest first, accepted or not."""
    query = read_query(request, AttemptQuery)
    catcher = request.app[CATCHER]
    cursor = request.app[BUS].seq
    rows = await window(query, catcher.attempt)
    concerning = Concerning(query.recipient, query.sender, query.rule)
    page = await catcher.attempts(
        rows, verdict=query.verdict, session=query.session, concerning=concerning
    )
    newer, older = beside(request, page)
    return as_json(
        AttemptList(
            attempts=tuple(map(shaping.attempt, page.rows)),
            newer=newer,
            older=older,
            cursor=cursor,
        )
    )


async def list_recipients(request: web.Request) -> web.Response:
    """The replies that each recipient got over the attempts, with their times and gaps."""
    query = read_query(request, SequenceQuery)
    page = await request.app[CATCHER].attempts(
        Window(limit=query.limit, inbox=query.inbox),
        concerning=Concerning(query.recipient, query.sender, query.rule),
    )
    told = sequences(page.rows, query.recipient)
    return as_json(ReplySequences(recipients=told, older=page.older))


async def get_attempt(request: web.Request) -> web.Response:
    """One transaction."""
    scope = read_query(request, Scope)
    name = request.match_info["id"]
    attempt = await request.app[CATCHER].attempt(name, inbox=scope.inbox)
    if attempt is None:
        raise missing(f"attempt {name!r}")
    return as_json(shaping.attempt(attempt))

"""Inboxes: which there are, opening one with an address of its own, closing it."""

from typing import Final
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from mailtrap.api.inputs import InboxBody, InboxMatch, Nothing, read_body, read_query
from mailtrap.api.keys import CATCHER, INFO, KEEPER
from mailtrap.api.messages import as_json
from mailtrap.api.prefix import prefix_of
from mailtrap.api.problems import RequestError
from mailtrap.api.shapes import InboxDetail, InboxList, InboxSmtp, to_json
from mailtrap.api.shaping import time
from mailtrap.config.inboxes import is_inbox_name
from mailtrap.config.kinds import DURATION
from mailtrap.inboxes import records
from mailtrap.inboxes.names import ALLOWED, InboxError
from mailtrap.inboxes.written import match_of
from mailtrap.keeper import Wanted
from mailtrap.search.patterns import PatternError
from mailtrap.store.base import InboxCount, Retention

LONGEST_TTL: Final = 30 * 86_400.0
"""Seconds that an inbox with a time to live may have."""

ANY_PASSWORD: Final = "any"  # noqa: S105 - that is what it is: any one does
WILDCARDS: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to


async def list_inboxes(request: web.Request) -> web.Response:
    """All inboxes: those that hold mail, and those that were opened."""
    read_query(request, Nothing)
    held = {count.name: count for count in (await request.app[CATCHER].counts()).inboxes}
    names = sorted({*held, *(inbox.name for inbox in request.app[KEEPER].all())})
    return as_json(InboxList(inboxes=tuple(_shape(request, n, held.get(n)) for n in names)))


async def get_inbox(request: web.Request) -> web.Response:
    """One inbox; one of which nothing is known is empty."""
    read_query(request, Nothing)
    name = _name(request)
    return as_json(_shape(request, name, await request.app[CATCHER].held(name)))


async def open_inbox(request: web.Request) -> web.Response:
    """Open an inbox: a fresh one, or one by name; then only what comes from now on is new in it."""
    said = request.can_read_body and await request.read()
    body = await read_body(request, InboxBody) if said else InboxBody()
    wanted = Wanted(
        name=body.name,
        prefix=body.prefix,
        ttl=_ttl(body.ttl),
        match=_match(body.match),
        limits=_limits(body),
        listen=body.listen,
    )
    try:
        inbox, is_new = await request.app[KEEPER].open(wanted)
    except InboxError as error:
        allowed = (error.allowed,) if error.allowed else None
        raise RequestError(400, f"{error}.", field=error.field, allowed=allowed) from None
    shape = _shape(request, inbox.name, await request.app[CATCHER].held(inbox.name))
    response = web.Response(
        status=201 if is_new else 200, body=to_json(shape), content_type="application/json"
    )
    response.headers["Location"] = f"{prefix_of(request)}/api/inboxes/{inbox.name}"
    return response


async def close_inbox(request: web.Request) -> web.Response:
    """Close an inbox: its messages, its fault rules and its port go with it."""
    read_query(request, Nothing)
    await request.app[KEEPER].close(_name(request))
    return web.Response(status=204)


def _name(request: web.Request) -> str:
    name = request.match_info["name"]
    if not is_inbox_name(name):
        raise RequestError(400, f"{name[:120]!r} is no name of an inbox.", allowed=(ALLOWED,))
    return name


def _ttl(value: str | float | None) -> float | None:
    """Seconds that the inbox shall live."""
    if value is None:
        return None
    try:
        seconds = float(DURATION.read(value if isinstance(value, str) else str(value)))
    except ValueError as error:
        raise RequestError(400, f"ttl: {error}.", field="ttl", allowed=("90s", "10m")) from None
    if not 0 < seconds <= LONGEST_TTL:
        detail = "ttl: more than nothing and at most 30 days."
        raise RequestError(400, detail, field="ttl", allowed=("up to 30d",))
    return seconds


def _match(written: InboxMatch | None) -> records.Match | None:
    if written is None:
        return None
    told = msgspec.structs.asdict(written)
    lists = {key: [told[key]] if isinstance(told[key], str) else told[key] for key in told}
    lists["header"] = tuple(written.header.items())
    try:
        return match_of(**lists)
    except PatternError as error:
        raise RequestError(400, f"match: {error}.", field="match", allowed=()) from None


def _limits(body: InboxBody) -> Retention | None:
    if not body.max_messages and not body.max_octets:
        return None
    return Retention(messages=body.max_messages, octets=body.max_octets, sessions=0)


def _shape(request: web.Request, name: str, held: InboxCount | None) -> InboxDetail:
    keeper = request.app[KEEPER]
    opened = keeper.get(name)
    return InboxDetail(
        name=name,
        address=keeper.address_of(name),
        opened=opened is not None,
        cursor=str(opened.opened_at if opened else 0),
        created_at=time(opened.created_at) if opened else None,
        expires_at=time(opened.expires_at) if opened and opened.expires_at else None,
        listener=opened.listener if opened else None,
        smtp=_smtp(request, name, opened),
        url=f"{request.scheme}://{request.host}{prefix_of(request)}/i/{name}",
        messages=held.messages if held else 0,
        unread=held.unread if held else 0,
        octets=held.octets if held else 0,
    )


def _smtp(request: web.Request, name: str, opened: records.Inbox | None) -> InboxSmtp | None:
    """How to send into it: by its own port, else by the first listener that speaks SMTP."""
    told = [one for one in request.app[INFO].listeners if one.url.startswith("smtp")]
    own = opened.listener if opened else None
    if not told and own is None:
        return None
    url = urlsplit(own or told[0].url)
    host = url.hostname or "localhost"
    if host in WILDCARDS:
        host = urlsplit(f"//{request.host}").hostname or "localhost"
    at = f"[{host}]:{url.port}" if ":" in host else f"{host}:{url.port}"
    return InboxSmtp(
        host=host,
        port=url.port or 0,
        username=name,
        password=ANY_PASSWORD,
        url=f"{url.scheme}://{at}",
        security=told[0].tls if told else "none",
    )

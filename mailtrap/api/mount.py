"""The application below a prefix: mounted there, and its addresses told with it."""

import re
from typing import Final

import msgspec
from aiohttp import web

from mailtrap.api import shapes
from mailtrap.api.headers import DEFAULTS
from mailtrap.api.prefix import PREFIX
from mailtrap.api.problems import MAX_BODY, RequestError, problems

_ADDRESS: Final = re.compile(rb'(?<= href=")/|(?<= src=")/')


def mounted(app: web.Application) -> web.Application:
    """The application to be run: ``app`` below its prefix, or itself where it has none.

    Whoever asks for the root, or for the prefix without a slash, is sent to the page.
    """
    prefix = app[PREFIX]
    if not prefix:
        return app
    outer = web.Application(middlewares=[problems], client_max_size=MAX_BODY)

    async def to_page(request: web.Request) -> web.Response:
        query = f"?{request.query_string}" if request.query_string else ""
        return web.Response(status=307, headers={**DEFAULTS, "Location": f"{prefix}/{query}"})

    async def elsewhere(request: web.Request) -> web.Response:
        raise RequestError(404, f"There is nothing at {request.path}: all is below {prefix}/.")

    outer.add_routes([web.get("/", to_page), web.get(prefix, to_page)])
    outer.add_subapp(prefix, app)
    outer.add_routes([web.route("*", "/{path:.*}", elsewhere)])
    return outer


def document_below(prefix: str, body: bytes) -> bytes:
    """The page's document with the addresses of its files below this prefix."""
    return _ADDRESS.sub(f"{prefix}/".encode(), body)


def message_below(prefix: str, detail: shapes.MessageDetail) -> shapes.MessageDetail:
    """A message whose links begin with this prefix."""
    if not prefix:
        return detail
    urls = msgspec.structs.asdict(detail.urls)
    files = (msgspec.structs.replace(one, url=prefix + one.url) for one in detail.attachments)
    return msgspec.structs.replace(
        detail,
        urls=shapes.Urls(**{name: url and prefix + url for name, url in urls.items()}),
        parts=_part_below(prefix, detail.parts),
        attachments=tuple(files),
    )


def _part_below(prefix: str, part: shapes.Part) -> shapes.Part:
    return msgspec.structs.replace(
        part,
        url=part.url and prefix + part.url,
        children=tuple(_part_below(prefix, child) for child in part.children),
    )

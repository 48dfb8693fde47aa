"""The server itself: what it is, whether it lives, its numbers, its description, its page."""

from aiohttp import web

from mailtrap.api import shaping
from mailtrap.api.assets import CLIENT, INDEX, Asset, asset_response, asset_with
from mailtrap.api.inputs import Nothing, read_query
from mailtrap.api.keys import ASSETS, BUS, CATCHER, INFO, STREAMS, TALLY, WAITS
from mailtrap.api.messages import as_json
from mailtrap.api.mount import document_below
from mailtrap.api.prefix import FORWARDED, path_of, prefix_of
from mailtrap.api.problems import RequestError, missing
from mailtrap.api.shapes import to_json


async def get_info(request: web.Request) -> web.Response:
    """What this server is, where it takes mail and what it holds."""
    read_query(request, Nothing)
    cursor, held = request.app[BUS].seq, await request.app[CATCHER].counts()
    return as_json(shaping.info(request.app[INFO], held, cursor))


async def get_livez(_: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="ok\n")


async def get_readyz(request: web.Request) -> web.Response:
    """Mail is taken."""
    if not request.app[INFO].live().ready:
        raise RequestError(503, "The server is starting or stopping.", headers={"Retry-After": "1"})
    return web.Response(text="ok\n")


async def get_metrics(request: web.Request) -> web.Response:
    """The numbers of this server, for Prometheus."""
    # Imported at the first scrape: most servers are never scraped, and it costs start-up time.
    from mailtrap.api.metrics import CONTENT_TYPE, Waiting, render  # noqa: PLC0415 - see above

    catcher, info = request.app[CATCHER], request.app[INFO]
    waiting = Waiting(streams=len(request.app[STREAMS]), waits=len(request.app[WAITS]))
    body = render(info, await catcher.counts(), request.app[TALLY], waiting)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


async def get_openapi(request: web.Request) -> web.Response:
    """This description."""
    # Imported and made when first asked for: both cost start-up time, and few ask.
    from mailtrap.api.openapi import description  # noqa: PLC0415 - see above
    from mailtrap.api.routes import ROUTES  # noqa: PLC0415 - it imports this module

    read_query(request, Nothing)
    document = description(ROUTES, request.app[INFO].version)
    document["servers"] = [{"url": prefix_of(request) or "/"}]
    body = to_json(document)
    return web.Response(body=body, content_type="application/json")


async def get_page(request: web.Request) -> web.Response:
    """The page: one document for all its addresses."""
    prefix, asset = prefix_of(request), _asset(request, INDEX)
    if prefix:
        asset = asset_with(asset, document_below(prefix, asset.body))
    response = asset_response(request, asset)
    response.headers["Vary"] += f", {FORWARDED}"
    return response


async def get_asset(request: web.Request) -> web.Response:
    """A file of the page."""
    path = path_of(request)
    return asset_response(request, _asset(request, CLIENT.get(path) or path.removeprefix("/")))


def _asset(request: web.Request, name: str) -> Asset:
    asset = request.app[ASSETS].get(name)
    if asset is None:
        raise missing(f"file {name!r}")
    return asset

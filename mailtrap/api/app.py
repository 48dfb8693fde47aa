"""The HTTP application: the API and the page, behind the guard."""

import time
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from mailtrap.api import status
from mailtrap.api.assets import CLIENT, FOLDERS, Assets, web_root
from mailtrap.api.changes import EventTexts
from mailtrap.api.glancing import Glancer
from mailtrap.api.guard import GuardConfig, cors_headers, guarding
from mailtrap.api.headers import DEFAULTS
from mailtrap.api.info import ServerInfo
from mailtrap.api.keys import (
    ASSETS,
    BUS,
    CATCHER,
    CLOCK,
    EVENTS,
    FAULTS,
    GLANCER,
    GUARD,
    INFO,
    KEEPER,
    SEAL,
    STREAMS,
    TALLY,
    WAITS,
)
from mailtrap.api.prefix import PREFIX
from mailtrap.api.problems import MAX_BODY, problems
from mailtrap.api.routes import PAGES, aiohttp_routes
from mailtrap.api.seal import Seal
from mailtrap.api.streams import Streams
from mailtrap.api.tally import Tally
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.keeper import Keeper, keep
from mailtrap.store.records import Change
from mailtrap.waits.hub import Hub

ICON: Final = "/icon.svg"


def build_app(
    catcher: Catcher,
    bus: Bus[Change],
    info: ServerInfo,
    guard: GuardConfig,
    faults: RuleBook | None = None,
    keeper: Keeper | None = None,
) -> web.Application:
    """The application, ready to be run; routes that are added to it stand behind the same guard.

    Where ``info`` has a prefix it is ``mounted(app)`` that is to be run.
    ``faults`` are the rules that the mail server asks; app[CLOCK] counts for them.
    ``keeper`` opens and closes inboxes; without one they have no ports of their own.
    """
    seal = Seal()
    app = web.Application(middlewares=[problems, guarding(guard, seal)], client_max_size=MAX_BODY)
    app[CATCHER], app[BUS], app[INFO], app[GUARD] = catcher, bus, info, guard
    app[PREFIX] = info.prefix
    book = RuleBook() if faults is None else faults
    app[FAULTS], app[CLOCK] = book, time.monotonic
    app[KEEPER] = keeper or keep(catcher, book)
    app[ASSETS], app[SEAL], app[STREAMS], app[TALLY] = Assets(web_root()), seal, Streams(), Tally()
    app[GLANCER] = Glancer(catcher)
    app[EVENTS], app[WAITS] = EventTexts(secrets=info.show_credentials), Hub(catcher)
    app.add_routes(aiohttp_routes())
    app.add_routes([web.get(path, status.get_page) for path in PAGES])
    app.add_routes([web.get(f"/{folder}/{{name:.+}}", status.get_asset) for folder in FOLDERS])
    app.add_routes([web.get(path, status.get_asset) for path in (ICON, *CLIENT)])
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(_end_streams)
    app.cleanup_ctx.extend([_tallying, _waiting])
    return app


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in DEFAULTS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "mailtrap"
    # Added, not set: a response may vary with more than the origin.
    response.headers.extend(cors_headers(request, request.app[GUARD]))


async def _end_streams(app: web.Application) -> None:
    app[STREAMS].close_all()
    await app[WAITS].close()


async def _waiting(app: web.Application) -> AsyncIterator[None]:
    """Hand what comes to those who wait, while the application runs."""
    app[WAITS].start(app[BUS])
    yield
    await app[WAITS].close()


async def _tallying(app: web.Application) -> AsyncIterator[None]:
    """Count what passes by on the bus while the application runs."""
    end = app[BUS].tap(app[TALLY].add)
    yield
    end()

"""Where an application keeps what its handlers use: typed keys, one for each thing."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from mailtrap.api.assets import Assets
from mailtrap.api.changes import EventTexts
from mailtrap.api.glancing import Glancer
from mailtrap.api.guard import GuardConfig
from mailtrap.api.info import ServerInfo
from mailtrap.api.seal import Seal
from mailtrap.api.streams import Streams
from mailtrap.api.tally import Tally
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.keeper import Keeper
from mailtrap.store.records import Change
from mailtrap.waits.hub import Hub

CATCHER: Final = web.AppKey("catcher", Catcher)
BUS: Final = web.AppKey("bus", Bus[Change])
INFO: Final = web.AppKey("info", ServerInfo)
GUARD: Final = web.AppKey("guard", GuardConfig)
ASSETS: Final = web.AppKey("assets", Assets)
SEAL: Final = web.AppKey("seal", Seal)
STREAMS: Final = web.AppKey("streams", Streams)
EVENTS: Final = web.AppKey("events", EventTexts)
FAULTS: Final = web.AppKey("faults", RuleBook)
CLOCK: Final[web.AppKey[Callable[[], float]]] = web.AppKey("clock")
GLANCER: Final = web.AppKey("glancer", Glancer)
KEEPER: Final = web.AppKey("keeper", Keeper)
WAITS: Final = web.AppKey("waits", Hub)
TALLY: Final = web.AppKey("tally", Tally)

"""The links and the codes of a message, each by itself."""

from aiohttp import web

from mailtrap.api.bodies import find_mail
from mailtrap.api.inputs import Scope, read_query
from mailtrap.api.messages import as_json
from mailtrap.api.shapes import FoundCodes, FoundLinks
from mailtrap.api.taking import found_codes, found_links, taken_out


async def get_links(request: web.Request) -> web.Response:
    """The links of its HTML, of its text and of List-Unsubscribe. None of them is requested."""
    _, _, mail = await find_mail(request, read_query(request, Scope))
    return as_json(FoundLinks(links=found_links((await taken_out(mail)).links)))


async def get_codes(request: web.Request) -> web.Response:
    """Its one-time codes, the likeliest first, with what speaks for each."""
    _, _, mail = await find_mail(request, read_query(request, Scope))
    return as_json(FoundCodes(codes=found_codes((await taken_out(mail)).codes)))

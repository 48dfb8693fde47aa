"""GET /api/glances: what a list shows of messages beside their rows."""

from aiohttp import web

from mailtrap.api.inputs import GlanceQuery, read_query
from mailtrap.api.keys import GLANCER
from mailtrap.api.messages import as_json
from mailtrap.api.shapes import GlanceList


async def get_glances(request: web.Request) -> web.Response:
    """How messages begin, their likeliest code, and what was refused of them.

    Their bodies are read for that, of each the first mebibyte at most; lists read none.
    """
    glancer = request.app[GLANCER]
    ids = dict.fromkeys(read_query(request, GlanceQuery).id)
    found = [await glancer(one) for one in ids]
    return as_json(GlanceList(glances=tuple(one for one in found if one is not None)))

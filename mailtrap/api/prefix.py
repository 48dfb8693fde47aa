"""The path under which everything is, where that is not the root of the host.

Either the server was told one (``http_prefix``) and expects it in every request, or a proxy takes
one away on the way here and tells it in ``X-Forwarded-Prefix``.
"""

from typing import Final

from aiohttp import web

from mailtrap.config.prefix import read_prefix

PREFIX: Final = web.AppKey("prefix", str)
"""The prefix that the server was told, such as ``/mail``; empty where it was told none."""

FORWARDED: Final = "X-Forwarded-Prefix"


def prefix_of(request: web.Request) -> str:
    """What stands before every path of ours in the client's addresses: ``/mail``, or nothing."""
    return request.app.get(PREFIX, "") or _forwarded(request)


def path_of(request: web.Request) -> str:
    """The path of a request as the table of routes has it."""
    return request.path.removeprefix(request.app.get(PREFIX, ""))


def address_of(request: web.Request) -> str:
    """The path of a request as the client has it."""
    return request.path if request.app.get(PREFIX) else _forwarded(request) + request.path


def _forwarded(request: web.Request) -> str:
    """What a proxy took away; what cannot be a prefix is not believed."""
    try:
        return read_prefix(request.headers.get(FORWARDED, ""))
    except ValueError:
        return ""

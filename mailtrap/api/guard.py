"""Who may talk to us: the Host, Origin and login checks in front of every route.

A mail catcher listens on loopback without a password, so any web page the developer visits can send
it requests. Host keeps out DNS rebinding; Origin and Fetch Metadata keep out other sites.
"""

import binascii
import hmac
import ipaddress
import re
from base64 import b64decode
from fnmatch import fnmatchcase
from typing import Final

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from mailtrap.api.prefix import path_of
from mailtrap.api.problems import RequestError
from mailtrap.api.seal import Seal

OPEN_PATHS: Final = frozenset({"/livez", "/readyz"})
"""Answered without a login: orchestrators have none."""

OTHER_SITES: Final = frozenset({"cross-site", "same-site"})
"""What Fetch Metadata says of others. The same host with another port counts as the same site."""

CORS_METHODS: Final = "GET, HEAD, POST, PUT, PATCH, DELETE"
CORS_HEADERS: Final = "Authorization, Content-Type, Last-Event-ID"
CORS_EXPOSED: Final = "Content-Disposition, ETag"

_HOST: Final = re.compile(r"^(?:\[(?P<v6>[0-9A-Fa-f:.%]+)\]|(?P<name>[^\[\]:/@\s]+))(?::\d{1,5})?$")
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


class GuardConfig(msgspec.Struct, frozen=True):
    """Whom to let in.

    ``allow_hosts`` are names we answer to beside loopback ones (``mail.example.test``,
    ``*.example.test``, ``*`` for all); ``allow_origins`` are origins of other pages that may use
    the API (``https://app.example.test``). ``password`` is asked for by HTTP Basic with any user
    name; ``tokens`` are taken as ``Authorization: Bearer``. With neither there is no login.
    """

    allow_hosts: tuple[str, ...] = ()
    allow_origins: tuple[str, ...] = ()
    password: str | None = None
    tokens: tuple[str, ...] = ()


def guarding(config: GuardConfig, seal: Seal) -> Middleware:
    """The middleware that keeps ``config``: 421 wrong Host, 403 foreign origin, 401 no login."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        _require_host(request, config)
        if _is_preflight(request, config):
            return web.Response(status=204)
        if not _is_sealed_image(request, seal):
            _require_own_origin(request, config)
            _require_login(request, config)
        return await handler(request)

    return guarded


def cors_headers(request: web.Request, config: GuardConfig) -> dict[str, str]:
    """The CORS headers of the response to ``request``: none unless its origin is allowed."""
    origin = request.headers.get("Origin")
    if origin is None or origin not in config.allow_origins:
        return {}
    headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    if request.method != "OPTIONS":
        return {**headers, "Access-Control-Expose-Headers": CORS_EXPOSED}
    allow = {
        "Access-Control-Allow-Methods": CORS_METHODS,
        "Access-Control-Allow-Headers": CORS_HEADERS,
    }
    return {**headers, **allow, "Access-Control-Max-Age": "600"}


def host_allowed(host: str, local: str | None, patterns: tuple[str, ...]) -> bool:
    """Whether we answer to this Host header field.

    ``local`` is the address at which the connection came in. A literal address cannot be rebound,
    so one is taken when it is that address, or when the connection did not come by loopback (the
    client then may know us by an address that was translated on the way).
    """
    match = _HOST.match(host)
    if match is None:
        return False
    name = (match["v6"] or match["name"]).lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    if any(fnmatchcase(name, pattern.lower()) for pattern in patterns):
        return True
    address = _address(name)
    if address is None:
        return False
    bound = _address(local or "")
    return address.is_loopback or address == bound or (bound is not None and not bound.is_loopback)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that ``text`` spells; an IPv4-mapped one as IPv4."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _require_host(request: web.Request, config: GuardConfig) -> None:
    host = request.headers.get("Host", "")
    sockname = request.transport.get_extra_info("sockname") if request.transport else None
    local = sockname[0] if isinstance(sockname, tuple) else None
    if not host_allowed(host, local, config.allow_hosts):
        detail = (
            f"This server does not answer to the host {host!r}; it can be told to (allow-hosts)."
        )
        raise RequestError(421, detail, field="Host", allowed=("localhost", *config.allow_hosts))


def _is_preflight(request: web.Request, config: GuardConfig) -> bool:
    """Whether a page of an allowed origin asks if it may (Fetch standard, CORS preflight)."""
    return (
        request.method == "OPTIONS"
        and "Access-Control-Request-Method" in request.headers
        and request.headers.get("Origin") in config.allow_origins
    )


def _is_sealed_image(request: web.Request, seal: Seal) -> bool:
    """Whether this is an image of a preview that we made, asked for by its frame."""
    content_id = request.match_info.get("content_id")
    if content_id is None or request.method not in {"GET", "HEAD"}:
        return False
    if request.headers.get("Sec-Fetch-Dest", "image") != "image":
        return False
    return seal.fits(request.match_info["id"], content_id, request.query.get("key", ""))


def _require_own_origin(request: web.Request, config: GuardConfig) -> None:
    origin = request.headers.get("Origin")
    if origin is not None:
        if not (origin in config.allow_origins or _is_own(origin, request.headers["Host"])):
            raise _foreign(origin, config)
    elif request.headers.get("Sec-Fetch-Site") in OTHER_SITES and not _is_visit(request):
        raise _foreign("another site", config)


def _is_own(origin: str, host: str) -> bool:
    """Whether ``origin`` is where our page comes from, be there a proxy that adds TLS or not."""
    scheme, _, netloc = origin.partition("://")
    if scheme not in _DEFAULT_PORTS:
        return False
    default = _DEFAULT_PORTS[scheme]
    return netloc.lower().removesuffix(default) == host.lower().removesuffix(default)


def _is_visit(request: web.Request) -> bool:
    """Whether somebody followed a link to our page, which tells the other site nothing."""
    return (
        request.method in {"GET", "HEAD"}
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
        and not path_of(request).startswith("/api/")
    )


def _foreign(origin: str, config: GuardConfig) -> RequestError:
    detail = f"Requests from {origin} are refused; an origin can be allowed (allow-origins)."
    return RequestError(403, detail, field="Origin", allowed=config.allow_origins)


def _require_login(request: web.Request, config: GuardConfig) -> None:
    if path_of(request) in OPEN_PATHS or not (config.password or config.tokens):
        return
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic" and config.password:
        ok = _same(_basic_password(value), config.password)
    else:
        # Every token is compared, so the time tells nothing of which one came close.
        fits = [_same(value.strip(), token) for token in config.tokens]
        ok = any(fits) and scheme.lower() == "bearer"
    if not ok:
        kinds = ('Basic realm="mailtrap", charset="UTF-8"', 'Bearer realm="mailtrap"')
        wanted = [
            kind for kind, on in zip(kinds, (config.password, config.tokens), strict=True) if on
        ]
        raise RequestError(
            401,
            "A password or token is needed, and this request has none that is right.",
            field="Authorization",
            allowed=[kind.split()[0] for kind in wanted],
            headers={"WWW-Authenticate": ", ".join(wanted)},
        )


def _basic_password(value: str) -> str:
    """The password of Basic credentials (RFC 7617); empty where they cannot be read."""
    try:
        return b64decode(value.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(errors="surrogateescape"), wanted.encode())

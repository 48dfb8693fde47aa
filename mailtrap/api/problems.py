"""Errors as ``application/problem+json`` (RFC 9457): they name what is allowed."""

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final, NamedTuple

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from mailtrap.api.prefix import address_of, prefix_of
from mailtrap.api.shapes import ProblemDetail, to_json
from mailtrap.store.base import StoreError, StoreFullError

log = logging.getLogger(__name__)

MAX_BODY: Final = 1024 * 1024
"""The largest JSON body that is read, in octets."""

HINTS: Final = {
    404: "There is nothing at {path}. {prefix}/api/openapi.json lists every path.",
    405: "{path} does not know the method {method}.",
    413: "The body is too large: at most {limit} octets.",
}
"""What to say where aiohttp itself refuses a request, by status."""

_PATH: Final = re.compile(r"^(?P<text>.*?)(?: - at `(?:\$|key)\.?(?P<field>[^`]*)`)?$", re.DOTALL)
_FIELD: Final = re.compile(
    r"^Object (?:contains unknown|missing required) field `(?P<field>[^`]*)`"
)


class Place(NamedTuple):
    """Where in a text the mistake stands: an offset and a length, in characters."""

    begin: int
    length: int


class RequestError(Exception):
    """A request that is answered with an error.

    ``detail`` is a sentence for a person; ``field`` the parameter or member at fault; ``allowed``
    what it may be; ``place`` where in it the mistake stands.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        field: str | None = None,
        allowed: Sequence[str] | None = None,
        headers: Mapping[str, str] | None = None,
        place: Place | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.field = field
        self.allowed = allowed
        self.headers = headers or {}
        self.place = place

    def response(self) -> web.Response:
        """The answer that tells it."""
        shape = ProblemDetail(
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            field=self.field if self.field is not None else msgspec.UNSET,
            allowed=tuple(self.allowed) if self.allowed is not None else msgspec.UNSET,
            place=self.place.begin if self.place else msgspec.UNSET,
            length=self.place.length if self.place else msgspec.UNSET,
        )
        headers = {"Content-Type": "application/problem+json", **self.headers}
        return web.Response(status=self.status, body=to_json(shape), headers=headers)


def missing(what: str) -> RequestError:
    """404: there is no such thing."""
    return RequestError(404, f"There is no {what}.")


def invalid(error: msgspec.ValidationError, kind: type[msgspec.Struct]) -> RequestError:
    """400 for input that does not have the form of ``kind``: names the field and what it may be."""
    match = _PATH.match(str(error))
    text = match["text"] if match else str(error)
    field = (match["field"] or "") if match else ""
    if named := _FIELD.match(text):
        field = ".".join(filter(None, (field, named["field"])))
    detail = f"{field}: {text}." if field and not named else f"{text}."
    return RequestError(400, detail, field=field or None, allowed=allowed(kind, field))


def allowed(kind: type[msgspec.Struct], field: str) -> tuple[str, ...]:
    """What ``field`` of ``kind`` may be; where there is no such field, the names of all."""
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    name = re.split(r"[.\[]", field, maxsplit=1)[0]
    if name not in schema:
        return tuple(schema)
    choices = schema[name].get("anyOf", [schema[name]])
    return tuple(word for choice in choices for word in _words(choice))


def _words(schema: Mapping[str, object]) -> list[str]:
    match schema:
        case {"enum": [*values]}:
            return [str(value) for value in values]
        case {"type": "null"}:
            return []
        case {"minimum": low, "maximum": high}:
            return [f"{low} to {high}"]
        case {"items": {"maxLength": high}}:
            return [f"list of texts of 1 to {high} characters"]
        case {"maxLength": high}:
            return [f"1 to {high} characters"]
        case _:
            return [str(schema.get("description", schema.get("type", "")))]


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever a handler raises into a problem; the unexpected is logged, and told as 500."""
    try:
        return await handler(request)
    except RequestError as problem:
        return problem.response()
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _from_aiohttp(request, error).response()
    except StoreFullError as error:
        return RequestError(507, f"The store is full: {error}").response()
    except StoreError as error:
        return RequestError(503, f"The store cannot do that now: {error}").response()
    except ConnectionError:
        raise
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return RequestError(500, "The server failed at this; its log tells more.").response()


def _from_aiohttp(request: web.Request, error: web.HTTPException) -> RequestError:
    words = {
        "path": address_of(request),
        "prefix": prefix_of(request),
        "method": request.method,
        "limit": MAX_BODY,
    }
    hint = HINTS.get(error.status)
    detail = hint.format(**words) if hint else f"{error.reason}."
    if not isinstance(error, web.HTTPMethodNotAllowed):
        return RequestError(error.status, detail)
    methods = sorted(error.allowed_methods)
    return RequestError(405, detail, allowed=methods, headers={"Allow": ", ".join(methods)})

"""One small HTTP client: base address, authentication, JSON, problems as exceptions."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
    responses,
)
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit

from mailtrap.client.errors import ClientError, NotFoundError, UnreachableError
from mailtrap.client.sse import Event, read_events

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Query: TypeAlias = Mapping[str, str | int | None]

JSON_LIMIT = 64 * 1024 * 1024
LINE_LIMIT = 16 * 1024 * 1024
PIECE = 64 * 1024
STREAM_SILENCE = 45.0
"""Seconds without a word after which a stream counts as broken: three of its comment lines."""


def below(url: str, path: str) -> str:
    """The path below a server's ``url`` that a link of its answers leads to.

    Links begin with the path of the URL where the server knows it, and without where it does not.
    """
    prefix = urlsplit(url).path.rstrip("/")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/api/") else path


class Http:
    """Requests to one server, each on its own connection.

    ``url`` is ``http://host:port`` with an optional path; user and password in it are understood.
    ``timeout`` is in seconds and holds for each step (connect, send, wait for data).
    Raises ValueError where the URL is none.
    """

    def __init__(
        self, url: str, *, password: str = "", token: str = "", timeout: float = 10.0
    ) -> None:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is not the address of a server; write http://host:port")
        self.host = parts.hostname
        self.token = token
        self._secure = parts.scheme == "https"
        self._port = parts.port
        self._prefix = parts.path.rstrip("/")
        self._timeout = timeout
        self.authorization = _authorization(password or parts.password or "", token)
        where = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self._port}" if self._port else ""
        self.url = f"{parts.scheme}://{where}{port}{self._prefix}"

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Json = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Iterator[HTTPResponse]:
        """The answer, its status below 400, to be read inside the ``with``.

        ``query`` leaves out what is None. Raises UnreachableError, also while the answer is read,
        NotFoundError and ClientError.
        """
        connection = self._connection(timeout or self._timeout)
        send = {"Accept": "application/json", **self.authorization, **(headers or {})}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            send["Content-Type"] = "application/json"
        try:
            connection.request(method, self._target(path, query), content, send)
            response = connection.getresponse()
            if response.status >= 400:
                raise problem(response.status, response.read(PIECE))
            yield response
        except (OSError, HTTPException) as error:
            raise UnreachableError(f"nothing answers at {self.url} ({_reason(error)})") from error
        finally:
            connection.close()

    def json(
        self, method: str, path: str, *, query: Query | None = None, body: Json = None
    ) -> Json:
        """The answer's JSON, None where it has no content."""
        with self.open(method, path, query=query, body=body) as response:
            content = response.read(JSON_LIMIT + 1)
            if len(content) > JSON_LIMIT:
                raise ClientError(f"{self.url}{path} answers with more than {JSON_LIMIT} octets")
            _check_complete(response)
        if not content:
            return None
        try:
            value: Json = json.loads(content)
        except ValueError:
            raise ClientError(f"{self.url} answers, but not as mailtrap does (no JSON)") from None
        return value

    def pieces(self, path: str, *, query: Query | None = None) -> Iterator[bytes]:
        """The answer's octets in pieces."""
        with self.open("GET", path, query=query, headers={"Accept": "*/*"}) as response:
            while piece := response.read(PIECE):
                yield piece
            _check_complete(response)

    def events(self, path: str, *, since: str, query: Query | None = None) -> Iterator[Event]:
        """The events of a stream after the one with the id ``since``; ends when the server ends it.

        Raises UnreachableError when the connection breaks or falls silent.
        """
        headers = {"Accept": "text/event-stream", "Last-Event-ID": since}
        with self.open(
            "GET", path, query=query, headers=headers, timeout=STREAM_SILENCE
        ) as response:
            yield from read_events(_lines(response))

    def _connection(self, timeout: float) -> HTTPConnection:
        if self._secure:
            return HTTPSConnection(self.host, self._port, timeout=timeout)
        return HTTPConnection(self.host, self._port, timeout=timeout)

    def _target(self, path: str, query: Query | None) -> str:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        return f"{self._prefix}{path}{'?' if given else ''}{urlencode(given)}"


def _authorization(password: str, token: str) -> dict[str, str]:
    if token:
        return {"Authorization": f"Bearer {token}"}
    if password:
        return {"Authorization": f"Basic {b64encode(f':{password}'.encode()).decode()}"}
    return {}


def _check_complete(response: HTTPResponse) -> None:
    """Raise where the connection ended early: ``read`` with a size does not tell."""
    if response.length:
        raise IncompleteRead(b"", response.length)


def _lines(response: HTTPResponse) -> Iterator[bytes]:
    while line := response.readline(LINE_LIMIT):
        yield line


def problem(status: int, content: bytes) -> ClientError:
    """The exception for an answer of 400 or above (RFC 9457 where the server speaks it)."""
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    detail = told.get("detail") or told.get("title") if isinstance(told, dict) else None
    text = str(detail or f"the server answers {status} {responses.get(status, '')}".rstrip())
    kind = NotFoundError if status == 404 and detail else ClientError
    return kind(text, status)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

"""Reading: lists, messages, searches, starting and deleting, with much or little stored."""

import http.client
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from bench import filled, startup
from bench.percentiles import Times, times
from bench.processes import Place, free_port, running
from bench.targets import HOST, command, own_environment

SIZE = 2_000
ASKS = 100
LIMIT = 120.0


class Read(NamedTuple):
    """What reading took with so many messages stored; ``seconds`` and ``octets`` are said so."""

    messages: int
    filled: filled.Filled
    times: dict[str, Times]
    start_seconds: float
    delete_seconds: float
    resident_octets: int


def measure(count: int, folder: Path) -> Read:
    """Fill a file with ``count`` messages, and read from a server that has it."""
    path = folder / f"{count}.db"
    told = filled.fill(path, count, SIZE)
    store = ("--store", str(path), "--max-octets", "0")
    start = startup.ready_after(store)
    smtp, web = Place(HOST, free_port()), Place(HOST, free_port())
    words = command(smtp, web, *store)
    with running(words, smtp, http=web, environment=own_environment()) as server:
        asked = {name: times(list(_asks(web, path_of))) for name, path_of in _questions(web, count)}
        resident = server.resident() or 0
        begin = time.perf_counter()
        _request(_open(web), "DELETE", "/api/messages")
        deleted = time.perf_counter() - begin
    return Read(count, told, asked, start, deleted, resident)


@contextmanager
def folder() -> Iterator[Path]:
    """A place for files that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mailtrap-bench-") as name:
        yield Path(name)


def _questions(web: Place, count: int) -> Iterator[tuple[str, Callable[[int], str]]]:
    listed = _request(_open(web), "GET", "/api/messages?limit=50")["messages"]
    ids = [row["id"] for row in listed]
    yield "list, newest", lambda _: "/api/messages?limit=50"
    yield "list, oldest", lambda _: "/api/messages?limit=50&after=0"
    yield "list, by number, middle", lambda _: f"/api/messages?limit=50&offset={count // 2}"
    yield "message", lambda turn: f"/api/messages/{ids[turn % len(ids)]}"
    for name, words in (
        ("search, rare word", filled.RARE),
        ("search, no match", "wordthatisnowhere"),
        ("search, common word", filled.COMMON),
        ("search, sender", "from:user77@example7.com"),
    ):
        query = urlencode({"q": words})
        yield name, lambda _, query=query: f"/api/messages?{query}"  # type: ignore[misc]


def _asks(web: Place, path_of: Callable[[int], str]) -> Iterator[float]:
    connection = _open(web)
    _request(connection, "GET", path_of(0))
    for turn in range(ASKS):
        begin = time.perf_counter()
        _request(connection, "GET", path_of(turn), parse=False)
        yield time.perf_counter() - begin


def _open(web: Place) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(web.host, web.port, timeout=LIMIT)


def _request(
    connection: http.client.HTTPConnection, method: str, path: str, *, parse: bool = True
) -> dict[str, list[dict[str, str]]]:
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read()
    if response.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"{method} {path}: {response.status} {body[:200]!r}")
    told: dict[str, list[dict[str, str]]] = json.loads(body) if parse and body else {}
    return told

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from mailtrap.api.problems import problems
from mailtrap.store.base import StoreError, StoreFullError

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Problems


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nothing", "/nothing", "/api/messages/", "/M"]
)
async def test_a_path_that_is_not_there_is_404(
    client: Client, problem: Problems, path: str
) -> None:
    told = await problem(await client.get(path), 404)
    assert told["title"] == "Not Found"
    assert told["type"] == "about:blank"
    assert path in str(told["detail"])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/messages", ["DELETE", "GET", "HEAD", "PATCH", "POST"]),
        ("PUT", "/api/messages/x", ["DELETE", "GET", "HEAD", "PATCH"]),
        ("GET", "/api/messages/x/tags/t", ["DELETE", "PUT"]),
        ("DELETE", "/api/info", ["GET", "HEAD"]),
        ("OPTIONS", "/api/info", ["GET", "HEAD"]),
        ("POST", "/", ["GET", "HEAD"]),
        ("TRACE", "/livez", ["GET", "HEAD"]),
    ],
)
async def test_a_method_that_is_not_known_is_405_with_those_that_are(
    client: Client, problem: Problems, method: str, path: str, allowed: list[str]
) -> None:
    response = await client.request(method, path)
    told = await problem(response, 405)
    assert told["allowed"] == allowed
    assert response.headers["Allow"] == ", ".join(allowed)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("secret detail"), 500, "log"),
        (StoreFullError("disk full"), 507, "disk full"),
        (StoreError("busy"), 503, "busy"),
    ],
)
async def test_what_fails_inside_is_told_without_a_traceback(
    client: Client,
    catcher: Catcher,
    problem: Problems,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    words: str,
) -> None:
    async def fail() -> dict[str, int]:
        raise error

    monkeypatch.setattr(catcher, "tags", fail)
    with caplog.at_level(logging.ERROR):
        told = await problem(await client.get("/api/tags"), status)
    assert words in str(told["detail"])
    assert "secret" not in str(told)
    assert ("secret detail" in caplog.text) == (status == 500)


def failing(error: Exception) -> Handler:
    async def handler(_: web.Request) -> web.StreamResponse:
        raise error

    return handler


@pytest.mark.parametrize("error", [web.HTTPFound("/"), ConnectionResetError()])
async def test_a_redirect_and_a_lost_connection_are_no_problems(error: Exception) -> None:
    with pytest.raises(type(error)):
        await problems(make_mocked_request("GET", "/"), failing(error))


async def test_another_refusal_of_aiohttp_keeps_its_reason() -> None:
    error = web.HTTPBadRequest(reason="Odd {braces}")
    response = await problems(make_mocked_request("GET", "/"), failing(error))
    assert isinstance(response, web.Response)
    assert response.status == 400
    assert "Odd {braces}." in str(response.text)

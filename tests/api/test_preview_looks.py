from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Problems

HTML = b"Content-Type: text/html\r\n\r\n<!doctype html><p>Hi<img src='https://x.test/p.png'>"


async def test_images_can_be_off_whatever_else_is_allowed(client: Client, post: Posted) -> None:
    await post(HTML)
    for query in ("?images=false", "?images=false&remote=true"):
        response = await client.get(f"/api/messages/latest/html{query}")
        assert "img-src 'none'" in response.headers["Content-Security-Policy"]


async def test_dark_keeps_the_doctype_first_and_the_cage(client: Client, post: Posted) -> None:
    await post(HTML)
    response = await client.get("/api/messages/latest/html?dark=true")
    text = await response.text()
    assert text.startswith("<!doctype html>")
    assert "invert(1)" in text
    assert response.headers["Content-Security-Policy"].startswith("sandbox allow-popups")


async def test_the_source_is_never_made_dark(client: Client, post: Posted) -> None:
    await post(HTML)
    response = await client.get("/api/messages/latest/html?dark=true&source=true")
    assert "invert" not in await response.text()


@pytest.mark.parametrize("query", ["images=perhaps", "dark=2"])
async def test_a_look_that_does_not_exist_is_refused(
    client: Client, post: Posted, problem: Problems, query: str
) -> None:
    await post(HTML)
    await problem(await client.get(f"/api/messages/latest/html?{query}"), 400)

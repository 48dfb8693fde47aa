"""Everything below a path of its own: one that the server was told, or one a proxy takes away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import pytest

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.mount import mounted

if TYPE_CHECKING:
    from mailtrap.api.info import ServerInfo
    from mailtrap.bus import Bus
    from mailtrap.catcher import Catcher
    from mailtrap.store.records import Change
    from tests.api.conftest import Client, Posted, Problems

    Clients: TypeAlias = Callable[..., Awaitable[Client]]

MAIL = (
    b"Subject: hello\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b'--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:a@b">\r\n'
    b"--b\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\n"
    b"Content-Disposition: attachment; filename=a.png\r\n\r\nx\r\n--b--\r\n"
)
STRIPPED = {"X-Forwarded-Prefix": "/mail/"}


@pytest.fixture
async def below(
    aiohttp_client: Clients, catcher: Catcher, bus: Bus[Change], info: ServerInfo
) -> Client:
    """The application at /mail, with a password."""
    facts = msgspec.structs.replace(info, prefix="/mail")
    return await aiohttp_client(mounted(build_app(catcher, bus, facts, GuardConfig())))


@pytest.mark.parametrize(
    "path", ["/", "/m/x", "/api/info", "/js/main.js", "/client.js", "/livez", "/icon.svg"]
)
async def test_everything_is_below_the_prefix_and_nothing_else(below: Client, path: str) -> None:
    assert (await below.get(f"/mail{path}")).status == 200
    assert (await below.get(path, allow_redirects=False)).status == (307 if path == "/" else 404)


@pytest.mark.parametrize("path", ["/mail", "/"])
async def test_the_prefix_without_its_slash_and_the_root_lead_to_the_page(
    below: Client, path: str
) -> None:
    response = await below.get(f"{path}?q=a", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (307, "/mail/?q=a")


async def test_what_is_elsewhere_is_told_where_everything_is(
    below: Client, problem: Problems
) -> None:
    told = await problem(await below.get("/api/info"), 404)
    assert told["detail"] == "There is nothing at /api/info: all is below /mail/."
    told = await problem(await below.get("/mail/nothing"), 404)
    assert "/mail/api/openapi.json" in str(told["detail"])


async def test_the_guard_stands_below_the_prefix_too(
    aiohttp_client: Clients, catcher: Catcher, bus: Bus[Change], info: ServerInfo
) -> None:
    facts = msgspec.structs.replace(info, prefix="/mail")
    config = GuardConfig(password="secret")
    client = await aiohttp_client(mounted(build_app(catcher, bus, facts, config)))
    assert (await client.get("/mail/api/info")).status == 401
    assert (await client.get("/mail/livez")).status == 200
    visit = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert (await client.get("/mail/api/info", headers=visit)).status == 403
    assert (await client.get("/mail/m/x", headers=visit)).status == 401


async def links(client: Client, at: str, headers: dict[str, str]) -> dict[str, object]:
    """Every address that the API tells."""
    told = await (await client.get(f"{at}/api/messages/latest", headers=headers)).json()
    listed = await (await client.get(f"{at}/api/messages?limit=1", headers=headers)).json()
    html = await (await client.get(f"{at}/api/messages/latest/html", headers=headers)).text()
    openapi = await (await client.get(f"{at}/api/openapi.json", headers=headers)).json()
    inbox = await (await client.get(f"{at}/api/inboxes/a", headers=headers)).json()
    return {
        "urls": [url for url in told["urls"].values() if url],
        "part": told["parts"]["children"][1]["url"],
        "attachment": told["attachments"][0]["url"],
        "older": listed["older"],
        "image": html.partition('src="')[2],
        "server": openapi["servers"][0]["url"],
        "inbox": inbox["url"].partition("//")[2].partition("/")[2],
    }


def all_below(told: dict[str, object]) -> bool:
    urls = told.pop("urls")
    assert isinstance(urls, list)
    assert str(told.pop("server")) == "/mail"
    assert str(told.pop("inbox")) == "mail/i/a"
    return all(str(url).startswith("/mail/api/messages") for url in told.values()) and all(
        str(url).startswith("/mail/api/") for url in urls
    )


async def test_links_begin_with_the_prefix(below: Client, post: Posted) -> None:
    await post(MAIL)
    await post(MAIL)
    assert all_below(await links(below, "/mail", {}))


async def test_links_begin_with_the_prefix_that_a_proxy_took_away(
    client: Client, post: Posted
) -> None:
    await post(MAIL)
    await post(MAIL)
    assert all_below(await links(client, "", STRIPPED))


@pytest.mark.parametrize("told", ['/"><script>', "/a/../b", "//evil.test/x y", "/" + "a" * 300])
async def test_what_cannot_be_a_prefix_is_not_believed(client: Client, told: str) -> None:
    page = await (await client.get("/", headers={"X-Forwarded-Prefix": told})).text()
    assert page == await (await client.get("/")).text()


async def test_the_document_names_its_files_below_the_prefix(below: Client, client: Client) -> None:
    for response in (await below.get("/mail/m/x"), await client.get("/m/x", headers=STRIPPED)):
        page = await response.text()
        assert 'src="/mail/js/main.js"' in page
        assert 'href="/mail/css/page.css"' in page
        assert '="/css' not in page
        assert "X-Forwarded-Prefix" in response.headers["Vary"]
        assert response.headers["ETag"]


async def test_the_document_is_known_again_by_its_prefix(client: Client) -> None:
    etag = (await client.get("/")).headers["ETag"]
    assert (await client.get("/", headers={"If-None-Match": etag})).status == 304
    assert (await client.get("/", headers={"If-None-Match": etag, **STRIPPED})).status == 200

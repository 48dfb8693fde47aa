"""The page below a path of its own: one the server was told, or one that a proxy takes away."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.mount import mounted
from tests.web.conftest import INFO
from tests.web.loop import shared

if TYPE_CHECKING:
    from playwright.async_api import ConsoleMessage

    from mailtrap.bus import Bus
    from mailtrap.catcher import Catcher
    from mailtrap.store.records import Change
    from tests.web.conftest import Posted

    Visit: TypeAlias = Callable[[TestServer, str], Awaitable[Page]]

pytestmark = pytest.mark.browser
HTML = '<p>Seen</p><img src="cid:a@b" alt="picture">'
MAIL = (
    f"--b\r\nContent-Type: text/html\r\n\r\n{HTML}\r\n--b\r\nContent-Type: image/png\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-ID: <a@b>\r\n\r\n{pixel}\r\n--b--\r\n"
)


@shared
async def visit(browser: Browser, complaints: list[str]) -> AsyncIterator[Visit]:
    """Open a page of a server; what the browser complains of fails the test."""

    context = await browser.new_context(viewport={"width": 1280, "height": 800})

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.text} ({message.location['url']})")

    async def visiting(server: TestServer, path: str) -> Page:
        page = await context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(10_000)
        await page.goto(str(server.make_url(path)))
        return page

    yield visiting
    await context.close()


@shared
async def told(catcher: Catcher, bus: Bus[Change]) -> AsyncIterator[TestServer]:
    """A server that was told its prefix."""
    facts = msgspec.structs.replace(INFO, prefix="/dev/mail")
    app = mounted(build_app(catcher, bus, facts, GuardConfig()))
    server = TestServer(app, host="localhost")
    await server.start_server()
    yield server
    await server.close()


@shared
async def proxy(server: TestServer) -> AsyncIterator[TestServer]:
    """A proxy that takes /dev/mail away and says so, in front of a server that knows nothing."""

    async def forward(request: web.Request) -> web.StreamResponse:
        url = str(server.make_url("/")) + request.raw_path.removeprefix("/dev/mail/")
        kept = {k: v for k, v in request.headers.items() if k.lower() != "accept-encoding"}
        headers = {**kept, "X-Forwarded-Prefix": "/dev/mail"}
        async with (
            ClientSession(auto_decompress=False) as session,
            session.request(
                request.method,
                url,
                headers=headers,
                data=await request.read(),
                allow_redirects=False,
            ) as answer,
        ):
            sent = {k: v for k, v in answer.headers.items() if k != "Transfer-Encoding"}
            response = web.StreamResponse(status=answer.status, headers=sent)
            await response.prepare(request)
            async for piece in answer.content.iter_any():
                await response.write(piece)
            return response

    app = web.Application()
    app.add_routes([web.route("*", "/dev/mail/{path:.*}", forward)])
    front = TestServer(app, host="localhost")
    await front.start_server()
    yield front
    await front.close()


async def walk(page: Page, post: Posted, pixel: str) -> None:
    """All that has an address: the list, live mail, a message with a picture, files, views."""
    await expect(page.locator(".live.on")).to_be_visible()
    kind = "multipart/related; boundary=b"
    name = await post("below", body=MAIL.replace("{pixel}", pixel), kind=kind)
    await page.get_by_role("option", name="below").click()
    await expect(page).to_have_url(re.compile(rf"/dev/mail/m/{name}"))
    picture = page.frame_locator("iframe").get_by_alt_text("picture")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 1
    raw = page.get_by_role("link", name="Download .eml")
    href = await raw.get_attribute("href")
    assert href is not None
    assert href.startswith("/dev/mail/api/messages/")
    await page.get_by_role("link", name="Sessions").first.click()
    await expect(page).to_have_url(re.compile(r"/dev/mail/sessions$"))
    await page.reload()
    await expect(page.locator(".middle .row")).to_have_count(1)
    await page.get_by_role("link", name="API").click()
    await page.get_by_role("link", name="GET /info").click()
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator(".outcome")).to_contain_text('"version": "1.2.3"')
    await expect(page.locator("#op-get_info pre").first).to_contain_text("/dev/mail/api/info")
    await page.get_by_role("link", name="Connect").click()
    await page.get_by_role("button", name="Confirmation").click()
    await expect(page.get_by_role("heading", name="Confirm your address")).to_be_visible(
        timeout=20_000
    )


async def test_the_page_works_below_the_prefix_that_the_server_was_told(
    told: TestServer, visit: Visit, post: Posted, pixel: str
) -> None:
    page = await visit(told, "/dev/mail")
    await expect(page).to_have_url(str(told.make_url("/dev/mail/")))
    await walk(page, post, pixel)


async def test_the_page_works_behind_a_proxy_that_takes_the_prefix_away(
    proxy: TestServer, visit: Visit, post: Posted, pixel: str
) -> None:
    await walk(await visit(proxy, "/dev/mail/"), post, pixel)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

# What the browser refuses the mail, told of the mail's own document: never of the page.
IN_THE_MAIL = ("/html)", "/html?remote=1)", "/html?remote=true)", "/x)")
NO_ICON = "/favicon.ico)"
REFUSED_TO_ANOTHER_SITE = ("NotSameOrigin", "CORS policy", "ERR_FAILED", "status of 403", NO_ICON)

pytestmark = pytest.mark.browser

HOSTILE = (
    "<h1>Offer</h1><script>document.body.textContent = 'PWNED'</script>"
    "<img src=x onerror=\"document.body.textContent = 'PWNED'\">"
    '<img id=remote src="{remote}/pixel.png"><a href="{remote}/offer">Go</a>'
)
RELATED = (
    "--b\r\nContent-Type: text/html\r\n\r\n<img src='cid:logo@x'>\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n{pixel}\r\n--b--\r\n"
)


@pytest.mark.complaints(*IN_THE_MAIL)
async def test_html_runs_no_script_and_fetches_nothing_until_asked(
    show: Opened, post: Posted, stranger: TestServer, hits: list[str]
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    await post("offer", kind="text/html", body=HOSTILE.format(remote=remote))
    page = await show("/latest")
    frame = page.frame_locator("iframe")
    picture = frame.locator("#remote")
    await expect(frame.get_by_role("heading", name="Offer")).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    assert hits == []
    await page.get_by_role("button", name="Load 1 remote resource").click()
    await expect(picture).to_have_js_property("naturalWidth", 1)
    assert hits == ["/pixel.png"]
    await expect(frame.get_by_role("heading", name="Offer")).to_be_visible()
    await expect(page.get_by_role("button", name="Load 1 remote resource")).to_have_count(0)


@pytest.mark.complaints(*IN_THE_MAIL, NO_ICON)
async def test_html_opened_by_itself_runs_no_script(
    show: Opened, post: Posted, stranger: TestServer, hits: list[str]
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    await post("offer", kind="text/html", body=HOSTILE.format(remote=remote))
    page = await show("/api/messages/latest/html?remote=1")
    await expect(page.locator("#remote")).to_have_js_property("naturalWidth", 1)
    await expect(page.get_by_role("heading", name="Offer")).to_be_visible()
    assert hits == ["/pixel.png"]


@pytest.mark.complaints(*IN_THE_MAIL)
async def test_a_link_in_a_mail_opens_beside_the_page(
    show: Opened, post: Posted, stranger: TestServer
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    await post("offer", kind="text/html", body=HOSTILE.format(remote=remote))
    page = await show("/latest")
    async with page.context.expect_page() as opened:
        await page.frame_locator("iframe").get_by_role("link", name="Go").click()
    other = await opened.value
    await other.wait_for_load_state()
    assert other.url == f"{remote}/offer"
    assert await other.evaluate("[window.opener, document.referrer]") == [None, ""]


async def test_a_cid_image_is_shown_in_the_frame(show: Opened, post: Posted, pixel: str) -> None:
    await post("logo", kind="multipart/related; boundary=b", body=RELATED.format(pixel=pixel))
    page = await show("/latest")
    image = page.frame_locator("iframe").locator("img")
    await expect(image).to_have_js_property("complete", True)
    await expect(image).to_have_js_property("naturalWidth", 1)


STEAL = """async (base) => {
  const found = [];
  const image = (url) => new Promise((done) => {
    const element = new Image();
    element.onload = () => { found.push(url); done(); };
    element.onerror = done;
    element.src = base + url;
  });
  const read = (url, init) =>
    fetch(base + url, init).then((r) => r.ok && found.push([url, r.status]), () => {});
  await image("/api/messages/latest/parts/2");
  await image("/api/messages/latest/cid/logo@x");
  await read("/api/messages");
  await read("/api/messages", { method: "DELETE" });
  await read("/api/messages", { mode: "no-cors" });
  return found;
}"""


@pytest.mark.complaints(*REFUSED_TO_ANOTHER_SITE)
async def test_another_site_sees_nothing_and_deletes_nothing(
    show: Opened,
    post: Posted,
    pixel: str,
    server: TestServer,
    stranger: TestServer,
    catcher: Catcher,
) -> None:
    await post("logo", kind="multipart/related; boundary=b", body=RELATED.format(pixel=pixel))
    page = await show()
    await page.goto(str(stranger.make_url("/")))
    assert await page.evaluate(STEAL, str(server.make_url("")).rstrip("/")) == []
    assert (await catcher.counts()).messages == 1

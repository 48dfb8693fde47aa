from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from playwright.async_api import ConsoleMessage, Page

    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

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
VIEWS = {"Headers": "Ann <ann@a.test>", "Raw": "Subject: hello", "Session": "220 hi"}
PHONE = {"width": 390, "height": 844}


def said(page: Page) -> list[str]:
    """What the browser complains of, from now on."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


async def test_an_empty_page_says_how_to_send_the_first_mail(show: Opened) -> None:
    page = await show()
    await expect(page.get_by_text("No mail yet")).to_be_visible()
    await expect(page.get_by_text("mailtrap send")).to_be_visible()
    await expect(page.get_by_text("SMTP host 127.0.0.1, port 1025")).to_be_visible()


async def test_a_message_appears_without_a_reload(show: Opened, post: Posted) -> None:
    page = await show()
    await expect(page.get_by_role("status")).to_have_text("live")
    await post("first")
    await expect(page.get_by_role("link", name="Ann: first")).to_be_visible()
    await post("second")
    rows = page.locator(".row .subject")
    await expect(rows).to_have_text(["second", "first"])
    await expect(page.get_by_text("2 messages, 2 unread")).to_be_visible()
    assert await page.title() == "(2) mailtrap"


async def test_a_message_opens_with_all_its_views_and_is_read_then(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    await post("hello")
    page = await show()
    complaints = said(page)
    await page.get_by_role("link", name="Unread. Ann: hello").click()
    await expect(page.get_by_role("heading", name="hello")).to_be_visible()
    await expect(page.get_by_text("Hi Bob")).to_be_visible()
    await expect(page.get_by_text("<ann@a.test> → <bob@b.test>")).to_be_visible()
    for tab, text in (
        ("Headers", "Ann <ann@a.test>"),
        ("Raw", "Subject: hello"),
        ("Session", "220 hi"),
    ):
        await page.get_by_role("tab", name=tab).click()
        await expect(page.get_by_role("tabpanel").get_by_text(text).first).to_be_visible()
    await expect(page.get_by_text("1 message, 0 unread")).to_be_visible()
    assert (await catcher.counts()).unread == 0
    await page.get_by_role("button", name="Mark unread").click()
    await expect(page.get_by_text("1 message, 1 unread")).to_be_visible()
    assert complaints == []


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
    await page.get_by_role("button", name="Load remote content").click()
    await expect(picture).to_have_js_property("naturalWidth", 1)
    assert hits == ["/pixel.png"]
    await expect(frame.get_by_role("heading", name="Offer")).to_be_visible()
    await expect(page.get_by_role("button", name="Load remote content")).to_have_count(0)


async def test_html_opened_by_itself_runs_no_script(
    show: Opened, post: Posted, stranger: TestServer, hits: list[str]
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    await post("offer", kind="text/html", body=HOSTILE.format(remote=remote))
    page = await show("/api/messages/latest/html?remote=1")
    await expect(page.locator("#remote")).to_have_js_property("naturalWidth", 1)
    await expect(page.get_by_role("heading", name="Offer")).to_be_visible()
    assert hits == ["/pixel.png"]


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


async def test_keys_move_open_close_and_delete(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    for subject in ("one", "two", "three"):
        await post(subject)
    page = await show()
    await expect(page.locator(".row")).to_have_count(3)
    for key in ("j", "j", "k", "j"):
        await page.keyboard.press(key)
    await expect(page.locator(".row.chosen .subject")).to_have_text("two")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="two")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="two")).to_have_count(0)
    await page.keyboard.press("#")
    await expect(page.locator(".row .subject")).to_have_text(["three", "one"])
    await expect(page.locator(".row.chosen .subject")).to_have_text("one")
    assert (await catcher.counts()).messages == 2


async def test_back_leads_through_what_was_seen(show: Opened, post: Posted) -> None:
    await post("one", kind="text/html", body="<p>first")
    await post("two", kind="text/html", body="<p>second")
    page = await show()
    await page.get_by_role("link", name="Ann: one").click()
    await expect(page.frame_locator("iframe").get_by_text("first")).to_be_visible()
    await page.get_by_role("link", name="Ann: two").click()
    await expect(page.frame_locator("iframe").get_by_text("second")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="one")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text("Choose a message")).to_be_visible()


async def test_all_are_deleted_only_when_confirmed(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    await post()
    page = await show()
    await page.get_by_role("button", name="Delete all").click()
    await page.get_by_role("dialog").get_by_role("button", name="Keep them").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert (await catcher.counts()).messages == 1
    await page.get_by_role("button", name="Delete all").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete all").click()
    await expect(page.get_by_text("No mail yet")).to_be_visible()
    assert (await catcher.counts()).messages == 0


async def test_a_phone_shows_the_list_or_a_message(show: Opened, post: Posted) -> None:
    await asyncio.gather(*[post(f"mail {n}") for n in range(12)])
    await post("hello there, this is a long subject that does not fit the width of a phone")
    page = await show("/", **PHONE)
    row = page.get_by_role("link", name="hello there")
    await expect(row).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await expect(page.get_by_role("button", name="Delete all")).to_be_in_viewport(ratio=1)
    await row.click()
    await expect(page.get_by_role("tab", name="Text")).to_be_visible()
    await expect(row).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await page.get_by_role("button", name="Back").click()
    await expect(row).to_be_visible()


async def test_older_messages_load_at_the_end_of_the_list(show: Opened, post: Posted) -> None:
    await asyncio.gather(*[post(f"mail {n}") for n in range(70)])
    page = await show()
    rows = page.locator(".row")
    await expect(rows).to_have_count(50)
    await rows.last.scroll_into_view_if_needed()
    await expect(rows).to_have_count(70)


async def test_a_page_that_was_hidden_catches_up(show: Opened, post: Posted) -> None:
    page = await show()
    await expect(page.get_by_role("status")).to_have_text("live")
    await page.evaluate(HIDE, True)
    await post("meanwhile")
    await page.evaluate(HIDE, False)
    await expect(page.get_by_role("link", name="Ann: meanwhile")).to_be_visible()


HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


async def test_every_control_has_a_name(show: Opened, post: Posted) -> None:
    await post()
    page = await show("/latest")
    await expect(page.get_by_role("heading", name="hello")).to_be_visible()
    nameless = await page.evaluate(
        "[...document.querySelectorAll('a, button, iframe, nav, [role=tabpanel]')].filter((e) =>"
        " !(e.innerText?.trim() || e.title || e.ariaLabel || e.getAttribute('aria-labelledby'))"
        ").map((e) => e.outerHTML)"
    )
    assert nameless == []


async def test_text_stands_out_in_light_and_dark(show: Opened, post: Posted) -> None:
    await post()
    page = await show("/latest")
    await expect(page.get_by_role("heading", name="hello")).to_be_visible()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.querySelectorAll("#app *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.closest("svg")) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push([e.outerHTML.slice(0, 80), ratio]);
  }
  return found;
}"""

"""The frame of the page: panes, sheets, settings, the server that goes and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.bus import Bus
from tests.web.conftest import INFO

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from mailtrap.catcher import Catcher
    from mailtrap.store.records import Change
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

NOTIFIED = """
  window.told = [];
  window.Notification = class {
    static permission = "granted";
    constructor(title, { body }) {
      told.push([title, body]);
      this.close = () => {};
      window.chosen = () => this.onclick();
    }
  };
  window.unseen = false;
  Object.defineProperty(document, "hidden", { get: () => window.unseen });
"""
"""A page that may be unseen, in a browser that allows notifications and remembers them."""


async def test_panes_are_sized_by_keys_and_pointer_and_remember_it(show: Opened) -> None:
    page = await show(width=1440)
    line = page.get_by_role("separator", name="Width of the list")
    await line.focus()
    await page.keyboard.press("ArrowRight")
    await expect(line).to_have_attribute("aria-valuenow", "456")
    await expect(page.locator(".middle")).to_have_js_property("offsetWidth", 456)
    await page.keyboard.press("Shift+ArrowLeft")
    await expect(line).to_have_attribute("aria-valuenow", "392")
    box = await line.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 4, 400)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 104, 400, steps=4)
    await page.mouse.up()
    width = int(await line.get_attribute("aria-valuenow") or 0)
    assert 480 < width < 500
    await page.reload()
    await expect(line).to_have_attribute("aria-valuenow", str(width))
    await line.dblclick()
    await expect(line).to_have_attribute("aria-valuenow", "440")


async def test_all_places_are_in_a_sheet_where_there_is_a_rail(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show(width=1024)
    opener = page.get_by_role("button", name="Inboxes and tags")
    await opener.click()
    sheet = page.get_by_role("dialog", name="All views")
    await sheet.get_by_role("link", name="Settings").click()
    await expect(sheet).to_be_hidden()
    await expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    await opener.click()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_a_phone_stacks_the_message_on_the_list(
    browser: Browser, server: TestServer, post: Posted
) -> None:
    for number in range(3):
        await post(f"mail {number}")
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = await context.new_page()
    await page.goto(str(server.make_url("/")))
    listed = page.get_by_role("option", name="mail 1")
    for back in (page.go_back, page.get_by_role("button", name="Back to the list").tap):
        await listed.tap()
        await expect(page.get_by_role("heading", name="mail 1")).to_be_visible()
        await expect(listed).to_be_hidden()
        await back()
        await expect(listed).to_be_visible()
    assert await page.evaluate("location.pathname") == "/"
    await page.get_by_role("button", name="More").tap()
    await expect(page.get_by_role("dialog", name="All views")).to_be_visible()
    targets = await page.locator("dialog[open] a, dialog[open] button.icon, .foot-nav > *").all()
    assert len(targets) > 8
    for one in targets:
        box = await one.bounding_box()
        assert box
        assert box["height"] >= 44
    await page.get_by_role("dialog").get_by_role("link", name="Connect").tap()
    await expect(page).to_have_url(str(server.make_url("/connect")))


async def test_a_long_press_selects_and_then_a_tap_does(
    browser: Browser, server: TestServer, post: Posted
) -> None:
    for number in range(3):
        await post(f"mail {number}")
    context = await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = await context.new_page()
    await page.goto(str(server.make_url("/")))
    row = page.get_by_role("option", name="mail 2")
    touch = {"pointerType": "touch", "bubbles": True, "clientX": 9, "clientY": 9}
    await row.dispatch_event("pointerdown", touch)
    await expect(page.locator(".row.picked")).to_have_count(1)
    await row.dispatch_event("pointerup", touch)
    await row.dispatch_event("click")
    await expect(page.get_by_text("1 selected")).to_be_visible()
    assert await page.evaluate("location.pathname") == "/"


async def test_the_page_says_that_the_server_is_away_and_catches_up(
    show: Opened,
    post: Posted,
    server: TestServer,
    catcher: Catcher,
    bus: Bus[Change],
    complaints: list[str],
) -> None:
    await post("before")
    page = await show()
    await expect(page.locator(".live.on").first).to_be_visible()
    port, row = server.port, page.get_by_role("option", name="before")
    there = await row.bounding_box()
    await server.close()
    await expect(page.get_by_text("The server does not answer.")).to_be_visible()
    assert await row.bounding_box() == there
    await post("meanwhile")
    app = build_app(catcher, bus, INFO, GuardConfig())
    again = TestServer(app, host="localhost", port=port)
    await again.start_server()
    try:
        await expect(page.locator(".lost")).to_have_count(0, timeout=20_000)
        await expect(page.locator(".row .subject")).to_have_text(["meanwhile", "before"])
        await post("after")
        await expect(page.locator(".row .subject")).to_have_count(3)
    finally:
        await page.close()
        await again.close()
    complaints[:] = [text for text in complaints if "ERR_" not in text]


async def test_what_a_gap_hides_is_asked_for_anew(
    show: Opened, post: Posted, server: TestServer, catcher: Catcher, complaints: list[str]
) -> None:
    name = await post("open", body="Read me\r\n")
    page = await show(f"/m/{name}")
    await expect(page.locator(".live.on").first).to_be_visible()
    port = server.port
    await server.close()
    await expect(page.locator(".lost")).to_be_visible()
    await catcher.delete([name])
    await post("meanwhile")
    # Another bus: it remembers nothing of what the page has heard.
    later: Bus[Change] = Bus(seq=10**6)
    again = TestServer(build_app(catcher, later, INFO, GuardConfig()), host="localhost", port=port)
    await again.start_server()
    try:
        await expect(page.locator(".row .subject")).to_have_text(["meanwhile"], timeout=20_000)
        await expect(page.get_by_text("This message was deleted.")).to_be_visible()
        await expect(page.get_by_role("tabpanel")).to_contain_text("Read me")
    finally:
        await page.close()
        await again.close()
    complaints[:] = [text for text in complaints if "ERR_" not in text and "404" not in text]


async def test_the_icon_and_the_title_count_what_is_unread(show: Opened, post: Posted) -> None:
    page = await show()
    icon = page.locator("link[rel=icon]")
    await expect(page.locator(".live.on").first).to_be_visible()
    await expect(icon).to_have_attribute("href", "/icon.svg")
    name = await post("one")
    await post("two")
    await expect(page).to_have_title("(2) mailtrap")
    assert "%3E2%3C%2Ftext%3E" in (await icon.get_attribute("href") or "")
    await page.goto(page.url + f"m/{name}")
    await expect(page).to_have_title("(1) one · mailtrap")


async def test_settings_are_kept_and_put_back(show: Opened) -> None:
    page = await show("/settings")
    root = page.locator("html")
    await page.get_by_role("button", name="High contrast").click()
    await page.get_by_role("button", name="Dense").click()
    await page.get_by_label("Sound").check()
    await page.reload()
    await expect(root).to_have_attribute("data-theme", "contrast")
    await expect(page.get_by_label("Sound")).to_be_checked()
    await page.get_by_role("button", name="Put all back").click()
    await expect(page.get_by_label("Sound")).not_to_be_checked()
    assert await root.get_attribute("data-theme") is None
    assert await root.get_attribute("data-dense") is None


async def test_notifications_that_are_not_allowed_are_explained(show: Opened) -> None:
    page = await show("/settings")
    denied = "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    await page.add_init_script(denied)
    await page.reload()
    await expect(page.get_by_text("This browser does not allow them")).to_be_visible()
    await page.get_by_label("Notifications").click()
    await expect(page.get_by_label("Notifications")).not_to_be_checked()


async def test_mail_that_comes_unseen_is_told_together_and_a_click_shows_it(
    show: Opened, post: Posted
) -> None:
    page = await show("/settings")
    await page.add_init_script(NOTIFIED)
    await page.reload()
    await page.get_by_label("Notifications").check()
    await page.get_by_role("link", name="Messages").first.click()
    await expect(page.locator(".live.on").first).to_be_visible()
    await page.evaluate("window.unseen = true")
    for number in range(3):
        await post(f"mail {number}")
    handle = await page.evaluate(
        """new Promise(done => {
          const look = () => told.length ? done(told) : setTimeout(look, 20);
          look();
        })"""
    )
    assert handle == [["3 new messages", "mail 0\nmail 1\nmail 2"]]
    await page.evaluate("window.chosen()")
    await expect(page.locator(".row")).to_have_count(3)

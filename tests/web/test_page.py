"""The page as a whole: addresses, history, what comes live, several windows, a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, expect

from mailtrap.bus import Bus
from tests.web.loop import shared

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from mailtrap.catcher import Catcher
    from mailtrap.store.records import Change
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

RING = 40
LIVE, ROW, SUBJECTS = ".live.on", ".row:not(.blank)", ".row .subject"


@shared
async def bus() -> Bus[Change]:
    """One that forgets soon: a page that was away for long meets a gap."""
    return Bus(ring=RING)


async def _hide(page: Page, hidden: str) -> None:
    await page.evaluate(
        """(hidden) => {
             const value = hidden === "yes";
             Object.defineProperty(document, "hidden", { value, configurable: true });
             document.dispatchEvent(new Event("visibilitychange"));
           }""",
        hidden,
    )


async def _told(page: Page) -> tuple[str, str, list[str]]:
    await expect(page.locator(LIVE)).to_be_attached()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await expect(page.get_by_text("Loading…")).to_have_count(0)
    headings = await page.get_by_role("heading").all_inner_texts()
    return page.url, await page.title(), headings


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    "path",
    [
        "/", "/i/worker-1", "/?q=from:lumen", "/m/demo-m3", "/m/demo-m3?q=invoice", "/attempts",
        "/a/demo-at1", "/sessions", "/s/demo-sl0", "/faults", "/settings",
    ],
)  # fmt: skip
async def test_a_reload_shows_the_same(show: Opened, path: str) -> None:
    page = await show(path)
    await page.locator(f"{ROW}, .rule, .settings").first.wait_for()
    before = await _told(page)
    await page.reload()
    await page.locator(f"{ROW}, .rule, .settings").first.wait_for()
    assert await _told(page) == before
    assert page.url.endswith(path)


@pytest.mark.usefixtures("morning")
async def test_the_tab_of_a_message_stands_in_the_address(show: Opened) -> None:
    page = await show("/m/demo-m1?q=order")
    await page.get_by_role("tab", name="Headers").click()
    await expect(page).to_have_url(re.compile(r"/m/demo-m1\?q=order&tab=headers$"))
    await page.reload()
    headers = page.get_by_role("tab", name="Headers")
    await expect(headers).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_role("tabpanel")).to_contain_text("Message-ID")
    await page.get_by_role("tab", name="Preview").click()
    await expect(page).to_have_url(re.compile(r"/m/demo-m1\?q=order$"))


@pytest.mark.usefixtures("morning")
async def test_a_tab_stays_from_one_message_to_the_next(show: Opened) -> None:
    page = await show("/m/demo-m1?tab=raw")
    await page.get_by_role("option", name="Build #4211").click()
    await expect(page).to_have_url(re.compile(r"/m/demo-m2\?tab=raw$"))
    await expect(page.get_by_role("tab", name="Raw")).to_have_attribute("aria-selected", "true")


@pytest.mark.usefixtures("morning")
async def test_back_and_forward_go_where_one_was(show: Opened) -> None:
    page = await show("/")
    await page.get_by_role("option", name="Order 4711").click()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_visible()
    await page.get_by_role("link", name="Attempts").first.click()
    await expect(page.get_by_role("heading", name="Attempts")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="Order 4711")).to_have_count(0)
    await page.go_forward()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_visible()


async def test_who_reads_further_down_is_told_and_not_moved(show: Opened, post: Posted) -> None:
    for number in range(30):
        await post(f"old {number}")
    page = await show("/")
    await expect(page.locator(LIVE)).to_be_visible()
    await expect(page.locator(ROW).first).to_be_visible()
    await page.locator("#list").hover()
    await page.mouse.wheel(0, 600)
    row = page.get_by_role("option", name="old 15")
    await expect(row).to_be_visible()
    before = await row.bounding_box()
    await post("new")
    pill = page.get_by_role("button", name="1 new")
    await expect(pill).to_be_visible()
    assert await row.bounding_box() == before
    await pill.click()
    await expect(page.locator(SUBJECTS).first).to_have_text("new")


async def test_while_paused_nothing_moves(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show("/")
    await expect(page.locator(LIVE)).to_be_visible()
    await page.get_by_role("button", name="Pause live mail").click()
    await post("two")
    await expect(page.get_by_role("button", name="1 new")).to_be_visible()
    await expect(page.locator(SUBJECTS)).to_have_text(["one"])
    await page.get_by_role("button", name="Pause live mail").click()
    await expect(page.locator(SUBJECTS)).to_have_text(["two", "one"])


async def test_what_is_deleted_can_be_undone_and_else_goes(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    await post("one")
    await post("two")
    page = await show("/")
    await expect(page.locator(SUBJECTS)).to_have_text(["two", "one"])
    await page.keyboard.press("j")
    await page.keyboard.press("#")
    await expect(page.locator(SUBJECTS)).to_have_text(["one"])
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(SUBJECTS)).to_have_text(["two", "one"])
    assert (await catcher.counts()).messages == 2
    await page.keyboard.press("j")
    await page.keyboard.press("#")
    await expect(page.locator(SUBJECTS)).to_have_count(1)
    # To leave the page settles it.
    other = await show("/settings")
    await page.close(run_before_unload=True)
    await other.goto(other.url.replace("/settings", "/"))
    await expect(other.locator(SUBJECTS)).to_have_count(1)


async def test_two_windows_see_what_the_other_does(show: Opened, post: Posted) -> None:
    await post("one")
    name = await post("two")
    first, second = await show("/"), await show("/")
    await expect(second.locator(LIVE)).to_be_visible()
    await expect(second.locator(".row.unread")).to_have_count(2)
    await first.goto(f"{first.url}m/{name}")
    await expect(second.locator(".row.unread .subject")).to_have_text(["one"])
    await second.keyboard.press("Shift+Delete")
    await second.goto("about:blank")
    await expect(first.get_by_text("This message was deleted.")).to_be_visible()
    await expect(first.locator(ROW)).to_have_count(0)


@shared
async def beside(show: Opened) -> Page:
    """A page beside another one of the same browser, with the clock in the hands of the test."""
    first = await show("/settings")
    page = await first.context.new_page()
    await page.clock.install()
    await page.goto(first.url.replace("/settings", "/"))
    await page.clock.run_for(1_000)
    return page


async def _miss(page: Page, post: Posted) -> None:
    """Hide the page for longer than the bus remembers what comes, and show it again."""
    await _hide(page, "yes")
    await page.clock.run_for(6_000)
    for number in range(RING + 1):
        await post(f"missed {number}")
    await _hide(page, "no")
    await page.clock.run_for(1_000)


async def test_a_page_that_was_hidden_catches_up(beside: Page, post: Posted) -> None:
    await expect(beside.locator(LIVE)).to_be_visible()
    await _hide(beside, "yes")
    await beside.clock.run_for(6_000)
    await post("one")
    await _hide(beside, "no")
    await beside.clock.run_for(1_000)
    await expect(beside.locator(SUBJECTS)).to_have_text(["one"])


async def test_after_a_gap_the_list_is_asked_for_anew(beside: Page, post: Posted) -> None:
    await expect(beside.locator(LIVE)).to_be_visible()
    await _miss(beside, post)
    await expect(beside.locator(SUBJECTS).first).to_have_text(f"missed {RING}")
    await expect(beside.locator(ROW).first).to_have_attribute("aria-setsize", str(RING + 1))


@pytest.mark.parametrize("view", ["attempts", "sessions", "connect"])
async def test_after_a_gap_what_was_tried_is_asked_for_anew(
    beside: Page, post: Posted, view: str
) -> None:
    await expect(beside.locator(LIVE)).to_be_visible()
    await beside.locator(f".side a[href$='/{view}']").click()
    await expect(beside).to_have_url(re.compile(f"/{view}$"))
    await expect(beside.locator("[aria-busy=true]")).to_have_count(0)
    await _miss(beside, post)
    if view == "connect":
        await expect(beside.locator("main")).to_contain_text("sent 1 message")
    else:
        await expect(beside.locator(ROW).first).to_have_attribute("aria-setsize", str(RING + 1))


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("view", ["attempts", "sessions"])
async def test_back_from_what_was_tried_is_a_step_back(show: Opened, view: str) -> None:
    page = await show(f"/{view}", width=390, height=844)
    await page.locator(ROW).first.click()
    await expect(page).to_have_url(re.compile(r"/[as]/demo-\w+$"))
    opened = page.url
    await page.get_by_role("button", name="Back").first.click()
    await expect(page).to_have_url(re.compile(f"/{view}$"))
    await page.go_forward()
    await expect(page).to_have_url(opened)


async def test_one_hidden_page_goes_on_listening(show: Opened, post: Posted) -> None:
    page = await show("/settings")
    await page.clock.install()
    await page.goto(page.url.replace("/settings", "/"))
    await expect(page.locator(LIVE)).to_be_visible()
    await _hide(page, "yes")
    await page.clock.run_for(700_000)
    await post("while nobody looks")
    await expect(page).to_have_title("(1) mailtrap")


async def test_any_number_of_pages_can_be_open(show: Opened, server: TestServer) -> None:
    """A browser has six connections for one server: hidden pages must not use them up."""
    page = await show("/settings")
    for _ in range(8):
        other = await page.context.new_page()
        await other.clock.install()
        await other.goto(str(server.make_url("/")))
        await expect(other.locator(LIVE)).to_be_visible()
        await _hide(other, "yes")
        await other.clock.run_for(6_000)
    await expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    await page.wait_for_function(
        "fetch('/metrics').then((told) => told.text()).then((text) => /_streams 1$/m.test(text))"
    )


@pytest.mark.usefixtures("morning")
async def test_on_a_phone_list_and_message_lie_on_each_other(show: Opened) -> None:
    page = await show("/", width=390, height=844)
    await page.get_by_role("option", name="Order 4711").click()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_visible()
    await expect(page.locator("#list")).to_be_hidden()
    await page.get_by_role("button", name="Back to the list").click()
    await expect(page.locator("#list")).to_be_visible()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_hidden()
    await page.go_forward()
    await expect(page.get_by_role("heading", name="Order 4711")).to_be_visible()


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    "path", ["/", "/m/demo-m1", "/attempts", "/a/demo-at1", "/faults", "/settings"]
)
async def test_a_phone_scrolls_nothing_sideways_and_has_large_targets(
    show: Opened, path: str
) -> None:
    page = await show(path, width=390, height=844)
    await page.locator(f"{ROW}, .rule, .settings, .tabs").first.wait_for(state="attached")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    small = await page.evaluate(
        """() => [...document.querySelectorAll("button.button, a.button, nav a, [role=tab]")]
             .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
             .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


async def test_who_wants_no_motion_has_none(show: Opened) -> None:
    page = await show("/")
    await page.emulate_media(reduced_motion="reduce")
    moving = await page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
             const { transitionDuration, animationDuration } = getComputedStyle(one);
             return parseFloat(transitionDuration) || parseFloat(animationDuration);
           }).map((one) => one.className)"""
    )
    assert moving == []


@pytest.mark.usefixtures("morning")
async def test_with_forced_colours_the_chosen_row_is_still_told_apart(show: Opened) -> None:
    page = await show("/m/demo-m1")
    await page.emulate_media(forced_colors="active")
    await expect(page.locator(".row.open")).to_be_visible()
    line = "(one) => getComputedStyle(one).outlineStyle"
    assert await page.locator(".row.open").evaluate(line) == "solid"
    assert await page.locator(".row:not(.open):not(.blank)").first.evaluate(line) == "none"

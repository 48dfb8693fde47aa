"""A command acts on what one means, and what it does is told truly."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.web.conftest import Opened, Posted, Whole

PAGE = 100
"""Rows that the list asks for at once."""


async def _reading(show: Opened, post: Posted) -> tuple[Page, str, str]:
    """A page that shows one message, with the focus of the list on another."""
    other, opened = await post("other"), await post("opened")
    page = await show("/")
    await page.locator(f"#row-{opened}").click()
    await expect(page.get_by_role("heading", name="opened")).to_be_visible()
    await page.keyboard.press("j")
    await expect(page.locator(f"#row-{other}.active")).to_be_visible()
    return page, opened, other


async def test_delete_above_a_message_deletes_that_message(show: Opened, post: Posted) -> None:
    page, opened, other = await _reading(show, post)
    await page.locator(".head").get_by_role("button", name="Delete").click()
    await expect(page.locator(f"#row-{opened}")).to_have_count(0)
    await expect(page.locator(f"#row-{other}")).to_be_visible()


async def test_mark_unread_above_a_message_marks_that_message(show: Opened, post: Posted) -> None:
    page, opened, _ = await _reading(show, post)
    await page.locator(".head").get_by_role("button", name="Mark unread").click()
    await expect(page.locator(f"#row-{opened}.unread")).to_be_visible()


async def test_deleting_what_a_search_finds_leaves_what_it_does_not(
    show: Opened, post: Posted
) -> None:
    opened = await post("keep")
    await post("away")
    page = await show(f"/m/{opened}?q=subject:away")
    await expect(page.get_by_text("1 message", exact=True)).to_be_visible()
    await expect(page.get_by_role("heading", name="keep")).to_be_visible()
    await page.keyboard.press("Shift+Delete")
    await expect(page.get_by_text("0 messages", exact=True)).to_be_visible()
    await expect(page.locator(".head .note")).to_have_count(0)
    await page.keyboard.press("z")
    await expect(page.get_by_text("1 message", exact=True)).to_be_visible()


async def test_a_message_is_told_as_deleted_no_longer_when_that_was_undone(
    show: Opened, post: Posted
) -> None:
    opened = await post("far down")
    for number in range(PAGE):
        await post(f"mail {number}")
    page = await show(f"/m/{opened}")
    await expect(page.get_by_role("heading", name="far down")).to_be_visible()
    await expect(page.locator("#list")).to_have_attribute("aria-busy", "false")
    await page.keyboard.press("Shift+Delete")
    await expect(page.locator(".head .note")).to_be_visible()
    await page.keyboard.press("z")
    await expect(page.locator(".head .note")).to_have_count(0)
    await expect(page.get_by_role("heading", name="far down")).to_be_visible()


@pytest.mark.complaints("500")
async def test_what_could_not_be_deleted_is_shown_again(show: Opened, post: Posted) -> None:
    kept = await post("stays")
    page = await show("/")
    row = page.locator(f"#row-{kept}")
    await row.wait_for()

    async def refuse(route: Route) -> None:
        if route.request.method != "DELETE":
            await route.fallback()
            return
        await route.fulfill(status=500, json={"status": 500, "detail": "The disk is full"})

    await page.route("**/api/messages", refuse)
    await page.keyboard.press("j")
    await page.keyboard.press("#")
    await expect(row).to_have_count(0)
    await page.evaluate("dispatchEvent(new Event('pagehide'))")  # nobody waits to undo it
    await expect(page.get_by_text("The disk is full")).to_be_visible()
    await expect(row).to_be_visible()


async def test_a_page_that_is_given_no_clipboard_copies_all_the_same(
    show: Opened, post: Posted
) -> None:
    name = await post("hello")
    page = await show(f"/m/{name}")
    await expect(page.get_by_role("heading", name="hello")).to_be_visible()
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await page.keyboard.press("y")
    await expect(page.get_by_text(f"Id copied: {name}")).to_be_visible()
    await page.keyboard.press("/")
    await page.keyboard.press("Control+v")
    await expect(page.get_by_role("combobox", name="Search")).to_have_value(name)


@pytest.mark.parametrize("keys", ["ga", "gs", "gf", "gn", "g,"])
async def test_the_focus_is_not_lost_with_the_view_that_had_it(
    show: Opened, post: Posted, keys: str
) -> None:
    await post()
    page = await show("/")
    await page.locator("#list").focus()
    for key in keys:
        await page.keyboard.press(key)
    await expect(page.locator("#list:focus, #main:focus")).to_have_count(1)


async def test_with_single_keys_off_the_list_is_walked_by_the_arrows(
    show: Opened, post: Posted
) -> None:
    name = await post("hello")
    page = await show("/settings")
    await page.get_by_label("Single keys").uncheck()
    await page.locator(".side .place").first.click()
    await page.locator(f"#row-{name}").wait_for()
    await expect(page.get_by_text("Choose a message to read it.")).to_be_visible()
    await expect(page.get_by_text("shows all keys")).to_have_count(0)
    await page.keyboard.press("j")
    await page.locator("#list").focus()
    await expect(page.locator(".row.active")).to_have_count(0)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="hello")).to_be_visible()


async def test_all_that_match_are_told_to_be_tagged(show: Opened, post: Posted) -> None:
    for number in range(2):
        await post(f"mail {number}")
    page = await show("/?q=subject:mail")
    await expect(page.get_by_text("2 messages", exact=True)).to_be_visible()
    await page.keyboard.press("Control+a")
    await page.keyboard.press("e")
    await page.keyboard.type("later")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("2 messages tagged")).to_be_visible()


async def test_what_is_not_all_counted_is_not_told_as_if_it_were(
    show: Opened, whole: Whole
) -> None:
    async def with_older(route: Route) -> None:
        told = await (await route.fetch()).json()
        await route.fulfill(json={**told, "older": "/api/attempts?before=1"})

    assert await whole.send("first@b.test") == 250
    page = await show(f"{whole.url}/attempts")
    chip = page.get_by_role("group", name="Which replies").get_by_role("button", name="4xx")
    await expect(chip).to_have_text("4xx0")
    await page.route("**/api/attempts?*", with_older)
    await page.reload()
    await expect(chip).to_have_text("4xx0+")


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("path", ["/", "/m/demo-m1", "/m/demo-m1?tab=headers"])
async def test_a_button_with_a_sign_is_as_wide_as_a_finger(show: Opened, path: str) -> None:
    page = await show(path, width=390, height=844)
    await page.locator(".head .line, .list .row").locator("visible=true").first.wait_for()
    small = await page.evaluate(
        """() => [...document.querySelectorAll(".button.icon")].filter((one) => {
             const { width, height } = one.getBoundingClientRect();
             return one.checkVisibility() && (width < 44 || height < 44);
           }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []

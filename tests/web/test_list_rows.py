"""Rows: what they tell, what one does with them, and that they stay where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

SUBJECTS = ".row .subject"


async def place(page: Page, subject: str) -> float:
    """How far down a row stands."""
    box = await page.get_by_role("option", name=subject).bounding_box()
    assert box
    return box["y"]


async def test_a_row_tells_how_a_mail_begins_and_copies_its_code(
    show: Opened, post: Posted
) -> None:
    await post("sign in", body="Your code is 481516. Do not tell it.\r\n")
    page = await show()
    row = page.get_by_role("option", name="sign in")
    await expect(row.locator(".snippet")).to_have_text("Your code is 481516. Do not tell it.")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await row.locator(".chip.code").click()
    await expect(page.locator(".toast")).to_contain_text("Code copied: 481516")
    assert await page.evaluate("navigator.clipboard.readText()") == "481516"
    await expect(page.locator(".detail.message")).to_have_count(0)


async def test_glances_come_in_one_request_for_the_rows_in_sight(
    show: Opened, post: Posted
) -> None:
    for number in range(60):
        await post(f"mail {number}")
    page = await show("/connect")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/api/glances" in one.url else None)
    await page.get_by_role("link", name="Messages").first.click()
    await expect(page.locator(".snippet").first).to_be_visible()
    assert len(asked) == 1
    assert asked[0].count("id=") < 30


async def test_what_the_pointer_offers_moves_nothing(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    name = await post("one")
    await post("two")
    page = await show()
    row = page.get_by_role("option", name="one")
    parts = [row.locator(part) for part in (".subject", "time", ".size", ".from")]
    before = [await part.bounding_box() for part in parts]
    await row.hover()
    await expect(row.locator(".acts")).to_be_visible()
    assert [await part.bounding_box() for part in parts] == before
    await row.locator("[data-act=read]").click()
    await expect(page.locator(".row.unread")).to_have_count(1)
    message = await catcher.message(name)
    assert message
    assert message.read
    await expect(page.locator(".detail.message")).to_have_count(0)
    await row.locator("[data-act=delete]").click()
    await expect(page.locator(SUBJECTS)).to_have_text(["two"])


async def test_a_mark_and_a_tag_can_be_undone(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show()
    await page.get_by_role("option", name="one").locator("[data-act=pick]").click()
    await page.keyboard.press("Shift+I")
    await expect(page.locator(".toast")).to_contain_text("1 message marked read")
    await expect(page.locator(".row.unread")).to_have_count(0)
    await page.keyboard.press("z")
    await expect(page.locator(".row.unread")).to_have_count(1)
    await page.keyboard.press("e")
    await page.locator("#prompt-text").fill("later")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row .chip", has_text="later")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".row .chip", has_text="later")).to_have_count(0)


async def test_rows_are_selected_by_box_control_and_shift(show: Opened, post: Posted) -> None:
    for number in range(6):
        await post(f"mail {number}")
    page = await show()
    rows = page.get_by_role("option")
    await rows.nth(1).click(modifiers=["Control"])
    await rows.nth(3).click(modifiers=["Shift"])
    await expect(page.locator(".row.picked")).to_have_count(3)
    assert await page.evaluate("String(getSelection())") == ""
    await rows.nth(5).hover()
    await rows.nth(5).locator("[data-act=pick]").click()
    await expect(page.get_by_text("4 selected")).to_be_visible()
    await page.get_by_role("button", name="All 6").click()
    await expect(page.get_by_text("6 selected")).to_be_visible()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.locator(SUBJECTS)).to_have_count(0)
    await page.keyboard.press("z")
    await expect(page.locator(SUBJECTS)).to_have_count(6)


async def test_selecting_begins_at_the_first_row(show: Opened, post: Posted) -> None:
    for name in ("one", "two"):
        await post(name)
    page = await show()
    await expect(page.locator(".row:not(.blank)")).to_have_count(2)
    await page.keyboard.press("x")
    await expect(page.locator(".row.picked.active")).to_contain_text("two")


async def test_a_row_under_the_pointer_does_not_move(show: Opened, post: Posted) -> None:
    await post("first")
    page = await show()
    await expect(page.locator(".live.on").first).to_be_visible()
    await page.get_by_role("option", name="first").hover()
    before = await place(page, "first")
    await post("second")
    await expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert await place(page, "first") == before
    await page.mouse.move(5, 300)
    await expect(page.locator(SUBJECTS)).to_have_text(["second", "first"])


async def test_deleting_all_stands_apart_and_spares_what_comes_after(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    await post("old")
    page = await show()
    every = page.get_by_role("button", name="Delete all of this list")
    pause = await page.get_by_role("button", name="Pause live mail").bounding_box()
    box = await every.bounding_box()
    assert box
    assert pause
    assert box["x"] - (pause["x"] + pause["width"]) > 80
    await every.click()
    await expect(page.locator(SUBJECTS)).to_have_count(0)
    new = await post("new")
    await expect(page.locator(SUBJECTS)).to_have_text(["new"])
    async with page.expect_response(lambda one: one.request.method == "DELETE"):
        await page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert (await catcher.counts()).messages == 1
    assert await catcher.message(new)


async def test_a_message_that_is_deleted_elsewhere_stays_readable(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    name = await post("secret", body="Read me\r\n")
    page = await show(f"/m/{name}")
    await expect(page.get_by_role("tabpanel")).to_contain_text("Read me")
    await expect(page.locator(".live.on").first).to_be_visible()
    await catcher.delete([name])
    await expect(page.get_by_text("This message was deleted.")).to_be_visible()
    await expect(page.get_by_role("tabpanel")).to_contain_text("Read me")
    await expect(page.locator(SUBJECTS)).to_have_count(0)


async def test_ages_go_on_while_one_looks(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show("/connect")
    await page.clock.install()
    await page.goto(page.url.removesuffix("/connect"))
    await expect(page.locator(".row time")).to_be_visible()
    await page.clock.fast_forward(5 * 60_000)
    await expect(page.locator(".row time")).to_have_text("5 min")


@pytest.mark.parametrize("dense", [False, True])
async def test_read_rows_are_as_readable_as_unread_ones(
    show: Opened, post: Posted, catcher: Catcher, dense: bool
) -> None:
    name = await post("read")
    await catcher.update([name], read=True)
    await post("unread")
    page = await show("/settings")
    await page.get_by_role("button", name="Dense" if dense else "Two lines").click()
    await page.get_by_role("link", name="Messages").first.click()
    await expect(page.locator(SUBJECTS)).to_have_text(["unread", "read"])
    box = await page.locator(".row").first.bounding_box()
    assert box is not None
    assert box["height"] == (36 if dense else 56)
    for part in (".subject", ".from", "time"):
        colours = await page.locator(f".row {part}").evaluate_all(
            "all => all.map(getComputedStyle).map(one => `${one.color} ${one.opacity}`)"
        )
        assert len(set(colours)) == 1

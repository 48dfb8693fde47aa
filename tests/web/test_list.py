from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser


async def test_a_message_appears_without_a_reload(show: Opened, post: Posted) -> None:
    page = await show()
    await expect(page.get_by_text("No mail yet")).to_be_visible()
    await expect(page.locator(".live.on")).to_be_visible()
    await post("first")
    await expect(page.get_by_role("option", name="first")).to_be_visible()
    await post("second")
    await expect(page.locator(".row .subject")).to_have_text(["second", "first"])
    assert await page.title() == "(2) mailtrap"


async def test_keys_move_open_close_and_delete(
    show: Opened, post: Posted, catcher: Catcher
) -> None:
    for subject in ("one", "two", "three"):
        await post(subject)
    page = await show()
    await expect(page.locator(".row")).to_have_count(3)
    for key in ("j", "j", "k", "j"):
        await page.keyboard.press(key)
    await expect(page.locator(".row.active .subject")).to_have_text("two")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="two")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="two")).to_have_count(0)
    await page.keyboard.press("#")
    await expect(page.locator(".row .subject")).to_have_text(["three", "one"])
    await page.keyboard.press("z")
    await expect(page.locator(".row .subject")).to_have_text(["three", "two", "one"])
    assert (await catcher.counts()).messages == 3

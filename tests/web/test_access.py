"""What a keyboard and a screen reader meet, where axe is blind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

ROW = ".row:not(.blank)"
WHERE = """() => {
  const one = document.activeElement;
  const pane = one?.closest(".side, .middle, .detail, dialog");
  return pane ? (pane.matches("dialog") ? pane.id : pane.classList[0]) : (one?.className ?? "");
}"""


async def _focused(page: Page) -> str:
    return str(await page.evaluate("() => document.activeElement?.id ?? ''"))


@pytest.mark.usefixtures("morning")
async def test_tab_goes_through_the_panes_from_left_to_right(show: Opened) -> None:
    page = await show("/m/demo-m2")
    await page.get_by_role("heading", name="Build #4211").wait_for()
    panes: list[str] = []
    for _ in range(80):
        await page.keyboard.press("Tab")
        where = str(await page.evaluate(WHERE))
        if where not in panes[-1:]:
            panes.append(where)
        if where == "detail":
            break
    assert [pane for pane in panes if pane in {"side", "middle", "detail"}] == [
        "side",
        "middle",
        "detail",
    ]
    assert panes[0] == "skip"


@pytest.mark.usefixtures("morning")
async def test_the_active_descendant_is_always_a_row_that_is_drawn(show: Opened) -> None:
    page = await show("/")
    await page.locator(ROW).first.wait_for()
    for key in ("j", "j", "End", "k", "Home", "PageDown", "PageDown", "#", "j", "#", "k"):
        await page.keyboard.press(key)
        await expect(page.locator(".row.active")).to_be_visible()
        await page.wait_for_function(
            "document.querySelector('#list').getAttribute('aria-activedescendant')"
            " === document.querySelector('.row.active')?.id"
        )
        assert await _focused(page) == "list"


@pytest.mark.usefixtures("morning")
async def test_a_list_scrolled_away_from_the_active_row_names_none_that_is_not_there(
    show: Opened,
) -> None:
    page = await show("/", height=500)
    await page.locator(ROW).first.wait_for()
    await page.keyboard.press("j")
    await page.locator("#list").hover()
    await page.mouse.wheel(0, 2_000)
    await expect(page.locator(".row.active")).to_have_count(0)
    named = await page.locator("#list").get_attribute("aria-activedescendant")
    assert named is None


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("key", "name"), [("?", "help"), ("Control+k", "palette"), ("e", "prompt")]
)
async def test_a_dialog_takes_the_focus_and_gives_it_back(
    show: Opened, key: str, name: str
) -> None:
    page = await show("/")
    await page.locator(ROW).first.wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press(key)
    await expect(page.locator(f"#{name}")).to_be_visible()
    assert await page.evaluate(WHERE) == name
    await page.keyboard.press("Escape")
    await expect(page.locator(f"#{name}")).to_be_hidden()
    assert await _focused(page) == "list"


@pytest.mark.usefixtures("morning")
async def test_escape_peels_one_layer_after_the_other(show: Opened) -> None:
    page = await show("/?q=lumen")
    await page.locator(ROW).first.wait_for()
    for key in ("j", "Enter", "x", "Control+k"):
        await page.keyboard.press(key)
    await expect(page.locator("#palette")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#palette")).to_be_hidden()
    await expect(page.locator(".row.picked")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.locator(".row.picked")).to_have_count(0)
    assert "/m/" in page.url
    await page.keyboard.press("Escape")
    await expect(page.locator("iframe")).to_have_count(0)
    assert await _focused(page) == "list"
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(page.url.split("?")[0])


async def test_the_focus_stays_in_the_list_when_the_last_row_goes(
    show: Opened, post: Posted
) -> None:
    await post("one")
    page = await show("/")
    await page.locator(ROW).first.wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("#")
    await expect(page.locator(ROW)).to_have_count(0)
    assert await _focused(page) == "list"


@pytest.mark.usefixtures("morning")
async def test_what_happens_is_said_to_those_who_do_not_see_it(show: Opened) -> None:
    page = await show("/")
    await page.locator(ROW).first.wait_for()
    said = page.locator(".unseen[role=status]")
    await page.keyboard.press("p")
    await expect(said).to_have_text("Live mail is paused")
    await page.keyboard.press("p")
    await expect(said).to_have_text("Live mail goes on")
    await page.keyboard.press("j")
    await page.keyboard.press("#")
    await expect(page.get_by_role("status").filter(has_text="Message deleted")).to_be_visible()
    await page.keyboard.press("z")
    await expect(said).to_have_text("Nothing was deleted")


async def test_a_row_tells_where_it_stands(show: Opened, post: Posted) -> None:
    for subject in ("one", "two", "three"):
        await post(subject)
    page = await show("/")
    await expect(page.locator(ROW)).to_have_count(3)
    row = page.get_by_role("option", name="two")
    await expect(row).to_have_attribute("aria-posinset", "2")
    await expect(row).to_have_attribute("aria-setsize", "3")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(row).to_have_attribute("aria-selected", "true")

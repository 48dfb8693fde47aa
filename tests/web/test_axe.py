"""Nothing that axe-core knows of shuts anybody out: every view, both themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from tests.web.conftest import Opened

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is in the frame is somebody else's mail.
    "iframes": False,
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "iframes": False}
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}


async def _help(page: Page) -> None:
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


async def _palette(page: Page) -> None:
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Command")).to_be_focused()


async def _picked(page: Page) -> None:
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await page.keyboard.press("#")
    await page.keyboard.press("Control+a")
    await expect(page.get_by_role("toolbar", name="Selected messages")).to_be_visible()


async def _unfolded(page: Page) -> None:
    await page.get_by_role("button", name="All of the header").click()


async def _new_rule(page: Page) -> None:
    await page.get_by_role("button", name="New rule").first.click()


async def _as_it_is(_: Page) -> None:
    pass


@dataclass(frozen=True)
class View:
    """Where, what must be there, and what is done before it is looked at."""

    path: str
    shows: str
    first: Callable[[Page], Awaitable[None]] = _as_it_is


ROWS = ".row:not(.blank)"
VIEWS = {
    "list": View("/", ROWS),
    "selected": View("/", ROWS, _picked),
    "search-mistake": View("/?q=from:(", "[role=alert]"),
    "search-nothing": View("/?q=xyzzyx", ".hint"),
    "inbox": View("/i/signup-test-3", ROWS),
    "preview": View("/m/demo-m1", "iframe", _unfolded),
    "envelope-differs": View("/m/demo-m3", ".files"),
    "attempt": View("/a/demo-at1", ".chain"),
    "attempts": View("/attempts", ".middle .row"),
    "session": View("/s/demo-sl0", ".reader h2"),
    "sessions": View("/sessions", ".middle .row"),
    "gone": View("/m/nothing", ".hint [role=status]"),
    "faults": View("/faults", ".rule"),
    "new-rule": View("/faults", ".rule", _new_rule),
    "insights": View("/insights", "h1"),
    "connect": View("/connect", "h1"),
    "settings": View("/settings", ".settings"),
    "docs": View("/docs", "h1"),
    "help": View("/", ROWS, _help),
    "palette": View("/m/demo-m1", "iframe", _palette),
}
"""Every view. A new one joins by one row."""

TABS = ("Text", "Source", "Headers", "Parts", "Links", "Findings", "Session", "Raw")


async def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds, in words; the page's own policy stays in force."""
    found: list[dict[str, Any]] = await page.evaluate(
        "async (rules) => (await axe.run(document, rules)).violations", rules
    )
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:200]} "
        f"{node['any'][0]['message'] if node['any'] else ''}"
        for one in found
        for node in one["nodes"][:5]
    ]


async def everywhere(page: Page) -> dict[str, list[str]]:
    """What axe finds by width and theme. Of the dark theme only the colours are others."""
    await page.evaluate(AXE)
    found = {}
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found["dark"] = await violations(page, COLOURS)
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for size, (width, height) in SIZES.items():
        await page.set_viewport_size({"width": width, "height": height})
        found[size] = await violations(page, RULES)
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.usefixtures("morning")
@pytest.mark.complaints("status of 400", "status of 404")
async def test_a_view_has_no_violations(show: Opened, name: str) -> None:
    view = VIEWS[name]
    page = await show(view.path, width=1440, height=900)
    await expect(page.locator(view.shows).first).to_be_attached()
    await view.first(page)
    assert await everywhere(page) == {}


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.usefixtures("morning")
async def test_a_tab_of_a_message_has_no_violations(show: Opened, tab: str) -> None:
    page = await show("/m/demo-m1", width=1440, height=900)
    shown = page.get_by_role("tab", name=tab)
    await shown.click()
    await expect(shown).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_text("Loading…")).to_have_count(0)
    assert await everywhere(page) == {}

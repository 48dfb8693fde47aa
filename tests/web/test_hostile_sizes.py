"""Mails without end: the page draws a beginning of them, and stays quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.conftest import Opened, Posted

pytestmark = [
    pytest.mark.browser,
    pytest.mark.complaints("Content Security Policy", "ERR_", "status of 404"),
]

DRAWN: Final = 15_000
"""Elements that the page may draw of any mail: a tab's step, and the list beside it."""


GROUPS: Final = 3


def _wide(count: int) -> str:
    return (
        "".join(f"--b\r\nContent-Type: text/x-{at}\r\n\r\nx\r\n" for at in range(count)) + "--b--"
    )


def _deep(count: int) -> str:
    opened = "".join(
        f"--b{at}\r\nContent-Type: multipart/mixed; boundary=b{at + 1}\r\n\r\n"
        for at in range(count)
    )
    return f"{opened}--b{count}\r\n\r\nx"


HUGE: Final[dict[str, tuple[str, Callable[[], str]]]] = {
    "10 MB of HTML": ("text/html", lambda: "<p>Some words and a <b>tag</b>.</p>\r\n" * 290_000),
    "10 MB in one line": ("text/html", lambda: "x" * 10_000_000),
    "50,000 cells": ("text/html", lambda: f"<table><tr>{'<td>1' * 50_000}</table>"),
    "10,000 links": ("text/html", lambda: "".join(f"<a href=//x/{n}>y</a>" for n in range(10_000))),
    "deep HTML": ("text/html", lambda: "<div>" * 100_000),
    "10 MB of text": ("text/plain", lambda: "> a line with https://x.test/y in it\r\n" * 280_000),
    "100,000 lines": ("text/plain", lambda: "\r\n" * 100_000),
    "1,000 parts": ("multipart/mixed; boundary=b", lambda: _wide(1000)),
    "1,000 levels": ("multipart/mixed; boundary=b0", lambda: _deep(1000)),
    "5,000 fields": (
        "text/plain\r\n" + "\r\n".join(f"X-{n}: {'v' * 20}" for n in range(5000)),
        lambda: "x",
    ),
    "5,000 recipients in To": (
        "text/plain\r\nTo: " + ",\r\n ".join(f"a{n}@x.test" for n in range(5000)),
        lambda: "x",
    ),
    "500 hops": ("text/plain\r\n" + "\r\n".join(["Received: from a by b; x"] * 500), lambda: "x"),
}


async def answers(page: Page) -> None:
    """A key is answered: within a second, or a few where other tests run beside this one."""
    await page.keyboard.press("?")
    await page.locator("#help[open]").wait_for(timeout=5_000)
    await page.keyboard.press("Escape")
    await expect(page.locator("#help[open]")).to_have_count(0)


@pytest.mark.parametrize("group", range(GROUPS))
async def test_the_page_draws_a_beginning_and_stays_quick(
    show: Opened, post: Posted, group: int
) -> None:
    page = await show()
    address = page.url
    for name, (kind, body) in list(HUGE.items())[group::GROUPS]:
        message = await post(name, kind=kind, body=body())
        await page.goto(f"{address}m/{message}")
        await expect(page.locator(".head h1")).to_have_text(name, timeout=30_000)
        tabs = page.get_by_role("tab")
        for at in range(await tabs.count()):
            await tabs.nth(at).click()
            await expect(page.locator("#panel")).not_to_contain_text("Loading…", timeout=30_000)
            drawn = await page.evaluate("document.querySelectorAll('*').length")
            assert drawn < DRAWN, (name, at)
            await answers(page)
        await page.locator("[aria-label='All of the header']").first.click()
        assert await page.evaluate("document.querySelectorAll('*').length") < DRAWN
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.locator("[aria-label='All of the header']").first.click()


async def test_more_is_shown_when_asked_for(show: Opened, post: Posted) -> None:
    await post("parts", kind="multipart/mixed; boundary=b", body=_wide(150))
    page = await show("/latest")
    await page.get_by_role("tab", name="Parts").click()
    await expect(page.locator(".tree > li")).to_have_count(100)
    await page.get_by_role("button", name="Show more").click()
    await expect(page.locator(".tree > li")).to_have_count(151)
    await expect(page.get_by_role("button", name="Show more")).to_have_count(0)

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.web.conftest import Opened, Whole

pytestmark = pytest.mark.browser


async def said(whole: Whole, *lines: str) -> None:
    """A client that says these lines, and then closes."""
    reader, writer = await asyncio.open_connection(*whole.smtp)
    await reader.readline()
    for line in lines:
        writer.write(f"{line}\r\n".encode())
        while (await reader.readline())[3:4] == b"-":
            pass
    writer.close()
    await writer.wait_closed()


async def test_sessions_are_narrowed_and_say_why_nothing_came(show: Opened, whole: Whole) -> None:
    await whole.ask("POST", "/api/faults", {"line": "rcpt bad@* 550 5.1.1 No name=bad"})
    page = await show(f"{whole.url}/sessions")
    await expect(page.locator(".live.on")).to_be_visible()
    await whole.send("ann@b.test")
    await whole.send("bad@b.test")
    await said(whole, "EHLO probe.test", "QUIT")
    rows = page.locator(".row")
    await expect(rows).to_have_count(3)
    kinds = page.get_by_role("group", name="Which sessions")
    await expect(kinds.get_by_role("button")).to_have_text(
        ["All3", "Open0", "Delivered1", "Nothing2", "Faults1", "TLS0"]
    )
    await kinds.get_by_role("button", name="Nothing").click()
    await expect(rows).to_have_count(2)
    await rows.filter(has_text="probe.test").click()
    note = page.get_by_role("note")
    await expect(note).to_contain_text("Delivered nothing:")
    assert "q=is%3Aempty" in page.url
    await kinds.get_by_role("button", name="Faults").click()
    await expect(rows).to_have_count(1)
    await rows.first.click()
    await expect(page.get_by_role("heading", name="1 attempt")).to_be_visible()
    await expect(page.get_by_role("link", name="bad", exact=True)).to_be_visible()


async def test_an_open_session_is_followed_line_by_line(show: Opened, whole: Whole) -> None:
    page = await show(f"{whole.url}/sessions")
    await expect(page.locator(".live.on")).to_be_visible()
    reader, writer = await asyncio.open_connection(*whole.smtp)
    await reader.readline()
    row = page.get_by_role("option", name="no greeting")
    await row.click()
    await expect(page.get_by_text("It goes on…")).to_be_visible()
    writer.write(b"HELO slow.test\r\n")
    await reader.readline()
    await expect(page.locator(".said", has_text="HELO slow.test")).to_be_visible()
    await expect(page.get_by_role("option", name="slow.test")).to_contain_text("open")
    writer.write(b"QUIT\r\n")
    await reader.readline()
    writer.close()
    await expect(page.get_by_text("It goes on…")).to_have_count(0)
    await expect(page.get_by_role("note")).to_be_visible()


async def test_a_long_dialogue_is_shown_in_pieces_and_saved_whole(
    show: Opened, whole: Whole
) -> None:
    await said(whole, "EHLO long.test", *("NOOP",) * 300)
    page = await show(f"{whole.url}/sessions")
    await page.get_by_role("option", name="long.test").click()
    lines = page.get_by_role("list", name="SMTP dialogue").get_by_role("listitem")
    await expect(lines).to_have_count(500)
    await page.get_by_role("button", name="Show more of").click()
    await expect(lines).not_to_have_count(500)
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Download the dialogue").click()
    download = await saved.value
    text = (await download.path()).read_text("utf-8")
    assert text.count(" C NOOP") == 300
    assert download.suggested_filename.startswith("session-")


async def test_a_session_leads_to_its_message_and_attempt(show: Opened, whole: Whole) -> None:
    await whole.send("ann@b.test", text="leads")
    page = await show(f"{whole.url}/sessions")
    await page.get_by_role("option", name="app.test").click()
    await page.get_by_role("link", name="message", exact=True).click()
    await expect(page.get_by_role("heading", name="leads")).to_be_visible()
    await page.go_back()
    await page.get_by_role("link", name="250", exact=True).click()
    await expect(page.get_by_role("heading", name="app@a.test")).to_be_visible()
    await page.get_by_role("link", name="Session", exact=True).click()
    await expect(page.get_by_role("heading", name="app.test")).to_be_visible()


async def test_on_a_phone_one_goes_in_and_back(show: Opened, whole: Whole) -> None:
    await whole.send("ann@b.test")
    page = await show(f"{whole.url}/sessions", width=390, height=844)
    row = page.get_by_role("option", name="app.test")
    await row.click()
    await expect(row).to_be_hidden()
    await page.get_by_role("button", name="Back to the list").click()
    await expect(row).to_be_visible()
    await expect(page.locator("#list")).to_be_focused()


async def test_a_session_that_is_not_there_says_so(show: Opened, complaints: list[str]) -> None:
    page = await show("/s/nothere")
    await expect(page.get_by_text("This session is not here any more")).to_be_visible()
    complaints[:] = [text for text in complaints if "404" not in text]

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.async_api import expect

from mailtrap.store.records import Line, NewSession

if TYPE_CHECKING:
    from pathlib import Path

    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEFT = NewSession(
    id="",
    listener="smtp",
    peer="127.0.0.1:51234",
    local="127.0.0.1:1025",
    started_at=NOW,
    ended_at=NOW,
    helo="app.test",
    protocol="ESMTP",
    tls=None,
    auth=None,
    forwarded={},
    messages=0,
    attempts=0,
    end="the client closed the connection",
    findings=(),
    transcript=(Line(0.0, "C", "AUTH PLAIN ********"), Line(1.0, "S", "535 5.7.8 No")),
)


async def test_an_empty_list_tells_how_to_connect(show: Opened) -> None:
    page = await show("/", width=1440)
    await expect(
        page.get_by_role("heading", name="Waiting for mail on 127.0.0.1:1025")
    ).to_be_visible()
    await expect(page.locator(".recipe-text pre")).to_contain_text('"port": 1025')


async def test_on_a_phone_the_empty_list_leads_to_it(show: Opened) -> None:
    page = await show("/", width=390)
    await page.get_by_role("link", name="Connect an app").click()
    await expect(page).to_have_url(re.compile(r"/connect$"))
    await page.get_by_label("Settings for").select_option("Laravel")
    await expect(page.locator(".recipe-text pre")).to_contain_text("MAIL_PORT=1025")
    scrolls = "document.documentElement.scrollWidth > innerWidth"
    assert await page.evaluate(scrolls) is False


async def test_the_snippet_that_is_chosen_is_in_the_address_and_remembered(show: Opened) -> None:
    page = await show("/connect?tab=rails")
    await expect(page.locator(".recipe-text pre")).to_contain_text("config.action_mailer")
    await page.get_by_role("button", name="Nodemailer").click()
    await expect(page).to_have_url(re.compile(r"/connect\?tab=nodemailer$"))
    await page.goto(page.url.partition("?")[0])
    await expect(page.locator(".recipe-text pre")).to_contain_text("createTransport")


async def test_a_snippet_and_a_fact_are_copied(show: Opened) -> None:
    page = await show("/connect?tab=symfony")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy", exact=True).click()
    await expect(page.get_by_text("Copied: ")).to_be_visible()
    read = "navigator.clipboard.readText()"
    assert await page.evaluate(read) == "MAILER_DSN=smtp://127.0.0.1:1025"
    await page.get_by_title("Copy the port").click()
    await expect(page.get_by_text("Port copied: 1025")).to_be_visible()


async def test_a_sample_comes_in_and_is_shown(show: Opened) -> None:
    page = await show("/connect")
    await page.get_by_role("button", name="Confirmation").click()
    await expect(page.get_by_role("heading", name="Confirm your address: 481 516")).to_be_visible(
        timeout=20_000
    )
    await expect(page.get_by_role("option", name="Confirm your address")).to_be_visible()


@pytest.mark.complaints("Content Security Policy", "Blocked script", "Refused to execute")
async def test_the_broken_sample_does_nothing(show: Opened) -> None:
    page = await show("/connect")
    await page.get_by_role("button", name="Broken").click()
    frame = page.frame_locator("iframe")
    await expect(frame.get_by_text("Everything in this mail is an attempt")).to_be_visible()
    assert "caught" not in await page.title()


@pytest.mark.complaints("Content Security Policy")
async def test_a_sample_goes_into_the_inbox_that_is_chosen(show: Opened, catcher: Catcher) -> None:
    page = await show("/connect?inbox=gw3")
    await expect(page.get_by_text("X-Inbox: gw3")).to_be_visible()
    await page.get_by_role("button", name="Newsletter").click()
    await expect(page.get_by_role("heading", name="This week")).to_be_visible(timeout=20_000)
    assert (await catcher.held("gw3")).messages == 1


async def test_an_eml_is_taken_in(show: Opened, catcher: Catcher, tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"From: a@a.test\nTo: b@b.test\nSubject: from a file\n\nHi\n")
    page = await show("/connect")
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_role("heading", name="from a file")).to_be_visible(timeout=20_000)
    assert (await catcher.counts()).attempts == 1


@pytest.mark.complaints("400 (Bad Request)")
async def test_a_file_that_is_no_message_is_told(show: Opened, tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"nothing of the kind")
    page = await show("/connect")
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_text("no recipient is told")).to_be_visible()


async def test_who_came_to_nothing_appears_with_the_reason_and_what_to_do(
    show: Opened, catcher: Catcher
) -> None:
    page = await show("/connect")
    await expect(page.get_by_text("Nobody yet.")).to_be_visible()
    await expect(page.locator(".live.on")).to_be_visible()
    catcher.session_closed(msgspec.structs.replace(LEFT, id=catcher.new_id()))
    visit = page.locator(".visit")
    await expect(visit).to_contain_text("its login was refused")
    await expect(visit).to_contain_text("Any name and password are taken")
    await visit.click()
    await expect(page.get_by_text("535 5.7.8 No")).to_be_visible()


async def test_mail_that_came_is_not_waited_for(show: Opened, post: Posted) -> None:
    await post("first")
    page = await show("/connect")
    await expect(page.get_by_role("heading", name="Taking mail on 127.0.0.1:1025")).to_be_visible()
    await expect(page.locator(".visit")).to_contain_text("sent 1 message")

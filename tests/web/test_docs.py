from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from mailtrap.api.routes import ROUTES

if TYPE_CHECKING:
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser


async def test_every_route_is_on_the_page(show: Opened) -> None:
    page = await show("/docs")
    await expect(page.locator(".operation")).to_have_count(len(ROUTES))


async def test_a_filter_leaves_what_fits(show: Opened) -> None:
    page = await show("/docs")
    await page.get_by_label("Filter the operations").fill("post inboxes")
    await expect(page.locator(".operation > summary code")).to_have_text(["/api/inboxes"])
    await page.get_by_label("Filter the operations").fill("no such thing")
    await expect(page.get_by_text("Nothing fits.")).to_be_visible()


async def test_an_address_opens_its_operation_with_parameters_and_members(show: Opened) -> None:
    page = await show("/docs?tab=get_message")
    operation = page.locator("#op-get_message")
    await expect(operation.get_by_role("row", name="inbox")).to_be_in_viewport()
    await operation.locator(".answer > summary").first.click()
    await expect(operation.get_by_text("has_attachment")).to_be_visible()
    await page.get_by_role("link", name="GET /info").click()
    await expect(page.locator("#op-get_info .op-inside")).to_be_in_viewport()


async def test_a_get_is_tried_and_answers(show: Opened, post: Posted) -> None:
    await post("tried")
    page = await show("/docs?tab=list_messages")
    operation = page.locator("#op-list_messages")
    await operation.get_by_label("limit").fill("1")
    await expect(operation.locator("pre").first).to_contain_text("/api/messages?limit=1")
    await operation.get_by_role("button", name="Try it").click()
    await expect(operation.locator(".outcome")).to_contain_text('"subject": "tried"')


async def test_what_streams_for_ever_is_told_as_far_as_it_came(show: Opened, post: Posted) -> None:
    await post("streamed")
    page = await show("/docs?tab=get_stream")
    operation = page.locator("#op-get_stream")
    await operation.get_by_label("since").fill("0")
    await operation.get_by_role("button", name="Try it").click()
    await expect(operation.locator(".outcome")).to_contain_text("event: message.added")


@pytest.mark.complaints("400 (Bad Request)")
async def test_a_refusal_is_shown_as_it_is(show: Opened) -> None:
    page = await show("/docs?tab=list_messages")
    operation = page.locator("#op-list_messages")
    await operation.get_by_label("limit").fill("0")
    await operation.get_by_role("button", name="Try it").click()
    await expect(operation.locator(".outcome")).to_contain_text('"field": "limit"')


async def test_only_a_get_can_be_tried(show: Opened) -> None:
    page = await show("/docs?tab=delete_messages")
    operation = page.locator("#op-delete_messages")
    await expect(operation.get_by_role("button", name="Copy as curl")).to_be_visible()
    await expect(operation.get_by_role("button", name="Try it")).to_have_count(0)

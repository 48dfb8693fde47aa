"""The search field: what it offers, how it searches, how it tells a mistake, what it marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.web.loop import shared

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.web.conftest import Opened, Posted

pytestmark = [pytest.mark.browser, pytest.mark.complaints("status of 400")]


@shared
async def page(show: Opened, post: Posted) -> Page:
    """The page with two messages."""
    await post("red apple", body="Sweet and fresh\r\n")
    await post("green pear", body="Soft and fresh\r\n")
    page = await show()
    await expect(page.locator(".row")).to_have_count(2)
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def subjects(page: Page) -> Locator:
    return page.locator(".row .subject")


def terms(page: Page) -> Locator:
    return page.get_by_role("list", name="Applied terms").get_by_role("button")


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


async def search(page: Page, query: str) -> None:
    await field(page).fill(query)
    await field(page).press("Enter")


async def test_operators_and_values_are_taken_by_keys(page: Page) -> None:
    await page.keyboard.press("/")
    await page.keyboard.type("-fr")
    await expect(options(page)).to_have_count(1)
    await expect(field(page)).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    await expect(field(page)).to_have_attribute("aria-activedescendant", "suggestion-0")
    await page.keyboard.press("Enter")
    await expect(field(page)).to_have_value("-from:")
    await page.keyboard.type("an")
    await page.keyboard.press("Tab")
    await expect(field(page)).to_have_value("-from:ann@a.test ")
    await expect(field(page)).to_be_focused()
    await expect(options(page)).to_have_count(0)
    await expect(subjects(page)).to_have_count(0)


async def test_operators_and_values_are_taken_by_the_pointer(page: Page) -> None:
    await field(page).click()
    await expect(options(page).first).to_contain_text("is:unread")
    await page.keyboard.type("is")
    await options(page).filter(has_text="What it is").click()
    await options(page).filter(has_text="It was not read").click()
    await expect(field(page)).to_have_value("is:unread ")
    await expect(field(page)).to_be_focused()
    await expect(subjects(page)).to_have_count(2)


async def test_escape_closes_the_suggestions_and_only_then_leaves(page: Page) -> None:
    await field(page).click()
    await page.keyboard.type("fr")
    await expect(options(page)).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(options(page)).to_have_count(0)
    await expect(field(page)).to_be_focused()
    await expect(field(page)).to_have_value("fr")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox", name="Messages")).to_be_focused()


async def test_one_searches_while_one_types_and_it_is_one_step_of_the_history(page: Page) -> None:
    before = await page.evaluate("history.length")
    await field(page).click()
    for letters in ("ap", "pl", "e"):
        await page.keyboard.type(letters)
        await expect(page).to_have_url(f"{origin(page)}/?q={await field(page).input_value()}")
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(field(page)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("listbox", name="Messages")).to_be_focused()
    assert await page.evaluate("history.length") == before + 1
    await page.go_back()
    await expect(subjects(page)).to_have_count(2)
    await expect(field(page)).to_have_value("")


async def test_a_mistake_is_marked_in_its_place_and_the_list_stays(page: Page) -> None:
    await search(page, "apple")
    await expect(subjects(page)).to_have_text(["red apple"])
    await search(page, "\U0001f600 form:ann red")
    await expect(field(page)).to_have_attribute("aria-invalid", "true")
    await expect(page.locator(".ghost mark")).to_have_text("form:")
    await expect(field(page)).to_have_accessible_description(
        "There is no operator form:; did you mean from:? from:"
    )
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(field(page)).to_be_focused()
    await field(page).fill("form:ann red")
    await expect(field(page)).to_have_attribute("aria-invalid", "false")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="from:", exact=True).click()
    await expect(field(page)).to_have_value("from:ann red")
    await expect(field(page)).to_have_attribute("aria-invalid", "false")
    await expect(subjects(page)).to_have_text(["red apple"])


async def test_a_mistake_is_told_when_one_stops_writing(page: Page) -> None:
    await field(page).fill("is:wrong")
    await expect(page.get_by_role("alert")).to_contain_text("is unknown here")
    await expect(page.get_by_role("button", name="unread", exact=True)).to_be_visible()
    await expect(subjects(page)).to_have_count(2)


async def test_a_mistake_in_the_address_is_marked_too(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show("/?q=subject:(one")
    await expect(page.locator(".ghost mark")).to_have_text("(")
    await expect(page.get_by_text("This search has a mistake")).to_be_visible()


async def test_the_terms_are_shown_and_left_out_by_click_or_key(page: Page) -> None:
    await search(page, "fresh -pear subject:red OR subject:green")
    await expect(terms(page)).to_have_count(3)
    await expect(terms(page).nth(1)).to_have_text("not pear")
    await terms(page).nth(1).click()
    await expect(subjects(page)).to_have_count(2)
    await expect(field(page)).to_have_value("fresh subject:red OR subject:green")
    await expect(terms(page).nth(1)).to_be_focused()
    await page.keyboard.press("Delete")
    await expect(terms(page)).to_have_count(1)
    await expect(terms(page).nth(0)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(terms(page)).to_have_count(0)
    await expect(field(page)).to_be_focused()
    await expect(field(page)).to_have_value("")


async def test_saved_searches_stay_and_are_renamed_and_deleted(page: Page) -> None:
    await search(page, "apple")
    await page.get_by_role("button", name="Save this search").click()
    await page.get_by_role("textbox", name="Name").fill("Fruit")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Fruit")).to_be_visible()
    await page.goto(origin(page))
    await page.get_by_role("link", name="Fruit").hover()
    await page.get_by_role("button", name="Rename Fruit").click()
    await page.get_by_role("textbox", name="Name").fill("Apples")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Apples").click()
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(page.get_by_role("button", name="Save this search")).to_have_attribute(
        "aria-pressed", "true"
    )
    await page.get_by_role("link", name="Apples").hover()
    await page.get_by_role("button", name="Delete Apples").click()
    await page.reload()
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(page.get_by_role("link", name="Apples")).to_have_count(0)


async def test_recent_searches_stay_until_they_are_forgotten(page: Page) -> None:
    for query, subject in (("apple", "red apple"), ("pear", "green pear")):
        await search(page, query)
        await expect(page.get_by_role("listbox", name="Messages")).to_be_focused()
        await expect(subjects(page)).to_have_text([subject])
    await page.goto(origin(page))
    await field(page).click()
    await expect(options(page).nth(0)).to_contain_text("pear")
    await options(page).nth(0).locator(".forget").click()
    await expect(options(page).nth(0)).to_contain_text("apple")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(subjects(page)).to_have_text(["red apple"])
    await page.goto(origin(page))
    await field(page).click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Delete")
    await expect(options(page).nth(0)).to_contain_text("is:unread")


async def test_hits_are_marked_in_the_rows_and_in_the_message(page: Page) -> None:
    await search(page, "APPLE from:ann sweet -green")
    row = page.locator(".row")
    await expect(row.locator(".subject mark")).to_have_text(["apple"])
    await expect(row.locator(".from mark")).to_have_text(["Ann"])
    await row.click()
    await expect(page.get_by_role("heading", name="red apple").locator("mark")).to_have_text(
        ["apple"]
    )
    await expect(page.locator("pre.text mark")).to_have_text(["Sweet"])


async def test_what_an_input_method_composes_is_not_searched(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    await field(page).click()
    keyboard = await page.context.new_cdp_session(page)
    text = {"text": "app", "selectionStart": 3, "selectionEnd": 3}
    await keyboard.send("Input.imeSetComposition", text)
    await expect(field(page)).to_have_value("app")
    await expect(options(page)).to_have_count(0)
    # Time enough for a search, if there were one; the page is asked, not the clock of the test.
    await page.evaluate("new Promise((done) => setTimeout(done, 400))")
    assert asked == []
    await keyboard.send("Input.insertText", {"text": "apple"})
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(field(page)).to_have_value("apple")


async def test_a_search_of_a_thousand_letters_is_one_like_others(page: Page) -> None:
    query = " ".join(["-wordword"] * 95 + ["apple", "red", "fresh"]) + " " * 60
    await search(page, query)
    await expect(subjects(page)).to_have_text(["red apple"])
    await expect(terms(page)).to_have_count(98)
    await search(page, "x" * 5000)
    await expect(page.get_by_role("alert")).to_contain_text("1 to 4000 characters")
    await expect(field(page)).to_have_value("x" * 5000)


async def test_hostile_text_is_offered_as_text(page: Page) -> None:
    name = '<img src=x onerror="document.title=1">'
    change = {"all": True, "add_tags": [name]}
    await page.request.patch(f"{origin(page)}/api/messages", data=change)
    await expect(page.get_by_role("link", name=name)).to_be_visible()
    await field(page).click()
    await page.keyboard.type("tag:")
    await expect(options(page)).to_have_text([name])
    await options(page).click()
    await expect(field(page)).to_have_value('tag:"<img src=x onerror=\\"document.title=1\\">" ')
    await page.keyboard.press("Enter")
    await expect(terms(page)).to_have_count(1)
    await expect(subjects(page)).to_have_count(2)


async def test_where_nothing_is_found_each_term_is_counted(page: Page) -> None:
    await search(page, "fresh subject:plum apple")
    counts = page.locator(".counts li")
    await expect(counts).to_have_count(3)
    await expect(counts.nth(0)).to_contain_text("2 messages")
    await expect(counts.nth(1)).to_contain_text("0 messages")
    await page.locator(".counts").get_by_role("button", name="Leave out subject:plum").click()
    await expect(subjects(page)).to_have_text(["red apple"])
    await search(page, "subject:sweet")
    await page.get_by_role("button", name="Look for sweet anywhere").click()
    await expect(subjects(page)).to_have_text(["red apple"])


async def test_rubbish_that_a_browser_kept_is_left_out(show: Opened, post: Posted) -> None:
    await post("one")
    page = await show()
    kept = '{"recent": [1, null, "apple"], "saved": [null, {"name": 1}], "side": "wide"}'
    await page.evaluate("(kept) => localStorage.setItem('mailtrap.settings', kept)", kept)
    await page.reload()
    await field(page).click()
    await expect(options(page).nth(0)).to_contain_text("apple")
    await expect(options(page).nth(1)).to_contain_text("is:unread")


async def test_a_link_elsewhere_ends_what_was_being_written(page: Page) -> None:
    await field(page).fill("form:x")
    await page.get_by_role("link", name="Faults").click()
    await expect(page.get_by_role("heading", name="Faults")).to_be_visible()
    await page.go_back()
    await expect(subjects(page)).to_have_count(2)
    assert "q=" not in page.url


async def test_a_mistake_in_a_long_search_is_brought_into_sight(page: Page) -> None:
    await search(page, "word " * 40 + "form:x" + " word" * 40)
    await expect(page.locator(".ghost mark")).to_be_in_viewport()
    await expect(page.locator(".ghost mark")).to_have_text("form:")

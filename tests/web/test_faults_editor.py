from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from mailtrap.faults.codec import parse_line

if TYPE_CHECKING:
    from playwright.async_api import Page

    from mailtrap.faults.rules import RuleBook
    from tests.web.conftest import Opened, Whole

pytestmark = pytest.mark.browser


async def edited(page: Page) -> None:
    """Write a rule: when RCPT is for *@b.test, answer 450 and wait, twice."""
    await page.get_by_role("button", name="New rule").click()
    form = page.get_by_role("form", name="New rule")
    await form.get_by_label("Add: condition").select_option("rcpt")
    await page.keyboard.type("*@b.test")
    await form.get_by_label("answer", exact=True).fill("450 4.2.1 Busy")
    await form.get_by_label("Add: action").select_option("delay")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("10ms")
    await form.get_by_label("Add: limit").select_option("times")
    await form.get_by_label("Name", exact=True).fill("busy")


async def test_the_editor_makes_a_rule_that_then_fires(show: Opened, whole: Whole) -> None:
    page = await show(f"{whole.url}/faults")
    await edited(page)
    await page.get_by_role("button", name="Add the rule").click()
    row = page.locator('[data-rule="busy"]')
    await expect(row).to_be_focused()
    await expect(row.locator("code")).to_contain_text("450 4.2.1 Busy ; delay 10ms")
    assert [await whole.send("ann@b.test") for _ in range(3)] == [450, 450, 250]
    assert await whole.send("ann@c.test") == 250
    await expect(row.get_by_text("2 hits")).to_be_visible()
    await expect(row.get_by_text("spent")).to_be_visible()
    await expect(page.get_by_role("button", name="RCPT: 1 rule, 2 hits")).to_be_visible()
    await expect(page.get_by_role("region", name="Newest hits")).to_contain_text("450 4.2.1 Busy")


@pytest.mark.complaints("status of 400")
async def test_a_mistake_is_told_at_its_words_and_nothing_is_lost(
    show: Opened, book: RuleBook
) -> None:
    page = await show("/faults")
    await edited(page)
    form = page.get_by_role("form", name="New rule")
    await form.get_by_label("Add: condition").select_option("ip")
    await page.keyboard.type("10.0.0.0/99")
    await page.get_by_role("button", name="Add the rule").click()
    wrong = form.get_by_label("it comes from")
    await expect(wrong).to_be_focused()
    await expect(wrong).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_label("the recipient is")).to_have_attribute("aria-invalid", "false")
    clause = form.get_by_role("group", name="When", exact=True)
    await expect(clause.get_by_role("alert")).to_contain_text("10.0.0.0/99")
    await wrong.fill("10.0.0.0/8")
    await expect(form.get_by_role("alert")).to_have_count(0)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator('[data-rule="busy"]')).to_be_visible()
    assert dict(book.find("busy").rule.when.each()).keys() == {"rcpt", "ip"}


@pytest.mark.complaints("status of 409")
async def test_a_name_that_is_taken_is_told_at_the_name(show: Opened, book: RuleBook) -> None:
    book.add(parse_line("mail 450 name=busy"), 0)
    page = await show("/faults")
    await edited(page)
    await page.get_by_role("button", name="Add the rule").click()
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await expect(page.get_by_role("alert")).to_contain_text("there is a rule 'busy' already")


async def test_a_rule_is_edited_renamed_and_left_as_it_was(show: Opened, book: RuleBook) -> None:
    line = "message subject=*a* header.x-foo=* delay 1s ; bounce delayed after 2s name=a times=2"
    book.add(parse_line(line), 0)
    before = book.find("a").rule
    page = await show("/faults")
    await page.get_by_role("button", name="Edit a", exact=True).click()
    await page.get_by_role("button", name="Change the rule").click()
    await expect(page.get_by_role("form", name="Rule a")).to_have_count(0)
    assert book.find("a").rule == before
    await page.get_by_role("button", name="Edit a", exact=True).click()
    await page.get_by_label("Name", exact=True).fill("b")
    await page.get_by_role("button", name="Change the rule").click()
    await expect(page.locator('[data-rule="b"]')).to_be_focused()
    assert [entry.rule.name for entry in book.entries] == ["b"]


async def test_what_was_written_can_be_brought_back(show: Opened) -> None:
    page = await show("/faults")
    await edited(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("form", name="New rule")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("busy")
    await expect(page.get_by_label("the recipient is")).to_have_value("*@b.test")


async def test_a_stage_without_rules_begins_one_there(show: Opened, book: RuleBook) -> None:
    book.add(parse_line("rcpt 450 name=a"), 0)
    book.add(parse_line("mail 450 name=b"), 0)
    page = await show("/faults")
    await page.get_by_role("button", name="RCPT: 1 rule").click()
    await expect(page.locator("[data-rule]")).to_have_count(1)
    await page.get_by_role("button", name="DATA: no rules").press("Enter")
    form = page.get_by_role("form", name="New rule")
    await expect(form.get_by_label("Stage", exact=True)).to_have_value("data")
    await page.get_by_role("button", name="Add the rule").click()
    await expect(page.get_by_role("button", name="DATA: 1 rule")).to_be_visible()
    assert [entry.rule.on for entry in book.entries] == [("rcpt",), ("mail",), ("data",)]


async def test_a_dry_run_tells_which_rule_would_act_and_why_not(
    show: Opened, book: RuleBook
) -> None:
    book.add(parse_line("rcpt *@x.test 550 5.1.1 No name=x"), 0)
    page = await show("/faults")
    trial = page.get_by_role("region", name="Dry run")
    await trial.get_by_label("to", exact=True).fill("ann@b.test")
    await expect(trial.get_by_text("At RCPT no rule would act")).to_be_visible()
    await expect(trial.get_by_text("rcpt is ann@b.test, and it wants *@x.test")).to_be_visible()
    await edited(page)
    await expect(trial.locator(".result")).to_have_text("450 4.2.1 Busy, wait 0.01 s")
    await expect(trial.get_by_text("busy would act")).to_be_visible()
    assert [entry.counters.matched for entry in book.entries] == [0]
    await page.keyboard.press("Escape")
    await expect(trial.get_by_text("At RCPT no rule would act")).to_be_visible()


async def test_a_preset_is_found_and_added_as_one_of_its_servers(
    show: Opened, book: RuleBook
) -> None:
    page = await show("/faults")
    await page.get_by_label("Find a preset").fill("greylist")
    await page.get_by_role("button", name="Add greylist").click()
    await expect(page.locator('[data-rule="greylist"]')).to_be_visible()
    await page.get_by_role("button", name="Add greylist").click()
    await expect(page.locator('[data-rule="greylist-2"]')).to_be_visible()
    await page.get_by_label("Find a preset").fill("")
    await page.get_by_label("user-unknown: as which server").select_option("gmail")
    await page.get_by_role("button", name="Edit user-unknown before it is added").click()
    await page.get_by_role("button", name="Add the rule").click()
    await expect(page.locator('[data-rule="user-unknown"] code')).to_contain_text("gsmtp")
    assert len(book) == 3

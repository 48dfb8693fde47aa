from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment
from mailtrap.faults.steps import proposed

if TYPE_CHECKING:
    from mailtrap.faults.rules import RuleBook
    from tests.web.conftest import Opened, Posted, Whole

pytestmark = pytest.mark.browser


@pytest.fixture
def abc(book: RuleBook) -> RuleBook:
    """Three rules."""
    for name in "abc":
        book.add(parse_line(f"rcpt {name}@* 450 name={name}"), 0)
    return book


def order(book: RuleBook) -> str:
    return "".join(entry.rule.name for entry in book.entries)


def fire(book: RuleBook, name: str) -> None:
    book.answer(Moment(stage="rcpt", at=0, session="s", rcpt=f"{name}@b.test"), proposed(()))


async def test_keys_move_order_switch_and_delete_rules(show: Opened, abc: RuleBook) -> None:
    page = await show("/faults")
    rules = page.locator("[data-rule]")
    await expect(rules).to_have_count(3)
    for key in ("j", "j"):
        await page.keyboard.press(key)
    await expect(page.locator('[data-rule="b"]')).to_be_focused()
    await page.keyboard.press("Shift+ArrowUp")
    await expect(rules.first).to_have_attribute("data-rule", "b")
    await expect(page.locator('[data-rule="b"]')).to_be_focused()
    await page.keyboard.press("x")
    await expect(page.locator('[data-rule="b"]').get_by_text("off")).to_be_visible()
    await page.keyboard.press("#")
    await expect(rules).to_have_count(2)
    await expect(page.locator('[data-rule="a"]')).to_be_focused()
    assert order(abc) == "ac"
    await page.keyboard.press("z")
    await expect(page.locator('[data-rule="b"]')).to_be_focused()
    assert order(abc) == "bac"
    assert not abc.find("b").rule.enabled
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("form", name="Rule b")).to_be_visible()


async def test_a_rule_is_dragged_to_another_place(show: Opened, abc: RuleBook) -> None:
    page = await show("/faults")
    grip = page.locator('[data-rule="a"] .grip')
    await grip.drag_to(page.locator('[data-rule="c"]'), target_position={"x": 200, "y": 50})
    await expect(page.locator("[data-rule]").last).to_have_attribute("data-rule", "a")
    assert order(abc) == "bca"


async def test_a_rule_is_duplicated_and_its_counters_begin_anew(
    show: Opened, abc: RuleBook
) -> None:
    fire(abc, "a")
    page = await show("/faults")
    row = page.locator('[data-rule="a"]')
    await expect(row.get_by_text("1 hit")).to_be_visible()
    await row.get_by_label("More for a").click()
    await row.get_by_role("button", name="Duplicate").click()
    await expect(page.locator("[data-rule]")).to_have_count(4)
    assert abc.entries[1].rule.when == abc.entries[0].rule.when
    await row.get_by_label("More for a").click()
    await row.get_by_role("button", name="Reset counters").click()
    await expect(row.get_by_text("0 hits")).to_be_visible()
    assert abc.find("a").counters.acted == 0


async def test_all_rules_are_deleted_and_brought_back(show: Opened, abc: RuleBook) -> None:
    page = await show("/faults")
    await page.get_by_role("button", name="Delete all").click()
    await expect(page.get_by_role("heading", name="Nothing fails")).to_be_visible()
    assert order(abc) == ""
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator("[data-rule]")).to_have_count(3)
    assert order(abc) == "abc"


async def test_hits_flash_when_they_come(show: Opened, abc: RuleBook) -> None:
    fire(abc, "b")
    page = await show("/faults")
    count = page.locator('[data-rule="b"] .hits-of')
    await expect(count).to_have_text("1 hit")
    await expect(page.locator(".flash")).to_have_count(0)
    fire(abc, "b")
    await expect(count).to_have_text("2 hits")
    await expect(count).to_have_class("hits-of flash")


@pytest.mark.parametrize("path", ["/", "/attempts", "/sessions", "/faults", "/settings"])
async def test_a_banner_tells_on_every_view_that_rules_are_active(
    show: Opened, abc: RuleBook, path: str
) -> None:
    abc.add(parse_line("mail 450 name=d"), 0)
    fire(abc, "a")
    page = await show(path)
    banner = page.get_by_role("complementary", name="Fault rules")
    await expect(banner).to_contain_text("4 fault rules are active")
    await expect(banner).to_contain_text("a, b, c and 1 more")
    await expect(banner).to_contain_text("1 hit")
    await banner.get_by_role("button", name="Pause all").click()
    await expect(banner).to_contain_text("Fault rules pause: 4 rules")
    assert abc.paused
    await banner.get_by_role("button", name="Resume").click()
    await expect(banner).to_contain_text("4 fault rules are active")
    assert not abc.paused


async def test_the_banner_moves_nothing_when_it_comes(
    show: Opened, post: Posted, book: RuleBook
) -> None:
    await post("one")
    page = await show()
    row = page.get_by_role("option", name="one")
    before = await row.bounding_box()
    book.add(parse_line("rcpt 450 name=a"), 0)
    await expect(page.get_by_role("complementary", name="Fault rules")).to_be_visible()
    assert await row.bounding_box() == before


async def test_rules_that_pause_let_mail_through(show: Opened, whole: Whole) -> None:
    await whole.ask("POST", "/api/faults", {"line": "rcpt 450 name=a"})
    page = await show(whole.url)
    assert await whole.send("ann@b.test") == 450
    await page.get_by_role("button", name="Pause all").click()
    await expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert await whole.send("ann@b.test") == 250

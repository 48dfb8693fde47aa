from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment
from mailtrap.faults.steps import proposed
from mailtrap.smtp.reply import Reply

if TYPE_CHECKING:
    from mailtrap.faults.rules import RuleBook
    from tests.web.conftest import Opened, Posted

pytestmark = pytest.mark.browser

LINE = "rcpt *@x.test 451 4.7.1 Try <b>later</b> times=2 name=grey"


def ask(book: RuleBook) -> None:
    moment = Moment(stage="rcpt", at=time.monotonic(), rcpt="a@x.test")
    book.answer(moment, proposed((Reply(250, "Ok"),)))


async def test_a_banner_tells_of_active_rules_and_their_hits(
    show: Opened, post: Posted, book: RuleBook
) -> None:
    await post("first")
    page = await show()
    await expect(page.get_by_text("first")).to_be_visible()
    banner = page.get_by_role("link", name="active")
    await expect(banner).to_have_count(0)
    book.add(parse_line(LINE), time.monotonic())
    await expect(banner).to_have_text("1 fault rule is active: 0 hits")
    ask(book)
    await expect(banner).to_have_text("1 fault rule is active: 1 hit")
    await banner.click()
    await expect(page.get_by_role("row", name="grey")).to_be_visible()
    await expect(banner).to_be_visible()
    ask(book)
    await expect(banner).to_have_count(0)
    row = page.get_by_role("row", name="grey")
    await expect(row).to_have_text(
        "grey rcpt *@x.test 451 4.7.1 Try <b>later</b> name=grey times=2 spent 2 2"
    )


async def test_without_rules_the_list_says_how_to_add_one(show: Opened) -> None:
    page = await show("/faults")
    await expect(page.get_by_role("heading", name="No fault rules")).to_be_visible()
    await expect(page.get_by_text("mailtrap fault add")).to_be_visible()

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.async_api import expect

from mailtrap.store.records import NewAttempt, RecipientOutcome, Verdict
from tests.web.conftest import _session
from tests.web.loop import shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Whole

pytestmark = pytest.mark.browser

NOW = datetime.now(UTC)

Tried: TypeAlias = "Callable[..., Awaitable[str]]"


@shared
async def tried(catcher: Catcher) -> Tried:
    """Have a transaction be tried, so many seconds ago; its id."""

    async def trying(
        reply: str,
        *recipients: str,
        ago: float = 0.0,
        sender: str = "app@a.test",
        rules: tuple[str, ...] = (),
        inbox: str = "default",
    ) -> str:
        verdict: Verdict = "accepted" if reply[0] == "2" else "refused" if reply else "aborted"
        begun = NOW - timedelta(seconds=ago)
        attempt = NewAttempt(
            id=catcher.new_id(),
            session=catcher.new_id(),
            listener="smtp",
            started_at=begun,
            ended_at=begun,
            reverse_path=sender,
            params={},
            recipients=tuple(
                RecipientOutcome(address, {}, reply, verdict == "accepted")
                for address in recipients or ("bob@b.test",)
            ),
            stage="rcpt",
            verdict=verdict,
            reply=reply,
            message=None,
            first_line=0,
            last_line=1,
            inboxes=(inbox,),
            rules=rules,
            notes=tuple(f"{rule}: {reply} instead of 250 2.1.5 Ok" for rule in rules),
        )
        catcher.session_closed(_session(attempt.session, begun))
        catcher.record_attempt(attempt)
        await catcher.flush()
        return attempt.id

    return trying


async def test_attempts_are_narrowed_by_class_rule_and_text_in_the_address(
    show: Opened, tried: Tried
) -> None:
    await tried("250 2.0.0 Ok", "ann@b.test")
    await tried("451 4.7.1 Later", "bob@b.test", rules=("grey",))
    await tried("550 5.1.1 No", "carol@b.test")
    await tried("550 5.1.1 No", "dora@b.test")
    page = await show("/attempts")
    rows = page.locator(".row")
    await expect(rows).to_have_count(4)
    classes = page.get_by_role("group", name="Which replies")
    await expect(classes.get_by_role("button")).to_have_text(
        ["All4", "2xx1", "4xx1", "5xx2", "Left0"]
    )
    await classes.get_by_role("button", name="5xx").click()
    await expect(rows).to_have_count(2)
    await page.get_by_label("Find: Address or reply").fill("DORA")
    await expect(rows).to_have_count(1)
    assert page.url.endswith("/attempts?q=reply%3A5+DORA")
    await page.reload()
    await expect(rows).to_have_count(1)
    await page.get_by_label("Find: Address or reply").fill("nobody")
    await page.get_by_role("button", name="Show all").click()
    await expect(rows).to_have_count(4)
    await page.get_by_label("Fault rule").select_option("grey")
    await expect(rows).to_contain_text(["bob@b.test"])


async def test_attempts_are_narrowed_to_an_inbox(
    show: Opened, tried: Tried, catcher: Catcher
) -> None:
    await tried("250 2.0.0 Ok", "ann@b.test", inbox="one")
    await tried("250 2.0.0 Ok", "bob@b.test", inbox="two")
    page = await show("/attempts?inbox=one")
    await expect(page.locator(".row")).to_contain_text(["ann@b.test"])
    await tried("250 2.0.0 Ok", "carol@b.test", inbox="two")
    await tried("250 2.0.0 Ok", "dora@b.test", inbox="one")
    await expect(page.locator(".row")).to_contain_text(["dora@b.test", "ann@b.test"])


async def test_the_tries_of_a_message_are_a_line_of_replies_with_gaps(
    show: Opened, tried: Tried
) -> None:
    first = await tried("451 4.7.1 Later", ago=900, rules=("grey",))
    await tried("451 4.7.1 Later", ago=660)
    last = await tried("250 2.0.0 Ok", ago=180)
    await tried("250 2.0.0 Ok", "else@b.test", ago=170)
    page = await show(f"/a/{first}")
    tries = page.get_by_role("region", name="Tries of this message")
    await expect(tries.get_by_role("heading")).to_have_text(
        "3 tries in 12 min; the gaps double; then taken."
    )
    await expect(tries.get_by_role("link")).to_have_text(["451", "451", "250"])
    await expect(tries.locator(".gap")).to_have_text(["4 min", "8 min"])
    await expect(page.get_by_text("grey: 451 4.7.1 Later instead of")).to_be_visible()
    await tries.get_by_role("link", name="250").click()
    await expect(tries.get_by_role("link", name="250")).to_have_attribute("aria-current", "true")
    assert page.url.endswith(f"/a/{last}")


async def test_a_try_that_comes_while_one_looks_is_added(show: Opened, tried: Tried) -> None:
    first = await tried("451 4.7.1 Later", ago=10)
    page = await show(f"/a/{first}")
    await expect(page.get_by_role("heading", name="bob@b.test")).to_be_visible()
    await expect(page.locator(".live.on")).to_be_visible()
    await tried("250 2.0.0 Ok")
    tries = page.get_by_role("region", name="Tries of this message")
    await expect(tries.get_by_role("link")).to_have_text(["451", "250"])


async def test_keys_move_open_and_leave_attempts(show: Opened, tried: Tried) -> None:
    for name in ("ann", "bob", "carol"):
        await tried("451 4.7.1 Later", f"{name}@b.test", sender=f"{name}@a.test")
    page = await show("/attempts")
    await expect(page.locator(".row")).to_have_count(3)
    for key in ("j", "j", "k", "j"):
        await page.keyboard.press(key)
    await expect(page.locator(".row.active")).to_contain_text("bob@b.test")
    active = await page.locator(".row.active").get_attribute("id")
    await expect(page.locator("#list")).to_have_attribute("aria-activedescendant", active or "")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="bob@a.test")).to_be_visible()
    await expect(page.get_by_role("option", selected=True)).to_contain_text("bob@b.test")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Choose an attempt")).to_be_visible()
    await expect(page.locator("#list")).to_be_focused()
    await page.keyboard.press("End")
    await expect(page.locator(".row.active")).to_contain_text("ann@b.test")
    await page.keyboard.press("/")
    await expect(page.get_by_label("Find: Address or reply")).to_be_focused()


async def test_attempts_that_come_while_one_reads_below_move_nothing(
    show: Opened, tried: Tried
) -> None:
    for number in range(40):
        await tried("250 2.0.0 Ok", f"u{number}@b.test")
    page = await show("/attempts", height=500)
    await expect(page.get_by_role("option", name="u39@b.test")).to_be_visible()
    await page.locator("#list").evaluate("(list) => list.scrollTo({ top: 560 })")
    row = page.get_by_role("option", name="u29@b.test")
    await expect(row).to_be_visible()
    before = await row.bounding_box()
    await tried("250 2.0.0 Ok", "new@b.test")
    await expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert await row.bounding_box() == before
    await page.get_by_role("button", name="1 new").click()
    await expect(page.get_by_role("option", name="new@b.test")).to_be_visible()


async def test_retries_over_smtp_are_seen_live(show: Opened, whole: Whole) -> None:
    await whole.ask("POST", "/api/faults", {"line": "rcpt 451 4.7.1 Later times=2 name=grey"})
    page = await show(f"{whole.url}/attempts")
    await expect(page.locator(".live.on")).to_be_visible()
    assert [await whole.send("ann@b.test") for _ in range(3)] == [451, 451, 250]
    rows = page.locator(".row")
    await expect(rows).to_have_count(3)
    await rows.last.click()
    tries = page.get_by_role("region", name="Tries of this message")
    await expect(tries.get_by_role("link")).to_have_text(["451", "451", "250"])
    await page.get_by_role("link", name="grey", exact=True).click()
    await expect(page.locator('[data-rule="grey"]')).to_be_focused()

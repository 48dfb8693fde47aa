from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.async_api import expect

from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.store.records import NewAttempt, NewMessage, Trace, Verdict

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

    Come: TypeAlias = Callable[..., Awaitable[str]]

pytestmark = pytest.mark.browser

BEGIN = datetime(2026, 5, 4, 3, 2, 0, 500_000, tzinfo=UTC)
BROKEN = Finding("F-DATE-MISSING", "warning", "content", "Header Date is missing.", "5322")


@pytest.fixture
def come(catcher: Catcher) -> Come:
    """A message that came so many seconds after the begin; its id."""

    async def coming(
        seconds: float,
        subject: str = "hello",
        *,
        sender: str = "ann@a.test",
        inboxes: tuple[str, ...] = ("default",),
    ) -> str:
        at = BEGIN + timedelta(seconds=seconds)
        message = NewMessage(
            id=catcher.new_id(),
            received_at=at,
            raw=f"Subject: {subject}\r\nFrom: ann@a.test\r\n\r\nHi\r\n".encode(),
            envelope=Envelope(Path(sender), {}, (Recipient(Path("bob@b.test")),)),
            trace=Trace("s", "smtp", "127.0.0.1:5", "127.0.0.1:1025", "a.test", "ESMTP"),
            inboxes=inboxes,
            findings=(BROKEN,),
        )
        await catcher.accept(message, attempt(catcher, at, message=message.id, inboxes=inboxes))
        return message.id

    return coming


def attempt(
    catcher: Catcher,
    at: datetime,
    *,
    message: str | None = None,
    verdict: Verdict = "accepted",
    reply: str = "250 2.0.0 Ok",
    inboxes: tuple[str, ...] = ("default",),
) -> NewAttempt:
    return NewAttempt(
        id=catcher.new_id(),
        session="s",
        listener="smtp",
        started_at=at - timedelta(milliseconds=25),
        ended_at=at,
        reverse_path="ann@a.test",
        params={},
        recipients=(),
        stage="done",
        verdict=verdict,
        reply=reply,
        message=message,
        first_line=0,
        last_line=1,
        inboxes=inboxes,
    )


async def refused(catcher: Catcher, seconds: float, reply: str) -> None:
    at = BEGIN + timedelta(seconds=seconds)
    catcher.record_attempt(attempt(catcher, at, verdict="refused", reply=reply))
    await catcher.flush()


async def drag(page: Page, first: int, last: int) -> None:
    """Drag from one bar to another, of the thirty there is room for; ten of them are buckets."""
    box = await page.locator(".u-over").bounding_box()
    assert box
    width, before = box["width"] / 30, 10
    y = box["y"] + 40
    await page.mouse.move(box["x"] + (before + first + 0.4) * width, y)
    await page.mouse.down()
    await page.mouse.move(box["x"] + (before + last + 0.6) * width, y, steps=4)
    await page.mouse.up()


async def test_the_figures_are_those_of_what_came(
    show: Opened, come: Come, catcher: Catcher
) -> None:
    await come(0)
    await catcher.update([await come(3)], read=True)
    await refused(catcher, 5, "451 4.7.1 Later")
    await refused(catcher, 9, "550 5.1.1 No")
    page = await show("/insights")
    figures = page.locator(".figure")
    await expect(figures).to_have_count(5)
    texts = [" ".join((await figures.nth(index).inner_text()).split()) for index in range(5)]
    assert texts[0].startswith("Messages 2 ")
    assert texts[1:3] == ["Unread 1 50 % of them", "Refused 2 50 % of 4 attempts"]
    assert texts[4] == "Median time 25 ms 95 % within 25 ms"
    legend = page.locator(".chart-legend li")
    await expect(legend).to_have_text(
        ["Taken 2", "Refused for now 1", "Refused for good 1", "Left 0"]
    )
    chart = page.get_by_role("img", name="taken 2, refused for now 1, refused for good 1, left 0")
    await expect(chart).to_be_visible()


async def test_a_span_that_one_drags_over_leads_to_its_messages(show: Opened, come: Come) -> None:
    for second in range(10):
        await come(second, f"number {second}")
    page = await show("/insights")
    await drag(page, 2, 5)
    await expect(page.locator(".chosen-span")).to_contain_text("taken 4")
    await page.get_by_role("link", name="Show these 4 messages").click()
    await expect(page.locator(".row .subject")).to_have_text(
        [f"number {second}" for second in (5, 4, 3, 2)]
    )


async def test_a_finger_drags_too(show: Opened, come: Come) -> None:
    for second in range(10):
        await come(second)
    page = await show("/insights", width=390, height=844)
    box = await page.locator(".u-over").bounding_box()
    assert box
    finger = await page.context.new_cdp_session(page)
    for kind, place in (("touchStart", 12.4), ("touchMove", 14.0), ("touchMove", 15.6)):
        point = {"x": box["x"] + box["width"] * place / 30, "y": box["y"] + 40}
        await finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await expect(page.locator(".chosen-span")).to_contain_text("taken 4")


async def test_one_zooms_in_and_a_double_click_shows_all_again(show: Opened, come: Come) -> None:
    for second in range(10):
        await come(second)
    page = await show("/insights")
    await drag(page, 7, 8)
    await page.get_by_role("button", name="Zoom in").click()
    await expect(page.locator(".figure dd").first).to_have_text("2")
    assert "since=2026-05-04T03%3A02%3A07" in page.url
    await page.reload()
    await expect(page.locator(".figure dd").first).to_have_text("2")
    await page.locator(".u-over").dblclick()
    await expect(page.locator(".figure dd").first).to_have_text("10")
    assert page.url.endswith("/insights")
    await page.go_back()
    await expect(page.locator(".figure dd").first).to_have_text("2")


async def test_a_bar_is_chosen_by_a_click_and_let_go_by_escape(show: Opened, come: Come) -> None:
    for second in range(10):
        await come(second)
    page = await show("/insights")
    box = await page.locator(".u-over").bounding_box()
    assert box
    await page.mouse.click(box["x"] + box["width"] * 14.4 / 30, box["y"] + 60)
    await expect(page.get_by_role("link", name="Show this message")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Drag over the bars")).to_be_visible()


async def test_a_stretch_is_chosen_from_the_table_by_keys_alone(
    show: Opened, come: Come, catcher: Catcher
) -> None:
    await come(0)
    await come(0)
    await refused(catcher, 4, "550 5.1.1 No")
    page = await show("/insights")
    await page.locator("summary", has_text="As a table").focus()
    await page.keyboard.press("Enter")
    rows = page.locator(".time tbody tr")
    assert [await rows.nth(n).locator("td").all_inner_texts() for n in (0, 1)] == [
        ["2", "0", "0", "0", "2", "Choose"],
        ["0", "0", "1", "0", "0", "Choose"],
    ]
    await rows.nth(0).get_by_role("button", name="Choose").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Show these 2 messages")).to_be_visible()


async def test_bounds_are_typed_and_kept_while_mail_comes(
    show: Opened, come: Come, post: Posted
) -> None:
    for second in range(10):
        await come(second)
    page = await show("/insights")
    await page.locator(".span-menu summary").click()
    field = page.locator("[name=since]")
    await expect(field).to_be_focused()
    await field.fill("2026-05-04T03:02:08")
    await post("another")
    await expect(page.locator(".figure dd").first).to_have_text("11")
    await expect(field).to_have_value("2026-05-04T03:02:08")
    await page.locator("[name=until]").fill("2026-05-04T03:02:10")
    await page.keyboard.press("Enter")
    await expect(page.locator(".figure dd").first).to_have_text("2")
    await expect(page.locator(".span-menu")).not_to_have_attribute("open", "")


async def test_the_newest_are_chosen_by_buttons_and_by_keys(
    show: Opened, come: Come, post: Posted
) -> None:
    await come(0)
    await post("just now")
    page = await show("/insights")
    await expect(page.locator(".figure dd").first).to_have_text("2")
    await page.get_by_role("button", name="5 min").click()
    await expect(page.locator(".figure dd").first).to_have_text("1")
    await expect(page.get_by_role("button", name="5 min")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("?since=5m")
    await page.keyboard.press("4")
    await expect(page.locator(".figure dd").first).to_have_text("2")


async def test_mail_that_comes_is_counted_without_a_reload(
    show: Opened, come: Come, post: Posted
) -> None:
    await come(0)
    page = await show("/insights")
    await expect(page.locator(".figure dd").first).to_have_text("1")
    await expect(page.locator(".live.on")).to_be_visible()
    await post("more")
    await expect(page.locator(".figure dd").first).to_have_text("2")


ROWS = (
    ("Senders", "eve@x.test", "mailfrom:eve@x.test"),
    ("Senders", "<>", "mailfrom:<>"),
    ("Recipients", "bob@b.test", "rcpt:bob@b.test"),
    ("Findings", "Header Date is missing.", "finding:=F-DATE-MISSING"),
    ("Sizes", "20 B to 50 B", "size:>=20 size:<50"),
    ("Came more than once", "twice", "subject:=twice rcpt:bob@b.test"),
)


async def test_a_row_leads_to_the_search_that_finds_it(show: Opened, come: Come) -> None:
    await come(0, "twice", sender="eve@x.test")
    await come(1, "twice", sender="")
    await come(2, "once", sender="eve@x.test")
    page = await show("/insights")
    for card, row, search in ROWS:
        link = page.get_by_label(card, exact=True).get_by_role("link").filter(has_text=row)
        count = int(await link.locator(".number").inner_text())
        await link.click()
        await expect(page.locator("#search")).to_have_value(search)
        await expect(page.locator(".row .subject")).to_have_count(count)
        await page.go_back()


async def test_an_inbox_has_figures_of_its_own(show: Opened, come: Come) -> None:
    await come(0, inboxes=("a",))
    await come(1, inboxes=("b",))
    await come(2, "in b", inboxes=("b",))
    page = await show("/insights")
    await page.get_by_label("Inbox", exact=True).select_option("b")
    await expect(page.locator(".figure dd").first).to_have_text("2")
    assert page.url.endswith("/insights?inbox=b")
    await page.locator(".figure a").first.click()
    await expect(page.locator(".row .subject")).to_have_text(["in b", "hello"])
    assert "/i/b" in page.url


async def test_without_mail_it_says_how_to_send_some(show: Opened) -> None:
    page = await show("/insights")
    await expect(page.get_by_role("heading", name="No mail yet")).to_be_visible()
    await expect(page.get_by_role("link", name="How to send some")).to_be_visible()


@pytest.mark.complaints("400 (Bad Request)")
async def test_a_bound_that_is_none_is_told(show: Opened) -> None:
    page = await show("/insights?since=soon")
    await expect(page.get_by_role("alert")).to_contain_text("since")


async def test_the_chart_is_drawn_anew_in_the_colours_of_the_theme(
    show: Opened, come: Come
) -> None:
    await come(0)
    page = await show("/insights")
    await expect(page.locator(".u-over")).to_be_visible()
    colours = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        colours.append(await page.evaluate(PIXEL))
    for _ in range(2):
        await page.keyboard.press("t")
        await page.evaluate("() => new Promise(requestAnimationFrame)")
        await page.evaluate("() => new Promise(requestAnimationFrame)")
        colours.append(await page.evaluate(PIXEL))
    system_light, system_dark, light, dark = colours
    assert system_light != system_dark
    assert (light, dark) == (system_light, system_dark)


PIXEL = """async () => {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const canvas = document.querySelector(".chart canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 255) continue;
    const colour = `${data[at]} ${data[at + 1]} ${data[at + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "none";
}"""
"""The colour that most of the canvas has, beside what is clear."""


async def test_nothing_is_wider_than_the_window(show: Opened, come: Come) -> None:
    await come(0, "a subject without any end " * 20, sender=f"{'a' * 60}@{'b' * 60}.test")
    await come(1, "a subject without any end " * 20)
    page = await show("/insights")
    await expect(page.locator(".u-over")).to_be_visible()
    for width in (1440, 1024, 390):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate(
            "() => { const page = document.querySelector('.insights');"
            " return page.scrollWidth <= page.clientWidth; }"
        )

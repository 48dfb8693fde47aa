"""What one sees of a message, and does with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.async_api import expect

from tests.web.loop import shared

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.web.conftest import Opened, Posted

pytestmark = [pytest.mark.browser, pytest.mark.complaints("Content Security Policy")]

ICS: Final = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Lunch\r\n"
    "DTSTART:20261124T120000Z\r\nATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann@a.test\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
MIXED: Final = (
    "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
    "--c\r\n\r\nYour code is 481516. It lasts ten minutes.\r\n> quoted\r\n\r\n"
    "--c\r\nContent-Type: text/html\r\n\r\n<p>Your code is <b>481516</b>. It lasts five minutes."
    '<p><a href="https://a.test/confirm?utm_source=x">Confirm</a> <img src="https://b.test/p.png">'
    "\r\n--c--\r\n"
    f"--b\r\nContent-Type: text/calendar\r\n\r\n{ICS}\r\n"
    "--b\r\nContent-Type: image/png; name=dot.png\r\nContent-Disposition: attachment\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n{pixel}\r\n--b--\r\n"
)
KIND: Final = (
    "multipart/mixed; boundary=b\r\nTo: Zoe <zoe@z.test>\r\n"
    "Received: from a by b with ESMTPS; Tue, 24 Nov 2026 10:00:02 +0000\r\n"
    "Received: from c by a with SMTP; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
    "Authentication-Results: b; spf=pass; dkim=fail\r\n"
    "List-Unsubscribe: <https://a.test/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"
)


@shared
async def rich(post: Posted, pixel: str) -> str:
    """A message that has a bit of everything; its id."""
    return await post("Your code", kind=KIND, body=MIXED.replace("{pixel}", pixel))


async def test_the_head_tells_who_got_it_though_nobody_names_him(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.get_by_role("button", name="envelope differs").click()
    facts = page.locator(".head .all")
    await expect(facts).to_contain_text("<bob@b.test> only in the envelope (Bcc)")
    await expect(facts).to_contain_text("zoe@z.test only in the header")
    await expect(facts).to_contain_text("one click (RFC 8058)")
    await expect(facts.get_by_role("button", name="Add a tag")).to_have_count(0)
    await page.keyboard.press("h")
    await expect(facts).to_have_count(0)


async def test_tags_are_given_and_taken_in_the_head(
    show: Opened, rich: str, catcher: Catcher
) -> None:
    page = await show(f"/m/{rich}")
    await page.locator(".head").wait_for()
    await page.keyboard.press("h")
    await page.get_by_role("combobox", name="Add a tag").fill("release 7")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Take away the tag release 7").wait_for()
    assert await catcher.tags() == {"release 7": 1}
    await page.get_by_role("button", name="Take away the tag release 7").click()
    await expect(page.locator(".tagged")).to_have_count(0)
    assert await catcher.tags() == {}


async def test_a_code_and_a_test_are_copied(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy the code 481516").click()
    await expect(page.locator(".toast")).to_contain_text("Code copied: 481516")
    assert await page.evaluate("navigator.clipboard.readText()") == "481516"
    await page.keyboard.press("Shift+C")
    await page.get_by_role("button", name="pytest").click()
    await expect(page.locator(".toast").last).to_have_text("Copied for pytest")
    text = await page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("def test_mail(mailtrap_inbox):")
    await expect(page.locator("#copies[open]")).to_have_count(0)


async def test_the_preview_takes_the_size_of_a_device_and_turns_round(
    show: Opened, rich: str
) -> None:
    page = await show(f"/m/{rich}", width=1600)
    frame = page.locator("iframe")
    await page.get_by_role("button", name="375").click()
    await expect(frame).to_have_js_property("clientWidth", 375)
    await expect(frame).to_have_js_property("clientHeight", 667)
    await page.keyboard.press("Shift+R")
    await expect(frame).to_have_js_property("clientWidth", 667)
    edge = page.get_by_role("separator", name="Width of the preview")
    await edge.press("ArrowLeft")
    await expect(frame).to_have_js_property("clientWidth", 657)
    await page.get_by_label("Width in pixels").fill("50")
    await page.keyboard.press("Enter")
    await expect(frame).to_have_js_property("clientWidth", 200)
    await edge.dblclick()
    await expect(page.get_by_role("button", name="Full")).to_have_attribute("aria-pressed", "true")
    await page.get_by_label("Zoom").select_option("2")
    stage = await page.locator(".stage").evaluate("element => element.clientWidth")
    await expect(frame).to_have_js_property("clientWidth", stage // 2)


async def test_the_edge_of_the_preview_is_dragged(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}", width=1600)
    box = await page.get_by_role("separator", name="Width of the preview").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 5, box["y"] + 200)
    await page.mouse.down()
    await page.mouse.move(box["x"] - 95, box["y"] + 210, steps=3)
    await page.mouse.up()
    width = await page.locator("iframe").evaluate("element => element.clientWidth")
    field = page.get_by_label("Width in pixels")
    await expect(field).to_have_value(str(width))
    stage = await page.locator(".stage").evaluate("element => element.clientWidth")
    assert stage - 230 < width < stage - 170


async def test_dark_mode_inverts_what_does_not_know_it(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.locator(".head").wait_for()
    await page.keyboard.press("Shift+L")
    html = page.frame_locator("iframe").locator("html")
    await expect(html).to_have_css("filter", re.compile(r"invert\(1\)"))
    await page.keyboard.press("Shift+L")
    await expect(html).to_have_css("filter", "none")


async def test_a_mail_with_dark_styles_shows_them(show: Opened, post: Posted) -> None:
    style = "<style>@media (prefers-color-scheme: dark) { p { color: rgb(1, 2, 3) } }</style><p>x"
    await post("dark", kind="text/html", body=style)
    page = await show("/latest")
    text = page.frame_locator("iframe").locator("p")
    await expect(text).not_to_have_css("color", "rgb(1, 2, 3)")
    await page.get_by_role("button", name="As in dark mode").click()
    await expect(text).to_have_css("color", "rgb(1, 2, 3)")
    await expect(page.frame_locator("iframe").locator("html")).to_have_css("filter", "none")


async def test_the_text_tells_where_it_differs_from_the_html(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.get_by_role("tab", name="Text").click()
    await expect(page.locator(".quote")).to_have_text("> quoted\n")
    await page.get_by_role("button", name="Differences").click()
    await expect(page.locator("pre del").first).to_have_text(re.compile(r"^ten\s*$"))
    await expect(page.locator("pre ins").first).to_have_text(re.compile(r"^five\s*$"))


async def test_a_message_without_a_text_part_says_so(show: Opened, post: Posted) -> None:
    await post("html only", kind="text/html", body="<p>Hello <b>you</b>")
    page = await show("/latest")
    await page.get_by_role("tab", name="Text").click()
    await expect(page.locator("#panel")).to_contain_text("There is no text part")
    await expect(page.locator("pre.text")).to_have_text("Hello you\n")


async def test_headers_are_filtered_explained_and_told_as_sent(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.get_by_role("tab", name="Headers").click()
    await expect(page.locator(".trace li")).to_have_count(2)
    await expect(page.locator(".trace li").last).to_contain_text("+2.0 s")
    await expect(page.locator(".fields .chip.bad")).to_have_text("dkim fail")
    await page.get_by_label("Filter the fields").fill("one-click")
    await expect(page.locator(".fields dt")).to_have_text(["List-Unsubscribe-Post"])
    await page.get_by_label("Filter the fields").fill("x-none")
    await expect(page.locator("#panel")).to_contain_text("No field says that.")
    await page.get_by_label("Filter the fields").fill("subject")
    await page.get_by_role("button", name="As sent").click()
    await expect(page.locator(".fields dd").first).to_contain_text("Your code")


async def test_parts_show_what_is_in_them(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.get_by_role("tab", name="Parts").click()
    await page.get_by_role("button", name="Show part 2").click()
    await expect(page.locator(".event")).to_contain_text("Lunch")
    await expect(page.locator(".event")).to_contain_text("2026-11-24 12:00 UTC")
    await expect(page.locator(".event")).to_contain_text("Ann <ann@a.test> accepted")
    await page.get_by_role("button", name="Show part 3").click()
    await expect(page.locator(".picture")).to_have_js_property("naturalWidth", 1)
    await page.get_by_role("button", name="Octets of part 3").click()
    await expect(page.locator(".hex")).to_contain_text("000000  89 50 4e 47")
    await page.get_by_role("button", name="Octets of part 3").click()
    await expect(page.locator(".hex")).to_have_count(0)


async def test_attachments_stay_in_sight_below_the_preview(show: Opened, rich: str) -> None:
    for width, height in ((1280, 800), (390, 700)):
        page = await show(f"/m/{rich}", width=width, height=height)
        file = page.get_by_role("list", name="Attachments").get_by_role("link").first
        await expect(file).to_be_in_viewport(ratio=1)
        await expect(page.locator(".file img")).to_have_js_property("naturalWidth", 1)


async def test_the_session_shows_the_lines_of_this_mail(show: Opened, rich: str) -> None:
    page = await show(f"/m/{rich}")
    await page.get_by_role("tab", name="Session").click()
    await expect(page.locator(".dialogue li")).to_have_count(2)
    await expect(page.locator("#panel")).to_contain_text("2 lines of 2: those of this message")


async def test_two_that_are_selected_are_compared(show: Opened, post: Posted) -> None:
    await post("first", body="Hello Ann, it is one.\r\n")
    await post("second", body="Hello Ann, it is two.\r\n")
    page = await show()
    await expect(page.locator(".row")).to_have_count(2)
    for key in ("j", "x", "j", "x"):
        await page.keyboard.press(key)
    await page.get_by_role("button", name="Compare").click()
    await expect(page.locator(".pair tbody tr").first).to_be_visible()
    await expect(page.locator(".compare")).to_contain_text("first")
    await expect(page.locator(".compare pre del")).to_have_text(re.compile(r"^one\."))
    await expect(page.locator(".compare pre ins")).to_have_text(re.compile(r"^two\."))
    assert "with=" in page.url
    await page.reload()
    await expect(page.locator(".compare pre ins")).to_have_count(1)
    await page.get_by_role("button", name="Back to the message").click()
    await expect(page.locator(".head h1")).to_have_text("first")
    assert "with=" not in page.url

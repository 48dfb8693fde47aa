"""Every key of the table of commands, pressed in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from tests.web.conftest import Opened, Posted

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("morning")]

FACTS = """() => {
  const one = (selector) => document.querySelector(selector);
  const active = one(".row.active");
  const row = one(".row:not(.blank)");
  return {
    path: location.pathname,
    focus: document.activeElement?.id ?? "",
    dialog: one("dialog[open]")?.id ?? "",
    active: active ? Number(active.getAttribute("aria-posinset")) - 1 : -1,
    unread: active?.classList.contains("unread") ?? false,
    size: Number(row?.getAttribute("aria-setsize") ?? 0),
    top: row?.id ?? "",
    picked: document.querySelectorAll(".row.picked").length,
    pill: one(".pill") !== null,
    paused: one("[aria-label='Pause live mail']")?.getAttribute("aria-pressed") === "true",
    tab: one("[role=tab][aria-selected=true]")?.id ?? "",
    frame: one("iframe")?.getAttribute("style") ?? "",
    src: one("iframe")?.getAttribute("src") ?? "",
    search: location.search,
    menu: one("#copies")?.open ?? false,
    folded: one(".head .all") === null,
    form: one(".sentence") !== null,
    rules: [...document.querySelectorAll(".rule strong")].map((rule) => rule.textContent).join(),
    hits: [...document.querySelectorAll(".rule")].map((rule) => rule.textContent).join(),
    on: document.querySelectorAll(".rule input:checked").length,
    alarm: one(".alarm")?.textContent ?? "",
    toast: document.querySelector(".toasts")?.textContent.trim().replace(/\\s+/g, " ") ?? "",
    theme: document.documentElement.dataset.theme ?? "",
  };
}"""

MAIL = "(mail comes)"
"""Among the keys of a case: a message arrives, and waits for one to look."""


@dataclass(frozen=True)
class Case:
    """Where a key is pressed, after which others, and what is true then of ``now``."""

    then: str
    at: str = "/"
    after: tuple[str, ...] = ()


MESSAGE = "/m/demo-m1"
TABS = ("preview", "text", "source", "headers", "parts", "links", "findings", "session", "raw")
VIEWS = ("attempts", "sessions", "faults", "insights", "connect", "settings", "docs")
J = ("j",)

# What changes the mails comes last: the cases share one server.
CASES = {
    "messages": Case("now.path === '/'", at="/attempts"),
    **{view: Case(f"now.path === '/{view}'") for view in VIEWS},
    "next": Case("now.active === 0"),
    "previous": Case("now.active === 0", after=("j", "j")),
    "page-down": Case("now.active > 3", after=J),
    "page-up": Case("now.active < before.active", after=("j", "PageDown")),
    "first": Case("now.active === 0", after=("j", "PageDown")),
    "last": Case("now.active === now.size - 1 && now.active > 9", after=J),
    "next-unread": Case("now.active === 1 && now.unread", after=J),
    "pick": Case("now.picked === 1", after=J),
    "pick-next": Case("now.picked === 2 && now.active === 1", after=J),
    "pick-previous": Case("now.picked === 2 && now.active === 0", after=("j", "j")),
    "pick-all": Case("now.picked > 5", after=J),
    "pick-none": Case("before.picked === 1 && now.picked === 0", after=("j", "x")),
    "search": Case("now.focus === 'search'"),
    "pause": Case("now.paused"),
    "tag": Case("now.dialog === 'prompt'", after=J),
    "back": Case("now.path === '/' && now.focus === 'list'", at=MESSAGE),
    "tab-next": Case("now.tab === 'tab-text'", at=MESSAGE),
    "tab-previous": Case("now.tab === 'tab-raw'", at=MESSAGE),
    **{
        f"tab-{nth}": Case(f"now.tab === 'tab-{tab}'", at=MESSAGE, after=("]",))
        for nth, tab in enumerate(TABS, 1)
    },
    "copy-code": Case("now.toast.includes('Code copied')", at="/m/demo-m0"),
    "copy-link": Case("now.toast.includes('Link copied')", at=MESSAGE),
    "copy-id": Case("now.toast.includes('Id copied: demo-m1')", at=MESSAGE),
    "raw": Case("now.tab === 'tab-raw'", at=MESSAGE),
    "width": Case("now.frame !== before.frame", at=MESSAGE),
    "all-headers": Case("now.folded !== before.folded", at=MESSAGE),
    "download": Case("true", at=MESSAGE),
    "save-search": Case("now.dialog === 'prompt'", at="/?q=confirm"),
    "all-again": Case("before.search && !now.search", at="/?q=confirm"),
    "copy-as": Case("now.menu", at=MESSAGE),
    "compare": Case("now.search.includes('with=')", after=("j", "x", "j", "x")),
    "rotate": Case("now.frame !== before.frame", at=MESSAGE, after=("d", "d")),
    "dark": Case("now.src !== before.src", at=MESSAGE),
    "images": Case("now.src !== before.src", at=MESSAGE),
    "sample": Case("no key of its own"),
    "span-5m": Case("now.search.includes('since=5m')", at="/insights"),
    "span-1h": Case("now.search.includes('since=1h')", at="/insights"),
    "span-24h": Case("now.search.includes('since=24h')", at="/insights"),
    "span-all": Case("before.search && !now.search", at="/insights", after=("1",)),
    "fault-new": Case("now.form && !before.form", at="/faults"),
    "fault-reset": Case("now.hits !== before.hits", at="/faults", after=J),
    "fault-switch": Case("now.on !== before.on", at="/faults", after=J),
    "fault-later": Case("now.rules !== before.rules", at="/faults", after=J),
    "fault-earlier": Case("now.rules !== before.rules", at="/faults", after=("j", "j")),
    "fault-duplicate": Case(
        "now.form !== before.form || now.rules !== before.rules", at="/faults", after=J
    ),
    "fault-pause": Case("now.alarm !== before.alarm", at="/faults"),
    "fault-delete": Case("now.rules.length < before.rules.length", at="/faults", after=J),
    "palette": Case("now.dialog === 'palette'"),
    "help": Case("now.dialog === 'help'"),
    "theme": Case("now.theme !== before.theme"),
    "escape": Case("now.path === '/'", at=MESSAGE),
    "read": Case("!now.unread", after=J),
    "unread": Case("now.unread", after=J),
    "open": Case("now.path.startsWith('/m/') && now.focus === 'main'", after=J),
    "peek": Case("now.path.startsWith('/m/') && now.focus === 'list'", after=J),
    "show-new": Case("before.pill && !now.pill && now.top !== before.top", after=("p", MAIL)),
    "undo": Case("now.size === before.size + 1", after=("j", "#")),
    "delete": Case("now.size === before.size - 1 && now.top !== before.top", after=J),
    "clear": Case("before.size > 0 && now.size === 0"),
}
PARTS = 4
"""So many tests share the cases, so that they run side by side."""


async def _commands(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await page.evaluate(
        """async () => (await import("/js/commands.js")).COMMANDS
             .map(({ id, title, group, keys }) => ({ id, title, group, keys }))"""
    )
    return found


async def test_every_command_has_a_case(show: Opened) -> None:
    page = await show()
    assert {command["id"] for command in await _commands(page)} == set(CASES)


def _pressed(key: str) -> str:
    """A key of the table as Playwright calls it."""
    return key.replace("Ctrl+", "Control+")


async def _press(page: Page, keys: str) -> None:
    for key in keys.split(" "):
        await page.keyboard.press(_pressed(key))


async def _ready(page: Page, case: Case, post: Posted) -> dict[str, Any]:
    """The page where the case begins, and what is true there."""
    await page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + case.at)
    await expect(page.locator(".live.on")).to_be_attached()
    if case.at == "/faults":
        await expect(page.locator(".rule").first).to_be_visible()
    if case.at == "/" or case.at.startswith("/?"):
        await expect(page.locator(".row:not(.blank)").first).to_be_visible()
    if case.at.startswith("/m/"):
        await expect(page.locator("iframe")).to_be_visible()
        await expect(page.locator(".row.active")).to_be_visible()
    for key in case.after:
        if key == MAIL:
            await post("new")
            await expect(page.locator(".pill")).to_be_visible()
        else:
            await _press(page, key)
    await page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
    facts: dict[str, Any] = await page.evaluate(FACTS)
    return facts


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_key_does_what_it_says(show: Opened, post: Posted, part: int) -> None:
    page = await show()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys = {command["id"]: command["keys"] for command in await _commands(page)}
    for name in [name for name in CASES if name in keys][part::PARTS]:
        case = CASES[name]
        for key in keys[name]:
            before = await _ready(page, case, post)
            if name == "download":
                async with page.expect_download():
                    await _press(page, key)
                continue
            await _press(page, key)
            try:
                await page.wait_for_function(
                    f"(before) => {{ const now = ({FACTS})(); return {case.then}; }}", arg=before
                )
            except Exception as error:
                now = await page.evaluate(FACTS)
                raise AssertionError(f"{name}, {key}: {before} became {now}") from error


async def test_the_help_lists_every_command_with_its_keys(show: Opened) -> None:
    page = await show()
    await page.keyboard.press("?")
    listed = page.locator("#help dt")
    await expect(listed.first).to_be_visible()
    titles = [command["title"] for command in await _commands(page) if command["keys"]]
    assert sorted(await listed.all_inner_texts()) == sorted(titles)
    assert await page.locator("#help dd:not(:has(kbd))").count() == 0


async def test_the_palette_offers_what_can_be_done_now_and_does_it(show: Opened) -> None:
    page = await show()
    await page.keyboard.press("Control+k")
    options = page.locator("#palette [role=option]")
    offered = await options.count()
    titles = {command["title"] for command in await _commands(page)}
    told = set(await options.locator(".grow").all_inner_texts())
    assert told <= titles
    assert "Back to the list" not in told
    await page.keyboard.type("sett")
    await expect(options).not_to_have_count(offered)
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_arrows_of_the_palette_go_round(show: Opened) -> None:
    page = await show()
    # What can be done with a row is offered as soon as there is one.
    await expect(page.locator(".row:not(.blank)").first).to_be_visible()
    await page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Command")
    chosen = page.locator("#palette [aria-selected=true]")
    first = await chosen.get_attribute("id")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#palette [role=option]").last).to_have_attribute(
        "aria-selected", "true"
    )
    await page.keyboard.press("ArrowDown")
    await expect(field).to_have_attribute("aria-activedescendant", first or "")
    await page.keyboard.type("qqqq")
    await expect(page.get_by_text("Nothing is called so.")).to_be_visible()
    await expect(field).not_to_have_attribute("aria-activedescendant", "")


async def test_keys_are_typed_where_one_types(show: Opened) -> None:
    page = await show()
    await page.locator(".row:not(.blank)").first.wait_for()
    await page.get_by_role("searchbox").or_(page.locator("#search")).first.focus()
    await page.keyboard.type("jx#?")
    await expect(page.locator("#search")).to_have_value("jx#?")
    await expect(page.locator(".row.active")).to_have_count(0)
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_keys_with_alt_or_of_an_input_method_are_no_commands(show: Opened) -> None:
    page = await show()
    await page.locator(".row:not(.blank)").first.wait_for()
    await page.keyboard.press("Alt+j")
    await page.evaluate(
        """() => document.body.dispatchEvent(
             new KeyboardEvent("keydown", { key: "j", isComposing: true, bubbles: true }))"""
    )
    await expect(page.locator(".row.active")).to_have_count(0)
    await page.keyboard.press("j")
    await expect(page.locator(".row.active")).to_have_count(1)


async def test_single_keys_can_be_switched_off(show: Opened) -> None:
    page = await show("/settings")
    await page.get_by_role("checkbox", name="Single keys").uncheck()
    await page.evaluate("() => document.activeElement.blur()")
    for key in ("g", "i", "?", "t"):
        await page.keyboard.press(key)
    await expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("checkbox", name="Single keys")).not_to_be_checked()
    await page.keyboard.press("Control+k")
    await expect(page.locator("#palette")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#palette")).to_be_hidden()

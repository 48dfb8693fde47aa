"""Mails that mean harm: nothing runs, nothing is fetched, nothing moves, the page stays quick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from playwright.async_api import Page

    from tests.web.conftest import Opened, Posted

REFUSED: Final = (
    "Content Security Policy",
    "sandboxed",
    "Unsafe attempt to load",
    "Refused to refresh",
    "ERR_",
    "was not allowed",
    "status of 404",
    "Blocked",
    "blocked",
    "X-Frame-Options",
    "<svg> attribute",
    "Error parsing header",
    "Viewport argument",
    "not recognized",
)
pytestmark = [pytest.mark.browser, pytest.mark.complaints(*REFUSED)]

RUN: Final = "top.PWNED = parent.PWNED = window.PWNED = 1; fetch('{r}/ran'); alert(1)"

# {r} is the other site.
BODIES: Final[dict[str, str]] = {
    "script": "<script>" + RUN + "</script>",
    "script src": "<script src='{r}/x.js'></script><script type=module src='{r}/m.js'></script>",
    "handlers": f'<img src=x onerror="{RUN}"><body onload="{RUN}"><details open ontoggle="{RUN}">',
    "javascript link": f'<a id=bait href="javascript:{RUN}">bait</a>',
    "javascript url with a tab": f'<a id=bait href="java\tscript:{RUN}">bait</a>',
    "data link": '<a id=bait href="data:text/html,<script>parent.PWNED=1</script>">bait</a>',
    "form": "<form id=f action='{r}/form' method=post><button id=bait>bait</button></form>",
    "meta refresh": "<meta http-equiv=refresh content='0;url={r}/refreshed'>",
    "meta refresh to script": f'<meta http-equiv=refresh content="0;url=javascript:{RUN}">',
    "css import": "<style>@import url('{r}/a.css'); @import '{r}/b.css';</style>",
    "css url": '<p style="background:url({r}/c.png)">x<style>p:after{{content:url({r}/d.png)}}',
    "css font": "<style>@font-face{{font-family:f;src:url({r}/f.woff)}} p{{font-family:f}}"
    "</style><p>x",
    "css image set": '<p style="background:image-set(url({r}/g.png) 1x)">x',
    "stylesheet": "<link rel=stylesheet href='{r}/s.css'>"
    "<link rel=preload as=image href='{r}/p.png'>",
    "prefetch": "<link rel=prefetch href='{r}/pre'><link rel=dns-prefetch href='{r}'>"
    "<link rel=preconnect href='{r}'>",
    "svg": f"<svg onload=\"{RUN}\"><script>{RUN}</script><image href='{{r}}/v.png'/>"
    "<use href='{r}/u.svg#a'/></svg>",
    "svg animate": f'<svg><a id=bait><animate attributeName=href values="javascript:{RUN}"/>'
    "<text y=20>bait</text></a></svg>",
    "math": f'<math><maction actiontype=statusline xlink:href="javascript:{RUN}">x</maction>',
    "frames": "<iframe src='{r}/i'></iframe>"
    '<iframe srcdoc="<script>top.PWNED=1</script>"></iframe>'
    "<object data='{r}/o'></object><embed src='{r}/e'><frameset><frame src='{r}/fr'></frameset>",
    "base": "<base href='{r}/'><img src=rel.png><base target=_top><a id=bait href='x'>bait</a>",
    "target top": "<a id=bait href='{r}/topped' target=_top>bait</a>",
    "images": "<img src='{r}/1.png' srcset='{r}/2.png 2x'><picture><source srcset='{r}/3.png'>"
    "<img></picture><input type=image src='{r}/4.png'><table background='{r}/5.png'><tr><td>x",
    "media": "<video src='{r}/v.mp4' poster='{r}/po.png' autoplay></video><audio src='{r}/a.mp3'"
    " autoplay></audio><track src='{r}/t.vtt'>",
    "ping": "<a id=bait href='#x' ping='{r}/ping'>bait</a>",
    "marquee": f'<marquee onstart="{RUN}" behavior=alternate>x</marquee>',
    "autofocus": f'<input autofocus onfocus="{RUN}"><select autofocus onfocus="{RUN}"></select>',
    "noscript breakout": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "template": f"<template><script>{RUN}</script></template><xmp><script>{RUN}</script></xmp>",
    "dialog": "<dialog open>x<form method=dialog><button>y</button></form></dialog>",
    "cover": "<div style='position:fixed;inset:-9999px;z-index:2147483647;background:red'>x</div>",
    "unclosed": "<!-- <img src='{r}/c.png'> --!><img src='{r}/after.png'>"
    "<title><img src='{r}/t.png'>",
    "null in a tag": "<scr\x00ipt>window.PWNED=1</scr\x00ipt><img\x00src='{r}/n.png'>",
}

GROUPS: Final = 3
"""The mails are shown by so many tests: to start a browser takes longer than to show one."""

PATIENCE: Final = 5_000
"""Milliseconds in which a key is answered, also where other tests run beside this one."""

SUBJECTS: Final = (
    "<script>PWNED=1</script>",
    '"><img src=x onerror=PWNED=1>',
    "${PWNED=1} {{constructor.constructor('PWNED=1')()}}",
    "=?utf-8?q?=3Cimg_src=3Dx_onerror=3DPWNED=3D1=3E?=",
    "invoice \u202egpj.exe",
    "a\u2066b\u2067c\u200bd\u0000e",
    "\u0301" * 500,
    "W" * 4000,
)


def _filled(body: str, remote: str) -> str:
    return body.replace("{r}", remote).replace("{{", "{").replace("}}", "}")


async def still_ours(page: Page) -> None:
    """The page ran nothing, draws no wider than it is, and answers a key."""
    assert await page.evaluate("window.PWNED") is None
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.keyboard.press("?")
    await page.locator("#help[open]").wait_for(timeout=PATIENCE)
    await page.keyboard.press("Escape")
    await expect(page.locator("#help[open]")).to_have_count(0)


@pytest.mark.parametrize("group", range(GROUPS))
async def test_nothing_runs_and_nothing_is_fetched(
    show: Opened, post: Posted, stranger: TestServer, hits: list[str], group: int
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    page = await show()
    address = page.url
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for name, body in list(BODIES.items())[group::GROUPS]:
        html = "<p id=shown>shown</p>" + _filled(body, remote)
        message = await post(name, kind="text/html; charset=utf-8", body=html)
        await page.goto(f"{address}m/{message}")
        await expect(page.locator(".head h1")).to_have_text(name)
        for tab in ("Text", "Source", "Links", "Preview"):
            await page.get_by_role("tab", name=tab).click()
        await expect(page.frame_locator("iframe").locator("#shown, frameset")).to_have_count(1)
        await still_ours(page)
        assert (name, page.url) == (name, f"{address}m/{message}")
        assert (name, dialogs, hits) == (name, [], [])
    assert len(page.context.pages) == 1


async def test_what_is_clicked_runs_nothing_in_the_page(
    show: Opened, post: Posted, stranger: TestServer
) -> None:
    remote = str(stranger.make_url("")).rstrip("/")
    page = await show()
    address = page.url
    for name, body in BODIES.items():
        if "id=bait" not in body:
            continue
        message = await post(name, kind="text/html", body=_filled(body, remote))
        await page.goto(f"{address}m/{message}")
        bait = page.frame_locator("iframe").locator("#bait")
        await bait.click(force=True, no_wait_after=True)
        await page.locator("#tab-preview").focus()  # the frame has the keys now, and no script
        await still_ours(page)
        assert (name, page.url) == (name, f"{address}m/{message}")


async def test_a_subject_is_text_and_hides_nothing(show: Opened, post: Posted) -> None:
    page = await show()
    address = page.url
    for subject in SUBJECTS:
        message = await post(subject)
        await page.goto(f"{address}m/{message}")
        heading = page.locator(".head h1 bdi")
        await expect(heading).to_have_count(1)
        assert await page.locator(".head script, .head h1 img, .row script, .row img").count() == 0
        assert "\u202e" not in await heading.inner_text()
        await still_ours(page)


async def test_names_of_files_are_text_and_hide_nothing(show: Opened, post: Posted) -> None:
    names = ("invoice\u202efdp.exe", "<img src=x onerror=PWNED=1>.png", "a/../../b\u0000.pdf")
    parts = "".join(
        f"--b\r\nContent-Type: application/x-test\r\nContent-Disposition: attachment; "
        f'filename="{name}"\r\n\r\nx\r\n'
        for name in names
    )
    await post("files", kind="multipart/mixed; boundary=b", body=f"{parts}--b--\r\n")
    page = await show("/latest")
    files = page.get_by_role("list", name="Attachments")
    await expect(files.get_by_role("listitem")).to_have_count(3)
    assert "\u202e" not in await files.inner_text()
    await expect(files.locator(".unseen-char").first).to_have_text("RLO")
    await expect(files.locator("img")).to_have_count(0)
    await still_ours(page)


async def test_links_that_run_or_lie_are_named_and_not_followed(show: Opened, post: Posted) -> None:
    body = (
        "<a href='javascript:alert(1)'>run</a><a href='https://evil.test/x'>https://bank.test/</a>"
        "<a href='https://bank.test@evil.test/'>bank</a><a href='https://ok.test/'>ok</a>"
    )
    await post("links", kind="text/html", body=body)
    page = await show("/latest")
    await page.get_by_role("tab", name="Links").click()
    lines = page.locator(".links > li")
    await expect(lines.filter(has_text="evil.test/x")).to_contain_text("text names another host")
    await expect(lines.filter(has_text="bank.test@")).to_contain_text("hides its host")
    for link in await page.locator(".links a").all():
        href, rel = await link.get_attribute("href"), await link.get_attribute("rel")
        assert (href or "").startswith("https://")
        assert rel == "noopener noreferrer"
    await expect(lines.filter(has_text="javascript").locator("a")).to_have_count(0)

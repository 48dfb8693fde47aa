"""The pictures of the README: ``python -m bench.screenshots [--out docs/shots] [NAME …]``.

Starts a server in this process with the made-up mails of ``tests/demo``, opens the page in the
system's Chromium, and writes one PNG for each row of SHOTS in light and in dark. The moment and all
ids are fixed, so that a picture changes where the page does.
"""

import argparse
import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Final, Literal, TypeAlias

from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.info import ListenerInfo, ServerInfo
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.mail.summary import scan
from mailtrap.store.base import Retention
from mailtrap.store.records import Change
from mailtrap.store.sqlite import SqliteStore
from tests.demo.story import tell

AT: Final = datetime(2026, 1, 15, 10, 24, 30, tzinfo=UTC)
MOST: Final = 200_000
"""Octets of a picture."""

FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars")
TWO_FRAMES: Final = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
INFO: Final = ServerInfo(
    version="1.0.0",
    started_at=AT,
    listeners=(
        ListenerInfo("smtp", "smtp://127.0.0.1:1025", "smtp", "starttls"),
        ListenerInfo("submission", "smtp://127.0.0.1:1587", "submission", "starttls", "required"),
    ),
)

Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """One picture: where it is taken, and how large. ``keys`` are pressed before."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    keys: tuple[str, ...] = ()
    empty: bool = False


SHOTS: Final = (
    Shot("list", "/"),
    Shot("message", "/m/demo-m1"),
    Shot("newsletter", "/m/demo-m5"),
    Shot("session", "/m/demo-m0", keys=("]",) * 7),
    Shot("attempts", "/a/demo-at1"),
    Shot("sessions", "/s/demo-sl0"),
    Shot("faults", "/faults"),
    Shot("palette", "/m/demo-m1", keys=("Control+k",)),
    Shot("insights", "/insights"),
    Shot("connect", "/connect", empty=True),
    Shot("laptop", "/m/demo-m3", width=1024, height=768),
    Shot("phone", "/", width=390, height=844),
    Shot("phone-message", "/m/demo-m1", width=390, height=844),
)


def main() -> int:
    """Take the pictures that are asked for; 1 where one is too large or the page complained."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.screenshots")
    parser.add_argument("--out", type=Path, default=Path("docs/shots"))
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    args = parser.parse_args()
    unknown = set(args.names) - {shot.name for shot in SHOTS}
    if unknown:
        known = ", ".join(shot.name for shot in SHOTS)
        parser.error(f"there is no picture {min(unknown)!r}; known: {known}")
    shots = [shot for shot in SHOTS if not args.names or shot.name in args.names]
    args.out.mkdir(parents=True, exist_ok=True)
    return asyncio.run(take(shots, args.out))


async def take(shots: Sequence[Shot], out: Path) -> int:
    """Take these pictures, each in both themes."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    complaints: list[str] = []
    async with async_playwright() as tool:
        browser = await tool.chromium.launch(executable_path=chromium, args=[*FLAGS])
        for shot, scheme in product(shots, SCHEMES):
            # A server for each: what was opened for one picture is read in the next.
            async with serving(full=not shot.empty) as url:
                complaints += await _take(browser, shot, url + shot.path, scheme, out)
        await browser.close()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


@asynccontextmanager
async def serving(*, full: bool) -> AsyncIterator[str]:
    """The URL of a server with the made-up mails, or with none."""
    bus: Bus[Change] = Bus()
    book = RuleBook()
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, bus, clock=lambda: AT)
    await catcher.start()
    server = TestServer(build_app(catcher, bus, INFO, GuardConfig(), book), host="localhost")
    await server.start_server()
    if full:
        await tell(catcher, book, at=AT, clock=asyncio.get_running_loop().time())
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()
        await catcher.close()


async def _take(browser: Browser, shot: Shot, url: str, scheme: Scheme, out: Path) -> list[str]:
    complaints: list[str] = []
    path = out / f"{shot.name}-{scheme}.png"
    page = await _opened(browser, shot, url, scheme, complaints)
    await page.screenshot(path=path, animations="disabled", caret="hide")
    await page.context.close()
    _compress(path)
    size = path.stat().st_size
    print(f"{path}  {size / 1000:.0f} KB")
    if size > MOST:
        complaints.append(f"{path} has {size:,} octets; at most {MOST:,} are allowed")
    return complaints


async def _opened(
    browser: Browser, shot: Shot, url: str, scheme: Scheme, complaints: list[str]
) -> Page:
    context = await browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=scheme,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{shot.name}: {error}"))
    await page.clock.set_fixed_time(AT)
    await page.goto(url, wait_until="load")
    await page.locator(".live.on").wait_for(state="attached")
    if not shot.empty:
        await page.locator(".alarm a").wait_for(state="visible")
    await _settle(page)
    for key in shot.keys:
        await page.keyboard.press(key)
    await _settle(page)
    return page


async def _settle(page: Page) -> None:
    """Until nothing is under way: but for the stream of events, which never ends."""
    for frame in page.frames:
        await frame.wait_for_load_state("load")
    await page.locator("[aria-busy=true], [role=status]:text-is('Loading…')").first.wait_for(
        state="detached"
    )
    await page.evaluate(TWO_FRAMES)


def _compress(path: Path) -> None:
    """Write a picture anew with 256 colours: a page has few, and it is a third as large."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())

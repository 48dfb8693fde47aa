"""How quick the page is: ``python -m bench.page [--messages N] [--loads N]``.

A server as a process of its own, over a file with N messages (100,000), and the system's Chromium.
Everything is measured inside the page, by its own clock, and printed with what it must be.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.filled import put
from bench.page_mail import messages
from bench.search import indexed
from bench.wait import Client
from mailtrap.api.assets import INDEX, WHOLE, Assets, web_root
from mailtrap.mail.summary import scan
from mailtrap.store.base import Retention
from mailtrap.store.sqlite import SqliteStore
from tests.app.process import Process

MOST = 1_000_000
MEGABYTE = 2**20
ARRIVALS = 1_000
SENDERS = 8

SENT = (INDEX, "icon.svg", *WHOLE, "vendor/uplot/uPlot.iife.min.js")
"""The files that browsers ask for."""

WATCH = """(() => {
  const seen = (window.seen = { long: [] });
  new PerformanceObserver((list) => seen.long.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: "longtask", buffered: true });
  addEventListener("keydown", () => (seen.pressed = performance.now()), true);
  seen.first = new Promise((done) => {
    const look = () => {
      if (!document.querySelector("#list .row:not(.blank)")) return requestAnimationFrame(look);
      // The next frame begins when the one that shows it has been drawn.
      requestAnimationFrame(() => done(performance.now()));
    };
    addEventListener("DOMContentLoaded", look);
  });
})()"""

GAPS = """() => new Promise((done) => {
  const gaps = [];
  let before = performance.now();
  const step = (now) => {
    gaps.push(now - before);
    before = now;
    if (gaps.length < 240) requestAnimationFrame(step);
    else done(gaps.slice(1));
  };
  requestAnimationFrame(step);
})"""

SCROLL = """(frames) => new Promise((done) => {
  const list = document.getElementById("list");
  const end = list.scrollHeight - list.clientHeight;
  window.seen.long.length = 0;
  const gaps = [];
  let count = 0, before = performance.now();
  const step = (now) => {
    gaps.push(now - before);
    before = now;
    count += 1;
    const way = count / frames;
    list.scrollTop = end * (way <= 1 ? way : 2 - way);
    if (count < 2 * frames) requestAnimationFrame(step);
    else setTimeout(() => done({ gaps: gaps.slice(1), long: window.seen.long }), 200);
  };
  requestAnimationFrame(step);
})"""
"""To the end and back in so many frames each: thousands of rows pass in every one of them."""

JUMP = """(index) => new Promise((done) => {
  const look = () => {
    const last = document.querySelector(`#list .row:not(.blank)[aria-posinset="${index}"]`);
    if (last) requestAnimationFrame(() => done(performance.now() - window.seen.pressed));
    else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure, its unit, and the most it may be (None: nothing)."""

    name: str
    value: float
    unit: str
    most: float | None = None

    def __str__(self) -> str:
        bound = "" if self.most is None else f"<= {self.most:g} {self.unit}"
        verdict = "" if self.most is None else "pass" if self.value <= self.most else "SHORT"
        return f"{self.name:<52} {self.value:>10.1f} {self.unit:<6} {bound:<16} {verdict}"


async def fresh(browser: Browser, url: str) -> Page:
    """The page in a browser that knows nothing of it."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.add_init_script(WATCH)
    await page.goto(url)
    return page


async def timed(page: Page) -> CDPSession:
    """A session in which the browser counts what the page's main thread has of a processor."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


async def processor(session: CDPSession) -> float:
    """Milliseconds that the page's main thread has had of a processor, whoever else is busy."""
    told = await session.send("Performance.getMetrics")
    return 1000 * sum(
        float(one["value"]) for one in told["metrics"] if one["name"] == "TaskDuration"
    )


async def noise(browser: Browser) -> Row:
    """What the machine itself does to frames: the longest gap of a page that does nothing."""
    page = await browser.new_page()
    gaps = await page.evaluate(GAPS)
    await page.close()
    return Row("an empty page: longest gap between two frames", max(gaps), "ms")


async def heap(page: Page) -> float:
    """What the page's scripts hold, in megabytes, after the collector ran."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    return float((await session.send("Runtime.getHeapUsage"))["usedSize"]) / MEGABYTE


async def first_lists(browser: Browser, url: str, loads: int) -> list[Row]:
    """Milliseconds from the navigation to the frame that shows the first list."""
    cold, warm, used = [], [], []
    for _ in range(loads):
        page = await fresh(browser, "about:blank")
        session = await timed(page)
        before = await processor(session)
        await page.goto(url)
        cold.append(float(await page.evaluate("window.seen.first")))
        used.append(await processor(session) - before)
        await page.reload()
        warm.append(float(await page.evaluate("window.seen.first")))
        await page.context.close()
    return [
        Row(f"first list drawn, nothing cached (median of {loads})", middle(cold), "ms", 300),
        Row("first list drawn, files in the cache", middle(warm), "ms", 300),
        Row("  processor until then, nothing cached", middle(used), "ms"),
    ]


async def scrolling(page: Page, frames: int) -> list[Row]:
    """To the end and back."""
    await page.evaluate("window.seen.first")
    before = await heap(page)
    session = await timed(page)
    used = await processor(session)
    told = await page.evaluate(SCROLL, frames)
    used = await processor(session) - used
    after = await heap(page)
    gaps = sorted(told["gaps"])
    return [
        Row("scrolling to the end and back: longest task", max(told["long"], default=0), "ms", 50),
        Row("  processor for each frame", used / (2 * frames), "ms", 8),
        Row("  longest gap between two frames", gaps[-1], "ms"),
        Row("  99 of 100 gaps are shorter than", gaps[int(len(gaps) * 0.99)], "ms", 50),
        Row("  heap before", before, "MB"),
        Row("  heap after", after, "MB", before + 30),
    ]


async def jumping(page: Page, count: int) -> list[Row]:
    """The keys End and Home."""
    rows = []
    await page.locator("#list").focus()
    for key, index in (("End", count), ("Home", 1)):
        await page.keyboard.press(key)
        rows.append(Row(f"{key}: its row drawn after", await page.evaluate(JUMP, index), "ms", 300))
    return rows


async def arrivals(page: Page, port: int) -> list[Row]:
    """A thousand mails in a second, while one looks at the top of the list."""
    await page.mouse.move(1400, 10)
    await page.evaluate("window.seen.long.length = 0")
    session = await timed(page)
    used = await processor(session)
    begin = time.perf_counter()
    clients = [Client(port) for _ in range(SENDERS)]
    for client in clients:
        await client.open()
    await asyncio.gather(*(sending(client, begin) for client in clients))
    sent = time.perf_counter() - begin
    await page.wait_for_timeout(1000)
    long = await page.evaluate("window.seen.long")
    used = await processor(session) - used
    return [
        Row(f"{ARRIVALS} mails in {sent:.1f} s: longest task", max(long, default=0), "ms", 50),
        Row("  processor for each mail", used / ARRIVALS, "ms"),
        Row("  heap after", await heap(page), "MB"),
    ]


async def sending(client: Client, begin: float) -> None:
    """This client's part of them, in step with the clock."""
    for number in range(ARRIVALS // SENDERS):
        due = begin + number * SENDERS / ARRIVALS
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await client.send("bench@example.com")


def sizes() -> Iterator[Row]:
    """What a browser is given that opens every view, each file compressed as it is sent."""
    assets = Assets(web_root())
    packed = {name: len(one.packed) / 1024 for name in SENT if (one := assets.get(name))}
    yield Row("all assets, gzipped", sum(packed.values()), "KiB", 150)
    yield from (Row(f"  {name}", size, "KiB") for name, size in packed.items())


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


async def measure(server: Process, count: int, loads: int) -> list[Row]:
    """All of it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        rows = [await noise(browser)]
        rows += await first_lists(browser, server.http, loads)
        page = await fresh(browser, server.http)
        rows += await scrolling(page, 240)
        rows += await jumping(page, count)
        rows += await arrivals(page, server.smtp)
        await browser.close()
    return [*rows, *sizes()]


async def prepare(path: Path, count: int) -> None:
    """Store the messages."""
    store = SqliteStore(path, retention=Retention(), summarise=scan, inspect=lambda _: ())
    await store.start()
    await put(store, messages(count))
    await indexed(store)
    await store.close()


def main() -> int:
    """Read the command line, measure, print; 1 where something is short."""
    reader = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    reader.add_argument("--messages", type=int, default=100_000, help=f"at most {MOST}")
    reader.add_argument("--loads", type=int, default=7, choices=range(1, 100), metavar="N")
    reader.add_argument("--file", type=Path, help="a store that was filled before")
    asked = reader.parse_args()
    count = max(1, min(asked.messages, MOST))
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or Path(folder) / "mail.db"
        if not path.exists():
            asyncio.run(prepare(path, count))
        with Process("--store", str(path)) as server:
            held = int(str(server.json("/api/messages?limit=1")["total"]))
            print(f"{held} messages")
            rows = asyncio.run(measure(server, held, asked.loads))
    print(*rows, sep="\n")
    return int(any(row.most is not None and row.value > row.most for row in rows))


if __name__ == "__main__":
    sys.exit(main())

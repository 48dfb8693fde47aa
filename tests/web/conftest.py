"""The page in a real browser, in front of a real catcher."""

import asyncio
import re
import shutil
import smtplib
import subprocess
import threading
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path as Folder
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.info import ListenerInfo, ServerInfo
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher
from mailtrap.faults.rules import RuleBook
from mailtrap.mail.summary import scan
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.store.base import Retention
from mailtrap.store.records import Change, Line, NewAttempt, NewMessage, NewSession, Trace
from mailtrap.store.sqlite import SqliteStore
from mailtrap.testing.servers import found
from mailtrap.testing.thread import ServerThread
from tests.demo.story import tell
from tests.web.loop import shared

Posted: TypeAlias = Callable[..., Awaitable[str]]
Opened: TypeAlias = Callable[..., Awaitable[Page]]

FOLDER = Folder(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-sandbox",
    # A mouse that can hover, which a headless browser is not given by itself.
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-popup-blocking",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
    "--password-store=basic",
)
expect.set_options(timeout=15_000)  # as long as a busy machine may take; nobody waits for it

LISTENING = re.compile(r"DevTools listening on (\S+)")
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
INFO = ServerInfo(
    version="1.2.3",
    started_at=datetime(2026, 1, 1, tzinfo=UTC),
    listeners=(ListenerInfo("smtp", "smtp://127.0.0.1:1025", "smtp"),),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder on one loop: to start a driver of the browser takes a second."""
    for item in items:
        if FOLDER in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@shared
async def bus() -> Bus[Change]:
    return Bus()


@shared
async def catcher(bus: Bus[Change]) -> AsyncIterator[Catcher]:
    store = SqliteStore(None, retention=Retention(), summarise=scan, inspect=lambda _: ())
    catcher = Catcher(store, bus)
    await catcher.start()
    yield catcher
    await catcher.close()


@pytest.fixture
def book() -> RuleBook:
    return RuleBook()


@shared
async def server(catcher: Catcher, bus: Bus[Change], book: RuleBook) -> AsyncIterator[TestServer]:
    app = build_app(catcher, bus, INFO, GuardConfig(), book)
    server = TestServer(app, host="localhost")
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def hits() -> list[str]:
    """The paths that were asked of the other site."""
    return []


@shared
async def stranger(hits: list[str]) -> AsyncIterator[TestServer]:
    """Another site: empty pages, and a picture wherever one is asked for."""

    async def answer(request: web.Request) -> web.Response:
        hits.append(request.path)
        if request.path.endswith(".png"):
            return web.Response(body=b64decode(PIXEL), content_type="image/png")
        return web.Response(text="<!doctype html>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/{path:.*}", answer)])
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def pixel() -> str:
    """A picture of one pixel, in base64."""
    return PIXEL


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one Chromium for all tests of this process: to start one takes a second."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    profile = f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"
    with subprocess.Popen(
        [CHROMIUM, *FLAGS, profile, "about:blank"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = next(filter(None, map(LISTENING.search, process.stderr)))[1]
        # Nobody reads what it goes on to say, but its pipe must not be full.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield address
        process.terminate()
        process.wait(10)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def driven(chromium: str) -> AsyncIterator[Browser]:
    """The browser, and what drives it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium)
        yield browser
        await browser.close()


@shared
async def browser(driven: Browser) -> AsyncIterator[Browser]:
    """The browser, with none of the pages and cookies of other tests."""
    before = list(driven.contexts)
    yield driven
    for context in driven.contexts:
        if context not in before:
            await context.close()


@pytest.fixture
def complaints(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What the browser complains of; anything fails the test.

    But for what contains one of the texts that ``complaints(...)`` names.
    """
    mark = request.node.get_closest_marker("complaints")
    heard: list[str] = []
    yield heard
    allowed = mark.args if mark else ()
    assert [text for text in heard if not any(part in text for part in allowed)] == []


@shared
async def show(browser: Browser, server: TestServer, complaints: list[str]) -> Opened:
    """Open the page at a path, in a window of this size."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.text} ({message.location['url']})")

    async def showing(path: str = "/", *, width: int = 1280, height: int = 800) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height})
        page = await context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(30_000)
        await page.goto(path if "://" in path else str(server.make_url(path)))
        return page

    return showing


@shared
async def post(catcher: Catcher) -> Posted:
    """Have a message come in; its id."""

    async def posting(
        subject: str = "hello", *, body: str = "Hi Bob\r\n", kind: str = "text/plain"
    ) -> str:
        now = datetime.now(UTC)
        name, session = catcher.new_id(), catcher.new_id()
        head = f"Subject: {subject}\r\nFrom: Ann <ann@a.test>\r\nContent-Type: {kind}\r\n\r\n"
        message = NewMessage(
            id=name,
            received_at=now,
            raw=(head + body).encode(),
            envelope=Envelope(Path("ann@a.test"), {}, (Recipient(Path("bob@b.test")),)),
            trace=Trace(session, "smtp", "127.0.0.1:5", "127.0.0.1:1025", "a.test", "ESMTP"),
        )
        await catcher.accept(message, _attempt(catcher.new_id(), session, name, now))
        catcher.session_closed(_session(session, now))
        return name

    return posting


def _attempt(name: str, session: str, message: str, now: datetime) -> NewAttempt:
    return NewAttempt(
        id=name,
        session=session,
        listener="smtp",
        started_at=now,
        ended_at=now,
        reverse_path="ann@a.test",
        params={},
        recipients=(),
        stage="done",
        verdict="accepted",
        reply="250 2.0.0 Ok",
        message=message,
        first_line=0,
        last_line=1,
    )


def _session(name: str, now: datetime) -> NewSession:
    return NewSession(
        id=name,
        listener="smtp",
        peer="127.0.0.1:5",
        local="127.0.0.1:1025",
        started_at=now,
        ended_at=now,
        helo="a.test",
        protocol="ESMTP",
        tls=None,
        auth=None,
        forwarded={},
        messages=1,
        attempts=1,
        end="client quit",
        findings=(),
        transcript=(Line(0.0, "S", "220 hi"), Line(1.5, "C", "QUIT")),
    )


@dataclass(frozen=True)
class Whole:
    """A server with everything: where its page is, and where it takes mail."""

    url: str
    smtp: tuple[str, int]

    async def send(self, *recipients: str, sender: str = "app@a.test", text: str = "hi") -> int:
        """Send a mail over SMTP; the code of the reply that decided."""
        return await asyncio.to_thread(self._send, recipients, sender, text)

    def _send(self, recipients: tuple[str, ...], sender: str, text: str) -> int:
        with smtplib.SMTP(*self.smtp, local_hostname="app.test", timeout=10) as client:
            try:
                client.sendmail(sender, recipients, f"Subject: {text}\r\n\r\n{text}\r\n")
            except smtplib.SMTPRecipientsRefused as error:
                return next(iter(error.recipients.values()))[0]
            except smtplib.SMTPResponseException as error:
                return int(error.smtp_code)
        return 250

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask the API; what it tells."""
        async with ClientSession(self.url) as client:
            response = await client.request(method, path, json=body)
            assert response.ok, await response.text()
            return await response.json() if response.status != 204 else None


@shared
async def whole() -> AsyncIterator[Whole]:
    """A whole server in a thread, on ports of its own."""
    thread = ServerThread()
    url = await asyncio.to_thread(thread.start)
    server = await asyncio.to_thread(found, url)
    yield Whole(url, (server.smtp_host, server.smtp_port))
    await asyncio.to_thread(thread.stop)


@shared
async def morning(catcher: Catcher, book: RuleBook) -> None:
    """A server in which something has happened: the made-up mails of tests/demo."""
    await tell(catcher, book, at=datetime.now(UTC), clock=asyncio.get_running_loop().time())

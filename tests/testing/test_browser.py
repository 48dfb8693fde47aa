"""A sign-up in a real browser: the form, the mail, the link in it."""

import shutil
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, sync_playwright

from mailtrap.client import Client, Inbox
from mailtrap.testing.thread import ServerThread

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FORM = "<form method=post><label>Email <input name=email></label><button>Sign up</button></form>"


class App(BaseHTTPRequestHandler):
    """A form, a mail to confirm, and the page that its link opens."""

    mail_to: tuple[str, int]

    def do_GET(self) -> None:
        is_confirmed = self.path.startswith("/confirm/")
        self._answer("<h1>Thank you</h1>" if is_confirmed else FORM)

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        link = f"http://{self.headers['Host']}/confirm/9f8e?a=1&b=2"
        message = EmailMessage()
        message["From"], message["Subject"] = "no-reply@shop.example.com", "Confirm your email"
        message["To"] = parse_qs(asked)["email"][0]
        message.set_content(f"Please confirm: {link}\n")
        message.add_alternative(f'<p>Hello</p><a href="{escape(link)}">Yes</a>', subtype="html")
        with smtplib.SMTP(*self.mail_to, timeout=10) as smtp:
            smtp.send_message(message)
        self._answer("<p>Look into your mail</p>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def _answer(self, page: str) -> None:
        content = f"<!doctype html>{page}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    thread = ServerThread()
    yield Client(thread.start()).inbox()
    thread.stop()


@pytest.fixture
def app(inbox: Inbox) -> Iterator[str]:
    handler = type("Bound", (App,), {"mail_to": (inbox.smtp.host, inbox.smtp.port)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page()
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def test_sign_up(page: Page, app: str, inbox: Inbox) -> None:
    page.goto(f"{app}/signup")
    page.get_by_label("Email").fill(inbox.address)
    with inbox.expecting(subject="Confirm your email") as mail:
        page.get_by_role("button", name="Sign up").click()
    mail.message.open(page)
    assert page.get_by_text("Hello").is_visible()
    page.goto(mail.message.link("/confirm/"))
    assert page.get_by_role("heading").inner_text() == "Thank you"
    assert mail.message.sender.address == "no-reply@shop.example.com"

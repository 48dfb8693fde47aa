"""What the page copies of a message, run: each finds just that mail."""

import json
import shlex
import shutil
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.request import urlopen

import pytest

from mailtrap.client import Client, Inbox
from mailtrap.testing.thread import ServerThread

WEB = Path(__file__).parents[2] / "web"
NODE = shutil.which("node")
CURL = shutil.which("curl")
SUBJECT = 'It\'s your "code" $HOME `id` \\ 50 % größer 🎉'
MAKE = """
import { readFileSync } from "node:fs";
const { COPIES, toldOf } = await import(process.argv[1]);
const { message, server } = JSON.parse(readFileSync(0, "utf8"));
const told = toldOf(message, server);
console.log(JSON.stringify(Object.fromEntries(COPIES.map(({ id, text }) => [id, text(told)]))));
"""
SEND = """
import { execFileSync } from "node:child_process";
function sendMail(to) { execFileSync(%s, [%s, to]); }
"""

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node on this machine")


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    thread = ServerThread()
    yield Client(thread.start()).inbox()
    thread.stop()


def send(inbox: Inbox, to: str) -> None:
    """A mail like the one that was copied."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@shop.test", to, SUBJECT
    message.set_content("Your code is 481516.\nhttps://shop.test/confirm/9f?u=1\n")
    with smtplib.SMTP(inbox.smtp.host, inbox.smtp.port, timeout=10) as smtp:
        smtp.send_message(message)


@pytest.fixture
def copies(inbox: Inbox) -> dict[str, str]:
    """The copies of a mail that came, by their ids."""
    send(inbox, inbox.address)
    server, _ = inbox.server
    name = inbox.wait(latest=True).id
    with urlopen(f"{server}/api/messages/{name}", timeout=10) as response:
        given = json.dumps({"message": json.load(response), "server": server})
    assert NODE
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", MAKE, str(WEB / "js" / "copies.js")],
        input=given,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    made: dict[str, str] = json.loads(run.stdout)
    return made


def test_the_copy_for_pytest_is_a_test_that_passes(inbox: Inbox, copies: dict[str, str]) -> None:
    names: dict[str, object] = {"send_mail": lambda to: send(inbox, to), "inbox": inbox}
    exec(copies["pytest"] + "test_mail(inbox)\n", names)
    assert "481516" not in copies["pytest"]
    assert '"/confirm/"' in copies["pytest"]


def test_the_copy_for_python_finds_the_mail(copies: dict[str, str]) -> None:
    names: dict[str, object] = {}
    exec(copies["python"], names)
    assert names["message"]


@pytest.mark.skipif(CURL is None, reason="there is no curl on this machine")
def test_the_copy_for_curl_finds_the_mail(copies: dict[str, str]) -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", copies["curl"]], capture_output=True, text=True, timeout=30, check=False
    )
    assert run.returncode == 0, run.stderr
    (message,) = json.loads(run.stdout)["messages"]
    assert message["subject"] == SUBJECT


def test_the_copy_for_the_command_line_prints_the_code(copies: dict[str, str]) -> None:
    program, *arguments = shlex.split(copies["wait"])
    assert program == "mailtrap"
    run = subprocess.run(
        [sys.executable, "-m", "mailtrap", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, "481516"), run.stderr


def test_the_copy_for_javascript_runs(inbox: Inbox, copies: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(WEB / "client" / "mailtrap.js", tmp_path / "mailtrap.mjs")
    sender = tmp_path / "send.py"
    sender.write_text(
        "import smtplib, sys\nfrom email.message import EmailMessage\nmessage = EmailMessage()\n"
        f"message['To'], message['Subject'] = sys.argv[1], {SUBJECT!r}\n"
        "message.set_content('Your code is 481516. https://shop.test/confirm/9f')\n"
        f"smtplib.SMTP({inbox.smtp.host!r}, {inbox.smtp.port}).send_message(message, 'a@b.test')\n",
        encoding="utf-8",
    )
    script = tmp_path / "copy.mjs"
    tail = SEND % (json.dumps(sys.executable), json.dumps(str(sender)))
    script.write_text(copies["javascript"] + tail, encoding="utf-8")
    assert NODE
    run = subprocess.run(
        [NODE, script], capture_output=True, text=True, timeout=30, check=False, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr


def test_the_copy_for_playwright_can_be_read(copies: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "copy.mjs"
    script.write_text(copies["playwright"], encoding="utf-8")
    assert NODE
    run = subprocess.run(
        [NODE, "--check", script], capture_output=True, text=True, timeout=30, check=False
    )
    assert run.returncode == 0, run.stderr

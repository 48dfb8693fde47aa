"""The command line against a real server, as build scripts use it."""

import json
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.samples.conftest import ROOT, Server

COMMAND = [sys.executable, "-m", "mailtrap"]
Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(server: Server, tmp_path: Path) -> Run:
    def running(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            env=server.environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return running


@pytest.fixture
def inbox(run: Run) -> dict[str, str]:
    told: dict[str, str] = json.loads(run("inbox", "new", "--json").stdout)
    return told


def send(
    server: Server, to: str, subject: str = "Confirm", text: str = "Your code: 481516"
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "no-reply@shop.example.com", to, subject
    mail.set_content(text)
    with smtplib.SMTP(server.host, int(server.port)) as smtp:
        smtp.send_message(mail)


def test_what_is_waited_for_is_taken_out(run: Run, server: Server, inbox: dict[str, str]) -> None:
    send(server, inbox["address"], text="Your code: 481516 https://shop.test/confirm/a?b=1&c=2")
    printed = ["--print", "code", "--print", "link:/confirm/", "--print", "cursor"]
    ended = run("wait", "--inbox", inbox["name"], *printed)
    code, link, cursor = ended.stdout.splitlines()
    assert (ended.returncode, code, link) == (
        0,
        "481516",
        "https://shop.test/confirm/a?b=1&c=2",
    )
    ended = run("wait", "--inbox", inbox["name"], "--after", cursor, "--timeout", "100ms")
    assert ended.returncode == 1
    assert "none within 0.1 s" in ended.stderr
    assert "already given" in ended.stderr


def test_exit_codes_tell_what_happened(run: Run, server: Server, inbox: dict[str, str]) -> None:
    mine = ("--inbox", inbox["name"])
    send(server, inbox["address"])
    send(server, inbox["address"], "Welcome")
    assert run("wait", *mine, "--subject", "Welcome").returncode == 0
    assert run("wait", *mine, "--subject", "Reset", "--timeout", "0").returncode == 1
    assert run("expect", *mine, "--subject", "Reset", "--none").returncode == 0
    assert run("expect", *mine, "--none").returncode == 1
    assert run("wait", *mine, "--has", "atachment").returncode == 2
    assert run("wait", *mine, "--url", "http://127.0.0.1:1").returncode == 3
    assert run("wait", *mine).returncode == 4
    assert run("expect", *mine, "--count", "2").returncode == 0


def test_json_tells_the_same_in_both_outcomes(
    run: Run, server: Server, inbox: dict[str, str]
) -> None:
    send(server, inbox["address"])
    told = json.loads(run("wait", "--inbox", inbox["name"], "--json").stdout)
    assert (told["ok"], told["messages"][0]["subject"]) == (True, "Confirm")
    ended = run("wait", "--inbox", inbox["name"], "--subject", "x", "--timeout", "0", "--json")
    told = json.loads(ended.stdout)
    assert (told["ok"], told["reason"]) == (False, "no-message")
    assert told["arrived"][0]["differs"] == ["subject"]
    assert told["story"] == ended.stderr.rstrip("\n")


def test_an_interrupt_ends_a_wait_with_130(server: Server) -> None:
    with subprocess.Popen(
        [*COMMAND, "wait", "--subject", "never", "--timeout", "60s"],
        env={**server.environment, "PYTHONVERBOSE": "1"},
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        assert waiting.stderr is not None
        # Interrupted while it waits: the last module is imported before the question is asked.
        for line in waiting.stderr:
            if "import 'mailtrap.cli.wait'" in line:
                break
        waiting.send_signal(signal.SIGINT)
        waiting.stderr.read()
        assert waiting.wait(30) == 130


def test_the_file_of_the_documentation_is_judged(
    run: Run, server: Server, inbox: dict[str, str], tmp_path: Path
) -> None:
    (example,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(), re.DOTALL
    )
    (tmp_path / "mail.toml").write_text(example.replace('"5s"', '"100ms"'))
    flags = ("--inbox", inbox["name"], "--junit", "mail.xml")
    ended = run("expect", "mail.toml", *flags)
    assert ended.returncode == 1
    assert ended.stdout.splitlines() == [
        "FAILED  the receipt",
        "ok      nobody else",
        "FAILED  tries again after a greylisting",
    ]
    assert (tmp_path / "mail.xml").read_text().count("<testcase") == 3


def test_attempts_are_listed_and_checked(run: Run, server: Server, inbox: dict[str, str]) -> None:
    run("fault", "add", f"rcpt {inbox['address']} 451 4.7.1 Later times=1")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(server, inbox["address"])
    send(server, inbox["address"])
    mine = ("--rcpt", inbox["address"])
    verdicts = [line.split("\t")[2] for line in run("attempts", *mine).stdout.splitlines()]
    assert verdicts == ["refused", "accepted"]
    assert run("attempts", *mine, "--codes", "451,250", "--max-gap", "1m").returncode == 0
    ended = run("attempts", *mine, "--codes", "451,451,250")
    assert ended.returncode == 1
    assert "451, 250" in ended.stderr


def test_an_inbox_goes_with_its_mail(run: Run, server: Server, inbox: dict[str, str]) -> None:
    send(server, inbox["address"])
    (line,) = [row for row in run("inbox", "list").stdout.splitlines() if inbox["name"] in row]
    assert line.split("\t")[:3] == [inbox["name"], inbox["address"], "1"]
    assert run("inbox", "rm", inbox["name"]).returncode == 0
    assert inbox["name"] not in run("inbox", "list").stdout

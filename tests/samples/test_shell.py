import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.samples.conftest import SAMPLES, Server, program, run_sample


@pytest.fixture
def shop(server: Server) -> Iterator[str]:
    """The shop's URL; it sends to the server."""
    process = subprocess.Popen(
        [sys.executable, SAMPLES / "shell" / "shop.py"],
        env={**server.environment, "SMTP_HOST": server.host, "SMTP_PORT": server.port},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout as told:
        yield f"http://127.0.0.1:{told.readline().strip()}"
        process.terminate()


def test_a_shell_script_follows_a_mail(server: Server, shop: str, tmp_path: Path) -> None:
    program("curl")
    commands = tmp_path / "bin"
    commands.mkdir()
    command = commands / "mailtrap"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mailtrap "$@"\n')
    command.chmod(0o755)
    environment = {**server.environment, "SHOP": shop}
    environment["PATH"] = f"{commands}:{environment['PATH']}"
    told = run_sample([str(SAMPLES / "shell" / "signup.sh")], tmp_path, environment)
    assert told.splitlines() == [
        "link https://shop.example.com/confirm/abc?x=1&y=2",
        "code 481516",
        "ok      expect none",
        "ok      attempts rcpt=again@shop.example.com 451",
        "FAILED  attempts rcpt=again@shop.example.com 451,250",
        "done",
    ]
    report = ElementTree.parse(tmp_path / "report.xml").getroot()
    assert (report.get("tests"), report.get("failures")) == ("2", "1")

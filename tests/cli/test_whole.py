"""The command itself, from start to end: a server in one process, client verbs in others."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "mailtrap"]
MAIL = b"From: ann@a.test\r\nTo: bob@b.test\r\nSubject: whole\r\n\r\n.dot\r\n\xff\x00\x1b[2J\r\n"


def environment() -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("MAILTRAP_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True, slots=True)
class Running:
    """A server, what it said when it was ready, and the file that says the same."""

    process: subprocess.Popen[bytes]
    ready: dict[str, object]
    ready_file: Path

    @property
    def url(self) -> str:
        """The API."""
        urls = self.ready["http"]
        assert isinstance(urls, list)
        return str(urls[0])

    def run(self, *arguments: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """A client verb that must succeed."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env={**environment(), "MAILTRAP_URL": self.url},
            input=content,
            capture_output=True,
            timeout=30,
            check=True,
        )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    ready_file = tmp_path / "ready.json"
    flags = ["--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--ready-file", str(ready_file)]
    process = subprocess.Popen(
        [*COMMAND, *flags, "--ready-format", "json", "--config", "off"],
        env=environment(),
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    with process, process.stdout as told:
        yield Running(process, json.loads(told.readline()), ready_file)
        process.terminate()


def test_what_is_sent_is_listed_shown_and_deleted(server: Running) -> None:
    server.run("ready")
    sent = server.run("send", "-", content=MAIL).stdout.decode().strip()
    (line,) = server.run("list").stdout.decode().splitlines()
    assert line.split("\t")[0] == sent
    assert line.endswith(f"\tann@a.test\tbob@b.test\t{len(MAIL)}\twhole")
    assert server.run("get", sent, "--raw").stdout == MAIL
    assert server.run("delete", sent).stdout == b"deleted 1 of 1\n"
    assert server.run("list").stdout == b""


def test_the_sample_arrives_whole(server: Running) -> None:
    server.run("send")
    message = json.loads(server.run("get", "--json").stdout)
    names = [part["filename"] for part in message["attachments"]]
    assert {"Заказ № 1.csv", "first.ics"} <= set(names)
    assert message["text"].startswith("Hello,")
    assert message["defects"] == []
    assert message["findings"] == []


def test_tail_tells_what_comes(server: Running) -> None:
    with subprocess.Popen(
        [*COMMAND, "tail", "-n", "1"],
        env={**environment(), "MAILTRAP_URL": server.url},
        stdout=subprocess.PIPE,
    ) as tail:
        assert tail.stdout is not None
        ids = [server.run("send").stdout.decode().strip() for _ in range(2)]
        told: list[str] = []
        for line in tail.stdout:
            told.append(line.decode().split("\t")[0])
            if told[-1] == ids[-1]:
                break
        tail.send_signal(signal.SIGINT)
        assert tail.wait(10) == 130
    assert len(told) == len(set(told))


def test_the_ready_file_says_what_the_ready_line_says(server: Running) -> None:
    assert json.loads(server.ready_file.read_text()) == server.ready
    assert server.ready["pid"] == server.process.pid


def test_a_signal_ends_the_server_with_0(server: Running) -> None:
    server.process.terminate()
    assert server.process.wait(10) == 0
    assert not server.ready_file.exists()

"""A server below a path of its own, as its clients see it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest

from mailtrap.client import AsyncClient, Client
from tests.app.process import Process


@pytest.fixture(scope="module")
def below() -> Iterator[Process]:
    with Process("--http-prefix", "/dev/mail/") as server:
        yield server


def command(server: Process, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mailtrap", *words, "--url", server.http],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    return done.stdout


def test_the_ready_line_tells_the_prefix_and_the_command_line_goes_there(below: Process) -> None:
    assert below.http.endswith("/dev/mail")
    name = command(below, "send", "--to", "ann@inbox.example.com").strip()
    assert name in command(below, "list", "--json")
    assert "Paper" in command(below, "get", name, "--part", "2")
    assert below.get("/m/x").startswith(b"<!doctype html>")


def test_the_clients_follow_links_that_begin_with_the_prefix(below: Process) -> None:
    name = command(below, "send").strip()
    message = Client(below.http).message(name)
    assert b"Paper aeroplane" in message.attachment("*.csv").content
    assert message.raw.startswith(b"From:")
    assert message.html_url == f"{below.http}/api/messages/{name}/html"
    assert message.url == f"{below.http}/m/{name}"

    async def fetched() -> bytes:
        return (await AsyncClient(below.http).message(name)).attachment("*.csv").content

    assert asyncio.run(fetched()) == message.attachment("*.csv").content

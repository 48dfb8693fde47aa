import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from mailtrap import __version__
from mailtrap.cli.group import VERBS, Verb

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

HEAVY = {"aiohttp", "asyncio", "msgspec", "smtplib", "tomllib", "mailtrap.config", "mailtrap.app"}
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_of_the_overview_has_a_command_with_help(run: "Run", verb: Verb) -> None:
    command = import_module(f"mailtrap.cli.{verb.name}").command
    assert command.name == verb.name
    ended = run(verb.name, "-h")
    assert ended.code == 0
    assert ended.out.startswith(f"Usage: mailtrap {verb.name} ")


@pytest.mark.parametrize("arguments", [("-h",), ("--help",)])
def test_the_overview_lists_the_verbs(run: "Run", arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.code == 0
    assert all(f"\n  {verb.name} " in ended.out for verb in VERBS)


def test_an_unknown_verb_is_told_the_known_ones_and_is_wrong_usage(run: "Run") -> None:
    ended = run("lsit")
    assert ended.code == 2
    assert "there is no verb 'lsit'; there are: serve, list, get" in ended.err


@pytest.mark.parametrize("arguments", [(), ("--smtp", "0"), ("serve", "--smtp", "0")])
def test_without_a_verb_it_serves(
    run: "Run", monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    seen: list[dict[str, object]] = []
    serve = click.Command("serve", callback=lambda **flags: seen.append(flags))
    serve.params = import_module("mailtrap.cli.serve").command.params
    monkeypatch.setattr("mailtrap.cli.serve.command", serve)
    assert run(*arguments).code == 0
    assert seen[0]["smtp"] == (("0",) if arguments else ())


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_a_flag_too(run: "Run", flag: str) -> None:
    assert run(flag).out.startswith(f"mailtrap {__version__} (Python 3.")


def test_an_interrupt_ends_with_130(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mailtrap.client.Http.json", interrupted)
    assert run("list").code == 130


def test_a_reader_that_went_away_is_no_error(api: "Api", row: dict[str, object]) -> None:
    api.on("GET", "/api/messages", {"messages": [row] * 500, "total": 500, "older": None})
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        command = [sys.executable, "-m", "mailtrap", "list", "-n", "500", "--url", api.url]
        ended = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, cwd=ROOT, timeout=30, check=False
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_character_that_the_encoding_lacks_is_escaped(api: "Api", row: dict[str, object]) -> None:
    page = {"messages": [{**row, "subject": "До"}], "total": 1, "older": None}
    api.on("GET", "/api/messages", page)
    ended = subprocess.run(
        [sys.executable, "-m", "mailtrap", "list", "--url", api.url],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        timeout=30,
        check=False,
    )
    assert ended.stdout.rstrip().endswith(b"\\u0414\\u043e")


@pytest.mark.parametrize("verb", ["list", "get", "tail", "delete", "ready", "version"])
def test_a_client_verb_imports_nothing_of_the_server(verb: str) -> None:
    code = (
        "import sys, mailtrap.cli, importlib;"
        f"importlib.import_module('mailtrap.cli.{verb}');"
        f"print(*sorted(set(sys.modules) & {HEAVY!r}))"
    )
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=30, check=True)
    assert ended.stdout.strip() == b""


@pytest.mark.parametrize(
    ("name", "colored"), [("NO_COLOR", False), ("FORCE_COLOR", True), ("OTHER", False)]
)
def test_colors_are_as_the_environment_wants_them(
    run: "Run",
    api: "Api",
    row: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    colored: bool,
) -> None:
    monkeypatch.setenv(name, "1")
    api.on("GET", "/api/messages", {"messages": [row], "total": 1, "older": None})
    page = run("list", terminal=True).octets
    assert (b"\x1b[1m" in page) is (colored or name == "OTHER")

"""What is measured: ours in several ways, the C program that throws all away, and peers."""

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from bench.processes import Place, Server, free_port, running
from bench.programs import environment, find

HOST = "127.0.0.1"
ROOT = Path(__file__).parents[1]

Start: TypeAlias = Callable[[Sequence[str]], AbstractContextManager[Server]]
"""Starts it; the words are further options of ours, others take none."""


class Target(NamedTuple):
    """A server to be measured; ``peer`` is one that the command line named."""

    name: str
    start: Start
    peer: bool = False


SINK = "smtp-sink"
MEMORY = "mailtrap"
FILE = "mailtrap file"
DURABLE = "mailtrap file, durable"
AIOSMTPD = "aiosmtpd"
MAILDEV = "maildev"


def targets(peers: Sequence[tuple[str, Place]] = ()) -> dict[str, Target]:
    """All that can be run here, by name."""
    found = [
        *_programs(),
        Target(MEMORY, _ours),
        Target(FILE, _ours_in_file()),
        Target(DURABLE, _ours_in_file("--durable")),
        *(Target(name, _elsewhere(place), peer=True) for name, place in peers),
    ]
    return {target.name: target for target in found}


def command(smtp: Place, http: Place, *options: str) -> list[str]:
    """The command that starts ours: no settings of this machine's, nothing but these."""
    listen = ("--smtp", f"{smtp.host}:{smtp.port}", "--http", f"{http.host}:{http.port}")
    return [sys.executable, "-m", "mailtrap", "serve", "--config", "off", *listen, *options]


STRANGE = ("MAILTRAP_", "PYTHONDONTWRITEBYTECODE")


def own_environment() -> dict[str, str]:
    """An environment in which the mailtrap of this checkout is the one that runs.

    With its bytecode, as where it was installed: to compile all modules anew takes 0.2 s.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STRANGE)}
    return {**kept, "PYTHONPATH": str(ROOT)}


@contextmanager
def _ours(options: Sequence[str]) -> Iterator[Server]:
    smtp, http = Place(HOST, free_port()), Place(HOST, free_port())
    words = command(smtp, http, *options)
    with running(words, smtp, http=http, environment=own_environment()) as server:
        yield server


def _ours_in_file(*more: str) -> Start:
    @contextmanager
    def start(options: Sequence[str]) -> Iterator[Server]:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mailtrap-bench-"))
            store = ("--store", str(Path(folder) / "mail.db"), *more)
            yield stack.enter_context(_ours([*store, *options]))

    return start


def _programs() -> Iterator[Target]:
    sink = find("smtp-sink")
    if sink:
        # It refuses to be root's.
        user = ("-u", "nobody") if os.geteuid() == 0 else ()
        yield Target(
            SINK, _program(lambda smtp, _: [sink, *user, f"{smtp.host}:{smtp.port}", "1000"], sink)
        )
    if importlib.util.find_spec("aiosmtpd"):
        script = Path(__file__).parent / "peers" / "keeping.py"
        yield Target(AIOSMTPD, _program(lambda smtp, _: [sys.executable, script, smtp.port]))
    for name, words in _ON_PATH.items():
        program = shutil.which(name) or _of_npm(name)
        if program:
            yield Target(name, _program(_filled(program, words)))


_ON_PATH: dict[str, str] = {
    "maildev": "--ip {host} --smtp {smtp} --web-ip {host} --web {http}",
    "mailpit": "--smtp {host}:{smtp} --listen {host}:{http} --quiet --max 0",
    "MailHog": "-smtp-bind-addr {host}:{smtp} -api-bind-addr {host}:{http}"
    " -ui-bind-addr {host}:{http}",
}


def _of_npm(name: str) -> str | None:
    path = ROOT / "bench" / "node_modules" / ".bin" / name
    return str(path) if path.exists() else None


def _filled(program: str, words: str) -> Callable[[Place, Place], list[str]]:
    def command(smtp: Place, http: Place) -> list[str]:
        return [program, *words.format(host=smtp.host, smtp=smtp.port, http=http.port).split()]

    return command


def _program(
    command: Callable[[Place, Place], Sequence[object]], program: Path | None = None
) -> Start:
    @contextmanager
    def start(options: Sequence[str]) -> Iterator[Server]:
        smtp, http = Place(HOST, free_port()), Place(HOST, free_port())
        words = [str(word) for word in command(smtp, http)]
        around = environment(program) if program else None
        with running(words, smtp, environment=around) as server:
            yield server

    return start


def _elsewhere(place: Place) -> Start:
    @contextmanager
    def start(options: Sequence[str]) -> Iterator[Server]:
        yield Server(place)

    return start

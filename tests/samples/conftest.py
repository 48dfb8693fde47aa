"""A server for the sample suites, and where what they need is found."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent

# The suites of these samples are run in processes of their own, as their users would.
collect_ignore_glob = ["flask_shop/*", "django_shop/*"]


def clean_environment() -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("MAILTRAP_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that a sample talks to."""

    url: str
    host: str
    port: str

    @property
    def environment(self) -> dict[str, str]:
        """What a sample is run with."""
        return {**clean_environment(), "MAILTRAP_URL": self.url}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this worker's own."""
    flags = ["--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--ready-format", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "mailtrap", "serve", *flags, "--config", "off"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        cwd=tmp_path_factory.mktemp("server"),
    )
    assert process.stdout is not None
    with process, process.stdout as told:
        ready = json.loads(told.readline())
        host, _, port = ready["listeners"][0]["url"].partition("//")[2].rpartition(":")
        yield Server(ready["http"][0], host, port)
        process.terminate()


def program(name: str) -> str:
    """Where a program is; the test is skipped where it is not."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} on this machine")
    return found


def run_sample(command: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    """What a sample says; the test fails with all of it where the sample fails."""
    ended = subprocess.run(
        command, cwd=folder, env={**environment}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout

"""Other people's programs: found or missed, and run in a home of their own."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn, TypeAlias

import pytest

SECONDS = 40.0
CLIENTS = Path(__file__).parent / "clients"
CACHE = "MAILTRAP_INTEROP"

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[bytes]]
"""``run(*command, content=b"", code=0, **variables)``: a program that has ended, its home empty."""


def cache() -> Path:
    """Where ``.ci/install-clients`` puts what is only unpacked."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(CACHE) or Path(home) / "mailtrap-interop")


def need(program: str, package: str) -> str:
    """The path of a program. Without it the test is skipped, or under CI has failed."""
    found = shutil.which(program)
    if found is None:
        missed(program, package)
    return found


def need_file(path: Path, package: str) -> Path:
    """A file that a package brings; as ``need``."""
    if not path.exists():
        missed(path.name, package)
    return path


def missed(what: str, package: str) -> NoReturn:
    """Skip or fail: there is no such program."""
    unavailable(f"{what} is missing: .ci/install-clients installs it (package {package})")


def unavailable(sentence: str) -> NoReturn:
    """Skip the test, or under CI fail: it cannot be run here."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def run_in(
    home: Path,
    command: tuple[str | Path, ...],
    content: bytes,
    code: int | None,
    variables: Mapping[str, str],
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; it must exit with ``code``, whatever that is where None."""
    ended = subprocess.run(
        [str(part) for part in command],
        input=content,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            **variables,
        },
        cwd=home,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    if code is not None:
        assert ended.returncode == code, (ended.stdout + ended.stderr)[-4000:].decode(
            errors="replace"
        )
    return ended

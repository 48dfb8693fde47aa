"""Servers, a tap on the line, and clients' programs."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.interop.caught import Catcher, running
from tests.interop.programs import Run, run_in
from tests.interop.tap import Tap, tapped

USER, PASSWORD = "ann", "s3cret pass"


@pytest.fixture(scope="session")
def catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    """A server that takes any credentials: the default."""
    with running(tmp_path_factory.mktemp("catcher")) as server:
        yield server


@pytest.fixture(scope="session")
def checking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    """A server that knows one user, USER with PASSWORD, and demands AUTH."""
    users = {"MAILTRAP_USERS": f"{USER}:{PASSWORD}"}
    with running(tmp_path_factory.mktemp("checking"), "--auth-required", **users) as server:
        yield server


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    """A server that refuses what breaks the RFCs."""
    with running(tmp_path_factory.mktemp("strict"), "--strict") as server:
        yield server


@pytest.fixture
def recipient() -> str:
    """An address that no other test uses."""
    return f"{uuid4().hex[:16]}@interop.test"


@pytest.fixture
def tap(catcher: Catcher) -> Iterator[Tap]:
    """A tap before the plain listener of ``catcher``."""
    with tapped(catcher.ports["smtp"]) as one:
        yield one


@pytest.fixture
def checking_tap(checking: Catcher) -> Iterator[Tap]:
    """A tap before the plain listener of ``checking``."""
    with tapped(checking.ports["smtp"]) as one:
        yield one


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program in an empty home."""

    def running_it(
        *command: str | Path, content: bytes = b"", code: int | None = 0, **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        return run_in(tmp_path, command, content, code, variables)

    return running_it

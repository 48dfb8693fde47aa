"""The pytest plugin: an inbox for each test, faults that stay in it, the whole story on failure.

Importing it starts nothing and imports little: a session pays only for what it uses.
"""

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mailtrap.client import AsyncInbox, Client, FaultHandle, Inbox
    from mailtrap.client.records import SmtpEndpoint
    from mailtrap.testing.inboxes import Opened
    from mailtrap.testing.servers import Server

FAILED = pytest.StashKey[bool]()
"""Whether a test failed in its setup or its call."""

OPENED: "pytest.StashKey[Opened]" = pytest.StashKey()
"""The inboxes that a test opened."""

MARKER = "mailtrap(timeout, prefix): how long waits of this test wait, how its addresses begin"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; each is an ini key too, with underscores."""
    group = parser.getgroup("mailtrap", "mail that tests send")
    rows = (
        ("url", "URL", "the server to use; without one the plugin starts its own"),
        ("mode", "MODE", "thread (the default), subprocess, external (that of MAILTRAP_URL)"),
        ("timeout", "SECONDS", "how long a wait waits where it says nothing else (10)"),
        ("artifacts", "DIR", "a folder for the mails and dialogues of failed tests"),
    )
    for name, metavar, text in rows:
        group.addoption(f"--mailtrap-{name}", metavar=metavar, default=None, help=text)
        parser.addini(f"mailtrap_{name}", text, default="")
    group.addoption(
        "--mailtrap-keep", action="store_true", help="keep the inboxes of tests that passed, too"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line("markers", MARKER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failed test, once, what came into its inboxes."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        if OPENED in item.stash:
            from mailtrap.testing.artifacts import tell  # noqa: PLC0415 - few tests fail

            tell(item.stash[OPENED], report, setting(item.config, "artifacts"))
            del item.stash[OPENED]
    return report


def setting(config: pytest.Config, name: str) -> str:
    """An option of the command line, else of the ini file, else empty."""
    return str(config.getoption(f"mailtrap_{name}") or config.getini(f"mailtrap_{name}") or "")


@pytest.fixture(scope="session")
def mailtrap_server(request: pytest.FixtureRequest) -> Iterator["Server"]:
    """The server: one of this session's (under xdist: of this worker's) own, or that of a URL."""
    # Imported where a server is wanted: a session without mail does not pay for it.
    from mailtrap.testing.servers import STARTERS, found  # noqa: PLC0415

    url = setting(request.config, "url")
    mode = setting(request.config, "mode") or "thread"
    if url or mode == "external":
        yield found(url or None)
        return
    if mode not in STARTERS:
        modes = ", ".join([*STARTERS, "external"])
        raise pytest.UsageError(f"mailtrap_mode: {mode!r} is none of {modes}")
    with STARTERS[mode]() as started:
        yield found(started)


@pytest.fixture(scope="session")
def mailtrap_smtp(mailtrap_server: "Server") -> "SmtpEndpoint":
    """Where the app under test sends its mail: ``host``, ``port``."""
    return mailtrap_server.smtp


@pytest.fixture(scope="session")
def mailtrap_client(mailtrap_server: "Server", pytestconfig: pytest.Config) -> "Client":
    """A client of the server."""
    from mailtrap.client import Client  # noqa: PLC0415 - see mailtrap_server

    return Client(mailtrap_server.url, timeout=float(setting(pytestconfig, "timeout") or 10))


@pytest.fixture(scope="session")
def mailtrap_env(mailtrap_server: "Server") -> dict[str, str]:
    """Environment variables for subprocesses that are to find the server."""
    from mailtrap.testing.servers import variables  # noqa: PLC0415 - see mailtrap_server

    return variables(mailtrap_server)


@pytest.fixture
def mailtrap_inbox_factory(
    request: pytest.FixtureRequest, mailtrap_client: "Client"
) -> Iterator[Callable[..., "Inbox"]]:
    """Opens inboxes of this test: ``factory(**options)``. They go when it passes."""
    from mailtrap.testing.inboxes import Opened, options_of  # noqa: PLC0415 - see mailtrap_server

    opened = request.node.stash[OPENED] = Opened()

    def open_inbox(**options: object) -> "Inbox":
        inbox = mailtrap_client.inbox(**{**options_of(request.node), **options})
        opened.timed(inbox, request.node)
        return inbox

    yield open_inbox
    opened.end(keep=_kept(request))


@pytest.fixture
def mailtrap_inbox(mailtrap_inbox_factory: Callable[..., "Inbox"]) -> "Inbox":
    """An inbox of this test, with an address of its own."""
    return mailtrap_inbox_factory()


@pytest.fixture
def mailtrap_async_inbox(mailtrap_inbox: "Inbox") -> "AsyncInbox":
    """The inbox of this test, for tests with asyncio: the same names, to be awaited."""
    from mailtrap.client.aio import awaiting  # noqa: PLC0415 - see mailtrap_server

    return awaiting(mailtrap_inbox)


@pytest.fixture
def mailtrap_fault(
    request: pytest.FixtureRequest, mailtrap_inbox: "Inbox"
) -> Iterator[Callable[..., "FaultHandle"]]:
    """Adds faults to the inbox of this test: ``mailtrap_fault(reply="451 …", times=2)``.

    They go with the test; one that was to act so many ``times`` and did not fails it
    (``strict=False``: it does not).
    """
    from mailtrap.testing.faults import Faults  # noqa: PLC0415 - see mailtrap_server

    faults = Faults(mailtrap_inbox)
    yield faults.add
    try:
        faults.end()
    except AssertionError:
        request.node.stash[FAILED] = True  # So that its inbox stays, and is told of.
        raise


@pytest.fixture
def mailtrap_django(mailtrap_smtp: "SmtpEndpoint") -> Iterator[None]:
    """Let Django send to the server, whichever style of settings it has."""
    from mailtrap.testing.django import sending_to  # noqa: PLC0415 - Django may not be there

    with sending_to(mailtrap_smtp.host, mailtrap_smtp.port):
        yield


def _kept(request: pytest.FixtureRequest) -> bool:
    failed = request.node.stash.get(FAILED, False)
    return failed or bool(request.config.getoption("mailtrap_keep"))

"""The clients of other languages' standard libraries, and the best known of Java and PHP."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, SEVEN_BIT, with_lf
from tests.interop.programs import CLIENTS, Run, cache, need, need_file, run_in
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop

Send: TypeAlias = Callable[..., None]
"""``send(port, recipients, content, **variables)``."""


@pytest.fixture(scope="session")
def go_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client of Go, linked against its standard library as the installation compiled it."""
    compiler = need("go", "golang-go")
    compiled = need_file(cache() / "go", "golang-go")
    folder = tmp_path_factory.mktemp("go")
    command = (compiler, "build", "-o", folder / "send", CLIENTS / "send.go")
    run_in(folder, command, b"", 0, {"GOCACHE": str(compiled)})
    return folder / "send"


@pytest.fixture
def send(request: pytest.FixtureRequest, run: Run) -> Send:
    """Sends with the client that the test is parametrised with."""

    def sending(port: int, recipients: str, content: bytes, **variables: str) -> None:
        command: tuple[str | Path, ...] = COMMANDS[request.param](request)
        where = {"PORT": str(port), "SENDER": SENDER, "RECIPIENTS": recipients}
        run(*command, content=content, **where, **variables)

    return sending


def go(request: pytest.FixtureRequest) -> tuple[str | Path, ...]:
    return (request.getfixturevalue("go_program"),)


def perl(request: pytest.FixtureRequest) -> tuple[str | Path, ...]:
    return (need("perl", "perl"), CLIENTS / "send.pl")


def ruby(request: pytest.FixtureRequest) -> tuple[str | Path, ...]:
    return (need("ruby", "ruby"), CLIENTS / "send.rb")


COMMANDS = {"go": go, "perl": perl, "ruby": ruby}
every_client = pytest.mark.parametrize("send", COMMANDS, indirect=True)


@every_client
@pytest.mark.parametrize("message", [SEVEN_BIT, EIGHT_BIT], ids=["7bit", "8bit"])
def test_a_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, send: Send, message: bytes
) -> None:
    send(tap.port, f"other@interop.test {recipient}", message)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == message
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == ("other@interop.test", recipient)
    assert caught.session.end == "the client quit"
    assert caught.errors == set()


@every_client
def test_line_feeds_of_unix_go_over_the_wire_as_the_client_makes_them(
    catcher: Catcher, tap: Tap, recipient: str, send: Send
) -> None:
    send(tap.port, recipient, with_lf(SEVEN_BIT))
    assert overheard(catcher, tap, recipient).caught.raw == SEVEN_BIT


@pytest.mark.parametrize(
    ("send", "asked", "mechanism"),
    [
        ("go", "PLAIN", "PLAIN"),
        ("go", "CRAM-MD5", "CRAM-MD5"),
        ("ruby", "plain", "PLAIN"),
        ("ruby", "login", "LOGIN"),
        ("ruby", "cram_md5", "CRAM-MD5"),
        ("perl", "", "CRAM-MD5"),
    ],
    indirect=["send"],
)
def test_a_known_user_gets_in(
    checking: Catcher, recipient: str, send: Send, asked: str, mechanism: str
) -> None:
    who = {"USERNAME": USER, "PASSWORD": PASSWORD, "MECHANISM": asked}
    send(checking.ports["smtp"], recipient, SEVEN_BIT, **who)
    caught = checking.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.auth[:2] == (mechanism, USER)


@pytest.mark.parametrize(
    ("send", "secure", "listener"),
    [
        ("go", "starttls", "starttls"),
        ("ruby", "starttls", "starttls"),
        ("ruby", "tls", "smtps"),
        ("perl", "starttls", "starttls"),
        ("perl", "tls", "smtps"),
    ],
    indirect=["send"],
)
def test_tls_with_the_ca_trusted(
    catcher: Catcher, recipient: str, send: Send, secure: str, listener: str
) -> None:
    trust = {"CA": str(catcher.ca), "SECURE": secure}
    send(catcher.ports[listener], recipient, EIGHT_BIT, **trust)
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert caught.message.trace.listener == listener
    asks_for_utf8 = "SMTPUTF8" in caught.mail_params  # Go does, whatever the message is like
    assert caught.message.trace.protocol == ("UTF8SMTPS" if asks_for_utf8 else "ESMTPS")


@pytest.mark.parametrize("send", ["perl"], indirect=True)
def test_perl_asks_for_delivery_status_notifications(
    catcher: Catcher, tap: Tap, recipient: str, send: Send
) -> None:
    asked = {"RETURN": "HDRS", "NOTIFY": "SUCCESS,DELAY"}
    send(tap.port, recipient, SEVEN_BIT, **asked)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.mail_params == {"RET": "HDRS", "ENVID": "an=id"}
    assert caught.rcpt_params == [{"NOTIFY": "SUCCESS,DELAY"}]

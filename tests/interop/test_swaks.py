"""swaks."""

from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, with_lf
from tests.interop.programs import Run, need
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop


@pytest.fixture
def swaks(recipient: str) -> tuple[str, ...]:
    program = need("swaks", "swaks")
    return (
        program,
        "--from",
        SENDER,
        "--to",
        recipient,
        "--helo",
        "client.test",
        "--timeout",
        "20",
    )


def at(port: int) -> tuple[str, ...]:
    return ("--server", "127.0.0.1", "--port", str(port))


@pytest.mark.parametrize("options", [(), ("--pipeline",)], ids=["plain", "pipeline"])
def test_a_message_stays_as_it_was(
    catcher: Catcher,
    tap: Tap,
    recipient: str,
    run: Run,
    swaks: tuple[str, ...],
    tmp_path: Path,
    options: tuple[str, ...],
) -> None:
    (tmp_path / "m.eml").write_bytes(with_lf(EIGHT_BIT))
    run(*swaks, *at(tap.port), "--data", "@m.eml", *options)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw.rstrip() == EIGHT_BIT.rstrip()
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient,)
    assert caught.session.end == "the client quit"


@pytest.mark.parametrize(
    ("options", "listener", "protocol"),
    [
        (("--tls",), "starttls", "ESMTPS"),
        (("--tlsc",), "smtps", "ESMTPS"),
        (("--protocol", "LMTP"), "lmtp", "LMTP"),
        (("--protocol", "SMTP"), "smtp", "SMTP"),
    ],
)
def test_each_way_of_delivery(
    catcher: Catcher,
    recipient: str,
    run: Run,
    swaks: tuple[str, ...],
    options: tuple[str, ...],
    listener: str,
    protocol: str,
) -> None:
    run(*swaks, *at(catcher.ports[listener]), *options, "--body", ".\n..two")
    caught = catcher.caught(recipient)
    assert (caught.message.text or "").startswith(".\n..two")
    assert caught.message.trace.listener == listener
    assert caught.message.trace.protocol == protocol
    assert (caught.message.trace.tls is not None) == (protocol == "ESMTPS")


def test_tls_is_verified_against_the_ca(
    catcher: Catcher, recipient: str, run: Run, swaks: tuple[str, ...]
) -> None:
    verified = ("--tlsc", "--tls-verify", "--tls-ca-path", catcher.ca)
    run(*swaks, *at(catcher.ports["smtps"]), *verified)
    assert catcher.caught(recipient).message.trace.tls is not None


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_any_credentials_are_taken(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, swaks: tuple[str, ...], mechanism: str
) -> None:
    run(*swaks, *at(tap.port), "--auth", mechanism, "-au", "anyone", "-ap", "any thing")
    caught = overheard(catcher, tap, recipient).caught
    assert caught.auth == (mechanism, "anyone", "any thing")


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_known_user_gets_in(
    checking: Catcher, recipient: str, run: Run, swaks: tuple[str, ...], mechanism: str
) -> None:
    who = ("--auth", mechanism, "-au", USER, "-ap", PASSWORD)
    run(*swaks, *at(checking.ports["smtp"]), *who)
    assert checking.caught(recipient).auth[:2] == (mechanism, USER)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_wrong_password_is_refused(
    checking: Catcher, checking_tap: Tap, run: Run, swaks: tuple[str, ...], mechanism: str
) -> None:
    who = ("--auth", mechanism, "-au", USER, "-ap", "wrong")
    run(*swaks, *at(checking_tap.port), *who, code=28)
    session = checking.only_session(checking_tap)
    assert (session.auth, session.attempts) == (None, 0)


@pytest.mark.parametrize("mechanism", ["CRAM-MD5", "DIGEST-MD5", "CRAM-SHA1", "NTLM"])
def test_what_is_not_offered_is_not_used(
    catcher: Catcher, tap: Tap, run: Run, swaks: tuple[str, ...], mechanism: str
) -> None:
    who = ("--auth", mechanism, "-au", "a", "-ap", "b")
    assert run(*swaks, *at(tap.port), *who, code=None).returncode != 0
    session = catcher.only_session(tap)
    assert (session.auth, session.attempts) == (None, 0)


def test_the_null_reverse_path(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, swaks: tuple[str, ...]
) -> None:
    run(*swaks, *at(tap.port), "--from", "<>")
    assert overheard(catcher, tap, recipient).caught.message.envelope.mail_from == ""


@pytest.mark.parametrize(
    ("stage", "reached", "end"),
    [
        ("RCPT", "rcpt", "the client closed the connection"),
        ("DATA", "data", "the client left in the middle of DATA"),
    ],
)
def test_a_transaction_that_is_dropped_is_recorded(
    catcher: Catcher,
    recipient: str,
    run: Run,
    swaks: tuple[str, ...],
    stage: str,
    reached: str,
    end: str,
) -> None:
    run(*swaks, *at(catcher.ports["smtp"]), "--drop-after", stage, code=None)
    attempt = catcher.attempt(recipient)
    assert (attempt.verdict, attempt.stage, attempt.message) == ("aborted", reached, None)
    assert catcher.session(attempt.session).end == end
    assert catcher.messages(recipient) == []

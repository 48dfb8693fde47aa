"""msmtp."""

from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, SEVEN_BIT, with_lf
from tests.interop.programs import Run, need
from tests.interop.tap import Tap, tapped

pytestmark = pytest.mark.interop


@pytest.fixture
def msmtp(recipient: str) -> tuple[str, ...]:
    program = need("msmtp", "msmtp")
    return (program, "--file=/dev/null", "--host=localhost", f"--from={SENDER}", recipient)


@pytest.mark.parametrize("message", [SEVEN_BIT, EIGHT_BIT], ids=["7bit", "8bit"])
def test_a_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, msmtp: tuple[str, ...], message: bytes
) -> None:
    dsn = ("--dsn-return=hdrs", "--dsn-notify=failure,delay")
    run(*msmtp, "other@interop.test", f"--port={tap.port}", *dsn, content=with_lf(message))
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == message
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.mail_params["RET"] == "HDRS"
    assert caught.rcpt_params == [{"NOTIFY": "FAILURE,DELAY"}] * 2
    assert caught.session.end == "the client quit"
    assert caught.errors == set()


@pytest.mark.parametrize(
    ("options", "listener", "protocol"),
    [
        ((), "starttls", "ESMTPS"),
        (("--tls-starttls=off",), "smtps", "ESMTPS"),
    ],
)
def test_tls_with_the_ca_trusted(
    catcher: Catcher,
    recipient: str,
    run: Run,
    msmtp: tuple[str, ...],
    options: tuple[str, ...],
    listener: str,
    protocol: str,
) -> None:
    trust = ("--tls=on", f"--tls-trust-file={catcher.ca}", *options)
    run(*msmtp, f"--port={catcher.ports[listener]}", *trust, content=with_lf(EIGHT_BIT))
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert (caught.message.trace.listener, caught.message.trace.protocol) == (listener, protocol)


def test_lmtp(catcher: Catcher, recipient: str, run: Run, msmtp: tuple[str, ...]) -> None:
    options = (f"--port={catcher.ports['lmtp']}", "--protocol=lmtp")
    run(*msmtp, "other@interop.test", *options, content=with_lf(SEVEN_BIT))
    caught = catcher.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.message.trace.protocol == "LMTP"
    finals = [one.final or "" for one in caught.attempt.recipients]
    assert all(final.startswith("250 2.") for final in finals)
    assert len(finals) == 2


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"])
def test_a_known_user_gets_in(
    checking: Catcher,
    recipient: str,
    run: Run,
    msmtp: tuple[str, ...],
    tmp_path: Path,
    mechanism: str,
) -> None:
    (tmp_path / "secret").write_text(PASSWORD)
    tls = ("--tls=on", f"--tls-trust-file={checking.ca}", f"--port={checking.ports['submission']}")
    who = (f"--auth={mechanism.lower()}", f"--user={USER}", "--passwordeval=cat secret")
    run(*msmtp, *tls, *who, content=with_lf(SEVEN_BIT))
    caught = checking.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.auth[:2] == (mechanism, USER)
    assert caught.message.trace.protocol == "ESMTPSA"


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_a_bearer_token_is_taken_and_shown(
    catcher: Catcher, recipient: str, run: Run, msmtp: tuple[str, ...], mechanism: str
) -> None:
    tls = ("--tls=on", f"--tls-trust-file={catcher.ca}", f"--port={catcher.ports['submission']}")
    who = (f"--auth={mechanism.lower()}", "--user=anyone", "--passwordeval=echo t0ken")
    run(*msmtp, *tls, *who, content=with_lf(SEVEN_BIT))
    assert catcher.caught(recipient).auth == (mechanism, "anyone", "t0ken")


def test_a_wrong_password_is_refused(checking: Catcher, run: Run, msmtp: tuple[str, ...]) -> None:
    who = ("--auth=scram-sha-256", f"--user={USER}", "--passwordeval=echo wrong")
    with tapped(checking.ports["submission"]) as tap:
        tls = ("--tls=on", f"--tls-trust-file={checking.ca}", f"--port={tap.port}")
        ended = run(*msmtp, *tls, *who, content=with_lf(SEVEN_BIT), code=None)
        session = checking.only_session(tap)
    assert ended.returncode != 0
    assert b"535" in ended.stderr
    assert (session.auth, session.attempts) == (None, 0)

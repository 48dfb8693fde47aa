"""curl."""

from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, SEVEN_BIT, with_lf
from tests.interop.programs import Run, need
from tests.interop.tap import Tap, tapped
from tests.interop.wire import replies

pytestmark = pytest.mark.interop


@pytest.fixture
def curl() -> tuple[str, ...]:
    return (need("curl", "curl"), "--silent", "--show-error", "--max-time", "20")


def envelope(recipient: str) -> tuple[str, ...]:
    return ("--mail-from", SENDER, "--mail-rcpt", recipient)


@pytest.mark.parametrize("message", [SEVEN_BIT, EIGHT_BIT], ids=["7bit", "8bit"])
def test_a_file_stays_as_it_was(
    catcher: Catcher,
    tap: Tap,
    recipient: str,
    run: Run,
    curl: tuple[str, ...],
    tmp_path: Path,
    message: bytes,
) -> None:
    (tmp_path / "m.eml").write_bytes(message)
    two = (*envelope(recipient), "--mail-rcpt", "other@interop.test")
    run(*curl, f"smtp://127.0.0.1:{tap.port}", *two, "-T", "m.eml")
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == message
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.mail_params["SIZE"] == str(len(message))
    assert caught.errors == set()


def test_crlf_makes_line_ends_right(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    url = f"smtp://127.0.0.1:{tap.port}/client.test"
    run(*curl, url, *envelope(recipient), "--crlf", "-T", "-", content=with_lf(SEVEN_BIT))
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == SEVEN_BIT
    assert caught.message.trace.helo == "client.test"


def test_mail_auth_is_kept(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    url = f"smtp://127.0.0.1:{tap.port}"
    whose = ("-u", "anyone:any", "--mail-auth", "<whose@sender.test>")
    run(*curl, url, *envelope(recipient), *whose, "-T", "-", content=SEVEN_BIT)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == SEVEN_BIT
    assert caught.mail_params["AUTH"] == "whose@sender.test"
    assert "F-PARAM-AUTH-FORM" in {one.id for one in caught.session.findings}


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_known_user_gets_in(
    checking: Catcher, recipient: str, run: Run, curl: tuple[str, ...], mechanism: str
) -> None:
    url = f"smtp://127.0.0.1:{checking.ports['smtp']}"
    who = ("-u", f"{USER}:{PASSWORD}", "--login-options", f"AUTH={mechanism}")
    run(*curl, url, *envelope(recipient), *who, "-T", "-", content=SEVEN_BIT)
    caught = checking.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.auth[:2] == (mechanism, USER)


def test_a_wrong_password_is_refused(
    checking: Catcher, checking_tap: Tap, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    url = f"smtp://127.0.0.1:{checking_tap.port}"
    wrong = (*envelope(recipient), "-u", f"{USER}:wrong")
    ended = run(*curl, url, *wrong, "-T", "-", content=SEVEN_BIT, code=67)
    assert b"denied" in ended.stderr
    session = checking.only_session(checking_tap)
    assert (session.auth, session.attempts) == (None, 0)


def test_a_bearer_token_is_taken_and_shown(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    url = f"smtp://127.0.0.1:{tap.port}"
    who = ("-u", "anyone:", "--oauth2-bearer", "t0ken")
    run(*curl, url, *envelope(recipient), *who, "-T", "-", content=SEVEN_BIT)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.auth == ("OAUTHBEARER", "anyone", "t0ken")


@pytest.mark.parametrize(("scheme", "listener"), [("smtp", "starttls"), ("smtps", "smtps")])
def test_tls_with_the_ca_trusted(
    catcher: Catcher,
    recipient: str,
    run: Run,
    curl: tuple[str, ...],
    scheme: str,
    listener: str,
) -> None:
    url = f"{scheme}://localhost:{catcher.ports[listener]}"
    trust = ("--ssl-reqd", "--cacert", str(catcher.ca))
    run(*curl, url, *trust, *envelope(recipient), "-T", "-", content=EIGHT_BIT)
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert caught.message.trace.listener == listener
    assert caught.message.trace.tls is not None
    assert caught.message.trace.tls.version == "TLSv1.3"


def test_without_trust_nothing_is_sent(
    catcher: Catcher, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    with tapped(catcher.ports["smtps"]) as tap:
        url = f"smtps://localhost:{tap.port}"
        run(*curl, url, *envelope(recipient), "-T", "-", content=SEVEN_BIT, code=60)
        session = catcher.only_session(tap)
    assert session.attempts == 0
    assert "F-TLS-FAIL" in {one.id for one in session.findings}


def test_vrfy_is_neither_affirmed_nor_denied(
    tap: Tap, recipient: str, run: Run, curl: tuple[str, ...]
) -> None:
    run(*curl, f"smtp://127.0.0.1:{tap.port}", "--mail-rcpt", recipient)
    (conversation,) = tap.conversations()
    assert f"VRFY {recipient}".encode() in conversation.client
    assert replies(bytes(conversation.server))[2].startswith("252 2.")


def test_expn_is_refused(tap: Tap, run: Run, curl: tuple[str, ...]) -> None:
    run(*curl, f"smtp://127.0.0.1:{tap.port}", "-X", "EXPN", "--mail-rcpt", "list", code=8)
    (conversation,) = tap.conversations()
    assert b"EXPN list" in conversation.client
    assert replies(bytes(conversation.server))[2].startswith("502 5.")

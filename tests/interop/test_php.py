"""PHPMailer."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import SENDER
from tests.interop.programs import CLIENTS, Run, need, need_file
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop

TEXT = ".\r\n..two\r\nGrüße\r\n"


@pytest.fixture
def php() -> tuple[str | Path, ...]:
    need_file(Path("/usr/share/php/libphp-phpmailer/src/SMTP.php"), "libphp-phpmailer")
    return (need("php", "php-cli"), CLIENTS / "send.php")


def settings(port: int, *recipients: str) -> Mapping[str, str]:
    return {"PORT": str(port), "SENDER": SENDER, "RECIPIENTS": " ".join(recipients)}


def test_a_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, php: tuple[str | Path, ...]
) -> None:
    where = settings(tap.port, recipient, "other@interop.test")
    run(*php, content=TEXT.encode(), NOTIFY="SUCCESS,FAILURE", **where)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.rcpt_params == [{"NOTIFY": "SUCCESS,FAILURE"}] * 2
    assert caught.message.subject == "Grüße"
    assert (caught.message.text or "").rstrip() == TEXT.replace("\r\n", "\n").rstrip()
    assert [one.filename for one in caught.message.attachments] == ["octets.bin"]
    assert caught.errors == set()


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_known_user_gets_in(
    checking: Catcher, recipient: str, run: Run, php: tuple[str | Path, ...], mechanism: str
) -> None:
    who = {"MECHANISM": mechanism, "USERNAME": USER, "PASSWORD": PASSWORD}
    run(*php, content=b"text", **settings(checking.ports["smtp"], recipient), **who)
    assert checking.caught(recipient).auth[:2] == (mechanism, USER)


@pytest.mark.parametrize(("secure", "listener"), [("tls", "starttls"), ("ssl", "smtps")])
def test_tls_with_the_ca_trusted(
    catcher: Catcher,
    recipient: str,
    run: Run,
    php: tuple[str | Path, ...],
    secure: str,
    listener: str,
) -> None:
    trust = {"SECURE": secure, "CA": str(catcher.ca)}
    run(*php, content=b"text", **settings(catcher.ports[listener], recipient), **trust)
    trace = catcher.caught(recipient).message.trace
    assert (trace.listener, trace.protocol) == (listener, "ESMTPS")

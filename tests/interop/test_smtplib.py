"""Python's smtplib."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, SEVEN_BIT
from tests.interop.tap import Tap, tapped

pytestmark = pytest.mark.interop

HOST = "127.0.0.1"
SECONDS = 20


@pytest.mark.parametrize("message", [SEVEN_BIT, EIGHT_BIT], ids=["7bit", "8bit"])
def test_a_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, message: bytes
) -> None:
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        assert client.sendmail(SENDER, ["other@interop.test", recipient], message) == {}
    heard = overheard(catcher, tap, recipient)
    caught = heard.caught
    assert caught.raw == message
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == ("other@interop.test", recipient)
    assert set(caught.mail_params) == {"SIZE"}
    assert caught.session.end == "the client quit"
    assert caught.errors == set()


def test_bare_line_feeds_stay_and_are_told(catcher: Catcher, tap: Tap, recipient: str) -> None:
    message = b"Subject: lf\n\nraw\n.dot\nend"
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        client.sendmail(SENDER, recipient, message)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == b"Subject: lf\n\nraw\n..dot\nend\r\n"
    assert {one.id for one in caught.message.findings} >= {"F-BARE-LF", "F-DOT-AFTER-LF"}


def test_addresses_in_utf_8_arrive(catcher: Catcher, tap: Tap, recipient: str) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "josé@sender.test", f"日本@interop.test, {recipient}"
    message["Subject"] = "Grüße"
    message.set_content("Grüße, 日本\n", cte="8bit")
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        client.send_message(message)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.mail_from == "josé@sender.test"
    assert caught.message.envelope.rcpt_to == ("日本@interop.test", recipient)
    assert caught.mail_params.keys() >= {"SMTPUTF8", "BODY"}
    assert caught.mail_params["BODY"] == "8BITMIME"
    assert caught.message.subject == "Grüße"
    assert caught.message.text == "Grüße, 日本\n"
    assert caught.errors == set()


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_any_credentials_are_taken_and_shown(
    catcher: Catcher, tap: Tap, recipient: str, mechanism: str
) -> None:
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        client.ehlo()
        client.user, client.password = "anyone", "any thing"
        authobject = {"PLAIN": client.auth_plain, "LOGIN": client.auth_login}[mechanism]
        assert client.auth(mechanism, authobject)[0] == 235
        client.sendmail(SENDER, recipient, SEVEN_BIT)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == SEVEN_BIT
    assert caught.auth == (mechanism, "anyone", "any thing")
    assert caught.message.trace.protocol == "ESMTPA"


def test_a_known_user_gets_in_with_cram_md5(checking: Catcher, recipient: str) -> None:
    with smtplib.SMTP(HOST, checking.ports["smtp"], timeout=SECONDS) as client:
        assert client.login(USER, PASSWORD)[0] == 235
        client.sendmail(SENDER, recipient, SEVEN_BIT)
    caught = checking.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.auth[:2] == ("CRAM-MD5", USER)


def test_a_wrong_password_is_refused_and_so_is_mail_without_auth(
    checking: Catcher, checking_tap: Tap
) -> None:
    with smtplib.SMTP(HOST, checking_tap.port, timeout=SECONDS) as client:
        with pytest.raises(smtplib.SMTPAuthenticationError) as refusal:
            client.login(USER, "wrong")
        assert refusal.value.smtp_code == 535
        assert client.mail(SENDER)[0] == 530
    session = checking.only_session(checking_tap)
    assert (session.auth, session.messages) == (None, 0)


def test_starttls_with_the_ca_trusted(catcher: Catcher, recipient: str) -> None:
    context = ssl.create_default_context(cafile=str(catcher.ca))
    with smtplib.SMTP("localhost", catcher.ports["submission"], timeout=SECONDS) as client:
        client.starttls(context=context)
        client.login("anyone", "any thing")
        client.sendmail(SENDER, recipient, EIGHT_BIT)
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert caught.message.trace.listener == "submission"
    assert caught.message.trace.protocol == "ESMTPSA"
    assert caught.message.trace.tls is not None
    assert caught.message.trace.tls.sni == "localhost"


def test_tls_from_the_first_octet(catcher: Catcher, recipient: str) -> None:
    context = ssl.create_default_context(cafile=str(catcher.ca))
    port = catcher.ports["smtps"]
    with smtplib.SMTP_SSL("localhost", port, timeout=SECONDS, context=context) as client:
        client.sendmail(SENDER, recipient, SEVEN_BIT)
    caught = catcher.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.message.trace.protocol == "ESMTPS"


def test_a_handshake_without_trust_fails_and_is_recorded(catcher: Catcher) -> None:
    context = ssl.create_default_context()
    with tapped(catcher.ports["smtps"]) as tap:
        with pytest.raises(ssl.SSLCertVerificationError):
            smtplib.SMTP_SSL("localhost", tap.port, timeout=SECONDS, context=context)
        session = catcher.only_session(tap)
    assert (session.listener, session.messages) == ("smtps", 0)
    assert "F-TLS-FAIL" in {one.id for one in session.findings}
    assert "unknown ca" in (session.end or "").lower()


def test_lmtp(catcher: Catcher, recipient: str) -> None:
    with smtplib.LMTP(HOST, catcher.ports["lmtp"]) as client:
        assert client.sendmail(SENDER, [recipient], SEVEN_BIT) == {}
    caught = catcher.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.message.trace.protocol == "LMTP"
    assert (caught.attempt.recipients[0].final or "").startswith("250 2.")


def test_several_messages_in_one_session(catcher: Catcher, tap: Tap, recipient: str) -> None:
    messages = [b"Subject: %d\r\n\r\n.\r\n" % number for number in range(5)]
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        for message in messages:
            client.sendmail(SENDER, recipient, message)
            assert client.noop()[0] == 250
            assert client.rset()[0] == 250
    rows = catcher.messages(recipient)
    assert [catcher.whole(row).raw for row in rows] == messages
    assert len({row.session for row in rows}) == 1


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda client: client.verify("bob@interop.test"), 252),
        (lambda client: client.expn("list"), 502),
        (lambda client: client.docmd("HELP"), 214),
        (lambda client: client.docmd("TURN"), 502),
        (lambda client: client.docmd("NONSENSE"), 500),
        (lambda client: client.docmd("RCPT", "TO:<b@y.test>"), 503),
    ],
    ids=["vrfy", "expn", "help", "turn", "nonsense", "rcpt first"],
)
def test_enquiries_are_answered(
    tap: Tap, ask: Callable[[smtplib.SMTP], tuple[int, bytes]], code: int
) -> None:
    with smtplib.SMTP(HOST, tap.port, timeout=SECONDS) as client:
        client.ehlo()
        assert ask(client)[0] == code

"""smtpproto: a client that reads replies rigorously."""

import ssl
import warnings
from email.message import EmailMessage

import pytest
from smtpproto.auth import PlainAuthenticator, SMTPAuthenticator
from smtpproto.protocol import SMTPException

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import SENDER
from tests.interop.tap import Tap

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports an alias of anyio's
    from smtpproto.client import SyncSMTPClient

pytestmark = pytest.mark.interop


def message_to(recipient: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, recipient, "Grüße"
    message.set_content(".\n..two\nGrüße\n", cte="8bit")
    return message


def test_a_message_stays_as_it_was(catcher: Catcher, tap: Tap, recipient: str) -> None:
    with SyncSMTPClient("127.0.0.1", tap.port, domain="client.test").connect() as session:
        session.send_message(message_to(recipient))
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.text == ".\n..two\nGrüße\n"
    assert caught.message.envelope.mail_from == SENDER
    assert caught.mail_params["BODY"] == "8BITMIME"
    assert caught.message.trace.helo == "client.test"
    assert caught.session.end == "the client quit"


def test_starttls_then_auth(checking: Catcher, recipient: str) -> None:
    """PLAIN only: its LOGIN does not wait for the second prompt, and so fails everywhere."""
    secured(checking, PlainAuthenticator(USER, PASSWORD)).send_message(message_to(recipient))
    caught = checking.caught(recipient)
    assert caught.message.trace.protocol == "UTF8SMTPSA"
    assert caught.auth == ("PLAIN", USER, PASSWORD)


def test_a_wrong_password_is_refused(checking: Catcher) -> None:
    client = secured(checking, PlainAuthenticator(USER, "wrong"))
    with pytest.raises(SMTPException, match="535"), client.connect():
        pass


def secured(server: Catcher, authenticator: SMTPAuthenticator) -> SyncSMTPClient:
    return SyncSMTPClient(
        "localhost",
        server.ports["submission"],
        domain="client.test",
        ssl_context=ssl.create_default_context(cafile=str(server.ca)),
        authenticator=authenticator,
    )

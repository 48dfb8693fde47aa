"""The shop's own tests: the plugin starts a server in this process; nothing is to be installed."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from shop import (  # type: ignore[import-not-found]  # it is beside this file when this runs
    Mailer,
    create_app,
)

from mailtrap.client import Inbox, NoMessage
from mailtrap.client.records import SmtpEndpoint


@pytest.fixture
def mailer(mailtrap_smtp: SmtpEndpoint) -> Mailer:
    return Mailer(mailtrap_smtp.host, mailtrap_smtp.port)


@pytest.fixture
def client(mailer: Mailer) -> FlaskClient:
    client: FlaskClient = create_app(mailer).test_client()
    return client


def test_who_signs_up_can_confirm(client: FlaskClient, mailtrap_inbox: Inbox) -> None:
    address = mailtrap_inbox.address
    with mailtrap_inbox.expecting(subject="Confirm your email") as mail:
        client.post("/signup", data={"email": address})
    assert mail.message.sender.address == "no-reply@shop.example.com"
    link = mail.message.link("/confirm/")
    assert client.get(urlsplit(link).path).status_code == 200
    assert client.get(f"/users/{address}").json == {"confirmed": True}


def test_a_code_that_is_sent_again_is_another_one(
    client: FlaskClient, mailtrap_inbox: Inbox
) -> None:
    client.post("/login", data={"email": mailtrap_inbox.address})
    first = mailtrap_inbox.wait(subject="code").code()
    client.post("/login", data={"email": mailtrap_inbox.address})
    assert mailtrap_inbox.wait(subject="code").code() != first


def test_receipts_are_sent_again_after_a_greylisting(
    client: FlaskClient, mailer: Mailer, mailtrap_inbox: Inbox
) -> None:
    with mailtrap_inbox.fault(reply="451 4.7.1 Greylisted, try again", times=2):
        client.post("/order", data={"email": mailtrap_inbox.address})
        mailer.run_queue(3)
    assert [attempt.code for attempt in mailtrap_inbox.wait_attempts(3)] == [451, 451, 250]
    receipt = mailtrap_inbox.wait(subject="Your receipt")
    assert receipt.attachment("receipt-*.pdf").content == b"%PDF-1.4"


def test_nothing_is_sent_again_after_a_hard_bounce(
    client: FlaskClient, mailer: Mailer, mailtrap_inbox: Inbox
) -> None:
    with mailtrap_inbox.fault(reply="550 5.1.1 No such user"):
        client.post("/order", data={"email": mailtrap_inbox.address})
        mailer.run_queue(3)
    assert [attempt.code for attempt in mailtrap_inbox.wait_attempts(1)] == [550]
    mailtrap_inbox.expect_none()


def test_a_failure_tells_what_did_come(client: FlaskClient, mailtrap_inbox: Inbox) -> None:
    client.post("/login", data={"email": mailtrap_inbox.address})
    with pytest.raises(NoMessage, match=r"Your login code.*subject differs"):
        mailtrap_inbox.wait(subject="Reset your password", timeout=0.1)

"""The examples of the guide, and what a test is told when mail is not as it expects."""

import re
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from mailtrap.client import (
    AsyncClient,
    Client,
    Inbox,
    MailtrapUnavailable,
    NoAttempt,
    NoMessage,
    NoSuchAttachment,
    NoSuchCode,
    NoSuchLink,
    TooManyMessages,
    UnexpectedMessage,
)
from mailtrap.testing.thread import ServerThread
from tests.client.shop import SENDER, Shop


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    thread = ServerThread()
    yield Client(thread.start())
    thread.stop()


@pytest.fixture
def inbox(client: Client) -> Inbox:
    return client.inbox()


@pytest.fixture
def shop(inbox: Inbox) -> Shop:
    return Shop(inbox.smtp.host, inbox.smtp.port)


def test_sign_up(shop: Shop, inbox: Inbox) -> None:
    with inbox.expecting(subject="Confirm your email") as mail:
        shop.sign_up(inbox.address)
    assert mail.message.link("/confirm/") == "https://shop.example.com/confirm/9f8e?a=1&b=2"
    assert mail.message.sender.address == SENDER
    assert mail.message.envelope.rcpt_to == (inbox.address,)


def test_a_code_that_is_sent_again_differs(shop: Shop, inbox: Inbox) -> None:
    shop.log_in(inbox.address)
    first = inbox.wait(subject="code").code()
    shop.log_in(inbox.address)
    assert (first, inbox.wait(subject="code").code()) == ("481516", "234200")


def test_retries_on_greylisting(shop: Shop, inbox: Inbox) -> None:
    with inbox.fault(stage="rcpt", reply="451 4.7.1 Greylisted, try again", times=2) as fault:
        shop.send_receipt(inbox.address)
        shop.run_queue(3)
        assert fault.hits == 2
    assert [one.code for one in inbox.attempts()] == [451, 451, 250]
    assert [one.subject for one in inbox.messages()] == ["Your receipt"]


def test_a_hard_bounce_is_not_retried(shop: Shop, inbox: Inbox) -> None:
    with inbox.fault(stage="rcpt", reply="550 5.1.1 No such user"):
        shop.send_receipt(inbox.address)
        shop.run_queue(3)
    assert len(inbox.attempts()) == 1
    inbox.expect_none()


def test_mail_is_waited_for_that_comes_later(shop: Shop, inbox: Inbox) -> None:
    threading.Timer(0.05, shop.sign_up, [inbox.address]).start()
    assert inbox.wait(subject=re.compile("^Confirm")).subject == "Confirm your email"


def test_messages_are_given_in_whatever_order_they_are_asked_for(shop: Shop, inbox: Inbox) -> None:
    shop.log_in(inbox.address)
    shop.sign_up(inbox.new_address("second"))
    assert inbox.wait(subject="Confirm").subject == "Confirm your email"
    assert inbox.wait(subject="code").code() == "481516"
    inbox.expect_none()


def test_a_message_tells_everything(shop: Shop, inbox: Inbox) -> None:
    shop.send_receipt(inbox.address)
    message = inbox.wait(has="attachment", from_=SENDER, header={"Subject": "receipt"})
    assert message.attachment("r-*.pdf", content_type="application/pdf").content == b"%PDF-1.7"
    assert message.as_email()["Subject"] == "Your receipt"
    assert message.raw.startswith(b"From: Shop")
    assert message.header("to") == inbox.address
    assert (message.inbox, message.bcc) == (inbox.name, [])
    assert message.date is None
    assert inbox.sessions()[0].transcript[0].text.startswith("220 ")


def test_a_snapshot_is_the_same_for_the_same_mail(shop: Shop, client: Client) -> None:
    snapshots = []
    for inbox in (client.inbox(), client.inbox()):
        shop.sign_up(inbox.address)
        snapshots.append(inbox.wait().snapshot())
    assert snapshots[0] == snapshots[1]
    assert "Please confirm" in snapshots[0]


def test_faults_delay_and_drop(shop: Shop, inbox: Inbox) -> None:
    with (
        inbox.fault(delay=0.01, drop=True, reply=None, times=1),
        pytest.raises(Exception, match=r"closed|disconnected|Connection"),
    ):
        shop.sign_up(inbox.address)
    assert [one.verdict for one in inbox.wait_attempts(1)] == ["aborted"]


def test_two_where_one_was_expected_are_a_failure_that_names_both(shop: Shop, inbox: Inbox) -> None:
    shop.log_in(inbox.address)
    shop.log_in(inbox.address)
    with pytest.raises(TooManyMessages, match=r"expected 1 message[\s\S]*but 2 came"):
        inbox.wait()
    assert inbox.wait(latest=True).code() == "234200"


def test_nothing_that_came_is_a_failure_that_tells_what_did(shop: Shop, inbox: Inbox) -> None:
    shop.sign_up(inbox.address)
    with pytest.raises(NoMessage) as failed:
        inbox.wait(subject="Reset your password", timeout=0)
    story = str(failed.value)
    assert 'subject ~ "Reset your password"' in story
    assert "Confirm your email" in story
    assert "subject differs" in story
    assert "SMTP: 1 connection" in story


def test_what_came_unexpected_is_named(shop: Shop, inbox: Inbox) -> None:
    shop.sign_up(inbox.address)
    with pytest.raises(UnexpectedMessage, match=r"Confirm your email[\s\S]*SMTP: 1 connection"):
        inbox.expect_none()


def test_attempts_that_were_not_made_are_missed(inbox: Inbox) -> None:
    with pytest.raises(NoAttempt, match="expected 3 attempts"):
        inbox.wait_attempts(3, timeout=0)


def test_what_is_not_in_a_message_is_missed_with_what_is(shop: Shop, inbox: Inbox) -> None:
    shop.sign_up(inbox.address)
    message = inbox.wait()
    with pytest.raises(NoSuchLink, match=r"there is none such[\s\S]*/confirm/9f8e"):
        message.link("/reset/")
    with pytest.raises(NoSuchCode, match=r"\(none\)"):
        message.code()
    with pytest.raises(NoSuchAttachment, match="attachment"):
        message.attachment("*.pdf")


def test_a_word_that_is_no_criterion_suggests_the_right_one(inbox: Inbox) -> None:
    with pytest.raises(TypeError, match="did you mean subject"):
        inbox.wait(subjcet="x")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(MailtrapUnavailable, match=r"http://127\.0\.0\.1:1"):
        Client("http://127.0.0.1:1").inbox()


def test_the_server_tells_where_it_is(client: Client) -> None:
    info = client.info()
    assert info.url == client.url
    assert info.smtp.port == int(dict(info.listeners)["smtp"].rpartition(":")[2])


def test_a_search_finds_messages(shop: Shop, inbox: Inbox, client: Client) -> None:
    shop.sign_up(inbox.address)
    found = client.search("subject:confirm has:link", inbox=inbox.name)
    assert [one.subject for one in found] == ["Confirm your email"]
    assert client.message(found[0].id).text == found[0].text


def test_rules_of_all_inboxes(client: Client) -> None:
    with client.faults().add("vrfy 550 5.1.1 Nobody name=all"):
        assert [one["name"] for one in client.faults().list()] == ["all"]
    assert client.faults().list() == []


async def test_the_same_can_be_awaited(client: Client) -> None:
    inbox = await AsyncClient(client.url).inbox()
    shop = Shop(inbox.smtp.host, inbox.smtp.port)
    async with inbox.expecting(subject="Confirm") as mail:
        shop.sign_up(inbox.address)
    assert mail.message.raw.startswith(b"From:")
    async with inbox.fault(reply="550 5.1.1 No", times=1) as fault:
        shop.send_receipt(inbox.address)
        assert await fault.hits() == 1
    assert [one.code for one in await inbox.attempts()] == [250, 550]
    await inbox.expect_none()
    with pytest.raises(NoMessage, match="expected 1 message"):
        await inbox.wait(timeout=0)
    assert len(await inbox.messages()) == 1
    await inbox.close()
    with pytest.raises(MailtrapUnavailable):
        await AsyncClient("http://127.0.0.1:1").inbox()


def test_what_was_just_refused_is_among_the_attempts(shop: Shop, inbox: Inbox) -> None:
    for number in range(1, 21):
        with inbox.fault(reply="550 5.1.1 No such user", times=1):
            shop.send_receipt(inbox.address)
        assert len(inbox.attempts()) == number


def test_a_message_is_not_known_before_its_block_has_ended(inbox: Inbox) -> None:
    expectation = inbox.expecting()
    with pytest.raises(RuntimeError, match="has ended"):
        _ = expectation.message


def test_what_html_shows_and_where_answers_go(inbox: Inbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, inbox.address, "A picture"
    message["Reply-To"] = "Help <help@shop.example.com>, more@shop.example.com"
    message.set_content("text")
    message.add_alternative('<img src="cid:one">', subtype="html")
    body = message.get_body(("html",))
    assert isinstance(body, EmailMessage)
    body.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<one>")
    with smtplib.SMTP(inbox.smtp.host, inbox.smtp.port) as smtp:
        smtp.send_message(message)
    found = inbox.wait()
    assert [one.content for one in found.inline] == [b"GIF89a"]
    assert [one.address for one in found.reply_to] == [
        "help@shop.example.com",
        "more@shop.example.com",
    ]

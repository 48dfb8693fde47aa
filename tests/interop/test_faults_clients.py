"""What smtplib, nodemailer, swaks and curl make of failures, and what we show of it."""

import re
from collections.abc import Callable, Iterator
from time import monotonic
from typing import TypeAlias

import pytest

from mailtrap.api.shapes import Attempt
from tests.interop.caught import Catcher, running
from tests.interop.programs import Run
from tests.interop.senders import CLIENTS_BY_NAME, Mail

pytestmark = pytest.mark.interop

DELAY = 0.4
RULES = (
    "rcpt later-*@interop.test 451 4.7.1 Try later times=2 per=rcpt",
    "rcpt no-*@interop.test 550 5.1.1 No such user",
    "message bye-*@interop.test 421 4.3.2 Shutting down ; close",
    "message lost-*@interop.test keep ; reset times=1 per=rcpt",
    "message gone-*@interop.test discard",
    f"rcpt slow-*@interop.test delay {DELAY * 1000:.0f}ms",
    "rcpt odd-*@interop.test garble two-digits",
    "helo old.test 502 5.5.1 Command not implemented times=1 per=session",
    "auth locked@* 535 5.7.8 Authentication credentials invalid",
)

Sending: TypeAlias = Callable[[str, Mail], str]
"""``sending(client, mail)``: what the client of that name reports."""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    """A server that fails as the recipient's first word, EHLO and the user say."""
    flags = [part for rule in RULES for part in ("--fault", rule)]
    with running(tmp_path_factory.mktemp("failing"), *flags) as server:
        yield server


@pytest.fixture
def sending(failing: Catcher, run: Run) -> Sending:
    return lambda client, mail: CLIENTS_BY_NAME[client](run, failing.ports["smtp"], mail)


def each(**reports: str) -> pytest.MarkDecorator:
    """A test for each client, with the pattern of what it reports."""
    return pytest.mark.parametrize(("client", "reported"), list(reports.items()), ids=list(reports))


every_client = pytest.mark.parametrize("client", list(CLIENTS_BY_NAME))


def story(attempt: Attempt) -> tuple[str, bool, tuple[str, ...]]:
    """The verdict, whether a message was stored, and the rules that fired."""
    return attempt.verdict, attempt.message is not None, attempt.rules


@each(
    smtplib="SMTPRecipientsRefused later-.* 451",
    nodemailer="EENVELOPE 451",
    swaks="24",
    curl=r"curl: \(55\) RCPT failed: 451",
)
def test_a_451_is_told_twice_and_the_third_try_succeeds(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    to = f"later-{recipient}"
    first, second, third = (sending(client, Mail((to,))) for _ in range(3))
    assert re.fullmatch(reported, first)
    assert (second, third) == (first, "")
    attempts = failing.tried(to, 3)
    refused = ("refused", False, ("rcpt-451",))
    assert [story(one) for one in attempts] == [refused, refused, ("accepted", True, ())]
    told = [one.recipients[0].reply for one in attempts]
    assert told == ["451 4.7.1 Try later", "451 4.7.1 Try later", "250 2.1.5 Ok"]
    assert len(failing.messages(to)) == 1


@each(smtplib="no-.* 550", nodemailer="no-.* 550", swaks="")
def test_the_other_recipient_gets_what_one_is_refused(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    assert re.fullmatch(reported, sending(client, Mail((recipient, f"no-{recipient}"))))
    (attempt,) = failing.tried(recipient, 1)
    assert story(attempt) == ("accepted", True, ("rcpt-550",))
    assert [one.reply for one in attempt.recipients] == ["250 2.1.5 Ok", "550 5.1.1 No such user"]
    (row,) = failing.messages(recipient)
    assert row.envelope.rcpt_to == (recipient,)


def test_curl_sends_to_nobody_when_one_is_refused(
    failing: Catcher, sending: Sending, recipient: str
) -> None:
    report = sending("curl", Mail((recipient, f"no-{recipient}")))
    assert report == "curl: (55) RCPT failed: 550"
    (attempt,) = failing.tried(recipient, 1)
    assert [one.accepted for one in attempt.recipients] == [True, False]
    assert attempt.verdict != "accepted"
    assert failing.messages(recipient) == []


@each(smtplib="SMTPDataError 421", nodemailer="EMESSAGE 421", swaks="26", curl=r"curl: \(8\) .*")
def test_a_421_after_the_content_is_told_and_nothing_is_stored(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    to = f"bye-{recipient}"
    assert re.fullmatch(reported, sending(client, Mail((to,))))
    (attempt,) = failing.tried(to, 1)
    assert story(attempt) == ("refused", False, ("message-421",))
    assert attempt.reply == "421 4.3.2 Shutting down"
    assert failing.messages(to) == []


@each(
    smtplib="SMTPServerDisconnected",
    nodemailer="ECONNECTION|ESOCKET",
    swaks="6",
    curl=r"curl: \((55|56)\) .*",
)
def test_a_retry_after_a_lost_250_leaves_two_messages_and_the_attempts_show_why(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    to = f"lost-{recipient}"
    assert re.fullmatch(reported, sending(client, Mail((to,))))
    assert sending(client, Mail((to,))) == ""
    lost, answered = failing.tried(to, 2)
    assert story(lost) == ("aborted", True, ("message-keep",))
    assert lost.reply is None
    assert story(answered) == ("accepted", True, ())
    assert [row.id for row in failing.messages(to)] == [lost.message, answered.message]


@every_client
def test_a_discarded_message_is_a_success_for_the_client(
    failing: Catcher, sending: Sending, recipient: str, client: str
) -> None:
    to = f"gone-{recipient}"
    assert sending(client, Mail((to,))) == ""
    (attempt,) = failing.tried(to, 1)
    assert story(attempt) == ("accepted", False, ("message-discard",))
    assert (attempt.reply or "").startswith("250 2.0.0 ")
    assert failing.messages(to) == []


@every_client
def test_a_late_reply_is_waited_for(
    failing: Catcher, sending: Sending, recipient: str, client: str
) -> None:
    to = f"slow-{recipient}"
    began = monotonic()
    assert sending(client, Mail((to,))) == ""
    assert monotonic() - began >= DELAY
    assert failing.caught(to).attempt.rules == ("rcpt-delay",)


@each(
    smtplib="SMTPRecipientsRefused odd-.* 50",
    nodemailer="EENVELOPE 50",
    swaks="24",
    curl=r"curl: \(28\) .*",
)
def test_a_code_of_two_digits_is_no_success(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    to = f"odd-{recipient}"
    assert re.fullmatch(reported, sending(client, Mail((to,), patience=1)))
    (attempt,) = failing.tried(to, 1)
    assert attempt.rules == ("rcpt-garble",)
    said = failing.session(attempt.session).transcript
    note = r"rcpt-garble: the octets '50 2.1.5 Ok\r\n' instead of 250 2.1.5 Ok"
    assert note in [line.text for line in said if line.side == "*"]


@every_client
def test_a_refused_ehlo_makes_it_say_helo(
    failing: Catcher, sending: Sending, recipient: str, client: str
) -> None:
    assert sending(client, Mail((recipient,), helo="old.test")) == ""
    caught = failing.caught(recipient)
    assert [line.upper() for line in caught.said[:2]] == ["EHLO OLD.TEST", "HELO OLD.TEST"]
    assert caught.mail_params == {}
    assert caught.message.trace.protocol == "SMTP"


@each(
    smtplib="SMTPAuthenticationError 535",
    nodemailer="EAUTH 535",
    swaks="28",
    curl=r"curl: \(67\) Login denied",
)
def test_a_refused_login_is_told_and_no_mail_is_tried(
    failing: Catcher, sending: Sending, recipient: str, client: str, reported: str
) -> None:
    refused = Mail((recipient,), user="locked@app.test")
    assert re.fullmatch(reported, sending(client, refused))
    assert failing.attempts(recipient) == []
    assert sending(client, Mail((recipient,), user="other@app.test")) == ""
    assert failing.caught(recipient).auth[1] == "other@app.test"

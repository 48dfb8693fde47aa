"""What clients make of limits, of XCLIENT and of a Unix socket."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop.caught import Catcher, running
from tests.interop.content import SENDER, SEVEN_BIT
from tests.interop.programs import Run, need
from tests.interop.tap import Tap, tapped
from tests.interop.wire import replies

pytestmark = pytest.mark.interop

LARGE = SEVEN_BIT + b"x" * 70 + b"\r\n" + b"." * 70 + b"\r\n"


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    """A server with small limits that trusts this machine, with LMTP on a Unix socket."""
    folder = tmp_path_factory.mktemp("limited")
    limits = ("--max-size", str(len(SEVEN_BIT)), "--max-recipients", "2")
    trust = ("--trusted", "127.0.0.0/8", "--lmtp", f"unix:{folder}/lmtp")
    with running(folder, *limits, *trust) as server:
        yield server


@pytest.fixture
def limited_tap(limited: Catcher) -> Iterator[Tap]:
    with tapped(limited.ports["smtp"]) as one:
        yield one


def test_curl_is_told_at_mail_that_its_file_is_too_large(
    limited: Catcher, limited_tap: Tap, recipient: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "m.eml").write_bytes(LARGE)
    envelope = ("--mail-from", SENDER, "--mail-rcpt", recipient, "-T", "m.eml")
    run(need("curl", "curl"), "-sS", f"smtp://127.0.0.1:{limited_tap.port}", *envelope, code=55)
    (conversation,) = limited_tap.conversations()
    assert replies(bytes(conversation.server))[2].startswith("552 5.3.4")
    assert b"RCPT" not in conversation.client
    assert limited.only_session(limited_tap).messages == 0


def test_what_is_too_large_is_refused_after_its_end_and_the_session_goes_on(
    limited: Catcher, limited_tap: Tap, recipient: str
) -> None:
    with smtplib.SMTP("127.0.0.1", limited_tap.port, timeout=20) as client:
        client.ehlo()
        del client.esmtp_features["size"]
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            client.sendmail(SENDER, recipient, LARGE)
        assert refusal.value.smtp_code == 552
        client.sendmail(SENDER, recipient, SEVEN_BIT)
    refused, accepted = limited.attempts(recipient)
    assert (refused.verdict, refused.stage, refused.message) == ("refused", "content", None)
    assert accepted.message == limited.caught(recipient).message.id


def test_the_recipients_beyond_the_limit_are_told_to_the_client(
    limited: Catcher, recipient: str
) -> None:
    others = ["1@interop.test", "2@interop.test", "3@interop.test"]
    with smtplib.SMTP("127.0.0.1", limited.ports["smtp"], timeout=20) as client:
        refused = client.sendmail(SENDER, [recipient, *others], SEVEN_BIT)
    assert {address: code for address, (code, _) in refused.items()} == dict.fromkeys(
        others[1:], 452
    )
    (row,) = limited.messages(recipient)
    assert row.envelope.rcpt_to == (recipient, others[0])


def test_swaks_hands_over_the_client_with_xclient(
    limited: Catcher, recipient: str, run: Run
) -> None:
    where = ("--server", "127.0.0.1", "--port", str(limited.ports["smtp"]))
    who = ("--xclient", "ADDR=192.0.2.7 NAME=far.test", "--xclient-optional")
    run(
        need("swaks", "swaks"),
        *where,
        *who,
        "--from",
        SENDER,
        "--to",
        recipient,
        "--data",
        r"Subject: s\n\n.",
    )
    trace = limited.caught(recipient).message.trace
    assert trace.forwarded.items() >= {("ADDR", "192.0.2.7"), ("NAME", "far.test")}


def test_lmtp_over_a_unix_socket(limited: Catcher, recipient: str) -> None:
    with smtplib.LMTP(str(limited.ca.parents[1] / "lmtp")) as client:
        client.sendmail(SENDER, [recipient], SEVEN_BIT)
    caught = limited.caught(recipient)
    assert caught.raw == SEVEN_BIT
    assert caught.message.trace.local.startswith("unix:")

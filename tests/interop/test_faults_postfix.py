"""A Postfix that relays to us: its queue, its bounces."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from tests.interop.caught import Catcher, running
from tests.interop.content import SEVEN_BIT, with_lf
from tests.interop.postfix import relaying
from tests.interop.programs import Run

pytestmark = pytest.mark.interop

CONTENT = with_lf(SEVEN_BIT)
LATER = "rcpt later@*.test 451 4.7.1 Try later times=2"
NEVER = "rcpt no@*.test 550 5.1.1 No such user"
LOST = "message lost@*.test keep ; reset times=1"


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Catcher]:
    """A server that refuses ``later`` twice, ``no`` always, and keeps silent on ``lost`` once."""
    with running(tmp_path, "--fault", LATER, "--fault", NEVER, "--fault", LOST) as server:
        yield server


def bounce(catcher: Catcher, sender: str) -> Message:
    """The one message to a sender, which has no sender itself."""
    (row,) = catcher.messages(sender)
    assert row.envelope.mail_from == ""
    return message_from_bytes(catcher.get(f"/api/messages/{row.id}/raw"))


def reported(report: Message) -> list[tuple[str, str, str]]:
    """Recipient, action and status of each group in a report (RFC 3464 section 2.3)."""
    assert report.get_content_type() == "multipart/report"
    (status,) = (
        part for part in report.walk() if part.get_content_type() == "message/delivery-status"
    )
    _, *groups = (group for group in status.walk() if group is not status)
    return [(one["Final-Recipient"], one["Action"], one["Status"]) for one in groups]


def test_its_queue_tries_again_after_a_451_and_delivers_once(failing: Catcher, run: Run) -> None:
    with relaying(failing.ports["smtp"], run) as postfix:
        postfix.send("ann@app.test", "later@y.test", content=CONTENT)
        assert postfix.statuses(1) == [
            ("later@y.test", "deferred"),
            ("later@y.test", "deferred"),
            ("later@y.test", "sent"),
        ]
    attempts = failing.tried("later@y.test", 3)
    assert [one.verdict for one in attempts] == ["refused", "refused", "accepted"]
    assert [one.rules for one in attempts] == [("rcpt-451",), ("rcpt-451",), ()]
    (row,) = failing.messages("later@y.test")
    assert row.id == attempts[2].message
    assert failing.messages("ann@app.test") == []


def test_it_reports_a_550_to_the_sender(failing: Catcher, run: Run) -> None:
    with relaying(failing.ports["smtp"], run) as postfix:
        postfix.send("ann@app.test", "no@y.test", content=CONTENT)
        assert postfix.statuses(2) == [("no@y.test", "bounced"), ("ann@app.test", "sent")]
    assert reported(bounce(failing, "ann@app.test")) == [("rfc822; no@y.test", "failed", "5.1.1")]
    assert failing.messages("no@y.test") == []
    assert failing.attempt("no@y.test").rules == ("rcpt-550",)


def test_a_partial_refusal_reaches_the_others_and_bounces_one(failing: Catcher, run: Run) -> None:
    with relaying(failing.ports["smtp"], run) as postfix:
        postfix.send("ann@app.test", "a@y.test", "no@y.test", "b@y.test", content=CONTENT)
        assert sorted(postfix.statuses(2)) == [
            ("a@y.test", "sent"),
            ("ann@app.test", "sent"),
            ("b@y.test", "sent"),
            ("no@y.test", "bounced"),
        ]
    (row,) = failing.messages("a@y.test")
    assert row.envelope.rcpt_to == ("a@y.test", "b@y.test")
    assert reported(bounce(failing, "ann@app.test")) == [("rfc822; no@y.test", "failed", "5.1.1")]
    accepted = {one.address: one.accepted for one in failing.attempt("no@y.test").recipients}
    assert accepted == {"a@y.test": True, "no@y.test": False, "b@y.test": True}


def test_it_sends_twice_what_was_stored_without_an_answer(failing: Catcher, run: Run) -> None:
    with relaying(failing.ports["smtp"], run) as postfix:
        postfix.send("ann@app.test", "lost@y.test", content=CONTENT)
        assert postfix.statuses(1) == [("lost@y.test", "deferred"), ("lost@y.test", "sent")]
    lost, answered = failing.tried("lost@y.test", 2)
    assert (lost.verdict, lost.reply, lost.rules) == ("aborted", None, ("message-keep",))
    assert (answered.verdict, answered.rules) == ("accepted", ())
    rows = failing.messages("lost@y.test")
    assert [row.id for row in rows] == [lost.message, answered.message]
    assert [row.message_id for row in rows] == ["dots@sender.test"] * 2

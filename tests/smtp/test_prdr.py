"""PRDR (draft-hall-prdr-00): a reply for each recipient after the content."""

from dataclasses import replace

import pytest

from mailtrap.smtp.events import Content, Event
from mailtrap.smtp.personas import EXIM
from mailtrap.smtp.profile import EVERYDAY, Profile
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.state import State
from tests.smtp.talk import HELLO, LMTP, PLAIN, RCPT, Talk, every_cut, talk

OFFERING = replace(PLAIN, extensions=EVERYDAY | {"PRDR"})
ASKED = HELLO + b"MAIL FROM:<a@x.example> PRDR\r\n"
SECOND = b"RCPT TO:<c@y.example>\r\n"
CONTENT = b"DATA\r\nS: x\r\n\r\nb\r\n.\r\n"
CHUNK = b"BDAT 11 LAST\r\nS: x\r\n\r\nb\r\n"

NO = Reply(550, "No", "5.1.1")
LATER = Reply(451, "Later", "4.7.1")
YES = Reply(250, "Yes", "2.1.5")
BEGIN = Reply(353, "Begin")


def after_content(session: Talk) -> list[str]:
    """The replies behind the 354."""
    said = session.wire.decode().partition("354 ")[2].split("\r\n")
    return said[1:-1]


def content(session: Talk) -> Content:
    (event,) = (event for event in session.events if isinstance(event, Content))
    return event


def told(*given: Reply) -> Talk:
    """A session whose content was answered like this."""

    def decide(event: Event) -> tuple[Reply, ...] | None:
        return given if isinstance(event, Content) else None

    return talk(ASKED + RCPT + SECOND + CONTENT, OFFERING, decide=decide)


def test_it_is_offered_only_where_the_profile_has_it() -> None:
    assert "PRDR" not in talk(HELLO).last
    assert "250-PRDR\n" in talk(HELLO, OFFERING).last


def test_each_recipient_is_answered_and_then_the_whole() -> None:
    session = every_cut(ASKED + RCPT + SECOND + CONTENT + b"NOOP\r\n", OFFERING)
    assert after_content(session) == [
        "353 Replies for each recipient follow",
        "250 2.1.5 <b@y.example> Ok",
        "250 2.1.5 <c@y.example> Ok",
        "250 2.0.0 Ok: queued as ID",
        "250 2.0.0 Ok",
    ]
    assert session.ids == set()


def test_content_in_chunks_is_answered_in_the_same_way() -> None:
    session = every_cut(ASKED + RCPT + SECOND + CHUNK, OFFERING)
    assert session.codes[-4:] == ["353", "250 2.1.5", "250 2.1.5", "250 2.0.0"]
    assert session.last == "250 2.0.0 Ok: 11 octets queued as ID"


def test_one_recipient_gets_the_ordinary_reply() -> None:
    assert after_content(talk(ASKED + RCPT + CONTENT, OFFERING)) == ["250 2.0.0 Ok: queued as ID"]


def test_who_did_not_ask_gets_the_ordinary_reply() -> None:
    session = talk(HELLO + b"MAIL FROM:<a@x.example>\r\n" + RCPT + SECOND + CONTENT, OFFERING)
    assert after_content(session) == ["250 2.0.0 Ok: queued as ID"]


def test_who_asks_though_it_was_not_offered_is_understood_and_noted() -> None:
    session = talk(ASKED + RCPT + SECOND + CONTENT)
    assert session.codes[-4:] == ["353", "250 2.1.5", "250 2.1.5", "250 2.0.0"]
    assert session.ids == {"F-PARAM-UNKNOWN"}


def test_a_strict_server_that_does_not_offer_it_refuses_the_parameter() -> None:
    assert talk(ASKED, replace(PLAIN, strict=True)).codes[-1] == "555 5.5.4"


def test_it_takes_no_value() -> None:
    assert talk(HELLO + b"MAIL FROM:<a@x.example> PRDR=1\r\n", OFFERING).codes[-1] == "501 5.5.4"


def test_content_that_is_too_big_gets_one_reply() -> None:
    small = replace(OFFERING, limits=replace(OFFERING.limits, size=5))
    assert talk(ASKED + RCPT + SECOND + CONTENT, small).codes[-1] == "552 5.3.4"
    assert "353" not in talk(ASKED + RCPT + SECOND + CONTENT, small).codes


def test_lmtp_has_replies_of_its_own() -> None:
    session = talk(ASKED.replace(b"EHLO", b"LHLO") + RCPT + SECOND + CONTENT, LMTP)
    assert session.codes[-2:] == ["250 2.1.5", "250 2.1.5"]
    assert "353" not in session.codes


def test_exim_offers_it_and_says_it_without_enhanced_codes() -> None:
    exim = Profile(hostname="mx.test", persona=EXIM, extensions=frozenset(EXIM.ehlo))
    session = talk(ASKED + RCPT + SECOND + CONTENT, exim)
    assert "250-PRDR\n250 HELP" in str(session.replies[1])
    assert after_content(session) == [
        "353 PRDR content analysis beginning",
        "250 <b@y.example> Ok",
        "250 <c@y.example> Ok",
        "250 OK id=ID",
    ]


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ((BEGIN, YES, NO, YES), ["b@y.example"]),
        ((BEGIN, LATER, YES, YES), ["c@y.example"]),
        ((BEGIN, NO, LATER, LATER), []),
        ((BEGIN, YES, YES, NO), []),
        ((BEGIN, YES, YES, YES), ["b@y.example", "c@y.example"]),
    ],
)
def test_the_reply_on_the_whole_and_that_to_each_decide(
    given: tuple[Reply, ...], taken: list[str]
) -> None:
    session = told(*given)
    recipients = content(session).taken_for(given)
    assert [recipient.path.address for recipient in recipients] == taken
    dialogue = session.engine.session
    assert dialogue.messages == bool(taken)
    assert (dialogue.errors == 0) == bool(taken)
    assert dialogue.state is State.SAID_HELLO


def test_without_the_reply_on_the_whole_nobody_takes_it() -> None:
    event = content(told(BEGIN, YES, YES, YES))
    assert event.taken_for((BEGIN, YES, YES)) == ()
    assert event.to_each((BEGIN, YES)) == (YES,)


def test_all_say_keeps_the_353() -> None:
    event = content(told(BEGIN, YES, YES, YES))
    assert [reply.code for reply in event.all_say(LATER)] == [353, 451, 451, 451]


def test_a_421_to_one_recipient_ends_the_session() -> None:
    assert told(BEGIN, Reply(421, "Bye"), YES, YES).engine.closed

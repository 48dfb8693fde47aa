"""The reply moves the state: what follows is what was answered, not what was asked."""

from dataclasses import replace

import pytest

from mailtrap.smtp.engine import Engine, ProtocolError
from mailtrap.smtp.events import Content, Event
from mailtrap.smtp.profile import EVERYDAY, Profile
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.sasl import Identity
from mailtrap.smtp.state import State
from tests.smtp.talk import HELLO, LMTP, MAIL, PLAIN, RCPT, READY, STRICT, Decide, every_cut, talk

NO = Reply(451, "Not now", "4.3.0")
YES = Reply(250, "If you say so", "2.0.0")
LOGIN = b"AUTH PLAIN AHVzZXIAcGFzcw==\r\n"
DATA = b"DATA\r\nx\r\n.\r\n"


def answering(stage: str, *given: Reply) -> Decide:
    """Other replies at one stage: one for all that are due, or each its own."""

    def decide(event: Event) -> tuple[Reply, ...] | None:
        if event.stage != stage:
            return None
        return given * len(event.proposals) if len(given) == 1 else given

    return decide


def test_a_refused_greeting_leaves_only_quit() -> None:
    session = talk(HELLO + MAIL + b"BDAT 6\r\nQUIT\r\nQUIT\r\n", decide=answering("greeting", NO))
    assert session.codes == ["503"] + ["503 5.5.1"] * 2 + ["221 2.0.0"]
    assert session.engine.closed


def test_a_refused_ehlo_leaves_no_trace() -> None:
    session = talk(HELLO, decide=answering("helo", NO))
    known = session.engine.session
    assert (known.helo, known.greeted_by, known.state) == (None, "", State.GREETED)


def test_a_refused_ehlo_within_a_transaction_does_not_end_it() -> None:
    session = talk(READY).send(b"EHLO x.y\r\n", answering("helo", NO)).send(DATA)
    assert session.contents == [b"x\r\n"]
    assert session.engine.session.helo == "client.example"


def test_a_refused_sender_opens_no_transaction() -> None:
    session = talk(READY, decide=answering("mail", NO))
    assert session.codes[1:] == ["451 4.3.0", "503 5.5.1"]
    assert session.engine.session.transaction is None


def test_a_refused_recipient_is_not_in_the_envelope() -> None:
    session = talk(HELLO + MAIL)
    session.send(b"RCPT TO:<no@y>\r\n", answering("rcpt", NO)).send(RCPT + DATA)
    recipients = session.stored[0].envelope.recipients
    assert [recipient.path.address for recipient in recipients] == ["b@y.example"]


def test_where_every_recipient_is_refused_data_says_so() -> None:
    assert talk(READY + DATA[:6], decide=answering("rcpt", NO)).codes[3:] == ["554 5.5.1"]
    lmtp = READY.replace(b"EHLO", b"LHLO") + DATA[:6]
    assert talk(lmtp, LMTP, decide=answering("rcpt", NO)).codes[3:] == ["503 5.5.1"]


def test_refused_data_reads_no_content_and_keeps_the_transaction() -> None:
    session = talk(READY).send(b"DATA\r\n", answering("data", NO)).send(DATA)
    assert session.codes[3:] == ["451 4.3.0", "354", "250 2.0.0"]


def test_data_answered_with_250_reads_no_content() -> None:
    session = talk(READY).send(b"DATA\r\n", answering("data", YES)).send(b"NOOP\r\n")
    assert session.codes[3:] == ["250 2.0.0", "250 2.0.0"]
    assert session.engine.session.state is State.RCPT


def test_refused_content_ends_the_transaction_all_the_same() -> None:
    session = talk(READY).send(DATA, answering("content", NO)).send(b"DATA\r\n" + MAIL)
    assert session.codes[3:] == ["354", "451 4.3.0", "503 5.5.1", "250 2.1.0"]
    assert session.stored == []
    assert session.engine.session.messages == 0


def test_lmtp_recipients_of_content_are_answered_each_for_itself() -> None:
    two = b"LHLO c.example\r\n" + MAIL + RCPT + b"RCPT TO:<c@y>\r\n"
    session = talk(two, LMTP).send(DATA, answering("content", YES, NO))
    assert session.codes[4:] == ["354", "250 2.0.0", "451 4.3.0"]
    assert session.engine.session.messages == 1


def test_a_refused_chunk_forgets_those_before() -> None:
    session = talk(READY + b"BDAT 2\r\nab").send(b"BDAT 2\r\ncd", answering("bdat", NO))
    session.send(b"BDAT 1 LAST\r\ne")
    assert session.codes[3:] == ["250 2.0.0", "451 4.3.0", "503 5.5.1"]
    assert session.engine.session.state is State.BDAT_FAILED
    assert session.stored == []


def test_a_refused_first_chunk_needs_rset_too() -> None:
    session = talk(READY).send(b"BDAT 2\r\nab", answering("bdat", NO))
    assert session.send(b"BDAT 1 LAST\r\nc").codes[3:] == ["451 4.3.0", "503 5.5.1"]


def test_a_refused_last_chunk_ends_the_transaction() -> None:
    session = talk(READY).send(b"BDAT 2 LAST\r\nab", answering("content", NO)).send(MAIL)
    assert session.codes[3:] == ["451 4.3.0", "250 2.1.0"]


def test_a_refused_rset_keeps_the_transaction() -> None:
    assert talk(READY).send(b"RSET\r\n", answering("rset", NO)).send(DATA).contents == [b"x\r\n"]


def test_a_refused_quit_does_not_end_the_session() -> None:
    session = talk(HELLO).send(b"QUIT\r\n", answering("quit", NO))
    assert not session.engine.closed


def test_a_refused_starttls_begins_no_tls() -> None:
    offered = replace(PLAIN, extensions=EVERYDAY | {"STARTTLS"})
    session = talk(HELLO + b"STARTTLS\r\n", offered, decide=answering("starttls", NO))
    assert not session.engine.wants_tls
    assert session.send(MAIL).codes[-1] == "250 2.1.0"


def test_refused_credentials_make_nobody_known() -> None:
    session = talk(HELLO + LOGIN, decide=answering("auth", NO))
    assert session.engine.session.identity is None
    assert session.send(b"AUTH LOGIN\r\n", answering("auth", NO)).send(b"NOOP\r\n").codes[2:] == [
        "451 4.3.0", "250 2.0.0",
    ]  # fmt: skip


def test_an_exchange_refused_half_way_is_over() -> None:
    session = talk(HELLO + b"AUTH LOGIN\r\n").send(b"dQ==\r\n", answering("auth", NO))
    assert session.send(b"NOOP\r\n").codes[1:] == ["334", "451 4.3.0", "250 2.0.0"]
    assert session.engine.session.identity is None


OK_AUTH = Reply(235, "fine", "2.7.0")


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (b"AUTH PLAIN AHVzZXIAd3Jvbmc=", Identity("PLAIN", "user", "wrong")),
        (b"AUTH PLAIN ****", Identity("PLAIN", "")),
        (b"AUTH NTLM", Identity("NTLM", "")),
        (b"AUTH LOGIN", Identity("LOGIN", "")),
    ],
)
def test_a_235_makes_the_client_known_whatever_it_said(line: bytes, who: Identity) -> None:
    checked = replace(PLAIN, users={"user": "pass"})
    session = talk(HELLO, checked).send(line + b"\r\n", answering("auth", OK_AUTH))
    assert session.engine.session.identity == who
    assert session.send(b"NOOP\r\n").codes[-1] == "250 2.0.0"


def test_a_235_to_a_second_auth_keeps_the_first_identity() -> None:
    session = talk(HELLO + LOGIN).send(b"AUTH LOGIN\r\n", answering("auth", OK_AUTH))
    assert session.engine.session.identity == Identity("PLAIN", "user", "pass")


@pytest.mark.parametrize("line", [LOGIN, b"AUTH PLAIN ****\r\n", b"AUTH NTLM\r\n", b"AUTH\r\n"])
def test_a_334_out_of_place_asks_for_one_more_line(line: bytes) -> None:
    session = talk(HELLO).send(line, answering("auth", Reply(334, "")))
    session.send(b"abcd\r\n").send(b"NOOP\r\n")
    assert session.codes[1] == "334"
    assert session.codes[2][:3] == "501"
    assert session.codes[3] == "250 2.0.0"
    assert session.engine.session.identity is None


@pytest.mark.parametrize(
    ("before", "line", "profile"),
    [
        (HELLO, b"RCPT TO:<b@y>\r\n", PLAIN),
        (READY, b"MAIL FROM:<z@y>\r\n", PLAIN),
        (HELLO, b"DATA\r\n", PLAIN),
        (HELLO, b"XX\r\n", PLAIN),
        (HELLO, b"RSET x\r\n", STRICT),
        (READY, b"AUTH LOGIN\r\n", PLAIN),
        (READY + b"BDAT 1\r\nx", b"RCPT TO:<c@y>\r\n", PLAIN),
    ],
)
def test_a_positive_reply_out_of_sequence_moves_nothing(
    before: bytes, line: bytes, profile: Profile
) -> None:
    session = talk(before, profile)
    state = session.engine.session.state
    transaction = session.engine.session.transaction
    recipients = len(transaction.recipients) if transaction else 0
    session.send(line, lambda _: (YES,))
    assert session.codes[-1] == "250 2.0.0"
    assert session.engine.session.state is state
    assert session.engine.session.transaction is transaction
    assert (len(transaction.recipients) if transaction else 0) == recipients


def test_a_positive_reply_to_a_recipient_that_would_be_refused_takes_it() -> None:
    session = talk(HELLO + MAIL, STRICT).send(b"RCPT TO:<b@ex_ample>\r\n", answering("rcpt", YES))
    assert [r.path.address for r in session.send(DATA).stored[0].envelope.recipients] == [
        "b@ex_ample"
    ]


def test_a_positive_reply_to_a_recipient_without_a_meaning_takes_nobody() -> None:
    session = talk(HELLO + MAIL).send(b"RCPT TO:<b@y,c@y>\r\n", answering("rcpt", YES))
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert transaction.recipients == []


def test_a_positive_reply_to_a_sender_without_a_meaning_takes_it_for_the_null_path() -> None:
    session = talk(HELLO).send(b"MAIL FROM:\r\n", answering("mail", YES)).send(RCPT + DATA)
    assert session.contents == [b"x\r\n"]
    assert session.stored[0].envelope.reverse_path.address == ""


def test_a_positive_reply_to_a_bad_greeting_name_takes_it() -> None:
    session = talk(b"EHLO bad name\r\n", STRICT, decide=answering("helo", YES))
    assert session.engine.session.helo == "bad name"
    assert session.engine.session.greeted_by == "EHLO"


@pytest.mark.parametrize("stage", ["helo", "mail", "rcpt", "data", "content", "noop"])
def test_a_421_ends_the_session_wherever_it_is_said(stage: str) -> None:
    bye = Reply(421, "Going down", "4.3.2")
    session = talk(READY + b"NOOP\r\nDATA\r\nx\r\n.\r\n" + MAIL, decide=answering(stage, bye))
    assert session.engine.closed
    assert session.codes[-1] == "421 4.3.2"
    assert session.stored == []


def test_an_event_waits_until_it_is_answered() -> None:
    engine = Engine(PLAIN)
    event = engine.next_event()
    assert event is not None
    assert engine.next_event() is None
    engine.answer(*event.proposals)
    assert engine.next_event() is None


def test_the_driver_must_answer_with_as_many_replies_as_are_due() -> None:
    engine = Engine(PLAIN)
    with pytest.raises(ProtocolError, match="no event"):
        engine.answer(YES)
    assert engine.next_event() is not None
    with pytest.raises(ProtocolError, match="1 replies are due, not 2"):
        engine.answer(YES, YES)


def test_a_session_closed_from_our_side_says_no_more() -> None:
    engine = Engine(PLAIN)
    engine.next_event()
    engine.close()
    assert engine.closed
    assert engine.next_event() is None


@pytest.mark.parametrize(
    ("sent", "rests"),
    [(b"", True), (HELLO, True), (HELLO + MAIL, False), (READY + DATA, True),
     (READY + b"DATA\r\nx", False), (HELLO + b"AUTH LOGIN\r\n", False), (b"QUIT\r\n", True)],
)  # fmt: skip
def test_a_session_is_at_rest_between_transactions(sent: bytes, rests: bool) -> None:
    assert talk(sent).engine.at_rest is rests


def test_an_engine_with_an_event_that_waits_is_not_at_rest() -> None:
    engine = Engine(PLAIN)
    assert engine.at_rest
    engine.next_event()
    assert not engine.at_rest


def test_the_same_reply_for_every_recipient_that_is_due_one() -> None:
    session = talk(b"LHLO c.e\r\n" + MAIL + RCPT + RCPT + DATA, LMTP)
    event = session.events[-1]
    assert isinstance(event, Content)
    assert event.all_say(NO) == (NO, NO)


def test_lmtp_names_each_recipient_in_its_reply() -> None:
    two = b"LHLO c.e\r\n" + MAIL + RCPT + b"RCPT TO:<>\r\nRCPT TO:<d@y>\r\n"
    session = every_cut(two + DATA, LMTP)
    assert session.codes == [
        "250", "250 2.1.0", "250 2.1.5", "501 5.1.3", "250 2.1.5", "354", "250 2.1.5", "250 2.1.5",
    ]  # fmt: skip
    assert "<b@y.example>" in str(session.replies[-2])
    assert "<d@y>" in str(session.replies[-1])

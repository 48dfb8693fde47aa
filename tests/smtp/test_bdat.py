"""Content by BDAT (RFC 3030): counted octets are always read, whatever is wrong."""

from dataclasses import replace

import pytest

from mailtrap.smtp.content import KEPT
from mailtrap.smtp.events import Content
from mailtrap.smtp.profile import EVERYDAY, Limits
from tests.smtp.talk import HELLO, LMTP, MAIL, PLAIN, RCPT, READY, STRICT, every_cut, talk

OK, OUT_OF_PLACE = "250 2.0.0", "503 5.5.1"
LMTP_READY = b"LHLO c.example\r\n" + MAIL


def test_chunks_make_up_a_message_without_a_line_end_added() -> None:
    session = every_cut(READY + b"BDAT 5\r\nhelloBDAT 0 LAST\r\n")
    assert session.contents == [b"hello"]
    assert [str(reply) for reply in session.replies[-2:]] == [
        "250 2.0.0 5 octets received",
        "250 2.0.0 Ok: 5 octets queued as ID",
    ]
    assert session.ids == set()


def test_chunks_know_no_dots() -> None:
    content = b".\r\n..\r\n"
    assert every_cut(READY + b"BDAT 7 LAST\r\n" + content).contents == [content]


def test_an_empty_last_chunk_alone_is_an_empty_message() -> None:
    session = every_cut(READY + b"BDAT 0 LAST\r\n")
    assert session.contents == [b""]
    assert session.content_ids == {"F-EMPTY"}
    assert session.ids == set()


def test_an_empty_chunk_that_is_not_the_last_is_found() -> None:
    session = every_cut(READY + b"BDAT 0\r\nBDAT 1 LAST\r\nx")
    assert session.codes[3:] == [OK, OK]
    assert session.ids == {"F-BDAT-NULL"}


def test_a_chunk_behind_rset_is_read_before_it_is_refused() -> None:
    session = every_cut(READY + b"BDAT 2\r\nabRSET\r\nBDAT 3\r\nabcNOOP\r\n")
    assert session.codes[3:] == [OK, OK, OUT_OF_PLACE, OK]


@pytest.mark.parametrize("before", [b"", MAIL])
def test_a_chunk_without_recipients_is_read_and_refused(before: bytes) -> None:
    session = every_cut(HELLO + before + b"BDAT 5\r\nhelloBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n")
    assert session.codes[-3:] == [OUT_OF_PLACE, OUT_OF_PLACE, OK]
    assert not session.engine.closed


def test_a_chunk_where_every_recipient_was_refused() -> None:
    session = every_cut(HELLO + MAIL + b"RCPT TO:<>\r\nBDAT 5 LAST\r\nhelloNOOP\r\n")
    assert session.codes[3:] == ["554 5.5.1", OK]


def test_lmtp_does_not_answer_a_last_chunk_that_has_no_recipients() -> None:
    session = every_cut(LMTP_READY + b"RCPT TO:<>\r\nBDAT 5 LAST\r\nhelloNOOP\r\n", LMTP)
    assert session.codes[2:] == ["501 5.1.3", OK]
    assert session.engine.session.transaction is None


def test_lmtp_answers_a_chunk_that_is_not_the_last() -> None:
    session = every_cut(LMTP_READY + b"RCPT TO:<>\r\nBDAT 5\r\nhelloNOOP\r\n", LMTP)
    assert session.codes[2:] == ["501 5.1.3", OUT_OF_PLACE, OK]


def test_lmtp_answers_the_last_chunk_once_a_recipient() -> None:
    two = RCPT + b"RCPT TO:<>\r\nRCPT TO:<c@y.example>\r\n"
    session = every_cut(LMTP_READY + two + b"BDAT 2\r\nabBDAT 3 LAST\r\ncde", LMTP)
    assert session.codes[5:] == [OK, "250 2.1.5", "250 2.1.5"]
    assert "<b@y.example>" in str(session.replies[-2])
    assert "<c@y.example>" in str(session.replies[-1])
    assert session.contents == [b"abcde"]


@pytest.mark.parametrize("line", [b"DATA", b"RCPT TO:<c@y>", b"MAIL FROM:<c@y>"])
def test_other_commands_of_a_transaction_are_out_of_place_behind_a_chunk(line: bytes) -> None:
    session = every_cut(READY + b"BDAT 5\r\nhello" + line + b"\r\n")
    assert session.codes[3:] == [OK, OUT_OF_PLACE]
    assert session.last.endswith("after BDAT")
    assert session.ids == {"F-BDAT-SEQ"}


@pytest.mark.parametrize("line", [b"RCPT TO:<c@y>", b"MAIL FROM:<c@y>"])
def test_the_chunks_are_kept_behind_a_command_out_of_place(line: bytes) -> None:
    session = every_cut(READY + b"BDAT 2\r\nab" + line + b"\r\nBDAT 1 LAST\r\nc")
    assert session.contents == [b"abc"]
    assert len(session.stored[0].envelope.recipients) == 1


def test_data_behind_a_chunk_needs_rset() -> None:
    session = every_cut(READY + b"BDAT 2\r\nabDATA\r\nBDAT 1 LAST\r\ncRSET\r\n")
    assert session.codes[3:] == [OK, OUT_OF_PLACE, OUT_OF_PLACE, OK]
    assert session.stored == []


def test_a_chunk_behind_the_last_is_out_of_place() -> None:
    session = every_cut(READY + b"BDAT 3 LAST\r\nabcBDAT 3\r\ndefNOOP\r\n")
    assert session.codes[3:] == [OK, OUT_OF_PLACE, OK]
    assert session.contents == [b"abc"]


def test_a_chunk_over_the_limit_is_read_and_all_that_follow_too() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    session = every_cut(
        READY + b"BDAT 20\r\n" + b"x" * 20 + b"BDAT 5\r\nhelloBDAT 0 LAST\r\nNOOP\r\n", small
    )
    assert session.codes[3:] == ["552 5.3.4", OUT_OF_PLACE, OUT_OF_PLACE, OK]
    assert session.ids == {"F-BDAT-NO-RSET"}


def test_chunks_may_not_exceed_the_limit_together() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    session = every_cut(READY + b"BDAT 6\r\nabcdefBDAT 5 LAST\r\nhelloNOOP\r\n", small)
    assert session.codes[3:] == [OK, "552 5.3.4", OK]
    event = session.events[-2]
    assert isinstance(event, Content)
    assert (event.refused, event.size) == (True, 11)
    exact = every_cut(READY + b"BDAT 6\r\nabcdefBDAT 4 LAST\r\nhellNOOP\r\n", small)
    assert exact.contents == [b"abcdefhell"]


def test_a_chunk_that_is_refused_is_not_kept() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    session = talk(READY + b"BDAT 10000000 LAST\r\n", small)
    for _ in range(100):
        session.send(b"x" * 100_000)
        assert session.engine.pending == 0
    event = session.events[-1]
    assert isinstance(event, Content)
    assert (event.size, len(event.content)) == (10_000_000, KEPT)


def test_lmtp_refuses_a_message_over_the_limit_once_a_recipient() -> None:
    small = replace(LMTP, limits=Limits(size=3))
    session = every_cut(LMTP_READY + RCPT + RCPT + b"BDAT 4 LAST\r\nabcd", small)
    assert session.codes[4:] == ["552 5.3.4", "552 5.3.4"]


@pytest.mark.parametrize(
    "line",
    [b"BDAT", b"BDAT -1", b"BDAT 5x", b"BDAT 0x5", b"BDAT 999999999999999999999", b"BDAT LAST",
     b"BDAT +5", b"BDAT 5\rLAST", b"BDAT 5\x00", b"BDAT \xd9\xa3"],
)  # fmt: skip
def test_a_chunk_of_unknown_length_ends_the_connection(line: bytes) -> None:
    for profile in (PLAIN, STRICT):
        session = every_cut(READY + line + b"\r\nRSET\r\nNOOP\r\n", profile)
        assert session.codes[3:] == ["501 5.5.4"]
        assert session.engine.closed


@pytest.mark.parametrize("rest", [b" FOO", b" LAST x", b" LA\x01ST"])
def test_where_only_the_word_behind_the_count_is_wrong_the_octets_are_read(rest: bytes) -> None:
    session = every_cut(READY + b"BDAT 6" + rest + b"\r\nQUIT\r\nNOOP\r\n")
    assert session.codes[3:][0][:3] in {"501", "500"}
    assert session.codes[4:] == [OK]


def test_strict_mode_refuses_a_bare_line_feed_but_reads_the_octets() -> None:
    session = every_cut(READY + b"BDAT 6 LAST\nQUIT\r\nNOOP\r\n", STRICT)
    assert session.codes[3:] == ["500 5.5.2", OK]
    assert not session.engine.closed


def test_an_overlong_bdat_line_ends_the_connection() -> None:
    short = replace(PLAIN, limits=Limits(line=1000))
    session = every_cut(READY + b"BDAT 6" + b" " * 1000 + b"LAST\r\nQUIT\r\n", short)
    assert session.codes[3:] == ["500 5.5.2"]
    assert session.engine.closed


def test_case_and_white_space_are_free() -> None:
    assert every_cut(READY + b"bDaT 3 lAsT\r\nabc").contents == [b"abc"]
    assert every_cut(READY + b"BDAT  3  LAST \r\nabc").contents == [b"abc"]


def test_a_whole_session_in_one_segment_as_exim_sends_it() -> None:
    content = b"Subject: t\r\n\r\n" + b"x" * 266
    segment = (
        b"MAIL FROM:<a@x> SIZE=1303\r\nRCPT TO:<b@y>\r\nRCPT TO:<c@y>\r\n"
        b"BDAT 280 LAST\r\n" + content + b"QUIT\r\n"
    )
    assert every_cut(HELLO + segment).contents == [content]
    session = talk(HELLO).send(segment)
    assert session.codes == ["250", "250 2.1.0", "250 2.1.5", "250 2.1.5", OK, "221 2.0.0"]
    assert session.contents == [content]
    assert session.all_ids == set()


def test_binarymime_keeps_every_octet() -> None:
    content = bytes(range(256)) + b"\n.\r\n.\r\n"
    session = every_cut(
        HELLO + b"MAIL FROM:<a@x> BODY=BINARYMIME\r\n" + RCPT
        + b"BDAT %d LAST\r\n" % len(content) + content
    )  # fmt: skip
    assert session.contents == [content]


def test_a_connection_lost_within_a_chunk_stores_nothing() -> None:
    session = every_cut(READY + b"BDAT 3\r\nabcBDAT 10 LAST\r\nhello", eof=True)
    assert session.stored == []
    assert session.ids == {"F-ABORT"}
    assert (session.left.where, session.left.size) == ("BDAT", 8)
    assert session.left.partial == b"abchello"


def test_a_connection_lost_between_chunks_tells_what_had_come() -> None:
    session = every_cut(READY + b"BDAT 3\r\nabc", eof=True)
    assert session.ids == {"F-ABORT"}
    assert (session.left.where, session.left.partial, session.left.size) == ("BDAT", b"abc", 3)


def test_a_connection_lost_within_a_chunk_out_of_place() -> None:
    session = every_cut(b"BDAT 10\r\nhello", eof=True)
    assert (session.left.where, session.left.partial, session.left.size) == ("BDAT", b"hello", 5)


def test_mail_behind_a_failed_chunk_begins_anew_but_for_strict_mode() -> None:
    small = Limits(size=3)
    failed = READY + b"BDAT 4\r\nabcd" + MAIL
    lenient = every_cut(failed + RCPT + b"BDAT 1 LAST\r\nx", replace(PLAIN, limits=small))
    assert lenient.codes[3:] == ["552 5.3.4", "250 2.1.0", "250 2.1.5", OK]
    assert lenient.contents == [b"x"]
    assert lenient.ids == {"F-BDAT-NO-RSET"}
    strict = every_cut(failed, replace(STRICT, limits=small))
    assert strict.codes[3:] == ["552 5.3.4", OUT_OF_PLACE]


@pytest.mark.parametrize("line", [RCPT, b"DATA\r\n", b"BDAT 1\r\nx"])
def test_nothing_but_rset_follows_a_failed_chunk(line: bytes) -> None:
    small = replace(PLAIN, limits=Limits(size=3))
    session = every_cut(READY + b"BDAT 4\r\nabcd" + line + b"RSET\r\n" + MAIL, small)
    assert session.codes[3:] == ["552 5.3.4", OUT_OF_PLACE, OK, "250 2.1.0"]
    assert session.ids == {"F-BDAT-NO-RSET"}


def test_strict_mode_refuses_bdat_where_it_was_not_offered_and_reads_the_octets() -> None:
    hidden = EVERYDAY - {"CHUNKING"}
    sent = READY + b"BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n"
    assert every_cut(sent, replace(PLAIN, extensions=hidden)).contents == [b"QUIT\r\n"]
    session = every_cut(sent, replace(STRICT, extensions=hidden))
    assert session.codes[3:] == ["502 5.5.1", OK]


def test_a_session_that_is_out_of_commands_does_not_wait_for_octets() -> None:
    few = replace(PLAIN, limits=Limits(commands=2))
    session = every_cut(b"NOOP\r\nNOOP\r\nBDAT 5\r\n", few)
    assert session.codes[2:] == ["421 4.7.0"]
    assert session.engine.closed

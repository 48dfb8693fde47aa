"""Command lines: how they end, what may stand in them, how long they may be."""

from dataclasses import replace

import pytest

from mailtrap.smtp.lines import ENDLESS, LineReader, Overlong
from mailtrap.smtp.profile import EVERYDAY, Limits
from tests.smtp.talk import HELLO, MAIL, PLAIN, RCPT, READY, STRICT, every_cut, talk

OK, SYNTAX = "250 2.0.0", "500 5.5.2"


@pytest.mark.parametrize(
    ("line", "lenient", "strict", "found"),
    [
        (b"NOOP\r\n", OK, OK, set()),
        (b"nOoP\r\n", OK, OK, set()),
        (b"NOOP\n", OK, SYNTAX, {"F-BARE-LF-CMD"}),
        (b"NOOP\r\r\n", OK, SYNTAX, {"F-CRCRLF"}),
        (b"NOOP\r\r\r\n", OK, SYNTAX, {"F-CRCRLF"}),
        (b"NO\rOP\r\n", SYNTAX, SYNTAX, {"F-CTRL-IN-CMD"}),
        (b"NOOP \x00\r\n", SYNTAX, SYNTAX, {"F-CTRL-IN-CMD"}),
        (b"NOOP \x7f\r\n", SYNTAX, SYNTAX, {"F-CTRL-IN-CMD"}),
        (b"\r\n", SYNTAX, SYNTAX, {"F-EMPTY-CMD"}),
        (b" \t\r\n", SYNTAX, SYNTAX, {"F-EMPTY-CMD"}),
        (b"  NOOP\r\n", OK, SYNTAX, {"F-WS"}),
        (b"NOOP\tx\r\n", OK, SYNTAX, {"F-WS"}),
        (b"NOOP  x\r\n", OK, "501 5.5.4", {"F-WS"}),
        (b"NOOP \r\n", OK, OK, {"F-WS-TRAILING"}),
        (b"NOOP x\t\r\n", OK, OK, {"F-WS-TRAILING"}),
        (b"NOOP anything at all\r\n", OK, OK, set()),
        (b"RSET\r\n", OK, OK, set()),
        (b"RSET x\r\n", OK, "501 5.5.4", {"F-CMD-ARG"}),
        (b"NOOP " + b"x" * 505 + b"\r\n", OK, OK, set()),
        (b"NOOP " + b"x" * 506 + b"\r\n", OK, SYNTAX, {"F-CMD-LEN"}),
        (b"XYZZY\r\n", SYNTAX, SYNTAX, set()),
        (b"XYZZY " + b"x" * 505 + b"\r\n", SYNTAX, SYNTAX, {"F-CMD-LEN"}),
        (b"X-CUSTOM a=b\r\n", SYNTAX, SYNTAX, set()),
    ],
)
def test_a_line(line: bytes, lenient: str, strict: str, found: set[str]) -> None:
    session = every_cut(HELLO + line + b"NOOP\r\n")
    assert session.codes[1:] == [lenient, OK]
    assert session.ids == found
    assert every_cut(HELLO + line + b"NOOP\r\n", STRICT).codes[1:] == [strict, OK]


@pytest.mark.parametrize(
    "line", [b"EHLO x.example \r\n", b"MAIL FROM:<a@x> \r\n", b"RSET \r\n", b"HELP\t\r\n"]
)
def test_white_space_at_the_end_is_taken_even_by_strict_servers(line: bytes) -> None:
    session = every_cut(HELLO + line, STRICT)
    assert session.codes[1][0] == "2"
    assert session.ids == {"F-WS-TRAILING"}


def test_commands_of_any_case() -> None:
    session = every_cut(
        b"eHlO x.example\r\naUtH pLaIn AHVzZXIAcGFzcw==\r\n"
        b"mAiL fRoM:<a@x> sIzE=3\r\nrCpT tO:<b@y>\r\nbDaT 3 lAsT\r\nabcqUiT\r\n",
        STRICT,
    )
    assert session.codes == [
        "250", "235 2.7.0", "250 2.1.0", "250 2.1.5", OK, "221 2.0.0",
    ]  # fmt: skip
    assert session.ids == {"F-AUTH-CLEAR"}


def test_an_overlong_line_is_dropped_and_the_next_command_works() -> None:
    session = every_cut(HELLO + b"x" * 100_000 + b"\r\nNOOP\r\n")
    assert session.codes[1:] == [SYNTAX, OK]
    assert session.ids == {"F-CMD-LEN"}


def test_of_an_overlong_line_no_more_than_the_limit_is_kept() -> None:
    session = talk(HELLO)
    for _ in range(100):
        session.send(b"x" * 1000)
        assert session.engine.pending <= PLAIN.limits.line + 1000
    assert session.send(b"\r\nNOOP\r\n").codes[1:] == [SYNTAX, OK]


def test_a_line_without_end_ends_the_connection() -> None:
    whole = talk(HELLO + b"x" * (ENDLESS + 1))
    assert whole.codes[1:] == ["421 4.5.2"]
    assert whole.engine.closed
    pieces = talk(HELLO + b"x" * (ENDLESS + 1), cut=60_000)
    assert pieces.wire == whole.wire
    assert pieces.findings == whole.findings
    ended = talk(HELLO + b"x" * (ENDLESS + 1) + b"\r\nNOOP\r\n")
    assert ended.wire == whole.wire
    assert talk(HELLO + b"x" * (ENDLESS - 1) + b"\r\nNOOP\r\n", cut=60_000).codes[1:] == [
        SYNTAX,
        OK,
    ]


def test_the_limit_of_a_line_counts_its_end() -> None:
    reader = LineReader()
    assert reader.take(bytearray(b"12345678\r\n"), 10) == b"12345678\r\n"
    assert reader.take(bytearray(b"123456789\r\n"), 10) == Overlong(b"123456789\r")
    assert reader.take(bytearray(b"12\r\n"), 10) == b"12\r\n"


def test_a_client_that_speaks_first_is_answered_after_the_greeting() -> None:
    session = talk()
    early = type(session)(type(session.engine)(PLAIN))
    early.send(HELLO)
    assert [reply.code for reply in early.replies] == [220, 250]
    assert "F-EARLY-TALK" in early.all_ids
    assert "F-EARLY-TALK" not in session.send(HELLO).all_ids


def test_a_whole_session_in_one_segment() -> None:
    sent = b"HELO x.example\r\n" + MAIL + RCPT + b"DATA\r\nhi\r\n.\r\nQUIT\r\n"
    session = every_cut(sent)
    assert session.contents == [b"hi\r\n"]
    assert "F-PIPE-UNADVERTISED" in session.all_ids


def test_a_group_of_commands_is_found_only_where_pipelining_was_not_offered() -> None:
    offered = talk(HELLO).send(MAIL + RCPT)
    assert "F-PIPE-UNADVERTISED" not in offered.all_ids
    hidden = replace(PLAIN, extensions=EVERYDAY - {"PIPELINING"})
    assert "F-PIPE-UNADVERTISED" in talk(HELLO, hidden).send(MAIL + RCPT).all_ids
    assert "F-PIPE-UNADVERTISED" not in talk(HELLO, hidden).send(MAIL).send(RCPT).all_ids


def test_replies_of_a_group_come_in_order() -> None:
    session = talk(HELLO).send(MAIL + b"RCPT TO:<>\r\n" + RCPT + b"XX\r\nDATA\r\n")
    assert session.codes[1:] == ["250 2.1.0", "501 5.1.3", "250 2.1.5", SYNTAX, "354"]


def test_quit_ends_the_session_within_a_transaction() -> None:
    session = every_cut(READY + b"QUIT\r\n" + MAIL)
    assert session.codes[3:] == ["221 2.0.0"]
    assert session.engine.closed
    assert session.stored == []


def test_an_argument_of_quit_is_forgiven_but_for_strict_mode() -> None:
    assert every_cut(HELLO + b"QUIT now\r\n").codes[1:] == ["221 2.0.0"]
    refusing = every_cut(HELLO + b"QUIT now\r\nNOOP\r\n", STRICT)
    assert refusing.codes[1:] == ["501 5.5.4", OK]


def test_after_the_end_octets_are_not_kept() -> None:
    session = talk(b"QUIT\r\n")
    session.send(b"x" * 1000)
    assert session.engine.pending == 0


def test_a_client_that_leaves_between_commands() -> None:
    session = every_cut(HELLO + b"NOOP\r\nhalf a li", eof=True)
    assert (session.left.where, session.left.proposals) == ("", ())
    assert session.engine.closed
    assert session.ids == set()


def test_limits_of_commands_and_errors() -> None:
    few = replace(PLAIN, limits=Limits(commands=3, errors=2))
    assert every_cut(b"NOOP\r\n" * 4, few).codes == [OK] * 3 + ["421 4.7.0"]
    errors = every_cut(b"XX\r\n\r\n\r\nXX\r\nNOOP\r\n", replace(few, limits=Limits(errors=2)))
    assert errors.codes == [SYNTAX] * 4 + ["421 4.7.0"]
    assert errors.engine.closed
    forgiven = every_cut(b"XX\r\nNOOP\r\nXX\r\nNOOP\r\n", replace(few, limits=Limits(errors=2)))
    assert forgiven.codes == [SYNTAX, OK, SYNTAX, OK]


def test_a_message_gives_a_session_new_commands() -> None:
    few = replace(PLAIN, limits=Limits(commands=6))
    one = MAIL + RCPT + b"DATA\r\n.\r\n"
    assert not every_cut(HELLO + one * 5, few).engine.closed


def test_recipients_are_no_idle_talk() -> None:
    few = replace(PLAIN, limits=Limits(commands=6))
    assert every_cut(HELLO + MAIL + RCPT * 20 + b"DATA\r\n.\r\n", few).contents == [b""]
    refused = every_cut(HELLO + MAIL + b"RCPT TO:<>\r\n" * 20, few)
    assert refused.last.startswith("421")


def test_the_limit_of_recipients_keeps_those_before() -> None:
    two = replace(PLAIN, limits=Limits(recipients=2))
    session = every_cut(HELLO + MAIL + RCPT * 3 + b"DATA\r\n.\r\n", two)
    assert session.codes[2:] == ["250 2.1.5", "250 2.1.5", "452 4.5.3", "354", OK]
    assert len(session.stored[0].envelope.recipients) == 2


def test_the_limit_of_transactions() -> None:
    one = replace(PLAIN, limits=Limits(transactions=1))
    session = every_cut(READY + b"DATA\r\n.\r\n" + MAIL, one)
    assert session.codes[-1] == "452 4.5.3"

"""Content by DATA: where it ends, which dots it loses, what is found in it."""

from dataclasses import replace

import pytest

from mailtrap.smtp.content import KEPT, SLACK, longest_line, smuggled, unstuff
from mailtrap.smtp.events import Content
from mailtrap.smtp.profile import Limits, Profile
from tests.smtp.automaton import read
from tests.smtp.talk import HELLO, MAIL, PLAIN, RCPT, READY, STRICT, every_cut, outcome, talk

DATA = READY + b"DATA\r\n"
DONE = ["354", "250 2.0.0"]

CONTENTS: list[tuple[bytes, bytes, set[str]]] = [
    # what is sent, what is stored, what is found in the transfer
    (b"S: x\r\n\r\nb\r\n.\r\n", b"S: x\r\n\r\nb\r\n", set()),
    (b".\r\n", b"", set()),
    (b"\r\n.\r\n", b"\r\n", set()),
    (b"..\r\n.\r\n", b".\r\n", set()),
    (b"..a\r\n...\r\n.\r\n", b".a\r\n..\r\n", set()),
    (b"a\r\n..b\r\n..\r\n...\r\n.\r\n", b"a\r\n.b\r\n.\r\n..\r\n", set()),
    (b".a\r\n.\r\n", b"a\r\n", {"F-DOT-UNSTUFFED"}),
    (b"x\r\n.a\r\n.\r\n", b"x\r\na\r\n", {"F-DOT-UNSTUFFED"}),
    (b"a\n.\nb\r\n.\r\n", b"a\n.\nb\r\n", {"F-SMUGGLE"}),
    (b"a\n.\r\nb\r\n.\r\n", b"a\n.\r\nb\r\n", {"F-SMUGGLE"}),
    (b"a\r\n.\nb\r\n.\r\n", b"a\r\n\nb\r\n", {"F-SMUGGLE", "F-DOT-UNSTUFFED"}),
    (b"a\r.\r\nz\r\n.\r\n", b"a\r.\r\nz\r\n", {"F-SMUGGLE"}),
    (b"a\r\n.\rz\r\n.\r\n", b"a\r\n\rz\r\n", {"F-SMUGGLE"}),
    (b"a\r.\rz\r\n.\r\n", b"a\r.\rz\r\n", {"F-SMUGGLE"}),
    (b"a\r\n.\r\r\nz\r\n.\r\n", b"a\r\n\r\r\nz\r\n", {"F-SMUGGLE"}),
    (b"a\r\n\x00.\r\nz\r\n.\r\n", b"a\r\n\x00.\r\nz\r\n", {"F-SMUGGLE"}),
    (b"a\r\n.\x00\r\nz\r\n.\r\n", b"a\r\n\x00\r\nz\r\n", {"F-SMUGGLE", "F-DOT-UNSTUFFED"}),
    (b"a\r\r\n.\r\r\nz\r\n.\r\n", b"a\r\r\n\r\r\nz\r\n", {"F-SMUGGLE"}),
    (b"a\n.\rz\r\n.\r\n", b"a\n.\rz\r\n", {"F-SMUGGLE"}),
    (b"raw\nlf\n..dot\n\r\n.\r\n", b"raw\nlf\n..dot\n\r\n", set()),
    (b"To: a\r\r\nX: b\r\r\n\r\r\nB\r\r\n.\r\n", b"To: a\r\r\nX: b\r\r\n\r\r\nB\r\r\n", set()),
    (b"caf\xe9\r\n.\r\n", b"caf\xe9\r\n", set()),
    (b"a\x00b\r\n.\r\n", b"a\x00b\r\n", set()),
    (b"a.\r\n.\r\n", b"a.\r\n", set()),
    (b"a\r\n .\r\n.\r\n", b"a\r\n .\r\n", set()),
    (b"l" * 3000 + b"\r\n.\r\n", b"l" * 3000 + b"\r\n", set()),
]  # fmt: skip


@pytest.mark.parametrize(("wire", "stored", "found"), CONTENTS)
@pytest.mark.parametrize("profile", [PLAIN, STRICT], ids=["lenient", "strict"])
def test_content(profile: Profile, wire: bytes, stored: bytes, found: set[str]) -> None:
    session = every_cut(DATA + wire + b"NOOP\r\n", profile)
    assert session.codes[3:] == [*DONE, "250 2.0.0"]
    assert session.contents == [stored]
    assert session.ids == found


@pytest.mark.parametrize(("wire", "stored", "found"), [row for row in CONTENTS if len(row[0]) < 99])
def test_content_split_at_every_position(wire: bytes, stored: bytes, found: set[str]) -> None:
    whole = talk(DATA).send(wire)
    for position in range(1, len(wire)):
        split = talk(DATA).send(wire[:position]).send(wire[position:])
        assert outcome(split) == outcome(whole), position
    assert whole.contents == [stored]
    assert whole.ids == found


@pytest.mark.parametrize("wire", [row[0] for row in CONTENTS])
def test_the_automaton_reads_the_same(wire: bytes) -> None:
    naive = read(wire)
    session = talk(DATA + wire)
    assert (session.contents, naive.rest) == ([naive.content], b"")
    lone = sum(f.count for f in session.findings if f.id == "F-DOT-UNSTUFFED")
    assert lone == naive.lone_dots


def test_evidence_shows_the_dot_that_was_lost_and_how_often() -> None:
    session = every_cut(DATA + b"a\r\n.b\r\n.c\r\n.\r\n")
    (found,) = session.findings
    assert found.evidence.startswith(".b")
    assert found.count == 2
    assert session.contents == [b"a\r\nb\r\nc\r\n"]


def test_a_line_that_only_ends_with_a_dot_is_not_the_end() -> None:
    session = talk(DATA + b"a.\r\nb\r\n")
    assert session.stored == []
    assert session.send(b".\r\n").contents == [b"a.\r\nb\r\n"]


def test_bare_line_feeds_all_the_way_end_nothing() -> None:
    session = every_cut(READY + b"DATA\r\nSubject: x\n\nbody\n.\n", eof=True)
    assert session.stored == []
    assert session.ids == {"F-EOD-LF", "F-ABORT"}
    assert session.left.partial == b"Subject: x\n\nbody\n.\n"
    assert (session.left.where, session.left.size) == ("DATA", 19)


def test_a_connection_lost_within_content_stores_nothing() -> None:
    session = every_cut(DATA + b"Subject: x\r\n\r\nhalf", eof=True)
    assert session.stored == []
    assert session.ids == {"F-ABORT"}
    assert session.left.partial == b"Subject: x\r\n\r\nhalf"
    assert session.engine.closed


def test_a_message_and_the_next_command_in_one_segment() -> None:
    session = every_cut(DATA + b"a\r\n.\r\nQUIT\r\n")
    assert session.codes[3:] == [*DONE, "221 2.0.0"]
    assert session.engine.closed


def test_two_messages_need_no_rset_between_them() -> None:
    one = MAIL + RCPT + b"DATA\r\na\r\n.\r\n"
    session = every_cut(HELLO + one + one)
    assert session.contents == [b"a\r\n", b"a\r\n"]
    assert session.engine.session.messages == 2


def test_content_behind_data_in_the_same_flight_is_taken_and_found() -> None:
    flight = talk(DATA + b"a\r\n.\r\nRSET\r\n")
    assert flight.contents == [b"a\r\n"]
    assert "F-PIPE-DATA" in flight.all_ids
    patient = talk(HELLO).send(MAIL + RCPT + b"DATA\r\n").send(b"a\r\n.\r\n")
    assert patient.all_ids == set()


def test_where_every_recipient_was_refused_no_content_is_read() -> None:
    group = MAIL + b"RCPT TO:<b@y,c@y>\r\nRCPT TO:<>\r\nDATA\r\n"
    assert every_cut(HELLO + group + b"RSET\r\n").codes[4:] == ["554 5.5.1", "250 2.0.0"]


def test_data_without_recipients_or_sender_is_out_of_sequence() -> None:
    assert every_cut(b"DATA\r\n" + HELLO + b"DATA\r\n" + MAIL + b"DATA\r\n").codes == [
        "503 5.5.1", "250", "503 5.5.1", "250 2.1.0", "503 5.5.1",
    ]  # fmt: skip


def test_an_argument_of_data_is_forgiven_but_for_strict_mode() -> None:
    session = every_cut(READY + b"DATA now\r\n.\r\n")
    assert session.codes[3:] == DONE
    assert session.ids == {"F-CMD-ARG"}
    assert every_cut(READY + b"DATA now\r\n", STRICT).codes[3:] == ["501 5.5.4"]


def test_binarymime_may_not_come_by_data() -> None:
    session = every_cut(HELLO + b"MAIL FROM:<a@x> BODY=BINARYMIME\r\n" + RCPT + b"DATA\r\n")
    assert session.codes[3:] == ["503 5.5.1"]
    assert session.ids == {"F-BDAT-SEQ"}


def test_content_over_the_size_limit_is_read_to_its_end_and_refused() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    one = MAIL + RCPT + b"DATA\r\n"
    session = every_cut(HELLO + one + b"0123456789\r\n.\r\n" + one + b"01234567\r\n.\r\n", small)
    assert session.codes[3:] == ["354", "552 5.3.4", "250 2.1.0", "250 2.1.5", *DONE]
    assert session.contents == [b"01234567\r\n"]


def test_the_size_limit_counts_octets_without_stuffed_dots() -> None:
    small = replace(PLAIN, limits=Limits(size=6))
    assert every_cut(DATA + b"..\r\n..\r\n.\r\n", small).codes[3:] == DONE


def test_content_far_over_the_limit_is_not_kept() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    line = b".." + b"x" * 997 + b"\r\n"
    session = talk(DATA, small)
    for _ in range(1000):
        session.send(line)
    assert session.most_pending <= 10 + SLACK + len(line) + 2
    session.send(b".\r\nNOOP\r\n")
    assert session.codes[4:] == ["552 5.3.4", "250 2.0.0"]
    refused = session.events[-2]
    assert isinstance(refused, Content)
    assert refused.refused
    assert refused.size == 1000 * len(line)
    assert refused.content[:10] == b".xxxxxxxxx"
    assert len(refused.content) <= KEPT


@pytest.mark.parametrize("excess", [-2, -1, 0, 1, 2])
def test_where_keeping_turns_to_discarding_no_cut_makes_a_difference(excess: int) -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    wire = b"a\n.\n" + b"x" * (10 + SLACK + excess - 6) + b"\r\n.\r\n"
    whole = talk(DATA, small).send(wire)
    for position in (4, 100, *range(len(wire) - 6, len(wire))):
        split = talk(DATA, small).send(wire[:position]).send(wire[position:])
        assert outcome(split) == outcome(whole), position
    assert whole.codes[4:] == ["552 5.3.4"]
    assert ("F-SMUGGLE" in whole.ids) is (excess <= 0)


def test_a_connection_lost_far_over_the_limit_tells_all_octets() -> None:
    small = replace(PLAIN, limits=Limits(size=10))
    session = every_cut(DATA + b"x" * (SLACK + 100), small, eof=True)
    assert session.left.size == SLACK + 100
    assert len(session.left.partial) == KEPT


def test_a_size_declared_too_small_is_refused_by_strict_servers_only() -> None:
    sent = HELLO + b"MAIL FROM:<a@x> SIZE=10\r\n" + RCPT + b"DATA\r\n" + b"0123456789\r\n.\r\n"
    lenient = every_cut(sent)
    assert lenient.codes[3:] == DONE
    assert "F-SIZE-LIE" in lenient.content_ids
    assert every_cut(sent, STRICT).codes[3:] == ["354", "552 5.3.4"]
    exact = sent.replace(b"SIZE=10", b"SIZE=12")
    assert "F-SIZE-LIE" not in every_cut(exact).content_ids
    assert every_cut(exact, STRICT).codes[3:] == DONE


def test_a_line_of_text_over_its_limit_is_refused() -> None:
    narrow = replace(PLAIN, limits=Limits(text_line=8))
    assert every_cut(DATA + b"12345678\r\n.\r\n", narrow).codes[3:] == DONE
    assert every_cut(DATA + b"123456789\r\n.\r\n", narrow).codes[3:] == ["354", "500 5.5.2"]


def test_very_many_stuffed_lines() -> None:
    session = talk(DATA).send(b"..\r\n" * 100_000 + b".\r\n")
    assert session.contents == [b".\r\n" * 100_000]


def test_one_very_long_line() -> None:
    session = talk(DATA)
    for _ in range(80):
        session.send(b"x" * 65_536)
    assert session.send(b"\r\n.\r\n").contents == [b"x" * 80 * 65_536 + b"\r\n"]
    assert "F-LINE-998" in session.content_ids


@pytest.mark.parametrize(
    ("content", "longest"),
    [
        (b"", 0),
        (b"\r\n", 0),
        (b"abc", 3),
        (b"abc\r\n", 3),
        (b"abc\n", 3),
        (b"a\r\nabcd\r\nab", 4),
        (b"abcd\r\nab\r\nabcde", 5),
        (b"abcd\r\nabcd\nabcd\r\n", 4),
        (b"\n\n\n", 0),
        (b"\nab\n\nabc\r\n\n", 3),
        (b"a\r\r\n", 2),
    ],
)
def test_longest_line(content: bytes, longest: int) -> None:
    assert longest_line(content) == longest


def test_smuggled_ends_are_listed_only_so_far() -> None:
    assert smuggled(b"\n.\nx" * 50 + b"\r\n") == [b"\n.\n"] * 10
    assert smuggled(b"a\nb\rc\r\n") == []
    assert smuggled(b"a\r\n.b\r\n") == []


def test_unstuff_takes_one_dot_of_each_line() -> None:
    assert unstuff(b".\r\n..\r\n...x\r\n\n.y\r\n") == b"\r\n.\r\n..x\r\n\n.y\r\n"

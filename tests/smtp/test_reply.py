"""Replies as they stand on the wire."""

import pytest

from mailtrap.smtp import replies
from mailtrap.smtp.reply import LINE_LIMIT, Reply, clean


@pytest.mark.parametrize(
    ("reply", "wire"),
    [
        (Reply(250, "Ok", "2.0.0"), b"250 2.0.0 Ok\r\n"),
        (Reply(354, "Start"), b"354 Start\r\n"),
        (Reply(334), b"334 \r\n"),
        (Reply(250, "", "2.0.0"), b"250 2.0.0 \r\n"),
        (Reply(250, "a\nb\nc"), b"250-a\r\n250-b\r\n250 c\r\n"),
        (Reply(550, "a\nb", "5.7.1"), b"550-5.7.1 a\r\n550 5.7.1 b\r\n"),
        (Reply(550, "a\n", "5.7.1"), b"550-5.7.1 a\r\n550 5.7.1 \r\n"),
        (Reply(550, "caf\u00e9"), b"550 caf\xc3\xa9\r\n"),
        (Reply(550, "caf\udce9"), b"550 caf\xe9\r\n"),
    ],
)
def test_wire(reply: Reply, wire: bytes) -> None:
    assert reply.wire == wire


@pytest.mark.parametrize("status", ["", "5.7.1", "5.7.133"])
@pytest.mark.parametrize("text", ["x" * 2000, "\u00e9" * 1000, "x" * 505 + "\n" + "y" * 507])
def test_no_line_exceeds_512_octets_and_none_is_lost(text: str, status: str) -> None:
    lines = Reply(550, text, status).wire.split(b"\r\n")[:-1]
    assert all(len(line) + 2 <= LINE_LIMIT for line in lines)
    assert [line[:4] for line in lines] == [b"550-"] * (len(lines) - 1) + [b"550 "]
    prefix = len("550 ") + (len(status) + 1 if status else 0)
    assert b"".join(line[prefix:] for line in lines) == text.replace("\n", "").encode()


@pytest.mark.parametrize("length", [505, 506, 507])
def test_a_line_is_split_only_where_it_must_be(length: int) -> None:
    wire = Reply(250, "x" * length).wire
    assert wire.count(b"\r\n") == (1 if length + 6 <= LINE_LIMIT else 2)


@pytest.mark.parametrize(
    ("code", "positive", "closes"),
    [(220, True, False), (354, True, False), (421, False, True), (450, False, False),
     (550, False, False)],
)  # fmt: skip
def test_what_a_code_means(code: int, positive: bool, closes: bool) -> None:
    reply = Reply(code, "x")
    assert (reply.positive, reply.closes) == (positive, closes)


def test_a_reply_reads_as_its_lines() -> None:
    assert str(Reply(250, "a\nb", "2.0.0")) == "250-2.0.0 a\n250 2.0.0 b"


def test_clean_leaves_nothing_that_could_end_a_line() -> None:
    assert clean("a\r\nb\0c\u00e9d") == "a??b?c?d"
    assert clean("x" * 100) == "x" * 64
    assert clean("x" * 100, 10) == "x" * 10


CONSTANTS = [value for value in vars(replies).values() if isinstance(value, Reply)]
MADE = [
    replies.bye("h"), replies.idle("h"), replies.shutting_down("h"), replies.internal_error("h"),
    replies.too_many_errors("h"), replies.too_many_commands("h"), replies.endless_line("h"),
    replies.not_http("h"), replies.not_smtp("h", "x"), replies.tls_port("h"),
    replies.syntax("x"), replies.unsupported("x"), replies.bad_parameter("x", "y"),
    replies.too_soon(1), replies.queued("x"), replies.octets_queued("x", 1),
    replies.delivered("x", "y"), replies.octets_received(1), replies.user("x", "y"),
    replies.members(("x",)), replies.help_text("x"), replies.etrn_started("x"),
]  # fmt: skip


@pytest.mark.parametrize("reply", [*CONSTANTS, *MADE], ids=str)
def test_the_status_agrees_with_the_code(reply: Reply) -> None:
    if 300 <= reply.code < 400 or reply is replies.USE_LHLO:
        assert reply.status == ""
    else:
        assert reply.status[0] == str(reply.code)[0]


@pytest.mark.parametrize(
    "reply",
    [
        replies.greeting("h"),
        replies.lmtp_greeting("h"),
        replies.greeting_syntax("EHLO"),
        replies.challenge(""),
    ],
)
def test_greetings_and_challenges_have_no_status(reply: Reply) -> None:
    assert reply.status == ""


def test_what_a_client_said_is_echoed_clean() -> None:
    for reply in (
        replies.delivered("id", "a\r\n@x"),
        replies.etrn_started("a\r\nb"),
        replies.unsupported("A\r\n"),
        replies.bad_parameter("A\n", "b\nc"),
        replies.user("a\r\n", "b@x"),
    ):
        assert reply.wire.count(b"\n") == 1

"""NOOP, HELP, VRFY, EXPN, ETRN, and verbs that are known but not done."""

from dataclasses import replace

import pytest

from mailtrap.smtp.profile import EVERYDAY
from tests.smtp.talk import HELLO, LMTP, MAIL, PLAIN, RCPT, READY, STRICT, every_cut, talk

DIRECTORY = replace(
    PLAIN,
    extensions=EVERYDAY | {"VRFY", "EXPN"},
    directory={"bob@x": "Bob Smith", "rob@x": "Rob", "rob@z": "Rob", "ann@x": ""},
    lists={"staff": ("bob@x", "ann@x")},
)


@pytest.mark.parametrize(
    "line", [b"NOOP\r\n", b"HELP\r\n", b"VRFY x\r\n", b"EXPN x\r\n", b"XX\r\n"]
)
def test_an_enquiry_leaves_a_transaction_as_it_is(line: bytes) -> None:
    sent = line + HELLO + line + MAIL + line + RCPT + line + b"DATA\r\nx\r\n.\r\n" + line
    assert every_cut(sent).contents == [b"x\r\n"]


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"VRFY bob", "252 2.0.0 Cannot VRFY user, but will accept message and attempt delivery"),
        (b"VRFY", "501 5.5.4 Syntax: VRFY address"),
        (b"VRFY SMTPUTF8", "501 5.5.4 Syntax: VRFY address"),
        (b"EXPN list", "502 5.5.1 EXPN not implemented"),
    ],
)
def test_without_a_directory_nobody_is_verified(line: bytes, reply: str) -> None:
    assert every_cut(line + b"\r\n").last == reply


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"VRFY bob", "250 2.1.5 Bob Smith <bob@x>"),
        (b"VRFY <BOB@x>", "250 2.1.5 Bob Smith <bob@x>"),
        (b"VRFY bob smith SMTPUTF8", "250 2.1.5 Bob Smith <bob@x>"),
        (b"VRFY ann", "250 2.1.5 <ann@x>"),
        (b"VRFY rob", "553 5.1.4 Ambiguous"),
        (b"VRFY nobody", "550 5.1.1 No such user here"),
        (b"EXPN staff", "250-2.1.5 <bob@x>\n250 2.1.5 <ann@x>"),
        (b"EXPN Staff SMTPUTF8", "250-2.1.5 <bob@x>\n250 2.1.5 <ann@x>"),
        (b"EXPN nobody", "550 5.1.1 No such list here"),
        (b"EXPN", "501 5.5.4 Syntax: EXPN list"),
    ],
)
def test_with_a_directory_it_answers(line: bytes, reply: str) -> None:
    assert every_cut(line + b"\r\n", DIRECTORY).last == reply


def test_help_lists_what_is_answered_and_nothing_else() -> None:
    words = talk(b"HELP\r\n").last.split()
    assert {"EHLO", "HELO", "MAIL", "RCPT", "DATA", "BDAT", "AUTH", "VRFY", "HELP"} <= set(words)
    assert not {"LHLO", "EXPN", "STARTTLS", "ETRN", "XCLIENT", "SEND", "AUTH=LOGIN"} & set(words)
    lmtp = set(talk(b"HELP\r\n", LMTP).last.split())
    assert "LHLO" in lmtp
    assert not {"EHLO", "HELO"} & lmtp
    assert "EXPN" in talk(b"HELP\r\n", DIRECTORY).last.split()


def test_help_on_a_command() -> None:
    assert every_cut(b"HELP mail\r\n").last == "214 2.0.0 MAIL FROM:<address> [parameters]"
    assert every_cut(b"HELP xyzzy\r\n").last == "504 5.5.4 HELP topic unknown"


@pytest.mark.parametrize(
    "line",
    [b"SEND FROM:<a@x>", b"SOML FROM:<a@x>", b"SAML FROM:<a@x>", b"TURN", b"ONEX", b"VERB",
     b"XUSR"],
)  # fmt: skip
def test_an_obsolete_command_is_found(line: bytes) -> None:
    for profile in (PLAIN, STRICT):
        session = every_cut(HELLO + line + b"\r\n", profile)
        assert session.codes[1:] == ["502 5.5.1"]
        assert session.ids == {"F-OBSOLETE-CMD"}


def test_commands_that_are_known_but_not_done() -> None:
    session = every_cut(b"BURL imap://x LAST\r\nATRN x.example\r\n")
    assert session.codes == ["502 5.5.1", "530 5.7.0"]
    assert session.ids == set()
    known = every_cut(HELLO + b"AUTH PLAIN AHVzZXIAcGFzcw==\r\nATRN x.example\r\n")
    assert known.codes[-1] == "502 5.5.1"


def test_etrn_where_it_is_offered() -> None:
    offered = replace(PLAIN, extensions=EVERYDAY | {"ETRN"})
    session = every_cut(
        b"ETRN x\r\n" + HELLO + b"ETRN x.example\r\nETRN\r\nETRN a b\r\nETRN @x.example\r\n" + MAIL
        + b"ETRN x\r\n" + RCPT, offered,
    )  # fmt: skip
    assert session.codes == [
        "503 5.5.1", "250", "250 2.0.0", "501 5.5.4", "501 5.5.4", "250 2.0.0", "250 2.1.0",
        "503 5.5.1", "250 2.1.5",
    ]  # fmt: skip
    assert str(session.replies[3]) == "250 2.0.0 OK, queuing for node x.example started"


def test_etrn_where_it_is_hidden() -> None:
    for profile in (PLAIN, STRICT):
        assert every_cut(HELLO + b"ETRN x\r\n", profile).codes[1:] == ["502 5.5.1"]


def test_rset_needs_no_greeting() -> None:
    assert every_cut(b"RSET\r\n").codes == ["250 2.0.0"]
    assert every_cut(READY + b"RSET\r\nDATA\r\n").codes[3:] == ["250 2.0.0", "503 5.5.1"]


def test_nested_mail_keeps_the_first() -> None:
    for before in (HELLO + MAIL, READY):
        session = every_cut(before + b"MAIL FROM:<z@x>\r\n" + RCPT + b"DATA\r\n.\r\n")
        assert "503 5.5.1" in session.codes
        assert session.stored[0].envelope.reverse_path.address == "a@x.example"


def test_rcpt_before_mail() -> None:
    assert every_cut(RCPT + HELLO + RCPT).codes == ["503 5.5.1", "250", "503 5.5.1"]

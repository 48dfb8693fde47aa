"""XCLIENT and XFORWARD (Postfix): for trusted peers only."""

from dataclasses import replace

from mailtrap.smtp.profile import EVERYDAY
from mailtrap.smtp.sasl import Identity
from tests.smtp.talk import HELLO, MAIL, PLAIN, RCPT, STRICT, every_cut, talk

OFFERED = replace(PLAIN, extensions=EVERYDAY | {"XCLIENT", "XFORWARD"})


def test_xclient_begins_the_session_anew_for_another_client() -> None:
    session = every_cut(
        HELLO
        + b"XCLIENT NAME=s.example ADDR=198.51.100.9 LOGIN=joe HELO=h.example PORT=[UNAVAILABLE]"
        b"\r\n" + MAIL,
        OFFERED,
        trusted=True,
    )
    assert session.codes == ["250", "220", "250 2.1.0"]
    known = session.engine.session
    assert known.xclient["NAME"] == "s.example"
    assert known.xclient["PORT"] == ""
    assert known.peer == "198.51.100.9"
    assert known.identity == Identity("XCLIENT", "joe")
    assert (known.helo, known.greeted_by) == ("h.example", "")
    assert session.ids == {"F-NO-HELO"}


def test_xclient_values_are_xtext() -> None:
    session = every_cut(HELLO + b"XCLIENT NAME=a+2Bb\r\n", OFFERED, trusted=True)
    assert session.engine.session.xclient == {"NAME": "a+b"}
    sloppy = every_cut(HELLO + b"XCLIENT NAME=a+2bb\r\n", OFFERED, trusted=True)
    assert sloppy.engine.session.xclient == {"NAME": "a+b"}
    assert sloppy.ids == {"F-XTEXT"}
    strict = replace(OFFERED, strict=True)
    refused = every_cut(HELLO + b"XCLIENT NAME=a+2bb\r\n", strict, trusted=True)
    assert refused.codes[1:] == ["501 5.5.4"]


def test_xclient_that_is_malformed_or_out_of_place() -> None:
    session = every_cut(
        HELLO
        + b"XCLIENT\r\nXCLIENT FOO=1\r\nXCLIENT NAME\r\n"
        + MAIL
        + b"XCLIENT NAME=x\r\n"
        + RCPT,
        OFFERED,
        trusted=True,
    )
    assert session.codes[1:] == ["501 5.5.4"] * 3 + ["250 2.1.0", "503 5.5.1", "250 2.1.5"]


def test_others_may_not_use_them() -> None:
    sent = HELLO + b"XCLIENT NAME=x\r\nXFORWARD NAME=x\r\n"
    assert every_cut(sent, OFFERED).codes[1:] == ["550 5.7.0"] * 2
    assert every_cut(sent, PLAIN, trusted=True).codes[1:] == ["550 5.7.0"] * 2
    assert every_cut(sent, STRICT, trusted=True).codes[1:] == ["502 5.5.1"] * 2


def test_xforward_blanks_what_it_does_not_tell() -> None:
    session = every_cut(
        HELLO + b"XFORWARD NAME=x.example ADDR=192.0.2.9\r\nXFORWARD PORT=25\r\n",
        OFFERED,
        trusted=True,
    )
    assert session.codes[1:] == ["250 2.0.0"] * 2
    assert session.engine.session.xforward == {
        "NAME": "x.example", "ADDR": "192.0.2.9", "PORT": "25", "PROTO": "", "HELO": "",
        "IDENT": "", "SOURCE": "",
    }  # fmt: skip


def test_xforward_holds_until_the_transaction_ends() -> None:
    session = talk(HELLO + b"XFORWARD NAME=x\r\n" + MAIL + RCPT, OFFERED, trusted=True)
    assert session.engine.session.xforward
    assert session.send(b"XFORWARD NAME=y\r\n").codes[-1] == "503 5.5.1"
    session.send(b"DATA\r\n.\r\n")
    assert session.engine.session.xforward == {}


def test_a_malformed_xforward() -> None:
    assert every_cut(HELLO + b"XFORWARD x\r\n", OFFERED, trusted=True).codes[1:] == ["501 5.5.4"]

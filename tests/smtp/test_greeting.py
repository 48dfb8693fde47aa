"""HELO, EHLO and LHLO: what is listed to whom, and which names are minded."""

from dataclasses import replace

import pytest

from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.profile import EVERYDAY, Limits
from tests.smtp.talk import HELLO, LMTP, MAIL, PLAIN, READY, STRICT, Talk, every_cut, talk

ALL_KEYWORDS = frozenset(extension.keyword for extension in ALL)


def listed(session: Talk) -> list[str]:
    """The lines of the last reply behind the first."""
    return [line[4:] for line in session.last.splitlines()[1:]]


def test_the_reply_to_ehlo_octet_by_octet() -> None:
    session = every_cut(HELLO)
    assert session.replies[-1].wire == (
        b"250-catcher.local greets client.example [192.0.2.7]\r\n"
        b"250-PIPELINING\r\n"
        b"250-SIZE 52428800\r\n"
        b"250-8BITMIME\r\n"
        b"250-SMTPUTF8\r\n"
        b"250-DSN\r\n"
        b"250-ENHANCEDSTATUSCODES\r\n"
        b"250-CHUNKING\r\n"
        b"250-BINARYMIME\r\n"
        b"250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER\r\n"
        b"250 HELP\r\n"
    )
    assert session.ids == set()


def test_the_reply_to_helo_is_one_line() -> None:
    session = every_cut(b"HELO client.example\r\n")
    assert session.replies[-1].wire == b"250 catcher.local\r\n"
    assert session.ids == {"F-HELO-ONLY"}
    assert session.engine.session.protocol() == "SMTP"


def test_a_peer_without_an_address_has_no_brackets() -> None:
    session = talk()
    session.engine.session.peer = ""
    first = session.send(HELLO).last.splitlines()[0]
    assert first == "250-catcher.local greets client.example"


def test_what_a_client_calls_itself_is_echoed_clean_and_short() -> None:
    session = talk(b"EHLO caf\xc3\xa9" + b"x" * 100 + b"\r\n")
    first = session.last.splitlines()[0]
    assert first == "250-catcher.local greets caf?" + "x" * 60 + " [192.0.2.7]"


def test_a_profile_with_everything_lists_everything_that_fits_now() -> None:
    everything = replace(
        PLAIN,
        extensions=ALL_KEYWORDS,
        auth="required",
        tls="starttls",
        limits=Limits(size=0, recipients=2_000_000, transactions=7),
        directory={},
        extra_lines=("X-MORE", "AUTH=PLAIN"),
    )
    assert listed(talk(HELLO, everything, trusted=True)) == [
        "PIPELINING",
        "SIZE 0",
        "8BITMIME",
        "SMTPUTF8",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "CHUNKING",
        "BINARYMIME",
        "STARTTLS",
        "AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER",
        "LIMITS RCPTMAX=999999 MAILMAX=7",
        "DELIVERBY 60",
        "FUTURERELEASE 604800 2099-12-31T23:59:59Z",
        "MT-PRIORITY MIXER",
        "RRVS",
        "PRDR",
        "ETRN",
        "VRFY",
        "EXPN",
        "XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT",
        "XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE",
        "HELP",
        "X-MORE",
        "AUTH=PLAIN",
    ]


def test_a_keyword_that_makes_no_sense_now_is_not_listed() -> None:
    some = replace(
        PLAIN,
        extensions=ALL_KEYWORDS - {"8BITMIME", "CHUNKING"},
        auth="off",
        limits=Limits(recipients=0),
    )
    words = {line.split()[0] for line in listed(talk(HELLO, some))}
    assert not words & {
        "SMTPUTF8", "BINARYMIME", "AUTH", "LIMITS", "REQUIRETLS", "FUTURERELEASE", "XCLIENT",
        "XFORWARD", "EXPN",
    }  # fmt: skip
    no_mechanisms = replace(PLAIN, mechanisms=())
    assert "AUTH" not in str(talk(HELLO, no_mechanisms).replies[-1])


def test_hidden_keywords_are_not_listed() -> None:
    hidden = replace(PLAIN, extensions=EVERYDAY - {"PIPELINING", "HELP"})
    assert listed(talk(HELLO, hidden))[0] == "SIZE 52428800"
    assert listed(talk(HELLO, hidden))[-1].startswith("AUTH")


NAMES: list[tuple[bytes, str, set[str]]] = [
    # name, strict reply, findings
    (b"client.example", "250", set()),
    (b"a.b-c.example", "250", set()),
    (b"[192.0.2.1]", "250", set()),
    (b"[IPv6:2001:db8::1]", "250", set()),
    (b"localhost", "250", {"F-HELO-LOCALHOST"}),
    (b"localhost.localdomain", "250", {"F-HELO-LOCALHOST"}),
    (b"[127.0.0.1]", "250", {"F-HELO-LOCALHOST"}),
    (b"127.0.0.1", "501", {"F-HELO-LOCALHOST", "F-HELO-SYNTAX"}),
    (b"CATCHER.local", "250", {"F-HELO-OWN-NAME"}),
    (b"", "501", {"F-HELO-EMPTY"}),
    (b"192.0.2.1", "501", {"F-HELO-SYNTAX"}),
    (b"2001:db8::1", "501", {"F-HELO-SYNTAX"}),
    (b"fe80::1%eth0", "501", {"F-HELO-SYNTAX"}),
    (b"[192.0.2.1", "501", {"F-HELO-SYNTAX"}),
    (b"[2001:db8::1]", "501", {"F-HELO-SYNTAX"}),
    (b"my_host.example", "501", {"F-HELO-SYNTAX"}),
    (b"NPIF65E56", "501", {"F-HELO-SYNTAX"}),
    (b"-a.example", "501", {"F-HELO-SYNTAX"}),
    (b"a..example", "501", {"F-HELO-SYNTAX"}),
    (b"caf\xc3\xa9.example", "501", {"F-HELO-SYNTAX"}),
    (b"two words", "501", {"F-HELO-SYNTAX"}),
    (b"m.eml", "250", set()),
]


@pytest.mark.parametrize(("name", "strict", "found"), NAMES)
@pytest.mark.parametrize("verb", [b"EHLO", b"HELO"])
def test_a_greeting_name(verb: bytes, name: bytes, strict: str, found: set[str]) -> None:
    line = verb + b" " * bool(name) + name + b"\r\n"
    session = every_cut(line)
    assert session.codes == ["250"]
    assert session.ids - {"F-HELO-ONLY"} == found
    assert session.engine.session.helo == name.decode()
    refusing = every_cut(line, STRICT)
    assert refusing.codes == [strict]
    assert refusing.engine.session.greeted_by == (verb.decode() if strict == "250" else "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [(b"192.0.2.1", "bare IPv4"), (b"::1", "bare IPv6"), (b"a_b.c", "underscore"),
     (b"host", "single label"), (b"a b", "white space"), (b"\xc3\xa9", "not ASCII"),
     (b"[x]", "literal"), (b"a.-b", "hyphen")],
)  # fmt: skip
def test_the_finding_names_the_reason(name: bytes, reason: str) -> None:
    messages = [f.message for f in talk(b"EHLO " + name + b"\r\n").findings]
    assert any(reason in message for message in messages)


def test_a_refused_greeting_changes_nothing() -> None:
    session = every_cut(READY + b"EHLO bad name\r\nDATA\r\n.\r\n", STRICT)
    assert session.codes[3:] == ["501", "354", "250 2.0.0"]
    assert session.engine.session.helo == "client.example"


@pytest.mark.parametrize("verb", [b"EHLO", b"HELO"])
def test_a_greeting_within_a_transaction_ends_it(verb: bytes) -> None:
    session = every_cut(READY + verb + b" other.example\r\nDATA\r\n" + MAIL)
    assert session.codes[3:] == ["250", "503 5.5.1", "250 2.1.0"]


def test_mail_without_a_greeting_is_forgiven_but_for_strict_mode() -> None:
    session = every_cut(MAIL)
    assert session.codes == ["250 2.1.0"]
    assert session.ids == {"F-NO-HELO"}
    assert every_cut(MAIL, STRICT).codes == ["503 5.5.1"]


def test_no_reply_to_a_greeting_command_has_an_enhanced_status() -> None:
    for line in (b"EHLO  x.y\r\n", b"EHLO\t\r\n", b"EHLO x\x00\r\n", b"HELO x\n", b"EHLO x\r\r\n"):
        session = every_cut(line, STRICT)
        assert [reply.status for reply in session.replies[1:]] == [""]
    refused = talk(decide=lambda event: (replace(event.proposals[0], code=554),))
    assert [reply.status for reply in refused.send(HELLO + b"HELO x.y\r\n").replies[1:]] == ["", ""]


def test_smtp_and_lmtp_send_each_other_away() -> None:
    smtp = every_cut(b"LHLO x.example\r\n")
    assert smtp.last == "500 5.5.1 This is an SMTP server, use EHLO"
    lmtp = every_cut(b"EHLO x.example\r\nHELO x.example\r\n", LMTP)
    assert [str(reply) for reply in lmtp.replies[1:]] == [
        "500 This is an LMTP server, use LHLO",
        "500 This is an LMTP server, use LHLO",
    ]
    assert lmtp.engine.session.greeted_by == ""


def test_lmtp_greets_and_lists_as_smtp_does() -> None:
    session = every_cut(b"LHLO client.example\r\n", LMTP)
    assert str(session.replies[0]) == "220 catcher.local LMTP mailtrap ready"
    assert listed(session) == listed(talk(HELLO))
    assert session.engine.session.protocol() == "LMTP"


LOGIN = b"AUTH PLAIN AHVzZXIAcGFzcw==\r\n"
UTF8 = b"MAIL FROM:<a@x> SMTPUTF8\r\n"


@pytest.mark.parametrize(
    ("sent", "clear", "secure"),
    [
        (b"", "SMTP", "ESMTPS"),
        (b"HELO x.y\r\n", "SMTP", "ESMTPS"),
        (b"HELO x.y\r\n" + LOGIN, "SMTP", "ESMTPS"),
        (HELLO, "ESMTP", "ESMTPS"),
        (HELLO + LOGIN, "ESMTPA", "ESMTPSA"),
        (HELLO + UTF8, "UTF8SMTP", "UTF8SMTPS"),
        (HELLO + LOGIN + UTF8, "UTF8SMTPA", "UTF8SMTPSA"),
    ],
)
def test_the_name_of_the_protocol_in_the_trace(sent: bytes, clear: str, secure: str) -> None:
    assert talk(sent).engine.session.protocol() == clear
    assert talk(sent, replace(PLAIN, tls="implicit")).engine.session.protocol() == secure
    lmtp = talk(sent.replace(b"EHLO", b"LHLO"), LMTP).engine.session.protocol()
    assert lmtp.startswith(("LMTP", "UTF8LMTP"))

"""Personas: another server's words under our codes, and nothing offered that is not done."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.smtp import replies
from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.persona import Persona, Speech, token
from mailtrap.smtp.personas import EXIM, GMAIL, PERSONAS, POSTFIX, SES
from mailtrap.smtp.profile import CHECKED_MECHANISMS, OPEN_MECHANISMS, Limits, Profile
from mailtrap.smtp.reply import Reply
from tests.smtp.talk import HELLO, MAIL, RCPT, READY, STRICT, every_cut, talk

EVERY = pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS)
MESSAGE = b"DATA\r\nSubject: t\r\n\r\nhello\r\n.\r\n"
QUIT = b"QUIT\r\n"
S = token("n1")
"""The session's word in a talk."""

CONSTANTS = [value for value in vars(replies).values() if isinstance(value, Reply)]
GAPS = {"h": "h", "session": "s", "id": "i"}


def spoken(persona: Persona, base: Profile = STRICT, *, tls: bool = False) -> Profile:
    """A profile that speaks as the persona does."""
    return replace(
        base,
        strict=False,
        hostname="mx.test",
        extensions=frozenset(persona.ehlo) - (frozenset() if tls else {"STARTTLS"}),
        mechanisms=persona.mechanisms,
        tls="starttls" if tls else "none",
        limits=Limits(size=persona.size, recipients=persona.recipients),
        persona=persona,
    )


SESSIONS = {
    "gmail": f"""\
220 mx.test ESMTP {S} - gsmtp
250-mx.test at your service, [192.0.2.7]
250-SIZE 35882577
250-8BITMIME
250-STARTTLS
250-AUTH LOGIN PLAIN XOAUTH2 OAUTHBEARER
250-ENHANCEDSTATUSCODES
250-PIPELINING
250-CHUNKING
250 SMTPUTF8
250 2.1.0 OK {S} - gsmtp
250 2.1.5 OK {S} - gsmtp
354  Go ahead {S} - gsmtp
250 2.0.0 OK  ID {S} - gsmtp
221 2.0.0 closing connection {S} - gsmtp
""",
    "microsoft365": """\
220 mx.test Microsoft ESMTP MAIL Service ready
250-mx.test Hello [192.0.2.7]
250-SIZE 157286400
250-PIPELINING
250-DSN
250-ENHANCEDSTATUSCODES
250-STARTTLS
250-AUTH LOGIN XOAUTH2
250-8BITMIME
250-BINARYMIME
250-CHUNKING
250 SMTPUTF8
250 2.1.0 Sender OK
250 2.1.5 Recipient OK
354 Start mail input; end with <CRLF>.<CRLF>
250 2.0.0 OK <ID@mx.test> [Hostname=mx.test]
221 2.0.0 Service closing transmission channel
""",
    "yahoo": """\
220 mx.test ESMTP ready
250-mx.test Hello client.example [192.0.2.7])
250-PIPELINING
250-ENHANCEDSTATUSCODES
250-8BITMIME
250-SIZE 41697280
250-STARTTLS
250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER
250 2.1.0 Sender OK
250 2.1.5 Recipient OK
354 Ok Send data ending with <CRLF>.<CRLF>
250 2.0.0 OK , completed ID
221 Service Closing transmission
""",
    "ses": f"""\
220 mx.test ESMTP SimpleEmailService-d-{S}
250-mx.test
250-8BITMIME
250-SIZE 41943040
250-STARTTLS
250-AUTH PLAIN LOGIN
250 Ok
250 Ok
250 Ok
354 End data with <CR><LF>.<CR><LF>
250 Ok ID
221 Bye
""",
    "postfix": """\
220 mx.test ESMTP Postfix
250-mx.test
250-PIPELINING
250-SIZE 10240000
250-VRFY
250-ETRN
250-STARTTLS
250-AUTH PLAIN LOGIN
250-ENHANCEDSTATUSCODES
250-8BITMIME
250-DSN
250-SMTPUTF8
250 CHUNKING
250 2.1.0 Ok
250 2.1.5 Ok
354 End data with <CR><LF>.<CR><LF>
250 2.0.0 Ok: queued as ID
221 2.0.0 Bye
""",
    "exim": """\
220 mx.test ESMTP Exim 4.96
250-mx.test Hello client.example [192.0.2.7]
250-SIZE 52428800
250-8BITMIME
250-PIPELINING
250-AUTH PLAIN LOGIN
250-CHUNKING
250-STARTTLS
250-PRDR
250 HELP
250 OK
250 Accepted
354 Enter message, ending with "." on a line by itself
250 OK id=ID
221 mx.test closing connection
""",
}


@EVERY
def test_a_whole_session_octet_by_octet(persona: Persona) -> None:
    session = every_cut(READY + MESSAGE + QUIT, spoken(persona, tls=True))
    assert session.wire.decode() == SESSIONS[persona.name].replace("\n", "\r\n")
    assert session.contents == [b"Subject: t\r\n\r\nhello\r\n"]
    assert session.engine.closed


ODD = (
    b"RSET\r\nNOOP\r\nFOO\r\nMAIL\r\nVRFY a\r\nHELP\r\nEXPN a\r\n"
    b"AUTH FOO\r\nAUTH PLAIN AGEAYg==\r\n"
    b"BDAT 2\r\nhi" + MAIL + MAIL + RCPT + b"BDAT 4\r\na: bBDAT 2 LAST\r\n\r\n" + QUIT
)


@EVERY
def test_codes_are_as_without_it(persona: Persona) -> None:
    profile = spoken(persona)
    octets = b"MAIL\r\nHELO c.test\r\n" + HELLO + ODD
    plain, other = talk(octets, replace(profile, persona=None)), talk(octets, profile)
    assert [r.code for r in other.replies] == [r.code for r in plain.replies]
    assert other.findings == plain.findings
    assert other.contents == plain.contents == [b"a: b\r\n"]


LINES = [HELLO, MAIL, RCPT, MESSAGE, ODD, b"HELO c\r\n", b"STARTTLS\r\n", b"\xff\r\n", b"RSET\r\n"]


@settings(max_examples=60, deadline=None)
@given(
    persona=st.sampled_from(list(PERSONAS.values())),
    lines=st.lists(st.sampled_from(LINES) | st.binary(max_size=20), max_size=8),
    strict=st.booleans(),
)
def test_whatever_is_said_codes_are_as_without_it(
    persona: Persona, lines: list[bytes], strict: bool
) -> None:
    profile = replace(spoken(persona), strict=strict)
    octets = b"".join(lines)
    plain, other = talk(octets, replace(profile, persona=None)), talk(octets, profile)
    assert [r.code for r in other.replies] == [r.code for r in plain.replies]
    assert (other.stored, other.findings) == (plain.stored, plain.findings)
    assert other.engine.session.state == plain.engine.session.state


@EVERY
def test_every_reply_has_an_enhanced_code_or_none_has(persona: Persona) -> None:
    session = talk(HELLO + ODD, spoken(persona))
    due = [r for r in session.replies[2:-1] if not 300 <= r.code < 400]
    assert {bool(reply.status) for reply in due} == {persona.statuses}
    assert persona.statuses == ("ENHANCEDSTATUSCODES" in persona.ehlo)


@EVERY
def test_its_replies_are_well_formed(persona: Persona) -> None:
    pairs = [*persona.wording.items(), (replies.queued("x"), persona.queued)]
    for ours, theirs in [*pairs, (replies.bye("h"), persona.bye)]:
        assert theirs.code == ours.code
        assert not theirs.status or theirs.status[0] == str(theirs.code)[0]
        assert not theirs.status or (persona.statuses and ours.status), theirs
        assert theirs.text.format_map(GAPS).isascii()
    assert persona.banner.code == 220
    assert not persona.banner.status
    assert "{id}" in persona.queued.text


@EVERY
def test_it_offers_only_what_is_done(persona: Persona) -> None:
    assert set(persona.ehlo) <= {extension.keyword for extension in ALL}
    assert set(persona.mechanisms) <= set(OPEN_MECHANISMS) & set(CHECKED_MECHANISMS)
    assert persona.wording.keys() <= set(CONSTANTS)


@EVERY
@pytest.mark.parametrize("reply", CONSTANTS, ids=str)
def test_any_reply_keeps_its_code(persona: Persona, reply: Reply) -> None:
    said = Speech(persona, "mx.test", "n").reply(reply)
    assert said.code == reply.code
    assert "{" not in said.text


@EVERY
def test_the_id_is_named_after_chunks_too(persona: Persona) -> None:
    session = talk(READY + b"BDAT 6 LAST\r\na: b\r\n", spoken(persona))
    assert session.last == str(Speech(persona, "mx.test", "n1").queued).replace("{id}", "ID")
    assert "ID" in session.last


def test_a_refusal_of_several_lines() -> None:
    session = talk(HELLO + MAIL, replace(spoken(GMAIL), auth="required"))
    assert session.last == (
        "530-5.7.0 Authentication Required. For more information, go to\n"
        f"530 5.7.0  https://support.google.com/mail/?p=WantAuthError {S} - gsmtp"
    )


def test_a_reply_without_wording_is_signed() -> None:
    session = talk(HELLO + b"EXPN a\r\n", spoken(GMAIL))
    assert session.last == f"502 5.5.1 EXPN not implemented {S} - gsmtp"


def test_a_client_cannot_write_into_a_template() -> None:
    session = talk(b"EHLO {h}{id}{0}\r\n", spoken(EXIM))
    assert session.last.startswith("250-mx.test Hello {h}{id}{0} [192.0.2.7]\n")
    session.send(b"MAIL FROM:<a@x.test> {h}=1\r\n")
    assert session.replies[-1].code in {250, 501}


def test_helo_is_answered_with_the_first_line_or_one_of_its_own() -> None:
    assert talk(b"HELO c.test\r\n", spoken(GMAIL)).last == "250 mx.test at your service"
    assert talk(b"HELO c.test\r\n", spoken(EXIM)).last == "250 mx.test Hello c.test [192.0.2.7]"
    assert talk(b"HELO c.test\r\n", spoken(POSTFIX)).last == "250 mx.test"


def test_no_peer_leaves_no_gap() -> None:
    assert GMAIL.greets("h", "c", "") == "h at your service"


def test_lines_of_its_own_come_last_but_for_the_closing_one() -> None:
    profile = replace(spoken(SES), extra_lines=("X-FEATURE",))
    lines = talk(HELLO, profile).last.splitlines()
    assert lines[-3:] == ["250-AUTH PLAIN LOGIN", "250-X-FEATURE", "250 Ok"]


@EVERY
def test_what_was_pipelined_behind_starttls_is_still_dropped(persona: Persona) -> None:
    profile = replace(spoken(persona, tls=True), strict=True)
    session = talk(HELLO + b"STARTTLS\r\nMAIL FROM:<x@x.test>\r\n", profile)
    assert [reply.code for reply in session.replies] == [220, 250, 454]


def test_lmtp_names_each_recipient_all_the_same() -> None:
    profile = replace(spoken(POSTFIX), protocol="lmtp")
    session = talk(b"LHLO c.test\r\n" + MAIL + RCPT + MESSAGE, profile)
    assert session.last == "250 2.1.5 <b@y.example> Ok: queued as ID"


def test_sessions_have_words_of_their_own_that_hide_the_nonce() -> None:
    assert token("a") != token("b")
    assert token("a") == token("a")
    assert "nonce" not in token("nonce")

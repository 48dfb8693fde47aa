"""STARTTLS (RFC 3207), as far as an engine without sockets sees it."""

from dataclasses import replace

import pytest

from mailtrap.smtp.profile import EVERYDAY, Profile
from tests.smtp.talk import HELLO, MAIL, PLAIN, RCPT, Talk, every_cut, talk

OFFERED = replace(PLAIN, extensions=EVERYDAY | {"STARTTLS", "REQUIRETLS"}, tls="starttls")
OFFERED_STRICT = replace(OFFERED, strict=True)
LOGIN = b"AUTH PLAIN AHVzZXIAcGFzcw==\r\n"


def keywords(session: Talk) -> set[str]:
    """The words of the last EHLO reply."""
    return {line[4:].split()[0] for line in session.last.splitlines()}


def upgraded(before: bytes) -> Talk:
    """A session that said this, then STARTTLS, and had its handshake."""
    session = talk(before + b"STARTTLS\r\n", OFFERED)
    assert session.last == "220 2.0.0 Ready to start TLS"
    assert session.engine.wants_tls
    assert session.engine.take_surplus() == b""
    session.engine.tls_started()
    return session


def test_after_the_handshake_all_that_was_said_is_forgotten() -> None:
    session = upgraded(HELLO + LOGIN)
    known = session.engine.session
    assert (known.helo, known.greeted_by, known.identity) == (None, "", None)
    assert known.tls
    assert not session.engine.wants_tls


def test_within_tls_it_is_no_longer_offered_and_requiretls_is() -> None:
    assert "STARTTLS" in keywords(talk(HELLO, OFFERED))
    assert "REQUIRETLS" not in keywords(talk(HELLO, OFFERED))
    within = upgraded(HELLO).send(HELLO)
    assert "STARTTLS" not in keywords(within)
    assert "REQUIRETLS" in keywords(within)


def test_a_second_starttls_is_refused() -> None:
    assert upgraded(HELLO).send(HELLO + b"STARTTLS\r\n").last == "503 5.5.1 TLS already active"


def test_within_a_transaction_it_is_refused_and_the_transaction_goes_on() -> None:
    session = every_cut(HELLO + MAIL + b"STARTTLS\r\n" + RCPT, OFFERED)
    assert session.codes[2:] == ["503 5.5.1", "250 2.1.5"]


@pytest.mark.parametrize("profile", [OFFERED, OFFERED_STRICT])
def test_an_argument_is_refused(profile: Profile) -> None:
    session = every_cut(HELLO + b"STARTTLS now\r\n", profile)
    assert session.codes[1:] == ["501 5.5.4"]
    assert session.ids == {"F-CMD-ARG"}


def test_where_it_is_hidden_the_session_goes_on_in_clear() -> None:
    session = every_cut(HELLO + b"STARTTLS\r\n" + MAIL)
    assert session.codes[1:] == ["502 5.5.1", "250 2.1.0"]


def test_before_ehlo_it_is_forgiven_but_for_strict_mode() -> None:
    session = every_cut(b"STARTTLS\r\n", OFFERED)
    assert session.codes == ["220 2.0.0"]
    assert session.ids == {"F-NO-HELO"}
    assert every_cut(b"STARTTLS\r\n", OFFERED_STRICT).codes == ["503 5.5.1"]


def test_what_was_sent_in_clear_behind_it_never_becomes_part_of_the_session() -> None:
    evil = b"MAIL FROM:<evil@x>\r\nRCPT TO:<v@y>\r\n"
    session = talk(HELLO + b"STARTTLS\r\n" + evil, OFFERED)
    assert session.codes[1:] == ["220 2.0.0"]
    assert session.engine.take_surplus() == b""
    assert session.engine.pending == 0
    session.engine.tls_started()
    assert session.send(b"RCPT TO:<z@y>\r\n").codes[2:] == ["503 5.5.1"]
    (found,) = [f for f in session.engine.session.findings.all() if f.id == "F-STARTTLS-INJECT"]
    assert found.evidence.startswith("MAIL FROM:<evil@x>")
    assert found.message == f"{len(evil)} octets after STARTTLS were discarded."


@pytest.mark.parametrize("handshake", [b"\x16", b"\x16\x03", b"\x16\x03\x01\x02\x00\x01"])
def test_a_handshake_that_began_too_early_is_handed_over(handshake: bytes) -> None:
    session = talk(HELLO + b"STARTTLS\r\n" + handshake, OFFERED)
    assert session.engine.take_surplus() == handshake
    assert session.engine.pending == 0
    assert session.ids == {"F-TLS-EARLY-HELLO"}


def test_while_tls_is_awaited_nothing_is_parsed() -> None:
    session = talk(HELLO + b"STARTTLS\r\n", OFFERED)
    session.send(b"NOOP\r\n")
    session.engine.receive_eof()
    assert session.engine.next_event() is None


def test_a_half_line_in_clear_does_not_begin_a_line_within_tls() -> None:
    session = talk(HELLO + b"STARTTLS\r\nMAIL FR", OFFERED)
    session.engine.take_surplus()
    session.engine.tls_started()
    assert session.send(b"OM:<a@x>\r\n").codes[2:] == ["500 5.5.2"]


def test_strict_mode_drops_what_came_in_the_same_flight_and_begins_no_tls() -> None:
    session = talk(HELLO + b"STARTTLS\r\n" + MAIL + RCPT, OFFERED_STRICT)
    assert session.codes[1:] == ["454 4.5.0"]
    assert session.ids == {"F-STARTTLS-INJECT"}
    assert session.engine.session.transaction is None
    assert session.send(b"STARTTLS\r\n").codes[2:] == ["220 2.0.0"]


def test_another_refusal_drops_nothing() -> None:
    busy = talk(b"", OFFERED).replies[0]
    refusal = replace(busy, code=454, text="not now", status="4.7.0")
    session = talk(
        HELLO + b"STARTTLS\r\nNOOP\r\n",
        OFFERED,
        decide=lambda event: (refusal,) if event.stage == "starttls" else None,
    )
    assert session.codes[1:] == ["454 4.7.0", "250 2.0.0"]
    assert not session.engine.wants_tls


def test_where_tls_is_required_only_a_few_commands_come_before_it() -> None:
    required = replace(OFFERED, tls_required=True)
    session = every_cut(HELLO + MAIL + LOGIN + b"RSET\r\nNOOP\r\nQUIT\r\n", required)
    assert session.codes[1:] == ["530 5.7.0"] * 3 + ["250 2.0.0", "221 2.0.0"]


def test_implicit_tls_is_tls_from_the_beginning() -> None:
    session = every_cut(HELLO + b"STARTTLS\r\n", replace(OFFERED, tls="implicit"))
    assert session.codes[1:] == ["503 5.5.1"]
    assert session.engine.session.protocol() == "ESMTPS"

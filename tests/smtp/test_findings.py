"""Findings: their texts, their bounds, and how they are counted."""

import pytest

from mailtrap.smtp.catalogue import CATALOGUE
from mailtrap.smtp.findings import EVIDENCE_LIMIT, SESSION_LIMIT, FindingLog, escape, finding
from tests.smtp.talk import HELLO, MAIL, READY, talk


def test_a_finding_is_its_entry_with_the_gaps_filled() -> None:
    found = finding("F-SIZE-LIE", "content", b"\x00\xff", 10, 20, offset=3, count=2)
    assert found.message == "Declared 10 octets, sent 20."
    assert (found.severity, found.rfc) == ("warning", "1870 \u00a76.3")
    assert (found.evidence, found.offset, found.count) == ("\\x00\\xff", 3, 2)
    assert finding("F-TLS-ON-PLAIN", "greeting").hint


def test_an_unknown_finding_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        finding("F-NO-SUCH-THING", "mail")


def test_what_a_client_wrote_goes_into_a_finding_only_so_far() -> None:
    found = finding("F-PARAM-UNKNOWN", "mail", "y" * 1000, "x" * 1000)
    assert len(found.message) < 200
    assert len(found.evidence) == EVIDENCE_LIMIT + 1
    assert found.evidence.endswith("\u2026")


def test_evidence_is_printable_ascii() -> None:
    assert escape(b"a\r\n\xe9\\") == "a\\r\\n\\xe9\\\\"
    assert finding("F-WS", "mail", "\u00fc\udcff").evidence == "\\xc3\\xbc\\xff"


def test_a_log_counts_what_it_knows() -> None:
    log = FindingLog()
    log.extend((finding("F-WS", "mail", b"a"), finding("F-WS", "rcpt"), finding("F-WS", "mail")))
    assert [(f.stage, f.count, f.evidence) for f in log.all()] == [
        ("mail", 2, "a"),
        ("rcpt", 1, ""),
    ]


def test_a_log_is_bounded_but_goes_on_counting() -> None:
    log = FindingLog(2)
    for name in ("A", "B", "C", "A"):
        log.add(finding("F-PARAM-UNKNOWN", "mail", b"", name))
    assert [(f.message[10:11], f.count) for f in log.all()] == [("A", 2), ("B", 1)]


def test_a_session_keeps_no_more_findings_than_its_limit() -> None:
    lines = b"".join(b"MAIL FROM:<> X%d\r\nRSET\r\n" % number for number in range(400))
    assert len(talk(HELLO + lines).engine.session.findings.all()) == SESSION_LIMIT


def test_findings_go_with_the_event_they_belong_to() -> None:
    session = talk(READY).send(b"MAIL  FROM:<a@x>\r\n")
    assert [f.id for f in session.events[-1].findings] == ["F-WS"]
    assert session.send(b"NOOP\r\n").events[-1].findings == ()


def test_content_has_all_that_was_found_since_mail() -> None:
    session = talk(HELLO).send(b"XX \r\n").send(b"NOOP \r\n").send(b"MAIL FROM: <a@x>\r\n")
    session.send(b"RCPT TO:b@y\r\n").send(b"DATA\r\n").send(b".a\r\n.\r\n")
    noted = getattr(session.events[-1], "noted", ())
    assert {f.id for f in noted} == {"F-PATH-WS", "F-PATH-NOBRACKET", "F-DOT-UNSTUFFED"}


def test_a_transaction_does_not_inherit_findings() -> None:
    first = talk(HELLO).send(b"MAIL FROM: <a@x>\r\n").send(b"RSET\r\n")
    for segment in (MAIL, b"RCPT TO:<b@y.example>\r\n", b"DATA\r\n", b".\r\n"):
        first.send(segment)
    assert getattr(first.events[-1], "noted", None) == ()


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_each_text_is_a_sentence(entry: object) -> None:
    text = getattr(entry, "text", "")
    assert text.endswith(".")
    assert text[0].isupper() or text[0] == "{" or text.startswith("8-bit")

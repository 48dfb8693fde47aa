"""Delivery status notifications, read with the standard library and with our own parser."""

import pytest

from mailtrap.mail.parse import parse
from mailtrap.outbound.status import NAMED_LIMIT, TELLINGS, Action, notification
from mailtrap.smtp.envelope import Recipient
from mailtrap.smtp.reply import Reply
from tests.outbound.making import RAW, STAMP, Read, message, read, recipient

UNKNOWN = Reply(550, "User unknown", "5.1.1")
ACTIONS = tuple(TELLINGS)


def failed(*recipients: Recipient, **params: str) -> Read:
    return read(notification("failed", UNKNOWN, message(RAW, *recipients, params=params), STAMP))


def test_it_is_a_report_of_three_parts_for_the_reverse_path() -> None:
    report = notification("failed", UNKNOWN, message(), STAMP)
    assert report is not None
    assert report.to.address == "app@app.test"
    assert not report.international
    assert not report.eight_bit
    mail = read(report).mail
    assert mail.get_content_type() == "multipart/report"
    assert mail.get_param("report-type") == "delivery-status"
    assert read(report).types == ["text/plain", "message/delivery-status", "message/rfc822"]
    assert mail["From"] == "Mail Delivery System <MAILER-DAEMON@trap.test>"
    assert mail["To"] == "app@app.test"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Message-ID"] == "<r1@trap.test>"
    assert mail["Date"] == "Fri, 02 Jan 2026 03:05:05 +0000"
    assert mail["In-Reply-To"] == mail["References"] == "<m1@app.test>"
    assert not mail.defects


def test_our_own_parser_reads_it_without_a_defect() -> None:
    report = notification("failed", UNKNOWN, message(), STAMP)
    assert report is not None
    mail = parse(report.raw)
    assert mail.defects == ()
    assert mail.summary.subject == "Undelivered Mail Returned to Sender"
    assert "<ann@example.com>" in (mail.text or "")
    assert "550 5.1.1 User unknown" in (mail.text or "")
    assert [part.content_type for part in mail.root.children] == read(report).types


def test_the_fields_of_the_message() -> None:
    (first, _) = failed(recipient(), ENVID="order 7+8").groups
    assert first.items() == [
        ("Original-Envelope-Id", "order 7+8"),
        ("Reporting-MTA", "dns; trap.test"),
        ("Received-From-MTA", "dns; app.host"),
        ("Arrival-Date", "Fri, 02 Jan 2026 03:04:05 +0000"),
    ]


def test_the_fields_of_a_recipient() -> None:
    (_, second) = failed(recipient(ORCPT="rfc822;Ann+x@example.com")).groups
    assert second.items() == [
        ("Original-Recipient", "rfc822; Ann+x@example.com"),
        ("Final-Recipient", "rfc822; ann@example.com"),
        ("Action", "failed"),
        ("Status", "5.1.1"),
        ("Remote-MTA", "dns; example.com"),
        ("Diagnostic-Code", "smtp; 550 5.1.1 User unknown"),
        ("Last-Attempt-Date", "Fri, 02 Jan 2026 03:05:05 +0000"),
    ]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("notify", "events"),
    [
        (None, {"FAILURE", "DELAY"}),
        ("NEVER", set()),
        ("FAILURE", {"FAILURE"}),
        ("DELAY", {"DELAY"}),
        ("SUCCESS", {"SUCCESS"}),
        ("success,failure", {"SUCCESS", "FAILURE"}),
        ("SUCCESS,FAILURE,DELAY", {"SUCCESS", "FAILURE", "DELAY"}),
    ],
)
def test_only_those_are_told_that_notify_asks_for(
    action: Action, notify: str | None, events: set[str]
) -> None:
    one = recipient() if notify is None else recipient(NOTIFY=notify)
    report = notification(action, UNKNOWN, message(RAW, one), STAMP)
    assert (report is not None) == (TELLINGS[action].event in events)


def test_only_the_recipients_that_want_a_report_are_in_it() -> None:
    found = failed(recipient("a@x.test", NOTIFY="NEVER"), recipient("b@x.test"))
    assert [group["Final-Recipient"] for group in found.groups[1:]] == ["rfc822; b@x.test"]
    assert "a@x.test" not in found.text


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("reply", [UNKNOWN, Reply(451, "Later", "4.7.1"), Reply(250, "Ok")])
def test_action_status_and_diagnostic_never_contradict_each_other(
    action: Action, reply: Reply
) -> None:
    one = recipient(NOTIFY="SUCCESS,FAILURE,DELAY")
    group = read(notification(action, reply, message(RAW, one), STAMP)).groups[1]
    assert group["Action"] == action
    assert group["Status"][0] in TELLINGS[action].classes
    if group["Diagnostic-Code"] is not None:
        code = group["Diagnostic-Code"].removeprefix("smtp; ")
        assert code[0] in TELLINGS[action].classes
    assert (group["Diagnostic-Code"] is not None) == TELLINGS[action].remote
    assert (group["Will-Retry-Until"] is not None) == (action == "delayed")


def test_a_reply_without_an_enhanced_code_has_the_status_of_its_class() -> None:
    report = read(notification("failed", Reply(552, "Full"), message(), STAMP))
    assert report.groups[1]["Status"] == "5.0.0"


def test_a_diagnostic_of_several_lines_is_folded() -> None:
    report = notification("failed", Reply(550, "one\ntwo", "5.7.1"), message(), STAMP)
    assert report is not None
    assert b"Diagnostic-Code: smtp; 550-5.7.1 one\r\n 550 5.7.1 two\r\n" in report.raw


LARGE = RAW + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 1_000


@pytest.mark.parametrize(
    ("ret", "raw", "whole"),
    [
        (None, RAW, True),
        (None, LARGE, False),
        ("FULL", LARGE, True),
        ("FULL", RAW, True),
        ("HDRS", RAW, False),
    ],
)
def test_the_original_goes_back_as_ret_says(ret: str | None, raw: bytes, *, whole: bool) -> None:
    params = {"RET": ret} if ret else {}
    report = notification("failed", UNKNOWN, message(raw, params=params), STAMP)
    assert report is not None
    last = "message/rfc822" if whole else "text/rfc822-headers"
    assert read(report).types[2] == last
    assert (raw in report.raw) == whole
    assert b"Message-ID: <m1@app.test>\r\n" in report.raw


@pytest.mark.parametrize("action", [one for one in ACTIONS if one != "failed"])
def test_only_a_failure_returns_the_content(action: Action) -> None:
    asked = message(RAW, recipient(NOTIFY="SUCCESS,DELAY"), params={"RET": "FULL"})
    report = read(notification(action, UNKNOWN, asked, STAMP))
    assert report.types[2] == "text/rfc822-headers"


def test_an_international_report_has_the_global_types() -> None:
    raw = "Subject: Grüße\r\n\r\nbody\r\n".encode()
    one = recipient("jürgen@exämple.test", ORCPT="utf-8;jürgen@exämple.test")
    asked = message(raw, one, sender="åsa@app.test", params={"SMTPUTF8": None})
    report = notification("failed", UNKNOWN, asked, STAMP)
    assert report is not None
    assert report.international
    assert read(report).types == [
        "text/plain",
        "message/global-delivery-status",
        "message/global",
    ]
    assert "Final-Recipient: utf-8; jürgen@exämple.test\r\n".encode() in report.raw
    assert "Original-Recipient: utf-8; jürgen@exämple.test\r\n".encode() in report.raw
    assert b"Remote-MTA: dns; xn--exmple-cua.test\r\n" in report.raw
    assert "To: <åsa@app.test>\r\n".encode() in report.raw


def test_a_sender_without_smtputf8_gets_ascii_all_the_same() -> None:
    asked = message(RAW, recipient("jürgen@example.test"))
    report = notification("failed", Reply(550, "Grüße", "5.1.1"), asked, STAMP)
    assert report is not None
    assert report.raw.isascii()
    assert not report.international
    assert rb"Final-Recipient: utf-8; j\x{FC}rgen@example.test" in report.raw
    assert b"Diagnostic-Code: smtp; 550 5.1.1 Gr??e" in report.raw


def test_ten_thousand_recipients_are_all_in_the_fields_and_some_in_the_text() -> None:
    many = [recipient(f"r{number}@x.test") for number in range(10_000)]
    found = failed(*many)
    assert len(found.groups) == 10_001
    assert f"and {10_000 - NAMED_LIMIT} more" in found.text

from dataclasses import replace

import msgspec

from mailtrap.mail.parse import parse
from mailtrap.outbound.complaint import complaint
from mailtrap.smtp.envelope import Params
from tests.outbound.making import RAW, STAMP, message, read, recipient

PARAMS: Params = {"ENVID": "e1"}


def test_it_is_an_abuse_report_with_the_message_in_it() -> None:
    asked = message(RAW, recipient("a@x.test"), recipient("b@x.test"), params=PARAMS)
    report = complaint(asked, STAMP)
    found = read(report)
    assert found.mail.get_param("report-type") == "feedback-report"
    assert found.types == ["text/plain", "message/feedback-report", "message/rfc822"]
    assert found.mail["Subject"] == "FW: Hello"
    assert found.mail["To"] == "app@app.test"
    assert found.mail["Auto-Submitted"] == "auto-generated"
    assert parse(report.raw).defects == ()
    assert RAW in report.raw


def test_the_fields_for_programs() -> None:
    asked = message(RAW, recipient("a@x.test"), recipient("b@x.test"), params=PARAMS)
    raw = complaint(asked, STAMP).raw.decode()
    fields = raw.split("message/feedback-report", 1)[1].split("\r\n\r\n", 1)[1]
    lines = fields.split("\r\n--", 1)[0].split("\r\n")
    assert lines[0] == "Feedback-Type: abuse"
    assert lines[1].startswith("User-Agent: mailtrap/")
    assert lines[2:] == [
        "Version: 1",
        "Original-Envelope-Id: e1",
        "Original-Mail-From: <app@app.test>",
        "Original-Rcpt-To: <a@x.test>",
        "Original-Rcpt-To: <b@x.test>",
        "Arrival-Date: Fri, 02 Jan 2026 03:04:05 +0000",
        "Reporting-MTA: dns; trap.test",
        "Source-IP: 192.0.2.7",
        "",
    ]


def test_a_peer_without_an_address_is_left_out() -> None:
    asked = message()
    trace = msgspec.structs.replace(asked.trace, peer="unix:/run/x")
    report = complaint(msgspec.structs.replace(asked, trace=trace), STAMP)
    assert b"Source-IP" not in report.raw


def test_a_boundary_that_stands_in_the_message_is_not_taken() -> None:
    raw = RAW + b"--=_r1\r\n--=_r1_\r\n"
    found = read(complaint(message(raw), replace(STAMP, id="r1")))
    assert found.mail.get_boundary() == "=_r1__"
    assert len(found.parts) == 3

from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.faults.steps import Bounce
from mailtrap.mail.parse import parse
from mailtrap.outbound.records import Report
from mailtrap.outbound.report import LISTENER, reports, silence
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.reply import Reply
from mailtrap.store.records import NewMessage, Trace
from tests.outbound.making import ARRIVED, RAW, STAMP, message, recipient

BOUNCES = [Bounce("failed"), Bounce("delayed"), Bounce("auto-reply"), Bounce("complaint")]
KINDS = [bounce.kind for bounce in BOUNCES]

text = st.text(st.characters(exclude_characters="\n"), max_size=60)
surrogates = st.binary(max_size=20).map(lambda o: o.decode("utf-8", "surrogateescape"))
words = text | surrogates
octets = st.binary(max_size=200) | words.map(
    lambda w: b"Subject: " + w.encode("utf-8", "surrogatepass") + b"\r\n\r\nbody\r\n"
)


@pytest.mark.parametrize("bounce", BOUNCES, ids=KINDS)
def test_every_kind_gives_a_report_of_that_kind(bounce: Bounce) -> None:
    (report,) = reports(bounce, message(), STAMP)
    assert report.kind == bounce.kind
    assert report.to.address == "app@app.test"


@pytest.mark.parametrize("bounce", BOUNCES, ids=KINDS)
def test_a_null_reverse_path_gets_nothing(bounce: Bounce) -> None:
    assert list(reports(bounce, message(sender=""), STAMP)) == []


@pytest.mark.parametrize("bounce", BOUNCES, ids=KINDS)
def test_a_report_gets_nothing(bounce: Bounce) -> None:
    assert list(reports(bounce, message(listener=LISTENER), STAMP)) == []


def test_an_address_that_would_end_a_command_gets_nothing() -> None:
    assert silence(message(sender='"a\rRCPT TO:<b@c>"@x.test')) is not None
    assert silence(message()) is None


def test_nobody_who_said_never_gets_a_delivery_status() -> None:
    asked = message(RAW, recipient(NOTIFY="NEVER"))
    assert list(reports(Bounce("failed"), asked, STAMP)) == []


@given(
    raw=octets,
    sender=words.filter(bool),
    to=words,
    orcpt=words,
    envid=words,
    said=words,
    utf8=st.booleans(),
    bounce=st.sampled_from(BOUNCES),
)
@settings(max_examples=150, deadline=None)
def test_whatever_strangers_write_the_report_is_well_formed(
    raw: bytes,
    sender: str,
    to: str,
    orcpt: str,
    envid: str,
    said: str,
    utf8: bool,
    bounce: Bounce,
) -> None:
    params = {"ENVID": envid, **({"SMTPUTF8": None} if utf8 else {})}
    target = Recipient(Path(to, to, to), {"ORCPT": f"rfc822;{orcpt}"})
    envelope = Envelope(Path(sender, sender, sender), params, (target,))
    trace = Trace("s", "smtp", said, "l", to, "ESMTP")
    asked = NewMessage("m", ARRIVED, raw, envelope, trace)
    told = Bounce(bounce.kind, Reply(550, said.encode("utf-8", "replace").decode()))
    for report in reports(told, asked, STAMP):
        _is_well_formed(report)


def _is_well_formed(report: Report) -> None:
    assert b"\0" not in report.raw
    lines = report.raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    head = report.raw.partition(b"\r\n\r\n")[0]
    assert head.isascii() or report.international
    assert report.eight_bit == (not report.raw.isascii())
    mail = parse(report.raw)
    names = [header.name for header in mail.headers]
    assert {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"} <= set(names)
    assert len(names) == len(set(names))
    whole = message_from_bytes(report.raw, policy=policy.compat32)
    if report.kind != "auto-reply":
        assert len(mail.root.children) == 3
        assert len(whole.get_payload()) == 3

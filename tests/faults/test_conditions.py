from __future__ import annotations

from dataclasses import replace

import pytest

from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment

MOMENT = Moment(
    stage="message",
    at=0.0,
    listener="smtp",
    ip="10.1.2.3",
    tls=True,
    helo="client.test",
    auth="ann",
    mail_from="Ann@a.test",
    recipients=("bob@b.test", "eve@e.test"),
    session_nth=3,
    message_nth=2,
    size=1000,
    content=b"Subject: =?utf-8?q?W=C3=BCn?=\r\nX-A: one\r\nX-A: two\r\n three\r\n\r\nX-B: body\r\n",
)


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        ("", True),
        ("mail_from=ann@*", True), ("mail_from=bob@*", False),
        ("rcpt=eve@*", True), ("rcpt=*@c.test", False), ("rcpt=/^bob@/", True),
        ("auth=ann", True), ("auth=an", False),
        ("helo=*.test", True), ("helo=test", False),
        ("ip=10.0.0.0/8", True), ("ip=10.1.2.4", False), ("ip=::/0", False),
        ("listener=smtp", True), ("listener=lmtp", False),
        ("tls=true", True), ("tls=false", False),
        ("size_over=999", True), ("size_over=1000", False),
        ("session_nth=3", True), ("session_nth=2", False),
        ("message_nth=2", True), ("message_nth=1", False),
        ("subject=Wün", True), ("subject=/n$/", True), ("subject=x", False),
        ("header.x-a=one", True), ("header.X-A=two*three", True), ("header.X-A=three", False),
        ("header.X-B=*", False),
        ('query="subject:wün helo:client.test"', True), ("query=subject:x", False),
        ('query="rcpt:eve@e.test is:tls -has:link"', True), ("query=has:attachment", False),
        ("query=newer_than:1h", True), ("query=/X-C|one/", False),
        ("tls=true auth=ann header.X-A=one", True), ("tls=true auth=bob header.X-A=one", False),
    ],
)  # fmt: skip
def test_all_conditions_must_hold(options: str, holds: bool) -> None:
    assert parse_line(f"message 554 {options}").when.hold(MOMENT) is holds


@pytest.mark.parametrize("option", ["auth=*", "helo=*", "mail_from=*"])
def test_what_is_not_known_matches_nothing(option: str) -> None:
    unknown = replace(MOMENT, auth=None, helo=None, mail_from=None)
    assert not parse_line(f"message 554 {option}").when.hold(unknown)


def test_without_content_no_header_matches() -> None:
    for option in ("subject=*", "query=-subject:never"):
        when = parse_line(f"message 554 {option}").when
        assert when.needs_content
        assert not when.hold(replace(MOMENT, content=None))


def test_one_recipient_is_looked_at_alone_where_it_is_asked_about() -> None:
    when = parse_line("message bob@* 554").when
    assert when.hold(replace(MOMENT, rcpt="bob@b.test"))
    assert not when.hold(replace(MOMENT, rcpt="eve@e.test"))


def test_mapped_addresses_are_ipv4() -> None:
    when = parse_line("message 10.0.0.0/8 554".replace("10.0.0.0/8 554", "554 ip=10.0.0.0/8")).when
    assert when.hold(replace(MOMENT, ip="::ffff:10.1.1.1"))
    assert not when.hold(replace(MOMENT, ip="unix"))


def test_header_fields_end_at_the_blank_line() -> None:
    assert replace(MOMENT, content=b"A: 1\nB : 2\n\n3\nC: 4\n").fields.keys() == {"a", "b"}
    assert replace(MOMENT, content=b"").fields == {}

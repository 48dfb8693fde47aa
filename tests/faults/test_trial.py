from __future__ import annotations

import pytest

from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import RuleBook
from mailtrap.faults.steps import proposed
from mailtrap.faults.trial import USUAL, Trial, trial, why_not
from mailtrap.smtp.reply import Reply

OK = proposed((Reply(250, "Ok"),))
AT_RCPT = Moment(
    stage="rcpt", at=100.0, session="1", ip="10.0.0.1", listener="smtp", helo="a.test",
    mail_from="ann@a.test", rcpt="bob@b.test", size=10, message_nth=1,
)  # fmt: skip
AT_END = Moment(
    stage="message", at=100.0, recipients=("bob@b.test",), content=b"Subject: hi\r\n\r\nyou\r\n"
)


def book(*lines: str) -> RuleBook:
    return RuleBook([parse_line(line) for line in lines])


def played(rules: RuleBook, moment: Moment = AT_RCPT) -> Trial:
    return trial(rules.entries, moment, OK)


def test_the_first_rule_that_matches_acts_and_the_next_are_told_so() -> None:
    rules = book("rcpt *@x.test 550 name=x", "rcpt 451 No name=a", "rcpt 452 name=b")
    told = played(rules)
    assert [(one.rule, one.acts) for one in told.verdicts] == [
        ("x", False), ("a", True), ("b", False)
    ]  # fmt: skip
    assert told.verdicts[0].reason == "rcpt is bob@b.test, and it wants *@x.test"
    assert told.verdicts[2].reason == "a acts first"
    assert str(told.answer.replies[0]) == "451 No"


def test_a_rule_that_continues_lets_the_next_act_too() -> None:
    told = played(book("rcpt delay 1s continue=true name=a", "rcpt 451 {rcpt} name=b"))
    assert [one.acts for one in told.verdicts] == [True, True]
    assert str(told.answer.replies[0]) == "451 bob@b.test"


def test_nothing_is_counted() -> None:
    rules = book("rcpt 451 times=1 rate=1/1m name=a")
    for _ in range(3):
        assert [one.acts for one in played(rules).verdicts] == [False]
    rules = book("rcpt 451 times=1 name=a")
    for _ in range(3):
        assert [one.acts for one in played(rules).verdicts] == [True]
    assert rules.answer(AT_RCPT, OK)[1] == ("a",)
    assert [(e.counters.matched, e.counters.acted) for e in rules.entries] == [(1, 1)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("rcpt 451 enabled=false", "it is switched off"),
        ("rcpt 451 expires=50s", "its time is over"),
        ("mail,data 451", "it acts at mail, data, not at rcpt"),
        ("rcpt 451 inbox=x", "it is for the inbox x, not default"),
        ("rcpt 451 mail_from=*@x", "mail_from is ann@a.test, and it wants *@x"),
        ("rcpt 451 auth=bob", "auth is not known here, and it wants bob"),
        ("rcpt 451 helo=*.x", "helo is a.test, and it wants *.x"),
        ("rcpt 451 ip=192.0.2.0/24", "ip is 10.0.0.1, and it wants 192.0.2.0/24"),
        ("rcpt 451 listener=lmtp", "listener is smtp, and it wants lmtp"),
        ("rcpt 451 tls=true", "tls is false, and it wants true"),
        ("rcpt 451 size_over=10", "size_over is 10, and it wants 10"),
        ("rcpt 451 session_nth=2", "session_nth is 1, and it wants 2"),
        ("rcpt 451 message_nth=2", "message_nth is 1, and it wants 2"),
        ("rcpt 451 after=2", "it lets the first 2 pass"),
        ("rcpt 451 every=2", "it acts on every 2. only, and this is another"),
        ("rcpt 451 rate=1/1m", "it acts on what is over its rate only"),
        ("rcpt 451 chance=0", "the dice fall against it this time (chance 0)"),
        ("rcpt 451 after=1 per=ip", "it lets the first 1 pass, for each ip"),
    ],
)
def test_why_a_rule_does_not_act(line: str, reason: str) -> None:
    assert why_not(book(line).entries[0], AT_RCPT) == reason


def test_a_rule_that_is_spent_or_whose_wait_is_over_says_so() -> None:
    rules = book("rcpt 451 times=1 name=a", "rcpt 451 wait=5s name=b")
    rules.answer(AT_RCPT, OK)
    rules.answer(AT_RCPT, OK)
    later = Moment(stage="rcpt", at=200.0, rcpt="bob@b.test")
    assert [one.reason for one in played(rules, later).verdicts] == [
        "it acted 1 of 1 times already", "its time since the first one is over"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("message 451 subject=*yo*", "subject is hi, and it wants *yo*"),
        ("message 451 header.X-Foo=*", "header.x-foo is not known here, and it wants *"),
        ("message 451 query=them", "query is a message that it does not find, and it wants them"),
        ("message 451 query=you", ""),
        ("content 451", ""),
    ],
)
def test_a_whole_message_is_looked_at(line: str, reason: str) -> None:
    assert why_not(book(line).entries[0], AT_END) == reason


def test_a_rule_on_the_content_that_must_wait_says_for_what() -> None:
    moment = Moment(stage="content", at=0.0)
    told = why_not(book("content 451").entries[0], moment)
    assert told == "it waits until the whole content is there: try the stage message"


def test_the_usual_replies_refuse_nothing() -> None:
    refusing = {stage for stage, reply in USUAL.items() if not reply.code < 400}
    assert refusing == {"unknown"}

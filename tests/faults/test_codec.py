from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.faults import actions
from mailtrap.faults.codec import (
    MistakeError,
    parse_line,
    parse_rule,
    parse_rules,
    parse_toml,
    rule_to_data,
    rule_to_line,
)
from mailtrap.faults.codec.actions import ACTION_WORDS, FORMS, read_action
from mailtrap.faults.counting import Rate
from mailtrap.faults.rules import RuleError
from mailtrap.faults.steps import Bounce, Cut, Reset
from mailtrap.smtp.reply import Reply

GREYLIST = """
# a comment
[[fault]]
name  = "greylist"
on    = "rcpt"
when  = { rcpt = "*@example.com", ip = "10.0.0.0/8" }
do    = "451 4.7.1 Greylisted, try again later"
times = 2
per   = "rcpt"

[[fault]]
on = ["message"]
when.header.X-Foo = "/^a/"
do = [{ delay = "2s" }, "250 2.0.0 Ok", { discard = true }]
rate = "20/1m"
expires = "10m"
"""


def test_a_file_gives_its_rules_in_order() -> None:
    first, second = parse_toml(GREYLIST, source="rules.toml")
    assert first.name == "greylist"
    assert first.schedule.times == 2
    assert first.do == (actions.ReplyWith(Reply(451, "Greylisted, try again later", "4.7.1")),)
    assert second.name == "message-delay"
    assert second.do[0] == actions.Delay(2.0)
    assert second.do[2] == actions.Discard()
    assert second.schedule.rate == Rate(20, 60.0)
    assert second.expires == 600.0
    assert list(second.when.headers) == ["x-foo"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("times = 2", "tims = 2", "rules.toml, line 8: there is no key 'tims'; did you mean"),
        ("times = 2", "times = 0", "rules.toml, line 8: times: 0 is out of range; 1 to"),
        ('"rcpt"\nwhen', '"rctp"\nwhen', "rules.toml, line 5: on: there is no stage 'rctp'; did"),
        ('rate = "20/1m"', 'rate = "20"', "rules.toml, line 15: rate: '20' is no rate; write it"),
        ('"2s"', '"2h"', "rules.toml, line 14: do: delay: '2h' is out of range; more than 0"),
        ("10.0.0.0/8", "10.0.0.x", "rules.toml, line 6: when: ip: '10.0.0.x' does not appear"),
        ("[[fault]]\nname", "[[faults]]\nname", "rules.toml, line 3: there is no table 'faults'"),
        ("times = 2", "times = ", "rules.toml: Invalid value (at line 8"),
        ('on = ["message"]', 'on = ["message"]\nname = "greylist"', "rules.toml: the name"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_line(old: str, new: str, error: str) -> None:
    text = GREYLIST.replace(old, new, 1)
    assert text != GREYLIST
    with pytest.raises(RuleError, match=re.escape(error)):
        parse_toml(text, source="rules.toml")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", "an empty line; a rule is written like: rcpt"),
        ("rcpt", "an action is missing; known: a reply such as 451 4.7.1 Text"),
        ("rcpt 451 then", "an action is missing"),
        ("rctp 451", "on: there is no stage 'rctp'; did you mean 'rcpt'? Known: "),
        ("rcpt clsoe", "do: there is no action 'clsoe'; did you mean 'close'? Known: close"),
        ("rcpt 199 x", "do: '199' is not a reply code; 200 to 599 are allowed"),
        ("rcpt 600", "do: '600' is not a reply code"),
        ("rcpt 4511 x", "do: '4511' is not a reply code"),
        ("rcpt 451 5.7.1 x", "do: 5.7.1 does not go with 451: its first digit must be 4; write"),
        ("connect 421 x", "do: a reply cannot be done at connect; it can at: greeting,"),
        ("rcpt,helo hide SIZE", "do: hide cannot be done at rcpt; it can at: helo"),
        (
            "rcpt 451 header.X-A=b",
            "when: header.X-A is not known at rcpt; it is at: content, message",
        ),
        (
            "content cut 5 ; 451 4.3.0 Later",
            (
                "do: cut is done while the content comes, and the rest of this rule when all of "
                "it is there; make two rules of it, the second at message"
            ),
        ),
        ("helo 451 rcpt=a", "when: rcpt is not known at helo; it is at: rcpt, data"),
        ("message 250 Ok ; keep", "do: keep stores what is refused, and 250 refuses nothing"),
        ("message 550 No ; discard", "do: discard stores nothing of what is accepted, and 550"),
        ("message keep ; discard", "do: keep and discard contradict each other"),
        ("message hold 1s ; discard", "do: hold and discard contradict each other"),
        ("message 550 No ; hold 1s", "do: hold stores later what is accepted, and 550 accepts"),
        ("rcpt hold 1s", "do: hold cannot be done at rcpt; it can at: content, message"),
        ("message bounce skew 2h", "do: bounce: skew '2h' has no sign; write it like skew -2h"),
        ("message bounce skew -2x", "do: bounce skew: '2x' is not a duration"),
        ("message bounce skew +11000d", "do: bounce skew: '11000d' is out of range"),
        ("message bounce after 1s after 2s", "do: there is no word of bounce 'after'"),
        ("connect outage 1s ; blackhole 1s", "do: outage and blackhole contradict each other"),
        ("rcpt blackhole 1s", "do: blackhole cannot be done at rcpt; it can at: connect"),
        ("rcpt 451 times=0", "times: 0 is out of range; 1 to"),
        ("rcpt 451 every=0", "every: 0 is out of range; 1 to"),
        ("rcpt 451 chance=1.1", "chance: '1.1' is out of range; 0 to 1 is allowed"),
        ("rcpt 451 chance=nan", "chance: 'nan' is out of range"),
        ("rcpt 451 expires=0", "expires: '0' is out of range; more than 0"),
        ("rcpt 451 expires=-5s", "expires: '-5s' is not a duration"),
        ("rcpt 451 rate=10001/1m", "rate: 10001 is out of range; 0 to 10000 is allowed"),
        ("rcpt 451 per=recipient", "per: there is no per 'recipient'"),
        ("rcpt 451 tims=2", "there is no option 'tims'; did you mean 'times'?"),
        ("rcpt 451 times=2 times=3", "times= is given twice"),
        ("rcpt a@x 451 rcpt=b@x", "rcpt is given twice: a@x and rcpt="),
        ("rcpt /(?=(a+)+)b/ 451", "when: rcpt: /(?=(a+)+)b/ looks around or refers back"),
        ("noop a@x 451", "a@x after noop could be about anything; write it as one of: mail_from="),
        ('rcpt 451 "x', "a quote is opened and not closed in"),
        (r"rcpt 451 a\q", r"do: reply: \q is not an escape; known: \n"),
        (r"rcpt 451 a\tb", "do: a reply has printable characters and line ends only"),
        ("rcpt delay 61m", "do: delay: '61m' is out of range; more than 0 and at most 1h"),
        ("rcpt delay", "do: delay: '' is not a duration; write it like"),
        ("message duplicate 101", "do: duplicate: 101 is out of range; 2 to 100 is allowed"),
        ("rcpt garble octet", "do: there is no kind of garble 'octet'; did you mean 'octets'?"),
        ("tls tls old-cert", "do: there is no kind of tls failure 'old-cert'"),
        ("data cut 5 then stop", "do: there is no ending 'stop'"),
        ("rcpt close now", "do: close stands alone, without 'now'"),
        ("message bounce 250 Ok", "do: bounce: 250 is no failure; 400 to 599 are allowed"),
        ("message bounce soon", "do: there is no word of bounce 'soon'"),
        ("rcpt 451 name=a/b", "name: 'a/b' is no name; 1 to 64 letters"),
        (f"rcpt 451 name={'a' * 65}", "is no name; 1 to 64 letters"),
        (f"rcpt 451 {'a' * 4_001}", "do: a reply of 4001 characters; at most 4000 are allowed"),
        ("rcpt " + "close ; " * 20 + "close", "do: 21 actions; at most 20 are allowed"),
        ("x" * 100_001, "a line of 100001 characters; at most 100000 are allowed"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_with_the_reason(line: str, error: str) -> None:
    with pytest.raises(RuleError, match=re.escape(error)):
        parse_line(line)


SAME = (
    "rcpt *@x.test 451 4.7.1 Try later times=2",
    "content cut 1000 then reset",
    "content cut 5 then reset ; reset",
    "rcpt reply",
    "helo localhost.test 550",
    "helo 550 helo=localhost",
    r'rcpt 451 "Try then\nwait"',
    "message 554 Spam tls=true subject=/win|won/ inbox=a",
    "rcpt 451 5.7.1 x mismatch=true",
    "rcpt 451 enabled=false continue=true",
    'mail 550 5.7.1 No bounces mail_from=""',
)
OTHERWISE = (
    ("rcpt 451 times=2 Try later", "rcpt 451 Try later times=2"),
    ("rcpt 450 Wait then close", "rcpt 450 Wait ; close"),
    ("content cut 1KB", "content cut 1000 then reset"),
    ("content cut 5 ; reset", "content cut 5 then reset ; reset"),
    ("rcpt delay 1500ms", "rcpt delay 1.5s"),
    ("rcpt delay 0.05s", "rcpt delay 50ms"),
    ("mail,rcpt 451 mail_from=a@x", "mail,rcpt a@x 451"),
    ('mail "" 550 5.7.1 No bounces', 'mail 550 5.7.1 No bounces mail_from=""'),
    ("data throttle 2000B/s", "data throttle 2KB/s"),
)


@pytest.mark.parametrize(("line", "told"), [*((line, line) for line in SAME), *OTHERWISE])
def test_a_line_is_written_in_one_way(line: str, told: str) -> None:
    rule = parse_line(line)
    assert rule_to_line(rule) == told
    assert parse_line(told) == rule


def test_tables_say_the_same_as_words() -> None:
    for table, text in (
        ({"delay": "2s"}, "delay 2s"),
        ({"hide": ["A", "B"]}, "hide A,B"),
        ({"advertise": ["A 1", "B"]}, 'advertise "A 1" "B"'),
        ({"close": True}, "close"),
        ({"reply": "451 x"}, "451 x"),
        ({"duplicate": 3}, "duplicate 3"),
        ({"raw": "220 hi\r\n"}, r'raw "220 hi\r\n"'),
    ):
        assert read_action(table) == read_action(text)
    with pytest.raises(RuleError, match="a table in do has one key"):
        read_action({})


def test_every_word_has_an_example_that_is_read() -> None:
    assert set(ACTION_WORDS) == {"reply", *(form.word for form in FORMS)}
    for form in FORMS:
        assert form.told(read_action(form.hint)) is not None, form.word


def test_actions_mean_what_they_say() -> None:
    assert read_action("cut 7 then reset") == actions.CutOff(Cut(7, Reset()))
    assert read_action(r'raw "\xff\r\n"') == actions.Raw(b"\xff\r\n")
    late = Bounce("delayed", Reply(451, "Busy", "4.4.1"), 2.0)
    assert read_action("bounce delayed after 2s 451 4.4.1 Busy") == actions.BounceLater(late)


def test_an_inbox_may_stand_among_the_conditions() -> None:
    assert parse_rule({"on": "rcpt", "do": "451", "when": {"inbox": "a"}}).inbox == "a"


def test_rules_without_names_get_different_ones() -> None:
    rules = parse_rules(["rcpt 451", {"on": "rcpt", "do": "451 x"}, "rcpt 451 name=rcpt-451-2"])
    assert [rule.name for rule in rules] == ["rcpt-451", "rcpt-451-3", "rcpt-451-2"]
    with pytest.raises(RuleError, match="rule 2: do: there is no action"):
        parse_rules(["rcpt 451", "rcpt x"])
    with pytest.raises(RuleError, match="the name 'a' is given twice"):
        parse_rules(["rcpt 451 name=a", "rcpt 451 name=a"])


def test_a_mistake_names_its_key() -> None:
    with pytest.raises(MistakeError) as caught:
        parse_rule({"on": "rcpt", "do": "451", "times": "x"}, where="file")
    assert caught.value.key == "times"
    assert str(caught.value) == "file: times: 'x' is not a whole number"


@given(st.text(max_size=40))
def test_any_line_is_read_or_refused(text: str) -> None:
    for line in (text, f"rcpt {text}", f"rcpt 451 {text}"):
        try:
            rule = parse_line(line)
        except RuleError:
            continue
        assert parse_line(rule_to_line(rule)) == rule


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["name", "when", "do", "on", "times", "chance", "rate", "wait", "per", "inbox", "expires"]
)


@given(st.dictionaries(KEYS, JSON))
def test_any_data_is_read_or_refused(data: dict[str, object]) -> None:
    try:
        rule = parse_rule({"on": "rcpt", "do": "451", **data})
    except RuleError:
        return
    assert parse_rule(rule_to_data(rule)) == rule

"""Line, data and rule say the same, whatever the rule is."""

from dataclasses import replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from mailtrap.faults import actions
from mailtrap.faults.actions import ENDINGS, POSSIBLE, AnyAction
from mailtrap.faults.codec import parse_line, parse_rule, rule_to_data, rule_to_line
from mailtrap.faults.codec.conditions import CONDITIONS
from mailtrap.faults.conditions import Conditions
from mailtrap.faults.counting import PERS, Rate, Schedule
from mailtrap.faults.garble import GARBLES
from mailtrap.faults.rules import Rule
from mailtrap.faults.searching import search
from mailtrap.faults.stages import STAGES
from mailtrap.faults.steps import Bounce, Cut, TlsKind
from mailtrap.search.patterns import network_pattern, text_pattern
from mailtrap.smtp.reply import Reply

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "Zs"]), max_size=8)
WORDS = st.lists(
    TEXT
    | st.sampled_from(["then", ";", "times=2", '"', "\\", "a b", "4.7.1", "header.x=1", "=", "&"]),
    max_size=5,
).map(" ".join)
LINES = st.lists(WORDS, max_size=3).map(lambda lines: "\n".join(lines).strip())
KEYWORDS = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,9}", fullmatch=True)
CUTS = st.builds(Cut, st.integers(0, 2**40), st.sampled_from(list(ENDINGS.values())))
SECONDS = st.integers(1, 3_600_000).map(lambda thousandths: round(thousandths / 1_000, 9))
CODES = st.integers(200, 599)
PATTERNS = WORDS.filter(lambda text: not text.startswith("/")).map(text_pattern)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    code = draw(CODES)
    status = draw(st.sampled_from(["", f"{code // 100}.7.1", f"{code // 100}.1.100"]))
    return Reply(code, draw(LINES), status)


ACTIONS: st.SearchStrategy[AnyAction] = st.one_of(
    st.builds(actions.ReplyWith, st.none() | replies()),
    st.builds(actions.Delay, SECONDS),
    st.builds(actions.Trickle, SECONDS.filter(lambda seconds: seconds <= 60)),
    st.builds(actions.Raw, st.binary(min_size=1, max_size=20)),
    st.builds(actions.Garble, st.sampled_from(sorted(GARBLES))),
    st.builds(actions.EndWith, st.sampled_from(list(ENDINGS.values()))),
    st.builds(actions.Hide, st.lists(KEYWORDS, min_size=1, max_size=3).map(tuple)),
    st.builds(actions.Advertise, st.lists(WORDS.filter(bool), min_size=1, max_size=3).map(tuple)),
    st.builds(actions.Throttle, st.integers(1, 10**9).map(float)),
    st.builds(actions.CutOff, CUTS),
    st.builds(actions.BreakTls, st.sampled_from(get_args(TlsKind))),
    st.just(actions.Keep()),
    st.just(actions.Discard()),
    st.builds(actions.Duplicate, st.integers(2, 100)),
    st.builds(
        actions.BounceLater,
        st.builds(
            Bounce,
            st.sampled_from(["failed", "delayed", "auto-reply", "complaint"]),
            replies().filter(lambda reply: not reply.positive),
            st.just(0.0) | SECONDS,
            st.just(0.0) | SECONDS | SECONDS.map(lambda seconds: -seconds),
        ),
    ),
    st.builds(actions.Outage, SECONDS),
    st.builds(actions.Blackhole, SECONDS),
    st.builds(actions.Hold, SECONDS),
)  # fmt: skip
SCHEDULES = st.builds(
    Schedule,
    times=st.none() | st.integers(1, 99),
    after=st.integers(0, 99),
    every=st.integers(1, 99),
    chance=st.floats(0, 1),
    seed=st.integers(0, 99),
    rate=st.none() | st.builds(Rate, st.integers(0, 10_000), SECONDS),
    wait=st.none() | SECONDS,
    per=st.none() | st.sampled_from(PERS),
)
CONDITIONED = st.builds(
    Conditions,
    mail_from=st.none() | PATTERNS,
    rcpt=st.none() | PATTERNS,
    auth=st.none() | PATTERNS,
    helo=st.none() | PATTERNS,
    ip=st.none() | st.sampled_from(["10.0.0.0/8", "::1", "192.0.2.7"]).map(network_pattern),
    listener=st.none() | PATTERNS,
    tls=st.none() | st.booleans(),
    headers=st.dictionaries(st.sampled_from(["subject", "x-a", "list-id"]), PATTERNS),
    size_over=st.none() | st.integers(0, 2**40),
    session_nth=st.none() | st.integers(1, 99),
    message_nth=st.none() | st.integers(1, 99),
    query=st.none() | st.sampled_from(['subject:"a b" -x', "has:link OR /a=b/"]).map(search),
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """A rule that the codec takes: the conditions it cannot know at its stage are left out."""
    action = draw(ACTIONS)
    on = tuple(
        draw(st.lists(st.sampled_from(POSSIBLE[type(action)]), min_size=1, max_size=3, unique=True))
    )
    when = draw(CONDITIONED)
    for key, row in CONDITIONS.items():
        if not set(on) <= set(row.known):
            when = replace(when, **{key: None})  # type: ignore[arg-type]  # None fits every key
    if set(on) != {"message"}:
        when = replace(when, headers={}, query=None)
    return Rule(
        name=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,9}", fullmatch=True)),
        on=on,
        do=(action,),
        when=when,
        schedule=draw(SCHEDULES),
        expires=draw(st.none() | SECONDS),
        inbox=draw(st.none() | TEXT.filter(bool)),
        enabled=draw(st.booleans()),
        continues=draw(st.booleans()),
    )


@given(rules())
def test_data_makes_the_same_rule_again(rule: Rule) -> None:
    assert parse_rule(rule_to_data(rule)) == rule


@given(rules())
def test_a_line_makes_the_same_rule_again(rule: Rule) -> None:
    line = rule_to_line(rule)
    assert parse_line(line) == rule
    assert "\n" not in line
    assert rule_to_line(parse_line(line)) == line


def test_every_action_can_be_drawn_and_written() -> None:
    assert set(POSSIBLE) == {type(action) for action in _one_of_each()}
    assert all(set(stages) <= set(STAGES) for stages in POSSIBLE.values())


def _one_of_each() -> list[AnyAction]:
    lines = (
        "rcpt 451", "rcpt delay 1s", "rcpt trickle 1s", 'rcpt raw "x"', "rcpt garble twice",
        "rcpt close", "helo hide SIZE", 'helo advertise "SIZE"', "data throttle 1KB/s",
        "data cut 1", "tls tls expired", "message keep", "message discard", "message duplicate",
        "message bounce", "connect outage 1s", "connect blackhole 1s", "message hold 1s",
    )  # fmt: skip
    return [parse_line(line).do[0] for line in lines]

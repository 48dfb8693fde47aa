from __future__ import annotations

import pytest

from mailtrap.faults.codec.actions import read_action
from mailtrap.faults.garble import GARBLES
from mailtrap.faults.steps import Answer, Bounce, Close, Cut, Reset, Say, Stall, Wait, proposed
from mailtrap.smtp.reply import Reply

OK = Reply(250, "Ok")
EHLO = Reply(250, "mail.test\nPIPELINING\nSIZE 1000\nSTARTTLS")


def done(*words: str, reply: Reply = OK) -> Answer:
    """The answer after these actions."""
    answer = proposed((reply,))
    for word in words:
        answer = read_action(word)(answer)
    return answer


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["451 4.7.1 No"], (Say(Reply(451, "No", "4.7.1")),)),
        (["delay 2s"], (Wait(2.0), Say(OK))),
        (["reply", "delay 2s"], (Say(OK), Wait(2.0))),
        (["delay 2s", "450 a", "delay 1s"], (Wait(2.0), Say(Reply(450, "a")), Wait(1.0))),
        (["close"], (Close(),)),
        (["reply", "close"], (Say(OK), Close())),
        (["delay 2s", "reset"], (Wait(2.0), Reset())),
        (["421 Bye", "stall"], (Say(Reply(421, "Bye")), Stall())),
        (["trickle 50ms"], (Say(OK, pace=0.05),)),
        (["550 No", "trickle 1s"], (Say(Reply(550, "No"), pace=1.0),)),
        ([r'raw "a\r\n"', "close"], (Say(OK, wire=b"a\r\n"), Close())),
        (["garble bare-lf"], (Say(OK, wire=b"250 Ok\n"),)),
    ],
)
def test_actions_make_steps_in_order(words: list[str], steps: tuple[object, ...]) -> None:
    assert done(*words).steps == steps


def test_lines_of_the_reply_to_ehlo_come_and_go() -> None:
    (reply,) = done("hide starttls,SIZE", 'advertise "X-ODD 1"', reply=EHLO).replies
    assert reply.text == "mail.test\nPIPELINING\nX-ODD 1"


def test_what_becomes_of_the_message_is_told() -> None:
    assert done("451 No", "keep").storing == "keep"
    assert done("discard").storing == "discard"
    assert done("duplicate 3").copies == 3
    assert done("cut 5 then close").cut == Cut(5, Close())
    assert done("throttle 1KB/s").throttle == 1000.0
    assert done("tls expired").tls == "expired"
    assert done("outage 30s").outage == 30.0
    assert done("blackhole 30s").blackhole == 30.0
    assert done("hold 5s").hold == 5.0
    assert done("bounce after 1s").bounce == Bounce(after=1.0)
    assert done("bounce skew -2h after 1s").bounce == Bounce(after=1.0, skew=-7200.0)


def test_only_replies_at_once_are_plain() -> None:
    assert done().plain
    assert done("451 No").plain
    for word in ("delay 1s", "trickle 1s", "garble nul", "keep", "cut 1", "close", "hold 1s"):
        assert not done(word).plain, word


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        ("truncated", b"250 Ok"),
        ("bare-cr", b"250 Ok\r"),
        ("no-text", b"250\r\n"),
        ("two-digits", b"50 Ok\r\n"),
        ("four-digits", b"1250 Ok\r\n"),
        ("no-last-line", b"250-Ok\r\n"),
        ("mixed-codes", b"251-first\r\n250 Ok\r\n"),
        ("no-hyphen", b"250 first\r\n250 Ok\r\n"),
        ("twice", b"250 Ok\r\n250 Ok\r\n"),
        ("nul", b"250 \x00Ok\r\n"),
    ],
)
def test_a_garbled_reply_is_malformed_in_its_own_way(kind: str, wire: bytes) -> None:
    (step,) = done(f"garble {kind}").steps
    assert step == Say(OK, wire=wire)


@pytest.mark.parametrize("kind", sorted(GARBLES))
def test_no_garbled_reply_is_the_right_one(kind: str) -> None:
    (step,) = done(f"garble {kind}").steps
    assert isinstance(step, Say)
    assert step.wire != OK.wire
    assert step.reply == OK

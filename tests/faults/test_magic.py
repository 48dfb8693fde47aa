import pytest

from mailtrap.faults.actions import AnyAction, BounceLater, Delay, EndWith, ReplyWith
from mailtrap.faults.magic import lookup, reserved_rule
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import RuleBook
from mailtrap.faults.steps import Close, Reset, Stall, proposed
from mailtrap.smtp.reply import Reply

LATER = Reply(451, "Try again later, as the address asks", "4.7.1")
NO = Reply(550, "Refused, as the address asks")


@pytest.mark.parametrize(
    ("address", "actions"),
    [
        ("451-4.7.1@fault.test", (ReplyWith(LATER),)),
        ("550@fault.test", (ReplyWith(NO),)),
        ("550@FAULT.test", (ReplyWith(NO),)),
        ("550+label.x@mx.fault.test", (ReplyWith(NO),)),
        ("delay-3s@fault.test", (Delay(3.0),)),
        ("delay-1.5s@fault.test", (Delay(1.5),)),
        ("delay-250ms@fault.test", (Delay(0.25),)),
        ("close@fault.test", (EndWith(Close()),)),
        ("reset@fault.test", (EndWith(Reset()),)),
        ("stall@fault.test", (EndWith(Stall()),)),
        ("delay-2s.451-4.7.1@fault.test", (Delay(2.0), ReplyWith(LATER))),
        ("550.close@fault.test", (ReplyWith(NO), EndWith(Close()))),
    ],
)
def test_an_address_says_what_happens(address: str, actions: tuple[AnyAction, ...]) -> None:
    rule = reserved_rule(address)
    assert rule is not None
    assert (rule.on, rule.do) == (("rcpt",), actions)
    assert rule.name.startswith("reserved:")


@pytest.mark.parametrize(
    ("address", "times"),
    [("once-451", 1), ("twice-451+alice", 2), ("thrice-550", 3), ("7-times-451-4.7.1", 7)],
)
def test_an_address_says_how_often(address: str, times: int) -> None:
    rule = reserved_rule(f"{address}@fault.test")
    assert rule is not None
    assert (rule.schedule.times, rule.schedule.per) == (times, "rcpt")


@pytest.mark.parametrize(
    "local",
    ["alice", "", "999", "delya-3s", "delay-9h", "delay-99m.", "451..550", "451.550", "close.550",
     "twice-451.once-close", "delay-99m", "0-times-451", "550-9.1.1"],
)  # fmt: skip
def test_other_words_there_change_nothing_and_are_noted(local: str) -> None:
    rule = reserved_rule(f"{local}@fault.test")
    assert rule is not None
    assert (rule.name, rule.do) == ("reserved:not-understood", (ReplyWith(),))


@pytest.mark.parametrize(
    "address", ["550@example.test", "550@notfault.test", "fault.test", "", "550@fault.test.com"]
)
def test_other_domains_are_ordinary(address: str) -> None:
    assert reserved_rule(address) is None
    assert reserved_rule(address, simulators=True) is None


def test_what_is_switched_off_is_ordinary() -> None:
    assert reserved_rule("550@fault.test", reserved=False) is None
    assert reserved_rule("bounce@simulator.amazonses.com") is None
    assert reserved_rule("bounce+550+no@x.test") is None
    assert lookup(reserved=False, simulators=False) is None


def test_mailtraps_addresses_give_their_code_and_text() -> None:
    rule = reserved_rule("bounce+550+no+such+user@x.test", simulators=True)
    assert rule is not None
    assert rule.do == (ReplyWith(Reply(550, "no such user")),)


@pytest.mark.parametrize(
    ("local", "kind"),
    [("bounce", "failed"), ("ooto", "auto-reply"), ("complaint+a", "complaint"),
     ("suppressionlist", "failed")],
)  # fmt: skip
def test_addresses_of_ses_are_taken_and_report_later(local: str, kind: str) -> None:
    rule = reserved_rule(f"{local}@simulator.amazonses.com", simulators=True)
    assert rule is not None
    action = rule.do[0]
    assert isinstance(action, BounceLater)
    assert (rule.on, action.bounce.kind) == (("message",), kind)
    book = RuleBook(reserved=lookup(reserved=True, simulators=True))
    moment = Moment(stage="message", at=0, recipients=(f"{local}@simulator.amazonses.com",))
    answer, _ = book.answer(moment, proposed((Reply(250),)))
    assert answer.bounce == action.bounce


def test_each_address_has_its_own_count() -> None:
    book = RuleBook(reserved=lookup(reserved=True, simulators=False))

    def code(address: str) -> int:
        moment = Moment(stage="rcpt", at=0, rcpt=address)
        return book.answer(moment, proposed((Reply(250),)))[0].replies[0].code

    assert [code("twice-451+a@fault.test") for _ in range(4)] == [451, 451, 250, 250]
    assert code("TWICE-451+b@fault.test") == 451

from __future__ import annotations

from dataclasses import replace

import pytest

from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import RULES_LIMIT, Rule, RuleBook, RuleError, told_of
from mailtrap.faults.steps import Answer, Close, Reset, Say, Stall, Step, Wait, proposed
from mailtrap.smtp.reply import Reply

OK = proposed((Reply(250, "Ok"),))


def moment(rcpt: str = "a@x.test", **known: object) -> Moment:
    return replace(Moment(stage="rcpt", at=0.0, rcpt=rcpt), **known)  # type: ignore[arg-type]  # names of fields


def book(*lines: str) -> RuleBook:
    return RuleBook(parse_line(line) for line in lines)


def code(book: RuleBook, rcpt: str = "a@x.test", **known: object) -> int:
    answer, _ = book.answer(moment(rcpt, **known), OK)
    return answer.replies[0].code


def named(book: RuleBook) -> list[str]:
    return [entry.rule.name for entry in book.entries]


def test_the_first_rule_that_matches_wins() -> None:
    rules = book("rcpt b@* 450 name=a", "rcpt 451 name=b", "rcpt 452 name=c")
    assert code(rules) == 451
    assert code(rules, "b@x.test") == 450
    assert [entry.counters.acted for entry in rules.entries] == [1, 1, 0]


def test_a_rule_that_continues_lets_the_next_one_act() -> None:
    rules = book("rcpt delay 2s continue=true", "rcpt 451", "rcpt 452 name=last")
    answer, acted = rules.answer(moment(), OK)
    assert acted == ("rcpt-delay", "rcpt-451")
    assert [type(step).__name__ for step in answer.steps] == ["Wait", "Say"]


def test_what_matches_no_rule_is_left_alone() -> None:
    assert book("rcpt b@* 450").answer(moment(), OK) == (OK, ())
    assert RuleBook().answer(moment(), OK) == (OK, ())


def test_a_spent_rule_makes_room_for_the_next() -> None:
    rules = book("rcpt 451 times=2", "rcpt 550 name=after")
    assert [code(rules) for _ in range(3)] == [451, 451, 550]
    assert rules.active(0.0) == 1


def test_a_rule_expires_from_when_it_was_added() -> None:
    rules = RuleBook()
    rules.add(parse_line("rcpt 451 expires=10s"), 100.0)
    assert code(rules, at=109.9) == 451
    assert code(rules, at=110.0) == 250
    assert rules.active(110.0) == 0


def test_a_rule_of_an_inbox_acts_there_only() -> None:
    rules = book("rcpt 451 inbox=a")
    assert code(rules, inboxes=("a", "c")) == 451
    assert code(rules, inboxes=("b",)) == 250


def test_a_rule_can_be_switched_off_and_on() -> None:
    rules = book("rcpt 451 name=a")
    rules.enable("a", enabled=False)
    assert code(rules) == 250
    rules.enable("a", enabled=True)
    assert code(rules) == 451


def test_rules_are_put_in_order() -> None:
    rules = book("rcpt 451 name=a", "rcpt 452 name=b")
    rules.add(parse_line("rcpt 450 name=c"), 0.0, place=0)
    assert named(rules) == ["c", "a", "b"]
    rules.move("c", 2)
    assert named(rules) == ["a", "b", "c"]
    rules.put("b", parse_line("rcpt 499 name=d"), 0.0)
    assert named(rules) == ["a", "d", "c"]
    rules.remove("a")
    assert code(rules) == 499


def test_a_change_that_is_refused_leaves_all_as_it_was() -> None:
    rules = book("rcpt 451 name=a", "rcpt 452 name=b")
    rule = parse_line("rcpt 450 name=a")
    with pytest.raises(RuleError, match="there is a rule 'a' already"):
        rules.add(rule, 0.0)
    with pytest.raises(RuleError, match="there is a rule 'a' already"):
        rules.put("b", rule, 0.0)
    with pytest.raises(RuleError, match="'a' is given twice"):
        rules.replace_all([rule, rule], 0.0)
    with pytest.raises(RuleError, match="there is no rule 'x'; known: a, b"):
        rules.remove("x")
    assert named(rules) == ["a", "b"]
    assert code(rules) == 451


def test_there_are_no_more_rules_than_the_limit() -> None:
    rule = parse_line("rcpt 451")
    many = [replace(rule, name=str(number)) for number in range(RULES_LIMIT + 1)]
    with pytest.raises(RuleError, match="at most 1000 are allowed"):
        RuleBook(many)
    rules = RuleBook(many[:-1])
    with pytest.raises(RuleError, match="that is the limit"):
        rules.add(many[-1], 0.0)


def test_clearing_one_inbox_leaves_the_rest() -> None:
    rules = book("rcpt 451 name=a inbox=a", "rcpt 452 name=b")
    assert rules.clear("a") == 1
    assert named(rules) == ["b"]
    assert rules.clear() == 1
    assert not rules.asks("rcpt")


def test_a_hit_tells_what_became_of_the_answer() -> None:
    rules = book("rcpt delay 2s then 451 4.7.1 No then close")
    rules.answer(moment(session="s"), OK)
    (hit,) = rules.hits
    assert (hit.rule, hit.session, hit.stage) == ("rcpt-delay", "s", "rcpt")
    assert hit.before == "250 Ok"
    assert hit.after == "wait 2 s, 451 4.7.1 No, close"


def test_the_answer_that_was_is_not_changed() -> None:
    before = Answer((Say(Reply(250, "Ok")),))
    RuleBook([Rule(name="a", on=("rcpt",), do=parse_line("rcpt 451").do)]).answer(moment(), before)
    assert before == OK


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Say(Reply(250, "Ok", "2.1.5")), "250 2.1.5 Ok"),
        (Say(Reply(250, "Ok", "2.1.5"), b"25\n"), r"the octets '25\n'"),
        (Say(Reply(250, "Ok"), b"x" * 100), f"the octets '{'x' * 80}' and 20 more"),
        (Say(Reply(250, "Ok"), pace=0.1), "250 Ok, octet by octet"),
        (Wait(1.5), "wait 1.5 s"),
        (Stall(), "stall"),
        (Close(), "close"),
        (Reset(), "reset"),
    ],
)
def test_a_step_is_told_as_it_goes_over_the_line(step: Step, told: str) -> None:
    assert told_of(Answer((step,))) == told

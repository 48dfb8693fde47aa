from __future__ import annotations

import pytest

from mailtrap.faults.codec import parse_rule
from mailtrap.faults.codec.actions import FORMS
from mailtrap.faults.codec.conditions import CONDITION_WORDS
from mailtrap.faults.codec.rule import KEYS
from mailtrap.faults.codec.schedule import SCHEDULE
from mailtrap.faults.codec.vocabulary import (
    ACTION_HELP,
    AMOUNTS,
    CONDITION_HELP,
    STAGE_HELP,
    Word,
    vocabulary,
)
from mailtrap.faults.stages import STAGES

TOLD = vocabulary()
NUMBERS = {"count", "number"}


def value(word: Word) -> object:
    """The example of a word as JSON has it."""
    return float(word.example) if word.takes == "number" else int(word.example)


def test_every_word_that_rules_know_is_told_and_no_other() -> None:
    assert set(STAGE_HELP) == set(STAGES)
    assert list(CONDITION_HELP) == list(CONDITION_WORDS)
    assert set(ACTION_HELP) == {form.word for form in FORMS}
    assert set(AMOUNTS) == {*SCHEDULE, "expires"}
    assert {*AMOUNTS, "on", "when", "do"} < set(KEYS)


@pytest.mark.parametrize("word", TOLD.conditions, ids=lambda word: str(word.name))
def test_the_example_of_a_condition_is_one_at_each_of_its_stages(word: Word) -> None:
    name = word.name.replace("NAME", "X-Foo")
    told = {"count": int, "switch": bool}.get(word.takes, str)(word.example)
    rule = parse_rule({"on": list(word.stages), "when": {name: told}, "do": "delay 1s"})
    assert [key.lower() for key, _ in rule.when.each()] == [name.lower()]


@pytest.mark.parametrize("word", TOLD.actions, ids=lambda word: str(word.name))
def test_the_example_of_an_action_is_one_at_each_of_its_stages(word: Word) -> None:
    action = word.example if word.name == "reply" else f"{word.name} {word.example}".strip()
    for stage in word.stages:
        parse_rule({"on": stage, "do": action})


@pytest.mark.parametrize(
    ("word", "told"),
    [(word, told) for word in (*TOLD.actions, *TOLD.amounts) for told in word.values],
    ids=str,
)
def test_a_value_that_is_told_is_allowed(word: Word, told: str) -> None:
    if word.name == "per":
        parse_rule({"on": "rcpt", "do": "451", "per": told})
        return
    text = f"cut 10 then {told}" if word.name == "cut" else f"{word.name} {told}"
    parse_rule({"on": word.stages[0], "do": text})


@pytest.mark.parametrize("word", TOLD.amounts, ids=lambda word: str(word.name))
def test_the_example_of_an_amount_is_one(word: Word) -> None:
    told = value(word) if word.takes in NUMBERS else word.example
    parse_rule({"on": "rcpt", "do": "451", word.name: told})

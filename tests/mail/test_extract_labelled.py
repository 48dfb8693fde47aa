"""What is found in the labelled mails: floors that no change may go below."""

import pytest

from mailtrap.mail.extract.words import LANGUAGES
from tests.mail.labelled_mails import Labelled, Outcome, labelled, outcome

MAILS = labelled()


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [outcome(one) for one in MAILS]


def test_the_set_is_large_and_varied() -> None:
    assert len(MAILS) >= 240
    assert sum(one.held_out for one in MAILS) >= 60
    assert len({one.lang for one in MAILS}) >= 25
    assert 0.4 <= sum(bool(one.codes) for one in MAILS) / len(MAILS) <= 0.6
    assert {one.lang for one in MAILS} <= set(LANGUAGES)


def test_codes_that_are_found_are_codes(outcomes: list[Outcome]) -> None:
    found = sum(len(one.codes) for one in outcomes)
    right = sum(len(one.codes & one.of.codes) for one in outcomes)
    assert right / found >= 0.97


def test_codes_that_are_there_are_found(outcomes: list[Outcome]) -> None:
    there = sum(len(one.of.codes) for one in outcomes)
    right = sum(len(one.codes & one.of.codes) for one in outcomes)
    assert right / there >= 0.95


def test_a_client_that_wants_the_code_gets_it(outcomes: list[Outcome]) -> None:
    assert sum(one.right for one in outcomes) / len(outcomes) >= 0.95


@pytest.mark.parametrize("one", MAILS, ids=lambda one: one.name.replace(" ", "-"))
def test_links_are_those_of_the_mail(one: Labelled) -> None:
    assert outcome(one).links == one.links

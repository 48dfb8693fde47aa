"""How likely a candidate is a code, by where the words stand."""

import pytest

from mailtrap.mail.extract.around import Text
from mailtrap.mail.extract.scoring import THRESHOLD, judge


def score(text: str, subject: str = "", marked: tuple[tuple[int, int], ...] = ()) -> float:
    """The score of the last candidate; 0 below the threshold."""
    found = {one.value: one.score for one in judge(Text(text, marked), subject)}
    return found.get("482913", 0.0)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("verification code: 482913", "code: 482913"),
        (
            "your verification code is 482913",
            "verification code for the account of Ann and Bob 482913",
        ),
        ("code\n482913", "code 482913 and more words"),
        ("code: 482913 to log in", "code: 482913 to have"),
        ("the 6-digit code 482913", "the code 482913"),
    ],
)
def test_words_weigh_more_the_nearer_and_plainer_they_are(better: str, worse: str) -> None:
    assert score(better) > score(worse) > 0


def test_a_text_without_words_for_codes_has_none() -> None:
    assert score("482913") == 0


def test_the_subject_counts_for_what_stands_alone() -> None:
    assert score("482913", subject="Your verification code") > 0
    assert score("I have 482913 reasons", subject="Your verification code") == 0


def test_the_subject_counts_for_what_is_set_off() -> None:
    text = "say 482913 now"
    assert score(text, subject="Your verification code", marked=((4, 10),)) > 0
    assert score(text, subject="Your verification code", marked=((0, 14),)) > 0
    assert score(f"{text}{' word' * 9}", subject="Verification code", marked=((0, 59),)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "verification code and order number 482913",
        "verification code\norder number\n482913",
        "482913 order",
        "order 482913: no verification code needed",
        "code 482913, 20% off",
        "code 482913 at checkout",
        "source code 482913",
        "verification code 111222 or order 482913",
        "verification code. This is a long text about something. It is here. It has 482913 lines.",
        "Staff\t482913\nverification code",
        "the paper of code 20 and 482913 others",
    ],
)
def test_a_number_of_another_kind_is_none(text: str) -> None:
    assert score(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "order 5512: your verification code is 482913",
        "verification code for order 5512: 482913",
        "verification code 482913 (order 5512)",
        "verification code for 1.250,00 EUR is 482913",
        "Please log in and type:\n482913",
        "Verification code\t482913",
    ],
)
def test_another_number_beside_it_does_no_harm(text: str) -> None:
    assert score(text) >= THRESHOLD


def test_a_year_needs_to_stand_out() -> None:
    assert [one.value for one in judge(Text("code 2026"))] == []
    assert [one.value for one in judge(Text("PIN code:\n2026"))] == ["2026"]

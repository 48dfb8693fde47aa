from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.faults.counting import KEYS_LIMIT, Counters, Per, Rate, Schedule
from mailtrap.faults.moment import Moment


def acts(schedule: Schedule, moments: list[Moment], name: str = "a") -> list[bool]:
    counters = Counters(schedule, name)
    return [counters.count(moment) for moment in moments]


def tries(count: int, step: float = 1.0, **known: str) -> list[Moment]:
    return [
        Moment(stage="rcpt", at=number * step, ip=known.get("ip", ""), rcpt=known.get("rcpt", "a"))
        for number in range(count)
    ]


def test_times_is_exact_and_then_the_rule_is_spent() -> None:
    counters = Counters(Schedule(times=2), "a")
    assert [counters.count(one) for one in tries(4)] == [True, True, False, False]
    assert counters.spent
    assert (counters.matched, counters.acted) == (4, 2)


def test_after_lets_the_first_ones_pass() -> None:
    assert acts(Schedule(after=2, times=1), tries(4)) == [False, False, True, False]


def test_every_acts_on_each_nth() -> None:
    assert acts(Schedule(every=3), tries(6)) == [False, False, True] * 2


def test_a_rate_acts_on_what_is_over_it() -> None:
    schedule = Schedule(rate=Rate(2, 10.0))
    assert acts(schedule, tries(4)) == [False, False, True, True]
    assert acts(schedule, tries(4, step=6.0)) == [False] * 4
    assert acts(Schedule(rate=Rate(0, 10.0)), tries(2)) == [True, True]


def test_a_wait_acts_until_it_has_gone() -> None:
    assert acts(Schedule(wait=2.0), tries(4)) == [True, True, False, False]


@pytest.mark.parametrize(
    ("per", "same"),
    [
        ("rcpt", False), ("mail_from", False), ("triplet", False), ("auth", False), ("ip", False),
        ("inbox", False), ("session", False), ("helo", False), (None, True),
    ],
)  # fmt: skip
def test_counters_are_kept_for_each_key(per: Per | None, same: bool) -> None:
    a = Moment(
        stage="rcpt", at=0, session="1", inboxes=("1",), ip="1", helo="1", auth="1", mail_from="1",
        rcpt="1",
    )  # fmt: skip
    b = Moment(
        stage="rcpt", at=0, session="2", inboxes=("2",), ip="2", helo="2", auth="2", mail_from="2",
        rcpt="2",
    )  # fmt: skip
    assert acts(Schedule(times=1, per=per), [a, a, b]) == [True, False, not same]


def test_a_rule_with_keys_is_never_spent() -> None:
    counters = Counters(Schedule(times=1, per="rcpt"), "a")
    assert counters.count(tries(1)[0])
    assert not counters.spent


def test_keys_are_forgotten_at_the_limit() -> None:
    counters = Counters(Schedule(times=1, per="rcpt"), "a")
    first = Moment(stage="rcpt", at=0, rcpt="first")
    assert [counters.count(first), counters.count(first)] == [True, False]
    for number in range(KEYS_LIMIT):
        counters.count(Moment(stage="rcpt", at=0, rcpt=str(number)))
    assert counters.count(first)


@given(st.integers(0, 2**31), st.floats(0, 1))
def test_the_same_seed_gives_the_same_failures(seed: int, chance: float) -> None:
    schedule = Schedule(chance=chance, seed=seed)
    assert acts(schedule, tries(50)) == acts(schedule, tries(50))


def test_another_seed_or_name_gives_others_and_chance_is_kept() -> None:
    half = [acts(Schedule(chance=0.5, seed=seed), tries(1000)) for seed in (1, 2)]
    assert half[0] != half[1]
    assert half[0] != acts(Schedule(chance=0.5, seed=1), tries(1000), name="b")
    assert all(400 < sum(acted) < 600 for acted in half)
    assert not any(acts(Schedule(chance=0.0), tries(100)))

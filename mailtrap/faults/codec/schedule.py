"""How often a rule acts, as words: one row for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import get_args

from mailtrap.config import kinds
from mailtrap.faults.codec import words
from mailtrap.faults.counting import RATE_LIMIT, Per, Rate, Schedule
from mailtrap.faults.rules import RuleError

LARGEST = 2**31 - 1
LONGEST = 30 * 86_400.0
"""Seconds: the longest window, wait or life of a rule."""


def _count(word: str, least: int) -> Callable[[object], int]:
    return lambda value: words.read_count(word, value, least, LARGEST)


def _chance(value: object) -> float:
    try:
        chance = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        chance = -1.0
    if isinstance(value, bool) or not 0 <= chance <= 1:
        raise RuleError(f"chance: {kinds.quoted(value)} is out of range; 0 to 1 is allowed")
    return chance


def _rate(value: object) -> Rate:
    count, slash, window = words.read_string("rate", value, 100).partition("/")
    if not slash:
        raise RuleError(f"rate: {kinds.quoted(value)} is no rate; write it like 20/1m")
    seconds = window if window[:1].isdigit() else f"1{window}"
    return Rate(
        words.read_count("rate", count, 0, RATE_LIMIT),
        words.read_seconds("rate", seconds, most=LONGEST),
    )


def _per(value: object) -> Per:
    for per in PERS:
        if value == per:
            return per
    raise words.unknown("per", str(value), PERS)


def _wait(value: object) -> float:
    return words.read_seconds("wait", value, most=LONGEST)


def _show(value: object) -> object:
    match value:
        case Rate():
            return f"{value.count}/{words.show_seconds(value.seconds)}"
        case _:
            return value


PERS: tuple[Per, ...] = get_args(Per)


@dataclass(frozen=True, slots=True)
class Word:
    """How one word of a schedule is read and written."""

    read: Callable[[object], object]
    show: Callable[[object], object] = _show


SCHEDULE: Mapping[str, Word] = {
    "times": Word(_count("times", 1)),
    "after": Word(_count("after", 0)),
    "every": Word(_count("every", 1)),
    "chance": Word(_chance),
    "seed": Word(_count("seed", 0)),
    "rate": Word(_rate),
    "wait": Word(_wait, lambda value: words.show_seconds(float(str(value)))),
    "per": Word(_per),
}


def read_schedule(data: Mapping[str, object]) -> Schedule:
    """The schedule that the keys of a rule tell. Raises RuleError."""
    told = {key: word.read(data[key]) for key, word in SCHEDULE.items() if key in data}
    return Schedule(**told)  # type: ignore[arg-type]  # SCHEDULE has the types


def write_schedule(schedule: Schedule) -> dict[str, object]:
    """The keys that tell a schedule; what is as always is left out."""
    return {
        field.name: SCHEDULE[field.name].show(value)
        for field in fields(Schedule)
        if (value := getattr(schedule, field.name)) != field.default
    }

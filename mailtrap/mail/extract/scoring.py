"""How likely something of the form of a code is one."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from mailtrap.mail.extract.around import Around, Text, surroundings
from mailtrap.mail.extract.labels import find_labels
from mailtrap.mail.extract.letters import folded
from mailtrap.mail.extract.numbers import is_year
from mailtrap.mail.extract.relations import Mark, Relation, relations

THRESHOLD: Final = 0.5

_BASE: Final[dict[tuple[Relation, Mark], float]] = {
    ("direct", "otp"): 0.75,
    ("after", "otp"): 0.7,
    ("below", "otp"): 0.65,
    ("near", "otp"): 0.6,
    ("above", "otp"): 0.55,
    ("subject", "otp"): 0.5,
    ("far", "otp"): 0.3,
    ("below", "about"): 0.35,
    ("after", "code"): 0.55,
    ("direct", "code"): 0.5,
    ("below", "code"): 0.5,
    ("above", "code"): 0.4,
    ("subject", "code"): 0.4,
    ("near", "code"): 0.35,
    ("far", "code"): 0.1,
}
_PLACES: Final[dict[Relation, str]] = {
    "direct": "directly behind",
    "near": "in one sentence behind",
    "below": "in a line below",
    "after": "in one sentence before",
    "above": "in a line above",
    "subject": "a subject with",
    "far": "in the sentence behind",
}
_MARKS: Final[dict[Mark, str]] = {
    "otp": "words that only mean one-time codes",
    "code": "a word that may mean a one-time code",
    "about": "a line that asks to type something",
}
_LENGTHS: Final = {4: 0.05, 5: 0.05, 6: 0.1, 7: 0.05, 8: 0.05, 9: -0.1, 10: -0.1}
_COUNT: Final = re.compile(
    r"(?<!\d)(\d{1,2})[ -]{0,2}(?:digit|character|stellig|chiffre|cifr|cijfer|siffr|cyfr|mistn"
    r"|miestn|numero|jegy|szamjegy|hane|znamenk|chu so|знач|цифр|ψηφι|ספרות|ارقام|رقم|अंक|หลัก"
    r"|자리|位|桁|碼)"
)
"""How many characters a code is said to have."""

_PERCENT: Final = re.compile(r"\d ?[%٪]|[%٪] ?\d")
_BEGINNING: Final = re.compile(r"[\n\t.!?:\u3002\uff01\uff1f\uff1a]\W*\Z")
_NAMED: Final = re.compile(r"((?:[a-z']+ ){1,4})code \Z")
_OWN: Final = (
    frozenset({"a", "an", "the", "this", "that", "your", "my", "our", "his", "her", "following"})
    | frozenset({"use", "using", "enter", "type", "with", "new", "and", "or", "by", "it", "login"})
    | frozenset({"sms", "email", "temporary", "valid", "latest", "last", "old", "here", "is"})
    | frozenset({"der", "den", "dem", "diesen", "dein", "deinen", "ihr", "ihren", "mit"})
    | frozenset({"le", "ce", "votre", "ton", "un", "het", "deze", "je", "uw", "een", "de"})
)
"""Before the word for code: what does not make it a code of something else."""

_SUBJECT_LIMIT: Final = 500
_LINE: Final = 160
"""Characters of the line around a code that are told."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate that is more likely a code than not, and what speaks for it."""

    value: str
    line: str
    score: float
    reasons: tuple[str, ...]


def judge(text: Text, subject: str = "") -> Iterator[Judged]:
    """The likely codes of a text in its order; of a body ``subject`` is that of its mail."""
    topic: frozenset[str] | None = None
    for around in surroundings(text):
        if topic is None:
            topic = _kinds(subject)
        best = max(relations(around, topic), key=_BASE.__getitem__, default=None)
        if best is None:
            continue
        relation, mark = best
        reasons = [
            (_BASE[best], f"{_PLACES[relation]} {_MARKS[mark]}"),
            *_more(around, best, topic),
        ]
        score = sum(amount for amount, _ in reasons)
        if score > THRESHOLD - 0.001:
            told = tuple(reason for _, reason in reasons)
            line = _line(text.text, around)
            yield Judged(around.candidate.value, line, round(min(score, 1.0), 2), told)


def _kinds(subject: str) -> frozenset[str]:
    low = folded(subject[:_SUBJECT_LIMIT])
    return frozenset(label.kind for label in find_labels(low, 0, len(low)))


def _more(
    around: Around, best: tuple[Relation, Mark], topic: AbstractSet[str]
) -> Iterator[tuple[float, str]]:
    """What else speaks for it and against it, with how much."""
    near = {label.kind for label in around.labels} | topic
    value = around.candidate.value
    length = len(value.replace("-", ""))
    yield _LENGTHS.get(length, 0.0), f"{length} {_form(around)}"
    if around.alone:
        yield 0.1, "alone in its line or cell"
    if around.marked:
        yield 0.1, "set off by its looks"
    if "about" in near:
        yield (0.05 if best[1] == "otp" else 0.1), "words about signing in or confirming near it"
    if str(length) in _COUNT.findall(_near_text(around)):
        yield 0.1, f"a code of {length} is announced"
    yield from _against(around, best, near)


def _against(
    around: Around, best: tuple[Relation, Mark], near: AbstractSet[str]
) -> Iterator[tuple[float, str]]:
    shape, value = around.candidate.shape, around.candidate.value
    relation, mark = best
    stands_out = around.alone or around.marked
    rules: tuple[tuple[bool, float, str], ...] = (
        (mark == "code" and _is_sale(around, near), -0.5, "words of a sale near it"),
        (is_year(around.candidate) and not stands_out, -0.3, "looks like a year"),
        (value.endswith("00") and shape == "digits" and not stands_out, -0.15, "a round number"),
        (shape == "mixed" and not value.isupper() and not around.alone, -0.15, "small letters"),
        (best == ("direct", "code") and _is_of_another(around), -0.15, "a code of something"),
        (shape == "letters", -0.1, "letters only"),
        (shape == "spaced" and not around.marked and relation != "direct", -0.4, "two words"),
        (shape == "mixed" and relation in {"near", "far"} and not around.marked, -0.2, "in a text"),
        (
            best == ("after", "code") and not stands_out and not _begins(around),
            -0.2,
            "in the middle of a sentence",
        ),
    )
    yield from ((amount, told) for holds, amount, told in rules if holds)


def _is_sale(around: Around, near: AbstractSet[str]) -> bool:
    return "sale" in near or _PERCENT.search(_near_text(around)) is not None


def _is_of_another(around: Around) -> bool:
    """Whether the word for code stands behind a noun, and the candidate right behind it."""
    start = around.candidate.start
    named = _NAMED.search(around.text, max(0, start - 60), start)
    return named is not None and _OWN.isdisjoint(named[1].split())


def _begins(around: Around) -> bool:
    """Whether a line or a sentence begins with it."""
    before = around.text[max(0, around.candidate.start - 6) : around.candidate.start]
    return not before.strip(" *_\"'([«") or _BEGINNING.search(before) is not None


def _form(around: Around) -> str:
    shape = around.candidate.shape
    return shape if shape in {"digits", "letters"} else "letters and digits"


def _near_text(around: Around) -> str:
    return around.text[max(0, around.candidate.start - 160) : around.candidate.end + 120]


def _line(text: str, around: Around) -> str:
    """The line around a candidate, as much of it as is told."""
    start, end = around.candidate.start, around.candidate.end
    first = max(text.rfind("\n", 0, start) + 1, start - _LINE // 2)
    stop = text.find("\n", end)
    last = min(stop if stop >= 0 else len(text), end + _LINE // 2)
    return " ".join(text[first:last].split())

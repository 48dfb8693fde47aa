"""A candidate for a code in its text: the words near it, and how it stands out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailtrap.mail.extract.labels import Label, find_labels
from mailtrap.mail.extract.letters import folded
from mailtrap.mail.extract.numbers import is_other
from mailtrap.mail.extract.shapes import (
    Candidate,
    candidates,
    may_have_some,
    without_addresses,
)

BEFORE: Final = 240
AFTER: Final = 160
"""Characters around a candidate in which words count."""

_OPENING: Final = re.compile(r"(?:^|[\n\t])[ *_`>|\[(\"'«“„»:\uff1a•-]*\Z")
_CLOSING: Final = re.compile(r"[ *_`<|\])\"'»”“«.,;\u3002-]*(?=[\n\t]|\Z)")
_MARGIN: Final = 8
"""So much longer a range that is set off may be than the candidate in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a mail, cleaned, without empty lines; ``marked`` are ranges that are set off."""

    text: str
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """A candidate in a text that was folded.

    ``labels`` are those near it, in order. ``previous`` is where the candidate before it ends,
    ``following`` where the next one begins. ``alone`` tells that nothing else stands in its line or
    cell, ``marked`` that it is set off by its looks.
    """

    text: str
    candidate: Candidate
    labels: Sequence[Label]
    previous: int
    following: int
    alone: bool
    marked: bool


def surroundings(text: Text) -> Iterator[Around]:
    """Each candidate of a text that is not evidently a number of another kind."""
    if not may_have_some(text.text):
        return
    readable = without_addresses(text.text)
    if readable is not text.text and not may_have_some(readable):
        return
    found = [one for one in candidates(readable) if not is_other(readable, one)]
    if not found:
        return
    low = folded(readable)
    labels = _labels(low, found)
    ends = [0, *(one.end for one in found)]
    begins = [*(one.start for one in found[1:]), len(low)]
    for one, previous, following in zip(found, ends, begins, strict=False):
        near = [label for label in labels if _is_near(label, one)]
        alone, marked = _is_alone(low, one), _is_marked(text, one)
        yield Around(low, one, near, previous, following, alone, marked)


def _labels(low: str, found: Sequence[Candidate]) -> list[Label]:
    """The labels near candidates, in order; no part of the text is read twice."""
    labels: list[Label] = []
    done = 0
    for one in found:
        start, end = max(done, one.start - BEFORE), min(len(low), one.end + AFTER)
        if start < end:
            labels += find_labels(low, start, end)
        done = max(done, end)
    return labels


def _is_near(label: Label, one: Candidate) -> bool:
    if label.end <= one.start:
        return label.end > one.start - BEFORE
    return one.end <= label.start < one.end + AFTER


def _is_alone(low: str, one: Candidate) -> bool:
    if _OPENING.search(low, max(0, one.start - 12), one.start) is None:
        return False
    return _CLOSING.match(low, one.end) is not None


def _is_marked(text: Text, one: Candidate) -> bool:
    most = one.end - one.start + _MARGIN
    return one.boxed or any(
        start <= one.start and one.end <= end and end - start <= most for start, end in text.marked
    )

"""Cutting a span of time into parts of a width that people count in. Pure; microseconds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from mailtrap.store import codec
from mailtrap.store.insights.records import Question

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND

WIDTHS: Final = tuple(
    seconds * SECOND
    for seconds in (
        *(1, 2, 5, 10, 15, 30),
        *(60, 120, 300, 600, 900, 1_800),
        *(3_600, 7_200, 10_800, 21_600, 43_200, 86_400),
    )
)
"""Widths of a part; past the last one whole days."""


class Frame(msgspec.Struct, frozen=True):
    """``count`` parts of one width, the first at ``begin``; what is told is of since to until."""

    since: int
    until: int
    begin: int
    width: int
    count: int

    def place(self, at: int) -> int:
        """The part that a moment belongs to; the nearest one where it is outside."""
        return self.nearest((at - self.begin) // self.width)

    def nearest(self, place: int) -> int:
        """The part with this number; the first or last where there is none."""
        return min(max(place, 0), self.count - 1)


def cut(since: int, until: int, most: int) -> Frame:
    """The span from ``since`` to before ``until`` in at most ``most`` (at least 2) parts."""
    for width in WIDTHS:
        frame = _frame(since, until, width)
        if frame.count <= most:
            return frame
    return _frame(since, until, DAY * -(-(until - since) // (DAY * (most - 1))))


def span_of(question: Question, known: Iterable[int], now: datetime) -> tuple[int, int]:
    """The span that is meant, where moments ``known`` are the outermost of what there is.

    It ends now where it begins at a moment that was asked for, else with the newest of all.
    """
    moments = sorted(known) or [codec.microseconds(now)]
    newest = moments[-1] if question.since is None else codec.microseconds(now)
    until = newest + 1 if question.until is None else codec.microseconds(question.until)
    if question.since is None:
        return min(moments[0], until - 1), until
    since = codec.microseconds(question.since)
    return since, max(until, since + 1)


def _frame(since: int, until: int, width: int) -> Frame:
    begin = since - since % width
    return Frame(since, until, begin, width, -(-(until - begin) // width))

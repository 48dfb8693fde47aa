"""Times, as people compare them."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class Times(NamedTuple):
    """Milliseconds: the median, what 99 of a hundred stay under, and how many were taken."""

    p50: float
    p99: float
    taken: int


def times(seconds: Sequence[float]) -> Times:
    """The same of seconds."""
    ordered = sorted(1_000 * one for one in seconds)
    return Times(_at(ordered, 0.5), _at(ordered, 0.99), len(ordered))


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]

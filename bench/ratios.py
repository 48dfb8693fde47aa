"""Figures of several rounds as one: medians, spread, and the ratio of two targets pair by pair."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.receiving import Sent


class Row(NamedTuple):
    """A target in a case: medians of its rounds, and how far the rates lie apart (largest through
    smallest)."""

    case: str
    target: str
    rounds: int
    rate: float
    spread: float
    cpu: float | None
    settled: float | None
    memory: float | None


def rows(sent: Sequence[Sent]) -> list[Row]:
    """One row a case and target, in the order they were measured."""
    keys = dict.fromkeys((one.case, one.target) for one in sent)
    return [_row(_of(sent, case, target)) for case, target in keys]


def ratio(sent: Sequence[Sent], case: str, target: str, base: str) -> float | None:
    """The median of the ratios of rates, round by round; None where one of them is lacking."""
    pairs = zip(_of(sent, case, target), _of(sent, case, base), strict=False)
    return _median(one.rate / other.rate for one, other in pairs)


def cheaper(sent: Sequence[Sent], case: str, target: str, base: str) -> float | None:
    """How many times less of the processor the target spends on a message."""
    pairs = zip(_of(sent, case, target), _of(sent, case, base), strict=False)
    return _median(
        (other.cpu / other.messages) / (one.cpu / one.messages)
        for one, other in pairs
        if one.cpu and other.cpu
    )


def _of(sent: Sequence[Sent], case: str, target: str) -> list[Sent]:
    return [one for one in sent if (one.case, one.target) == (case, target)]


def _row(some: Sequence[Sent]) -> Row:
    rates = [one.rate for one in some]
    return Row(
        case=some[0].case,
        target=some[0].target,
        rounds=len(some),
        rate=statistics.median(rates),
        spread=max(rates) / min(rates),
        cpu=_median(1_000 * one.cpu / one.messages for one in some if one.cpu is not None),
        settled=_median(
            1_000 * one.settled / one.messages for one in some if one.settled is not None
        ),
        memory=_median(one.memory / one.messages for one in some if one.memory is not None),
    )


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.median(found) if found else None

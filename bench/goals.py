"""What must be reached: one row a goal. A figure that is lacking counts as not measured."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from bench.cases import MB
from bench.figures import MEGA, Figures
from bench.ratios import cheaper, ratio
from bench.reading import Read
from bench.targets import AIOSMTPD, FILE, MAILDEV, MEMORY, SINK

MANY: Final = "1 KB, 10 sessions"
EACH: Final = "1 KB, a connection each"
PIPELINED: Final = "1 KB, 50 sessions, pipelined"
LARGE: Final = "1 MB, 10 sessions"
LEAST_STORED: Final = 1_000_000
"""The goals of reading are for stores with so many messages."""


class Goal(NamedTuple):
    """A figure that is to be at least ``least``, or at most ``most``."""

    name: str
    figure: Callable[[Figures], float | None]
    least: float | None = None
    most: float | None = None
    unit: str = ""


class Held(NamedTuple):
    """A goal and what came of it: ``pass``, ``short``, or ``not measured``."""

    goal: Goal
    figure: float | None
    verdict: str


def rate(case: str, target: str, base: str) -> Callable[[Figures], float | None]:
    """The ratio of two rates."""
    return lambda figures: ratio(figures.sent, case, target, base)


def cost(case: str, base: str) -> Callable[[Figures], float | None]:
    """How many times less of the processor ours spends on a message."""
    return lambda figures: cheaper(figures.sent, case, MEMORY, base)


def stored(figure: Callable[[Read], float]) -> Callable[[Figures], float | None]:
    """A figure of reading from the largest store, where that is large enough to count."""

    def told(figures: Figures) -> float | None:
        large = [read for read in figures.reads if read.messages >= LEAST_STORED]
        return figure(large[-1]) if large else None

    return told


def _p99(name: str) -> Callable[[Figures], float | None]:
    return stored(lambda read: read.times[name].p99)


def _growth(figures: Figures) -> float | None:
    for row in figures.rows:
        if (row.case, row.target) == (LARGE, MEMORY) and row.memory is not None:
            return row.memory / MB
    return None


def _indexed(figures: Figures) -> float | None:
    return max((read.filled.described for read in figures.reads), default=None)


GOALS: Final = (
    Goal(f"{MANY}: memory to smtp-sink", rate(MANY, MEMORY, SINK), least=0.7),
    Goal(f"{EACH}: memory to smtp-sink", rate(EACH, MEMORY, SINK), least=0.7),
    Goal(f"{PIPELINED}: memory to smtp-sink", rate(PIPELINED, MEMORY, SINK), least=0.5),
    Goal(f"{MANY}: file to smtp-sink", rate(MANY, FILE, SINK), least=0.4),
    Goal(f"{LARGE}: memory to smtp-sink", rate(LARGE, MEMORY, SINK), least=1.5),
    Goal(f"{LARGE}: file to smtp-sink", rate(LARGE, FILE, SINK), least=1.0),
    Goal(f"{LARGE}: resident octets to raw octets", _growth, most=1.5),
    Goal(f"{MANY}: rate to aiosmtpd", rate(MANY, MEMORY, AIOSMTPD), least=5),
    Goal(f"{MANY}: rate to maildev", rate(MANY, MEMORY, MAILDEV), least=10),
    *(
        goal
        for peer in ("mailpit", "MailHog")
        for goal in (
            Goal(f"{MANY}: rate to {peer}", rate(MANY, MEMORY, peer), least=5),
            Goal(f"{MANY}: {peer}'s processor to ours", cost(MANY, peer), least=5),
        )
    ),
    Goal("indexed behind the writes", _indexed, least=5_000, unit="/s"),
    Goal("the engine alone", lambda figures: figures.engine, least=40_000, unit="/s"),
    Goal("ready after", lambda figures: figures.startup.ready, most=0.4, unit="s"),
    Goal("resident when idle", lambda f: f.startup.resident / MEGA, most=60, unit="MB"),
    Goal("a verb", lambda figures: figures.startup.verb, most=0.12, unit="s"),
    *(
        Goal(f"1,000,000 stored: {name}, p99", _p99(name), most=most, unit="ms")
        for name, most in (("list, newest", 10), ("list, oldest", 10), ("search, rare word", 50))
    ),
    Goal("1,000,000 stored: start", stored(lambda r: r.start_seconds), most=1, unit="s"),
    Goal("1,000,000 stored: delete all", stored(lambda r: r.delete_seconds), most=2, unit="s"),
    Goal(
        "1,000,000 stored: resident",
        stored(lambda r: r.resident_octets / MEGA),
        most=300,
        unit="MB",
    ),
)


def held(figures: Figures) -> Iterator[Held]:
    """Every goal, held against a run."""
    for goal in GOALS:
        yield _held(goal, goal.figure(figures))


def _held(goal: Goal, figure: float | None) -> Held:
    if figure is None:
        return Held(goal, None, "not measured")
    high = goal.least is None or figure >= goal.least
    low = goal.most is None or figure <= goal.most
    return Held(goal, figure, "pass" if high and low else "short")

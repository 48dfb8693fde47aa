"""How often a rule acts: counters by key, exact, bounded and repeatable."""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Literal, TypeAlias, get_args

from mailtrap.faults.moment import Moment

Per: TypeAlias = Literal["rcpt", "mail_from", "triplet", "auth", "ip", "inbox", "session", "helo"]
PERS: tuple[Per, ...] = get_args(Per)

Pass: TypeAlias = Literal["times", "after", "every", "rate", "wait", "chance"]
"""The word of a schedule by which a moment passes though it matches."""

KEYS_LIMIT = 100_000
"""Counters of one rule; the one that was used least lately is forgotten first."""

RATE_LIMIT = 10_000
"""The largest count that a rate may have: so many times are remembered for each key."""

_KEYS: Mapping[Per, Callable[[Moment], str]] = {
    "rcpt": lambda m: ",".join(m.addressed()).lower(),
    "mail_from": lambda m: (m.mail_from or "").lower(),
    "triplet": lambda m: f"{m.ip} {m.mail_from} {','.join(m.addressed())}".lower(),
    "auth": lambda m: m.auth or "",
    "ip": lambda m: m.ip,
    "inbox": lambda m: m.inboxes[0],
    "session": lambda m: m.session,
    "helo": lambda m: (m.helo or "").lower(),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within so many seconds are let pass; the rule acts on what is over that."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which of the matching moments a rule acts on.

    The first ``after`` of them pass, then it is every ``every``-th, ``times`` in all (None: no
    end), each with ``chance``, decided by ``seed``. With ``rate`` only those over the rate; with
    ``wait`` only until so many seconds have gone since the first. All of it for each value of
    ``per``.
    """

    times: int | None = None
    after: int = 0
    every: int = 1
    chance: float = 1.0
    seed: int = 0
    rate: Rate | None = None
    wait: float | None = None
    per: Per | None = None


@dataclass(slots=True)
class Counter:
    """What was counted for one key."""

    began: float
    matched: int = 0
    acted: int = 0
    recent: deque[float] = field(default_factory=deque)


class Counters:
    """The counters of one rule."""

    def __init__(self, schedule: Schedule, name: str) -> None:
        self.matched = 0
        self.acted = 0
        self._schedule = schedule
        self._name = name
        self._by_key: OrderedDict[str, Counter] = OrderedDict()

    @property
    def spent(self) -> bool:
        """Whether the rule will never act again."""
        schedule = self._schedule
        return schedule.times is not None and schedule.per is None and self.acted >= schedule.times

    def count(self, moment: Moment) -> bool:
        """Count a moment that matches; whether the rule acts on it."""
        key = self._key(moment)
        counter = self._counter(key, moment.at)
        counter.matched += 1
        self.matched += 1
        acts = self._lets_pass(key, counter, moment.at) is None
        if acts:
            counter.acted += 1
            self.acted += 1
        return acts

    def lets_pass(self, moment: Moment) -> Pass | None:
        """What would let a moment pass that matches, None if the rule would act. Counts nothing."""
        key = self._key(moment)
        counted = self._by_key.get(key) or Counter(moment.at)
        copy = replace(counted, matched=counted.matched + 1, recent=deque(counted.recent))
        return self._lets_pass(key, copy, moment.at)

    def _key(self, moment: Moment) -> str:
        per = self._schedule.per
        return _KEYS[per](moment) if per else ""

    def _lets_pass(self, key: str, counter: Counter, at: float) -> Pass | None:
        """The first word of the schedule by which the rule does not act; counts for the rate."""
        schedule = self._schedule
        if schedule.times is not None and counter.acted >= schedule.times:
            return "times"
        if counter.matched <= schedule.after:
            return "after"
        if (counter.matched - schedule.after) % schedule.every:
            return "every"
        if not self._is_over_rate(counter, at):
            return "rate"
        if schedule.wait is not None and at - counter.began >= schedule.wait:
            return "wait"
        return None if self._is_chosen(key, counter) else "chance"

    def _counter(self, key: str, at: float) -> Counter:
        counter = self._by_key.pop(key, None) or Counter(at)
        self._by_key[key] = counter
        if len(self._by_key) > KEYS_LIMIT:
            self._by_key.popitem(last=False)
        return counter

    def _is_over_rate(self, counter: Counter, at: float) -> bool:
        rate = self._schedule.rate
        if rate is None:
            return True
        recent = counter.recent
        while recent and at - recent[0] >= rate.seconds:
            recent.popleft()
        if len(recent) >= rate.count:
            return True
        recent.append(at)
        return False

    def _is_chosen(self, key: str, counter: Counter) -> bool:
        """A throw of dice that falls the same way in every run with this seed."""
        schedule = self._schedule
        if schedule.chance >= 1:
            return True
        text = f"{schedule.seed}\0{self._name}\0{key}\0{counter.matched}"
        thrown = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=7).digest())
        return thrown / 2**56 < schedule.chance

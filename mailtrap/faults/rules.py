"""Rules in order: the first that matches wins, unless it says that the next may act as well."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from mailtrap.faults.actions import WHILE_READING, AnyAction
from mailtrap.faults.conditions import Conditions
from mailtrap.faults.counting import Counters, Schedule
from mailtrap.faults.fill import filled
from mailtrap.faults.moment import Moment
from mailtrap.faults.stages import Stage
from mailtrap.faults.steps import Answer, Close, Reset, Say, Stall, Step, Wait

RULES_LIMIT = 1_000
ADDRESSES_LIMIT = 10_000
"""Reserved addresses whose counters are kept; the one used least lately is forgotten first."""

HITS_LIMIT = 10_000
"""Hits that are remembered; the counters go on."""

TOLD_OCTETS = 80
"""Octets of a malformed reply that are told in words."""


class RuleError(Exception):
    """A rule, or a change of the rules, that makes no sense; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One failure. ``expires`` is in seconds from when it was added; ``inbox`` None is any."""

    name: str
    on: tuple[Stage, ...]
    do: tuple[AnyAction, ...]
    when: Conditions = field(default_factory=Conditions)
    schedule: Schedule = field(default_factory=Schedule)
    expires: float | None = None
    inbox: str | None = None
    enabled: bool = True
    continues: bool = False

    @property
    def needs_whole(self) -> bool:
        """Whether it can act on a message only when all of it is there."""
        late = any(not isinstance(action, WHILE_READING) for action in self.do)
        return late or self.when.needs_content

    @property
    def asked_at(self) -> tuple[Stage, ...]:
        """The stages at which it is asked: one at ``content`` may have to wait for ``message``."""
        if not self.needs_whole or "content" not in self.on:
            return self.on
        return tuple(dict.fromkeys("message" if s == "content" else s for s in self.on))


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule acted: at which stage of which session, and what it made of the answer."""

    rule: str
    at: float
    session: str
    stage: Stage
    before: str
    after: str


class Entry:
    """A rule in the book, with what was counted for it."""

    __slots__ = ("added_at", "counters", "rule")

    def __init__(self, rule: Rule, at: float) -> None:
        self.rule = rule
        self.added_at = at
        self.counters = Counters(rule.schedule, rule.name)

    def expired(self, at: float) -> bool:
        """Whether its time is over."""
        return self.rule.expires is not None and at - self.added_at >= self.rule.expires

    def active(self, at: float) -> bool:
        """Whether it may still act."""
        return self.rule.enabled and not self.counters.spent and not self.expired(at)

    def acts_on(self, moment: Moment) -> bool:
        """Whether it acts on this moment; counts it if it matches."""
        rule = self.rule
        if not self.active(moment.at) or rule.inbox not in (None, *moment.inboxes):
            return False
        return rule.when.hold(moment) and self.counters.count(moment)


class RuleBook:
    """All rules of a server, in the order in which they are asked. Belongs to one event loop.

    Names are unique. A change that is refused (RuleError) leaves everything as it was.
    ``reserved`` gives the rule that a recipient's address stands for by its own words; it is asked
    where no rule of the book acts. While ``paused`` only such a rule acts, and nothing is counted.
    """

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        *,
        at: float = 0.0,
        reserved: Callable[[str], Rule | None] | None = None,
    ) -> None:
        self._reserved = reserved
        self._by_address: OrderedDict[str, Entry] = OrderedDict()
        self.hits: deque[Hit] = deque(maxlen=HITS_LIMIT)
        self.paused = False
        self._entries: list[Entry] = []
        self._by_stage: dict[Stage, list[Entry]] = {}
        self.replace_all(tuple(rules), at)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """The rules with their counters, in order."""
        return tuple(self._entries)

    def asks(self, stage: Stage) -> bool:
        """Whether any rule wants to know of this stage."""
        return stage in self._by_stage

    def reserves(self, address: str) -> bool:
        """Whether a recipient's address stands for a rule."""
        return self._reserved is not None and self._reserved(address) is not None

    def active(self, at: float) -> int:
        """How many rules may still act; none while they pause."""
        return 0 if self.paused else sum(1 for entry in self._entries if entry.active(at))

    def find(self, name: str) -> Entry:
        """The rule of this name. Raises RuleError."""
        for entry in self._entries:
            if entry.rule.name == name:
                return entry
        known = ", ".join(entry.rule.name for entry in self._entries[:20]) or "none"
        raise RuleError(f"there is no rule {name!r}; known: {known}")

    def answer(self, moment: Moment, answer: Answer) -> tuple[Answer, tuple[str, ...]]:
        """The answer after all rules that act, and their names."""
        acted: list[str] = []
        for entry in self._asked(moment):
            if not entry.acts_on(moment):
                continue
            before = answer
            for action in entry.rule.do:
                answer = filled(action, moment)(answer)
            acted.append(entry.rule.name)
            self._note(entry.rule.name, moment, before, answer)
            if not entry.rule.continues:
                break
            answer = replace(answer, spoken=False)
        return answer, tuple(acted)

    def _asked(self, moment: Moment) -> Iterator[Entry]:
        """Who is asked about a moment, in order; the address itself comes last."""
        if not self.paused:
            yield from self._by_stage.get(moment.stage, ())
        for address, rule in self._reserved_at(moment):
            yield self._entry_of(address, rule, moment.at)

    def _reserved_at(self, moment: Moment) -> Iterator[tuple[str, Rule]]:
        """The rules that the addresses of a moment stand for."""
        if self._reserved is None or moment.stage not in {"rcpt", "message"}:
            return
        for address in moment.addressed():
            rule = self._reserved(address)
            if rule is not None and moment.stage in rule.on:
                yield address.lower(), rule

    def reserved_entries(self, moment: Moment) -> Sequence[Entry]:
        """The rules that the addresses of a moment stand for, as counted so far."""
        return [
            self._by_address.get(address) or Entry(rule, moment.at)
            for address, rule in self._reserved_at(moment)
        ]

    def _entry_of(self, address: str, rule: Rule, at: float) -> Entry:
        entry = self._by_address.pop(address, None) or Entry(rule, at)
        self._by_address[address] = entry
        if len(self._by_address) > ADDRESSES_LIMIT:
            self._by_address.popitem(last=False)
        return entry

    def add(self, rule: Rule, at: float, *, place: int | None = None) -> None:
        """Put a rule at the end, or at a place in the order (from 0). Raises RuleError."""
        if any(entry.rule.name == rule.name for entry in self._entries):
            raise RuleError(f"there is a rule {rule.name!r} already")
        if len(self._entries) >= RULES_LIMIT:
            raise RuleError(f"there are {RULES_LIMIT} rules already; that is the limit")
        self._entries.insert(len(self._entries) if place is None else place, Entry(rule, at))
        self._index()

    def put(self, name: str, rule: Rule, at: float) -> None:
        """Replace a rule in its place; its counters begin anew. Raises RuleError."""
        entry = self.find(name)
        if rule.name != name and any(one.rule.name == rule.name for one in self._entries):
            raise RuleError(f"there is a rule {rule.name!r} already")
        self._entries[self._entries.index(entry)] = Entry(rule, at)
        self._index()

    def enable(self, name: str, *, enabled: bool) -> None:
        """Switch a rule on or off; its counters stay. Raises RuleError."""
        entry = self.find(name)
        entry.rule = replace(entry.rule, enabled=enabled)

    def reset(self, name: str, at: float) -> None:
        """Begin a rule anew: nothing is counted, and its life begins. Raises RuleError."""
        entry = self.find(name)
        self._entries[self._entries.index(entry)] = Entry(entry.rule, at)
        self._index()

    def move(self, name: str, place: int) -> None:
        """Put a rule at another place in the order. Raises RuleError."""
        entry = self.find(name)
        self._entries.remove(entry)
        self._entries.insert(place, entry)
        self._index()

    def remove(self, name: str) -> None:
        """Forget a rule. Raises RuleError."""
        self._entries.remove(self.find(name))
        self._index()

    def clear(self, inbox: str | None = None) -> int:
        """Forget all rules, or those of one inbox; how many."""
        kept = [e for e in self._entries if inbox is not None and e.rule.inbox != inbox]
        gone = len(self._entries) - len(kept)
        self._entries = kept
        self._index()
        return gone

    def replace_all(self, rules: Sequence[Rule], at: float) -> None:
        """Have these rules and no others. Raises RuleError; then the old ones stay."""
        if len(rules) > RULES_LIMIT:
            raise RuleError(f"{len(rules)} rules; at most {RULES_LIMIT} are allowed")
        names = Counter(rule.name for rule in rules)
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise RuleError(f"the name {twice[0]!r} is given twice")
        self._entries = [Entry(rule, at) for rule in rules]
        self._index()

    def _index(self) -> None:
        by_stage: dict[Stage, list[Entry]] = {}
        for entry in self._entries:
            for stage in entry.rule.asked_at:
                by_stage.setdefault(stage, []).append(entry)
        self._by_stage = by_stage

    def _note(self, rule: str, moment: Moment, before: Answer, after: Answer) -> None:
        told = (told_of(before), told_of(after))
        self.hits.append(Hit(rule, moment.at, moment.session, moment.stage, *told))


def told_of(answer: Answer) -> str:
    """An answer in words, for a log: its replies and steps in order."""
    words = [_step_word(step) for step in answer.steps]
    if answer.storing != "as-replied":
        words.append(answer.storing)
    if answer.copies != 1:
        words.append(f"stored {answer.copies} times")
    if answer.cut is not None:
        words.append(f"cut after {answer.cut.octets} octets")
    if answer.hold:
        words.append(f"stored {answer.hold:g} s later")
    rest = {
        "throttle": answer.throttle,
        "tls": answer.tls,
        "outage": answer.outage,
        "blackhole": answer.blackhole,
    }
    for name, value in rest.items():
        if value:
            words.append(f"{name} {value}")
    if answer.bounce is not None:
        words.append(f"{answer.bounce.kind} report later")
    return ", ".join(words) or "nothing"


def _step_word(step: Step) -> str:
    name = type(step).__name__.lower()
    match step:
        case Say():
            said = str(step.reply) if step.wire is None else f"the octets {_shown(step.wire)}"
            return f"{said}, octet by octet" if step.pace else said
        case Wait():
            return f"{name} {step.seconds:g} s"
        case Stall() | Close() | Reset():
            return name
        case _:
            assert_never(step)


def _shown(octets: bytes) -> str:
    """Octets as a reader knows them; of many the first."""
    rest = len(octets) - TOLD_OCTETS
    shown = ascii(octets[:TOLD_OCTETS])[1:]
    return f"{shown} and {rest} more" if rest > 0 else shown

"""The rules that a server starts with, and those of its file read anew."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from mailtrap.config import Config, ConfigError
from mailtrap.faults.codec import parse_toml, with_free_name
from mailtrap.faults.magic import lookup
from mailtrap.faults.rules import Rule, RuleBook, RuleError
from mailtrap.faults.written import rule_of

FILE_LIMIT = 4 * 1024 * 1024
"""Octets of a file of rules."""

log = logging.getLogger(__name__)


def load_rules(config: Config) -> list[Rule]:
    """The rules of ``--fault``, then those of ``--faults``. Raises ConfigError."""
    rules: list[Rule] = []
    for line in config.fault:
        try:
            rules.append(with_free_name(rule_of(line), {rule.name for rule in rules}))
        except RuleError as error:
            raise ConfigError(f"--fault {line!r}: {error}") from None
    if config.faults is not None:
        rules += read_file(config.faults)
    _check(rules)
    return rules


def read_file(path: Path) -> list[Rule]:
    """The rules of a TOML file. Raises ConfigError that names the file."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if len(content) > FILE_LIMIT:
        raise ConfigError(f"{path}: more than {FILE_LIMIT} octets; that is the limit")
    try:
        return parse_toml(content.decode(), source=str(path))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 ({error.reason} at octet {error.start})") from None
    except RuleError as error:
        raise ConfigError(str(error)) from None


class FaultFile:
    """The rules of one server and which of them came from its file.

    ``book`` is to be given to the registry and the API.
    """

    def __init__(self, config: Config, at: float) -> None:
        """Read all rules. ``at`` is monotonic, in seconds. Raises ConfigError."""
        self._path = config.faults
        rules = load_rules(config)
        reserved = lookup(reserved=config.reserved, simulators=config.simulators)
        self.book = RuleBook(rules, at=at, reserved=reserved)
        self._from_file = frozenset(rule.name for rule in rules[len(config.fault) :])

    def reload(self, at: float) -> None:
        """Read the file again: its rules are replaced, all others stay as they are.

        A rule that is still written the same keeps its counters. A mistake is logged, and then
        nothing changes.
        """
        if self._path is None:
            return
        try:
            rules = read_file(self._path)
            self._from_file = replace_some(self.book, self._from_file, rules, at)
        except (ConfigError, RuleError) as error:
            log.error("the fault rules stay as they were: %s", error)  # noqa: TRY400 - it says all
            return
        log.info("%d fault rules read from %s", len(rules), self._path)


def replace_some(
    book: RuleBook, old: Iterable[str], rules: Sequence[Rule], at: float
) -> frozenset[str]:
    """Replace the rules of these names by others; the names of those. Raises RuleError.

    They stand where they stood, before what was added since. Nothing changes on an error.
    """
    gone = frozenset(old)
    stay = [entry.rule for entry in book.entries if entry.rule.name not in gone]
    _fits([*stay, *rules])
    known = {entry.rule.name: entry.rule for entry in book.entries}
    names = frozenset(rule.name for rule in rules)
    for name in gone & known.keys() - names:
        book.remove(name)
    for rule in rules:
        if rule.name not in known:
            book.add(rule, at)
        elif known[rule.name] != rule:
            book.put(rule.name, rule, at)
    first = min((i for i, e in enumerate(book.entries) if e.rule.name in names), default=0)
    for place, rule in enumerate(rules, first):
        book.move(rule.name, place)
    return names


def _check(rules: Sequence[Rule]) -> None:
    try:
        _fits(rules)
    except RuleError as error:
        raise ConfigError(f"the fault rules: {error}") from None


def _fits(rules: Sequence[Rule]) -> None:
    """Nothing, or RuleError where a book would not take them."""
    RuleBook(rules)

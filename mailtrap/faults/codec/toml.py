"""Files of rules: ``[[fault]]`` tables in TOML. A mistake is told with its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence

from mailtrap.faults.codec.line import parse_line
from mailtrap.faults.codec.rule import MistakeError, parse_rule, with_free_name
from mailtrap.faults.codec.words import unknown
from mailtrap.faults.rules import RULES_LIMIT, Rule, RuleError

FILE_LIMIT = 4 * 1024 * 1024
"""Characters of a file."""

_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*fault[ \t]*\]\]", re.MULTILINE)


def parse_toml(text: str, *, source: str) -> list[Rule]:
    """The rules of a file; ``source`` is its name. Raises RuleError: then none of them counts."""
    if len(text) > FILE_LIMIT:
        raise RuleError(f"{source}: {len(text)} characters; at most {FILE_LIMIT} are allowed")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RuleError(f"{source}: {error}") from None
    for key in data:
        if key != "fault":
            raise RuleError(
                f"{source}, line {_line_of(text, key, 0)}: "
                f"{unknown('table', key, ['fault'])}, as in [[fault]]"
            )
    tables = data.get("fault", [])
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        raise RuleError(f"{source}: fault is not a list of tables; write [[fault]] before each")
    if len(tables) > RULES_LIMIT:
        raise RuleError(f"{source}: {len(tables)} rules; at most {RULES_LIMIT} are allowed")
    starts = [match.start() for match in _TABLE.finditer(text)]
    return named_apart(
        [
            _rule(table, text, starts[i] if len(starts) == len(tables) else 0, source)
            for i, table in enumerate(tables)
        ],
        [("name" in table) for table in tables],
        source,
    )


def parse_rules(given: Sequence[Mapping[str, object] | str]) -> list[Rule]:
    """Rules of tables and of lines; names that were not given are made different.

    Raises RuleError, which tells the place in the list, from 1.
    """
    rules = [_one(one, f"rule {i}") for i, one in enumerate(given, 1)]
    return named_apart(rules, [names_itself(one) for one in given], "rules")


def names_itself(one: Mapping[str, object] | str) -> bool:
    """Whether a rule that is told so was given a name."""
    return bool(re.search(r"(?:^|\s)name=", one)) if isinstance(one, str) else bool(one.get("name"))


def _one(one: Mapping[str, object] | str, where: str) -> Rule:
    return parse_line(one, where=where) if isinstance(one, str) else parse_rule(one, where=where)


def _rule(table: Mapping[str, object], text: str, start: int, source: str) -> Rule:
    try:
        return parse_rule(table)
    except MistakeError as error:
        line = _line_of(text, error.key, start)
        raise MistakeError(error.key, f"{source}, line {line}: {error}") from None


def _line_of(text: str, key: str, start: int) -> int:
    """The number of the line where a key stands at or after ``start``, else that of ``start``."""
    end = _TABLE.search(text, start + 1)
    found = re.compile(rf"""^[ \t]*\[*[ \t]*["']?{re.escape(key)}["']?[ \t]*[=.\]]""", re.MULTILINE)
    match = found.search(text, start, end.start() if end and start else len(text))
    return text.count("\n", 0, match.end() if match else start) + 1


def named_apart(rules: Sequence[Rule], given: Sequence[bool], source: str) -> list[Rule]:
    """The rules under names of their own. Raises RuleError where one was given twice."""
    taken: set[str] = set()
    for rule, own in zip(rules, given, strict=True):
        if own and rule.name in taken:
            raise RuleError(f"{source}: the name {rule.name!r} is given twice")
        taken.update([rule.name] if own else [])
    named: list[Rule] = []
    for rule, own in zip(rules, given, strict=True):
        named.append(rule if own else with_free_name(rule, taken))
        taken.add(named[-1].name)
    return named

"""A rule as one line: ``rcpt *@x.test 451 4.7.1 Try later times=2``."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mailtrap.faults.codec import words
from mailtrap.faults.codec.actions import ACTION_WORDS
from mailtrap.faults.codec.conditions import CONDITION_WORDS, is_condition
from mailtrap.faults.codec.rule import KEYS, generated_name, parse_rule, rule_to_data
from mailtrap.faults.rules import Rule, RuleError

LINE_LIMIT = 100_000

PATTERN_OF: Mapping[str, str] = {
    "connect": "ip", "greeting": "ip", "helo": "helo", "auth": "auth", "mail": "mail_from",
    "rcpt": "rcpt", "data": "rcpt", "content": "rcpt", "message": "rcpt", "bdat": "rcpt",
}  # fmt: skip
"""What a pattern that follows the stage is about."""

_PATTERN = re.compile(r"[^*?/@.:\[\]]*[*?/@.:\[\]].*", re.DOTALL)
_OPTIONS: tuple[str, ...] = tuple(key for key in KEYS if key not in {"on", "when", "do"})


def parse_line(text: str, *, where: str = "") -> Rule:
    """The rule that a line tells: stages, a pattern, actions, and options as ``key=value``.

    Raises RuleError.
    """
    if len(text) > LINE_LIMIT:
        told = f"a line of {len(text)} characters; at most {LINE_LIMIT} are allowed"
        raise RuleError(words.placed(where, told))
    try:
        data = line_to_data(text)
    except RuleError as error:
        raise RuleError(words.placed(where, str(error))) from None
    return parse_rule(data, where=where)


def rule_to_line(rule: Rule) -> str:
    """A rule as a line; ``parse_line`` makes the same rule of it."""
    data = rule_to_data(rule)
    when = data.pop("when", {})
    assert isinstance(when, dict)
    conditions = dict(when)
    key = PATTERN_OF.get(rule.on[0])
    parts = [",".join(rule.on)]
    if key in conditions and _is_pattern(str(conditions[key])):
        parts.append(words.quote_word(str(conditions.pop(key))))
    do = data.pop("do")
    parts.append(" ; ".join(map(str, words.read_list(do))))
    del data["on"]
    if rule.name == generated_name(rule):
        del data["name"]
    options = {**conditions, **data}
    return " ".join([*parts, *(f"{name}={_shown(value)}" for name, value in options.items())])


def line_to_data(text: str) -> dict[str, object]:
    """The table that says the same as a line. Raises RuleError."""
    spans = _tokens(text)
    if not spans:
        raise RuleError("an empty line; a rule is written like: rcpt *@x.test 451 4.7.1 Try later")
    on, *rest = spans
    stages = on[2].split(",")
    data: dict[str, object] = {"on": stages}
    when: dict[str, object] = {}
    kept = [span for span in rest if not _take_option(span[2], data, when)]
    if kept and _is_pattern_token(kept[0][2]):
        _take_pattern(stages[0], kept.pop(0)[2], when)
    data["do"] = _actions(text, kept)
    if when:
        data["when"] = when
    return data


Span = tuple[int, int, str]


def _tokens(text: str) -> list[Span]:
    """The words of a line, and where they stand; what is in quotes is one word."""
    spans = [(m.start(), m.end(), m[0]) for m in words.TOKEN.finditer(text)]
    rest = words.TOKEN.sub("", text).strip()
    if rest:
        raise RuleError(f"a quote is opened and not closed in {text[-60:]!r}")
    return spans


def _take_option(token: str, data: dict[str, object], when: dict[str, object]) -> bool:
    """Put a word into ``data`` or ``when`` if it is an option; whether it was one."""
    match = words.OPTION.fullmatch(token)
    if match is None:
        return False
    key, value = match[1], words.unquote_word(match[1], match[2])
    if not is_condition(key) and key not in _OPTIONS:
        error = words.unknown("option", key, (*_OPTIONS, *CONDITION_WORDS))
        raise RuleError(f"{error}; a text that holds {key}= stands in quotes")
    target = when if is_condition(key) else data
    if key in target:
        raise RuleError(f"{key}= is given twice")
    target[key] = value
    return True


def _take_pattern(stage: str, token: str, when: dict[str, object]) -> None:
    key = PATTERN_OF.get(stage)
    if key is None:
        raise RuleError(
            f"{token[:60]} after {stage} could be about anything; "
            f"write it as one of: {', '.join(f'{word}=' for word in CONDITION_WORDS)}"
        )
    if key in when:
        raise RuleError(f"{key} is given twice: {token[:60]} and {key}=")
    when[key] = words.unquote_word(key, token)


def _is_pattern_token(token: str) -> bool:
    return words.is_quoted(token) or _is_pattern(token)


def _is_pattern(text: str) -> bool:
    """Whether a word after the stage is taken as a pattern, not as an action."""
    return _PATTERN.fullmatch(text) is not None and words.OPTION.fullmatch(text) is None


def _actions(text: str, spans: Sequence[Span]) -> list[str]:
    """The actions, each as it stands in the line less the options within it."""
    found: list[list[Span]] = [[]]
    for span in spans:
        if span[2] in words.SEPARATORS and not _belongs_to_cut(span[2], found[-1]):
            found.append([])
        else:
            found[-1].append(span)
    if not all(found):
        raise RuleError(
            f"an action is missing; known: a reply such as 451 4.7.1 Text, "
            f"{', '.join(ACTION_WORDS)}"
        )
    return [_joined(text, action) for action in found]


def _belongs_to_cut(word: str, before: Sequence[Span]) -> bool:
    """``cut 1000 then reset`` is one action."""
    return word == "then" and len(before) == 2 and before[0][2] == "cut"


def _joined(text: str, spans: Sequence[Span]) -> str:
    """The words with the space that stood between them; one where an option was taken out."""
    told = spans[0][2]
    for before, span in pairwise(spans):
        between = text[before[1] : span[0]]
        told += (between if between.isspace() else " ") + span[2]
    return told


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return words.quote_word(str(value))

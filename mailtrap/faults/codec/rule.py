"""A rule as data: what TOML and JSON hold."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from mailtrap.config import kinds
from mailtrap.faults.actions import AnyAction, ReplyWith
from mailtrap.faults.codec import words
from mailtrap.faults.codec.actions import ACTION_WORDS, read_action, write_action
from mailtrap.faults.codec.checks import check
from mailtrap.faults.codec.conditions import read_conditions, write_conditions
from mailtrap.faults.codec.replies import mismatched
from mailtrap.faults.codec.schedule import LONGEST, SCHEDULE, read_schedule, write_schedule
from mailtrap.faults.counting import Schedule
from mailtrap.faults.rules import Rule, RuleError
from mailtrap.faults.stages import STAGES, Stage

T = TypeVar("T")

ACTIONS_LIMIT = 20
NAME_LIMIT = 64
INBOX_LIMIT = 255

KEYS: tuple[str, ...] = (
    "name", "on", "when", "do", *SCHEDULE, "expires", "inbox", "enabled", "continue", "mismatch"
)  # fmt: skip
"""The keys of a rule, in the order in which they are written."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}", re.ASCII)
_STAGES: Mapping[str, Stage] = {stage: stage for stage in STAGES}


class MistakeError(RuleError):
    """A mistake in one key of a rule."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


def parse_rule(data: Mapping[str, object], *, where: str = "") -> Rule:
    """The rule that a table tells. ``where`` is told before an error.

    Raises:
        RuleError: It makes no sense: a word is unknown, a value out of range, or it contradicts
            itself. A MistakeError names the key.
    """
    try:
        rule = _read(data)
        _at("do", lambda: check(rule))
    except MistakeError as error:
        raise MistakeError(error.key, words.placed(where, str(error))) from None
    return rule


def rule_to_data(rule: Rule) -> dict[str, object]:
    """A rule as a table; ``parse_rule`` makes the same rule of it."""
    do = [write_action(action) for action in rule.do]
    told: dict[str, object] = {
        "name": rule.name,
        "on": rule.on[0] if len(rule.on) == 1 else list(rule.on),
        "when": write_conditions(rule.when),
        "do": do[0] if len(do) == 1 else do,
        **write_schedule(rule.schedule),
        "expires": None if rule.expires is None else words.show_seconds(rule.expires),
        "inbox": rule.inbox,
        "enabled": None if rule.enabled else False,
        "continue": rule.continues or None,
        "mismatch": _mismatches(rule) or None,
    }
    return {key: value for key, value in told.items() if value is not None and value != {}}


def generated_name(rule: Rule) -> str:
    """The name of a rule that was given none: its first stage and what it does first."""
    first = rule.do[0]
    if isinstance(first, ReplyWith) and first.reply is not None:
        return f"{rule.on[0]}-{first.reply.code}"
    return f"{rule.on[0]}-{write_action(first).partition(' ')[0]}"


def with_free_name(rule: Rule, taken: Collection[str]) -> Rule:
    """The rule under its name, or under that with a number where it is taken."""
    name, number = rule.name, 1
    while name in taken:
        number += 1
        name = f"{rule.name[: NAME_LIMIT - 8]}-{number}"
    return replace(rule, name=name)


def _read(data: Mapping[str, object]) -> Rule:
    for key in data:
        if key not in KEYS:
            raise MistakeError(key, str(words.unknown("key", key, KEYS)))
    on = _at("on", lambda: _stages(data.get("on")))
    mismatch = _at("mismatch", lambda: _switch(data, "mismatch", default=False))
    when, inbox = _when(data)
    rule = Rule(
        name="",
        on=on,
        when=_at("when", lambda: read_conditions(when, on)),
        do=_at("do", lambda: _actions(data.get("do"), mismatch=mismatch)),
        schedule=_schedule(data),
        expires=_at("expires", lambda: _expires(data.get("expires"))),
        inbox=_at("inbox", lambda: _inbox(inbox)),
        enabled=_at("enabled", lambda: _switch(data, "enabled", default=True)),
        continues=_at("continue", lambda: _switch(data, "continue", default=False)),
    )
    name = data.get("name")
    return replace(rule, name=_at("name", lambda: _name(name)) if name else generated_name(rule))


def _at(key: str, read: Callable[[], T]) -> T:
    """What ``read`` gives; an error of it is one of this key."""
    try:
        return read()
    except RuleError as error:
        text = str(error)
        raise MistakeError(key, text if text.startswith(f"{key}: ") else f"{key}: {text}") from None


def _schedule(data: Mapping[str, object]) -> Schedule:
    for key in SCHEDULE:
        if key in data:
            _at(key, partial(SCHEDULE[key].read, data[key]))
    return read_schedule(data)


def _stages(value: object) -> tuple[Stage, ...]:
    if not value:
        raise RuleError(f"a rule needs a stage; known: {', '.join(STAGES)}")
    names = [str(name) for name in words.read_list(value)]
    for name in names:
        if name not in _STAGES:
            raise words.unknown("stage", name, STAGES)
    return tuple(dict.fromkeys(_STAGES[name] for name in names))


def _when(data: Mapping[str, object]) -> tuple[dict[str, object], object]:
    """The conditions, and the inbox, which may stand among them."""
    value = data.get("when", {})
    if not isinstance(value, Mapping):
        raise MistakeError("when", f"when: {kinds.quoted(value)} is not a table of conditions")
    when: dict[str, object] = {}
    for key, told in value.items():
        # TOML reads header.X-Foo as a table in a table.
        nested = key == "header" and isinstance(told, Mapping)
        when.update({f"header.{n}": v for n, v in told.items()} if nested else {str(key): told})
    inbox = when.pop("inbox", None)
    return when, data.get("inbox", inbox)


def _actions(value: object, *, mismatch: bool) -> tuple[AnyAction, ...]:
    listed = words.read_list(value) if value is not None else []
    if not listed:
        raise RuleError(
            "a rule does something; known: a reply such as 451 4.7.1 Text, "
            + ", ".join(ACTION_WORDS)
        )
    if len(listed) > ACTIONS_LIMIT:
        raise RuleError(f"{len(listed)} actions; at most {ACTIONS_LIMIT} are allowed")
    return tuple(read_action(one, mismatch=mismatch) for one in listed)


def _expires(value: object) -> float | None:
    return None if value is None else words.read_seconds("expires", value, most=LONGEST)


def _inbox(value: object) -> str | None:
    if value is None:
        return None
    name = words.read_string("inbox", value, INBOX_LIMIT)
    if not name or not name.isprintable():
        raise RuleError(f"{kinds.quoted(name)} is no name of an inbox; printable text is allowed")
    return name


def _switch(data: Mapping[str, object], key: str, *, default: bool) -> bool:
    return words.read(key, kinds.read_switch, data.get(key, default))


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise RuleError(
            f"{kinds.quoted(value)} is no name; 1 to {NAME_LIMIT} letters, digits and . _ : + - "
            "are allowed, the first a letter or a digit"
        )
    return value


def _mismatches(rule: Rule) -> bool:
    return any(
        isinstance(action, ReplyWith) and action.reply is not None and mismatched(action.reply)
        for action in rule.do
    )

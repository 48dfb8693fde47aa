"""Failures by name, as real providers show them; the table is data, the codec makes the rules."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from mailtrap.faults.codec import parse_rule
from mailtrap.faults.presets.access import ACCESS
from mailtrap.faults.presets.recipient import RECIPIENT
from mailtrap.faults.presets.records import Preset
from mailtrap.faults.presets.reputation import REPUTATION
from mailtrap.faults.presets.sender import SENDER
from mailtrap.faults.presets.service import SERVICE
from mailtrap.faults.rules import Rule, RuleError

T = TypeVar("T")

__all__ = ["PRESETS", "Preset", "preset", "rules_of"]

PRESETS: Mapping[str, Preset] = {
    row.name: row for row in (*RECIPIENT, *SENDER, *REPUTATION, *ACCESS, *SERVICE)
}
"""By name, in the order in which they are told."""

WHOLE_NUMBERS = frozenset(
    {"times", "after", "every", "seed", "size_over", "session_nth", "message_nth"}
)
SWITCHES = frozenset({"tls", "enabled", "continue"})
CONDITIONS = (
    "mail_from", "rcpt", "auth", "helo", "ip", "listener", "tls", "subject", "size_over",
    "session_nth", "message_nth",
)  # fmt: skip
RULE_KEYS = (
    "name", "on", "times", "after", "every", "chance", "seed", "rate", "wait", "per", "expires",
    "inbox", "enabled", "continue", *CONDITIONS,
)  # fmt: skip
"""What any preset may be told beside its own parameters."""


def preset(name: str, parameters: Mapping[str, str]) -> Rule:
    """The rule of a preset.

    ``parameters`` may be ``provider``, those of the preset, and all that a rule can say: how often
    (``times``, ``wait``) and when (``rcpt``, ``ip``). Raises RuleError, which lists what is known.
    """
    row = _known("preset", name, PRESETS)
    own = {**row.parameters}
    data: dict[str, object] = {"name": row.name, "on": list(row.on), **row.keys}
    provider = next(iter(row.replies), "")
    known = dict.fromkeys((*(("provider",) if row.replies else ()), *row.parameters, *RULE_KEYS))
    for key, text in parameters.items():
        _known(f"parameter of {name}", key, known)
        if key == "provider":
            provider = text
        elif key in own:
            own[key] = text
        else:
            data[key] = _value(key, text)
    replies = (_known("provider", provider, row.replies),) if row.replies else ()
    data["do"] = [_put(text, own) for text in (*replies, *row.do)]
    when = {key: data.pop(key) for key in CONDITIONS if key in data}
    return parse_rule(data | ({"when": when} if when else {}), where=f"preset {name}")


def rules_of(row: Preset) -> tuple[Rule, ...]:
    """The rules of a preset as it is: one for each provider, or the one there is."""
    return tuple(
        preset(row.name, {"provider": provider} if provider else {})
        for provider in row.replies or ("",)
    )


def _known(what: str, name: str, table: Mapping[str, T]) -> T:
    if name in table:
        return table[name]
    near = get_close_matches(name, table, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ";"
    raise RuleError(f"there is no {what} {name!r}{hint} there are: {', '.join(table)}")


def _put(text: str, values: Mapping[str, str]) -> str:
    for word, value in values.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def _value(key: str, text: str) -> object:
    """A parameter as the codec wants it: what is no number or switch is told by the codec."""
    if key == "on":
        return text.split(",")
    if key in SWITCHES and text in {"true", "false"}:
        return text == "true"
    if key in WHOLE_NUMBERS and text.removeprefix("-").isdecimal() and len(text) < 12:
        return int(text)
    if key == "chance":
        try:
            return float(text)
        except ValueError:
            return text
    return text

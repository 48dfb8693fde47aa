"""Rules as people write them in one line, presets included."""

import shlex
from collections.abc import Iterable, Mapping

from mailtrap.faults.codec import parse_line
from mailtrap.faults.presets import preset
from mailtrap.faults.rules import Rule, RuleError


def rule_of(line: str) -> Rule:
    """The rule of a line: the codec's form, or ``preset NAME key=value …``. Raises RuleError."""
    if line.split(None, 1)[:1] != ["preset"]:
        return parse_line(line)
    try:
        words = shlex.split(line)[1:]
    except ValueError as error:
        raise RuleError(f"{line!r}: {error}") from None
    if not words:
        raise RuleError("name a preset: preset NAME key=value …")
    return preset(words[0], parameters_of(words[1:]))


def parameters_of(words: Iterable[str]) -> Mapping[str, str]:
    """Words such as ``wait=5s`` by name. Raises RuleError where one has no ``=``."""
    parameters = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise RuleError(f"{word!r} is no parameter; write it as key=value")
        parameters[key] = value
    return parameters

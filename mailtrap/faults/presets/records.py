"""What a preset is: the data of a rule, with texts by provider and parameters with defaults."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from mailtrap.faults.stages import Stage

GMAIL_WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A failure by name.

    ``replies`` maps providers to reply lines, the first being the default; without any, ``do``
    says all. ``do`` are actions that follow the reply, ``keys`` what else the rule says, in the
    codec's words. ``parameters`` are words in braces of all these, with their defaults.
    ``tests`` tells what an application shows under it.
    """

    name: str
    on: tuple[Stage, ...]
    tests: str
    replies: Mapping[str, str] = field(default_factory=dict)
    do: tuple[str, ...] = ()
    keys: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)


def gmail(status: str, text: str, page: str) -> str:
    """A reply as Gmail shapes it: wrapped, and ending with a page and the session."""
    lines = textwrap.wrap(f"{text} For more information, go to", GMAIL_WIDTH)
    lines.append(f" https://support.google.com/mail/?p={page} {{session}} - gsmtp")
    return f"{status} " + "\n".join(lines)

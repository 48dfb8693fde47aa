"""Criteria as tests write them, and as the server takes them."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final, TypeAlias

Wanted: TypeAlias = (
    str
    | re.Pattern[str]
    | int
    | Iterable[str | re.Pattern[str]]
    | Mapping[str, str | re.Pattern[str]]
)
"""What one criterion may be: text, a pattern, several of them, or (header) names and values."""

NAMES: Final = (
    "rcpt", "to", "from_", "mail_from", "cc", "bcc", "reply_to", "subject", "body", "text", "html",
    "header", "message_id", "has", "is_", "filename", "link", "code", "list_", "tag", "auth",
    "helo", "ip", "session", "listener", "reply", "fault", "finding", "query",
)  # fmt: skip
"""The criteria that there are. ``from_``, ``is_`` and ``list_`` are words that Python has taken."""

OTHER_NAMES: Final = {"sender": "from", "from": "from", "is": "is", "list": "list"}


def parameters(match: Mapping[str, Wanted | None]) -> list[tuple[str, str]]:
    """The parameters of a request. Raises TypeError for a criterion that there is not."""
    told: list[tuple[str, str]] = []
    for name, wanted in match.items():
        if wanted is not None:
            told += [(_name(name), text) for text in _texts(wanted)]
    return told


def _name(name: str) -> str:
    if name in NAMES:
        return name.rstrip("_")
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    near = get_close_matches(name, [*NAMES, *OTHER_NAMES], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise TypeError(f"there is no criterion {name!r}{hint} (there are: {', '.join(NAMES)})")


def _texts(wanted: Wanted) -> list[str]:
    if isinstance(wanted, re.Pattern):
        return [_slashed(wanted)]
    if isinstance(wanted, str | int):
        return [str(wanted)]
    if isinstance(wanted, Mapping):
        return [f"{name}: {text}" for name, value in wanted.items() for text in _texts(value)]
    return [text for one in wanted for text in _texts(one)]


def _slashed(pattern: re.Pattern[str]) -> str:
    if pattern.flags & re.VERBOSE:
        raise ValueError("a pattern with re.VERBOSE cannot be sent; write it without spaces")
    return f"/{pattern.pattern}/"

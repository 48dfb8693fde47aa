"""Conditions as words: one row for each, with how it is read, written and where it is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mailtrap.config import kinds
from mailtrap.faults.codec import words
from mailtrap.faults.conditions import Conditions
from mailtrap.faults.rules import RuleError
from mailtrap.faults.searching import LENGTH_LIMIT, Search, search
from mailtrap.faults.stages import STAGES, Stage
from mailtrap.search.errors import QueryError
from mailtrap.search.patterns import Pattern, PatternError, network_pattern, text_pattern

HEADERS_LIMIT = 20
LARGEST = 2**31 - 1

_GREETED: tuple[Stage, ...] = tuple(s for s in STAGES if s not in {"connect", "greeting"})
_SENDER: tuple[Stage, ...] = tuple(
    s for s in STAGES if s not in {"connect", "greeting", "helo", "starttls", "tls", "auth"}
)
_RECIPIENTS: tuple[Stage, ...] = tuple(s for s in _SENDER if s != "mail")
_MESSAGE: tuple[Stage, ...] = ("content", "message")


def _glob(what: str, value: object) -> Pattern:
    return _pattern(what, value, text_pattern)


def _network(what: str, value: object) -> Pattern:
    return _pattern(what, value, network_pattern)


def _pattern(what: str, value: object, compiled: Callable[[str], Pattern]) -> Pattern:
    try:
        return compiled(words.read_string(what, value))
    except PatternError as error:
        raise RuleError(f"{what}: {error}") from None


def _switch(what: str, value: object) -> bool:
    return words.read(what, kinds.read_switch, value)


def _size(what: str, value: object) -> int:
    return words.read(what, kinds.read_size, value)


def _nth(what: str, value: object) -> int:
    return words.read_count(what, value, 1, LARGEST)


def _search(what: str, value: object) -> Search:
    try:
        return search(words.read_string(what, value, LENGTH_LIMIT))
    except QueryError as error:
        raise RuleError(f"{what}: {error}") from None


@dataclass(frozen=True, slots=True)
class Condition:
    """How one condition is read, and the stages at which its subject is known."""

    read: Callable[[str, object], Pattern | Search | bool | int]
    known: tuple[Stage, ...] = STAGES


CONDITIONS: Mapping[str, Condition] = {
    "mail_from": Condition(_glob, _SENDER),
    "rcpt": Condition(_glob, _RECIPIENTS),
    "auth": Condition(_glob, _GREETED),
    "helo": Condition(_glob, _GREETED),
    "ip": Condition(_network),
    "listener": Condition(_glob),
    "tls": Condition(_switch),
    "size_over": Condition(_size, _SENDER),
    "session_nth": Condition(_nth),
    "message_nth": Condition(_nth, _SENDER),
    "query": Condition(_search, _MESSAGE),
}
"""By key; beside them there are ``subject`` and ``header.NAME``."""

CONDITION_WORDS: tuple[str, ...] = (*CONDITIONS, "subject", "header.NAME")


def is_condition(key: str) -> bool:
    """Whether a key is one of a condition."""
    return key in CONDITIONS or key == "subject" or key.startswith("header.")


def read_conditions(data: Mapping[str, object], on: tuple[Stage, ...]) -> Conditions:
    """The conditions that a table tells, for a rule on these stages. Raises RuleError."""
    plain: dict[str, Pattern | Search | bool | int] = {}
    headers: dict[str, Pattern] = {}
    for key, value in data.items():
        if not is_condition(key):
            raise words.unknown("condition", key, CONDITION_WORDS)
        row = CONDITIONS.get(key, Condition(_glob, _MESSAGE))
        _check_known(key, row.known, on)
        if key in CONDITIONS:
            plain[key] = row.read(key, value)
        else:
            headers[_field(key)] = _glob(key, value)
    if len(headers) > HEADERS_LIMIT:
        raise RuleError(f"{len(headers)} header conditions; at most {HEADERS_LIMIT} are allowed")
    return Conditions(**plain, headers=headers)  # type: ignore[arg-type]  # CONDITIONS has the types


def write_conditions(when: Conditions) -> dict[str, object]:
    """The table that tells conditions."""
    told: dict[str, object] = {}
    for key in CONDITIONS:
        value = getattr(when, key)
        if value is not None:
            told[key] = value if isinstance(value, bool | int) else value.text
    for name, pattern in when.headers.items():
        told["subject" if name == "subject" else f"header.{name}"] = pattern.text
    return told


def _field(key: str) -> str:
    """The name of a header field, lower-case, as a condition on it is kept."""
    name = key.removeprefix("header.").lower()
    if not name or len(name) > 100 or not all("!" <= c <= "~" and c not in ':="' for c in name):
        raise RuleError(f"{key}: it is written header.NAME, such as header.X-Campaign")
    return name


def _check_known(key: str, known: tuple[Stage, ...], on: tuple[Stage, ...]) -> None:
    ignorant = [stage for stage in on if stage not in known]
    if ignorant:
        raise RuleError(
            f"{key} is not known at {', '.join(ignorant)}; it is at: {', '.join(known)}"
        )

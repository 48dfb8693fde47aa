"""The words of rules: numbers, durations, quoted text; and how a wrong one is told."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

from mailtrap.config import kinds
from mailtrap.faults.rules import RuleError

T = TypeVar("T")

TEXT_LIMIT = 4_000
"""Characters of a reply, or of octets as they are written."""

TOKEN = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*")+', re.DOTALL)
OPTION = re.compile(r"([a-z_]+|header\.[!-9;-<>-~]+)=(.*)", re.DOTALL)
"""``key=value``, as an option of a line is written. A text that has the same form is quoted."""

SEPARATORS = frozenset({";", "then"})

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|.|$)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"'}
_WRITTEN = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\\": r"\\", '"': r"\""}


def unknown(what: str, word: str, known: Iterable[str]) -> RuleError:
    """The error for a word that is none of the known ones, the nearest of which come first."""
    names = list(known)
    near = get_close_matches(word, names, 3, 0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ";"
    told = ", ".join(dict.fromkeys([*near, *names]))
    return RuleError(f"there is no {what} {kinds.quoted(word)}{hint} Known: {told}")


def placed(where: str, text: str) -> str:
    """A sentence with the place it is about before it, if there is any."""
    return f"{where}: {text}" if where else text


def read(what: str, reader: Callable[[object], T], value: object) -> T:
    """What ``reader`` makes of a value. Raises RuleError that says what it was for."""
    try:
        return reader(value)
    except ValueError as error:
        raise RuleError(f"{what}: {error}") from None


def read_seconds(what: str, value: object, *, least: float = 0.0, most: float) -> float:
    """A duration in seconds, whole nanoseconds, within its bounds. Raises RuleError."""
    seconds = round(read(what, kinds.read_duration, value), 9)
    if not least <= seconds <= most or (not least and not seconds):
        low = f"at least {show_seconds(least)}" if least else "more than 0"
        raise RuleError(
            f"{what}: {kinds.quoted(value)} is out of range; "
            f"{low} and at most {show_seconds(most)} is allowed"
        )
    return seconds


def show_seconds(seconds: float) -> str:
    """A duration as it is written; reading it gives the same number again."""
    if seconds == int(seconds):
        whole = int(seconds)
        return f"{whole}s" if whole % 60 else kinds.show_duration(whole)
    thousandths = round(seconds * 1_000, 6)
    if seconds < 1 and thousandths == int(thousandths):
        return f"{int(thousandths)}ms"
    return f"{seconds:.9f}".rstrip("0") + "s"


def read_count(what: str, value: object, least: int, most: int) -> int:
    """A whole number within its bounds. Raises RuleError."""
    return read(what, kinds.count(least, most).read, value)


def read_string(what: str, value: object, most: int = TEXT_LIMIT) -> str:
    """A string that is not too long. Raises RuleError."""
    if not isinstance(value, str):
        raise RuleError(f"{what}: {kinds.quoted(value)} is not a string")
    if len(value) > most:
        raise RuleError(f"{what}: {len(value)} characters; at most {most} are allowed")
    return value


def read_list(value: object) -> list[object]:
    """A list as it is, anything else as a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]


def unquote(what: str, text: str) -> str:
    """A text without its quotes, if it has any, and with its escapes resolved. Raises RuleError."""
    inside = text[1:-1] if _QUOTED.fullmatch(text) else text
    return _ESCAPE.sub(lambda match: _unescaped(what, match[1]), inside)


def unquote_word(what: str, text: str) -> str:
    """The same for a pattern or a name: where there are no quotes a backslash is a backslash."""
    return unquote(what, text) if _QUOTED.fullmatch(text) else text


def quote(text: str) -> str:
    """A text in quotes, whatever is in it."""
    return '"' + "".join(_written(character) for character in text) + '"'


def quote_if_needed(text: str) -> str:
    """A text as an action has it: plain where it cannot be taken for something else."""
    plain = text.isprintable() and text == text.strip() and text and not set(text) & {'"', "\\"}
    tokens = text.split()
    clear = not any(token in SEPARATORS or OPTION.fullmatch(token) for token in tokens)
    return text if plain and clear else quote(text)


def quote_word(text: str) -> str:
    """A pattern or a name as an option has it: in quotes where it is not one plain word."""
    plain = text.isprintable() and text and not any(c.isspace() or c == '"' for c in text)
    return text if plain else quote(text)


def is_quoted(text: str) -> bool:
    """Whether the whole of it stands in quotes."""
    return _QUOTED.fullmatch(text) is not None


def octets_of(text: str) -> bytes:
    r"""The octets that a text stands for: ``\xff`` is that octet, all else is UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def text_of(octets: bytes) -> str:
    """The text that stands for these octets."""
    return octets.decode("utf-8", "surrogateescape")


def _unescaped(what: str, escape: str) -> str:
    if len(escape) == 3:
        value = int(escape[1:], 16)
        return chr(value) if value < 0x80 else bytes([value]).decode("ascii", "surrogateescape")
    if escape not in _ESCAPES:
        raise RuleError(rf"{what}: \{escape} is not an escape; known: \n \r \t \0 \\ \" \xNN")
    return _ESCAPES[escape]


def _written(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if character < " " or character == "\x7f":
        return f"\\x{ord(character):02x}"
    return character

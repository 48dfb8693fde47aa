"""How each kind of value is written: one grammar for flags, environment and TOML."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Network: TypeAlias = IPv4Network | IPv6Network

TEXT_LIMIT = 1_000
FAULT_LINE_LIMIT = 5_000
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}
OCTETS = {
    "": 1, "b": 1,
    "kb": 1000, "mb": 1000**2, "gb": 1000**3, "tb": 1000**4,
    "kib": 1024, "mib": 1024**2, "gib": 1024**3, "tib": 1024**4,
}  # fmt: skip
TRUTHS = {
    "true": True, "yes": True, "on": True, "1": True,
    "false": False, "no": False, "off": False, "0": False,
}  # fmt: skip

_SIZE = re.compile(r"(\d{1,19}(?:\.\d{1,9})?)\s*([a-z]*)", re.IGNORECASE | re.ASCII)
_DURATION = re.compile(r"(?:\d{1,12}(?:\.\d{1,9})?(?:ms|[smhdw]))+", re.IGNORECASE | re.ASCII)
_DURATION_PART = re.compile(r"([\d.]+)(ms|[smhdw])", re.IGNORECASE | re.ASCII)
_KEYWORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_EHLO_LINE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:[ =][\x21-\x7e]+)*", re.ASCII)
_HOSTNAME = re.compile(
    r"(?=.{1,255}\Z)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*"
    r"|\[[0-9A-Fa-f:.]+\]|\[IPv6:[0-9A-Fa-f:.]+\]",
    re.ASCII,
)
_ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)
_HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of value.

    ``read`` takes what TOML gives, or a string as a flag or variable has it, and raises ValueError
    whose text follows the place of the mistake. ``show`` writes the value back as text.
    """

    metavar: str
    read: Callable[[object], T]
    show: Callable[[T], str]
    repeatable: bool = False


def quoted(value: object) -> str:
    """The value as an error message shows it: escaped, and cut where it is long."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def read_text(value: object) -> str:
    """A string, at most TEXT_LIMIT characters, without control characters."""
    return _bounded(value, TEXT_LIMIT)


def read_switch(value: object) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    truth = TRUTHS.get(value.strip().lower()) if isinstance(value, str) else None
    if truth is None:
        raise ValueError(f"{quoted(value)} is neither true nor false (on, yes, 1; off, no, 0)")
    return truth


def read_size(value: object) -> int:
    """A number of octets, 0 for no limit."""
    wrong = ValueError(f"{quoted(value)} is not a size; write it like 50MiB, 50MB or 1048576")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong
    match = _SIZE.fullmatch(str(value).strip())
    factor = OCTETS.get(match[2].lower()) if match else None
    if match is None or factor is None:
        raise wrong
    octets = float(match[1]) * factor if "." in match[1] else int(match[1]) * factor
    if octets >= 2**63:
        raise ValueError(f"{quoted(value)} is too large; at most 8388607TiB")
    return int(octets)


def read_duration(value: object) -> float:
    """Seconds, 0 for no limit."""
    wrong = ValueError(f"{quoted(value)} is not a duration; write it like 300, 1.5s, 5m, 12h or 7d")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong
    text = str(value).strip()
    if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", text, re.ASCII):
        text += "s"
    if not _DURATION.fullmatch(text):
        raise wrong
    parts = _DURATION_PART.findall(text.lower())
    seconds = sum(float(number) * SECONDS[unit] for number, unit in parts)
    if seconds > 100 * 365 * SECONDS["d"]:
        raise ValueError(f"{quoted(value)} is more than a hundred years")
    return seconds


def read_path(value: object) -> Path | None:
    """A file or folder; an empty string is None, ``~`` is the home folder."""
    text = read_text(value)
    return Path(text).expanduser() if text else None


def read_store(value: object) -> Path | None:
    """A file, or None for memory."""
    return None if value in ("memory", ":memory:") else read_path(value)


def read_config_file(value: object) -> Path | None:
    """A file, or None for none."""
    return None if value == "off" else read_path(value)


def read_hostname(value: object) -> str:
    """A domain, or an address literal in brackets (RFC 5321 section 4.1.3)."""
    return _matching(_HOSTNAME, value, "is not a host name such as mailtrap.local")


def read_words(value: object) -> tuple[str, ...]:
    """Strings: a TOML array, or text with commas between them."""
    items = value if isinstance(value, list | tuple) else [value]
    texts = [piece.strip() for item in items for piece in read_text(item).split(",")]
    return tuple(dict.fromkeys(text for text in texts if text))


def read_keywords(value: object) -> tuple[str, ...]:
    """EHLO keywords, upper-case."""
    wrong = "is not an EHLO keyword such as PIPELINING"
    return tuple(_matching(_KEYWORD, word, wrong).upper() for word in read_words(value))


def read_ehlo_lines(value: object) -> tuple[str, ...]:
    """Whole EHLO lines: a keyword and its parameters (RFC 5321 section 4.1.1.1)."""
    wrong = "is not an EHLO line such as X-FEATURE or LIMITS RCPTMAX=10"
    return tuple(_matching(_EHLO_LINE, word, wrong) for word in read_words(value))


def read_fault_lines(value: object) -> tuple[str, ...]:
    """Rules in their one-line form: a text, or several. Whoever knows rules reads them."""
    items = value if isinstance(value, list | tuple) else [value]
    texts = (_bounded(item, FAULT_LINE_LIMIT) for item in items)
    return tuple(text for text in texts if text)


def read_hosts(value: object) -> tuple[str, ...]:
    """Host names or addresses, lower-case; ``*.example.test`` means every name below."""
    wrong = "is not a host such as catcher.example.test, *.example.test or 192.0.2.7"
    return tuple(_matching(_HOST, word, wrong).lower().strip("[]") for word in read_words(value))


def read_host_patterns(value: object) -> tuple[str, ...]:
    """Like ``read_hosts``, or ``*``: any."""
    words = read_words(value)
    return ("*",) if "*" in words else read_hosts(words)


def read_origins(value: object) -> tuple[str, ...]:
    """Web origins (RFC 6454), lower-case."""
    wrong = "is not an origin such as http://localhost:3000"
    return tuple(_matching(_ORIGIN, word, wrong).lower() for word in read_words(value))


def read_networks(value: object) -> tuple[Network, ...]:
    """IP networks; a single address is a network of one."""
    return tuple(_network(word) for word in read_words(value))


def count(minimum: int, maximum: int = 2**31 - 1) -> Kind[int]:
    """A whole number between two bounds, both included."""

    def read(value: object) -> int:
        if isinstance(value, str) and re.fullmatch(r"\d{1,12}", value.strip(), re.ASCII):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{quoted(value)} is not a whole number")  # noqa: TRY004 - one type for callers
        if not minimum <= value <= maximum:
            raise ValueError(f"{value} is out of range; {minimum} to {maximum} is allowed")
        return value

    return Kind("NUMBER", read, str)


def choice(*allowed: T) -> Kind[T]:
    """One of these words."""
    words = {str(word): word for word in allowed}

    def read(value: object) -> T:
        word = words.get(value.strip().lower()) if isinstance(value, str) else None
        if word is None:
            raise ValueError(f"{quoted(value)} is not one of: {', '.join(words)}")
        return word

    return Kind("|".join(words), read, str)


def show_size(octets: int) -> str:
    """The size in the largest unit that divides it."""
    for unit in ("TiB", "GiB", "MiB", "KiB"):
        if octets and octets % OCTETS[unit.lower()] == 0:
            return f"{octets // OCTETS[unit.lower()]}{unit}"
    return str(octets)


def show_duration(seconds: float) -> str:
    """The duration in the largest unit that divides it."""
    for unit in ("d", "h", "m"):
        if seconds and seconds % SECONDS[unit] == 0:
            return f"{int(seconds // SECONDS[unit])}{unit}"
    return f"{seconds:g}s" if seconds else "0"


def _show_path(path: Path | None) -> str:
    return str(path) if path else ""


def _show_store(path: Path | None) -> str:
    return str(path) if path else "memory"


def _show_words(words: tuple[object, ...]) -> str:
    return ",".join(str(word) for word in words)


def _show_lines(lines: tuple[str, ...]) -> str:
    return "; ".join(lines)


def _show_switch(value: bool) -> str:
    return "true" if value else "false"


def _bounded(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{quoted(value)} is not a string")  # noqa: TRY004 - one type for callers
    if len(value) > limit or not value.isprintable():
        raise ValueError(
            f"{quoted(value)} must have at most {limit} characters, all of them printable"
        )
    return value.strip()


def _matching(pattern: re.Pattern[str], value: object, wrong: str) -> str:
    text = read_text(value)
    if not pattern.fullmatch(text):
        raise ValueError(f"{quoted(value)} {wrong}")
    return text


def _network(word: str) -> Network:
    try:
        return ip_network(word)
    except ValueError as error:
        raise ValueError(
            f"{quoted(word)} is not a network such as 10.0.0.0/8 or ::1 ({error})"
        ) from None


TEXT = Kind("TEXT", read_text, str)
SWITCH = Kind("", read_switch, _show_switch)
SIZE = Kind("SIZE", read_size, show_size)
DURATION = Kind("DURATION", read_duration, show_duration)
PATH = Kind("PATH", read_path, _show_path)
STORE = Kind("PATH", read_store, _show_store)
CONFIG_FILE = Kind("FILE", read_config_file, _show_path)
HOSTNAME = Kind("NAME", read_hostname, str)
KEYWORDS = Kind("KEYWORD", read_keywords, _show_words, repeatable=True)
EHLO_LINES = Kind("LINE", read_ehlo_lines, _show_words, repeatable=True)
FAULT_LINES = Kind("RULE", read_fault_lines, _show_lines, repeatable=True)
NETWORKS = Kind("NETWORK", read_networks, _show_words, repeatable=True)
HOSTS = Kind("HOST", read_hosts, _show_words, repeatable=True)
HOST_PATTERNS = Kind("HOST", read_host_patterns, _show_words, repeatable=True)
ORIGINS = Kind("ORIGIN", read_origins, _show_words, repeatable=True)

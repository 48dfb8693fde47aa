"""Reverse-paths and forward-paths (RFC 5321 section 4.1.2, RFC 6531 section 3.3).

Reading is lenient: wherever a meaning can be assigned there is a path, and what was wrong is told
as notes. Strict servers refuse what has notes above ``info``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailtrap.smtp.envelope import NULL_PATH, Path
from mailtrap.smtp.mailbox import BadMailboxError, Note, parse_mailbox

_PLAIN = re.compile(
    r"<([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?!\d+(?:\.\d+){3}>)"
    r"([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)>"
)
"""What nearly every client sends; the long way below gives the same for it."""

_WHITE = " \t"

SPACE_INSIDE = Note("F-PATH-WS", ("inside the angle brackets",))


class ParsedPath(NamedTuple):
    """A path, the text behind it, and what was wrong with it."""

    path: Path
    rest: str
    notes: tuple[Note, ...] = ()


class BadPathError(Exception):
    """No meaning can be assigned. ``note`` is the finding that tells why, if there is one."""

    def __init__(self, reason: str, note: Note | None = None) -> None:
        super().__init__(reason)
        self.note = note


def parse_path(text: str, keyword: str) -> ParsedPath:
    """The path at the start of ``text``, what follows the colon of ``FROM:`` or ``TO:``.

    ``keyword`` names it in notes. Raises BadPathError where there is no address, or several.
    """
    plain = _PLAIN.match(text)
    if plain and plain.end(1) - plain.start(1) <= 64 and plain.end(2) - plain.start(2) <= 189:
        after = plain.end()
        if after == len(text) or text[after] == " ":
            local, domain = plain.groups()
            return ParsedPath(Path(f"{local}@{domain}", local, domain), text[after:])
    return _parse_leniently(text, keyword)


def _parse_leniently(text: str, keyword: str) -> ParsedPath:
    notes: list[Note] = []
    stripped = text.lstrip(_WHITE)
    if stripped != text:
        notes.append(Note("F-PATH-WS", (f"after {keyword}:",)))
    inside, rest = _take_path(stripped, notes)
    if rest[:1] == ",":
        raise BadPathError("several addresses", Note("F-RCPT-LIST"))
    bare = inside.strip(_WHITE)
    if bare != inside:
        notes.append(SPACE_INSIDE)
    if not bare:
        return ParsedPath(NULL_PATH, rest, tuple(notes))
    route, mailbox = _take_route(bare, notes)
    if _is_list(mailbox):
        raise BadPathError("several addresses", Note("F-RCPT-LIST"))
    try:
        local, domain, address, found = parse_mailbox(mailbox)
    except BadMailboxError as error:
        raise BadPathError(str(error)) from None
    notes.extend(found)
    if len(text) - len(rest) > 256:
        notes.append(Note("F-ADDR-LEN", ("Path", len(text) - len(rest), 256)))
    return ParsedPath(Path(address, local, domain, route), rest, tuple(notes))


def _take_path(text: str, notes: list[Note]) -> tuple[str, str]:
    """What stands in the angle brackets, or would, and what follows."""
    if not text:
        raise BadPathError("no address")
    opening = _open_bracket(text)
    if opening is None:
        return _take_bare(text, notes)
    if text[:opening].strip(_WHITE):
        notes.append(Note("F-PATH-DISPLAYNAME"))
    closing = _close_bracket(text, opening + 1)
    if closing is None:
        notes.append(Note("F-PATH-NOBRACKET"))
        word, rest = _word(text, opening + 1)
        return word.removesuffix(">"), rest
    inside = text[opening + 1 : closing]
    rest = text[closing + 1 :]
    inner = _open_bracket(inside)
    if inner is not None:
        notes.append(Note("F-PATH-DISPLAYNAME"))
        inside = inside[inner + 1 :]
        rest = rest.removeprefix(">")
    return _without_scheme(inside, notes), rest


def _take_bare(text: str, notes: list[Note]) -> tuple[str, str]:
    notes.append(Note("F-PATH-NOBRACKET"))
    word, rest = _word(text, 0)
    head = rest.lstrip(_WHITE).partition(" ")[0]
    if "@" in head and "=" not in head.partition("@")[0]:
        raise BadPathError("several addresses", Note("F-RCPT-LIST"))
    return _without_scheme(word.removesuffix(">"), notes), rest


def _without_scheme(word: str, notes: list[Note]) -> str:
    if word[:7].lower() != "mailto:":
        return word
    notes.append(Note("F-PATH-DISPLAYNAME"))
    return word[7:]


def _outside_quotes(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The characters outside quoted strings, with their places (RFC 5321 section 4.1.2)."""
    quoted = escaped = False
    for index in range(start, len(text)):
        char = text[index]
        if escaped:
            escaped = False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif not quoted:
            yield index, char


def _open_bracket(text: str) -> int | None:
    """Where the path opens: the first ``<`` outside quotes, before any parameter."""
    if text[:1] == "<":
        return 0
    for index, char in _outside_quotes(text):
        if char == "<":
            return None if "=" in text[:index] else index
    return None


def _close_bracket(text: str, start: int) -> int | None:
    """The ``>`` that ends the path: not one within a quoted local part."""
    return next((index for index, char in _outside_quotes(text, start) if char == ">"), None)


def _word(text: str, start: int) -> tuple[str, str]:
    """The text up to white space outside quotes, and the rest."""
    for index, char in _outside_quotes(text, start):
        if char in _WHITE:
            return text[start:index], text[index:]
    return text[start:], ""


def _take_route(text: str, notes: list[Note]) -> tuple[tuple[str, ...], str]:
    """The source route's domains and the mailbox behind it (RFC 5321 appendix F.2)."""
    if text[0] != "@" or ":" not in text:
        return (), text
    route, _, mailbox = text.partition(":")
    notes.append(Note("F-SOURCE-ROUTE"))
    return tuple(hop.strip(_WHITE).removeprefix("@") for hop in route.split(",")), mailbox


def _is_list(mailbox: str) -> bool:
    """Whether several addresses stand here: a comma or semicolon outside quotes between them."""
    if mailbox.count("@") < 2 or '"' in mailbox:
        return False
    return any(mark in mailbox for mark in ",; ")

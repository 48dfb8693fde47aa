"""The header block of an entity: where its fields stand and where its body begins."""

import re
from dataclasses import dataclass
from typing import Final

MAX_FIELDS: Final = 2000
_MAX_STRAYS: Final = 100

_NAME: Final = rb"[!-9;-~]++[ \t]*+:(?!//)"
FIELD: Final = re.compile(rb"([!-9;-~]++)[ \t]*+:(?!//)([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
"""A field: its name and its value, folds included (RFC 5322 section 2.2; ``http://`` is none)."""

_FIELDS: Final = re.compile(rb"(?:" + _NAME + rb"[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z))*+")
_STRAY: Final = re.compile(rb"(?!\r*+\n)[^\n]*+\n(?=" + _NAME + rb")")
_EMPTY_LINE: Final = re.compile(rb"\r*+\n")
_MBOX_LINE: Final = re.compile(rb">?From [^\n]*+\n")


@dataclass(frozen=True, slots=True)
class Block:
    """The matches of FIELD in order, the offset of the body, and in words what was malformed."""

    fields: tuple[re.Match[bytes], ...]
    body: int
    problems: tuple[str, ...]


def read_block(raw: bytes, begin: int, end: int, keep: int = MAX_FIELDS) -> Block:
    """Read the header block that begins at ``begin``; at most ``keep`` fields of it.

    Lines end with LF, CR LF, or CR CR LF (BusyBox). One stray line between two fields is skipped;
    any other line that is no field begins the body.
    """
    fields: list[re.Match[bytes]] = []
    problems: list[str] = []
    at, strays = begin, 0
    while True:
        at = _collect(raw, at, end, keep, fields)
        if (past := _end(_FIELDS, raw, at, end)) > at:
            problems.append(f"more than {keep} header fields: the others are not shown")
            at = past
        stray = _STRAY.match(raw, at, end) if fields and strays < _MAX_STRAYS else None
        if stray is None:
            break
        problems.append("a line inside the header that is no field")
        at, strays = stray.end(), strays + 1
    body = _end(_EMPTY_LINE, raw, at, end)
    if body == at < end:
        problems.append("the body begins without an empty line before it")
    return Block(tuple(fields), body, tuple(dict.fromkeys(problems)))


def after_mbox_line(raw: bytes) -> int:
    """Where the message begins: behind a ``From `` line, which some tools leave in front."""
    return _end(_MBOX_LINE, raw, 0, len(raw))


def _collect(raw: bytes, at: int, end: int, keep: int, fields: list[re.Match[bytes]]) -> int:
    match = FIELD.match
    while len(fields) < keep and (found := match(raw, at, end)) is not None:
        fields.append(found)
        at = found.end()
    return at


def _end(pattern: re.Pattern[bytes], raw: bytes, at: int, end: int) -> int:
    found = pattern.match(raw, at, end)
    return at if found is None else found.end()

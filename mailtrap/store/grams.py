"""The filter in front of a search: which blocks of messages may have what a tree asks for.

The table ``grams`` has for each block of messages the set of the trigrams in their texts. Whatever
it finds is looked at exactly afterwards; all that matters here is that it misses nothing.

Measured with 30,000 messages of 1.1 KB: a row for each message costs 95 µs and 708 octets, a row
for a block of eight 61 µs and 298 octets, and a rare word is found as fast (0.3 ms). Blocks of
similar messages, of which a test suite sends many, cost still less, for a line that stands in
several is taken once.
"""

import re
from typing import Final

from mailtrap.search.document import Field
from mailtrap.search.tree import All, Any, Node, Text
from mailtrap.store.codec import plain

BLOCK: Final = 32
"""So many seqs are one block: 8 to 16 messages, for attempts and sessions have seqs too."""

FIELDS: Final[tuple[Field, ...]] = (
    "subject", "sender", "to", "cc", "bcc", "reply_to", "rcpt", "reverse_path", "delivered_to",
    "message_id", "list_id", "text", "html", "filenames", "links", "codes",
)  # fmt: skip
"""The texts whose trigrams are kept. What is asked of others is looked for in each message."""

PICKED: Final = 12
"""Trigrams of one value that are asked for: more cost more than they keep out."""

_MOST: Final = 200
"""Trigrams of one question; one with more goes without."""

_LITERAL: Final = re.compile(r"[!-)+->@-Z\\^-~ ]{3,}")
"""The pieces of a glob that stand for themselves."""


def block_text(texts: str) -> str:
    """What is told to the index of a block: each line of its texts, once."""
    return "\n".join(dict.fromkeys(texts.split("\n")))


def match(node: Node) -> str | None:
    """What to MATCH for blocks that may have what ``node`` asks for. None: any may."""
    found = _match(node)
    return found if found is not None and found.count('" ') < _MOST else None


def _match(node: Node) -> str | None:
    match node:
        case All(nodes):
            known = [found for one in nodes if (found := _match(one)) is not None]
            return _joined("AND", known) if known else None
        case Any(nodes):
            some = [_match(one) for one in nodes]
            every = [found for found in some if found is not None]
            return _joined("OR", every) if every and len(every) == len(some) else None
        case Text(fields, mode, value) if fields and set(fields) <= set(FIELDS):
            return _of_value(value, mode)
        case _:
            return None


def _of_value(value: str, mode: str) -> str | None:
    if mode == "regex" or (mode == "glob" and "[" in value) or plain(value) != value:
        return None
    pieces = _LITERAL.findall(value) if mode == "glob" else [value]
    grams = dict.fromkeys(piece[at : at + 3] for piece in pieces for at in range(len(piece) - 2))
    picked = _spread(list(grams))
    if not picked:
        return None
    return _joined("AND", ['"' + gram.replace('"', '""') + '" ' for gram in picked])


def _spread(grams: list[str]) -> list[str]:
    """At most PICKED of them, from begin to end."""
    if len(grams) <= PICKED:
        return grams
    return [grams[number * (len(grams) - 1) // (PICKED - 1)] for number in range(PICKED)]


def _joined(word: str, parts: list[str]) -> str:
    return f"({f' {word} '.join(parts)})"

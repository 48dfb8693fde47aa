"""The header fields of a message by name, where nobody asks for the rest of it."""

from collections.abc import Mapping
from typing import Final

from mailtrap.mail.block import after_mbox_line, read_block
from mailtrap.mail.words import decode_words, to_text

HEADER_LIMIT: Final = 256 * 1024
"""Octets that are looked at."""


def header_fields(raw: bytes) -> Mapping[str, tuple[str, ...]]:
    """The fields of a message by lower-case name, unfolded and decoded."""
    block = read_block(raw, after_mbox_line(raw), min(len(raw), HEADER_LIMIT))
    fields: dict[str, tuple[str, ...]] = {}
    for field in block.fields:
        name = to_text(field[1]).lower()
        fields[name] = (*fields.get(name, ()), decode_words(field[2]))
    return fields

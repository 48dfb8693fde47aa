"""Shapes as JSON text."""

from typing import cast

import msgspec


def to_json(shape: object) -> bytes:
    """``shape`` as JSON text. Lone surrogates, which UTF-8 has no octets for, are escaped."""
    try:
        return msgspec.json.encode(shape)
    except UnicodeEncodeError:
        return msgspec.json.encode(_printable(msgspec.to_builtins(shape)))


def _printable(value: object) -> object:
    match value:
        case str():
            return printable(value)
        case dict():
            items = cast("dict[str, object]", value).items()
            return {printable(name): _printable(member) for name, member in items}
        case list() | tuple():
            return [_printable(member) for member in value]
        case _:
            return value


def printable(text: str) -> str:
    r"""``text`` with surrogate escapes as the octets they stand for, escaped (``\xff``)."""
    try:
        octets = text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        octets = text.encode(errors="backslashreplace")
    return octets.decode(errors="backslashreplace")
